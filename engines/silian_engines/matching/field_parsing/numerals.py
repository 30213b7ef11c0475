"""Chinese numerals (中文数字) as they occur in cells: 三, 十二, 两, 壹佰."""

import re

_DIGITS = {c: i for i, c in enumerate("零一二三四五六七八九")}
_DIGITS |= {c: i for i, c in enumerate("〇壹贰叁肆伍陆柒捌玖")} | {"两": 2, "俩": 2}
_TENS = {"十": 10, "拾": 10, "百": 100, "佰": 100, "千": 1000, "仟": 1000}
CHINESE_NUMBER = re.compile(f"[{''.join(_DIGITS)}{''.join(_TENS)}]+")


def value_of_chinese_number(text: str, /) -> int:
    """The value of a numeral below ten thousand: 三百零五 is 305."""
    if not any(c in _TENS for c in text):
        return int("".join(str(_DIGITS[c]) for c in text))
    total, digit = 0, 0
    for character in text:
        if character in _TENS:
            total += (digit or 1) * _TENS[character]
            digit = 0
        else:
            digit = _DIGITS[character]
    return total + digit


def with_arabic_digits(text: str, /) -> str:
    """Replace Chinese numerals by digits: 招三人 becomes 招3人."""
    return CHINESE_NUMBER.sub(lambda match: str(value_of_chinese_number(match.group())), text)
