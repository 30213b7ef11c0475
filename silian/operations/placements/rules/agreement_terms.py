"""Words in free text of an agreement that take money or papers from a student."""

from __future__ import annotations

import re

FEES = re.compile(r"押金|保证金|培训费|管理费|材料费|服务费|中介费|提成|代发|代领|转付|扣留|质押")
DENIALS = re.compile(r"(?:不|不得|不再|禁止|严禁|免)[^，。；]{0,12}$")


def fee_words_in(text: str) -> str:
    """The forbidden words that the text does not deny, joined (收费字样).

    Basis: 教职成〔2021〕4号第二十条: no deposit, fee, guarantee or kept document.
    """
    found = [
        match.group() for match in FEES.finditer(text) if not DENIALS.search(text[: match.start()])
    ]
    return "、".join(dict.fromkeys(found))
