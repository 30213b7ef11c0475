"""Site visits: chosen by rule, by two people without another part, signed by all."""

from __future__ import annotations

import datetime
import io
from decimal import Decimal

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.utils import timezone
from PIL import Image

from silian.casework.reviews.choices.dossiers import DossierState, SeatRole
from silian.casework.reviews.choices.judging import VisitState
from silian.casework.reviews.commands.visits import (
    VisitPlan,
    add_visit_photo,
    arrange_visit,
    cancel_visit,
    choose_visits,
    end_visit,
    remark_on_visit,
    report_visit,
    sign_visit,
)
from silian.casework.reviews.models import (
    Campaign,
    CriterionResult,
    Dossier,
    DossierSeat,
    SiteVisit,
)
from silian.casework.reviews.queries.visits import people_who_may_visit, waiting_visits
from silian.foundation.kernel.errors import DomainError, NotAllowed, WrongState
from silian.foundation.kernel.files import files_of
from tests.casework.reviews.stage import colleague, enterprises, make_dossiers
from tests.casework.reviews.stage_judging import (
    FULL,
    drawn,
    hand_in,
    judged_campaign,
    pool_of,
    waiting_dossier,
)
from tests.world import World, make_member

FOUND = {"site": {"points": "8", "note": "设备在位，与申报一致"}}


def picture() -> SimpleUploadedFile:
    """A small photo."""
    target = io.BytesIO()
    Image.new("RGB", (8, 8), "white").save(target, "PNG")
    return SimpleUploadedFile("site.png", target.getvalue(), content_type="image/png")


def visited_campaign(world: World, rule: str = "every", **procedure: str) -> Campaign:
    return judged_campaign(world, procedure={"experts": "0", "visit": rule, **procedure})


@pytest.fixture
def visit(world: World) -> SiteVisit:
    """A chosen visit with the reviewer and a colleague."""
    campaign = visited_campaign(world)
    waiting_dossier(world, campaign, state=DossierState.VISIT)
    made = choose_visits(campaign_id=campaign.pk, actor=world.coordinator.actor)[0]
    world.people["second"] = colleague(world)
    plan = plan_of(world, world.reviewer.actor.user_id, world.second.actor.user_id)
    return arrange_visit(visit_id=made.pk, plan=plan, actor=world.coordinator.actor)


def plan_of(world: World, *people: int | None, **facts: object) -> VisitPlan:
    given = {"planned_on": timezone.localdate(), "place": "高新区一号厂房", **facts}
    return VisitPlan(visitors=[pk for pk in people if pk], **given)  # type: ignore[arg-type]


def report(visit: SiteVisit, world: World, **facts: object) -> SiteVisit:
    given = {"visited_on": timezone.localdate(), "findings": FOUND, "summary": "相符", **facts}
    return report_visit(visit_id=visit.pk, actor=world.reviewer.actor, **given)  # type: ignore[arg-type]


def test_every_dossier_is_chosen_when_the_scheme_says_so(world: World) -> None:
    campaign = visited_campaign(world)
    make_dossiers(campaign, enterprises(3), state=DossierState.VISIT)
    made = choose_visits(campaign_id=campaign.pk, actor=world.coordinator.actor)
    assert len(made) == 3
    assert made[0].chosen_because == "本项目逐一核查"
    with pytest.raises(DomainError, match="没有等待"):
        choose_visits(campaign_id=campaign.pk, actor=world.coordinator.actor)


def test_by_lot_and_near_the_line_are_chosen_and_the_others_go_on(world: World) -> None:
    campaign = visited_campaign(world, "chosen", visit_share="0.2", visit_near="3")
    rows = make_dossiers(campaign, enterprises(10), state=DossierState.VISIT)
    Dossier.objects.filter(pk=rows[0].pk).update(points=Decimal("58"))
    made = choose_visits(campaign_id=campaign.pk, actor=world.coordinator.actor)
    assert rows[0].pk in {row.dossier_id for row in made}
    assert 2 <= len(made) <= 3
    states = list(Dossier.objects.values_list("state", flat=True))
    assert states.count(DossierState.RANKED) == 10 - len(made)


