"""Migrating quickly ends where Django's own way ends."""

from __future__ import annotations

from collections.abc import Iterable

import pytest
from django.apps import apps
from django.db import connection, migrations, models
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ModelState, ProjectState
from django.db.models import Q

from silian.foundation.kernel.quick_migrations import QuickState

APP = "garden"
BEDS = migrations.CreateModel(
    name="Bed",
    fields=[
        ("id", models.BigAutoField(primary_key=True)),
        ("code", models.CharField(max_length=9, unique=True)),
    ],
)
PLANTS = migrations.CreateModel(
    name="Plant",
    fields=[
        ("id", models.BigAutoField(primary_key=True)),
        ("bed", models.ForeignKey(f"{APP}.Bed", on_delete=models.CASCADE)),
    ],
)
CHANGES: list[Operation] = [
    migrations.AddField("plant", "height", models.IntegerField(default=3), preserve_default=False),
    migrations.AddField("bed", "first", models.ForeignKey(f"{APP}.Plant", models.PROTECT)),
    migrations.AddField("bed", "others", models.ManyToManyField(f"{APP}.Plant")),
    migrations.AddConstraint(
        "plant", models.CheckConstraint(condition=Q(height__gt=0), name="plant_stands")
    ),
    migrations.AddConstraint("bed", models.UniqueConstraint(fields=["first"], name="bed_first")),
    migrations.RemoveConstraint("bed", "bed_first"),
    migrations.AddIndex("plant", models.Index(fields=["height"], name="plant_height")),
    migrations.RemoveIndex("plant", "plant_height"),
    migrations.AlterField("bed", "code", models.CharField(max_length=20)),
    migrations.RenameField("plant", "height", "centimetres"),
    migrations.RenameModel("Plant", "Herb"),
]


def carried_out(state: ProjectState, operations: Iterable[Operation]) -> ProjectState:
    """The state after the operations, its classes rendered from the start."""
    assert state.apps
    for operation in operations:
        operation.state_forwards(APP, state)
    return state


def rendered(state: ProjectState) -> dict[str, ModelState]:
    return {model._meta.label: ModelState.from_model(model) for model in state.apps.get_models()}


@pytest.mark.parametrize("count", range(len(CHANGES) + 1))
def test_every_operation_leaves_the_classes_that_django_leaves(count: int) -> None:
    operations = [BEDS, PLANTS, *CHANGES[:count]]
    quick = carried_out(QuickState(), operations)
    slow = carried_out(ProjectState(), operations)
    assert rendered(quick) == rendered(slow)
    assert quick == slow


def test_neighbours_know_the_new_field() -> None:
    state = carried_out(QuickState(), [BEDS, PLANTS, *CHANGES[:3]])
    plant = state.apps.get_model(APP, "plant")
    assert {one.name for one in plant._meta.related_objects} == {"bed"}
    assert {one.field.name for one in plant._meta.related_objects} == {"first", "others"}


def test_a_copy_is_as_quick() -> None:
    state = carried_out(QuickState(), [BEDS, PLANTS])
    copy = state.clone()
    assert isinstance(copy, QuickState)
    carried_out(copy, CHANGES[:1])
    assert "height" not in state.models[APP, "plant"].fields


@pytest.mark.django_db
def test_the_database_has_what_the_models_say() -> None:
    with connection.cursor() as cursor:
        for model in apps.get_models():
            options = model._meta
            if not options.managed:
                continue
            table = options.db_table
            held = connection.introspection.get_table_description(cursor, table)
            assert {one.name for one in held} == {one.column for one in options.local_fields}, table
            named = connection.introspection.get_constraints(cursor, table)
            declared = {one.name for one in [*options.constraints, *options.indexes]}
            assert declared <= set(named), table
