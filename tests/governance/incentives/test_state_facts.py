"""Facts that an organisation states: who, when, in versions, for itself alone."""

from __future__ import annotations

import pytest
from django.urls import reverse

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.foundation.kernel.models import AuditEntry
from silian.governance.incentives.commands.facts import state_facts
from silian.governance.incentives.models import StatedFact
from silian.governance.incentives.permissions.incentives import stated_facts_visible_to
from tests.governance.incentives import stage
from tests.world import World

FACTS = reverse("incentives:my_facts")


def test_stating_keeps_who_said_it_and_when(world: World) -> None:
    assert stage.state(world, {"wages": "1000000.00", "training_spent": ""}) == 1
    row = StatedFact.objects.get()
    assert (row.value, row.version, row.stated_by) == ("1000000.00", 1, world.enterprise.user)
    assert row.stated_at == stage.NOW
    assert AuditEntry.objects.filter(action="incentives.fact.stated").count() == 1


def test_a_correction_is_a_new_version_with_its_reason(world: World) -> None:
    stage.state(world, {"wages": "1000000.00"})
    stage.state(world, {"wages": "900000.00"}, reason="按汇算清缴结果更正")
    versions = StatedFact.objects.order_by("version").values_list("version", "value", "reason")
    assert list(versions) == [(1, "1000000.00", ""), (2, "900000.00", "按汇算清缴结果更正")]
    assert StatedFact.objects.present().get().version == 2
    assert StatedFact.objects.get(version=1).replaced_at == stage.NOW


def test_a_correction_without_reason_is_refused(world: World) -> None:
    stage.state(world, {"wages": "1000000.00"})
    with pytest.raises(DomainError, match="更正说明"):
        stage.state(world, {"wages": "900000.00"})
    assert StatedFact.objects.get().value == "1000000.00"


def test_saying_the_same_again_changes_nothing(world: World) -> None:
    stage.state(world, {"wages": "1000000.00"})
    assert stage.state(world, {"wages": "1000000.00"}) == 0
    assert AuditEntry.objects.filter(action__startswith="incentives.fact").count() == 1


def test_what_the_platform_knows_cannot_be_stated(world: World) -> None:
    with pytest.raises(DomainError, match="由平台登记得出"):
        stage.state(world, {"student_months": "600"})


def test_nobody_states_for_another_organisation(world: World) -> None:
    with pytest.raises(NotAllowed):
        state_facts(
            organisation_id=world.rival.organisation.pk, year=stage.YEAR,
            values={"wages": "1"}, actor=world.enterprise.actor, now=stage.NOW,
        )  # fmt: skip
    with pytest.raises(NotAllowed):
        state_facts(
            organisation_id=world.enterprise.organisation.pk, year=stage.YEAR,
            values={"wages": "1"}, actor=world.coordinator.actor, now=stage.NOW,
        )  # fmt: skip


def test_only_the_own_members_see_the_facts(world: World) -> None:
    stage.state(world, {"wages": "1000000.00"})
    assert stated_facts_visible_to(world.enterprise.actor).count() == 1
    for who in ("rival", "school", "coordinator", "leader", "teacher", "anonymous"):
        assert not stated_facts_visible_to(world.people[who].actor).exists()
    assert "1,000,000.00" not in world.rival.client.get(FACTS).content.decode()


def test_the_form_saves_and_shows_the_history(world: World) -> None:
    client = world.enterprise.client
    response = client.post(FACTS, {"wages": "1,000,000.00", "donation_channel": "公益性社会组织"})
    assert response.status_code == 302
    html = client.get(FACTS).content.decode()
    assert "1000000.00" in html
    assert "填报，第 1 版" in html


def test_bad_input_keeps_everything_typed(world: World) -> None:
    response = world.enterprise.client.post(FACTS, {"wages": "很多", "profit": "5"})
    assert response.status_code == 422
    html = response.content.decode()
    assert 'value="很多"' in html
    assert 'value="5"' in html
    assert not StatedFact.objects.exists()


def test_a_refused_correction_stands_beside_its_box(world: World) -> None:
    stage.state(world, {"wages": "1000000.00"})
    response = world.enterprise.client.post(FACTS, {"wages": "2000000"})
    assert response.status_code == 422
    assert "要写明更正说明" in response.content.decode()
