"""The cooperation agreements of the demonstration city."""

from __future__ import annotations

import random

import pytest
from django.db import connection
from django.db.models import Q

from silian.casework.agreements.choices import AgreementState, CooperationForm
from silian.casework.agreements.demo.cooperation import CooperationBuilder
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.queries.cooperation import all_facts, participation
from tests.casework.agreements.core import stage
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_city_has_cooperation_in_every_form_and_many_states(world: World) -> None:
    made = CooperationBuilder(rng=random.Random(1), on=stage.TODAY).build()
    connection.cursor().execute("SET CONSTRAINTS ALL IMMEDIATE")
    rows = Agreement.objects.all()
    assert made == rows.count() == 60
    assert {facts.form for facts in all_facts(rows)} == set(CooperationForm.values)
    states = AgreementState
    assert set(rows.values_list("state", flat=True)) == set(states) - {states.WITHDRAWN}


def test_participation_counts_each_enterprise_once(world: World) -> None:
    stage.active(world)
    stage.active(world)
    rows = Agreement.objects.all()
    own = participation(rows, region=None, on=stage.STARTS)
    assert (own.enterprises, own.all_enterprises) == (1, None)
    everywhere = participation(rows, region=Q(), on=stage.STARTS)
    assert (everywhere.enterprises, everywhere.all_enterprises) == (1, 2)
    assert everywhere.all_large_industrial is None
    industrial = world.enterprise.organisation
    industrial.above_scale, industrial.industry = True, world.industry
    industrial.save()
    large = participation(rows, region=Q(), on=stage.STARTS)
    assert (large.large_industrial, large.all_large_industrial) == (1, 1)
    assert participation(rows, region=Q(), on=stage.TODAY).enterprises == 0
