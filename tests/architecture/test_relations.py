"""Relations between tables obey the floors, whatever way they are written."""

from __future__ import annotations

from django.apps import apps
from django.conf import settings
from django.db.models import Field, Model

FLOORS = ("foundation", "registers", "casework", "operations", "governance", "composition")
OURS = [name for name in settings.SILIAN_APPS]


def place(model: type[Model]) -> tuple[int, int] | None:
    """Floor and position of a model's module in the house, or None for foreign tables."""
    module = ".".join(model.__module__.split(".")[:3])
    if module not in OURS:
        return None
    return FLOORS.index(module.split(".")[1]), OURS.index(module)


def relations() -> list[tuple[type[Model], Field, type[Model]]]:
    return [
        (model, field, field.related_model)
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if isinstance(field, Field) and field.is_relation and field.related_model
    ]


def test_relations_point_down_or_stay_at_home() -> None:
    upward = []
    for model, field, target in relations():
        here, there = place(model), place(target)
        if here is None or there is None:
            continue
        if there > here or (here[0] == there[0] == 3 and here != there):
            upward.append(f"{model._meta.label}.{field.name} → {target._meta.label}")
    assert not upward


def test_there_are_relations_to_judge() -> None:
    assert len(relations()) > 5
