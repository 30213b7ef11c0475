"""Papers that the platform makes: mark of their data, number, amount in capitals, the pledge."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Collection, Mapping
from decimal import Decimal
from typing import Any

from silian.governance.incentives.choices.claim_papers import PaperKind, PaperStanding

DIGITS = "零壹贰叁肆伍陆柒捌玖"
PLACES = ("", "拾", "佰", "仟")
GROUPS = ("", "万", "亿", "万亿")
ORDER = tuple(PaperKind)
CODE_LENGTH = 12  # 48 bits: two papers of one claim never bear the same by chance


def mark_of(content: Mapping[str, Any]) -> str:
    """The sha256 of what a paper says; equal content has an equal mark (数据校验值)."""
    text = json.dumps(content, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(text.encode()).hexdigest()


def check_code(mark: str) -> str:
    """The beginning of the mark as it is printed: 1A2B-3C4D-5E6F (数据校验码)."""
    head = mark[:CODE_LENGTH].upper()
    return "-".join(head[place : place + 4] for place in range(0, len(head), 4))


def paper_number(*, claim: str, kind: str) -> str:
    """The claim's number and the place of the paper in it (材料编号)."""
    return f"{claim}-{ORDER.index(PaperKind(kind)) + 1:02d}"


def standing_of(*, made: bool, marks: Collection[str], signed: bool, now: str) -> PaperStanding:
    """Where a paper stands by the marks of its files; empty marks are files of one's own.

    ``now`` is the mark of the data today, empty where nothing is compared any more.
    """
    if not marks:
        return PaperStanding.TO_MAKE if made else PaperStanding.MISSING
    if now and any(mark not in ("", now) for mark in marks):
        return PaperStanding.OUTDATED
    if signed:
        return PaperStanding.SIGNED
    return PaperStanding.MADE if any(marks) else PaperStanding.UPLOADED


def yuan_capitals(amount: Decimal) -> str:
    """An amount in the capitals of financial papers (大写金额).

    >>> yuan_capitals(Decimal("10005.06"))
    '壹万零伍元零陆分'
    """
    yuan, cents = divmod(int(amount * 100), 100)
    tenths, hundredths = divmod(cents, 10)
    words = f"{whole_capitals(yuan)}元" if yuan or not cents else ""
    if not cents:
        return f"{words}整"
    if tenths:
        words += f"{DIGITS[tenths]}角"
    elif words:
        words += DIGITS[0]
    return words + (f"{DIGITS[hundredths]}分" if hundredths else "整")


def whole_capitals(number: int) -> str:
    """A whole number in capitals, four digits at a time; gaps are one 零."""
    if not number:
        return DIGITS[0]
    parts: list[str] = []
    gap = False
    for place in reversed(range(len(GROUPS))):
        group = number // 10_000**place % 10_000
        if not group:
            gap = bool(parts)
            continue
        if parts and (gap or group < 1000):
            parts.append(DIGITS[0])
        parts.append(group_capitals(group) + GROUPS[place])
        gap = False
    return "".join(parts)


def group_capitals(group: int) -> str:
    """Up to four digits in capitals."""
    words, gap = "", False
    for place in reversed(range(len(PLACES))):
        digit = group // 10**place % 10
        if digit:
            words += (DIGITS[0] if gap and words else "") + DIGITS[digit] + PLACES[place]
        gap = not digit
    return words


def pledge_lines(truth: str) -> list[str]:
    """What a unit declares when it claims; ``truth`` is the sentence of the scheme (承诺事项)."""
    return [
        truth,
        "随申领提交的材料真实、完整，原件由我单位保存；办理部门核查时，我单位如实提供。",
        "明细所列的同一人员、同一时段或同一成果，没有由我单位以其他申领重复计入同类补贴。",
        "收款账户属于我单位。收到的补贴按规定的用途使用，单独记账，接受审计和监督检查。",
        "提交后人员离岗、中断、离职或者登记有更正的，我单位及时在平台更正；"
        "因此多领的补贴，按告知和决定退回。",
        "我单位知道：提供虚假材料的，办理部门可以不予支持、追回已经拨付的补贴，并依法处理。",
    ]


def reason_not_made(*, editable: bool, state: str, kinds: Collection[str]) -> str | None:
    """Why papers may not be made now, or None (材料生成条件)."""
    if not editable:
        return f"申领{state}，材料已随申领提交，不能重新生成。"
    if not kinds:
        return "这项补贴没有由平台生成的材料。"
    return None


def outdated_words(titles: Collection[str]) -> str:
    """What to do about papers made from data that changed since (材料过期)."""
    names = "、".join(titles)
    return (
        f"{names}与现在的明细、金额或单位信息不一致，不能提交。"
        "请一键生成全部；已签章的，重新打印签章后上传。"
    )
