"""Decision tables as DMN 1.3 XML, for the tools that others use."""

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from xml.etree import ElementTree
from xml.etree.ElementTree import Element, SubElement

from window_app.rules.cells import Cell
from window_app.rules.feel import TYPES, cell_text, literal, name_text
from window_app.rules.ruleset import RuleSet
from window_app.rules.tables import Row, Table, reads
from window_app.rules.values import FactType

NAMESPACE = "https://www.omg.org/spec/DMN/20191111/MODEL/"
_OWN_NAMESPACE = "urn:window-app:rules"
_WHOLE = "decisions"


def export(ruleset: RuleSet, directory: Path) -> tuple[Path, ...]:
    """Write the tables into a folder and return the files.

    `decisions.dmn` holds all national tables as one graph, `<decision>.dmn` one table each, and
    `<decision>.<locality>.dmn` a table as a locality changed it. Files of the same names are
    written over. The answer "not clear" is the word "unclear" in columns of words and null in others.
    """
    written = [_write(directory / f"{_WHOLE}.dmn", _WHOLE, ruleset.tables.values())]
    written += [_write(directory / f"{code}.dmn", code, [table]) for code, table in ruleset.tables.items()]
    for locality in ruleset.localities:
        for code, table in ruleset.tables_for(locality).items():
            if table is not ruleset.tables[code]:
                written.append(_write(directory / f"{code}.{locality}.dmn", f"{code}_{locality}", [table]))
    return tuple(written)


def _write(path: Path, name: str, tables: Iterable[Table]) -> Path:
    tree = ElementTree.ElementTree(model(name, tables))
    ElementTree.indent(tree)
    tree.write(path, encoding="utf-8", xml_declaration=True)
    return path


def model(name: str, tables: Iterable[Table]) -> Element:
    """Return tables as one DMN model; what none of them answers is input data."""
    tables = list(tables)
    root = Element("definitions")
    root.attrib.update({"xmlns": NAMESPACE, "id": f"model_{name}", "name": name, "namespace": _OWN_NAMESPACE})
    answered = {table.decision for table in tables}
    inputs = dict.fromkeys(entry for table in tables for entry in _data_names(table, answered))
    scopes = {entry: table for table in reversed(tables) for entry in _data_names(table, answered)}
    for entry in inputs:
        data = SubElement(root, "inputData", {"id": _id("data", entry), "name": name_text(entry)})
        attributes = {"id": _id("data_value", entry), "name": name_text(entry)}
        SubElement(data, "variable", {**attributes, "typeRef": _type_of(scopes[entry], entry)})
    for table in tables:
        _add_decision(root, table, answered)
    return root


def _add_decision(root: Element, table: Table, answered: set[str]) -> None:
    decision = SubElement(root, "decision", {"id": _id("decision", table.decision), "name": table.decision})
    SubElement(decision, "description").text = _description(table)
    SubElement(decision, "variable", {"id": _id("variable", table.decision), "name": table.decision, "typeRef": "Any"})
    for other in reads(table):
        if other in answered:
            _require(decision, table, "requiredDecision", _id("decision", other), other)
    for entry in _data_names(table, answered):
        _require(decision, table, "requiredInput", _id("data", entry), entry)
    _add_table(decision, table)


def _require(decision: Element, table: Table, kind: str, target: str, name: str) -> None:
    need = SubElement(decision, "informationRequirement", {"id": _id("need", table.decision, name)})
    SubElement(need, kind, {"href": f"#{target}"})


def _description(table: Table) -> str:
    told = " / ".join(table.title.values())
    return told if table.each is None else f"{told} (for each {table.each.alias} of {table.each.list})"


def _data_names(table: Table, answered: set[str]) -> Iterator[str]:
    """Yield what a table reads from outside the model: facts, items, parameters, other decisions."""
    references = (name for row in table.rows for _, cell in row.when for name in cell.references)
    found: dict[str, None] = {}
    for name in (*_columns(table), *references):
        source = name.partition(".")[0] if name in table.scope.outputs else name
        if source not in answered:
            found[source] = None
    yield from found


