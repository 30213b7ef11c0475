"""Nobody judges in two capacities, nor the own organisation (席位与回避)."""

from __future__ import annotations

from silian.casework.reviews.choices.dossiers import SeatRole


def reason_not_seatable(
    *, wanted: SeatRole, held: SeatRole | None, is_applicants: bool
) -> str | None:
    """Why a person may not act in this capacity on a dossier, or None (任职回避).

    ``is_applicants``: the person belongs to the applicant's organisation.
    """
    if held is not None and held != wanted:
        return (
            f"您已经以“{held.label}”身份办理过这份材料，不能再以“{wanted.label}”身份办理。请换人。"
        )
    if is_applicants and wanted != SeatRole.APPLICANT:
        return "您是申报单位的人员，应当回避，不能参与本单位材料的评审。"
    if not is_applicants and wanted == SeatRole.APPLICANT:
        return "只有申报单位的人员可以填报这份材料。"
    return None