def test_lots_need_the_seed(world: World) -> None:
    campaign = judged_campaign(world, seed="", procedure={"experts": "0", "visit": "chosen"})
    make_dossiers(campaign, enterprises(2), state=DossierState.VISIT)
    with pytest.raises(WrongState, match="种子"):
        choose_visits(campaign_id=campaign.pk, actor=world.coordinator.actor)


def test_only_the_organiser_chooses_and_arranges(world: World, visit: SiteVisit) -> None:
    campaign = visit.dossier.campaign
    with pytest.raises(NotAllowed):
        choose_visits(campaign_id=campaign.pk, actor=world.reviewer.actor)
    with pytest.raises(NotAllowed):
        arrange_visit(visit_id=visit.pk, plan=plan_of(world), actor=world.enterprise.actor)
    with pytest.raises(NotAllowed):
        cancel_visit(visit_id=visit.pk, reason="改期", actor=world.reviewer.actor)


def test_visitors_take_their_seat(world: World, visit: SiteVisit) -> None:
    seats = DossierSeat.objects.filter(dossier=visit.dossier)
    assert set(seats.values_list("role", flat=True)) == {SeatRole.VISITOR}
    assert list(waiting_visits(world.reviewer.actor)) == [visit]


def test_one_visitor_is_not_enough(world: World, visit: SiteVisit) -> None:
    with pytest.raises(DomainError, match="至少 2 人"):
        arrange_visit(
            visit_id=visit.pk,
            plan=plan_of(world, world.reviewer.actor.user_id),
            actor=world.coordinator.actor,
        )


def test_the_applicant_s_people_do_not_visit(world: World, visit: SiteVisit) -> None:
    insider = make_member(
        username="insider", organisation=world.enterprise.organisation, role="agent"
    )
    with pytest.raises(DomainError, match="申报单位的人员"):
        arrange_visit(
            visit_id=visit.pk,
            plan=plan_of(world, world.reviewer.actor.user_id, insider.actor.user_id),
            actor=world.coordinator.actor,
        )


def test_who_scored_does_not_visit(world: World) -> None:
    campaign = judged_campaign(world, procedure={"visit": "every"})
    pool_of(2)
    dossier = waiting_dossier(world, campaign)
    tasks = drawn(world, campaign)
    for task in tasks:
        hand_in(task, FULL)
    made = choose_visits(campaign_id=campaign.pk, actor=world.coordinator.actor)[0]
    people = people_who_may_visit(dossier, on=timezone.localdate())
    assert tasks[0].expert.user not in people
    assert world.reviewer.user in people
    with pytest.raises(DomainError, match="评审专家"):
        arrange_visit(
            visit_id=made.pk,
            plan=plan_of(world, world.reviewer.actor.user_id, tasks[0].expert.user_id),
            actor=world.coordinator.actor,
        )


def test_strangers_are_not_on_the_list(world: World, visit: SiteVisit) -> None:
    with pytest.raises(DomainError, match="名单"):
        arrange_visit(
            visit_id=visit.pk,
            plan=plan_of(world, world.reviewer.actor.user_id, world.school.actor.user_id),
            actor=world.coordinator.actor,
        )


@pytest.mark.parametrize(
    ("facts", "match"),
    [
        ({"planned_on": timezone.localdate() - datetime.timedelta(days=1)}, "早于今天"),
        ({"place": " "}, "地点"),
    ],
)
def test_a_wrong_plan_is_refused(
    facts: dict[str, object], match: str, world: World, visit: SiteVisit
) -> None:
    people = (world.reviewer.actor.user_id, world.second.actor.user_id)
    with pytest.raises(DomainError, match=match):
        arrange_visit(
            visit_id=visit.pk,
            plan=plan_of(world, *people, **facts),
            actor=world.coordinator.actor,
        )


def test_the_second_signature_ends_the_visit_and_the_dossier_goes_on(
    world: World, visit: SiteVisit
) -> None:
    report(visit, world)
    visit.refresh_from_db()
    assert visit.state == VisitState.REPORTED
    sign_visit(visit_id=visit.pk, actor=world.second.actor)
    visit.refresh_from_db()
    dossier = Dossier.objects.get(pk=visit.dossier_id)
    assert visit.state == VisitState.DONE
    assert dossier.state == DossierState.RANKED
    assert CriterionResult.objects.get(criterion="site").points == 8
    assert dossier.points == 8


