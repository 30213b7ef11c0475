"""Words that turn a number into a bound (比较词)."""

from __future__ import annotations

import re

AT_LEAST, AT_MOST, EXACT, RANGE, ABOUT = ">=", "<=", "=", "range", "~"

_BEFORE = re.compile(
    r"(?P<most>≤|＜|<|不(?:得)?(?:超过|高于|多于|大于)|最(?:高|多|长)|至多|控制在|封顶|上限|(?<!不)(?<!不得)(?:低于|少于|小于)|可将)"
    r"|(?P<least>≥|＞|>|不(?:得)?(?:低于|少于|小于|短于)|至少|最(?:低|少|短)|(?<!充)满(?=$)|达到?|超过|突破|高于|大于|多于|力争超"
    r"|(?:提高|提升|增加|扩大|增长|上升|稳定|保持|增|升|提)(?:到|至|在))"
    r"|(?P<about>大?约|近(?=$)|大概)"
)
_AFTER = re.compile(
    r"(?:的|的比例|比例|期)?(?:（含）)?(?:(?P<least>(?:及|或|\(含\))?以上|余|多(?=[个家名项]))|(?P<most>(?:及)?以[内下]|之内|(?<!\d)内(?![部设容在涵控])|封顶)|(?P<about>左右|上下))"
)


def operator_of(*, before: str, after: str, has_range: bool) -> str:
    """The bound that the words around a number express."""
    if has_range:
        return RANGE
    match = _AFTER.match(after)
    if match:
        return _named(match)
    found = list(_BEFORE.finditer(before))
    return _named(found[-1]) if found else EXACT


def has_bound(*, before: str, after: str) -> bool:
    """Whether a comparator stands beside a number."""
    return bool(_AFTER.match(after)) or bool(_BEFORE.search(before[-12:]))


def _named(match: re.Match[str]) -> str:
    if match["least"]:
        return AT_LEAST
    return AT_MOST if match["most"] else ABOUT
