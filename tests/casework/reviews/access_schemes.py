"""Who gets what from the addresses of schemes."""

from __future__ import annotations

from typing import Any

from silian.casework.reviews.commands.schemes import publish_version
from silian.casework.reviews.models import Scheme
from tests.access import HIDDEN, REFUSED, Row, only
from tests.casework.reviews import stage_schemes
from tests.world import World

MOVED = 302
OFFICIALS = ("coordinator", "reviewer", "supervisor", "leader")
READERS = ("reviewer", "supervisor", "leader")


def drafted(world: World, **more: Any) -> dict[str, Any]:
    """A scheme of the city with a draft that a colleague wrote."""
    found = Scheme.objects.filter(versions__state="draft").first()
    return {"scheme_id": (found or stage_schemes.draft(world)).pk, **more}


def published(world: World) -> dict[str, Any]:
    scheme = stage_schemes.draft(world)
    publish_version(scheme_id=scheme.pk, actor=world.coordinator.actor)
    return {"scheme_id": scheme.pk, "step": "revise"}


def of_writer(status: int = 200, **given: Any) -> Row:
    """An address for coordinators: other officials are refused, the rest find nothing."""
    statuses = only("coordinator", status=status, otherwise=HIDDEN).statuses
    return Row(statuses={**statuses, **dict.fromkeys(READERS, REFUSED)}, **given)


def of_reader(**given: Any) -> Row:
    return only(*OFFICIALS, otherwise=HIDDEN, **given)


SCHEME_ROWS: dict[str, Row] = {
    "reviews:scheme_list": only(*OFFICIALS),
    "reviews:scheme_new": only("coordinator"),
    "reviews:scheme_load": only("coordinator", status=MOVED, method="post"),
    "reviews:scheme_detail": of_reader(kwargs=drafted),
    "reviews:scheme_version": of_reader(kwargs=lambda world: drafted(world, number=1)),
    "reviews:scheme_preview": of_reader(kwargs=lambda world: drafted(world, number=1)),
    "reviews:scheme_dry_run": of_reader(kwargs=lambda world: drafted(world, number=1)),
    "reviews:scheme_differences": of_reader(kwargs=lambda world: drafted(world, before=1, after=1)),
    "reviews:scheme_edit": of_writer(kwargs=lambda world: drafted(world, part="criteria")),
    "reviews:scheme_row_new": of_writer(kwargs=lambda world: drafted(world, name="form")),
    "reviews:scheme_row": of_writer(
        kwargs=lambda world: drafted(world, name="form", code="people")
    ),
    "reviews:scheme_row_step": of_writer(
        MOVED,
        method="post",
        kwargs=lambda world: drafted(world, name="form", code="people", step="up"),
    ),
    "reviews:scheme_node": of_writer(kwargs=lambda world: drafted(world, code="interns")),
    "reviews:scheme_node_new": of_writer(
        kwargs=lambda world: drafted(world, parent="conditions", what="item")
    ),
    "reviews:scheme_node_step": of_writer(
        MOVED, method="post", kwargs=lambda world: drafted(world, code="interns", step="up")
    ),
    "reviews:scheme_step": of_writer(MOVED, method="post", kwargs=published),
}