def test_one_signature_alone_ends_nothing(world: World, visit: SiteVisit) -> None:
    report(visit, world)
    sign_visit(visit_id=visit.pk, actor=world.reviewer.actor)
    visit.refresh_from_db()
    assert visit.state == VisitState.REPORTED


def test_a_change_asks_for_every_signature_anew(world: World, visit: SiteVisit) -> None:
    report(visit, world)
    report_visit(
        visit_id=visit.pk,
        visited_on=timezone.localdate(),
        findings=FOUND,
        summary="部分相符",
        actor=world.second.actor,
    )
    signed = {row.user_id for row in visit.visitors.filter(signed_at__isnull=False)}
    assert signed == {world.second.actor.user_id}


@pytest.mark.parametrize(
    ("facts", "match"),
    [
        ({"findings": {}}, "还有 1 项"),
        ({"summary": " "}, "结论"),
        ({"visited_on": timezone.localdate() + datetime.timedelta(days=1)}, "晚于今天"),
    ],
)
def test_an_incomplete_report_is_refused(
    facts: dict[str, object], match: str, world: World, visit: SiteVisit
) -> None:
    with pytest.raises(DomainError, match=match):
        report(visit, world, **facts)


def test_others_neither_report_nor_sign(world: World, visit: SiteVisit) -> None:
    report(visit, world)
    for actor in (world.coordinator.actor, world.enterprise.actor):
        with pytest.raises(NotAllowed):
            sign_visit(visit_id=visit.pk, actor=actor)
        with pytest.raises(NotAllowed):
            report_visit(
                visit_id=visit.pk,
                visited_on=timezone.localdate(),
                findings=FOUND,
                summary="相符",
                actor=actor,
            )


def test_photos_go_with_the_findings(world: World, visit: SiteVisit) -> None:
    add_visit_photo(visit_id=visit.pk, upload=picture(), actor=world.reviewer.actor)
    photo = files_of(visit).get()
    url = f"/files/{photo.pk}/view/"
    answers = {
        name: world.people[name].client.get(url) for name in ("reviewer", "enterprise", "rival")
    }
    assert b"".join(answers["reviewer"].streaming_content)
    assert {name: answer.status_code for name, answer in answers.items()} == {
        "reviewer": 200,
        "enterprise": 404,
        "rival": 404,
    }


def test_the_applicant_reads_findings_once_all_signed_and_remarks_once(
    world: World, visit: SiteVisit
) -> None:
    report(visit, world)
    url = f"/reviews/visits/{visit.pk}/"
    assert "设备在位" not in world.enterprise.client.get(url).content.decode()
    with pytest.raises(WrongState):
        remark_on_visit(visit_id=visit.pk, text="已整改", actor=world.enterprise.actor)
    sign_visit(visit_id=visit.pk, actor=world.second.actor)
    assert "设备在位" in world.enterprise.client.get(url).content.decode()
    remark_on_visit(visit_id=visit.pk, text="已整改", actor=world.enterprise.actor)
    with pytest.raises(DomainError, match="已经提交"):
        remark_on_visit(visit_id=visit.pk, text="再说", actor=world.enterprise.actor)
    with pytest.raises(NotAllowed):
        remark_on_visit(visit_id=visit.pk, text="冒名", actor=world.rival.actor)


def test_where_everybody_is_visited_nothing_is_cancelled(world: World, visit: SiteVisit) -> None:
    with pytest.raises(DomainError, match="逐一核查"):
        cancel_visit(visit_id=visit.pk, reason="没有时间", actor=world.coordinator.actor)


def test_a_cancelled_visit_lets_the_dossier_go_on(world: World) -> None:
    campaign = visited_campaign(world, "chosen", visit_share="1")
    dossier = waiting_dossier(world, campaign, state=DossierState.VISIT)
    made = choose_visits(campaign_id=campaign.pk, actor=world.coordinator.actor)[0]
    with pytest.raises(DomainError, match="原因"):
        cancel_visit(visit_id=made.pk, reason=" ", actor=world.coordinator.actor)
    cancel_visit(visit_id=made.pk, reason="厂区停产检修", actor=world.coordinator.actor)
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RANKED


def test_a_withdrawn_dossier_ends_its_visit(visit: SiteVisit) -> None:
    assert end_visit(dossier_id=visit.dossier_id) == 1
    visit.refresh_from_db()
    assert visit.state == VisitState.CANCELLED
