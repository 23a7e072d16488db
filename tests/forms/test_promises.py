"""Promised limits: stated by matter or locality, counted like the legal one, and never later than it."""

import shutil
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from window_app import paths
from window_app.domain.assessment import Deadline
from window_app.domain.working_days import PeriodUnit
from window_app.errors import DefinitionError
from window_app.forms import DefinitionSet, load_definitions
from window_app.forms.promises import Promise, Promises
from window_app.rules.deadlines import compute

MATTER = "arbitration_application"
LOCALITY = "440000"


@pytest.fixture(scope="module")
def parsed(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Where parsed files are kept, so that of a changed set only the change is read anew."""
    return tmp_path_factory.mktemp("parsed")


@pytest.fixture(scope="module")
def law(parsed: Path) -> DefinitionSet:
    return load_definitions(paths.definitions_dir(), cache=parsed)


def with_lines(tmp_path: Path, file: str, text: str) -> Path:
    """A copy of the definition set with lines at the end of a file."""
    forms = tmp_path / "forms"
    shutil.copytree(paths.definitions_dir(), forms)
    path = forms / file
    path.write_text(path.read_text("utf-8") + text, "utf-8")
    return forms


def test_nothing_is_promised_where_nobody_promised(law: DefinitionSet) -> None:
    legal = law.rules.deadline("arbitration_answer")
    assert legal is not None
    for code in law.matters:
        assert law.promises.rule(code, legal) is None


def test_a_locality_promises_for_itself_alone_and_shortens_the_matter_s_own(tmp_path: Path, parsed: Path) -> None:
    forms = with_lines(tmp_path, f"matters/{MATTER}.yaml", "promised: {amount: 4, unit: workdays}\n")
    place = forms / f"localities/{LOCALITY}.yaml"
    place.write_text(place.read_text("utf-8") + f"promised:\n  {MATTER}: {{amount: 3, unit: workdays}}\n", "utf-8")
    law = load_definitions(forms, cache=parsed)
    everywhere = law.promises.find(MATTER)
    assert everywhere is not None
    assert everywhere.amount == 4
    found = law.promises.find(MATTER, law.rules.chain(LOCALITY))
    assert found is not None
    assert (found.amount, found.unit, found.locality) == (3, PeriodUnit.WORKDAYS, LOCALITY)


@pytest.mark.parametrize(
    ("promise", "code"),
    [
        ("{amount: 6, unit: workdays}", "promise.later"),
        ("{amount: 1, unit: months}", "promise.incomparable"),
        ("{amount: 6, unit: days}", "promise.later"),
    ],
)
def test_a_promise_that_may_be_later_than_the_law_is_refused_by_file_and_line(
    tmp_path: Path, parsed: Path, promise: str, code: str
) -> None:
    forms = with_lines(tmp_path, f"matters/{MATTER}.yaml", f"promised: {promise}\n")
    with pytest.raises(DefinitionError) as caught:
        load_definitions(forms, cache=parsed)
    assert (caught.value.code, caught.value.file) == (code, f"matters/{MATTER}.yaml")
    assert caught.value.line > 1


def test_a_promise_for_a_matter_that_does_not_exist_is_refused(tmp_path: Path, parsed: Path) -> None:
    lines = "promised:\n  no_such_matter: {amount: 1, unit: days}\n"
    with pytest.raises(DefinitionError) as caught:
        load_definitions(with_lines(tmp_path, f"localities/{LOCALITY}.yaml", lines), cache=parsed)
    assert caught.value.code == "promise.matter_unknown"


@given(
    start=st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    amount=st.integers(0, 5),
    unit=st.sampled_from((PeriodUnit.WORKDAYS, PeriodUnit.DAYS)),
    completed=st.none() | st.integers(0, 40),
)
def test_a_promise_that_is_let_through_never_ends_after_the_legal_limit(law, start, amount, unit, completed) -> None:
    legal = law.rules.deadline("arbitration_answer")
    rule = Promises({None: {MATTER: Promise(amount, unit, ())}}).rule(MATTER, legal)
    told = {"received_on": start}
    if completed is not None:
        told["materials_completed_on"] = date.fromordinal(start.toordinal() + completed)
    facts = law.vocabulary.complete(told)
    limits = [compute(one, facts, law.rules.parameters, law.calendars, start) for one in (rule, legal) if one]
    days = [limit.due_on for limit in limits if isinstance(limit, Deadline)]
    assert days[0] <= days[1]
