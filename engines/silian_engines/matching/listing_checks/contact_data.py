"""Contact and identity data in free text (正文中的联系方式与证件号)."""

import re

from silian_engines.matching.listing_checks.findings import Severity, WordRule

_PRIVACY = "《个人信息保护法》第六条、第九条"
_CURE = "请填在联系方式栏，由系统按权限显示。"
_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def _is_identity_number(match: re.Match[str]) -> bool:
    """The check digit of GB 11643-1999 holds."""
    digits = match.group().upper()
    total = sum(int(digit) * weight for digit, weight in zip(digits, _WEIGHTS, strict=False))
    return "10X98765432"[total % 11] == digits[17]


RULES = (
    WordRule(
        code="identity_number",
        severity=Severity.BLOCK,
        pattern=re.compile(r"(?<!\d)[1-8]\d{5}(?:19|20)\d{9}[\dXx](?![\dA-Za-z])", re.ASCII),
        what="像是身份证号码。",
        cure="请删去；不得在公开信息里出现身份证号。",
        basis=_PRIVACY,
        holds=_is_identity_number,
    ),
    WordRule(
        code="phone",
        severity=Severity.WARN,
        pattern=re.compile(
            r"(?<![\d-])(?:\+?86[- ]?)?1[3-9]\d[- ]?\d{4}[- ]?\d{4}(?!\d)"
            r"|(?<![\d-])\(?0\d{2,3}\)?[- ]\d{7,8}(?!\d)|(?<!\d)400[- ]?\d{3,4}[- ]?\d{3,4}(?!\d)",
            re.ASCII,
        ),
        what="是电话号码。",
        cure=_CURE,
        basis=_PRIVACY,
    ),
    WordRule(
        code="email",
        severity=Severity.WARN,
        pattern=re.compile(
            r"[A-Za-z0-9._%+-]+@[A-Za-z0-9-]+(?:\.[A-Za-z0-9-]+)*\.[A-Za-z]{2,}", re.ASCII
        ),
        what="是电子邮箱。",
        cure=_CURE,
        basis=_PRIVACY,
    ),
    WordRule(
        code="qq",
        severity=Severity.WARN,
        pattern=re.compile(
            r"(?:qq|扣扣|企鹅)\s*(?:号码?|群号?)?\s*[:：]?\s*[1-9]\d{4,10}(?!\d)", re.IGNORECASE
        ),
        what="是QQ号。",
        cure=_CURE,
        basis=_PRIVACY,
    ),
    WordRule(
        code="wechat",
        severity=Severity.WARN,
        pattern=re.compile(
            r"(?:微信|v信|薇信|vx|wx|加v)(?:号码?\s*[:：]?|\s*[:：])\s*[A-Za-z][-_A-Za-z0-9]{5,19}"
            r"|(?:加微信?|加v|vx)\s*[A-Za-z][-_A-Za-z0-9]*\d[-_A-Za-z0-9]{3,}|微信同号|电话同微信",
            re.IGNORECASE | re.ASCII,
        ),
        what="是微信号。",
        cure=_CURE,
        basis=_PRIVACY,
    ),
)
