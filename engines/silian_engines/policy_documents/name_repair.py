"""Damaged names: mended where only one reading is possible, otherwise doubted (名称修复)."""

from __future__ import annotations

import itertools
import re

from .bodies import BODY_END, identify, readings_of
from .document import Doubt, Findings, Repair

_JOINT = re.compile(r"(?<=[局委厅办会部])(?=[省市区县州])")


def repaired_name(
    *,
    printed: str,
    breaks: list[int],
    start: int,
    end: int,
    findings: Findings,
    seen: frozenset[str],
) -> tuple[str, ...]:
    """The name or names that stand at one place of a tail.

    A reading counts as certain when the damage explains itself (letters repeated across a
    page break, two complete names run together) or when it is the only one and the same
    document prints it intact elsewhere.
    """
    split = _run_together(printed)
    if split:
        reading = "、".join(split)
        reason = "两个完整名称之间缺顿号"
        findings.repairs.append(Repair("split_names", printed, reading, start, end, reason))
        return split
    if _is_whole(printed) and not _doubled(printed):
        return (printed,)
    across = _without_repeat(printed, breaks)
    if across is not None:
        reason = "换页处重复的字"
        findings.repairs.append(Repair("removed_repeat", printed, across, start, end, reason))
        return (across,)
    return (_one_letter_away(printed, start, end, findings, seen),)


def _is_whole(name: str) -> bool:
    """Whether a name is explained, office word included (财政 alone is not)."""
    body = identify(name)
    return body.is_known and (not body.in_table or bool(BODY_END.search(name)))


def _doubled(name: str) -> bool:
    """Whether a character stands twice where the shorter name is in the table."""
    return any(
        a == b and identify(name[:i] + name[i + 1 :]).in_table and not identify(name).in_table
        for i, (a, b) in enumerate(itertools.pairwise(name))
    )


def _without_repeat(printed: str, breaks: list[int]) -> str | None:
    """The name without letters printed on both sides of a page break."""
    for at in breaks:
        for size in range(min(at, len(printed) - at), 0, -1):
            if printed[at - size : at] == printed[at : at + size]:
                shorter = printed[:at] + printed[at + size :]
                if identify(shorter).in_table:
                    return shorter
    return None


def _run_together(printed: str) -> tuple[str, ...]:
    """Complete names of the table printed without anything between them."""
    names = tuple(_JOINT.split(printed))
    if len(names) > 1 and all(identify(name).in_table and identify(name).level for name in names):
        return names
    return ()


def _one_letter_away(
    printed: str, start: int, end: int, findings: Findings, seen: frozenset[str]
) -> str:
    readings = readings_of(printed)
    if len(readings) == 1 and readings[0] in seen:
        reason = "唯一可能的名称，且本文他处完整出现"
        findings.repairs.append(Repair("mended_name", printed, readings[0], start, end, reason))
        return readings[0]
    if not readings and BODY_END.search(printed):
        return printed
    reason = "名称不在机构名录中"
    findings.doubts.append(Doubt("unknown_body", printed, readings, start, end, reason))
    return printed
