"""Complaints reach their handler by the clock, and nobody complained about learns of them."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction
from PIL import Image

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import file_readable_by
from silian.foundation.kernel.models import AuditEntry, StoredFile
from silian.operations.placements.choices.complaints import (
    ComplaintChannel,
    ComplaintResult,
    ComplaintState,
)
from silian.operations.placements.commands.complaint_filing import (
    add_to_complaint,
    appeal_complaint,
    complaint_by_code,
    withdraw_complaint,
)
from silian.operations.placements.commands.complaint_handling import (
    accept_complaint,
    ask_complainant,
    decline_complaint,
    escalate_complaint,
    note_inquiry,
    overdue_complaint_ids,
    resolve_complaint,
)
from silian.operations.placements.commands.violations import close_case, open_case
from silian.operations.placements.models import Complaint, ComplaintOrigin, ComplaintSubject
from silian.operations.placements.permissions.complaints import complaints_visible_to
from silian.operations.placements.queries.complaints import complainant_name, counts_by_subject
from silian.registers.organisations.choices import Role
from silian.registers.organisations.models import Membership
from tests.operations.placements.complaints import stage
from tests.world import STARTED, World

pytestmark = pytest.mark.django_db
LATER = stage.NOW + datetime.timedelta(days=60)
WORDS = "已核查考勤记录，责令单位停止安排加班。"


def test_a_complaint_past_the_school_reaches_the_education_bureau(world: World) -> None:
    complaint = stage.filed(world).complaint
    assert complaint.handler == world.reviewer.organisation
    assert complaint in complaints_visible_to(world.reviewer.actor)
    assert complaint not in complaints_visible_to(world.school.actor)


def test_pay_goes_to_the_labour_office_when_asked(world: World) -> None:
    office = stage.labour_office(world)
    filed = stage.filed(world, channel=ComplaintChannel.LABOUR)
    assert filed.complaint.handler == office


def test_a_complaint_about_the_school_never_goes_to_the_school(world: World) -> None:
    school = world.school.organisation
    filed = stage.filed(world, channel=ComplaintChannel.SCHOOL, subjects={school.pk})
    assert filed.complaint.handler == world.reviewer.organisation
    assert not complaints_visible_to(world.school.actor).exists()
    assert not complaints_visible_to(world.teacher.actor).exists()


def test_the_data_base_refuses_a_judge_in_his_own_case(world: World) -> None:
    complaint = stage.filed(world).complaint
    with pytest.raises(DatabaseError, match="handled by"), transaction.atomic():
        Complaint.objects.filter(pk=complaint.pk).update(handler=world.enterprise.organisation)
    with pytest.raises(DatabaseError, match="handled by"), transaction.atomic():
        ComplaintSubject.objects.create(complaint=complaint, organisation=complaint.handler)


def test_without_any_authority_the_student_is_told_where_to_call(world: World) -> None:
    bureau = world.reviewer.organisation
    bureau.name = "青澜市统计局（演示）"
    bureau.save(update_fields=["name"])
    with pytest.raises(DomainError, match="12345"):
        stage.filed(world)


def test_nobody_complains_in_the_name_of_another(world: World) -> None:
    stage.pay.intern(world)
    for member in (world.enterprise, world.teacher, world.expert):
        with pytest.raises(NotAllowed):
            stage.filed(world, actor=member.actor)


def test_an_anonymous_complaint_keeps_no_trace_of_who_made_it(world: World) -> None:
    filed = stage.filed(world, is_anonymous=True, proofs=[photo()])
    assert not ComplaintOrigin.objects.exists()
    entries = AuditEntry.objects.filter(object_type="placements.complaint")
    assert entries.count() == 2
    for entry in entries:
        assert (entry.actor_id, entry.organisation_id) == (None, None)
        assert world.student.user.name not in str(entry.__dict__)
        assert stage.SECRET not in str(entry.__dict__)
    stored = StoredFile.objects.get(object_type="placements.complaint")
    assert (stored.uploaded_by_id, stored.organisation_id) == (None, None)
    assert complaint_by_code(filed.code.lower()) == filed.complaint
    assert complaint_by_code("ABCD-EFGH-2345") is None
    assert world.student.user.name not in complainant_name(filed.complaint)


def photo() -> SimpleUploadedFile:
    """A picture as a phone takes it."""
    target = io.BytesIO()
    Image.new("RGB", (2, 2)).save(target, "PNG")
    return SimpleUploadedFile("photo.png", target.getvalue(), content_type="image/png")


def test_the_handler_learns_the_name_only_when_the_student_allows_it(world: World) -> None:
    hidden = stage.filed(world).complaint
    assert complainant_name(hidden) == "身份保密"
    shown = stage.filed(world, is_name_shown=True).complaint
    assert complainant_name(shown) == ComplaintOrigin.objects.get(complaint=shown).person.name


def test_the_audit_trail_never_names_the_complainant(world: World) -> None:
    filed = stage.filed(world)
    withdraw_complaint(complaint_id=filed.complaint.pk, actor=world.student.actor, now=stage.NOW)
    entries = AuditEntry.objects.filter(action__startswith="placements.complaint")
    assert entries.count() == 2
    assert not entries.filter(actor_id__isnull=False).exists()
    assert not entries.filter(organisation_id__isnull=False).exists()


def test_proofs_are_read_by_the_handler_and_nobody_complained_about(world: World) -> None:
    filed = stage.filed(world, proofs=[photo()])
    stored = StoredFile.objects.get(object_type="placements.complaint")
    may = {
        name
        for name, member in world.people.items()
        if file_readable_by(member.actor, file_id=stored.pk)
    }
    assert may == {"student", "reviewer", "coordinator"}
    assert filed.complaint.handler == world.reviewer.organisation


def test_a_member_of_the_accused_does_not_read_it_through_another_office(world: World) -> None:
    complaint = stage.filed(world).complaint
    Membership.objects.create(
        user=world.reviewer.user,
        organisation=world.enterprise.organisation,
        role=Role.MANAGER,
        starts_on=STARTED,
    )
    assert complaint not in complaints_visible_to(world.reviewer.actor)
    assert complaint in complaints_visible_to(world.coordinator.actor)


def test_a_complaint_runs_from_acceptance_to_its_answer(world: World) -> None:
    complaint = stage.filed(world).complaint
    who, key = world.reviewer.actor, complaint.pk
    accepted = accept_complaint(complaint_id=key, actor=who, now=stage.NOW)
    assert accepted.state == ComplaintState.ACCEPTED
    assert accepted.due_at is not None
    note_inquiry(complaint_id=key, actor=who, text="调取考勤", now=stage.NOW)
    done = resolve_complaint(
        complaint_id=key,
        actor=who,
        result=ComplaintResult.CONFIRMED,
        text=WORDS,
        now=stage.NOW,
    )
    assert (done.state, done.was_late) == (ComplaintState.RESOLVED, False)
    shown = done.steps.filter(is_shown=True).values_list("kind", flat=True)
    assert list(shown) == ["filed", "accepted", "resolved"]


def test_the_clock_waits_while_the_complainant_is_asked(world: World) -> None:
    complaint = stage.filed(world).complaint
    who, key = world.reviewer.actor, complaint.pk
    before = accept_complaint(complaint_id=key, actor=who, now=stage.NOW).due_at
    ask_complainant(complaint_id=key, actor=who, text="请提供排班表", now=stage.NOW)
    assert key not in overdue_complaint_ids(now=LATER)
    answered = add_to_complaint(
        complaint_id=key, actor=world.student.actor, text="排班表已拍照上传给您", now=LATER
    )
    assert answered.state == ComplaintState.ACCEPTED
    assert before is not None
    assert answered.due_at is not None
    assert answered.due_at > before


def test_declining_and_resolving_need_words(world: World) -> None:
    complaint = stage.filed(world).complaint
    with pytest.raises(DomainError, match="答复"):
        decline_complaint(
            complaint_id=complaint.pk, actor=world.reviewer.actor, text=" ", now=stage.NOW
        )
    with pytest.raises(WrongState):
        resolve_complaint(
            complaint_id=complaint.pk,
            actor=world.reviewer.actor,
            result=ComplaintResult.CONFIRMED,
            text=WORDS,
            now=stage.NOW,
        )


def test_a_late_complaint_goes_up_once_and_counts_as_late(world: World) -> None:
    school = stage.filed(world, channel=ComplaintChannel.SCHOOL).complaint
    assert school.handler == world.school.organisation
    assert overdue_complaint_ids(now=stage.NOW) == []
    assert escalate_complaint(complaint_id=school.pk, now=LATER)
    school.refresh_from_db()
    assert school.handler == world.reviewer.organisation
    assert (school.was_late, school.escalations) == (True, 1)
    assert overdue_complaint_ids(now=LATER) == []
    assert school not in complaints_visible_to(world.school.actor)
    much_later = LATER + datetime.timedelta(days=60)
    assert not escalate_complaint(complaint_id=school.pk, now=much_later)


def test_an_appeal_goes_to_the_authority_above(world: World) -> None:
    above = stage.province_office(world)
    complaint = stage.filed(world).complaint
    who, key = world.reviewer.actor, complaint.pk
    accept_complaint(complaint_id=key, actor=who, now=stage.NOW)
    resolve_complaint(
        complaint_id=key,
        actor=who,
        result=ComplaintResult.UNFOUNDED,
        text=WORDS,
        now=stage.NOW,
    )
    with pytest.raises(DomainError, match="工作日内申请"):
        appeal_complaint(
            complaint_id=key,
            actor=world.student.actor,
            text="考勤记录被改过，请上级复核",
            now=LATER,
        )
    appealed = appeal_complaint(
        complaint_id=key,
        actor=world.student.actor,
        text="考勤记录被改过，请上级复核",
        now=stage.NOW,
    )
    assert (appealed.state, appealed.handler) == (ComplaintState.APPEALED, above)


def test_the_code_alone_lets_an_anonymous_complainant_act(world: World) -> None:
    filed = stage.filed(world, is_anonymous=True)
    with pytest.raises(NotAllowed):
        withdraw_complaint(
            complaint_id=filed.complaint.pk, actor=world.student.actor, now=stage.NOW
        )
    with pytest.raises(NotAllowed):
        withdraw_complaint(
            complaint_id=filed.complaint.pk, actor=Actor(), now=stage.NOW, code="WRONG"
        )
    done = withdraw_complaint(
        complaint_id=filed.complaint.pk, actor=Actor(), now=stage.NOW, code=filed.code
    )
    assert done.state == ComplaintState.WITHDRAWN


def test_counts_by_enterprise_hide_small_numbers(world: World) -> None:
    host = world.enterprise.organisation.pk
    starts, ends = stage.NOW - datetime.timedelta(days=1), LATER
    for count in range(1, 4):
        stage.filed(world)
        found = counts_by_subject(organisation_ids=[host], starts=starts, ends=ends)[host]
        assert found.filed == count
        assert found.shown["filed"] == ("少于 3" if count < 3 else "3")


def test_a_case_shows_its_range_and_keeps_the_fine_within_it(world: World) -> None:
    case = open_case(
        actor=world.reviewer.actor,
        organisation_id=world.enterprise.organisation.pk,
        facts="按人数向学校付费",
        income=Decimal(30_000),
        now=stage.NOW,
    )
    assert (case.low, case.high) == (30_000, 150_000)
    assert "第六十六条" in case.basis
    with pytest.raises(DomainError, match="之间"):
        close_case(
            case_id=case.pk,
            actor=world.reviewer.actor,
            decision="青教罚〔2026〕1号",
            fine=Decimal(1_000),
            now=stage.NOW,
        )
    done = close_case(
        case_id=case.pk,
        actor=world.reviewer.actor,
        decision="青教罚〔2026〕1号",
        fine=Decimal(60_000),
        now=stage.NOW,
    )
    assert done.fine == 60_000
    with pytest.raises(NotAllowed):
        open_case(
            actor=world.school.actor,
            organisation_id=world.enterprise.organisation.pk,
            facts="违规",
            income=Decimal(0),
            now=stage.NOW,
        )
