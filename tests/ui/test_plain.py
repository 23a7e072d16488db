"""What the interface decides without Qt: colours, masks, rows of fields, words."""

import doctest
from dataclasses import replace
from itertools import product

import pytest

from window_app.domain.assessment import Citation
from window_app.ui import masking, palettes
from window_app.ui.views.visit.law_reading import once
from window_app.ui.views.visit.route_card import cited
from window_app.ui.widgets import answer_chip, field_grid

LEAST = {"light": 4.5, "dark": 4.5, "contrast": 7.0}


@pytest.mark.parametrize("name", sorted(palettes.PALETTES))
def test_every_text_is_readable_on_every_ground_it_stands_on(name: str) -> None:
    colours = palettes.named(palettes.PALETTES[name])
    weak = {
        f"{text} on {ground}": round(palettes.contrast(colours[text], colours[ground]), 2)
        for text, grounds in palettes.GROUNDS.items()
        for ground in grounds
        if palettes.contrast(colours[text], colours[ground]) < LEAST[name]
    }
    assert not weak


def test_the_measure_of_contrast_knows_black_white_and_sameness() -> None:
    assert palettes.contrast("#000000", "#FFFFFF") == pytest.approx(21)
    assert palettes.contrast("#777777", "#777777") == 1
    assert palettes.contrast("#FFFFFF", "#767676") == pytest.approx(4.54, abs=0.01)


def test_a_pale_text_would_be_found() -> None:
    pale = replace(palettes.LIGHT, secondary="#AAAAAA")
    assert palettes.contrast(pale.secondary, pale.card) < LEAST["light"]


@pytest.mark.parametrize("module", [answer_chip, field_grid, masking])
def test_examples_in_the_documentation_hold(module: object) -> None:
    assert doctest.testmod(module).failed == 0  # type: ignore[arg-type] # a module


@pytest.mark.parametrize("value", ["", "1", "1234567"])
def test_a_short_number_is_hidden_whole(value: str) -> None:
    assert masking.masked("resident_id", value) == "*" * len(value)


def test_no_field_is_lost_or_wider_than_the_form() -> None:
    kinds = sorted(field_grid.SPANS)
    for trio in product(kinds, repeat=3):
        spans = field_grid.rows_of(list(trio), single=False)
        assert sum(len(line) for line in spans) == 3
        assert all(sum(line) <= field_grid.COLUMNS for line in spans)


def test_large_text_puts_one_field_in_a_row() -> None:
    assert field_grid.rows_of(["date", "date", "text"], single=True) == [[12], [12], [12]]


def test_a_citation_is_written_as_lawyers_do() -> None:
    assert cited(Citation("劳动争议调解仲裁法", "27", 4)) == "劳动争议调解仲裁法 第27条第4款"
    assert cited(Citation("劳动保障监察条例", "26", item="一")) == "劳动保障监察条例 第26条第(一)项"
    assert cited(Citation("刑法", "120-1")) == "刑法 第120条之1"


def test_the_same_article_is_cited_once() -> None:
    first, second = Citation("甲法", "1", gist={"zh": "一"}), Citation("甲法", "1", gist={"zh": "二"})
    assert once((first, second, Citation("甲法", "2"))) == (first, Citation("甲法", "2"))
