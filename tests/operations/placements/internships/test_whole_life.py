"""One internship from its arrangement to its end, with real consents and signatures."""

from __future__ import annotations

import datetime
from decimal import Decimal

import pytest

from silian.casework.agreements.choices import AgreementState
from silian.casework.agreements.commands import amending, sending, signing
from silian.casework.agreements.events import AgreementTerminated
from silian.casework.agreements.models import Agreement, Signature
from silian.casework.agreements.queries.terms import latest_terms
from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.operations.placements.choices.internships import (
    ConsentState,
    InternshipState,
)
from silian.operations.placements.commands.agreements import make_agreement, take_terms
from silian.operations.placements.commands.consents import answer_consent
from silian.operations.placements.commands.ending import (
    cancel_internship,
    close_due,
    end_early,
)
from silian.operations.placements.commands.interrupting import (
    interrupt_internship,
    resume_internship,
)
from silian.operations.placements.commands.moving import complete_due_moves, propose_move
from silian.operations.placements.commands.pay_months import open_month
from silian.operations.placements.commands.preparing import prepare_internships
from silian.operations.placements.commands.starting import start_internship
from silian.operations.placements.handlers.internship_agreements import end_with_agreement
from silian.operations.placements.models import Internship
from silian.operations.placements.queries.agreement_guard import findings_of_internship
from tests.operations.placements import stage
from tests.world import World

pytestmark = pytest.mark.django_db
BEFORE = stage.local_now(datetime.date(2026, 2, 2))
START = stage.local_now(stage.STARTS)
LATER = stage.local_now(datetime.date(2026, 4, 10))


def prepared(world: World) -> Internship:
    internship = stage.make_internship(world, student=stage.own_student(world))
    return prepare_internships(
        internship_ids=[internship.pk], actor=world.school.actor, now=BEFORE
    )[0]


def sign_all(world: World, agreement: Agreement, *, now: datetime.datetime) -> None:
    """Everybody signs in order; the guardian has an account in this test."""
    while True:
        waiting = Signature.objects.filter(
            version__agreement=agreement, version__state="signing", state="waiting"
        ).order_by("order", "pk")
        row = waiting.first()
        if row is None:
            return
        actor = {
            "school": world.school,
            "host": world.enterprise,
            "student": world.student,
            "guardian": stage.guardian_member(world),
        }[row.party.role].actor
        signing.sign(signature_id=row.pk, actor=actor, now=now, agreed_sha256=row.version.sha256)


def consented(world: World, internship: Internship) -> None:
    members = {"student": world.student, "guardian": stage.guardian_member(world)}
    for row in internship.consents.all():
        answer_consent(
            consent_id=row.pk,
            actor=members[row.giver].actor,
            agrees=True,
            agreed_sha256=row.sha256,
            now=BEFORE,
        )


def ready(world: World) -> Internship:
    internship = prepared(world)
    consented(world, internship)
    agreement = make_agreement(
        internship_id=internship.pk, actor=world.school.actor, now=BEFORE, send=True
    )
    sign_all(world, agreement, now=BEFORE)
    stage.with_papers(
        world, internship, without=("agreement", "student_consent", "guardian_consent")
    )
    internship.refresh_from_db()
    return internship


def at_work(world: World) -> Internship:
    internship = ready(world)
    return start_internship(internship_id=internship.pk, actor=world.school.actor, now=START)


def test_with_every_paper_the_student_begins_on_the_day(world: World) -> None:
    internship = at_work(world)
    assert internship.state == InternshipState.IN_POST
    assert internship.started_on == stage.STARTS
    [period] = internship.post_periods.all()
    assert (period.post_id, period.starts_on) == (internship.post_id, stage.STARTS)


def test_nobody_begins_before_the_first_day(world: World) -> None:
    internship = ready(world)
    with pytest.raises(DomainError, match="请在当天或之后"):
        start_internship(internship_id=internship.pk, actor=world.school.actor, now=BEFORE)


def test_nobody_begins_without_papers_and_each_is_named(world: World) -> None:
    internship = prepared(world)
    with pytest.raises(DomainError, match="三方协议、学生同意、家长同意"):
        start_internship(internship_id=internship.pk, actor=world.school.actor, now=START)


def test_a_post_that_became_dangerous_keeps_the_student_out(world: World) -> None:
    internship = ready(world)
    post = internship.post
    post.hazards = ["height"]
    post.save(update_fields=["hazards"])
    with pytest.raises(DomainError, match="IN-19"):
        start_internship(internship_id=internship.pk, actor=world.school.actor, now=START)


