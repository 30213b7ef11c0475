"""How much room a host has on the days wanted, counted over all schools (接收能力)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from silian.operations.placements.choices.internships import (
    KINDS_IN_POST,
    LIVE_STATES,
)
from silian.operations.placements.gateways.legal_limits import limits_of
from silian.operations.placements.models.hosts import PostCensus
from silian.operations.placements.models.internships import Internship
from silian.operations.placements.models.posts import InternshipPost
from silian.operations.placements.rules.prohibitions.declaration import Finding
from silian.operations.placements.rules.prohibitions.limits import Limits
from silian.operations.placements.rules.prohibitions.numbers_of_interns import (
    POST_SHARE,
    STAFF_SHARE,
    PeakCount,
    headcount_sentence,
    peak,
    share_finding,
)

HEADCOUNT_CODE = "HEADCOUNT"


@dataclass(frozen=True, kw_only=True)
class PostRoom:
    """One post on the days wanted: places, taken at the peak, still free (岗位余量)."""

    post_id: int
    title: str
    headcount: int
    placed: int
    staff_in_post: int

    @property
    def free(self) -> int:
        return max(self.headcount - self.placed, 0)


@dataclass(frozen=True, kw_only=True)
class Room:
    """What a host still takes on the days wanted, and the count behind it (接收能力)."""

    organisation_id: int
    starts_on: datetime.date
    ends_on: datetime.date
    staff: int | None
    staff_as_of: datetime.date | None
    interns: int
    posts: Mapping[int, PostRoom]
    division: str

    @cached_property
    def limits(self) -> Limits:
        """What is in force there on the first day; read only when the shares are asked about."""
        return limits_of(division=self.division, on=self.starts_on)

    def refusal(self, *, wanted: Mapping[int, int]) -> str | None:
        """Why so many more at each post do not fit; headcount is a hard limit."""
        for post_id, number in wanted.items():
            post = self.posts[post_id]
            sentence = headcount_sentence(
                title=post.title, placed=post.placed, headcount=post.headcount, wanted=number
            )
            if sentence:
                return sentence
        return None

    def findings(self, *, wanted: Mapping[int, int]) -> list[Finding]:
        """IN-11 with so many more at each post: warned, or refused where the region says so."""
        total = self.interns + sum(wanted.values())
        found = [
            share_finding(
                count=PeakCount(interns=total, base=self.staff),
                limits=self.limits,
                provision=STAFF_SHARE,
                of_whom="在岗职工",
            )
        ]
        found += [
            share_finding(
                count=PeakCount(
                    interns=self.posts[post_id].placed + number,
                    base=self.posts[post_id].staff_in_post,
                ),
                limits=self.limits,
                provision=POST_SHARE,
                of_whom=f"“{self.posts[post_id].title}”同类岗位在岗人员",
            )
            for post_id, number in wanted.items()
        ]
        return [finding for finding in found if finding is not None]


Span = tuple[int, datetime.date, datetime.date]


def room_of(
    *,
    organisation_id: int,
    post_ids: Iterable[int],
    starts_on: datetime.date,
    ends_on: datetime.date,
    without: Iterable[int] = (),
) -> Room:
    """The room of a host on ``[starts_on, ends_on)``, all schools counted together.

    ``without`` are internships to leave out of the count, e.g. those that are about to move.
    Hold ``commands.capacity.lock_host`` while you place by this answer.
    """
    posts = InternshipPost.objects.filter(pk__in=set(post_ids), organisation_id=organisation_id)
    listed = list(posts.select_related("organisation"))
    spans = live_spans(
        organisation_id=organisation_id, starts_on=starts_on, ends_on=ends_on, without=without
    )
    by_post: dict[int, list[Span]] = defaultdict(list)
    for span in spans:
        by_post[span[0]].append(span)
    census = census_on(organisation_id=organisation_id, on=starts_on)
    division = listed[0].division_id if listed else ""
    return Room(
        organisation_id=organisation_id,
        starts_on=starts_on,
        ends_on=ends_on,
        staff=census.staff if census else None,
        staff_as_of=census.as_of if census else None,
        interns=peak_within(spans, starts_on=starts_on, ends_on=ends_on),
        posts={
            post.pk: post_room(
                post, placed=peak_within(by_post[post.pk], starts_on=starts_on, ends_on=ends_on)
            )
            for post in listed
        },
        division=division,
    )


def post_room(post: InternshipPost, *, placed: int) -> PostRoom:
    return PostRoom(
        post_id=post.pk,
        title=post.title,
        headcount=post.headcount,
        placed=placed,
        staff_in_post=post.staff_in_post,
    )


def live_spans(
    *,
    organisation_id: int,
    starts_on: datetime.date,
    ends_on: datetime.date,
    without: Iterable[int] = (),
) -> list[Span]:
    """Post and days of every internship that holds a place there on one of the days."""
    rows = Internship.objects.filter(
        organisation_id=organisation_id,
        state__in=sorted(LIVE_STATES),
        kind__in=sorted(KINDS_IN_POST),
        starts_on__lt=ends_on,
        ends_on__gt=starts_on,
    ).exclude(pk__in=list(without))
    return list(rows.values_list("post_id", "starts_on", "ends_on"))


def peak_within(spans: Sequence[Span], *, starts_on: datetime.date, ends_on: datetime.date) -> int:
    """The most of them present on one day of ``[starts_on, ends_on)``."""
    clipped = [
        (max(first, starts_on).toordinal(), min(last, ends_on).toordinal())
        for _, first, last in spans
    ]
    return peak(clipped)


def census_on(*, organisation_id: int, on: datetime.date) -> PostCensus | None:
    """The latest declaration of staff up to the day (在岗人数申报)."""
    rows = PostCensus.objects.filter(organisation_id=organisation_id, as_of__lte=on)
    return rows.order_by("-as_of").first()


def placed_at(*, post_id: int, since: datetime.date) -> int:
    """The most students who are or will be at a post on one day from ``since`` on."""
    rows = Internship.objects.filter(
        post_id=post_id, state__in=sorted(LIVE_STATES), ends_on__gt=since
    )
    spans = rows.values_list("starts_on", "ends_on")
    return peak([(max(first, since).toordinal(), last.toordinal()) for first, last in spans])
