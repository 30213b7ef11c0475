"""Name the teacher and the mentor of an intern."""

from __future__ import annotations

from django.db import transaction

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.operations.placements.choices.internships import (
    LIVE_STATES,
)
from silian.operations.placements.commands.preparing import locked_internship
from silian.operations.placements.models import Internship
from silian.operations.placements.permissions.internships import acting_side
from silian.registers.people.choices import AffiliationKind
from silian.registers.people.models import Affiliation

MENTOR_KINDS = (AffiliationKind.MENTOR, AffiliationKind.EMPLOYEE)


@transaction.atomic
def name_guides(*, internship_id: int, actor: Actor, teacher_id: int, mentor_id: int) -> Internship:
    """Both sides name who guides the student (指定指导教师和企业导师).

    Basis: 教职成〔2021〕4号第十二条.
    """
    internship = locked_internship(internship_id, actor=actor)
    acting_side(actor, internship, "cancel")  # the school alone arranges
    if internship.state not in LIVE_STATES:
        raise WrongState("实习已经结束，不再更换指导人员。")
    refuse_strangers(internship.school_id, teacher_id, (AffiliationKind.TEACHER,), "teacher")
    refuse_strangers(internship.organisation_id, mentor_id, MENTOR_KINDS, "mentor")
    internship.teacher_id, internship.mentor_id = teacher_id, mentor_id
    internship.save(update_fields=["teacher", "mentor"])
    record(actor, "placements.internship.guided", internship)
    return internship


def refuse_strangers(
    organisation_id: int, person_id: int, kinds: tuple[AffiliationKind, ...], field: str
) -> None:
    """A guide belongs to the side that names him."""
    belongs = Affiliation.objects.filter(
        person_id=person_id, organisation_id=organisation_id, kind__in=kinds, ends_on=None
    ).exists()
    if not belongs:
        raise DomainError("指导人员应是本单位在册人员，请重新选择。", field=field)
