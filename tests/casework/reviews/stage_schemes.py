"""Drafts and second officials for the tests of schemes."""

from __future__ import annotations

from typing import Any

from silian.casework.reviews.commands.schemes import make_scheme, save_draft
from silian.casework.reviews.models import Scheme, SchemeVersion
from silian.registers.organisations.choices import Role
from tests.casework.reviews import stage
from tests.world import Person, World

QUESTION = {"code": "people", "label": "实习人次", "type": "integer", "unit": "人次"}
CONDITION = {
    "code": "conditions",
    "label": "申报条件",
    "kind": "all_of",
    "children": [
        {
            "code": "interns",
            "label": "近三年接收实习",
            "source": {"kind": "answer", "code": "people"},
            "scoring": {"kind": "condition", "settings": {"at_least": "$interns"}},
        }
    ],
}


def sound(**parts: Any) -> dict[str, Any]:
    """A small definition without a fault."""
    return {
        "purpose": "认定产教融合型企业",
        "basis": ["本市办法"],
        "subject_label": "企业",
        "applicant_kinds": ["enterprise"],
        "parameters": [
            {"code": "interns", "label": "人次", "value": "60", "unit": "人次", "basis": "第五条"}
        ],
        "form": [QUESTION],
        "gateway": CONDITION,
        "procedure": {"levels": [{"code": "city", "label": "市级", "departments": ["教育"]}]},
        **parts,
    }


def colleague(world: World) -> Person:
    """A second coordinator of the same department, made once."""
    if "colleague" not in world.people:
        world.people["colleague"] = stage.colleague(
            world, role=Role.COORDINATOR, name="scheme-writer"
        )
    return world.people["colleague"]


def draft(world: World, *, maker: Person | None = None, **parts: Any) -> Scheme:
    """A scheme of the city with one draft, written by a colleague unless told otherwise."""
    actor = (maker or colleague(world)).actor
    number = Scheme.objects.count() + 1
    scheme = make_scheme(title=f"本市认定项目 {number}", actor=actor)
    save_draft(scheme_id=scheme.pk, definition=sound(**parts), actor=actor)
    return scheme


def drafted(scheme: Scheme) -> dict[str, Any]:
    """The definition of the draft as it is kept."""
    definition: dict[str, Any] = SchemeVersion.objects.get(scheme=scheme, state="draft").definition
    return definition
