"""Verbs about the law alone: they need no store."""

import argparse
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Any

from window_app import paths
from window_app.cli.speech import Misunderstood, read_day, read_object, say, warn, words_of
from window_app.clock import SystemClock
from window_app.errors import WindowAppError
from window_app.forms import DefinitionSet, StatuteLibrary, load_definitions

if TYPE_CHECKING:
    from window_app.domain.assessment import Citation
    from window_app.i18n import Catalogue
    from window_app.rules.findings import Finding


def _definitions() -> DefinitionSet:
    return load_definitions(paths.definitions_dir(), cache=paths.default_cache_dir() / "definitions")


def _library(data: Path) -> StatuteLibrary:
    return StatuteLibrary(data / "statutes", _definitions().statute_titles)


def triage(chosen: argparse.Namespace) -> int:
    """Say where the matters of a visit belong."""
    from window_app.services.triage_report import Triage

    facts = read_object(chosen.facts)
    on = chosen.on or read_day(facts.get("on")) or SystemClock().today()
    say(Triage(_definitions()).answer(facts, on, chosen.locality or facts.get("locality")))
    return 0


def rules_check(chosen: argparse.Namespace) -> int:
    """Prove the decision tables, run their examples and count their citations by class."""
    from window_app.forms import CitationClass, cited_places, classify, count_classes
    from window_app.forms.calculator_examples import check_calculator_examples
    from window_app.rules.checks import check

    law = load_definitions(chosen.forms or paths.definitions_dir())
    catalogue = words_of(chosen.data)
    findings = [*check(law.rules), *check_calculator_examples(law)]
    for finding in findings:
        warn(in_words(finding, catalogue))
    library = StatuteLibrary(chosen.data / "statutes", law.statute_titles)
    documents = (each for each in law.files.documents.values() if not each.file.startswith("calendar/"))
    classed = classify(library, cited_places(documents))
    told = {"findings": [asdict(finding) for finding in findings], "citations": count_classes(classed)}
    if chosen.unverified:
        told["unverified"] = [
            {"class": kind.value, "file": place.file, "line": place.line, **_cited(place.citation)}
            for place, kind in classed
            if kind is not CitationClass.VERIFIED
        ]
    say(told)
    return 1 if findings else 0


def in_words(finding: "Finding", catalogue: "Catalogue") -> str:
    """Return a finding as a sentence, with the facts that show it."""
    params = {name: _listed(value) for name, value in finding.params.items()}
    text = catalogue.text(finding.code, file=finding.file, line=finding.line, **params)
    if not finding.counterexample:
        return text
    facts = "; ".join(f"{name} = {value}" for name, value in finding.counterexample.items())
    return text + catalogue.text("check.counterexample", facts=facts, method=catalogue.text(f"check.{finding.method}"))


def _listed(value: object) -> object:
    return (", ".join(map(str, value)) or "—") if isinstance(value, list | tuple) else value


def _cited(citation: "Citation") -> dict[str, Any]:
    return {"law": citation.law, "article": citation.article, "paragraph": citation.paragraph, "item": citation.item}


def rules_export(chosen: argparse.Namespace) -> int:
    """Write the decision tables as DMN files."""
    from window_app.rules.dmn import export

    chosen.directory.mkdir(parents=True, exist_ok=True)
    export(_definitions().rules, chosen.directory)
    say({"files": sorted(path.name for path in chosen.directory.glob("*.dmn"))})
    return 0


def deadline(chosen: argparse.Namespace) -> int:
    """Say the last day of a limit, with its steps."""
    from window_app.services.triage_report import Triage

    facts = dict(_fact(text) for text in chosen.fact)
    say(Triage(_definitions()).deadline(chosen.rule, chosen.start, facts, chosen.locality))
    return 0


def _fact(text: str) -> tuple[str, Any]:
    name, mark, value = text.partition("=")
    if not mark:
        raise Misunderstood("cli.no_fact", text=text)
    return name, {"true": True, "false": False}.get(value, int(value) if value.isdecimal() else value)


def statutes_import(chosen: argparse.Namespace) -> int:
    """Take the statutes of a folder into the library."""
    if not chosen.directory.is_dir():
        raise Misunderstood("cli.no_such_folder", file=chosen.directory.name)
    found = _library(chosen.data).import_folder(chosen.directory)
    say(asdict(found))
    return 0


def statutes_find(chosen: argparse.Namespace) -> int:
    """Say which articles hold a text."""
    found = _library(chosen.data).find(chosen.text)
    say(
        {"articles": [{"law": one.article.law, "article": one.article.number, "excerpt": one.excerpt} for one in found]}
    )
    return 0 if found else 1


def statutes_show(chosen: argparse.Namespace) -> int:
    """Say one article."""
    found = _library(chosen.data).article(chosen.law, chosen.article)
    if found is None:
        raise WindowAppError("statutes.not_installed", law=chosen.law, article=chosen.article)
    say(asdict(found))
    return 0


def schema(chosen: argparse.Namespace) -> int:
    """Say the JSON Schema of an input."""
    from window_app.forms import schemas
    from window_app.services import intake_json

    makers = {"facts": schemas.facts_schema, "intake": intake_json.schema}
    say(makers[chosen.name](_definitions()))
    return 0