def test_the_student_does_not_start_alone(world: World) -> None:
    internship = ready(world)
    with pytest.raises(NotAllowed, match="学校、实习单位"):
        start_internship(internship_id=internship.pk, actor=world.student.actor, now=START)


def test_a_clerk_does_not_answer_for_the_guardian(world: World) -> None:
    internship = prepared(world)
    row = internship.consents.get(giver="guardian")
    with pytest.raises(NotAllowed):
        answer_consent(
            consent_id=row.pk,
            actor=world.school.actor,
            agrees=True,
            agreed_sha256=row.sha256,
            now=BEFORE,
        )


def test_a_refused_consent_stops_the_agreement(world: World) -> None:
    internship = prepared(world)
    row = internship.consents.get(giver="student")
    answer_consent(
        consent_id=row.pk,
        actor=world.student.actor,
        agrees=False,
        agreed_sha256="",
        reason="离家太远",
        now=BEFORE,
    )
    row.refresh_from_db()
    assert (row.state, row.reason) == (ConsentState.REFUSED, "离家太远")
    with pytest.raises(WrongState, match="自主选择"):
        make_agreement(internship_id=internship.pk, actor=world.school.actor, now=BEFORE)


def test_an_amendment_to_a_night_shift_is_refused(world: World) -> None:
    internship = at_work(world)
    agreement = Agreement.objects.get(source_id=internship.pk)
    amending.propose_amendment(
        agreement_id=agreement.pk,
        actor=world.enterprise.actor,
        changes={"shift_starts": "22:00", "shift_ends": "06:00"},
        effective_from=datetime.date(2026, 4, 20),
        reason="改为夜班生产",
        now=LATER,
    )
    with pytest.raises(DomainError, match="IN-19"):
        sending.send_for_signature(agreement_id=agreement.pk, actor=world.school.actor, now=LATER)


def test_words_that_take_money_are_refused(world: World) -> None:
    internship = at_work(world)
    agreement = Agreement.objects.get(source_id=internship.pk)
    amending.propose_amendment(
        agreement_id=agreement.pk,
        actor=world.enterprise.actor,
        changes={"remarks": "学生交押金 500 元，报酬由劳务公司代发"},
        effective_from=datetime.date(2026, 4, 20),
        reason="补充约定费用",
        now=LATER,
    )
    with pytest.raises(DomainError, match="IN-23"):
        sending.send_for_signature(agreement_id=agreement.pk, actor=world.school.actor, now=LATER)


def test_an_agreement_that_leaves_a_matter_open_is_not_signed(world: World) -> None:
    agreement = Agreement.objects.get(source_id=at_work(world).pk)
    terms = {**latest_terms(agreement=agreement), "board": None, "breach": ""}
    found = findings_of_internship(agreement=agreement, terms=terms, on=LATER.date(), step="amend")
    blocking = [finding.sentence for finding in found if finding.blocks]
    assert ["食宿" in blocking[0], "违约" in blocking[1]] == [True, True]
    assert all("IN-15" in sentence for sentence in blocking)


def test_a_signed_amendment_raises_the_pay_on_its_day(world: World) -> None:
    internship = at_work(world)
    agreement = Agreement.objects.get(source_id=internship.pk)
    amending.propose_amendment(
        agreement_id=agreement.pk,
        actor=world.enterprise.actor,
        changes={"pay": 3_600},
        effective_from=datetime.date(2026, 4, 20),
        reason="考核合格，提高报酬",
        now=LATER,
    )
    sending.send_for_signature(agreement_id=agreement.pk, actor=world.school.actor, now=LATER)
    sign_all(world, agreement, now=LATER)
    assert take_terms(internship_id=internship.pk, now=LATER).pay == 3_400
    on_the_day = stage.local_now(datetime.date(2026, 4, 20))
    assert take_terms(internship_id=internship.pk, now=on_the_day).pay == 3_600
    open_month(month=LATER.date().replace(day=1), actor=system_actor())
    row = internship.pay_records.get()
    assert [part["first"] for part in row.parts][1:] == ["2026-04-20"]
    assert [part["monthly_pay"] for part in row.parts] == ["3400.00", "3600.00"]
    assert (row.parts[1]["days"], row.parts[1]["amount"]) == (11, "1320.00")
    assert row.due_amount == Decimal(row.parts[0]["amount"]) + Decimal("1320.00")


