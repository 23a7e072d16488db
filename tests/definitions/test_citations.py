"""What the definitions cite is there, in the texts of the statutes, word for word where quoted."""

import os
from pathlib import Path

import pytest
from tests.definitions.conftest import PROJECT

from window_app.forms import DefinitionSet, StatuteLibrary, check_citations, cited_places
from window_app.forms.citations import NOT_INSTALLED, CitationProblem

TEXTS = PROJECT.parent / "shared" / "law" / "statutes"
# Laws whose texts nobody has, in whole or in part; what is missing may only be cited as recalled.
WITHOUT_TEXT = {
    "广东省劳动保障监察条例",
    "实施社会保险法若干规定",
    "关于实施劳动保障监察条例若干规定",
    "关于维护新就业形态劳动者劳动保障权益的指导意见",
    "行政诉讼法",
    "劳社部发〔2008〕3号",
    "人社部发〔2025〕2号",
    "国办发〔2020〕42号",
}


@pytest.fixture(scope="module")
def problems(definitions: DefinitionSet, tmp_path_factory: pytest.TempPathFactory) -> tuple[CitationProblem, ...]:
    """Return what the statute texts say against the citations."""
    if not TEXTS.is_dir():
        if os.environ.get("CI") == "true":
            pytest.fail(f"text not installed: {TEXTS} must be there in CI")
        pytest.skip("text not installed")
    library = StatuteLibrary(tmp_path_factory.mktemp("statutes"), definitions.statute_titles)
    library.import_folder(Path(TEXTS))
    # Notices of holidays are no statutes; their numbers stand in the calendars.
    places = cited_places(
        each for each in definitions.files.documents.values() if not each.file.startswith("calendar/")
    )
    return check_citations(library, places)


def test_no_citation_is_contradicted_by_its_text(problems: tuple[CitationProblem, ...]) -> None:
    mistakes = [
        f"{each.place.file}:{each.place.line} {each.code} {dict(each.params)}" for each in problems if each.is_mistake
    ]
    assert mistakes == []


def test_only_laws_without_text_are_not_installed(problems: tuple[CitationProblem, ...]) -> None:
    missing = {each.place.citation.law for each in problems if each.code == NOT_INSTALLED}
    assert missing <= WITHOUT_TEXT


def test_what_has_no_text_is_marked_as_recalled(problems: tuple[CitationProblem, ...]) -> None:
    missing = [each.place.citation for each in problems if each.code == NOT_INSTALLED]
    assert [citation for citation in missing if citation.verified] == []


def test_every_row_says_why_and_on_which_ground(definitions: DefinitionSet) -> None:
    rows = [
        (document.file, row["id"])
        for document in definitions.files.of_kind("rules")
        for row in document.value["rows"]
        if not row.get("basis") or not row.get("reason", {}).get("zh") or not row["reason"].get("en")
    ]
    assert rows == []


def test_every_citation_has_a_gist_in_both_languages(definitions: DefinitionSet) -> None:
    places = cited_places(
        each for each in definitions.files.documents.values() if not each.file.startswith("calendar/")
    )
    without = {
        (place.citation.law, place.citation.article)
        for place in places
        if not {"zh", "en"} <= definitions.gist(place.citation).keys()
    }
    assert without == set()


def test_no_gist_speaks_of_an_article_that_nothing_cites(definitions: DefinitionSet) -> None:
    documents = [each for each in definitions.files.documents.values() if not each.file.startswith("calendar/")]
    cited = {(place.citation.law, place.citation.article) for place in cited_places(documents)}
    told = {
        (law, article)
        for document in definitions.files.of_kind("gists")
        for law, articles in document.value["gists"].items()
        for article in articles
    }
    assert told <= cited


def test_each_citation_belongs_to_one_class_and_they_are_counted(
    definitions: DefinitionSet, problems: tuple[CitationProblem, ...]
) -> None:
    places = list(
        cited_places(each for each in definitions.files.documents.values() if not each.file.startswith("calendar/"))
    )
    missing = {(each.place.file, each.place.line) for each in problems if each.code == NOT_INSTALLED}
    not_installed = [place for place in places if (place.file, place.line) in missing]
    recalled = [place for place in places if not place.citation.verified and place not in not_installed]
    assert len(places) > 600
    assert len(not_installed) + len(recalled) < len(places) // 10
