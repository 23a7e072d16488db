"""The statute library: import, find, show, and citations against it."""

import doctest
from pathlib import Path

import pytest

from window_app.domain.assessment import Citation
from window_app.forms import statute_text
from window_app.forms.citations import NOT_INSTALLED, CitedPlace, check_citations, cited_places
from window_app.forms.statute_text import parse_statute, read_article_number, read_number
from window_app.forms.statutes import StatuteFolderEmpty, StatuteLibrary, StatuteTitles
from window_app.yamlio import parse_yaml, read_yaml

PROJECT = Path(__file__).resolve().parents[2]
# Made up for the test: no text of any statute stands in this repository.
LAW = """\ufeff# 中华人民共和国渡船法

2001年1月1日 通过

<!-- 来源: 练习
多行注释 第九条 不是条文 -->

## 第一章　总 则

第一条　为了渡河，制定本法。

第二条 渡船分为下列几种：

（一）大船；

（二）小船：

1. 有桨的；

（十一）其他船。

前款所称小船，见第三条
规定。

### 第一节 船票

第三条 船票应当当场出具。
第三条之一 船票遗失的，可以补办。
​第三条的规定，适用于第二条规定的小船。

第一百二十条 本法自公布之日起施行。
"""
PLAIN = "河工条例\n第一章 总则\n**第一条** 河工每日休息。\n第二条 河工有船票。\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    folder = tmp_path / "texts"
    folder.mkdir()
    (folder / "渡船法.md").write_text(LAW, encoding="utf-8")
    (folder / "河工条例.txt").write_text(PLAIN, encoding="utf-8")
    return folder


@pytest.fixture
def library(tmp_path: Path, folder: Path) -> StatuteLibrary:
    library = StatuteLibrary(tmp_path / "library")
    library.import_folder(folder)
    return library


def test_the_examples_in_the_docstrings_hold():
    assert doctest.testmod(statute_text).failed == 0


@pytest.mark.parametrize(
    ("text", "value"),
    [("一", 1), ("十", 10), ("十五", 15), ("二十", 20), ("一百零一", 101), ("一百一十", 110), ("二百九十", 290),
     ("一千零三十", 1030), ("二〇", 20), ("两", 2), ("27", 27), ("", None), ("第", None), ("甲", None), ("²", None)],
)  # fmt: skip
def test_numerals_are_read(text, value):
    assert read_number(text) == value


@pytest.mark.parametrize("number", range(1, 400))
def test_numerals_are_written_as_they_are_read(number):
    assert read_number(statute_text.chinese_number(number)) == number


@pytest.mark.parametrize("written", ["120-1", "第一百二十条之一", "一百二十之一", "第120条之一"])
def test_articles_are_found_however_their_number_is_written(written):
    assert read_article_number(written) == "120-1"


def test_articles_paragraphs_and_items_are_taken_apart():
    parsed = parse_statute(LAW.removeprefix("\ufeff"))
    assert parsed.title == "中华人民共和国渡船法"
    assert [article.number for article in parsed.articles] == ["1", "2", "3", "3-1", "120"]
    second = parsed.articles[1]
    assert [paragraph.text for paragraph in second.paragraphs] == [
        "渡船分为下列几种：",
        "1. 有桨的；",
        "前款所称小船，见第三条",
        "规定。",
    ]
    assert second.find_item("2") == "小船："
    assert second.find_item("11") == "其他船。"
    assert second.find_item("3") is None
    assert parsed.articles[2].heading == "第一章 总 则 第一节 船票"


def test_a_reference_at_the_start_of_a_line_is_no_article():
    parsed = parse_statute(LAW)
    assert parsed.articles[3].paragraphs[1].text == "第三条的规定，适用于第二条规定的小船。"


def test_an_import_says_what_became_of_each_file(tmp_path, folder):
    (folder / "empty.md").write_text("# 没有条文\n", encoding="utf-8")
    (folder / "old.txt").write_bytes("第一条 旧编码".encode("gb18030"))
    (folder / "picture.png").write_bytes(b"\x89PNG")
    report = StatuteLibrary(tmp_path / "library").import_folder(folder)
    assert [(each.law, each.articles, each.excerpt) for each in report.imported] == [
        ("河工条例", 2, False),
        ("渡船法", 5, True),
    ]
    assert {(each.file, each.code) for each in report.skipped} == {
        ("empty.md", "statutes.no_articles"),
        ("old.txt", "statutes.not_utf8"),
    }


def test_an_import_without_any_law_fails(tmp_path):
    with pytest.raises(StatuteFolderEmpty):
        StatuteLibrary(tmp_path / "library").import_folder(tmp_path)


def test_a_second_import_replaces_the_first(folder, library):
    (folder / "河工条例.txt").write_text("河工条例\n第一条 河工每日休息两次。\n", encoding="utf-8")
    library.import_folder(folder)
    assert [statute.law for statute in library.laws()] == ["河工条例", "渡船法"]
    assert [article.text for article in library.statute("河工条例").articles.values()] == ["河工每日休息两次。"]


