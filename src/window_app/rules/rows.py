"""Reading the rows of decision tables."""

from collections.abc import Iterable, Mapping
from datetime import date

from window_app.rules.cells import Cell
from window_app.rules.conditions import unknown_fact
from window_app.rules.source import Source, nearest
from window_app.rules.tables import Each, HitPolicy, Output, Row, Scope, Table, read_date_fact, read_head, with_rows
from window_app.rules.unary import parse_cell
from window_app.rules.values import FactType, Value, read_value

_ROW_KEYS = ("id", "facts_row", "when", "then", "reason", "basis", "from", "until", "date_fact", "note")
_LOCAL_ROW_KEYS = (*_ROW_KEYS, "before", "after", "remove")


def read_table(source: Source, outputs: Mapping[str, Output], scope: Scope, each: Each | None) -> Table:
    """Return a table whose outputs and scope are known.

    Raises:
        DefinitionError: for any mistake, with its place.
    """
    return read_rows(read_head(source, outputs, scope, each))


def read_rows(table: Table) -> Table:
    """Return a table of which only the head was read with its rows.

    Raises:
        DefinitionError: for a mistake in a row, with its place.
    """
    rows: dict[str, Row] = {}
    for part in table.source.at("rows").items():
        row = read_row(part, table)
        if row.id in rows:
            raise part.error("rules.row_twice", row=row.id)
        if table.hit_policy is HitPolicy.FIRST:
            _check_overlap(part, row, rows.values())
        rows[row.id] = row
    return with_rows(table, tuple(rows.values()))


def _check_overlap(source: Source, row: Row, others: Iterable[Row]) -> None:
    """Refuse a row that says on some day what another with the same conditions says on it."""
    for other in others:
        dated = row.valid_from or row.valid_until or other.valid_from or other.valid_until
        if not dated or row.date_fact != other.date_fact or row.when != other.when:
            continue
        if _overlap(row, other):
            raise source.error("rules.row_overlap", row=row.id, other=other.id)


def _overlap(one: Row, other: Row) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_until or date.max, other.valid_until or date.max)


def read_row(source: Source, table: Table, locality: str | None = None) -> Row:
    """Return a row of a table, national or stated by a locality."""
    source.check_keys(_ROW_KEYS if locality is None else _LOCAL_ROW_KEYS, ("id",))
    valid_from, valid_until = source.at("from").optional_day(), source.at("until").optional_day()
    if valid_from is not None and valid_until is not None and valid_from > valid_until:
        raise source.at("until").error("rules.row_period", row=str(source.at("id").content))
    return Row(
        id=str(source.at("id").content),
        when=_read_cells(source.at("when"), table),
        then=_read_then(source.at("then"), table),
        reason=source.at("reason").optional_text() or {},
        basis=source.at("basis").basis(),
        date_fact=read_date_fact(source, table.scope, table.date_fact),
        valid_from=valid_from,
        valid_until=valid_until,
        locality=locality,
        facts_row=source.at("facts_row").content,
        source=source,
    )


def _read_cells(source: Source, table: Table) -> tuple[tuple[str, Cell], ...]:
    cells = []
    for name, part in source.entries():
        fact = table.scope.find(name)
        if fact is None:
            raise unknown_fact(part, name, table.scope)
        if name not in table.inputs:
            raise part.error("rules.not_an_input", fact=name, decision=table.decision)
        cell = parse_cell(part, fact, table.scope)
        if cell is not None:
            cells.append((name, cell))
    return tuple(cells)


def _read_then(source: Source, table: Table) -> dict[str, Value]:
    values = {}
    for name, part in source.entries():
        output = table.outputs.get(name)
        if output is None:
            raise part.error("rules.unknown_output", output=name, near=nearest(name, tuple(table.outputs)))
        values[name] = _read_output(part, output)
    return values


def _read_output(source: Source, output: Output) -> Value:
    if output.is_text:
        return tuple(part.text() for part in source.items()) if output.type is FactType.LIST else source.text()
    if output.type is FactType.LIST:
        return tuple(_read_code(part, output) for part in source.items())
    if output.type in (FactType.ENUM, FactType.TEXT):
        return _read_code(source, output)
    try:
        return read_value(output.type, source.content)
    except ValueError:
        raise source.error("rules.output_value", output=output.name, type=output.type.value) from None


def _read_code(source: Source, output: Output) -> str:
    code = source.string()
    if output.codes is not None and code not in output.codes:
        near = nearest(code, tuple(sorted(output.codes)))
        raise source.error("rules.output_code", output=output.name, value=code, near=near)
    return code
