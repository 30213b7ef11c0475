"""Pages of recognitions, duties and the catalogue."""

from __future__ import annotations

import datetime

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from silian.casework.publications.models import Edition
from silian.casework.reviews.choices.dossiers import DossierState
from silian.casework.reviews.commands.catalogue import draft_catalogue
from silian.casework.reviews.commands.duties import make_all_duties, make_duties
from silian.casework.reviews.commands.removals import Charge, propose_removal
from silian.casework.reviews.models import Campaign, Recognition, RecognitionAct
from silian.casework.reviews.panels.recognitions import todos
from silian.foundation.kernel.check_codes import new_check_code
from silian.foundation.kernel.errors import NotAllowed
from tests.casework.reviews import stage
from tests.casework.reviews import stage_recognitions as given
from tests.htmx import assert_fragment_equals_page
from tests.world import World

DAY = datetime.timedelta(days=1)
LISTS = ("/reviews/recognitions/", "/reviews/duties/", "/reviews/catalogue/")


def many(campaign: Campaign, number: int, *, prefix: str) -> list[Recognition]:
    """So many certified statuses with their first act, in few statements."""
    units = stage.enterprises(number, prefix=prefix)
    today = timezone.localdate()
    day = today - 400 * DAY
    dossiers = stage.make_dossiers(campaign, units, state=DossierState.RECOGNISED)
    rows = Recognition.objects.bulk_create(
        Recognition(
            scheme=campaign.version.scheme,
            dossier=dossier,
            holder=dossier.applicant,
            subject_name=dossier.subject_name,
            division_id=dossier.division_id,
            number=f"{prefix}-{place}",
            check_code=new_check_code(),
            state="certified",
            entered_on=day,
            certified_on=day,
            valid_until=today + 700 * DAY,
        )
        for place, dossier in enumerate(dossiers)
    )
    RecognitionAct.objects.bulk_create(
        RecognitionAct(
            recognition=row, kind="certify", reason="审定", effective_on=day, done_at=timezone.now()
        )
        for row in rows
    )
    return rows


@pytest.fixture
def campaign(world: World) -> Campaign:
    return given.campaign_of(world, first_state="certified")


@pytest.mark.parametrize("url", LISTS)
def test_a_list_asks_as_often_with_thirty_rows_as_with_three(
    world: World,
    campaign: Campaign,
    url: str,
    django_assert_num_queries: DjangoAssertNumQueries,
) -> None:
    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    client = world.coordinator.client
    many(campaign, 3, prefix="甲")
    make_all_duties(on=timezone.localdate())
    client.get(url)
    with CaptureQueriesContext(connection) as few:
        client.get(url)
    many(campaign, 24, prefix="乙")
    make_all_duties(on=timezone.localdate())
    with django_assert_num_queries(len(few)):
        client.get(url)


@pytest.mark.parametrize("url", LISTS)
def test_a_fragment_equals_its_page(world: World, campaign: Campaign, url: str) -> None:
    many(campaign, 3, prefix="甲")
    make_all_duties(on=timezone.localdate())
    assert_fragment_equals_page(world.coordinator.client, url)


def test_a_rival_finds_nothing_under_any_address(world: World) -> None:
    row = given.certified(world)
    make_duties(recognition=row, on=timezone.localdate())
    removal = propose_removal(
        recognition_id=row.pk,
        charge=Charge(exit_code="false_information", facts="不实"),
        actor=world.coordinator.actor,
    )
    addresses = [
        row.get_absolute_url(),
        f"{row.get_absolute_url()}certificate/",
        f"{row.get_absolute_url()}removal/",
        f"{row.get_absolute_url()}act/leave/",
        removal.get_absolute_url(),
        f"{removal.get_absolute_url()}reply/",
        f"{removal.get_absolute_url()}decide/",
        *(duty.get_absolute_url() for duty in row.duties.all()),
        *(f"{duty.get_absolute_url()}submit/" for duty in row.duties.all()),
    ]
    assert {world.rival.client.get(url).status_code for url in addresses} == {404}
    posted = world.rival.client.post(f"{row.get_absolute_url()}act/leave/", {"reason": "x"})
    assert posted.status_code == 404


def test_an_act_is_done_on_its_page_and_a_refusal_keeps_what_was_typed(world: World) -> None:
    row = given.certified(world)
    url = f"{row.get_absolute_url()}act/warn/"
    today = timezone.localdate()
    said = {"reason": "年报未公开", "cure": "公开年报", "cure_by": str(today - DAY)}
    refused = world.coordinator.client.post(url, said)
    assert refused.status_code == 422
    assert "年报未公开" in refused.content.decode()
    said["cure_by"] = str(today + DAY)
    assert world.coordinator.client.post(url, said).status_code == 302
    page = world.enterprise.client.get(row.get_absolute_url()).content.decode()
    assert "公开年报" in page


