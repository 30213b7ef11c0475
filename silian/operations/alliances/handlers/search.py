"""Keeps groups and committees findable as they change."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.foundation.kernel.search import feed
from silian.operations.alliances.events.committees import CommitteeChanged
from silian.operations.alliances.events.groups import GroupChanged
from silian.operations.alliances.models.committees import Committee
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.queries.search_documents import COMMITTEE, GROUP
from silian.registers.organisations.events import OrganisationRenamed


@subscribe(GroupChanged)
def find_group(event: GroupChanged) -> None:
    feed.changed(GROUP, [event.group_id])


@subscribe(CommitteeChanged)
def find_committee(event: CommitteeChanged) -> None:
    feed.changed(COMMITTEE, [event.committee_id])


@subscribe(OrganisationRenamed)
def find_by_new_name(event: OrganisationRenamed) -> None:
    """Documents name the lead and the host."""
    unit = event.organisation_id
    groups = AllianceGroup.objects.filter(lead_id=unit)
    feed.changed(GROUP, list(groups.values_list("pk", flat=True)))
    committees = Committee.objects.filter(host_id=unit)
    feed.changed(COMMITTEE, list(committees.values_list("pk", flat=True)))
