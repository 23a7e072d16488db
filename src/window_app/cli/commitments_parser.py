"""The grammar of `commitments …`."""

import argparse
from pathlib import Path

from window_app.cli.commitment_figures import add_figures

_HERE = "window_app.cli.commitments"

Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_counter_commitments(verbs: "Verbs[argparse.ArgumentParser]") -> None:
    """Add what a counter does with commitments in place of certificates."""
    told = "commitments in place of certificates: offered, made, withdrawn"
    made = verbs.add_parser("commitments", help=told).add_subparsers(required=True, metavar="VERB")
    offering = _verb(made, "offer", "what a visit or a received case may commit to, with reasons where not", "offer")
    about = offering.add_mutually_exclusive_group(required=True)
    about.add_argument("intake", nargs="?", metavar="INTAKE.json", help="a visit as `receive` reads it")
    about.add_argument("--case", metavar="NUMBER", help="a received case")
    offering.add_argument(
        "--papers", type=Path, metavar="DIR", help="issue the pairs to sign, and slips that say why not"
    )
    taking = _verb(made, "take", "put a signed commitment on record for what is missing of a case", "take")
    taking.add_argument("number", metavar="NUMBER")
    taking.add_argument("material", metavar="MATERIAL")
    taking.add_argument("signed", metavar="SIGNED.json", help="as a matter's `commitments` in schema intake")
    gone = _verb(made, "withdraw", "withdraw a commitment before the case has ended", "withdraw")
    gone.add_argument("number", metavar="NUMBER")
    gone.add_argument("material", metavar="MATERIAL")
    gone.add_argument("--reason", required=True, metavar="TEXT")
    gone.add_argument("--out", type=Path, metavar="DIR", help="where the notice of what is missing is written")
    person = _verb(made, "file", "a person's commitments in whatever case, and her standing on the list", "file")
    person.add_argument("number", metavar="NUMBER", help="identity number, credit code or receipt number")
    listing = _verb(made, "list", "the commitments that this store knows", "listed")
    listing.add_argument("--to-verify", action="store_true", help="those to verify, the nearest date first")
    add_figures(made)


def _verb(verbs: "Verbs[argparse.ArgumentParser]", name: str, told: str, verb: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=told)
    parser.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    parser.set_defaults(verb=(_HERE, verb))
    return parser
