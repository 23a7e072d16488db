"""Small definitions for the tests of the engine, as parsed YAML would give them."""

from typing import Any

from window_app.rules import RuleSet, Source, Vocabulary, build_ruleset, build_vocabulary

TEXT = {"zh": "文字", "en": "text"}
ASK = {"zh": "问？", "en": "ask?"}


def enum(*values: str, **more: Any) -> dict[str, Any]:
    return {"type": "enum", "values": {value: TEXT for value in values}, "ask": ASK, **more}


def flag(**more: Any) -> dict[str, Any]:
    return {"type": "bool", "ask": ASK, **more}


def fact(kind: str, **more: Any) -> dict[str, Any]:
    return {"type": kind, "ask": ASK, **more}


def vocabulary(facts: dict[str, Any], derived: dict[str, Any] | None = None) -> Vocabulary:
    return build_vocabulary({"facts": facts, "derived": derived or {}})


def row(id: str, when: dict[str, Any], then: dict[str, Any], **more: Any) -> dict[str, Any]:
    return {"id": id, "when": when, "then": then, **more}


def table(
    decision: str,
    inputs: list[str],
    outputs: dict[str, Any],
    rows: list[dict[str, Any]],
    hit_policy: str = "FIRST",
    **more: Any,
) -> dict[str, Any]:
    head = {"decision": decision, "title": TEXT, "hit_policy": hit_policy}
    return {**head, "inputs": inputs, "outputs": outputs, "rows": rows, **more}


def ruleset(known: Vocabulary, *tables: dict[str, Any], **more: Any) -> RuleSet:
    return build_ruleset(known, [Source(each) for each in tables], **more)
