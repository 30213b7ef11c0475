"""Claims are public before they are paid; objections are heard; then they are approved."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.governance.incentives.choices.claims import ClaimState, ObjectionState
from silian.governance.incentives.commands.claim_notices import (
    Objector,
    answer_objection,
    end_notice,
    publish_notice,
    raise_objection,
)
from silian.governance.incentives.models import ClaimNotice, ClaimPayment
from tests.governance.incentives.claim_review.stage import (
    NOW,
    at,
    handed_in,
    make_claim,
    make_set,
    notice_line,
    objection,
    step,
)
from tests.world import World

pytestmark = pytest.mark.django_db
AFTER = datetime.date(2026, 3, 26)
SOMEBODY = Objector(name="知情人", contact="13800000000")


def published(world: World, *claims: object) -> ClaimNotice:
    return publish_notice(
        call_id=claims[0].call_id, claim_ids=[claim.pk for claim in claims],  # type: ignore[attr-defined]
        title="拟拨付公示", contact="0398-0000000", actor=world.reviewer.actor, now=NOW,
    )  # fmt: skip


def test_agreed_claims_are_published_for_the_days_of_the_call(world: World) -> None:
    given = make_set(world)
    claim = make_claim(world, given, state=ClaimState.AGREED, submitted_at=NOW, entitled=1200)
    notice = published(world, claim)
    line = notice.lines.get()
    assert notice.ends_on == datetime.date(2026, 3, 25)
    assert (line.organisation_name, line.heads, line.amount) == (claim.organisation.name, 2, 1200)
    claim.refresh_from_db()
    assert claim.state == ClaimState.NOTICE


def test_a_claim_that_was_not_agreed_to_is_not_published(world: World) -> None:
    claim = handed_in(world, make_set(world))
    with pytest.raises(DomainError, match="不能公示"):
        published(world, claim)


def test_only_the_lead_department_publishes(world: World) -> None:
    given = make_set(world)
    claim = make_claim(world, given, state=ClaimState.AGREED, submitted_at=NOW)
    with pytest.raises(NotAllowed):
        publish_notice(
            call_id=given.call.pk, claim_ids=[claim.pk], title="公示", contact="信箱",
            actor=given.labour.actor, now=NOW,
        )  # fmt: skip


def test_nothing_is_approved_before_the_notice_is_over(world: World) -> None:
    line = notice_line(world, make_set(world))
    with pytest.raises(DomainError, match="期满后才能批准"):
        end_notice(
            notice_id=line.notice_id, actor=world.reviewer.actor, now=at(line.notice.ends_on)
        )
    line.claim.refresh_from_db()
    assert line.claim.state == ClaimState.NOTICE
    assert not ClaimPayment.objects.exists()


def test_a_notice_that_is_over_approves_its_claims_and_promises_the_money(world: World) -> None:
    given = make_set(world)
    line = notice_line(world, given)
    end_notice(notice_id=line.notice_id, actor=world.reviewer.actor, now=at(AFTER))
    line.claim.refresh_from_db()
    payment = line.claim.payments.get()
    assert line.claim.state == ClaimState.APPROVED
    assert (payment.kind, payment.amount) == ("full", line.claim.entitled)


def test_money_that_the_line_lacks_approves_nothing(world: World) -> None:
    line = notice_line(world, make_set(world, budget="100"))
    with pytest.raises(DomainError, match="可用"):
        end_notice(notice_id=line.notice_id, actor=world.reviewer.actor, now=at(AFTER))
    line.claim.refresh_from_db()
    assert line.claim.state == ClaimState.NOTICE


def test_anybody_may_object_while_the_notice_runs(world: World) -> None:
    line = notice_line(world, make_set(world))
    row = raise_objection(
        line_id=line.pk, text="学生没有到岗", objector=SOMEBODY, actor=Actor(), now=NOW
    )
    assert (row.name, row.contact) == ("知情人", "13800000000")
    assert "知情人" not in row.name_cipher
    with pytest.raises(DomainError, match="不再受理"):
        raise_objection(
            line_id=line.pk, text="晚了", objector=SOMEBODY, actor=Actor(), now=at(AFTER)
        )


def test_open_objections_keep_the_claims_from_approval(world: World) -> None:
    line = notice_line(world, make_set(world))
    row = objection(line)
    with pytest.raises(DomainError, match="1 条异议没有答复"):
        end_notice(notice_id=line.notice_id, actor=world.reviewer.actor, now=at(AFTER))
    answer_objection(
        objection_id=row.pk, upheld=False, answer="查考勤，均到岗", actor=world.reviewer.actor,
        now=NOW,
    )  # fmt: skip
    end_notice(notice_id=line.notice_id, actor=world.reviewer.actor, now=at(AFTER))
    line.claim.refresh_from_db()
    assert line.claim.state == ClaimState.APPROVED


def test_an_objection_that_is_right_sends_the_claim_back_to_the_decision(world: World) -> None:
    given = make_set(world)
    claim = handed_in(world, given)
    claim.steps.update(state="agreed", answered_at=NOW, opened_on=NOW, due_on=NOW)
    claim.state = ClaimState.AGREED
    claim.decided_by = world.reviewer.user
    claim.save()
    notice = published(world, claim)
    row = objection(notice.lines.get())
    answer_objection(
        objection_id=row.pk, upheld=True, answer="两人确未到岗", actor=world.reviewer.actor, now=NOW
    )
    claim.refresh_from_db()
    row.refresh_from_db()
    assert (claim.state, row.state) == (ClaimState.REVIEW, ObjectionState.UPHELD)
    assert (step(claim, 3).round, step(claim, 3).state) == (2, "open")
    end_notice(notice_id=notice.pk, actor=world.reviewer.actor, now=at(AFTER))
    claim.refresh_from_db()
    assert claim.state == ClaimState.REVIEW


def test_the_public_page_shows_units_and_amounts_and_no_objector(world: World) -> None:
    line = notice_line(world, make_set(world))
    objection(line)
    page = world.anonymous.client.get(line.notice.get_absolute_url()).content.decode()
    assert line.organisation_name in page
    assert "1,200" in page
    assert "某人" not in page
    assert "学生没有到岗" not in page
    own = world.reviewer.client.get(line.notice.get_absolute_url()).content.decode()
    assert "学生没有到岗" in own
