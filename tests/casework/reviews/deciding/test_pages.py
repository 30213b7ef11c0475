"""The pages of deciding: who reads them, what they show, what they keep secret."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.core import signing
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from silian.casework.reviews.choices.deciding import Ballot, ObjectionState
from silian.casework.reviews.choices.dossiers import CampaignState, DossierState
from silian.casework.reviews.commands.objections import (
    Findings,
    ask_applicant,
    settle_objection,
    take_objection,
)
from silian.casework.reviews.forms.notices import SALT
from silian.casework.reviews.models import (
    DecidingMeeting,
    Objection,
    PublicNotice,
    Ranking,
    Vote,
)
from tests.casework.reviews import stage as common
from tests.casework.reviews import stage_deciding as stage
from tests.world import World

TEXT = "该企业填报的实习人次与我们了解的不一致，可以核对名册。"


def get(client: Client, name: str, *args: object) -> Any:
    return client.get(reverse(f"reviews:{name}", args=args))


def post(client: Client, name: str, *args: object, **data: object) -> Any:
    return client.post(reverse(f"reviews:{name}", args=args), data)


def words(response: Any) -> str:
    return str(response.content.decode())


def own_notice(world: World) -> PublicNotice:
    return stage.noticed(world, stage.batch(world, ["90", "80"], own=True), passing=2)


def typed_earlier(monkeypatch: pytest.MonkeyPatch) -> str:
    """A form that was opened a minute ago."""
    signed: str = ""
    with monkeypatch.context() as patch:
        earlier = timezone.now().timestamp() - 60
        patch.setattr("django.core.signing.time.time", lambda: earlier)
        signed = signing.TimestampSigner(salt=SALT).sign("objection")
    return signed


def test_the_organiser_previews_fixes_and_calls(world: World) -> None:
    campaign = stage.batch(world, ["90", "80", "80"], quota=2)
    client = world.coordinator.client
    page = words(get(client, "ranking_detail", campaign.pk))
    assert "预览" in page
    assert "并列跨名额线 2 份由审定会选定" in page
    assert post(client, "ranking_fix", campaign.pk).status_code == 302
    assert Ranking.objects.count() == 1
    answer = post(
        client,
        "meeting_call",
        campaign.pk,
        held_on=timezone.localdate().isoformat(),
        place="三楼",
        members=[person.user.pk for person in stage.members(world) if person.user],
    )
    meeting = DecidingMeeting.objects.get()
    assert answer.url == reverse("reviews:meeting_detail", args=[meeting.pk])


def test_a_member_votes_on_all_with_an_exception(world: World) -> None:
    campaign = stage.batch(world)
    meeting = stage.opened(world, campaign)
    first, *_ = campaign.dossiers.order_by("rank")
    client = world.leader.client
    refused = post(
        client, "meeting_vote", meeting.pk, default="for", **{f"ballot-{first.pk}": "against"}
    )
    assert refused.status_code == 422
    assert "反对须写理由" in words(refused) or "须写明理由" in words(refused)
    assert not Vote.objects.exists()
    post(
        client,
        "meeting_vote",
        meeting.pk,
        default="for",
        **{f"ballot-{first.pk}": "against", f"reason-{first.pk}": "证明不足"},
    )
    assert sorted(Vote.objects.values_list("ballot", flat=True)) == ["against", "for", "for"]
    page = words(get(client, "meeting_detail", meeting.pk))
    assert "证明不足" in page


def test_the_meeting_ends_with_minutes_and_a_document(world: World) -> None:
    campaign = stage.batch(world)
    meeting = stage.decided(world, campaign, passing=2)
    answer = get(world.coordinator.client, "meeting_minutes", meeting.pk)
    assert answer["Content-Type"].endswith("wordprocessingml.document")
    assert answer.content[:2] == b"PK"
    page = words(get(world.coordinator.client, "meeting_detail", meeting.pk))
    assert "逐份讨论" in page


def test_the_organiser_opens_closes_publishes_and_concludes_on_pages(world: World) -> None:
    campaign = stage.batch(world, ["90"])
    meeting = stage.called(world, campaign)
    client = world.coordinator.client
    people = [person.user.pk for person in stage.members(world) if person.user]
    assert post(client, "meeting_open", meeting.pk, present=people).status_code == 302
    for person in stage.members(world):
        stage.vote(meeting, person, list(campaign.dossiers.all()), Ballot.FOR)
    assert post(client, "meeting_close", meeting.pk, minutes="").status_code == 422
    assert post(client, "meeting_close", meeting.pk, minutes="一致通过。").status_code == 302
    assert get(client, "notice_publish", campaign.pk).status_code == 200
    answer = post(client, "notice_publish", campaign.pk, contact="电话 0000", masked=["hosted"])
    notice = PublicNotice.objects.get()
    assert answer.url == reverse("reviews:notice_detail", args=[notice.pk])
    assert notice.masked == ["hosted"]
    stage.keep_days(notice)
    assert post(client, "notice_conclude", notice.pk).status_code == 302
    campaign.refresh_from_db()
    assert campaign.state == CampaignState.CONCLUDED


def test_anybody_objects_without_an_account_and_reads_the_answer_by_code(
    world: World, monkeypatch: pytest.MonkeyPatch
) -> None:
    notice = own_notice(world)
    visitor = world.anonymous.client
    assert "启衡精密制造" in words(get(visitor, "notice_detail", notice.pk))
    assert get(visitor, "notice_entry", notice.pk, 1).status_code == 200
    assert get(visitor, "objection_raise", notice.pk, 1).status_code == 200
    answer = post(
        visitor, "objection_raise", notice.pk, 1, text=TEXT, shown_at=typed_earlier(monkeypatch)
    )
    code = answer.context["code"]
    assert code in words(answer)
    found = post(visitor, "objection_lookup", code=code)
    assert "正在核查" in words(found)
    assert post(visitor, "objection_lookup", code="AAAABBBBCCCC").status_code == 422


@pytest.mark.parametrize(
    "data",
    [
        {"website": "http://spam.example"},
        {"shown_at": "objection:forged"},
        {"shown_at": "now"},
        {"text": ""},
    ],
)
def test_machines_and_empty_objections_are_refused(
    world: World, monkeypatch: pytest.MonkeyPatch, data: dict[str, str]
) -> None:
    notice = own_notice(world)
    if data.get("shown_at") == "now":
        data = {"shown_at": signing.TimestampSigner(salt=SALT).sign("objection")}
    given = {"text": TEXT, "shown_at": typed_earlier(monkeypatch), **data}
    answer = post(world.anonymous.client, "objection_raise", notice.pk, 1, **given)
    assert answer.status_code == 422
    assert not Objection.objects.exists()


def test_objections_are_bounded_in_number(world: World) -> None:
    notice = own_notice(world)
    client = world.anonymous.client
    statuses = [post(client, "objection_raise", notice.pk, 1).status_code for _ in range(11)]
    assert statuses[9:] == [422, 429]


def test_an_investigator_works_on_pages_and_the_applicant_is_heard(world: World) -> None:
    objection, _ = stage.objected(own_notice(world))
    client = world.reviewer.client
    assert post(client, "objection_take", objection.pk).status_code == 302
    assert "钱多多" not in words(get(client, "objection_detail", objection.pk))
    assert "钱多多" in words(post(client, "objection_contact", objection.pk))
    post(client, "objection_ask", objection.pk, question="请说明实习人次怎样统计。")
    page = words(get(world.enterprise.client, "hearing", objection.pk))
    assert "请说明实习人次怎样统计" in page
    post(world.enterprise.client, "hearing", objection.pk, statement="按名册统计。")
    answer = post(
        client,
        "objection_settle",
        objection.pk,
        is_upheld="no",
        findings="一致",
        answer="不属实。",
    )
    assert answer.status_code == 302
    objection.refresh_from_db()
    assert (objection.state, objection.statement) == (ObjectionState.DISMISSED, "按名册统计。")


def test_an_appeal_is_filed_taken_and_settled_on_pages(world: World) -> None:
    campaign = stage.batch(world, ["60", "80"], own=True)
    stage.decided(world, campaign, passing=1)
    dossier = campaign.dossiers.get(applicant=world.enterprise.organisation)
    page = words(get(world.enterprise.client, "dossier_detail", dossier.pk))
    assert "提出申诉" in page
    assert "反对 3 票" in page
    answer = post(world.enterprise.client, "appeal_file", dossier.pk, text="漏计一项证明。")
    assert answer.status_code == 302
    appeal = dossier.decisions.get().appeal
    client = world.supervisor.client
    assert post(client, "appeal_take", appeal.pk).status_code == 302
    answer = post(
        client, "appeal_settle", appeal.pk, result="new_look", stage="ranked", answer="重新审定。"
    )
    assert answer.status_code == 302
    dossier.refresh_from_db()
    assert dossier.state == DossierState.RANKED
    assert get(world.enterprise.client, "appeal_detail", appeal.pk).status_code == 200
    assert get(world.rival.client, "appeal_detail", appeal.pk).status_code == 404


def test_no_page_export_trail_or_notice_tells_the_applicant_who_objected(world: World) -> None:
    """The applicant opens every address that it may; name, contact and text stand on none."""
    notice = own_notice(world)
    objection, code = stage.objected(notice)
    take_objection(objection_id=objection.pk, actor=world.reviewer.actor)
    ask_applicant(objection_id=objection.pk, question="请说明人次。", actor=world.reviewer.actor)
    Objection.objects.filter(pk=objection.pk).update(
        asked_at=timezone.now() - datetime.timedelta(days=30)
    )
    settle_objection(
        objection_id=objection.pk,
        found=Findings(is_upheld=True, findings="查实", answer="属实，谢谢。", reason="人次不符。"),
        actor=world.reviewer.actor,
    )
    secrets = ["钱多多", "13911112222", objection.text[:20], code, "属实，谢谢"]
    client = world.enterprise.client
    dossier = objection.dossier
    pages = [
        get(client, "dossier_detail", dossier.pk),
        get(client, "hearing", objection.pk),
        get(client, "appeal_list"),
        get(client, "notice_detail", notice.pk),
        get(client, "notice_entry", notice.pk, 1),
        client.get(reverse("accounts:inbox")),
        client.get("/"),
        client.get(reverse("reviews:dossier_detail", args=[dossier.pk]), {"export": "xlsx"}),
        client.get(reverse("reviews:objection_list"), {"export": "csv"}),
    ]
    for page in pages:
        body = b"".join(page.streaming_content) if page.streaming else page.content
        for secret in secrets:
            assert secret not in body.decode(errors="ignore")
    for name in ("objection_detail", "objection_ask", "objection_settle", "objection_file"):
        assert get(client, name, objection.pk).status_code == 404
    for name in ("objection_take", "objection_contact"):
        assert post(client, name, objection.pk).status_code == 404


def test_a_rival_gets_nothing_by_swapping_numbers(world: World) -> None:
    notice = own_notice(world)
    objection, _ = stage.objected(notice)
    campaign, meeting = notice.campaign, DecidingMeeting.objects.get()
    dossier = objection.dossier
    for client in (world.rival.client, world.enterprise.client, world.school.client):
        for name in ("ranking_detail", "meeting_call", "notice_publish", "batch_overview"):
            assert get(client, name, campaign.pk).status_code == 404
        for name in ("meeting_detail", "meeting_vote", "meeting_close", "meeting_minutes"):
            assert get(client, name, meeting.pk).status_code == 404
        for name in ("ranking_fix", "archive_batch"):
            assert post(client, name, campaign.pk).status_code == 404
        assert post(client, "notice_conclude", notice.pk).status_code == 404
        assert post(client, "archive_dossier", dossier.pk).status_code == 404
    for name in ("appeal_file", "dossier_detail"):
        assert get(world.rival.client, name, dossier.pk).status_code == 404
    assert get(world.rival.client, "hearing", objection.pk).status_code == 404


def test_an_official_of_a_unit_that_applies_reads_nothing_of_the_batch(world: World) -> None:
    campaign = stage.batch(world)
    meeting = stage.opened(world, campaign)
    common.dossier_of(campaign, world.leader.organisation, state=DossierState.RANKED)
    assert get(world.leader.client, "ranking_detail", campaign.pk).status_code == 404
    assert get(world.leader.client, "meeting_detail", meeting.pk).status_code == 404


def test_the_overview_shows_stages_days_and_rates(world: World) -> None:
    campaign = stage.batch(world)
    notice = stage.noticed(world, campaign, passing=2)
    stage.keep_days(notice)
    post(world.coordinator.client, "notice_conclude", notice.pk)
    page = words(get(world.supervisor.client, "batch_overview", campaign.pk))
    assert "已提交 3 份" in page
    assert "高新区 2/3" in page
    assert "待审定" in page


def test_lists_cost_the_same_queries_for_few_and_many(world: World) -> None:
    notice = stage.noticed(world, stage.batch(world, ["80"] * 6), passing=6)
    client = world.coordinator.client
    pages = {"objection_list": (), "batch_overview": (notice.campaign_id,)}
    counts: dict[str, list[int]] = {name: [] for name in pages}
    for position, more in ((1, 1), (2, 1), (3, 8)):  # the first round fills the caches
        for _ in range(more):
            stage.objected(notice, position=position)
        for name, args in pages.items():
            with CaptureQueriesContext(connection) as queries:
                assert get(client, name, *args).status_code == 200
            counts[name].append(len(queries))
    assert [row[1] for row in counts.values()] == [row[2] for row in counts.values()]
