"""The grammar of `office commitments …`."""

import argparse
from collections.abc import Callable
from datetime import date

_HERE = "window_app.cli.office_commitments"

Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_commitment_verbs(office: "Verbs[argparse.ArgumentParser]", read_day: Callable[[str], date]) -> None:
    """Add what an office does with commitments in place of certificates."""
    told = "commitments in place of certificates: verifying, deciding, repair"
    verbs = office.add_parser("commitments", help=told).add_subparsers(required=True, metavar="VERB")
    listing = verbs.add_parser("list", help="what is to be verified, the nearest day first")
    listing.add_argument("--view", default="to_verify", metavar="VIEW", help="to_verify, open or all")
    listing.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    listing.set_defaults(verb=(_HERE, "listed"))
    _numbered(verbs, "show", "where a case's commitments stand, with every step and article")

    verifying = _numbered(verbs, "verify", "put on record what verifying found; the applicant is asked for nothing")
    verifying.add_argument("--result", required=True, metavar="RESULT", help="true, false or unclear")
    verifying.add_argument("--method", required=True, metavar="METHOD", help="written, online, on_site or public")
    verifying.add_argument("--looked-at", default="", metavar="TEXT", help="registers, offices, places")
    verifying.add_argument("--found", default="", metavar="TEXT", help="the facts, where it is false")

    _hearing(verbs, read_day)
    deciding = _numbered(verbs, "decide", "decide, by another person than verified it")
    deciding.add_argument("outcome", metavar="OUTCOME", help="upheld, ended, corrected or revoked")
    deciding.add_argument("--reason", default="", metavar="TEXT")
    deciding.add_argument("--correct-by", type=read_day, metavar="DATE", help="for `corrected`")
    deciding.add_argument("--recover", default="", metavar="AMOUNT", help="what is to be paid back")
    deciding.add_argument("--not-listed", action="store_true", help="do not enter the person in the list")

    objecting = _numbered(verbs, "object", "an objection to the decision, or what is decided on it")
    objecting.set_defaults(verb=(_HERE, "objection"))
    what = objecting.add_mutually_exclusive_group(required=True)
    what.add_argument("--text", metavar="TEXT", help="what the person objects")
    what.add_argument("--decide", metavar="RESULT", help="kept or struck, by another person than decided")
    objecting.add_argument("--reason", default="", metavar="TEXT", help="of the decision")
    _numbered(verbs, "papers", "issue the papers of what is on record: notice, decision, repair").add_argument(
        "--out", metavar="DIR", help="also write the PDFs there"
    )
    repairing = _numbered(verbs, "repair", "put on record that it was put right")
    repairing.add_argument("--how", default="", metavar="TEXT")


def _hearing(verbs: "Verbs[argparse.ArgumentParser]", read_day: Callable[[str], date]) -> None:
    hearing = _numbered(verbs, "hear", "give notice of what is meant, or put on record what the person says")
    step = hearing.add_mutually_exclusive_group(required=True)
    step.add_argument("--notice", metavar="OUTCOME", help="tell what is meant: ended, corrected or revoked")
    step.add_argument("--statement", metavar="TEXT", help="what the person stated")
    step.add_argument("--waived", action="store_true", help="the person waives it")
    step.add_argument("--absent", action="store_true", help="nothing came in the time given")
    hearing.add_argument("--until", type=read_day, metavar="DATE", help="with --notice: the last day to speak")
    hearing.add_argument("--text", default="", metavar="TEXT", help="with --notice: what else it says")


def _numbered(verbs: "Verbs[argparse.ArgumentParser]", name: str, told: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=told)
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--material", default="", metavar="CODE", help="which commitment, where the case has several")
    parser.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    parser.set_defaults(verb=(_HERE, name))
    return parser
