"""Frozen dataclasses that are quickly made are as frozen as others, and alike in everything else."""

import copy
import pickle
from collections.abc import Mapping
from dataclasses import FrozenInstanceError, dataclass, field, fields, replace

import pytest

from window_app.domain.cases import CaseState, SetValue
from window_app.domain.due import DueItem
from window_app.domain.events import Event
from window_app.domain.quick import quick


@quick
@dataclass(frozen=True, slots=True)
class Quick:
    """As a class of the program has it: fields that must be said, that have a value, that have one of their own."""

    name: str
    at: int = 7
    facts: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Plain:
    """The same without haste."""

    name: str
    at: int = 7
    facts: Mapping[str, int] = field(default_factory=dict)


@pytest.mark.parametrize("said", [{"name": "a"}, {"name": "a", "at": 8}, {"name": "a", "facts": {"b": 1}}])
def test_what_is_made_is_what_was_said(said):
    assert repr(Quick(**said)) == repr(Plain(**said)).replace("Plain", "Quick")
    assert Quick(**said) == Quick(*[getattr(Plain(**said), one.name) for one in fields(Plain)])
    assert Quick(**said) != Quick("z")
    made = Quick(**said)
    assert type(made) is Quick
    assert (replace(made), copy.copy(made), pickle.loads(pickle.dumps(made))) == (made, made, made)  # noqa: S301
    assert replace(made, name="b").name == "b"


def test_each_has_a_default_of_its_own():
    assert Quick("a").facts is not Quick("a").facts


@pytest.mark.parametrize("said", [{}, {"name": "a", "nobody": 1}, {"at": 1}])
def test_what_cannot_be_made_is_refused(said):
    with pytest.raises(TypeError, match="Quick"):
        Quick(**said)


def test_nothing_of_it_can_be_changed():
    made = Quick("a")
    for attempt in (lambda: setattr(made, "name", "b"), lambda: delattr(made, "at"), lambda: setattr(made, "new", 1)):
        with pytest.raises((FrozenInstanceError, AttributeError, TypeError)):
            attempt()
    assert (made.name, made.at) == ("a", 7)


def test_the_program_uses_it_where_thousands_are_made():
    for one in (Event, CaseState, SetValue, DueItem):
        assert one.__init__.__code__.co_filename == "<string>"
        assert [name for name in one.__init__.__code__.co_varnames[1:]] == [told.name for told in fields(one)]


def test_a_class_that_does_more_is_refused():
    @dataclass(frozen=True, slots=True)
    class Checked:
        name: str

        def __post_init__(self) -> None:
            raise AssertionError

    with pytest.raises(TypeError, match="__post_init__"):
        quick(Checked)
