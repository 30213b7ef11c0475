"""Insurance, training, notes, assessment and files in the menu and on to-do lists."""

from __future__ import annotations

import datetime
from collections.abc import Sequence

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.counting import WorkWaiting
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.choices.learning import (
    NoteState,
)
from silian.operations.placements.permissions.insurance import may_read_insurance
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.operations.placements.permissions.notes import notes_to_read, notes_to_tick
from silian.operations.placements.queries.insurance_lists import without_single_cover
from silian.operations.placements.queries.learning_todos import learning_todos
from silian.registers.organisations.choices import OrganisationKind, Role

SECTION = "实习"


def todos(actor: Actor, now: datetime.datetime) -> Sequence[sockets.Todo]:
    return learning_todos(actor=actor, now=now)


def uninsured_count(actor: Actor) -> WorkWaiting:
    if not (is_school_clerk(actor) or is_host_clerk(actor)):
        return 0
    live = internships_visible_to(actor).filter(state__in=sorted(LIVE_STATES))
    return without_single_cover(live)


def sees_insurance(actor: Actor) -> bool:
    """Those who work with insurance; other enterprises reach it from an intern's page."""
    kinds = (OrganisationKind.SCHOOL, OrganisationKind.FINANCE)
    return may_read_insurance(actor) and (
        actor.organisation_kind in kinds or is_official(actor) or is_host_clerk(actor)
    )


def ticks(actor: Actor) -> bool:
    return actor.has_role(Role.MENTOR) or is_host_clerk(actor)


def reads(actor: Actor) -> bool:
    return actor.has_role(Role.TEACHER) or is_school_clerk(actor)


def assesses(actor: Actor) -> bool:
    return ticks(actor) or reads(actor)


def waiting_ticks(actor: Actor) -> WorkWaiting:
    return notes_to_tick(actor).filter(state=NoteState.SUBMITTED)


def waiting_readings(actor: Actor) -> WorkWaiting:
    if not actor.has_role(Role.TEACHER):
        return 0
    return notes_to_read(actor).filter(read_at__isnull=True)


def plug_navigation() -> None:
    item = sockets.NavigationItem
    lines = [
        (318, item(section=SECTION, label="保险", url_name="placements:insurance_uninsured",
                   icon="shield-check", visible=sees_insurance, count=uninsured_count)),
        (319, item(section=SECTION, label="安全培训", url_name="placements:training_list",
                   icon="cone-striped", visible=assesses)),
        (321, item(section=SECTION, label="确认周记", url_name="placements:note_ticking",
                   icon="journal-check", visible=ticks, count=waiting_ticks)),
        (320, item(section=SECTION, label="批阅周记", url_name="placements:note_reading",
                   icon="journal-text", visible=reads, count=waiting_readings)),
        (326, item(section=SECTION, label="实习考核", url_name="placements:assessment_list",
                   icon="clipboard-check", visible=assesses)),
        (327, item(section=SECTION, label="实习档案", url_name="placements:practice_files",
                   icon="folder-check", visible=assesses)),
    ]  # fmt: skip
    for order, line in lines:
        sockets.navigation.plug(line, order=order)


plug_navigation()
sockets.foot_links.plug(
    sockets.FrameLink(label="实习和学徒保险产品", url_name="placements:insurance_products")
)
sockets.todos.plug(todos, order=44)
