"""Apprentices: enrol with two identities, begin, teach, examine, qualify."""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from decimal import Decimal
from typing import Any

from django.db import IntegrityError, transaction
from django.db.models import Sum

from silian.casework.agreements.commands.drafting import PartyDraft, draft_agreement
from silian.casework.agreements.commands.sending import send_for_signature
from silian.casework.agreements.queries.reading import agreement_of
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.events import publish
from silian.operations.placements.choices.orders import (
    ApprenticeScheme,
    ApprenticeshipState,
    ApprenticeState,
)
from silian.operations.placements.commands.apprenticeships import locked_apprenticeship
from silian.operations.placements.events.apprenticeships import ApprenticeChanged
from silian.operations.placements.models import Apprentice, ApprenticeExam, TrainingMonth
from silian.operations.placements.permissions.apprenticeships import (
    apprentices_visible_to,
    require_side,
    writes_for_enterprise,
    writes_for_school,
)
from silian.operations.placements.queries.apprentice_terms import (
    KIND_OF_SCHEME,
    agreement_terms,
)
from silian.operations.placements.queries.apprenticeships import SOURCE, findings_of_apprentices
from silian.operations.placements.workflow.apprenticeship import apprentice as steps
from silian.registers.people.models import Person
from silian.registers.people.permissions import people_visible_to
from silian.registers.people.queries import is_minor_on

OPEN_STATES = frozenset({ApprenticeshipState.FILED, ApprenticeshipState.RUNNING})
ENTERPRISE_FACTS = (
    "employee_number",
    "contract_number",
    "contract_starts_on",
    "contract_ends_on",
    "enterprise_mentor",
)
SCHOOL_FACTS = ("student_number", "school_mentor", "is_full_time_student")


def told(row: Apprentice, *, step: str, actor: Actor, on: datetime.date) -> Apprentice:
    record(actor, f"placements.apprentice.{step}", row)
    publish(
        ApprenticeChanged(
            apprentice_id=row.pk, apprenticeship_id=row.apprenticeship_id, step=step, on=on
        )
    )
    return row


@transaction.atomic
def enrol_apprentice(
    *,
    apprenticeship_id: int,
    person_id: int,
    starts_on: datetime.date,
    actor: Actor,
    on: datetime.date,
) -> Apprentice:
    """Enter one of the actor's own students or employees as an apprentice (学徒入册).

    ``starts_on`` leaves room for signing: no agreement is signed after the training began.
    """
    programme = locked_apprenticeship(apprenticeship_id, actor=actor)
    require_side(actor, programme)
    if programme.state not in OPEN_STATES:
        raise WrongState("项目备案后才能登记学徒。")
    if not max(on, programme.starts_on) <= starts_on < programme.ends_on:
        raise DomainError("起始日应在今天以后、项目培养期以内。", field="starts_on")
    person = people_visible_to(actor, on=on).filter(pk=person_id).first()
    if person is None:
        raise DomainError("只能登记本单位的学生或职工。", field="person")
    try:
        with transaction.atomic():
            row = Apprentice.objects.create(
                apprenticeship=programme,
                person=person,
                starts_on=starts_on,
                ends_on=programme.ends_on,
                is_full_time_student=writes_for_school(actor, programme),
            )
    except IntegrityError:
        raise DomainError(
            "该人员已在本项目，或在这段时间已是其他项目的学徒。", field="person"
        ) from None
    return told(row, step="enrolled", actor=actor, on=on)


def locked_apprentice(apprentice_id: int, *, actor: Actor) -> Apprentice:
    rows = apprentices_visible_to(actor).select_related("apprenticeship", "person")
    row = rows.select_for_update(of=("self",)).get(pk=apprentice_id)
    require_side(actor, row.apprenticeship)
    return row


