"""Decisions about people that need no table."""

from __future__ import annotations

import datetime

from stdnum.cn import ric
from stdnum.exceptions import ValidationError

from silian.registers.people.choices import Sex

SHOWN_HEAD, SHOWN_TAIL = 3, 4
ADULT_AGE = 18


def id_number_problem(text: str) -> str | None:
    """Why ``text`` is no resident identity number, or None.

    Basis: GB 11643-1999: eighteen characters, an existing birth date and a check character. The
    division is not checked: codes are abolished, and residence permits carry their own.
    """
    number = normalised_id_number(text)
    if len(number) != 18:
        return f"居民身份证号应为 18 位，现为 {len(number)} 位，请核对。"
    if not (number[:-1].isascii() and number[:-1].isdigit()):
        return "居民身份证号前 17 位应全是数字，请核对。"
    try:
        holds = ric.calc_check_digit(number) == number[-1] and ric.get_birth_date(number)
    except ValidationError:
        holds = None
    if not holds:
        return "居民身份证号的出生日期或校验位不对，请对照证件重新填写。"
    return None


def normalised_id_number(text: str) -> str:
    return "".join(text.split()).upper()


def birth_date_of(id_number: str) -> datetime.date:
    """The birth date that a valid identity number carries."""
    return datetime.date(int(id_number[6:10]), int(id_number[10:12]), int(id_number[12:14]))


def sex_of(id_number: str) -> Sex:
    """The sex told by the seventeenth digit: odd is male. Basis: GB 11643."""
    return Sex.MALE if int(id_number[16]) % 2 else Sex.FEMALE


def masked(text: str) -> str:
    """Only head and tail: 110***********002X (脱敏)."""
    if len(text) <= SHOWN_HEAD + SHOWN_TAIL:
        return "*" * len(text)
    hidden = len(text) - SHOWN_HEAD - SHOWN_TAIL
    return text[:SHOWN_HEAD] + "*" * hidden + text[-SHOWN_TAIL:]


def masked_name(name: str) -> str:
    """A name for public lists: the family name and stars. Basis: 个人信息保护法第六条."""
    return name[:1] + "*" * (len(name) - 1)


def age_on(day: datetime.date, *, born: datetime.date) -> int:
    """Completed years of life on ``day`` (周岁). Basis: 民法典第十三条、第二百零三条."""
    before_birthday = (day.month, day.day) < (born.month, born.day)
    return day.year - born.year - before_birthday


def is_minor(*, born: datetime.date | None, on: datetime.date) -> bool:
    """Whether a guardian must act too. Basis: 民法典第十七条; unknown age counts as adult."""
    return born is not None and age_on(on, born=born) < ADULT_AGE


def reason_problem(reason: str) -> str | None:
    """Why ``reason`` does not justify showing sensitive data, or None."""
    if len(reason.strip()) < 6:
        return "查看完整证件号须写明事由（至少 6 个字），事由会记入审计并可被本人看到。"
    return None
