"""The order of the review steps of a call: groups of steps that run side by side."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from silian.governance.incentives.choices.claims import Silence, StepKind

Groups = list[list[int]]


@dataclass(frozen=True, kw_only=True)
class Placed:
    """One step in its place: a key, its group, what it is for and whose it is (环节次序)."""

    key: int
    order: int
    kind: str
    office: int | None


def groups_of(steps: Sequence[Placed]) -> Groups:
    """The keys by group, in order; steps of one group run side by side (并行环节)."""
    orders = sorted({step.order for step in steps})
    return [[step.key for step in steps if step.order == order] for order in orders]


def moved(groups: Groups, key: int, *, up: bool) -> Groups:
    """The step one place on: out of its group, or past the whole next one (调整次序)."""
    at = next(place for place, group in enumerate(groups) if key in group)
    rest = [[each for each in group if each != key] for group in groups]
    if rest[at]:
        place = at if up else at + 1
    else:
        rest.pop(at)
        place = max(0, at - 1) if up else min(len(rest), at + 1)
    return [*rest[:place], [key], *rest[place:]]


def beside(groups: Groups, key: int, *, other: int) -> Groups:
    """The step in the group of another one (同时办理)."""
    rest = without(groups, key)
    return [[*group, key] if other in group else group for group in rest]


def alone(groups: Groups, key: int) -> Groups:
    """The step in a group of its own, where it stood (单独办理)."""
    at = next(place for place, group in enumerate(groups) if key in group)
    if len(groups[at]) == 1:
        return groups
    rest = [[each for each in group if each != key] for group in groups]
    return [*rest[: at + 1], [key], *rest[at + 1 :]]


def without(groups: Groups, key: int) -> Groups:
    """The other steps, closed up."""
    rest = [[each for each in group if each != key] for group in groups]
    return [group for group in rest if group]


def added(groups: Groups, key: int, *, decision: int | None) -> Groups:
    """A new step before the decision, or at the end while there is none (新增环节)."""
    if decision is None:
        return [*groups, [key]]
    place = next(place for place, group in enumerate(groups) if decision in group)
    return [*groups[:place], [key], *groups[place:]]


def reason_not_arranged(steps: Sequence[Placed]) -> str | None:
    """Why steps may not stand in this order, or None (环节次序)."""
    decisions = [step for step in steps if step.kind == StepKind.DECIDE]
    if len(decisions) > 1:
        return "审核环节中只能有一个“审定”。"
    if decisions and any(
        step.order >= decisions[0].order for step in steps if step is not decisions[0]
    ):
        return "“审定”在最后单独办理，其他环节要排在它之前。"
    seen = [(step.order, step.office) for step in steps]
    if len(seen) != len(set(seen)):
        return "同一部门不能同时办理两个环节。请合并环节，或分先后办理。"
    return None


def reason_not_a_step(*, kind: str, office: int | None, on_silence: str, days: int) -> str | None:
    """Why a step may not be set down, or None (环节设置).

    A decision is always spoken: silence never passes a claim.
    """
    if kind == StepKind.CERTIFY and office is not None:
        return "学校核对由学生所在学校办理，不选部门。"
    if kind != StepKind.CERTIFY and office is None:
        return "请选择办理部门。"
    if kind == StepKind.DECIDE and on_silence == Silence.AGREE:
        return "审定要明确表态，逾期不能视为无异议。"
    if days < 1:
        return "办理工作日至少 1 天。"
    return None


def reason_not_left_out(*, kind: str, basis: str, reason: str) -> str | None:
    """Why a step may not be dropped, or None (取消环节)."""
    if kind == StepKind.DECIDE:
        return "每份通知要有一个“审定”环节，不能取消，可以修改。"
    if basis and not reason.strip():
        return f"这个环节是规定的（{basis}），请写明不设的原因。"
    return None