def test_a_removal_runs_through_its_pages(world: World) -> None:
    row = given.certified(world)
    other = given.second(world)
    said = {"exit_code": "false_information", "facts": "年报不实", "basis": "第二十条"}
    url = f"{row.get_absolute_url()}removal/"
    answer = world.coordinator.client.post(url, said)
    address = answer["Location"]
    world.enterprise.client.post(f"{address}reply/", {"text": "系笔误"})
    own = world.coordinator.client.post(
        f"{address}decide/", {"outcome": "uphold", "decision": "属实"}
    )
    assert own.status_code == 422
    other.client.post(f"{address}decide/", {"outcome": "uphold", "decision": "陈述不成立"})
    row.refresh_from_db()
    assert row.state == "removed"
    page = world.enterprise.client.get(address).content.decode()
    for words in ("陈述不成立", "行政复议", "不得再次申报"):
        assert words in page


def test_a_duty_is_sent_and_passed_on_its_pages_and_shown_to_all(world: World) -> None:
    row = given.incubating(world)
    make_duties(recognition=row, on=timezone.localdate())
    duty = row.duties.get(code="plan")
    said = {"text": "三年规划摘要", "link": "https://example.org/plan"}
    world.enterprise.client.post(f"{duty.get_absolute_url()}submit/", said)
    assert "三年规划摘要" not in Client().get(f"/reviews/check/{row.check_code}/").content.decode()
    world.coordinator.client.post(f"{duty.get_absolute_url()}check/", {"outcome": "pass"})
    shown = Client().get(f"/reviews/check/{row.check_code}/").content.decode()
    assert "三年规划摘要" in shown
    assert "https://example.org/plan" in shown


def test_the_todo_lists_name_what_waits_for_each(world: World) -> None:
    row = given.incubating(world)
    make_duties(recognition=row, on=timezone.localdate())
    removal = propose_removal(
        recognition_id=row.pk,
        charge=Charge(exit_code="false_information", facts="不实"),
        actor=world.coordinator.actor,
    )
    now = timezone.now()
    holder = [todo.title for todo in todos(world.enterprise.actor, now)]
    assert any("陈述意见" in title for title in holder)
    assert any("提交：" in title for title in holder)
    assert not todos(world.rival.actor, now)
    world.enterprise.client.post(f"{removal.get_absolute_url()}reply/", {"text": "有异议"})
    keeper = [todo.title for todo in todos(world.reviewer.actor, now)]
    assert any("决定：" in title for title in keeper)
    proposer = [todo.title for todo in todos(world.coordinator.actor, now)]
    assert not any("决定：" in title for title in proposer)


def test_the_card_of_an_organisation_shows_its_status_and_not_after_it_ended(
    world: World,
) -> None:
    row = given.certified(world)
    url = row.holder.get_absolute_url()
    assert row.number in Client().get(url).content.decode()
    Recognition.objects.filter(pk=row.pk).update(state="withdrawn", ended_on=timezone.localdate())
    assert row.number not in Client().get(url).content.decode()


def test_the_catalogue_filters_and_exports(world: World, campaign: Campaign) -> None:
    rows = many(campaign, 3, prefix="甲")
    answer = Client().get("/reviews/catalogue/", {"export": "csv"})
    text = b"".join(answer).decode("utf-8-sig")  # type: ignore[call-overload]
    assert all(row.number in text for row in rows)
    none = Client().get("/reviews/catalogue/", {"state": "incubating"}).content.decode()
    assert rows[0].number not in none
    some = Client().get("/reviews/catalogue/", {"scheme": str(campaign.version.scheme_id)})
    assert rows[0].number in some.content.decode()


def test_removed_ones_are_listed_only_as_long_as_the_scheme_says(world: World) -> None:
    today = timezone.localdate()
    for months, shown in (("12", True), ("", False)):
        code = f"kept-{months or 'open'}"
        version = stage.published(
            world, code=code, consequence={**given.CONSEQUENCE, "removed_shown_months": months}
        )
        campaign = stage.open_campaign(world, version=version)
        (row,) = many(campaign, 1, prefix=f"取消{months}")
        Recognition.objects.filter(pk=row.pk).update(state="removed", ended_on=today - 30 * DAY)
        text = Client().get("/reviews/catalogue/").content.decode()
        assert (row.number in text) is shown
        assert ("未设定，不公开" in text) is not shown


def test_an_edition_of_the_catalogue_is_drafted_by_the_owner_only(
    world: World, campaign: Campaign
) -> None:
    many(campaign, 2, prefix="甲")
    scheme, today = campaign.version.scheme, timezone.localdate()
    with pytest.raises(NotAllowed):
        draft_catalogue(scheme=scheme, on=today, actor=world.enterprise.actor)
    edition = draft_catalogue(scheme=scheme, on=today, actor=world.coordinator.actor)
    (section,) = Edition.objects.get(pk=edition.pk).snapshot["sections"]
    assert (section["title"], len(section["entries"])) == ("已认定", 2)
