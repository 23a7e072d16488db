"""The law on the screen, by keys: library, rule tables, facts tried, quiz."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from tests.services.law_texts import write_texts
from tests.ui.counter_window import CounterWindow

from window_app.app import STATUTES_FOLDER
from window_app.forms.statutes import StatuteLibrary, StatuteTitles
from window_app.services.quiz import QuizVerdict
from window_app.services.rule_book import RowState
from window_app.settings import Settings
from window_app.ui import thread_guard
from window_app.ui.journey.keys import Held, Key
from window_app.ui.views.law.law_page import LawPage
from window_app.ui.views.law.library_view import LibraryView

pytestmark = pytest.mark.xdist_group("law_window")

Open = Callable[..., CounterWindow]
SHARED = Path(__file__).resolve().parents[3] / "shared" / "law" / "statutes"


@pytest.fixture
def installed(practice_hall: Path, tmp_path: Path) -> Path:
    """Made-up laws lie installed in the hall."""
    with thread_guard.elsewhere():
        titles = StatuteTitles.read(
            {"statutes": {"劳动争议调解仲裁法": {"titles": ["中华人民共和国劳动争议调解仲裁法"]}}}
        )
        StatuteLibrary(practice_hall / STATUTES_FOLDER, titles).import_folder(write_texts(tmp_path / "texts"))
    return practice_hall


def law_of(counter: CounterWindow) -> LawPage:
    counter.keys.press(Key.Key_F7)
    assert counter.shell.current == "law"
    return counter.shell.law


def decided(trial: Any) -> bool:
    return bool(trial.trial.decided)


def panel_of(trial: Any) -> Any:
    return trial.panel


def judged(quiz: Any) -> Any:
    return quiz.verdict


def search(counter: CounterWindow, library: LibraryView, text: str) -> None:
    counter.keys.type(text)
    counter.keys.wait_until(lambda: library.searched == text)
    counter.keys.settle()


def test_a_law_and_a_number_are_found_and_opened_among_the_neighbours(installed: Path, open_window: Open) -> None:
    counter = open_window(directory=installed)
    library = law_of(counter).library
    assert "2" in library.empty.text()
    search(counter, library, "仲裁法 27")
    assert [hit.article for hit in library.table.records.rows] == ["27"]
    counter.keys.press(Key.Key_Return)
    page = library.reader.page
    assert page is not None
    assert (page.law, page.article.number) == ("劳动争议调解仲裁法", "27")
    counter.keys.press(Key.Key_PageDown, Held.ControlModifier)
    counter.keys.settle()
    assert library.reader.page is not None
    assert library.reader.page.article.number == "28"
    assert not library.reader.after.isEnabled()
    counter.keys.press(Key.Key_PageUp, Held.ControlModifier)
    assert library.reader.page.article.number == "27"
    counter.keys.press(Key.Key_Escape)
    assert library.currentIndex() == 0
    assert counter.shell.current == "law"


def test_words_are_sought_and_the_arrow_leads_into_what_was_found(installed: Path, open_window: Open) -> None:
    counter = open_window(directory=installed)
    library = law_of(counter).library
    search(counter, library, "风筝")
    assert len(library.table.records.rows) == 5
    assert "风筝" in library.table.records.rows[0].excerpt
    counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return)
    assert library.reader.page is not None
    assert library.reader.page.article.number == "28"


def test_an_extract_is_printed_and_saved_by_key(installed: Path, open_window: Open) -> None:
    counter = open_window(directory=installed)
    library = law_of(counter).library
    search(counter, library, "仲裁法 27")
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_F6)
    assert [path.suffix for path in (installed / "printed").iterdir()] == [".pdf"]
    counter.keys.press(Key.Key_S, Held.ControlModifier)
    saved = list(counter.papers.glob("*.pdf"))
    assert [path.stem for path in saved] == ["劳动争议调解仲裁法第二十七条"]
    assert str(saved[0]) in library.reader.note.text()


def test_without_texts_one_sentence_says_how_they_are_installed(counter: CounterWindow) -> None:
    library = law_of(counter).library
    assert "window-app statutes import" in library.empty.text()
    assert library.empty.isVisible()
    search(counter, library, "工资")
    assert "window-app statutes import" in library.empty.text()


def test_a_table_shows_its_rows_with_their_sources_and_leads_to_an_article(counter: CounterWindow) -> None:
    page = law_of(counter)
    counter.keys.press(Key.Key_2, Held.ControlModifier)
    rules = page.rules
    tables = counter.desk.definitions.rules.tables
    assert {line.decision for line in rules.list.records.rows} == set(tables)
    assert "○" in rules.counts.text()
    counter.keys.press(Key.Key_Return)
    assert rules.shown is not None
    decision = rules.shown.table.decision
    grid = rules.table.grid
    assert grid is not None
    assert grid.records.rowCount() == len(tables[decision].rows)
    assert grid.records.columnCount() == len(rules.shown.columns) + 5
    first = rules.shown.rows[0]
    assert first.row.id in rules.table.reason.text()
    counter.keys.press(Key.Key_Down)
    assert rules.shown.rows[1].row.id in rules.table.reason.text()
    assert len(rules.table.sources.buttons) == len(rules.shown.rows[1].sources)
    counter.keys.press(Key.Key_1, Held.AltModifier)
    assert page.parts.currentWidget() is page.library  # the text is not there: said where one searches
    assert rules.shown.rows[1].sources[0].citation.law in page.library.empty.text()


def test_an_article_from_a_table_leads_back_to_the_table(installed: Path, open_window: Open) -> None:
    counter = open_window(directory=installed)
    page = law_of(counter)
    page.show_article("劳动争议调解仲裁法", "27", origin=1)
    counter.keys.settle()
    assert page.library.reader.page is not None
    counter.keys.press(Key.Key_Escape)
    assert page.parts.currentWidget() is page.rules


def test_facts_told_one_by_one_lead_to_the_row_that_fires(counter: CounterWindow) -> None:
    page = law_of(counter)
    counter.keys.press(Key.Key_2, Held.ControlModifier)
    rules = page.rules
    while rules.list.current().decision != "candidates":
        counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_T, Held.ControlModifier)
    trial = rules.trial
    example = next(
        source
        for source in counter.desk.definitions.rules.tables["candidates"].source.at("examples").items()
        if source.at("expect").at("row").content == "C26"
    )
    assert trial.trial is not None
    assert trial.trial.needs
    for name, value in example.at("facts").content.items():
        tell(counter, trial, name, value)
    assert decided(trial)
    fired = [row.id for row in trial.trial.rows if row.state is RowState.FIRES]
    assert fired == ["C26"]
    assert "C26" in trial.answer.text()
    assert trial.rows.records.rows[0].id == "C26"
    counter.keys.press(Key.Key_Delete)
    counter.keys.press(Key.Key_D, Held.ControlModifier)
    assert not decided(trial)
    counter.keys.press(Key.Key_Escape)
    assert rules.currentWidget() is rules.table


def test_place_and_day_of_a_trial_are_chosen_by_key_and_named_in_the_trace(counter: CounterWindow) -> None:
    page = law_of(counter)
    counter.keys.press(Key.Key_2, Held.ControlModifier)
    rules = page.rules
    while rules.list.current().decision != "papers":
        counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_T, Held.ControlModifier)
    trial = rules.trial
    counter.keys.press(Key.Key_K, Held.ControlModifier)
    places = [code for code, _ in counter.desk.law_books.rules.places()]
    counter.keys.press(Key.Key_Home)
    for _ in range(places.index("310000") + 2):
        counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return)
    counter.keys.type("13月40日")
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert trial.panel is not None
    assert trial.panel.problem.isVisible()
    counter.keys.press(Key.Key_A, Held.ControlModifier)
    counter.keys.type("2025-08-31")
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert panel_of(trial) is None
    tried: Any = trial.trial
    assert (tried.locality, tried.on.isoformat()) == ("310000", "2025-08-31")
    place = counter.desk.definitions.localities["310000"].title["zh"]
    for shown in (trial.frame.text(), trial.why.text()):
        assert place in shown
        assert "2025-08-31" in shown


def tell(counter: CounterWindow, trial: Any, name: str, value: Any) -> None:
    """Open a fact of the trial, choose its value by number or type it, and try it."""
    names = [fact.name for fact in trial.facts.records.rows]
    counter.keys.press(Key.Key_Home)
    trial.facts.selectRow(0)
    while trial.facts.current().name != name:
        counter.keys.press(Key.Key_Down)
        assert trial.facts.currentIndex().row() < len(names)
    fact = trial.facts.current()
    counter.keys.press(Key.Key_Return)
    assert trial.panel is not None
    if fact.options:
        codes = [code for code, _ in fact.options]
        for _ in range(codes.index(value) + 1):
            counter.keys.press(Key.Key_Down)
    else:
        counter.keys.type(str(value))
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert trial.panel is None


def test_a_value_that_is_none_is_refused_at_its_line(counter: CounterWindow) -> None:
    page = law_of(counter)
    counter.keys.press(Key.Key_2, Held.ControlModifier)
    rules = page.rules
    while rules.list.current().decision != "candidates":
        counter.keys.press(Key.Key_Down)
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_T, Held.ControlModifier)
    names = [fact.name for fact in rules.trial.facts.records.rows]
    rules.trial.facts.selectRow(names.index("employment_ended_on"))
    counter.keys.press(Key.Key_Return)
    counter.keys.type("昨天")
    counter.keys.press(Key.Key_Return, Held.ControlModifier)
    assert panel_of(rules.trial) is not None
    assert panel_of(rules.trial).problem.isVisible()
    counter.keys.press(Key.Key_Escape)
    assert panel_of(rules.trial) is None
    assert rules.currentWidget() is rules.trial


def test_the_quiz_takes_a_number_and_shows_the_right_answer_with_its_source(counter: CounterWindow) -> None:
    page = law_of(counter)
    counter.keys.press(Key.Key_3, Held.ControlModifier)
    quiz = page.quiz
    case = quiz.case
    assert case is not None
    assert len(quiz.options) == len(case.options)
    right = [route for route, _ in case.options].index(case.recommended)
    counter.keys.press(Key(Key.Key_1 + right))
    assert judged(quiz) is QuizVerdict.RIGHT
    assert case.row in quiz.trace.text()
    assert len(quiz.sources.buttons) == len(case.basis)
    counter.keys.press(Key(Key.Key_1 + right))  # a second answer does not count
    assert (counter.desk.law_books.quiz.right, counter.desk.law_books.quiz.wrong) == (1, 0)
    counter.keys.press(Key.Key_Return)
    following = quiz.case
    assert following is not None
    assert following is not case
    wrong = next(at for at, (route, _) in enumerate(following.options) if route not in following.routes)
    counter.keys.press(Key(Key.Key_1 + wrong))
    assert judged(quiz) is QuizVerdict.WRONG
    assert (counter.desk.law_books.quiz.right, counter.desk.law_books.quiz.wrong) == (1, 1)
    assert "1" in quiz.score.text()


def test_a_citation_of_the_visit_leads_to_the_library_and_back(installed: Path, open_window: Open) -> None:
    counter = open_window(directory=installed)
    counter.keys.press(Key.Key_F2)
    article = counter.page.article
    article.show_article("劳动争议调解仲裁法 第27条", "", "条文", verified=True)
    article.place = ("劳动争议调解仲裁法", "27")
    counter.keys.press(Key.Key_B, Held.ControlModifier)
    assert counter.shell.current == "law"
    page = counter.shell.law.library.reader.page
    assert page is not None
    assert page.article.number == "27"
    counter.keys.press(Key.Key_Escape)
    assert counter.shell.current == "visit"
    assert article.isHidden()


def test_in_large_text_the_fact_being_told_and_every_screen_of_the_rail_stay_whole(open_window: Open) -> None:
    counter = open_window(chosen=Settings(text_scale=200))
    counter.window.resize(1366, 768)
    page = law_of(counter)
    for button in counter.shell.rail.buttons.values():
        assert button.height() >= button.iconSize().height() + button.fontMetrics().height()
        assert counter.shell.rail.rect().contains(button.geometry())
    counter.keys.press(Key.Key_2, Held.ControlModifier)
    counter.keys.press(Key.Key_Return)
    counter.keys.press(Key.Key_T, Held.ControlModifier)
    trial = page.rules.trial
    assert trial.facts.isVisible()
    assert not trial.rows.isVisible()
    counter.keys.press(Key.Key_G, Held.ControlModifier)
    assert trial.rows.hasFocus()
    counter.keys.press(Key.Key_G, Held.ControlModifier)
    counter.keys.press(Key.Key_Return)
    assert trial.panel is not None
    assert not trial.facts.isVisible()
    assert trial.panel.confirm.height() >= trial.panel.confirm.sizeHint().height()
    assert trial.panel.rect().contains(trial.panel.confirm.geometry())
    assert trial.rect().contains(trial.panel.geometry())


@pytest.mark.skipif(not SHARED.is_dir(), reason="the bureau's statute texts are not here")
def test_the_bureaus_texts_open_from_the_citation_of_a_rule(practice_hall: Path, open_window: Open) -> None:
    with thread_guard.elsewhere():
        made = open_window(directory=practice_hall)
        made.ask(lambda desk: desk.statutes.import_folder(SHARED))
    library = law_of(made).library
    search(made, library, "仲裁法 27")
    assert [hit.law for hit in library.table.records.rows] == ["劳动争议调解仲裁法"]
    assert "一年" in library.table.records.rows[0].excerpt
    page = made.shell.law
    made.keys.press(Key.Key_2, Held.ControlModifier)
    made.keys.press(Key.Key_Return)
    made.keys.press(Key.Key_1, Held.AltModifier)
    assert page.parts.currentWidget() is page.library
