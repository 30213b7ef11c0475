"""Industry chains against programmes: gaps first, each number with its rows."""

from __future__ import annotations

import pytest
from django.urls import reverse

from silian.registers.organisations.models import Organisation
from silian.registers.programmes.models import Programme
from silian.registers.programmes.queries.chains import chains_of
from silian.registers.programmes.rules.chains import Chain, Meeting, gaps_first
from tests.registers.programmes.stage import ready_world
from tests.world import World

SIDES = {"schools": 0, "students": 0}


def test_what_nobody_serves_comes_first() -> None:
    met = Chain(name="甲", enterprises=9, programmes=1, **SIDES)
    alone = Chain(name="乙", enterprises=0, programmes=2, **SIDES)
    small = Chain(name="丙", enterprises=1, programmes=0, **SIDES)
    large = Chain(name="丁", enterprises=5, programmes=0, **SIDES)
    assert gaps_first([met, alone, small, large]) == [large, small, alone, met]
    assert [each.meeting for each in (met, alone, small)] == [
        Meeting.MET,
        Meeting.NO_ENTERPRISE,
        Meeting.NO_PROGRAMME,
    ]


@pytest.mark.django_db
def test_the_gap_list_counts_both_sides_and_opens_to_the_rows(world: World) -> None:
    programme = ready_world(world)[0]
    Organisation.objects.filter(pk=world.enterprise.organisation.pk).update(industry_chain="储能")
    Programme.objects.filter(pk=programme.pk).update(industry_chain="高端装备")
    found = {each.name: each for each in chains_of(world.coordinator.actor)}
    assert (found["储能"].enterprises, found["储能"].meeting) == (1, Meeting.NO_PROGRAMME)
    assert (found["高端装备"].programmes, found["高端装备"].meeting) == (1, Meeting.NO_ENTERPRISE)
    client = world.school.client
    assert "有产业，无专业" in client.get(reverse("programmes:chain_list")).content.decode()
    page = client.get(reverse("programmes:chain", args=["高端装备"])).content.decode()
    assert programme.name in page
    assert client.get(reverse("programmes:chain", args=["没有"])).status_code == 404
