"""Who writes, ticks and reads weekly notes."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.operations.placements.models import Internship, WeeklyNote
from silian.operations.placements.permissions.internships import (
    internships_visible_to,
    is_host_clerk,
    is_official,
    is_school_clerk,
)
from silian.operations.placements.permissions.sides import guided_by, mentored_by
from silian.registers.organisations.choices import Role


def notes_visible_to(actor: Actor) -> QuerySet[WeeklyNote]:
    """The notes of the internships that the actor sees; officials read no notes."""
    if is_official(actor):
        return WeeklyNote.objects.none()
    return WeeklyNote.objects.filter(internship__in=internships_visible_to(actor))


def internships_mentored(actor: Actor) -> QuerySet[Internship]:
    """The interns whose notes the actor ticks (导师带教的学生)."""
    return internships_visible_to(actor).filter(mentored_by(actor))


def internships_guided(actor: Actor) -> QuerySet[Internship]:
    """The interns whose notes the actor reads for the school (指导的学生)."""
    return internships_visible_to(actor).filter(guided_by(actor))


def notes_to_tick(actor: Actor) -> QuerySet[WeeklyNote]:
    return WeeklyNote.objects.filter(internship__in=internships_mentored(actor))


def notes_to_read(actor: Actor) -> QuerySet[WeeklyNote]:
    return WeeklyNote.objects.filter(internship__in=internships_guided(actor))


def require_ticker(actor: Actor) -> None:
    if not (actor.has_role(Role.MENTOR) or is_host_clerk(actor)):
        raise NotAllowed("周记由企业导师或实习单位经办人确认。")


def require_note_reader(actor: Actor) -> None:
    if not (actor.has_role(Role.TEACHER) or is_school_clerk(actor)):
        raise NotAllowed("周记由指导教师或学校经办人批阅。")


def may_read_note_file(actor: Actor, file: StoredFile) -> bool:
    return notes_visible_to(actor).filter(Q(pk=file.object_id)).exists()


register_file_readers("placements.weeklynote", may_read_note_file)
register_action_labels(
    {
        "placements.note.submitted": "提交实习周记",
        "placements.note.ticked": "导师确认周记",
        "placements.note.returned": "请学生补充周记",
        "placements.note.read": "教师批阅周记",
    }
)
