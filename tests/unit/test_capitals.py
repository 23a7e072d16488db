"""Amounts in Chinese capitals: the official examples, and every amount read back."""

from decimal import Decimal

import cn2an
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from window_app.domain.capitals import DIGITS, LIMIT, capitals

AMOUNTS = st.integers(0, 10**14 - 1).map(lambda cents: Decimal(cents) / 100)
PLACES = {"拾": 10, "佰": 100, "仟": 1000}


def read(text: str) -> Decimal:
    """Read capitals back, character by character, as a person adds them up."""
    whole, mark, rest = text.partition("元")
    if not mark:
        whole, rest = "", text
    total = section = figure = 0
    for character in whole:
        if character in DIGITS:
            figure = DIGITS.index(character)
        elif character in PLACES:
            section, figure = section + figure * PLACES[character], 0
        else:
            total, section, figure = total + (section + figure) * {"万": 10**4, "亿": 10**8}[character], 0, 0
    yuan, cents, figure = total + section + figure, 0, 0
    for character in rest.removesuffix("整"):
        if character in DIGITS:
            figure = DIGITS.index(character)
        else:
            cents, figure = cents + figure * {"角": 10, "分": 1}[character], 0
    return Decimal(yuan) + Decimal(cents) / 100


# 正确填写票据和结算凭证的基本规定: its own examples first.
@pytest.mark.parametrize(
    ("amount", "text"),
    [
        ("1409.50", "壹仟肆佰零玖元伍角"),
        ("6007.14", "陆仟零柒元壹角肆分"),
        ("1680.32", "壹仟陆佰捌拾元叁角贰分"),
        ("107000.53", "壹拾万零柒仟元伍角叁分"),
        ("16409.02", "壹万陆仟肆佰零玖元零贰分"),
        ("325.04", "叁佰贰拾伍元零肆分"),
        ("0", "零元整"),
        ("10", "壹拾元整"),
        ("0.05", "伍分"),
        ("0.50", "伍角"),
        ("1000.05", "壹仟元零伍分"),
        ("100000", "壹拾万元整"),
        ("1001000", "壹佰万零壹仟元整"),
        ("10010000", "壹仟零壹万元整"),
        ("100000001", "壹亿零壹元整"),
        ("10000000000", "壹佰亿元整"),
        ("100000000000.01", "壹仟亿元零壹分"),
        ("999999999999.99", "玖仟玖佰玖拾玖亿玖仟玖佰玖拾玖万玖仟玖佰玖拾玖元玖角玖分"),
    ],
)
def test_an_amount_is_written_as_the_rules_want(amount: str, text: str) -> None:
    assert capitals(Decimal(amount)) == text


@given(AMOUNTS)
@example(Decimal("100010001000.10"))
@example(Decimal("20000000.01"))
def test_what_is_written_reads_back_as_the_same_amount(amount: Decimal) -> None:
    text = capitals(amount)
    assert read(text) == amount
    assert "零零" not in text
    assert not text.startswith("零") or amount == 0
    assert text.endswith("整") is (amount == amount.to_integral_value())
    assert "零元" not in text or amount == 0


@given(AMOUNTS)
def test_cn2an_agrees_but_for_the_zero_before_the_next_group(amount: Decimal) -> None:
    """It leaves out a zero that the rules want, as in 壹拾万零柒仟; that is why it is not used on papers."""
    assert cn2an.an2cn(f"{amount:.2f}", "rmb").replace("零", "") == capitals(amount).replace("零", "")


@pytest.mark.parametrize("amount", ["-0.01", "0.001", str(LIMIT)])
def test_what_cannot_be_written_is_refused(amount: str) -> None:
    with pytest.raises(ValueError, match=r"\d"):
        capitals(Decimal(amount))