def _columns(table: Table) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*table.inputs, *_period_facts(table))))


def _period_facts(table: Table) -> tuple[str, ...]:
    dated = (row for row in table.rows if row.valid_from is not None or row.valid_until is not None)
    return tuple(dict.fromkeys(row.date_fact for row in dated))


def _add_table(decision: Element, table: Table) -> None:
    attributes = {"id": _id("table", table.decision), "hitPolicy": table.hit_policy.value}
    element = SubElement(decision, "decisionTable", attributes)
    periods = _period_facts(table)
    for name in table.inputs:
        _add_input(element, table, "input", name)
    for name in periods:
        _add_input(element, table, "period", name)
    for output in table.outputs.values():
        attributes = {"id": _id("output", table.decision, output.name), "name": output.name}
        SubElement(element, "output", {**attributes, "typeRef": "Any" if output.is_text else TYPES[output.type]})
    for name in ("reason", "basis", "locality"):
        SubElement(element, "annotation", {"name": name})
    for row in table.rows:
        _add_rule(element, table, row, periods)


def _add_input(element: Element, table: Table, kind: str, name: str) -> None:
    fact = table.scope.find(name)
    clause = SubElement(element, "input", {"id": _id(kind, table.decision, name), "label": name})
    attributes = {"id": _id(f"{kind}_expression", table.decision, name), "typeRef": _type_of(table, name)}
    SubElement(SubElement(clause, "inputExpression", attributes), "text").text = name_text(name)
    codes = sorted(fact.values) if fact is not None and fact.type is FactType.ENUM else []
    if codes and fact is not None:
        allowed = [*codes, "unclear"] if fact.unclear else codes
        values = SubElement(clause, "inputValues", {"id": _id(f"{kind}_values", table.decision, name)})
        SubElement(values, "text").text = ", ".join(literal(code) for code in allowed)


def _type_of(table: Table, name: str) -> str:
    fact = table.scope.find(name)
    kind = table.scope.resolve(name) if fact is None else fact.type
    return "Any" if kind is None else TYPES[kind]


def _in_words(table: Table, name: str) -> bool:
    """Return whether "not clear" is a word in a column; in the others it is null."""
    fact = table.scope.find(name)
    return fact is None or not fact.unclear or fact.type in (FactType.ENUM, FactType.TEXT)


def _add_rule(element: Element, table: Table, row: Row, periods: Iterable[str]) -> None:
    rule = SubElement(element, "rule", {"id": _id("rule", table.decision, row.id)})
    SubElement(rule, "description").text = row.id
    cells: Mapping[str, Cell] = dict(row.when)
    for name in table.inputs:
        _entry(rule, "inputEntry", table, row, name, _cell_text(table, name, cells))
    bounded = row.tests[-1] if len(row.tests) > len(row.when) else None
    for name in periods:
        period = dict([bounded]) if bounded is not None else {}
        _entry(rule, "inputEntry", table, row, f"period_{name}", _cell_text(table, name, period))
    for name in table.outputs:
        text = literal(row.then[name]) if name in row.then else "null"
        _entry(rule, "outputEntry", table, row, name, text)
    for text in _annotations(row):
        SubElement(SubElement(rule, "annotationEntry"), "text").text = text


def _cell_text(table: Table, name: str, cells: Mapping[str, Cell]) -> str:
    return cell_text(cells[name], words=_in_words(table, name)) if name in cells else "-"


def _entry(rule: Element, kind: str, table: Table, row: Row, name: str, text: str) -> None:
    entry = SubElement(rule, kind, {"id": _id(kind, table.decision, row.id, name)})
    SubElement(entry, "text").text = text


def _annotations(row: Row) -> tuple[str, ...]:
    basis = "; ".join(f"{each.law} {each.article}" for each in row.basis)
    return " / ".join(row.reason.values()), basis, row.locality or ""


def _id(*parts: str) -> str:
    """Return an XML id; characters that ids may not hold become their code point."""
    return "_".join("".join(map(_id_character, part)) for part in parts)


def _id_character(character: str) -> str:
    return character if character.isalnum() or character in "_-" else f"x{ord(character):x}"
