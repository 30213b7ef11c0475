"""Quorum and majority of a collective decision (集体表决)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from silian.casework.reviews.choices.deciding import Ballot, Outcome

PLACES = Decimal("0.0001")  # shares are written to four places: two thirds is 0.6667
HALF = Decimal("0.5")


@dataclass(frozen=True, kw_only=True)
class Tally:
    """The count on one dossier: who may vote, who of them came, and how they voted (计票)."""

    eligible: int
    present: int
    in_favour: int
    against: int
    abstained: int

    @property
    def cast(self) -> int:
        return self.in_favour + self.against + self.abstained

    @property
    def missing(self) -> int:
        """How many who came have not voted yet."""
        return self.present - self.cast


def tally_of(*, eligible: int, present: int, ballots: Iterable[str]) -> Tally:
    """The count; those who recused themselves are already left out of ``eligible``."""
    votes = list(ballots)
    return Tally(
        eligible=eligible,
        present=present,
        in_favour=votes.count(Ballot.FOR),
        against=votes.count(Ballot.AGAINST),
        abstained=votes.count(Ballot.ABSTAIN),
    )


def share(part: int, whole: int) -> Decimal:
    """The part of the whole, to four places.

    >>> share(2, 3)
    Decimal('0.6667')
    """
    if not whole:
        return Decimal(0)
    return (Decimal(part) / whole).quantize(PLACES, rounding=ROUND_HALF_UP)


def has_quorum(tally: Tally, *, quorum: Decimal | None) -> bool:
    """Whether enough of those who may vote came (法定人数); 未设定 asks for one member."""
    if not tally.present:
        return False
    return quorum is None or share(tally.present, tally.eligible) >= quorum


def is_carried(tally: Tally, *, majority: Decimal | None) -> bool:
    """Whether the ayes suffice among those present (表决通过).

    One half means more than half; a greater share is reached at the share itself. 未设定: more for
    than against.
    """
    if majority is None:
        return tally.in_favour > tally.against
    reached = share(tally.in_favour, tally.present)
    return reached > majority if majority <= HALF else reached >= majority


def outcome_of(tally: Tally, *, quorum: Decimal | None, majority: Decimal | None) -> Outcome | None:
    """What the vote decides; None without a quorum: the dossier waits for another meeting."""
    if not has_quorum(tally, quorum=quorum):
        return None
    return Outcome.RECOGNISE if is_carried(tally, majority=majority) else Outcome.REJECT


def reason_not_votable(
    *, other_seat: str, is_applicants: bool, is_present: bool, has_voted: bool
) -> str | None:
    """Why a member may not vote on a dossier, or None (回避、职责分离)."""
    if is_applicants:
        return "您是申报单位的人员，应当回避，不能表决。"
    if other_seat:
        return f"您已经以“{other_seat}”身份办理过这份材料，不能再表决。"
    if not is_present:
        return "您没有签到，不能表决。请先由组织人员登记到会。"
    if has_voted:
        return "您已经表决过，表决记录不能更改。"
    return None


def reason_not_closable(
    *, missing: Sequence[tuple[str, int]], untouched: int, silence_abstains: bool
) -> str | None:
    """A meeting ends when everybody who came has voted on every dossier (表决完毕).

    ``missing`` are the votes still to be cast, by member. A scheme may say that whoever came and
    stays silent abstains (未投票视为弃权): then the meeting may end without them, but never while
    nobody at all has voted on some dossier (``untouched``).
    """
    if not missing:
        return None
    if silence_abstains:
        return f"有 {untouched} 份材料还没有人表决，不能结束会议。" if untouched else None
    number = sum(votes for _, votes in missing)
    return (
        f"还有 {number} 票没有投：{missing_words(missing)}。"
        "请到会成员逐份表决，或申明回避后再结束会议。"
    )


def missing_words(missing: Sequence[tuple[str, int]]) -> str:
    """Who has how many votes to cast.

    >>> missing_words([("王敏", 3), ("李强", 2)])
    '王敏 3 票、李强 2 票'
    """
    return "、".join(f"{name} {votes} 票" for name, votes in missing)


def rejection_sentence(tally: Tally, *, held_on: str, rank: int | None, quota: int | None) -> str:
    """The reason that the applicant reads: the count, the rank, the quota (不通过理由)."""
    place = "" if rank is None else f"；排第 {rank} 名"
    places = "" if quota is None else f"，名额 {quota} 个"
    silent = f"，未投 {tally.missing} 票" if tally.missing else ""
    return (
        f"{held_on}审定会表决：到会 {tally.present} 人，赞成 {tally.in_favour} 票，"
        f"反对 {tally.against} 票，弃权 {tally.abstained} 票{silent}，"
        f"未达到通过票数{place}{places}。"
    )
