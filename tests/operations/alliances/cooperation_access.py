"""Who gets what from the addresses of cooperation with other regions and countries."""

from __future__ import annotations

from typing import Any

from silian.operations.alliances.models.cooperation import (
    CooperationProject,
    Forum,
    TalentIntroduction,
)
from tests.access import HIDDEN, Row, only, public
from tests.operations.alliances import cooperation_stage as stage
from tests.world import World

KEEPERS = ("reviewer", "coordinator")
OVERSEERS = (*KEEPERS, "supervisor", "leader")
REGISTRARS = ("school", "enterprise", "rival", *KEEPERS)
OWNERS = ("school", *KEEPERS)


def project(world: World) -> dict[str, Any]:
    return {"project_id": (CooperationProject.objects.first() or stage.signed(world)).pk}


def step(world: World) -> dict[str, Any]:
    return {**project(world), "name": "run"}


def talent(world: World) -> dict[str, Any]:
    return {"talent_id": (TalentIntroduction.objects.first() or stage.talent(world)).pk}


def forum(world: World) -> dict[str, Any]:
    return {"forum_id": (Forum.objects.first() or stage.forum(world)).pk}


LEAVING = only(*OWNERS, otherwise=HIDDEN, kwargs=talent)
COOPERATION_ROWS: dict[str, Row] = {
    "alliances:cooperation_list": public(),
    "alliances:cooperation_statistics": public(),
    "alliances:cooperation_new": only(*REGISTRARS),
    "alliances:cooperation_detail": public(kwargs=project),
    "alliances:cooperation_edit": only(*OWNERS, kwargs=project),
    "alliances:cooperation_step": only(*OWNERS, kwargs=step),
    "alliances:cooperation_year": only(*OWNERS, kwargs=project),
    "alliances:talent_list": only("school", "enterprise", "rival", *OVERSEERS),
    "alliances:talent_new": only(*REGISTRARS),
    "alliances:talent_leave": Row(
        statuses={**LEAVING.statuses, "supervisor": 403, "leader": 403}, kwargs=talent
    ),
    "alliances:forum_new": only(*REGISTRARS),
    "alliances:forum_detail": public(kwargs=forum),
    "alliances:session_edit": only(*OWNERS, kwargs=forum),
}
