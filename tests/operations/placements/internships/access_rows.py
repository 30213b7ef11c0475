"""Who gets what from the addresses of internships, consents and self-chosen hosts."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silian.operations.placements.choices.internships import (
    ConsentGiver,
    ConsentState,
    InternshipState,
    SelfChoiceState,
)
from silian.operations.placements.models import Internship, SelfChoice
from tests.access import HIDDEN, REFUSED, Row, only, public, signed_in
from tests.operations.placements import stage
from tests.world import World

DONE = 302
SEEN_BY = (
    "enterprise",
    "school",
    "student",
    "teacher",
    "reviewer",
    "coordinator",
    "supervisor",
    "leader",
)
OWN = {"otherwise": HIDDEN}
Kwargs = Callable[[World], dict[str, Any]]


def standing(world: World, state: InternshipState) -> Internship:
    """The internship of the world's student in this state, made at the first asking."""
    student = stage.own_student(world)
    found = Internship.objects.filter(person=student, state=state).first()
    if found is not None:
        return found
    made = stage.make_internship(world, student=student, state=state)
    return stage.with_papers(world, made) if state == InternshipState.IN_POST else made


def planned(world: World) -> dict[str, Any]:
    return {"internship_id": standing(world, InternshipState.PLANNED).pk}


def at_work(world: World) -> dict[str, Any]:
    return {"internship_id": standing(world, InternshipState.IN_POST).pk}


def consent(world: World, giver: ConsentGiver) -> dict[str, Any]:
    internship = standing(world, InternshipState.PREPARING)
    row = internship.consents.filter(giver=giver).first()
    waiting = ConsentState.WAITING
    return {"consent_id": (row or stage.make_consent(internship, giver=giver, state=waiting)).pk}


def choice(world: World) -> dict[str, Any]:
    state = SelfChoiceState.SUBMITTED
    found = SelfChoice.objects.filter(person=stage.own_student(world), state=state).first()
    return {"self_choice_id": (found or stage.make_choice(world)).pk}


REGISTER: dict[str, Row] = {
    "placements:internship_list": signed_in(),
    "placements:internship_new": only("school"),
    "placements:internship_start_many": signed_in(status=DONE, method="post"),
    "placements:internship_prepare_many": signed_in(status=DONE, method="post"),
    "placements:internship": only(*SEEN_BY, kwargs=at_work, **OWN),
    "placements:internship_guides": only("school", kwargs=at_work),
    "placements:internship_move": only("school", kwargs=at_work),
    "placements:internship_step": Row(
        method="post",
        kwargs=lambda world: {**planned(world), "step": "cancel"},
        data=lambda world: {"reason": "学生参军"},
        statuses=only("school", status=DONE, **OWN).statuses
        | dict.fromkeys(
            ("student", "teacher", "reviewer", "coordinator", "supervisor", "leader"), REFUSED
        ),
    ),
}
OWN_PAGES: dict[str, Row] = {
    "placements:my_internship": only("student"),
    "placements:consent": only(
        "school", "student", kwargs=lambda world: consent(world, ConsentGiver.STUDENT), **OWN
    ),
    "placements:consent_paper": only(
        "school", kwargs=lambda world: consent(world, ConsentGiver.STUDENT)
    ),
    "placements:consent_link_make": Row(
        method="post",
        kwargs=lambda world: consent(world, ConsentGiver.GUARDIAN),
        statuses=only("school", **OWN).statuses | {"student": REFUSED},
    ),
    "placements:consent_link": Row(
        kwargs=lambda world: {"token": "gone"},
        statuses=dict.fromkeys(public().statuses, 410),
    ),
    "placements:consent_link_done": public(),
    "placements:self_choice_list": only("school"),
    "placements:self_choice_new": only("student"),
    "placements:self_choice": only("school", "student", kwargs=choice, **OWN),
    "placements:self_choice_withdraw": Row(
        method="post",
        kwargs=choice,
        statuses=only("student", status=DONE, **OWN).statuses | {"school": REFUSED},
    ),
}
INTERNSHIP_ROWS: dict[str, Row] = {**REGISTER, **OWN_PAGES}
