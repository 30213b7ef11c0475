"""What a case must hold before others read it."""

from __future__ import annotations

import re

MOBILE = re.compile(r"(?<!\d)1[3-9]\d{9}(?!\d)")
IDENTITY = re.compile(r"(?<!\d)\d{17}[\dXx](?![\dXx])")
SHORTEST = 10
PARTS = {"problem": "要解决的问题", "practice": "做法", "effect": "成效", "conditions": "推广条件"}


def personal_number_in(text: str) -> str | None:
    """The first mobile or identity number in a text, or None (个人信息检查)."""
    found = MOBILE.search(text) or IDENTITY.search(text)
    return found.group(0) if found else None


def fault_of_case(*, title: str, parts: dict[str, str]) -> tuple[str, str] | None:
    """The box and the sentence of what a case lacks, or None."""
    if len(title.strip()) < 5:
        return "title", "请用一句话写明做了什么。"
    for name, label in PARTS.items():
        if len(parts.get(name, "").strip()) < SHORTEST:
            return name, f"“{label}”请写具体，至少 {SHORTEST} 个字。"
    for name, text in {"title": title, **parts}.items():
        if (number := personal_number_in(text)) is not None:
            shown = f"{number[:3]}…{number[-2:]}"
            return name, f"内容里有个人号码（{shown}）。案例对外公开，请删去个人信息后再保存。"
    return None


def reason_case_not_submittable(*, consented: bool, figures: int) -> str | None:
    """A case goes to review with the author's consent and at least one number."""
    if not consented:
        return "报送前请勾选同意公开：审核通过后案例对公众可见。"
    return None if figures else "请至少填一项成效数据，并写明数据来源。"


def reason_case_not_publishable(*, written_by: int | None, reviewer: int | None) -> str | None:
    """Whoever wrote a case does not review it."""
    if written_by == reviewer:
        return "案例由您本人起草，请由另一位统筹人员审核。"
    return None
