"""Groups and committees are found by the one search box, as they stand at this moment."""

from __future__ import annotations

from silian.foundation.kernel.search import feed
from silian.operations.alliances.commands.committees import end_committee
from silian.operations.alliances.events.committees import CommitteeChanged
from silian.operations.alliances.events.groups import GroupChanged
from silian.operations.alliances.handlers.search import find_committee, find_group
from silian.operations.alliances.models.groups import AllianceGroup
from silian.operations.alliances.queries.search_documents import (
    COMMITTEE,
    committee_ids,
    group_documents,
    group_ids,
    visible_committees,
    visible_groups,
)
from tests.composition.portal.search.stage import shown
from tests.operations.alliances import committee_stage, group_stage
from tests.world import World


def test_a_running_group_is_found_by_everybody(world: World) -> None:
    group = group_stage.running(world)
    find_group(GroupChanged(group_id=group.pk, since=group_stage.today()))
    page = shown(world.anonymous, q="装备产教联盟")
    assert group.public_url in page


def test_a_group_in_preparation_has_no_document(world: World) -> None:
    group = group_stage.running(world)
    AllianceGroup.objects.filter(pk=group.pk).update(state="preparing", started_on=None)
    assert list(group_documents([group.pk])) == []
    assert group_ids(0, 10) == []


def test_a_group_hidden_after_indexing_does_not_show(world: World) -> None:
    group = group_stage.running(world)
    feed.changed("alliance_group", [group.pk])
    AllianceGroup.objects.filter(pk=group.pk).update(state="preparing", started_on=None)
    assert visible_groups(world.coordinator.actor, [group.pk]) == {}
    assert group.public_url not in shown(world.anonymous, q="装备产教联盟")


def test_a_committee_is_found_by_its_mandate_until_it_ends(world: World) -> None:
    committee = committee_stage.committee(world)
    find_committee(CommitteeChanged(committee_id=committee.pk, since=committee.founded_on))
    assert committee.public_url in shown(world.student, q="岗位能力标准编制")
    assert committee_ids(0, 10) == [committee.pk]
    end_committee(
        committee_id=committee.pk,
        on=group_stage.today(),
        reason="职能并入",
        actor=world.coordinator.actor,
    )
    assert visible_committees(world.student.actor, [committee.pk]) == {}
    feed.changed(COMMITTEE, [committee.pk])
    assert committee.public_url not in shown(world.student, q="岗位能力标准编制")
