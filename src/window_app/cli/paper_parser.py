"""The grammar of the verbs about papers: looking at their wording, issuing them for a case, checking them elsewhere."""

import argparse
from collections.abc import Callable
from datetime import date
from pathlib import Path

_DOCUMENTS = "window_app.cli.documents"
_PAPERS = "window_app.cli.papers"

Verbs = argparse._SubParsersAction  # argparse has no public name for it


def add_paper_verbs(verbs: "Verbs[argparse.ArgumentParser]", day: Callable[[str], date]) -> None:
    """Add `documents …`, `papers …` and `verify-page`."""
    documents = verbs.add_parser("documents", help="papers with made-up values, for whoever writes them")
    looking = documents.add_subparsers(required=True, metavar="VERB")
    listing = looking.add_parser("list", help="the papers that can be shown")
    showing = looking.add_parser("preview", help="one paper as PDF, marked as not valid")
    showing.add_argument("code", metavar="CODE", help="the paper, such as refusal_notice")
    showing.add_argument("--out", type=Path, metavar="FILE.pdf", help="where to write it (else CODE.pdf)")
    showing.add_argument("--on", type=day, metavar="DATE", help="its wording of another day than today")
    showing.add_argument("--longest", action="store_true", help="names, lists and texts as long as they come")
    for parser, verb in ((listing, "listed"), (showing, "preview")):
        parser.add_argument("--forms", type=Path, metavar="DIR", help="another definition set, before it is published")
        parser.set_defaults(verb=(_DOCUMENTS, verb))

    papers = verbs.add_parser("papers", help="papers of a case").add_subparsers(required=True, metavar="VERB")
    _numbered(papers, "list", "which papers can be issued now, and why others cannot", "listed")
    issuing = _numbered(papers, "issue", "issue a paper for a case", "issue")
    issuing.add_argument("kind", metavar="KIND")
    issuing.add_argument(
        "--say", action="append", default=[], metavar="NAME=TEXT", help="what it still needs, such as competent=OFFICE"
    )
    issuing.add_argument("--out", type=Path, required=True, metavar="DIR")
    bundle = _numbered(papers, "set", "what one holder gets, as one PDF", "bundle")
    bundle.add_argument("holder", metavar="HOLDER", help="visitor, file, respondent or office")
    bundle.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    closing = papers.add_parser("day-end", help="the closing sheet of a day")
    closing.add_argument("--on", type=day, metavar="DATE", help="another day than today")
    closing.add_argument("--out", type=Path, required=True, metavar="FILE.pdf")
    closing.add_argument("--clerk", metavar="CODE", help=argparse.SUPPRESS)
    closing.set_defaults(verb=(_PAPERS, "day_end"))

    page = verbs.add_parser("verify-page", help="an HTML page with which a phone checks papers, with no server")
    page.add_argument("--out", type=Path, required=True, metavar="FILE.html")
    page.set_defaults(verb=(_PAPERS, "verify_page"))


def _numbered(verbs: "Verbs[argparse.ArgumentParser]", name: str, told: str, verb: str) -> argparse.ArgumentParser:
    parser = verbs.add_parser(name, help=told)
    parser.add_argument("number", metavar="NUMBER")
    parser.add_argument("--clerk", metavar="CODE", help="who works, in a practice hall; elsewhere who signed in")
    parser.set_defaults(verb=(_PAPERS, verb))
    return parser
