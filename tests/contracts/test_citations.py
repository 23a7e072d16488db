"""What the definition set cites, against the statute texts beside the checkout.

The texts are no part of this repository. With CI=true they must be there; elsewhere their absence
is said and the test skipped.
"""

import os
from pathlib import Path

import pytest

from window_app.forms import StatuteLibrary, check_citations, cited_places, load_definitions

PROJECT = Path(__file__).resolve().parents[2]
TEXTS = PROJECT.parent / "shared/law/statutes"
IN_CI = os.environ.get("CI") == "true"

# Number of articles of the laws that the counter lives by, counted in the official texts (FACTS section 11).
ARTICLES = {
    "劳动争议调解仲裁法": 54,
    "劳动人事争议仲裁办案规则": 81,
    "企业劳动争议协商调解规定": 37,
    "劳动保障监察条例": 36,
    "劳动合同法": 98,
    "劳动法": 107,
    "社会保险法": 98,
    "最高法审理劳动争议案件解释一": 54,
    "最高法审理劳动争议案件解释二": 21,
    "超龄劳动者基本权益保障暂行规定": 24,
    "拖欠农民工工资失信联合惩戒对象名单管理暂行办法": 20,
    "民事诉讼法": 306,
}


@pytest.fixture(scope="module")
def definitions():
    return load_definitions(PROJECT / "forms")


@pytest.fixture(scope="module")
def library(definitions, tmp_path_factory):
    if not TEXTS.is_dir():
        assert not IN_CI, f"{TEXTS} must be there in CI"
        pytest.skip("text not installed: no statute texts beside this checkout")
    library = StatuteLibrary(tmp_path_factory.mktemp("statutes"), definitions.statute_titles)
    report = library.import_folder(TEXTS)
    assert report.skipped == ()
    return library


def test_no_citation_of_the_definitions_is_contradicted_by_the_texts(definitions, library):
    problems = check_citations(library, cited_places(definitions.files.documents.values()))
    mistakes = [
        f"{each.place.file}:{each.place.line} {each.code} {each.params}" for each in problems if each.is_mistake
    ]
    assert mistakes == []


def test_most_citations_are_confirmed_and_not_merely_uncontradicted(definitions, library):
    places = list(cited_places(definitions.files.documents.values()))
    assert len(check_citations(library, places)) <= len(places) // 10


@pytest.mark.parametrize(("law", "count"), ARTICLES.items())
def test_the_laws_are_whole(library, law, count):
    statute = library.statute(law)
    assert statute is not None
    assert (len(statute.articles), statute.excerpt) == (count, False)


def test_texts_known_to_be_excerpts_say_so(library):
    excerpts = {statute.law for statute in library.laws() if statute.excerpt}
    assert excerpts == {"关于实施劳动保障监察条例若干规定", "劳动人事争议仲裁组织规则", "民法典"}


def test_the_receipt_of_the_rules_is_found(library):
    found = [(each.article.law, each.article.number) for each in library.find("收件回执")]
    assert found == [("劳动人事争议仲裁办案规则", "29")]


def test_paragraphs_are_counted_as_lawyers_do(library):
    article = library.article("劳动争议调解仲裁法", "27")
    assert article is not None
    assert len(article.paragraphs) == 4
    assert article.find_paragraph(4).text.startswith("劳动关系存续期间")
    assert library.article("劳动合同法", "38").find_item("3", 1) is not None
