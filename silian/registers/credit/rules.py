"""What makes a credit record lawful: basis, catalogue, term, two people (信用记录的合法性)."""

from __future__ import annotations

import datetime

from silian.registers.credit.choices import ItemNature, LegalGround, Sharing


def latest_end(*, starts_on: datetime.date, years: int) -> datetime.date:
    """The first day on which a record may no longer be shown (披露期满日).

    Basis: 河南省社会信用条例第十九条 for the years, which are a parameter.
    """
    try:
        return starts_on.replace(year=starts_on.year + years)
    except ValueError:  # 29 February
        return starts_on.replace(year=starts_on.year + years, month=3, day=1)


def reason_not_recordable(
    *,
    uscc: str,
    item_is_open: bool,
    nature: ItemNature,
    ground: str,
    basis_document: str,
    decision_number: str,
) -> str | None:
    """Why a record would be unlawful, or None (能否记入).

    Basis: 河南省社会信用条例第十一条（目录）、第十六条（代码）、第二十条（失信信息依据）.
    """
    if not uscc:
        return "单位没有统一社会信用代码，无法准确归集，不能记入。请先补录代码。"
    if not item_is_open:
        return "公共信用信息目录里没有这一项，或已停用，不能记入。目录以外的信息只能叫“评价”。"
    if nature == ItemNature.BAD and ground not in LegalGround.values:
        return "失信信息必须有法定依据。请选择依据类别。"
    if not basis_document.strip() or not decision_number.strip():
        return "请写明依据文件和决定文号，没有依据的信息不能记入。"
    return None


def reason_term_unlawful(
    *, starts_on: datetime.date, ends_on: datetime.date, most_years: int | None
) -> str | None:
    """A bad record is shown no longer than the law allows (披露期限)."""
    if ends_on <= starts_on:
        return "披露截止日应晚于起始日。"
    if most_years is not None and ends_on > latest_end(starts_on=starts_on, years=most_years):
        return f"披露期限最长 {most_years} 年，请缩短截止日。"
    return None


def reason_not_refusable(
    *, due_on: datetime.date | None, on: datetime.date, said_no: bool
) -> str | None:
    """Refusal is found only after the time to correct, or when the subject says so (拒不改正)."""
    if said_no or (due_on is not None and on > due_on):
        return None
    return "改正期限未过，不能认定为拒不改正。期满仍未改正，或单位书面表示不改的，才能认定。"


def reason_not_noticed(
    *, reply_due_on: datetime.date | None, on: datetime.date, replied: bool
) -> str | None:
    """Nobody is recorded without having been heard (告知与申辩)."""
    if replied or (reply_due_on is not None and on > reply_due_on):
        return None
    return "告知后的陈述申辩期未过，单位也还没有答复，不能记入。"


def is_shown_publicly(*, sharing: str, nature: str) -> bool:
    """Whether a record in force stands on the public list (是否公示)."""
    return sharing == Sharing.PUBLIC and nature in ItemNature.values
