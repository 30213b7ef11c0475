"""Which dossiers are visited, and who may go (实地核查安排)."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

from silian.casework.reviews.choices.schemes import VisitRule
from silian.casework.reviews.rules.draws import place_in_sequence

LEAST_VISITORS = 2  # a finding needs a second pair of eyes; one alone signs for nobody


def visits_due(
    points: Mapping[str, Decimal | None],
    *,
    rule: VisitRule,
    seed: str,
    share: Decimal | None,
    near: Decimal | None,
    line: Decimal | None,
) -> dict[str, str]:
    """The dossiers to visit, each with the reason (核查对象).

    ``points`` holds every dossier of the stage. By rule: all of them; or those near the line and
    a share by lot from the public seed, in the order of the draw.
    """
    if rule == VisitRule.EVERY:
        return dict.fromkeys(sorted(points), "本项目逐一核查")
    if rule == VisitRule.NONE:
        return {}
    chosen = {
        number: f"得分在通过线 {line.normalize():f} 分上下 {near.normalize():f} 分以内"
        for number, got in sorted(points.items())
        if got is not None and line and near is not None and abs(got - line) <= near
    }
    order = sorted(points, key=lambda number: place_in_sequence(seed=seed, dossier=number))
    wanted = math.ceil(len(points) * share) if share else 0
    for number in order[:wanted]:
        chosen.setdefault(number, "按公开种子随机抽中")
    return dict(sorted(chosen.items()))


def reason_visitors_unfit(
    *,
    chosen: Sequence[int],
    applicants: Sequence[int],
    seated: Mapping[int, str],
    names: Mapping[int, str],
) -> str | None:
    """Two people at least, none of the applicant, none who acts on the dossier otherwise.

    ``seated`` maps people to the seat that they hold.
    """
    if len(set(chosen)) < LEAST_VISITORS:
        return f"实地核查至少 {LEAST_VISITORS} 人参加，请再选一位。"
    for person in chosen:
        if person in applicants:
            return f"{names[person]}是申报单位的人员，应当回避。请换人。"
        if person in seated:
            return f"{names[person]}已以“{seated[person]}”身份办理这份材料，不能参加核查。请换人。"
    return None
