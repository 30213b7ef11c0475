"""``silian demo batch`` with few applicants: every turn of the story happens and is checked."""

from __future__ import annotations

import datetime
import io
from collections.abc import Iterator

import pytest
from django.core.management import CommandError, call_command
from django.urls import get_resolver, reverse
from django.utils import timezone

from config.command_line import django_name
from silian.casework.reviews.choices.deciding import DecisionGround, ObjectionState
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, OpinionState
from silian.casework.reviews.choices.judging import AssignmentState
from silian.casework.reviews.choices.recognitions import RecheckState, RecognitionState
from silian.casework.reviews.demo.batch.applying import TITLE
from silian.casework.reviews.demo.batch.cast import PREFIX
from silian.casework.reviews.demo.dossiers import ENTERPRISE_SCHEME, MARK, UNITS
from silian.casework.reviews.demo.versions import version_in_force
from silian.casework.reviews.models import (
    Appeal,
    Assignment,
    Ban,
    Campaign,
    Certificate,
    DossierSeat,
    MaterialFix,
    Moderation,
    Objection,
    Opinion,
    Recheck,
    Recognition,
    Removal,
    SiteVisit,
    Vote,
)
from silian.registers.accounts.models import User
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.organisations.demo.codes import demonstration_uscc
from silian.registers.organisations.models import Organisation
from tests.casework.reviews import stage
from tests.world import CITY, COUNTY, TODAY, Person, World, make_organisation, sign_in

APPLICANTS = 8


def make_city() -> None:
    """The few units of a city that the story needs, and the published scheme."""
    for name in UNITS.values():
        if not Organisation.objects.filter(name=name + MARK).exists():
            make_organisation(name=name + MARK, kind=OrganisationKind.GOVERNMENT, division_id=CITY)
    for place in range(3):
        make_organisation(name=f"青澜产业研究院{place}{MARK}", kind=OrganisationKind.INSTITUTE)
    firms = stage.enterprises(APPLICANTS, prefix="演示申报企业")
    for place, firm in enumerate(firms):
        firm.uscc = demonstration_uscc(authority="91", division=COUNTY, number=9000 + place)
    Organisation.objects.bulk_update(firms, ["uscc"])
    owner = Organisation.objects.get(name=UNITS["发展改革"] + MARK)
    version_in_force(ENTERPRISE_SCHEME, owner=owner, published_at=timezone.now())


def told(*, applicants: int = APPLICANTS) -> str:
    out = io.StringIO()
    call_command("demo_batch", applicants=applicants, seed=7, on=TODAY, stdout=out)
    return out.getvalue()


def test_the_story_goes_from_the_call_to_a_ban(world: World) -> None:
    make_city()
    said = told()

    campaign = Campaign.objects.get(title__endswith=TITLE)
    dossiers = campaign.dossiers
    assert campaign.state == CampaignState.CONCLUDED
    assert dossiers.count() == APPLICANTS
    assert set(dossiers.values_list("state", flat=True)) == {
        DossierState.RECOGNISED,
        DossierState.REJECTED,
        DossierState.WITHDRAWN,
    }
    credit = dossiers.get(end_reason__contains="信用名录没有有效的失信记录")
    assert credit.ended_stage == DossierState.SUBMITTED
    assert dossiers.filter(end_reason__contains="在本省注册").count() == 1
    assert MaterialFix.objects.get(answered_at__isnull=False).dossier.campaign == campaign
    check_judging(campaign)
    check_deciding(campaign)
    check_exit(campaign, world=world, said=said)
    check_nothing_for_a_competitor(campaign)
    check_clock(campaign)
    seats = DossierSeat.objects.filter(dossier__campaign=campaign)
    assert seats.count() == len(set(seats.values_list("dossier_id", "user_id")))


def check_judging(campaign: Campaign) -> None:
    """Silence, a public draw with a recusal, blind scores, a divergence, visits by two."""
    opinions = Opinion.objects.filter(dossier__campaign=campaign)
    went_on = opinions.exclude(dossier__state=DossierState.WITHDRAWN)
    assert not went_on.filter(state=OpinionState.ASKED).exists()
    tasks = Assignment.objects.filter(dossier__campaign=campaign)
    assert tasks.filter(state=AssignmentState.CONFLICTED).count() == 1
    assert campaign.draws.filter(occasion="专家回避后补抽").count() == 1
    assert Moderation.objects.filter(dossier__campaign=campaign, moderated_at__isnull=False)
    visits = SiteVisit.objects.filter(dossier__campaign=campaign)
    assert {row.visitors.count() for row in visits} == {2}
    assert any(row["tied"] for row in campaign.ranking.rows)


