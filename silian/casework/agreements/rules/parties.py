"""Which parties an agreement of a kind must have."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from silian.casework.agreements.registry import AgreementKind

Seat = tuple[str, int | None, int | None]


def reason_parties_unfit(*, kind: AgreementKind, parties: Sequence[Seat]) -> str | None:
    """Why these parties cannot make an agreement of the kind, or None.

    Each party is its role, the organisation's id and the person's id.
    """
    counts = Counter(role for role, _, _ in parties)
    unknown = sorted(set(counts) - set(kind.roles_by_code))
    if unknown:
        return f"“{kind.label}”没有角色“{'、'.join(unknown)}”。请从这类协议的角色中选择。"
    for role in kind.roles:
        if role.required and not counts[role.code]:
            return f"还没有选定“{role.label}”。请补上这一方。"
        if counts[role.code] > 1 and not role.several:
            return f"“{role.label}”只能有一方。请删去多余的一方。"
    for code, organisation, person in parties:
        role = kind.roles_by_code[code]
        if (person is None) == role.is_person or (organisation is None) != role.is_person:
            what = "个人" if role.is_person else "单位"
            return f"“{role.label}”应为{what}。请重新选择。"
    if len({(organisation, person) for _, organisation, person in parties}) < len(parties):
        return "同一单位或个人不能在一份协议里担任两方。请核对各方。"
    return None
