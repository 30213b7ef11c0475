"""What pages of groups read: lists with counts, members, councils, standing of targets."""

from __future__ import annotations

import datetime
from collections import Counter
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.db.models import Count, F, OuterRef, Prefetch, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from silian.foundation.kernel.actors import Actor
from silian.operations.alliances.choices.contributions import ContributionState
from silian.operations.alliances.choices.groups import (
    CouncilRole,
    EditionState,
    GroupState,
    MemberKind,
    MemberState,
)
from silian.operations.alliances.models.consortia import GroupListEdition
from silian.operations.alliances.models.contributions import (
    Contribution,
    JointTarget,
    TargetNote,
)
from silian.operations.alliances.models.groups import (
    AllianceGroup,
    CouncilPost,
    GroupDesignation,
    GroupMember,
)
from silian.operations.alliances.permissions.groups import (
    STAFF,
    contributions_visible_to,
    groups_joined_by,
    members_visible_to,
)
from silian.operations.alliances.rules.contributions import TargetStanding, target_standing
from silian.operations.alliances.rules.group_lists import Difference, ListLine, difference
from silian.operations.alliances.rules.groups import WARNING, SmallShare, term_words

ROLE_ORDER = {role: place for place, role in enumerate(CouncilRole.values)}


def groups_for_list(rows: QuerySet[AllianceGroup], *, on: datetime.date) -> QuerySet[AllianceGroup]:
    """With lead, region, counts of members and targets, and the designations in force."""
    return (
        rows.select_related("division", "lead", "industry")
        .annotate(member_count=counted(GroupMember, Q(state=MemberState.ACTIVE)))
        .annotate(late_count=counted(JointTarget, overdue_on(on)))
        .prefetch_related(
            Prefetch(
                "designations",
                GroupDesignation.objects.in_force(on=on),  # type: ignore[attr-defined]
                "current_designations",
            )
        )
    )


def counted(model: Any, where: Q) -> Any:
    """How many rows of a table belong to the group, without joining."""
    rows = model.objects.filter(where, group=OuterRef("pk")).order_by().values("group")
    return Coalesce(Subquery(rows.annotate(n=Count("pk")).values("n")), 0)


def overdue_on(day: datetime.date) -> Q:
    """Joint targets past their day, neither reached nor dropped."""
    return Q(due_on__lt=day, reached_on__isnull=True, dropped_on__isnull=True)


def members_of(group: AllianceGroup) -> list[GroupMember]:
    """Everybody who asked, was asked, or belongs, the confirmed first."""
    order = {MemberState.ACTIVE: 1, MemberState.APPLIED: 0, MemberState.INVITED: 2}
    rows = list(group.members.select_related("organisation__division", "group"))
    return sorted(rows, key=lambda row: (order.get(row.state, 3), row.joined_on or row.asked_on))  # type: ignore[call-overload]


@dataclass(frozen=True, kw_only=True)
class MemberFigures:
    """How many units a group has, its lead counted, by kind, and how many firms are small."""

    total: int
    by_kind: list[tuple[str, int]]
    small: SmallShare


def member_figures(group: AllianceGroup, *, small: SmallShare) -> MemberFigures:
    active = group.members.filter(state=MemberState.ACTIVE).order_by()
    counts = Counter(dict(active.values_list("kind").annotate(Count("pk"))))
    counts[group.lead_kind] += 1
    return MemberFigures(
        total=counts.total(),
        by_kind=[(label, counts[value]) for value, label in MemberKind.choices if value in counts],
        small=small,
    )


def council_of(group: AllianceGroup, *, on: datetime.date) -> list[CouncilPost]:
    """Who sits in the council now, chair first, each with the words of its term."""
    rows = list(group.council.filter(left_on__isnull=True).select_related("organisation"))
    for post in rows:
        post.term = term_words(ends_on=post.ends_on, on=on)  # type: ignore[attr-defined]
    return sorted(rows, key=lambda post: (ROLE_ORDER[post.role], post.pk))


@dataclass(frozen=True, kw_only=True)
class TargetLine:
    """A joint target with how it stands and its notes."""

    target: JointTarget
    standing: TargetStanding
    notes: list[TargetNote]

    @property
    def reached(self) -> Decimal | int:
        return plain(self.target.reached)

    @property
    def value(self) -> Decimal | int:
        return plain(self.target.value)


def plain(number: Decimal) -> Decimal | int:
    """Without decimals that say nothing: 114 for 114.00."""
    return int(number) if number == number.to_integral_value() else number


def target_lines(group: AllianceGroup, *, today: datetime.date) -> list[TargetLine]:
    """The joint targets of a group; those under way first, by their day (联合目标)."""
    notes = TargetNote.objects.select_related("organisation")
    rows = group.targets.select_related("owner", "group").prefetch_related(Prefetch("notes", notes))
    lines = [
        TargetLine(target=row, standing=standing_of(row, today=today), notes=list(row.notes.all()))
        for row in rows
    ]
    done = {"ok": 1, "unset": 2}
    return sorted(lines, key=lambda line: (done.get(line.standing.tone, 0), line.target.due_on))


