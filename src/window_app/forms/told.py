"""What is known of a matter before its form is filled in."""

from collections.abc import Mapping
from typing import Any

from window_app.domain.visits import VisitDraft
from window_app.errors import WindowAppError
from window_app.rules.vocabulary import Vocabulary


def told_facts(vocabulary: Vocabulary, draft: VisitDraft, matter_key: str, given: Mapping[str, Any]) -> dict[str, Any]:
    """Return what is known of a matter before its form: what the program gives, what was told, what follows of it.

    Raises:
        KeyError: where the draft has no such matter.
    """
    known: dict[str, Any] = {name: value for name, value in given.items() if name in vocabulary}
    for name, value in (*draft.facts.items(), *draft.matter(matter_key).facts.items()):
        if value is None or name not in vocabulary:
            continue
        try:
            known[name] = vocabulary.read_fact(name, value)
        except WindowAppError:
            continue  # the interview reports it at its question; here it counts as not known
    return vocabulary.complete(known)