@transaction.atomic
def write_identity(
    *, apprentice_id: int, actor: Actor, facts: Mapping[str, Any], on: datetime.date
) -> Apprentice:
    """Each side writes its own half: employee and contract, or student and mentor (双重身份)."""
    row = locked_apprentice(apprentice_id, actor=actor)
    names = [
        *(ENTERPRISE_FACTS if writes_for_enterprise(actor, row.apprenticeship) else ()),
        *(SCHOOL_FACTS if writes_for_school(actor, row.apprenticeship) else ()),
    ]
    for name in names:
        if name in facts:
            setattr(row, name, facts[name])
    starts, ends = row.contract_starts_on, row.contract_ends_on
    if starts is not None and ends is not None and ends <= starts:
        raise DomainError("劳动合同终止日应晚于起始日。", field="contract_ends_on")
    refuse_foreign_mentors(row)
    row.save(update_fields=names)
    return told(row, step="identified", actor=actor, on=on)


def refuse_foreign_mentors(row: Apprentice) -> None:
    """Mentors come from the side that names them."""
    sides = (
        (row.enterprise_mentor, row.apprenticeship.enterprise_id, "enterprise_mentor", "企业"),
        (row.school_mentor, row.apprenticeship.school_id, "school_mentor", "院校"),
    )
    for mentor, organisation_id, field, label in sides:
        if mentor is not None and not belongs(mentor, organisation_id):
            raise DomainError(f"这名导师不是本项目{label}的人员。", field=field)


def belongs(person: Person, organisation_id: int) -> bool:
    return person.affiliations.filter(
        organisation_id=organisation_id, ends_on__isnull=True
    ).exists()


@transaction.atomic
def send_agreement(*, apprentice_id: int, actor: Actor, now: datetime.datetime) -> Apprentice:
    """Draft the training agreement of this apprentice and send it for signature (送签培养协议)."""
    row = locked_apprentice(apprentice_id, actor=actor)
    if row.state != ApprenticeState.ENROLLED or agreement_of(SOURCE, row.pk) is not None:
        raise WrongState("这名学徒已有培养协议。")
    programme = row.apprenticeship
    agreement = draft_agreement(
        actor=actor,
        kind=KIND_OF_SCHEME[ApprenticeScheme(programme.scheme)],
        title=f"{row.person.name}学徒培养协议",
        division_id=programme.division_id,
        parties=parties_of(row, on=now.date()),
        terms=agreement_terms(row),
        starts_on=row.starts_on,
        ends_on=row.ends_on,
        source=SOURCE,
        source_id=row.pk,
        is_demo=row.is_demo,
    )
    send_for_signature(agreement_id=agreement.pk, actor=actor, now=now)
    return told(row, step="agreement_sent", actor=actor, on=now.date())


def parties_of(row: Apprentice, *, on: datetime.date) -> list[PartyDraft]:
    """Apprentice, enterprise, school; and the guardian of a minor."""
    programme, person = row.apprenticeship, row.person
    is_modern = programme.scheme == ApprenticeScheme.MODERN
    parties = [
        PartyDraft(role="student" if is_modern else "apprentice", person_id=person.pk),
        PartyDraft(role="enterprise", organisation_id=programme.enterprise_id),
        PartyDraft(role="school" if is_modern else "trainer", organisation_id=programme.school_id),
    ]
    if is_modern and is_minor_on(person=person, on=on):
        if person.guardian_id is None:
            raise DomainError("学徒未成年，还没有登记监护人。请先在人员登记中补登监护人。")
        parties.append(PartyDraft(role="guardian", person_id=person.guardian_id))
    return parties


@transaction.atomic
def begin_apprentice(*, apprentice_id: int, actor: Actor, on: datetime.date) -> Apprentice:
    """Begin the training of one apprentice; nothing lawful may be missing (开始培养)."""
    row = locked_apprentice(apprentice_id, actor=actor)
    if row.apprenticeship.state != ApprenticeshipState.RUNNING:
        raise WrongState("项目还没有开始培养。")
    if on < row.starts_on:
        raise DomainError(f"这名学徒自 {row.starts_on} 起培养，还不能开始。")
    findings = findings_of_apprentices([row], on=on)[row.pk]
    row.state = steps.target("begin", state=ApprenticeState(row.state), findings=findings)
    row.save(update_fields=["state"])
    return told(row, step="begun", actor=actor, on=on)


