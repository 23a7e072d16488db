"""Verbs about the papers of a case, the closing sheet of a day and the page for phones."""

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app.cli.cases import desk_of
from window_app.cli.speech import Misunderstood, say

if TYPE_CHECKING:
    from window_app.services.case_papers import Offer


def listed(chosen: argparse.Namespace) -> int:
    """Say which papers can be issued for a case now."""
    with desk_of(chosen, read_only=True) as desk:
        offers = desk.case_papers.offers(chosen.number)
    say({"papers": [_offer_as_json(one) for one in offers]})
    return 0


def issue(chosen: argparse.Namespace) -> int:
    """Issue a paper for a case and write its PDF."""
    given = dict(_pair(text) for text in chosen.say)
    with desk_of(chosen) as desk:
        record = desk.case_papers.issue(chosen.number, chosen.kind, given)
        pdf = desk.papers.pdf(record.paper_id)
        chosen.out.mkdir(parents=True, exist_ok=True)
        target = _written(chosen.out / f"{record.number}-{record.kind}-{str(record.paper_id)[:8]}.pdf", pdf)
    say({"kind": record.kind, "number": record.number, "copies": record.content["copies"], "file": target})
    return 0


def bundle(chosen: argparse.Namespace) -> int:
    """Write what one holder gets of the papers of a case."""
    with desk_of(chosen, read_only=True) as desk:
        pdf = desk.case_papers.bundle(chosen.number, chosen.holder)
    say({"holder": chosen.holder, "file": _written(chosen.out, pdf)})
    return 0


def day_end(chosen: argparse.Namespace) -> int:
    """Write the closing sheet of a day."""
    with desk_of(chosen, read_only=True) as desk:
        sheet = desk.day_end.close(chosen.on)
    say({"number": sheet.number, "counts": dict(sheet.counts), "file": _written(chosen.out, sheet.pdf)})
    return 0


def verify_page(chosen: argparse.Namespace) -> int:
    """Write the page with which a phone checks papers."""
    chosen.clerk = None
    with desk_of(chosen, read_only=True) as desk:
        html = desk.verify_page()
    say({"file": _written(chosen.out, html.encode("utf-8"))})
    return 0


def _written(target: Path, content: bytes) -> str:
    try:
        target.write_bytes(content)
    except OSError as error:
        raise Misunderstood("cli.not_written", file=target.name, reason=error.strerror or "") from None
    return str(target)


def _pair(text: str) -> tuple[str, str]:
    name, given, value = text.partition("=")
    if not given:
        raise Misunderstood("cli.not_a_pair", text=text)
    return name.strip(), value


def _offer_as_json(offer: "Offer") -> dict[str, Any]:
    return {
        "kind": offer.kind,
        "title": offer.title["zh"],
        "allowed": offer.allowed,
        "reason": offer.reason.get("zh", ""),
        "articles": offer.articles.get("zh", ""),
        "needs": list(offer.needs),
        "offices": {code: title["zh"] for code, title in offer.offices},
        "issued": offer.issued,
    }
