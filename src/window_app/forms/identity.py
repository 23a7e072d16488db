"""Identity numbers: residents, foreigners with permanent residence, and organisations."""

import re
from dataclasses import dataclass
from datetime import date

from stdnum.cn import uscc
from stdnum.iso7064 import mod_11_2

from window_app.errors import WindowAppError

_EARLIEST_BIRTH = date(1900, 1, 1)
# GB/T 2260 provinces; 81, 82 and 83 are the residence permits of Hong Kong, Macao and Taiwan residents.
_PROVINCE = re.compile(r"1[1-5]|2[1-3]|3[1-7]|4[1-6]|5[0-4]|6[1-5]|71|8[1-3]")
_FOREIGNER = "9"
_RESIDENT = re.compile(r"[0-9]{17}[0-9X]")
_OLD_RESIDENT = re.compile(r"[0-9]{15}")
_OLD_FOREIGNER = re.compile(r"[A-Z]{3}[0-9]{12}")
# GB 32100: the department is a digit or a letter (A armed forces, N agriculture, Y others), and so is
# the kind of organisation; stdnum's own `validate` takes digits only there.
_USCC_ALPHABET = "0-9A-HJ-NPQRTUWXY"
_USCC = re.compile(rf"[1-9A-HJ-NPQRTUWXY][{_USCC_ALPHABET}][0-9]{{6}}[{_USCC_ALPHABET}]{{10}}")


class IdentityFault(WindowAppError):
    """A number that cannot be right; the code says why."""

    code = "field.identity"


@dataclass(frozen=True, slots=True)
class ResidentNumber:
    """A number and what it tells; the old foreigners' card tells neither birth date nor sex for sure.

    Attributes:
        kind: "resident", "hk_macao_taiwan" or "foreigner".
    """

    number: str
    kind: str
    birth_date: date | None
    sex: str | None


def read_resident_number(text: str, on: date | None = None) -> ResidentNumber:
    """Return a resident number, a Hong Kong, Macao or Taiwan resident's, or a foreigner's.

    Args:
        text: as typed; spaces are dropped, a small x is taken.
        on: the date after which nobody can be born; None where it is not known.

    Raises:
        IdentityFault: naming what is wrong; never carries the number.
    """
    number = re.sub(r"[\s-]+", "", text).upper()
    if _OLD_FOREIGNER.fullmatch(number):
        return ResidentNumber(number, "foreigner", None, None)
    if _OLD_RESIDENT.fullmatch(number):
        raise IdentityFault("field.resident_id_old")
    if len(number) != 18:
        raise IdentityFault("field.resident_id_length", length=len(number))
    if not _RESIDENT.fullmatch(number):
        raise IdentityFault("field.resident_id_form")
    if number[0] != _FOREIGNER and not _PROVINCE.fullmatch(number[:2]):
        raise IdentityFault("field.resident_id_region", region=number[:2])
    birth_date = _birth_date(number[6:14], on)
    if not mod_11_2.is_valid(number):
        raise IdentityFault("field.resident_id_check")
    return ResidentNumber(number, _kind(number), birth_date, "male" if int(number[16]) % 2 else "female")


def with_check_character(digits: str) -> str:
    """Return the first 17 digits of a resident number with the character that makes it right.

    >>> with_check_character("11010119900307011")
    '110101199003070118'
    """
    return digits + mod_11_2.calc_check_digit(digits)


def _birth_date(digits: str, on: date | None) -> date:
    try:
        birth_date = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        raise IdentityFault("field.resident_id_birth") from None
    if birth_date < _EARLIEST_BIRTH or (on is not None and birth_date > on):
        raise IdentityFault("field.resident_id_birth")
    return birth_date


def _kind(number: str) -> str:
    if number[0] == _FOREIGNER:
        return "foreigner"
    return "hk_macao_taiwan" if number[:2] in ("81", "82", "83") else "resident"


def read_social_credit_code(text: str) -> str:
    """Return a unified social credit code (GB 32100).

    Raises:
        IdentityFault: naming what is wrong.
    """
    code = re.sub(r"[\s-]+", "", text).upper()
    if len(code) != 18:
        old = len(code) in (9, 15)
        raise IdentityFault("field.uscc_old" if old else "field.uscc_length", length=len(code))
    if not _USCC.fullmatch(code):
        raise IdentityFault("field.uscc_form")
    if uscc.calc_check_digit(code[:-1]) != code[-1]:
        raise IdentityFault("field.uscc_check")
    return code