def check_deciding(campaign: Campaign) -> None:
    """Votes, an objection answered, an appeal upheld in a notice of its own."""
    assert Vote.objects.filter(meeting__campaign=campaign, ballot="recused").count() == 1
    objection = Objection.objects.get(dossier__campaign=campaign)
    assert objection.state == ObjectionState.DISMISSED
    appeals = Appeal.objects.filter(decision__dossier__campaign=campaign).order_by("pk")
    assert [row.state for row in appeals] == [ObjectionState.UPHELD, ObjectionState.DISMISSED]
    assert campaign.notices.count() == 2
    winner = appeals[0].decision.dossier
    assert winner.state == DossierState.RECOGNISED
    assert winner.decisions.filter(ground=DecisionGround.APPEAL).count() == 1


def check_exit(campaign: Campaign, *, world: World, said: str) -> None:
    """One of the certified lost its status; the public page says so, and it cannot come again."""
    rows = Recognition.objects.filter(dossier__campaign=campaign)
    removed = rows.get(state=RecognitionState.REMOVED)
    assert rows.filter(state=RecognitionState.CERTIFIED).count() == rows.count() - 1
    assert Certificate.objects.filter(recognition__in=rows).count() == 2 * rows.count()
    assert Recheck.objects.get(state=RecheckState.FAILED).recognition == removed
    ban = Ban.objects.get(organisation=removed.holder)
    assert ban.ends_on == ban.starts_on.replace(year=ban.starts_on.year + 5)
    url = reverse("reviews:recognition_check_code", args=[removed.check_code])
    page = world.anonymous.client.get(url).content.decode()
    assert "证书作废" in page
    assert "认定有效" not in page
    assert f"拒绝：贵单位在 {ban.ends_on:%Y年%m月%d日} 之前不能申报" in said


def check_nothing_for_a_competitor(campaign: Campaign) -> None:
    """The agent of another applicant gets 404 at every address of a rival's file, both ways."""
    own = campaign.dossiers.get(state=DossierState.WITHDRAWN)
    person = Person(
        user=User.objects.get(username=f"{PREFIX}agent-{own.applicant_id}"),
        organisation=own.applicant,
    )
    sign_in([person])
    tried = 0
    for name, kwargs in addresses_of_rivals(campaign):
        url = reverse(f"reviews:{name}", kwargs=kwargs)
        found = {person.client.get(url).status_code, person.client.post(url).status_code}
        assert 404 in found, (name, found)
        assert found <= {404, 405}, (name, found)
        tried += 1
    assert tried >= 40, "every kind of id is among them"


def addresses_of_rivals(campaign: Campaign) -> Iterator[tuple[str, dict[str, object]]]:
    """Every address of reviews with an id that belongs to one applicant's file."""
    removal = Removal.objects.get(recognition__dossier__campaign=campaign)
    dossier = removal.recognition.dossier
    visit = SiteVisit.objects.filter(dossier__campaign=campaign).first()
    appeal = Appeal.objects.filter(decision__dossier__campaign=campaign).first()
    assert visit is not None
    assert appeal is not None
    ids: dict[str, object] = {
        "dossier_id": dossier.pk,
        "evidence_id": dossier.evidence.values_list("pk", flat=True)[0],
        "opinion_id": dossier.opinions.values_list("pk", flat=True)[0],
        "assignment_id": dossier.assignments.values_list("pk", flat=True)[0],
        "visit_id": visit.pk,
        "objection_id": Objection.objects.get(dossier__campaign=campaign).pk,
        "appeal_id": appeal.pk,
        "recognition_id": removal.recognition_id,
        "duty_id": removal.recognition.duties.values_list("pk", flat=True)[0],
        "recheck_id": removal.recognition.rechecks.values_list("pk", flat=True)[0],
        "removal_id": removal.pk,
    }
    more = {"place": 1, "number": 1, "field": "registered_here", "name": "warn"}
    _, resolver = get_resolver().namespace_dict["reviews"]
    for pattern in resolver.url_patterns:
        asked = set(pattern.pattern.regex.groupindex)
        if asked & set(ids):
            yield pattern.name, {key: {**ids, **more}[key] for key in asked}


def check_clock(campaign: Campaign) -> None:
    """The story began years ago, and its clock stopped with it; it is told once."""
    assert campaign.announced_at is not None
    assert campaign.announced_at.year == TODAY.year - 3
    assert abs(timezone.now() - datetime.datetime.now(datetime.UTC)).total_seconds() < 5
    with pytest.raises(CommandError, match="已经生成"):
        told()
    assert Campaign.objects.filter(title__endswith=TITLE).count() == 1


def test_without_a_demonstration_city_it_says_what_to_do(world: World) -> None:
    with pytest.raises(CommandError, match="请先运行 silian demo"):
        told()


def test_too_few_applicants_are_refused(world: World) -> None:
    make_city()
    with pytest.raises(CommandError, match="申报单位应在 8 到"):
        told(applicants=3)


def test_two_words_name_the_command() -> None:
    assert django_name(["demo", "batch", "--seed", "3"]) == ["demo_batch", "--seed", "3"]
    assert django_name(["demo", "--scale", "0.1"]) == ["demo", "--scale", "0.1"]
