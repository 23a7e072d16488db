"""Keeps `None`, `True` and `False` alive: PySide6 6.12 gives references back that it never took.

Every signal emitted from Python costs `True` one reference, some overridden methods cost `None`
one. Until Python 3.12 the three are counted like any other object; after some thousand signals,
in the middle of a clerk's day or at its end, a count reaches zero and the interpreter aborts
("bool_dealloc: deallocating True or False"). From 3.12 on they are immortal.

WORKAROUND for PySide6 6.12.0 on Python < 3.12, not yet reported; tests/ui/test_lasting.py measures it.
"""

import sys

PLENTY = 1 << 40
NEAR = 64


def is_counted() -> bool:
    """Answer whether this interpreter counts the references of `None`, `True` and `False`."""
    return sys.implementation.name == "cpython" and sys.version_info < (3, 12)


def hold() -> int:
    """Give the three more references than can be taken away; return how many of them needed it."""
    if not is_counted():
        return 0
    import ctypes

    held = 0
    for lasting in (None, True, False):
        count = ctypes.c_ssize_t.from_address(id(lasting))
        known = sys.getrefcount(lasting)
        # A count that is not where it is looked for is left alone.
        if known < PLENTY // 2 and abs(count.value - known) <= NEAR:
            count.value += PLENTY
            held += 1
    return held
