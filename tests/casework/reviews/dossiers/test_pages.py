"""Pages of calls, batches, applications, checks and opinions."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from silian.casework.reviews.choices.dossiers import CampaignState, DossierState, OpinionState
from silian.casework.reviews.commands.intake import accept_dossier, ask_fix
from silian.casework.reviews.models import Campaign, Dossier
from silian.registers.organisations.choices import Role
from tests.casework.reviews import stage
from tests.casework.reviews.dossiers.filling import filled, paper
from tests.world import World, make_member


@pytest.fixture
def campaign(world: World) -> Campaign:
    return stage.open_campaign(world)


def test_an_applicant_goes_from_the_call_to_a_number(world: World, campaign: Campaign) -> None:
    client = world.enterprise.client
    listed = client.get(reverse("reviews:dossier_open")).content.decode()
    assert campaign.title in listed
    assert "可申报 1 项" in listed
    start = reverse("reviews:dossier_start", args=[campaign.pk])
    assert "近三年接收实习不少于 60 人次" in client.get(start).content.decode()
    client.post(start)
    dossier = Dossier.objects.get()
    fill = reverse("reviews:dossier_fill", args=[dossier.pk, 1])
    answer = client.post(fill, {"founded_on": "2012-05-01", "co_runs": "no"})
    assert answer["Location"] == reverse("reviews:dossier_fill", args=[dossier.pk, 2])
    second = reverse("reviews:dossier_fill", args=[dossier.pk, 2])
    answer = client.post(second, {"hosted": "72", "plan": ""})
    submit = reverse("reviews:dossier_submit", args=[dossier.pk])
    assert answer["Location"] == submit
    assert "上传“近三年接收实习人次”的佐证材料" in client.get(submit).content.decode()
    assert client.post(submit).status_code == 422
    client.post(reverse("reviews:dossier_evidence", args=[dossier.pk, "hosted"]), {"file": paper()})
    assert client.post(submit).status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == DossierState.SUBMITTED
    assert str(dossier.number) in client.get(dossier.get_absolute_url()).content.decode()


def test_an_answer_opens_the_question_that_hangs_on_it(world: World, campaign: Campaign) -> None:
    dossier = stage.dossier_of(
        campaign, world.enterprise.organisation, state=DossierState.DRAFT, answers={}
    )
    url = reverse("reviews:dossier_fill", args=[dossier.pk, 1])
    client = world.enterprise.client
    said = {"founded_on": "2012-05-01", "co_runs": "yes"}
    assert "举办的院校" not in client.get(url).content.decode()
    part = client.post(f"{url}?route=1", said, headers={"hx-request": "true"})
    assert "举办的院校" in part.content.decode()
    assert "2012-05-01" in part.content.decode(), "what was typed stays"
    dossier.refresh_from_db()
    assert dossier.answers == {}, "asking keeps nothing"
    saved = client.post(url, said)
    assert saved["Location"] == url, "without script the same section asks what appeared"
    assert "举办的院校" in client.get(url).content.decode()


def test_what_was_typed_wrong_stays_on_the_page(world: World, campaign: Campaign) -> None:
    dossier = stage.dossier_of(
        campaign, world.enterprise.organisation, state=DossierState.DRAFT, answers={}
    )
    url = reverse("reviews:dossier_fill", args=[dossier.pk, 2])
    answer = world.enterprise.client.post(url, {"hosted": "很多", "plan": "扩大规模"})
    assert answer.status_code == 422
    assert "很多" in answer.content.decode()
    assert "扩大规模" in answer.content.decode()


def test_a_fix_shows_what_to_do_and_then_what_changed(world: World, campaign: Campaign) -> None:
    dossier = filled(world, campaign)
    client = world.enterprise.client
    client.post(reverse("reviews:dossier_submit", args=[dossier.pk]))
    ask_fix(
        dossier_id=dossier.pk,
        items=[{"field": "hosted", "text": "请补充协议"}],
        actor=world.reviewer.actor,
    )
    page = client.get(reverse("reviews:dossier_fill", args=[dossier.pk, 1])).content.decode()
    assert "请补充协议" in page
    assert "disabled" in page, "what was not asked cannot be changed"
    client.post(reverse("reviews:dossier_fill", args=[dossier.pk, 2]), {"hosted": "80"})
    client.post(reverse("reviews:dossier_submit", args=[dossier.pk]))
    check = world.reviewer.client.get(reverse("reviews:intake_check", args=[dossier.pk]))
    shown = check.content.decode()
    assert "72 人次" in shown
    assert "80 人次" in shown
    assert "通知补正</button>" not in shown, "no second time"


def test_the_check_keeps_what_was_typed_when_it_is_refused(
    world: World, campaign: Campaign
) -> None:
    dossier = stage.dossier_of(campaign, world.enterprise.organisation)
    url = reverse("reviews:intake_refuse", args=[dossier.pk])
    answer = world.reviewer.client.post(url, {"reason": "不是独立法人", "basis": ""})
    assert answer.status_code == 422
    assert "不是独立法人" in answer.content.decode()


def test_a_department_answers_from_its_inbox(world: World) -> None:
    dossier = stage.dossier_of(stage.with_levels(world), world.enterprise.organisation)
    accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)
    industry = stage.department(world, stage.INDUSTRY)
    opinion = dossier.opinions.get()
    url = reverse("reviews:opinion_give", args=[opinion.pk])
    assert url in industry.client.get(reverse("reviews:inbox")).content.decode()
    refused = industry.client.post(url, {"said": "disagree", "text": ""})
    assert refused.status_code == 422
    industry.client.post(url, {"said": "disagree", "text": "有欠薪记录"})
    opinion.refresh_from_db()
    assert opinion.state == OpinionState.DISAGREED
    mine = world.enterprise.client.get(dossier.get_absolute_url()).content.decode()
    assert "有欠薪记录" not in mine, "the applicant reads opinions when all is over"
    seen = world.reviewer.client.get(dossier.get_absolute_url()).content.decode()
    assert "有欠薪记录" in seen


ADDRESSES: list[tuple[str, str, dict[str, Any]]] = [
    ("get", "reviews:dossier_detail", {}),
    ("get", "reviews:dossier_version", {"number": 1}),
    ("get", "reviews:dossier_fill", {"place": 1}),
    ("post", "reviews:dossier_fill", {"place": 1}),
    ("post", "reviews:dossier_evidence", {"field": "hosted"}),
    ("get", "reviews:dossier_submit", {}),
    ("post", "reviews:dossier_submit", {}),
    ("post", "reviews:dossier_withdraw", {}),
    ("get", "reviews:intake_check", {}),
    ("post", "reviews:intake_accept", {}),
    ("post", "reviews:intake_fix", {}),
    ("post", "reviews:intake_refuse", {}),
]


def test_a_competitor_finds_nothing_of_a_dossier_at_any_address(
    world: World, campaign: Campaign
) -> None:
    dossier = filled(world, campaign)
    evidence = dossier.evidence.get()
    stage.dossier_of(campaign, world.rival.organisation, state=DossierState.DRAFT)
    world.enterprise.client.post(reverse("reviews:dossier_submit", args=[dossier.pk]))
    rival = world.rival.client
    for method, name, more in ADDRESSES:
        url = reverse(name, kwargs={"dossier_id": dossier.pk, **more})
        assert getattr(rival, method)(url).status_code == 404, name
    removal = reverse("reviews:evidence_remove", args=[evidence.pk])
    assert rival.post(removal).status_code == 404
    assert rival.get(reverse("kernel:file_download", args=[evidence.file_id])).status_code == 404
    assert str(dossier.number) not in rival.get(reverse("reviews:dossier_list")).content.decode()


def test_another_department_answers_no_opinion_that_is_not_its_own(world: World) -> None:
    dossier = stage.dossier_of(stage.with_levels(world), world.enterprise.organisation)
    accept_dossier(dossier_id=dossier.pk, actor=world.reviewer.actor)
    url = reverse("reviews:opinion_give", args=[dossier.opinions.get().pk])
    finance = stage.department(world, stage.FINANCE)
    for person in (finance, world.rival, world.enterprise, world.reviewer):
        assert person.client.get(url).status_code == 404


def test_an_official_who_also_belongs_to_a_competitor_reads_nothing(
    world: World, campaign: Campaign
) -> None:
    dossier = stage.dossier_of(campaign, world.enterprise.organisation)
    stage.dossier_of(campaign, world.rival.organisation)
    colleague = stage.colleague(world)
    assert colleague.client.get(dossier.get_absolute_url()).status_code == 200
    again = make_member(username="also", organisation=world.rival.organisation, role=Role.READER)
    membership = again.user.memberships.get()  # type: ignore[union-attr]
    membership.user = colleague.user
    membership.save()
    assert colleague.client.get(dossier.get_absolute_url()).status_code == 404


def test_supervisors_read_the_course_and_no_points(world: World, campaign: Campaign) -> None:
    dossier = stage.dossier_of(campaign, world.enterprise.organisation, points="88.50")
    shown = world.supervisor.client.get(dossier.get_absolute_url()).content.decode()
    assert "办理进度" in shown
    assert "88.5" not in shown
    assert "88.5" in world.coordinator.client.get(dossier.get_absolute_url()).content.decode()


def test_a_draft_is_read_by_its_applicant_only(world: World, campaign: Campaign) -> None:
    dossier = stage.dossier_of(campaign, world.enterprise.organisation, state=DossierState.DRAFT)
    assert world.enterprise.client.get(dossier.get_absolute_url()).status_code == 200
    for person in (world.coordinator, world.reviewer, world.supervisor, world.leader):
        assert person.client.get(dossier.get_absolute_url()).status_code == 404


@pytest.mark.parametrize("name", ["reviews:dossier_list", "reviews:inbox"])
def test_lists_of_dossiers_cost_the_same_with_3_and_with_30(
    world: World, campaign: Campaign, name: str, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(120) as queries:
            assert world.coordinator.client.get(reverse(name)).status_code == 200
        return len(queries)

    stage.many_dossiers(campaign, 3)
    asked()  # what is cached once
    few = asked()
    stage.make_dossiers(campaign, stage.enterprises(27, prefix="又一家"))
    assert asked() == few


def test_the_list_of_batches_costs_the_same_with_3_and_with_30(
    world: World, campaign: Campaign, django_assert_max_num_queries: Any
) -> None:
    def asked() -> int:
        with django_assert_max_num_queries(120) as queries:
            world.coordinator.client.get(reverse("reviews:campaign_list"))
        return len(queries)

    for number in (2, 3):
        stage.open_campaign(world, version=campaign.version, number=number)
    asked()
    few = asked()
    for number in range(4, 31):
        stage.open_campaign(world, version=campaign.version, number=number)
    assert asked() == few


def test_organisers_take_the_list_away(world: World, campaign: Campaign) -> None:
    stage.many_dossiers(campaign, 3)
    answer = world.coordinator.client.get(reverse("reviews:dossier_list"), {"export": "csv"})
    content = b"".join(answer) if answer.streaming else answer.content
    assert content.decode("utf-8-sig").count("企业") >= 3


def test_the_list_leaves_what_the_filters_choose(world: World, campaign: Campaign) -> None:
    first = stage.many_dossiers(campaign, 2)[0]
    url = reverse("reviews:dossier_list")
    found = world.coordinator.client.get(url, {"q": str(first.number)}).content.decode()
    assert "申报材料 1 份" in found
    none = world.coordinator.client.get(url, {"state": "ranked"}).content.decode()
    assert "申报材料 0 份" in none


def test_the_public_reads_the_call_with_conditions_and_regional_values(world: World) -> None:
    said = {"interns": {"value": "40", "reason": "企业规模小", "basis": "市办法第三条"}}
    campaign = stage.open_campaign(world, overrides=said, notice_text="欢迎申报")
    shown = world.anonymous.client.get(reverse("reviews:call_detail", args=[campaign.pk]))
    page = shown.content.decode()
    for words in ("欢迎申报", "企业规模小", "市办法第三条", "近三年接收实习不少于 60 人次"):
        assert words in page


def test_a_call_that_is_not_out_is_not_found(world: World) -> None:
    campaign = stage.open_campaign(world, state=CampaignState.DRAFT)
    url = reverse("reviews:call_detail", args=[campaign.pk])
    assert world.anonymous.client.get(url).status_code == 404


def test_a_batch_is_made_and_announced_in_the_browser(world: World) -> None:
    version = stage.published(world)
    client = world.coordinator.client
    chosen = client.post(reverse("reviews:campaign_choose"), {"version": version.pk})
    assert chosen["Location"] == reverse("reviews:campaign_new", args=[version.pk])
    form = {
        "year": "2026",
        "opens_on": "2026-11-01",
        "closes_on": "2099-12-01",
        "contact": "教育局",
        "notice_text": "请按通知申报",
        "value_interns": "40",
        "reason_interns": "企业规模小",
    }
    refused = client.post(chosen["Location"], form)
    assert refused.status_code == 422
    assert "理由和依据" in refused.content.decode()
    client.post(chosen["Location"], {**form, "basis_interns": "市办法第三条"})
    campaign = Campaign.objects.get()
    assert campaign.overrides["interns"]["value"] == "40"
    client.post(reverse("reviews:campaign_announce", args=[campaign.pk]))
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.OPEN
    shown = client.get(campaign.get_absolute_url()).content.decode()
    assert "同方案" in shown
    assert "企业规模小" in shown
