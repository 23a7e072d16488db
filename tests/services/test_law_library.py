"""The law library at the desk: search by word, by law and number, neighbours, an extract on paper."""

from io import BytesIO
from pathlib import Path

import pytest
from pypdf import PdfReader
from tests.services.law_texts import write_texts

from window_app.domain.papers import Verdict
from window_app.errors import WindowAppError
from window_app.services.desk import Desk
from window_app.services.law_library import LawHit, LawLibrary

LAW = "劳动争议调解仲裁法"


@pytest.fixture
def library(desk: Desk, tmp_path: Path) -> LawLibrary:
    desk.statutes.import_folder(write_texts(tmp_path / "texts"))
    return desk.law_books.library


def places(hits: tuple[LawHit, ...]) -> list[tuple[str, str]]:
    return [(hit.law, hit.article) for hit in hits]


@pytest.mark.parametrize(
    "typed",
    [
        "仲裁法 27", "仲裁法27", "调解仲裁法 27", "劳动争议调解仲裁法第二十七条", "仲裁法 第27条",
        "中华人民共和国劳动争议调解仲裁法 第二十七条", " 仲裁法　二十七条 ",
    ],
)  # fmt: skip
def test_a_law_and_a_number_lead_to_one_article(library: LawLibrary, typed: str) -> None:
    assert places(library.search(typed).hits) == [(LAW, "27")]


def test_a_number_alone_leads_to_that_article_of_every_law(library: LawLibrary) -> None:
    assert places(library.search("第二十七条").hits) == [(LAW, "27"), ("风筝管理条例", "27")]


def test_words_lead_to_the_articles_that_hold_them_all_with_the_place_of_the_hit(library: LawLibrary) -> None:
    found = library.search("风筝 蓝色")
    assert places(found.hits) == [(LAW, "27"), ("风筝管理条例", "2")]
    assert "蓝色的风筝" in found.hits[0].excerpt
    assert found.hits[0].label == "第二十七条"
    assert found.installed == 2


def test_a_law_with_words_seeks_in_that_law_alone_and_a_law_alone_shows_its_articles(library: LawLibrary) -> None:
    assert places(library.search("仲裁法 风筝").hits) == [(LAW, "27"), (LAW, "28")]
    assert places(library.search("风筝管理条例").hits) == [("风筝管理条例", number) for number in ("1", "2", "27")]


@pytest.mark.parametrize("typed", ["", "   ", "《》", "火星", "仲裁法 999", "第九百条"])
def test_what_stands_nowhere_gives_nothing(library: LawLibrary, typed: str) -> None:
    assert library.search(typed).hits == ()


def test_an_article_opens_among_its_neighbours(library: LawLibrary) -> None:
    page = library.open("调解仲裁法", "第二十七条")
    assert (page.law, page.label, page.whole) == (LAW, "第二十七条", False)
    assert page.before is not None
    assert page.before.number == "26"
    assert page.after is not None
    assert page.after.number == "28"
    assert library.open("风筝管理条例", "1").before is None
    assert library.open("风筝管理条例", "27").after is None


def test_a_text_that_is_not_installed_is_said_so(library: LawLibrary, desk: Desk) -> None:
    for law, article in (("火星法", "1"), (LAW, "99")):
        with pytest.raises(WindowAppError, match="not_installed"):
            library.open(law, article)
    assert library.search("风筝").installed == 2
    assert desk.law_books.library is library


def test_without_texts_the_search_says_that_there_are_none(desk: Desk) -> None:
    assert desk.law_books.library.search("仲裁法 27").installed == 0


def test_the_extract_holds_the_whole_article_and_is_no_paper_of_the_hall(library: LawLibrary, desk: Desk) -> None:
    pdf = library.extract(library.open(LAW, "27"))
    text = "".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).replace("\n", "")
    for part in (
        "法规条文摘录",
        "第二十七条",
        "蓝色的风筝一年飞一次",
        "从接上之日起重新计算",
        "不是办事文书",
        "本机安装的是该法规的节录",
    ):
        assert part in text
    assert "前一条" not in text
    assert desk.papers.verify_pdf(pdf).verdict in (Verdict.NOT_OURS, Verdict.ALTERED)


def test_the_extract_goes_to_the_printer_of_the_counter(library: LawLibrary, tmp_path: Path) -> None:
    assert library.print(library.open(LAW, "27"))
    assert [path.suffix for path in (tmp_path / "data" / "printed").iterdir()] == [".pdf"]