def standing_of(target: JointTarget, *, today: datetime.date) -> TargetStanding:
    return target_standing(
        value=target.value,
        reached=target.reached,
        due_on=target.due_on,
        is_dropped=target.dropped_on is not None,
        today=today,
    )


def ledger(rows: QuerySet[Contribution]) -> QuerySet[Contribution]:
    """Contributions with the units that the page names."""
    return rows.select_related(
        "group", "contributor", "receiver", "recorded_by", "decided_by"
    ).order_by("-on", "-pk")


def contributions_to_decide(actor: Actor) -> QuerySet[Contribution]:
    """What waits for the confirmation of the actor's unit (待确认贡献)."""
    unit = actor.organisation_id
    if unit is None or not actor.has_role(*STAFF):
        return Contribution.objects.none()
    said_of_us = Q(contributor_id=unit) & ~Q(recorded_by_id=unit)
    by_itself = Q(recorded_by=F("contributor")) & ~Q(contributor_id=unit)
    ours = by_itself & (Q(receiver_id=unit) | Q(group__lead_id=unit))
    rows = contributions_visible_to(actor).filter(state=ContributionState.RECORDED)
    return rows.filter(said_of_us | ours).select_related("group", "contributor")


def memberships_to_answer(actor: Actor) -> QuerySet[GroupMember]:
    """Applications to groups that one's unit leads, and invitations to one's unit."""
    unit = actor.organisation_id
    if unit is None or not actor.has_role(*STAFF):
        return GroupMember.objects.none()
    asked = Q(state=MemberState.APPLIED, group__lead_id=unit)
    invited = Q(state=MemberState.INVITED, organisation_id=unit)
    rows = members_visible_to(actor).filter(asked | invited)
    return rows.select_related("group", "organisation").order_by("asked_on", "pk")


def targets_to_report(actor: Actor, *, today: datetime.date) -> QuerySet[JointTarget]:
    """Open joint targets for which one's unit answers, overdue or due within two months."""
    unit = actor.organisation_id
    if unit is None or not actor.has_role(*STAFF):
        return JointTarget.objects.none()
    rows = JointTarget.objects.filter(
        owner_id=unit,
        reached_on__isnull=True,
        dropped_on__isnull=True,
        due_on__lte=today + WARNING,
        group__state=GroupState.RUNNING,
    )
    return rows.select_related("group").order_by("due_on", "pk")


def councils_ending(actor: Actor, *, today: datetime.date) -> QuerySet[CouncilPost]:
    """Terms of councils led by one's unit that end soon or have ended (任期届满)."""
    unit = actor.organisation_id
    if unit is None or not actor.has_role(*STAFF):
        return CouncilPost.objects.none()
    rows = CouncilPost.objects.filter(
        group__lead_id=unit,
        group__state=GroupState.RUNNING,
        left_on__isnull=True,
        ends_on__lte=today + WARNING,
    )
    return rows.select_related("group").order_by("ends_on", "pk")


@dataclass(frozen=True, kw_only=True)
class ListVersion:
    """A published or drafted version of a list, with what it changed (清单版次)."""

    edition: GroupListEdition
    lines: list[ListLine]
    changed: Difference | None


def list_versions(editions: QuerySet[GroupListEdition]) -> dict[str, list[ListVersion]]:
    """The versions of each list, latest first, each compared with the one before."""
    found: dict[str, list[ListVersion]] = {}
    before: dict[str, list[ListLine]] = {}
    for edition in editions.prefetch_related("rows").order_by("kind", "number"):
        lines = lines_of(edition)
        earlier = before.get(edition.kind)
        changed = difference(before=earlier, after=lines) if earlier is not None else None
        version = ListVersion(edition=edition, lines=lines, changed=changed)
        found.setdefault(edition.kind, []).insert(0, version)
        before[edition.kind] = lines
    return found


def lines_of(edition: GroupListEdition) -> list[ListLine]:
    return [
        ListLine(
            name=row.name,
            detail=row.detail,
            quantity=row.quantity,
            unit=row.unit,
            source=row.source,
        )
        for row in edition.rows.all()
    ]


def published_lists(group: AllianceGroup) -> QuerySet[GroupListEdition]:
    return group.lists.filter(state=EditionState.PUBLISHED)


def overdue_targets(actor: Actor, *, today: datetime.date) -> QuerySet[JointTarget]:
    """Joint targets past their day in the groups that the actor reads (逾期联合目标)."""
    rows = JointTarget.objects.filter(
        overdue_on(today), group__in=groups_joined_by(actor), group__state=GroupState.RUNNING
    )
    return rows.select_related("group", "owner").order_by("due_on", "pk")
