"""Making, changing, publishing and retiring schemes."""

from __future__ import annotations

import pytest

from silian.casework.reviews.commands.schemes import (
    drop_draft,
    load_built_in_schemes,
    make_scheme,
    open_draft,
    publish_version,
    retire_version,
    save_draft,
)
from silian.casework.reviews.models import Scheme
from silian.casework.reviews.permissions.schemes import schemes_visible_to
from silian.casework.reviews.queries.schemes import published_version, schemes_open_to
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.models import AuditEntry
from silian.foundation.reference.models import Division
from tests.casework.reviews.stage_schemes import colleague, draft, drafted, sound
from tests.world import CITY, World

pytestmark = pytest.mark.django_db


def test_a_colleague_publishes_what_another_wrote(world: World) -> None:
    scheme = draft(world)
    version = publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)
    assert (version.state, version.published_at is not None) == ("published", True)
    assert published_version(scheme) == version
    assert AuditEntry.objects.filter(action="reviews.scheme.published").exists()


def test_nobody_publishes_what_he_wrote_himself(world: World) -> None:
    scheme = draft(world, maker=world.coordinator)
    with pytest.raises(NotAllowed, match="另一位统筹人员"):
        publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)


def test_who_saved_last_is_the_maker(world: World) -> None:
    scheme = draft(world)
    save_draft(scheme_id=scheme.pk, definition=sound(), actor=world.coordinator.actor)
    with pytest.raises(NotAllowed):
        publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)


def test_a_draft_with_faults_stays_a_draft(world: World) -> None:
    scheme = draft(world, basis=[])
    with pytest.raises(DomainError, match="没有写明依据"):
        publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)


def test_the_next_version_starts_from_the_last_and_takes_its_place(world: World) -> None:
    scheme = draft(world)
    publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)
    second = open_draft(scheme_id=scheme.pk, actor=colleague(world).actor)
    assert (second.number, second.definition) == (2, sound())
    publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)
    states = list(scheme.versions.order_by("number").values_list("state", flat=True))
    assert states == ["retired", "published"]


def test_a_change_on_an_old_draft_is_refused(world: World) -> None:
    scheme = draft(world)
    seen = drafted(scheme)
    save_draft(scheme_id=scheme.pk, definition=sound(purpose="改过"), actor=world.coordinator.actor)
    with pytest.raises(WrongState, match="另一位同事"):
        save_draft(scheme_id=scheme.pk, definition=sound(), seen=seen, actor=colleague(world).actor)
    assert drafted(scheme)["purpose"] == "改过"


def test_a_retired_scheme_calls_no_batches(world: World) -> None:
    scheme = draft(world)
    publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)
    assert list(schemes_open_to(world.coordinator.actor)) == [scheme]
    with pytest.raises(DomainError, match="停用原因"):
        retire_version(scheme_id=scheme.pk, reason=" ", actor=world.coordinator.actor)
    retire_version(scheme_id=scheme.pk, reason="办法已废止", actor=world.coordinator.actor)
    assert list(schemes_open_to(world.coordinator.actor)) == []
    with pytest.raises(DomainError, match="没有已发布的版本"):
        published_version(scheme)


def test_a_scheme_that_was_never_published_goes_with_its_draft(world: World) -> None:
    scheme = draft(world)
    drop_draft(scheme_id=scheme.pk, actor=world.coordinator.actor)
    assert not Scheme.objects.filter(pk=scheme.pk).exists()


def test_a_new_scheme_may_start_from_a_built_in_one(world: World) -> None:
    scheme = make_scheme(
        title="市级双师型教师", built_in="dual_qualified_junior", actor=world.coordinator.actor
    )
    assert scheme.code == "dual_qualified_junior"
    assert drafted(scheme)["subject"] == "person"
    other = make_scheme(
        title="县级双师型教师", built_in="dual_qualified_junior", actor=world.coordinator.actor
    )
    assert other.code == "own_1"
    with pytest.raises(DomainError, match="同名"):
        make_scheme(title="县级双师型教师", actor=world.coordinator.actor)


def test_the_built_in_schemes_come_once(world: World) -> None:
    unit, city = world.coordinator.organisation, Division.objects.get(pk=CITY)
    assert unit is not None
    actor = world.coordinator.actor
    assert len(load_built_in_schemes(owner=unit, division=city, actor=actor)) == 15
    assert load_built_in_schemes(owner=unit, division=city, actor=actor) == []


def test_only_coordinators_write_and_only_officials_read(world: World) -> None:
    scheme = draft(world)
    with pytest.raises(NotAllowed):
        open_draft(scheme_id=scheme.pk, actor=world.reviewer.actor)
    assert list(schemes_visible_to(world.supervisor.actor)) == [scheme]
    assert list(schemes_visible_to(world.enterprise.actor)) == []


def test_a_city_reads_the_schemes_of_its_province_and_changes_none(world: World) -> None:
    scheme = draft(world)
    owner = world.supervisor.organisation
    Scheme.objects.filter(pk=scheme.pk).update(division_id="990000", owner=owner)
    assert list(schemes_visible_to(world.coordinator.actor)) == [scheme]
    with pytest.raises(NotAllowed, match="只能修改本地区"):
        open_draft(scheme_id=scheme.pk, actor=world.coordinator.actor)
