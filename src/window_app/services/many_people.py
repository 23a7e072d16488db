"""Papers of a case with many people: names up to a number, then how many; what many lack is said once."""

from collections.abc import Iterable, Mapping, Sequence

from window_app.forms import Problem
from window_app.services.parties import Party

NAMED = 50
"""So many applicants a receipt names one by one; of more, only the first few."""
FIRST_NAMED = 20
WHOSE = 10


def applicants_named(parties: Iterable[Party]) -> str:
    """Return the joint applicants by name, in the order of the list; "" where nobody applies jointly.

    Where they are more than a receipt has room for, the first of them stand for all: who is meant by
    "and others" is told by the list, which is kept under the receipt's number.
    """
    names = [party.name or "（未填姓名）" for party in parties if party.role == "worker"]
    if len(names) < 2:
        return ""
    if len(names) <= NAMED:
        return "、".join(names) + f"，共{len(names)}人"
    return "、".join(names[:FIRST_NAMED]) + f"等{len(names)}人（全部名单已按本编号存档，可到窗口核对）"


def by_field(due: Sequence[Problem]) -> list[tuple[Problem, list[int]]]:
    """Return what is missing, each field of a section once, with the records that lack it."""
    found: dict[tuple[str, str, str], tuple[Problem, list[int]]] = {}
    for problem in due:
        place = problem.section, problem.field, problem.code
        found.setdefault(place, (problem, []))[1].append(problem.index or 0)
    return list(found.values())


def record_names(content: object, records: Sequence[int]) -> str:
    """Return whose records of a repeated section are meant; "" where a section has one record only."""
    if not isinstance(content, Sequence) or isinstance(content, str) or len(content) < 2:
        return ""
    names = [_name(content[at], at) for at in records[:WHOSE] if at < len(content)]
    shown = "、".join(names)
    return f"{shown}等{len(records)}条" if len(records) > len(names) else shown


def _name(record: object, at: int) -> str:
    name = record.get("name") or record.get("title") if isinstance(record, Mapping) else None
    return f"第{at + 1}条{name or ''}"