def test_a_change_of_post_waits_for_the_signatures(world: World) -> None:
    internship = at_work(world)
    other = stage.make_post(world, title="质量检测", address="高新区一厂", pay=3_500)
    day = datetime.date(2026, 4, 20)
    propose_move(
        internship_id=internship.pk,
        post_id=other.pk,
        on=day,
        reason="轮岗学习检测",
        actor=world.school.actor,
        now=LATER,
    )
    assert complete_due_moves(now=stage.local_now(day)) == 0
    sign_all(world, Agreement.objects.get(source_id=internship.pk), now=LATER)
    assert complete_due_moves(now=LATER) == 0
    assert complete_due_moves(now=stage.local_now(day)) == 1
    internship.refresh_from_db()
    assert internship.post_id == other.pk
    assert [p.ends_on for p in internship.post_periods.order_by("starts_on")] == [day, None]


def test_nobody_moves_to_a_forbidden_post(world: World) -> None:
    internship = at_work(world)
    other = stage.make_post(world, title="高处安装", hazards=["height"])
    with pytest.raises(DomainError, match="IN-19"):
        propose_move(
            internship_id=internship.pk,
            post_id=other.pk,
            on=datetime.date(2026, 4, 20),
            reason="轮岗",
            actor=world.school.actor,
            now=LATER,
        )


def test_interruption_and_return(world: World) -> None:
    internship = at_work(world)
    interrupt_internship(
        internship_id=internship.pk, actor=world.enterprise.actor, reason="设备检修", now=LATER
    )
    back = resume_internship(
        internship_id=internship.pk,
        actor=world.school.actor,
        now=LATER + datetime.timedelta(days=7),
    )
    assert back.state == InternshipState.IN_POST
    [gap] = back.interruptions.all()
    assert (gap.ends_on - gap.starts_on).days == 7


def test_a_student_may_leave_and_is_free_the_next_day(world: World) -> None:
    internship = at_work(world)
    end_early(internship_id=internship.pk, actor=world.student.actor, reason="升学备考", now=LATER)
    internship.refresh_from_db()
    assert (internship.state, internship.ended_by) == (InternshipState.ENDED_EARLY, "student")
    assert internship.ended_on == LATER.date()
    assert internship.ends_on == LATER.date() + datetime.timedelta(days=1)
    assert Agreement.objects.get(source_id=internship.pk).state == AgreementState.TERMINATED


def test_an_early_end_needs_a_reason(world: World) -> None:
    internship = at_work(world)
    with pytest.raises(DomainError, match="请写明原因"):
        end_early(internship_id=internship.pk, actor=world.school.actor, reason=" ", now=LATER)


def test_the_night_after_the_term_finishes_it_once(world: World) -> None:
    internship = at_work(world)
    night = stage.local_now(stage.ENDS)
    assert close_due(now=night) == 1
    assert close_due(now=night) == 0
    internship.refresh_from_db()
    assert internship.state == InternshipState.FINISHED
    assert internship.ended_on == stage.ENDS - datetime.timedelta(days=1)


def test_who_never_began_is_cancelled_with_the_term(world: World) -> None:
    internship = ready(world)
    close_due(now=stage.local_now(stage.ENDS))
    internship.refresh_from_db()
    assert (internship.state, internship.ended_by) == (InternshipState.CANCELLED, "system")


def test_a_cancelled_arrangement_takes_its_agreement_along(world: World) -> None:
    internship = prepared(world)
    agreement = make_agreement(
        internship_id=internship.pk, actor=world.school.actor, now=BEFORE, send=True
    )
    cancel_internship(
        internship_id=internship.pk, actor=world.school.actor, reason="学生参军", now=BEFORE
    )
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.WITHDRAWN


def test_the_end_of_the_agreement_ends_the_internship(world: World) -> None:
    internship = at_work(world)
    Internship.objects.filter(pk=internship.pk).update(ends_on=datetime.date(2099, 1, 1))
    agreement = Agreement.objects.get(source_id=internship.pk)
    event = AgreementTerminated(
        agreement_id=agreement.pk,
        kind=agreement.kind,
        source=agreement.source,
        source_id=internship.pk,
    )
    end_with_agreement(event)
    end_with_agreement(event)
    internship.refresh_from_db()
    assert (internship.state, internship.ended_by) == (InternshipState.ENDED_EARLY, "system")
