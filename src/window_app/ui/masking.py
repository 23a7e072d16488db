"""How identity numbers and phones look until somebody has a reason to read them."""

STAR = "*"


def masked(kind: str, value: str) -> str:
    """Return a value as it may be shown to everybody in the hall.

    >>> masked("resident_id", "310104199001014129")
    '3101**********4129'
    >>> masked("phone", "13812345521")
    '138****5521'
    >>> masked("text", "as it is")
    'as it is'
    """
    if kind == "resident_id":
        return _hide(value, 4, 4)
    if kind == "phone":
        return _hide(value, 3, 4)
    return value


def is_masked_kind(kind: str) -> bool:
    """Answer whether values of a field type are hidden until revealed."""
    return kind in ("resident_id", "phone")


def _hide(value: str, head: int, tail: int) -> str:
    if len(value) <= head + tail:
        return STAR * len(value)
    return value[:head] + STAR * (len(value) - head - tail) + value[-tail:]
