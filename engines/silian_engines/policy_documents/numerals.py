"""Chinese and Arabic numerals (数字)."""

from __future__ import annotations

_DIGITS = {"零": 0, "〇": 0, "○": 0, "一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5,
           "六": 6, "七": 7, "八": 8, "九": 9}  # fmt: skip
_SMALL_UNITS = {"十": 10, "百": 100, "千": 1000}
_LARGE_UNITS = {"万": 10**4, "亿": 10**8}

CHINESE = "零〇○一二两三四五六七八九十百千万亿"


def chinese_number(numeral: str) -> int | None:
    """The value of a Chinese numeral, or None when it is not one."""
    total = section = digit = 0
    for character in numeral:
        if character in _DIGITS:
            digit = _DIGITS[character]
        elif character in _SMALL_UNITS:
            section += (digit or 1) * _SMALL_UNITS[character]
            digit = 0
        elif character in _LARGE_UNITS:
            total = (total + section + digit) * _LARGE_UNITS[character]
            section = digit = 0
        else:
            return None
    return total + section + digit if numeral else None


def digit_string(numeral: str) -> str:
    """A year written digit by digit (二〇二〇) in Arabic digits."""
    return "".join(str(_DIGITS.get(character, character)) for character in numeral)


def arabic_number(numeral: str) -> int | float:
    """The value of an Arabic numeral, whole where it is whole."""
    value = float(numeral.replace(",", "").replace("，", ""))
    return int(value) if value == int(value) else value


def chinese_numeral(value: int) -> str:
    """A value below a hundred as a Chinese numeral."""
    tens, ones = divmod(value, 10)
    head = "" if tens == 0 else "十" if tens == 1 else "零一二三四五六七八九"[tens] + "十"
    return head + ("零一二三四五六七八九"[ones] if ones else "")
