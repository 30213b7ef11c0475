"""The lists of a group: draft a version, publish it; a published version never changes."""

from __future__ import annotations

import datetime

from django.db import transaction
from django.db.models import Max

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.operations.alliances.choices.groups import (
    EditionState,
    GroupListKind,
    MemberState,
)
from silian.operations.alliances.commands.groups import locked_group, refuse_dissolved
from silian.operations.alliances.models.consortia import GroupListEdition, GroupListRow
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.permissions.groups import lists_visible_to, require_leader
from silian.operations.alliances.rules.group_lists import Fault, ListLine, list_lines

SHOWN_FAULTS = 5


@transaction.atomic
def draft_list(
    *, group_id: int, kind: GroupListKind, text: str, note: str, actor: Actor
) -> GroupListEdition:
    """Write the next version of a list, or write its draft anew (拟定清单)."""
    group = locked_group(group_id=group_id, actor=actor)
    require_leader(actor, group)
    refuse_dissolved(group)
    lines, faults = list_lines(text)
    if faults:
        raise DomainError(words_of(faults), field="text")
    if not lines:
        raise DomainError("清单没有条目，请每行写一条。", field="text")
    edition = draft_of(group, kind)
    edition.note = note.strip()[:300]
    edition.save()
    write_rows(edition, lines)
    record(actor, "alliances.list.drafted", edition, detail={"rows": len(lines)})
    return edition


def words_of(faults: list[Fault]) -> str:
    shown = "；".join(f"第 {fault.line} 行{fault.text}" for fault in faults[:SHOWN_FAULTS])
    more = f"；另有 {len(faults) - SHOWN_FAULTS} 处" if len(faults) > SHOWN_FAULTS else ""
    return f"{shown}{more}。请改正后再保存。"


def draft_of(group: AllianceGroup, kind: GroupListKind) -> GroupListEdition:
    rows = group.lists.filter(kind=kind)
    found = rows.filter(state=EditionState.DRAFT).first()
    if found is not None:
        return found
    last = rows.aggregate(last=Max("number"))["last"] or 0
    return GroupListEdition(group=group, kind=kind, number=last + 1)


def write_rows(edition: GroupListEdition, lines: list[ListLine]) -> None:
    """The lines in their order; a source that names a member is joined to it."""
    edition.rows.all().delete()
    members = edition.group.members.filter(state=MemberState.ACTIVE)
    names = dict(members.values_list("organisation__name", "organisation_id"))
    names[edition.group.lead.name] = edition.group.lead_id
    GroupListRow.objects.bulk_create(
        GroupListRow(
            edition=edition,
            order=place,
            name=line.name,
            detail=line.detail,
            quantity=line.quantity,
            unit=line.unit,
            source=line.source,
            organisation_id=names.get(line.source),
        )
        for place, line in enumerate(lines, start=1)
    )


@transaction.atomic
def publish_list(*, edition_id: int, on: datetime.date, actor: Actor) -> GroupListEdition:
    """Let everybody read a version; it never changes again (公布清单)."""
    rows = lists_visible_to(actor).select_for_update(of=("self",)).select_related("group__lead")
    edition = rows.get(pk=edition_id)
    require_leader(actor, edition.group)
    if edition.state == EditionState.PUBLISHED:
        raise DomainError("这一版已公布。需要更新请拟定下一版。")
    if edition.group.started_on is None:
        raise DomainError("集团联盟还在筹建，开始运行后才能公布清单。")
    edition.state, edition.published_on = EditionState.PUBLISHED, on
    edition.published_by_id = actor.user_id
    edition.save(update_fields=["state", "published_on", "published_by"])
    record(actor, "alliances.list.published", edition)
    return edition
