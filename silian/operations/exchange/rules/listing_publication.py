"""When a listing may be published, how long it lasts, and when it must be confirmed."""

from __future__ import annotations

import datetime

from silian.operations.exchange.kinds.declaration import ListingKind

RECONFIRM_DAYS = 30  # an offer that nobody confirms for a month is usually gone
REMIND_DAYS = 5  # one working week to answer the reminder
REVIEW_WORKING_DAYS = 2  # the promise made to publishers on the check page

VERIFIED = "verified"
CURES = {
    "registered": "请先在“单位资料”提交证照，由所在地主管部门核验，通过后即可发布。",
    "submitted": "资料正在核验，通过后即可发布，草稿会一直保留。",
    "rejected": "请按核验意见补正单位资料并重新提交。",
    "suspended": "请联系所在地主管部门了解原因并申请恢复，草稿会一直保留。",
    "closed": "已注销单位的信息不能发布，请由承继单位登记后发布。",
    "merged": "请切换到合并后的单位发布。",
}
STATE_WORDS = {
    "registered": "尚未核验",
    "submitted": "正在核验",
    "rejected": "未通过核验",
    "suspended": "已被暂停",
    "closed": "已注销",
    "merged": "已并入其他单位",
}


def reason_not_publishable(*, organisation_state: str) -> str | None:
    """Why this organisation may not publish now, or None.

    Basis: 《人力资源市场暂行条例》第二十六条、第二十九条: verify the publisher first.
    """
    if organisation_state == VERIFIED:
        return None
    word = STATE_WORDS.get(organisation_state, "尚未核验")
    return f"贵单位{word}，不能发布供需信息。{CURES.get(organisation_state, CURES['registered'])}"


def reason_not_confirmable(*, expires_on: datetime.date, today: datetime.date) -> str | None:
    """Why the listing cannot be confirmed or extended any more, or None."""
    if expires_on <= today:
        return "已过有效期，不能再确认。请重新编辑后发布。"
    return None


def reason_kind_not_open(*, kind: ListingKind, organisation_kind: str, side: str) -> str | None:
    """Why this kind of organisation may not publish this kind of listing, or None."""
    if not kind.may_be_published_by(organisation_kind=organisation_kind):
        return f"“{kind.label}”不由贵单位这类主体发布，请改选其他类别。"
    if side not in {allowed.value for allowed in kind.sides}:
        return f"“{kind.label}”没有这个供需方向，请重新选择。"
    return None


def last_day_of_publication(
    *, kind: ListingKind, published_on: datetime.date, ends_on: datetime.date | None
) -> datetime.date:
    """The first day after the publication: the kind's validity, or the end when earlier."""
    latest = published_on + datetime.timedelta(days=kind.valid_days)
    if ends_on and published_on < ends_on < latest:
        return ends_on
    return latest


def confirmation_due_on(*, confirmed_on: datetime.date) -> datetime.date:
    """The day from which an unconfirmed listing is paused (应确认日)."""
    return confirmed_on + datetime.timedelta(days=RECONFIRM_DAYS)


def reason_not_taken(*, left: int | None, quantity: int, unit: str, is_open: bool) -> str | None:
    """Why this much of the capacity cannot be taken, or None."""
    if quantity < 1:
        return "数量须是正整数，请重新填写。"
    if not is_open:
        return "这条供需信息已不在发布中，不能登记成交。请联系发布单位恢复发布。"
    if left is not None and quantity > left:
        return f"只剩 {left} {unit}，不够 {quantity} {unit}。请减少数量，或请发布单位先增加名额。"
    return None