def test_an_article_is_shown_by_any_name_of_its_law(library):
    for law in ("渡船法", "中华人民共和国渡船法", "《中华人民共和国渡船法》"):
        article = library.article(law, "第三条之一")
        assert article is not None
        assert (article.law, article.text) == (
            "渡船法",
            "船票遗失的，可以补办。\n第三条的规定，适用于第二条规定的小船。",
        )
    assert library.article("渡船法", "5") is None
    assert library.article("没有的法", "1") is None


def test_aliases_stand_in_the_definition_set():
    titles = StatuteTitles.read(read_yaml(PROJECT / "forms/statutes.yaml").value)
    for name in (
        "最高人民法院关于审理劳动争议案件适用法律问题的解释（一）",
        "最高人民法院关于审理劳动争议案件适用法律问题的解释(一)",
        "最高法审理劳动争议案件解释一",
    ):
        assert titles.short(name) == "最高法审理劳动争议案件解释一"
    assert titles.short("中华人民共和国劳动争议调解仲裁法") == "劳动争议调解仲裁法"
    title = "关于实施《劳动保障监察条例》若干规定（节录, 未取得完整官方文本）"
    assert titles.short(title) == "关于实施劳动保障监察条例若干规定"
    assert titles.short("《上海市劳动合同条例》") == "上海市劳动合同条例"


def test_words_are_found_in_any_law(library):
    assert [(found.article.law, found.article.number) for found in library.find("船票")] == [
        ("河工条例", "2"),
        ("渡船法", "3"),
        ("渡船法", "3-1"),
    ]
    assert [found.article.number for found in library.find("船票 补办")] == ["3-1"]
    assert library.find("船票", limit=1)[0].excerpt == "河工有船票。"
    assert library.find("  ") == ()
    assert library.find("火车") == ()


@pytest.mark.usefixtures("library")
def test_the_library_outlives_the_program_and_a_damaged_file(tmp_path):
    again = StatuteLibrary(tmp_path / "library")
    assert [statute.law for statute in again.laws()] == ["河工条例", "渡船法"]
    sorted((tmp_path / "library").iterdir())[0].write_bytes(b"{")
    assert len(StatuteLibrary(tmp_path / "library").laws()) == 1


def test_a_library_that_was_never_filled_is_empty(tmp_path):
    library = StatuteLibrary(tmp_path / "nothing")
    assert library.laws() == ()
    assert library.find("船") == ()


CITED = """
basis:
  - {law: 渡船法, article: 2, item: 二}
  - {law: 渡船法, article: 3-1, paragraph: 2, quote: 适用于第二条规定的小船}
  - {law: 河工条例, article: 1, quote: 河工……休息}
  - {law: 河工条例, article: 9}
  - {law: 河工条例, article: 1, paragraph: 2}
  - {law: 河工条例, article: 1, item: 一}
  - {law: 河工条例, article: 1, quote: 河工每周休息}
  - {law: 渡船法, article: 77}
  - {law: 空中法, article: 1}
"""


def test_citations_are_held_against_the_texts(library):
    document = parse_yaml(CITED, file="rules/x.yaml")
    problems = check_citations(library, cited_places([document]))
    assert [(problem.place.line, problem.code, problem.is_mistake) for problem in problems] == [
        (6, "citation.article_missing", True),
        (7, "citation.paragraph_missing", True),
        (8, "citation.item_missing", True),
        (9, "citation.quote_differs", True),
        (10, NOT_INSTALLED, False),
        (11, NOT_INSTALLED, False),
    ]


def test_a_quotation_must_keep_its_order(library):
    place = CitedPlace(Citation("河工条例", "1"), "休息……河工", "x.yaml", 1)
    assert [problem.code for problem in check_citations(library, [place])] == ["citation.quote_differs"]


def test_an_article_only_recalled_is_not_judged(tmp_path, folder):
    (folder / "x.md").write_text("# 船规（节录）\n第七条 [回忆] 船要干净。\n第八至十条 概述。\n", encoding="utf-8")
    library = StatuteLibrary(tmp_path / "library")
    library.import_folder(folder)
    recalled, summary = library.article("船规", "7"), library.article("船规", "9")
    assert recalled is not None
    assert summary is not None
    assert (recalled.remark, recalled.text, summary.text) == ("回忆", "船要干净。", "概述。")
    place = CitedPlace(Citation("船规", "7", paragraph=3, verified=False), "", "x.yaml", 1)
    assert [problem.code for problem in check_citations(library, [place])] == [NOT_INSTALLED]


def test_oddly_made_texts_are_read_as_far_as_they_go():
    parsed = parse_statute("# 怪规\n第一条\n（一）甲；\n（二）乙。\n## 第二章\n第二条 正文。\n")
    assert parsed.articles[0].find_item("2") == "乙。"
    assert parsed.articles[0].text == "\n（一）甲；\n（二）乙。"
    assert statute_text.article_label("一至七") == "一至七"
    assert read_article_number("附则") == "附则"


def test_a_file_without_a_title_goes_by_its_name():
    assert parse_statute("", "无名规定").title == "无名规定"
