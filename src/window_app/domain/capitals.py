"""Amounts in Chinese capitals, as 正确填写票据和结算凭证的基本规定 wants them.

A zero between figures is written once; one at the end of a group of four before a figure of the next
group too; 整 closes an amount of whole yuan. Where the rules leave a choice (the zero of the yuan
before 角, 整 after 角), it is left out.
"""

from decimal import Decimal

DIGITS = "零壹贰叁肆伍陆柒捌玖"
_PLACES = ("", "拾", "佰", "仟")
_GROUP = 10_000
LIMIT = Decimal(10) ** 12
"""An amount must stay below this."""


def capitals(amount: Decimal) -> str:
    """Return an amount of yuan, not negative, of whole cents.

    >>> capitals(Decimal("107000.53"))
    '壹拾万零柒仟元伍角叁分'
    >>> capitals(Decimal("100000"))
    '壹拾万元整'

    Raises:
        ValueError: for a negative amount, parts of a cent, or one that is too large.
    """
    if not 0 <= amount < LIMIT or amount != amount.quantize(Decimal("0.01")):
        raise ValueError(amount)
    yuan, cents = divmod(int(amount * 100), 100)
    ten_cents, cent = divmod(cents, 10)
    if not cents:
        return (_whole(yuan) or DIGITS[0]) + "元整"
    whole = f"{_whole(yuan)}元" if yuan else ""
    tens = f"{DIGITS[ten_cents]}角" if ten_cents else (DIGITS[0] if yuan else "")
    return whole + tens + (f"{DIGITS[cent]}分" if cent else "")


def _whole(number: int) -> str:
    text, gap = "", False
    for unit, size in (("亿", _GROUP**2), ("万", _GROUP), ("", 1)):
        group, number = divmod(number, size)
        if group:
            gap = gap or group < _GROUP // 10
            text += (DIGITS[0] if text and gap else "") + _four(group) + unit
        gap = group % 10 == 0
    return text


def _four(group: int) -> str:
    text, zero = "", False
    for place in range(3, -1, -1):
        digit = group // 10**place % 10
        if digit:
            text += (DIGITS[0] if zero and text else "") + DIGITS[digit] + _PLACES[place]
        zero = digit == 0
    return text