def locked_taught(apprentice_id: int, *, actor: Actor) -> Apprentice:
    """The apprentice in training, for either side or one of the two mentors."""
    rows = apprentices_visible_to(actor).select_related(
        "apprenticeship", "enterprise_mentor", "school_mentor"
    )
    row = rows.select_for_update(of=("self",)).get(pk=apprentice_id)
    mentors = (row.enterprise_mentor, row.school_mentor)
    is_mentor = any(each and each.user_id == actor.user_id for each in mentors)
    if not is_mentor:
        require_side(actor, row.apprenticeship)
    if row.state != ApprenticeState.TRAINING:
        raise WrongState("学徒不在培养中，不能登记课时和考核。")
    return row


@transaction.atomic
def record_month(
    *,
    apprentice_id: int,
    month: datetime.date,
    theory_hours: int,
    practice_hours: int,
    note: str,
    actor: Actor,
    today: datetime.date,
) -> TrainingMonth:
    """Record the hours of one month; a month is put right by recording it again (登记课时)."""
    row = locked_taught(apprentice_id, actor=actor)
    month = month.replace(day=1)
    if month > today:
        raise DomainError("不能登记还没有到的月份。", field="month")
    if month < row.starts_on.replace(day=1):
        raise DomainError(f"培养自 {row.starts_on} 起，没有这个月份。", field="month")
    made, _ = TrainingMonth.objects.update_or_create(
        apprentice=row,
        month=month,
        defaults={
            "theory_hours": theory_hours,
            "practice_hours": practice_hours,
            "note": note.strip(),
            "recorded_by_id": actor.user_id,
        },
    )
    told(row, step="taught", actor=actor, on=today)
    return made


@transaction.atomic
def record_exam(
    *,
    apprentice_id: int,
    title: str,
    taken_on: datetime.date,
    score: Decimal,
    pass_mark: Decimal,
    is_final: bool,
    examiner: str,
    actor: Actor,
    today: datetime.date,
) -> ApprenticeExam:
    """Record an assessment of an apprentice (登记考核)."""
    row = locked_taught(apprentice_id, actor=actor)
    if taken_on > today:
        raise DomainError("考核日还没有到。", field="taken_on")
    exam = ApprenticeExam.objects.create(
        apprentice=row,
        title=title.strip(),
        taken_on=taken_on,
        score=score,
        pass_mark=pass_mark,
        is_final=is_final,
        examiner=examiner.strip(),
    )
    told(row, step="examined", actor=actor, on=today)
    return exam


@transaction.atomic
def qualify_apprentice(
    *, apprentice_id: int, certificate_number: str, level: str, actor: Actor, on: datetime.date
) -> Apprentice:
    """The apprentice passed and holds a certificate (考核合格)."""
    row = locked_apprentice(apprentice_id, actor=actor)
    hours = row.months.aggregate(theory=Sum("theory_hours"), practice=Sum("practice_hours"))
    programme = row.apprenticeship
    row.state = steps.target(
        "qualify",
        state=ApprenticeState(row.state),
        has_passed_final=any(exam.is_final and exam.is_passed for exam in row.exams.all()),
        certificate_number=certificate_number,
        taught=(hours["theory"] or 0) + (hours["practice"] or 0),
        planned=programme.theory_hours + programme.practice_hours,
    )
    row.certificate_number, row.certificate_level = certificate_number.strip(), level
    row.certified_on = on
    fields = ["state", "certificate_number", "certificate_level", "certified_on"]
    row.save(update_fields=fields)
    return told(row, step="qualified", actor=actor, on=on)


@transaction.atomic
def end_apprentice(
    *, apprentice_id: int, step: str, reason: str, actor: Actor, on: datetime.date
) -> Apprentice:
    """End without a certificate: ``fail`` 考核不合格 or ``leave`` 中途离开, with the reason."""
    if step not in ("fail", "leave"):
        raise NotAllowed("没有这一步。")
    row = locked_apprentice(apprentice_id, actor=actor)
    row.state = steps.target(step, state=ApprenticeState(row.state), reason=reason)
    row.reason, row.ends_on = reason.strip(), max(on, row.starts_on + datetime.timedelta(days=1))
    row.save(update_fields=["state", "reason", "ends_on"])
    return told(row, step="failed" if step == "fail" else "left", actor=actor, on=on)
