"""What a desk has to read of the law: statute texts, decision tables, the practice quiz."""

from dataclasses import dataclass
from pathlib import Path
from secrets import SystemRandom

from window_app.clock import Clock
from window_app.domain.ports import PaperMaker, Printer
from window_app.forms import DefinitionSet, StatuteLibrary
from window_app.services.law_library import LawLibrary
from window_app.services.quiz import Quiz
from window_app.services.rule_book import RuleBook


@dataclass(frozen=True, slots=True)
class LawBooks:
    """The books of one desk; `statutes` is where the texts are kept."""

    statutes: StatuteLibrary
    library: LawLibrary
    rules: RuleBook
    quiz: Quiz


def open_books(
    folder: Path, law: DefinitionSet, locality: str | None, maker: PaperMaker, printer: Printer, clock: Clock
) -> LawBooks:
    """Return the books over the texts of a folder, for a station in a locality; no text is read yet."""
    statutes = StatuteLibrary(folder, law.statute_titles)
    library = LawLibrary(statutes, maker, printer, clock)
    return LawBooks(statutes, library, RuleBook(law, statutes, locality), Quiz(law, clock.today(), SystemRandom()))
