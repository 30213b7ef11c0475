"""Who is told what, once."""

from __future__ import annotations

import datetime
from collections.abc import Callable

from django.utils import timezone

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.campaigns import announce_campaign
from silian.casework.reviews.commands.dossiers import submit_dossier
from silian.casework.reviews.commands.intake import accept_dossier, ask_fix, refuse_dossier
from silian.casework.reviews.commands.opinions import give_opinion
from silian.casework.reviews.models import Dossier, Opinion
from silian.casework.reviews.tasks.dossiers import remind_before, settle_overdue
from silian.foundation.kernel.site_calendar import site_calendar
from silian.registers.accounts.models import Notification
from tests.casework.reviews import stage
from tests.casework.reviews.dossiers.filling import filled
from tests.world import Person, World

Run = Callable[[], None]
DAY = datetime.timedelta(days=1)


def told(person: Person) -> list[str]:
    rows = Notification.objects.filter(user=person.user).order_by("pk")
    return list(rows.values_list("title", flat=True))


def test_a_call_is_told_to_those_whom_it_concerns(world: World, run_jobs: Run) -> None:
    campaign = stage.open_campaign(world, state=CampaignState.DRAFT)
    announce_campaign(
        campaign_id=campaign.pk, actor=world.coordinator.actor, on=timezone.localdate()
    )
    run_jobs()
    assert told(world.enterprise) == [f"申报通知：{campaign.title}"]
    assert told(world.rival) == told(world.enterprise)
    assert told(world.school) == told(world.student) == []


def test_the_checkers_hear_of_what_comes_in_and_the_applicant_of_a_fix(
    world: World, run_jobs: Run
) -> None:
    dossier = filled(world, stage.open_campaign(world))
    submit_dossier(dossier_id=dossier.pk, actor=world.enterprise.actor)
    run_jobs()
    assert told(world.reviewer)[0].startswith("待形式审查")
    ask_fix(
        dossier_id=dossier.pk,
        items=[{"field": "hosted", "text": "补协议"}],
        actor=world.reviewer.actor,
    )
    run_jobs()
    assert told(world.enterprise)[-1].startswith("请补正")
    assert told(world.rival) == []


def test_a_refused_applicant_hears_the_reason(world: World, run_jobs: Run) -> None:
    dossier = stage.dossier_of(stage.open_campaign(world), world.enterprise.organisation)
    refuse_dossier(
        dossier_id=dossier.pk,
        reason="不是独立法人",
        basis="办法第四条",
        actor=world.reviewer.actor,
    )
    run_jobs()
    row = Notification.objects.get(user=world.enterprise.user, title__startswith="未通过")
    assert "不是独立法人" in row.detail


def asked(world: World) -> Dossier:
    dossier = stage.dossier_of(stage.with_levels(world), world.enterprise.organisation)
    return accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)


def test_a_department_is_asked_and_reminded_once(world: World, run_jobs: Run) -> None:
    opinion = asked(world).opinions.get()
    run_jobs()
    industry = stage.department(world, stage.INDUSTRY)
    assert told(industry)[0].startswith("请提出意见")
    assert opinion.due_on is not None
    day = site_calendar().add(opinion.due_on, days=-2)
    remind_before(on=day)
    remind_before(on=day)
    assert sum("到期" in title for title in told(industry)) == 1


def test_silence_is_reported_upward_where_the_scheme_says_so(world: World, run_jobs: Run) -> None:
    dossier = asked(world)
    first = dossier.opinions.get()
    give_opinion(
        opinion_id=first.pk,
        agrees=True,
        text="",
        actor=stage.department(world, stage.INDUSTRY).actor,
    )
    late = Opinion.objects.filter(dossier=dossier, state="asked")
    settle_overdue(on=max(row.due_on for row in late if row.due_on) + DAY)
    run_jobs()
    assert sum(title.startswith("督办") for title in told(world.supervisor)) == 2
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RANKED


def test_an_applicant_is_reminded_of_a_draft_before_the_end(world: World) -> None:
    campaign = stage.open_campaign(world)
    last_day = site_calendar().next_working(campaign.closes_on - DAY)
    stage.dossier_of(
        campaign, world.enterprise.organisation, state=DossierState.DRAFT, due_on=last_day
    )
    remind_before(on=site_calendar().add(last_day, days=-2))
    assert told(world.enterprise)[0].startswith("申报")
