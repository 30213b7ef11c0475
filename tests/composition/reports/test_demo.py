"""The demonstration city's bulletins: two published months and a draft."""

from __future__ import annotations

import random

import pytest

from silian.casework.publications.choices import EditionState
from silian.composition.reports.demo.bulletins import BulletinBuilder
from tests.composition.reports.stage import busy_city, today
from tests.world import World

pytestmark = pytest.mark.django_db


def test_the_city_has_two_published_bulletins_and_a_draft_with_files(world: World) -> None:
    busy_city()
    editions = BulletinBuilder(rng=random.Random(1), on=today()).build()
    assert [edition.state for edition in editions] == [
        EditionState.PUBLISHED,
        EditionState.PUBLISHED,
        EditionState.DRAFT,
    ]
    for edition in editions:
        assert {file.name.rpartition(".")[2] for file in edition.files.all()} == {"docx", "pdf"}
        assert edition.approved_by_id != edition.author_id
