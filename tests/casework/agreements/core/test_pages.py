"""Pages of the register, of one agreement, of drafting, changes and configured kinds."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.casework.agreements.choices import AgreementState, KindVersionState
from silian.casework.agreements.models import Agreement, ConfiguredKind, KindVersion
from silian.casework.agreements.queries.kinds import kind_of
from tests.casework.agreements.core import stage
from tests.htmx import assert_fragment_equals_page
from tests.world import World

pytestmark = pytest.mark.django_db


def page(client: Any, name: str, *args: Any, **query: Any) -> str:
    response = client.get(reverse(f"agreements:{name}", args=args), query)
    assert response.status_code == 200
    return response.content.decode()


def typed(terms: dict[str, Any]) -> dict[str, Any]:
    """Terms as a browser posts them."""
    posted = {}
    for code, value in terms.items():
        if isinstance(value, bool):
            value = "yes" if value else "no"
        posted[code] = "\n".join(value) if isinstance(value, list) else value
    return posted


def test_a_school_drafts_a_cooperation_in_the_browser(world: World) -> None:
    url = reverse("agreements:draft_new", args=["cooperation"])
    data = {
        **typed(stage.COOPERATION),
        "title": "共建数控产线",
        "party_school": world.school.organisation.pk,
        "party_enterprise": world.enterprise.organisation.pk,
        "starts_on": "2026-04-01",
        "ends_on": "2026-03-01",
    }
    refused = world.school.client.post(url, data)
    assert refused.status_code == 422
    assert "终止日须晚于起始日" in refused.content.decode()
    assert "共建数控产线" in refused.content.decode()
    made = world.school.client.post(url, {**data, "ends_on": "2027-04-01"})
    agreement = Agreement.objects.get()
    assert made.url == agreement.get_absolute_url()
    assert agreement.versions.get().changes["scope"] == stage.COOPERATION["scope"]
    edit = reverse("agreements:draft_edit", args=[agreement.pk])
    world.school.client.post(edit, {**data, "ends_on": "2028-04-01"})
    agreement.refresh_from_db()
    assert agreement.ends_on.year == 2028
    sent = world.school.client.post(reverse("agreements:send", args=[agreement.pk]))
    assert sent.status_code == 302
    agreement.refresh_from_db()
    assert agreement.state == AgreementState.SIGNING


def test_the_other_party_sees_what_was_sent_and_never_a_draft(world: World) -> None:
    agreement = stage.drafted(world)
    url = agreement.get_absolute_url()
    assert world.enterprise.client.get(url).status_code == 404
    stage.sent(world, agreement)
    assert world.enterprise.client.get(url).status_code == 200
    assert world.rival.client.get(url).status_code == 404


def test_an_official_reads_the_register_without_names_of_people(world: World) -> None:
    agreement = stage.drafted_internship(world)
    stage.sent(world, agreement)
    listed = page(world.coordinator.client, "list")
    shown = page(world.coordinator.client, "detail", agreement.pk)
    assert agreement.number in listed
    for text in (listed, shown):
        assert "林一禾" not in text
    assert "林＊禾" in listed
    assert "协议含个人信息" in shown
    assert agreement.number not in page(world.coordinator.client, "list", q="林一禾")
    version = reverse("agreements:version", args=[agreement.pk, 1])
    assert world.coordinator.client.get(version).status_code == 404
    assert "林一禾" in page(world.school.client, "list", q="林一禾")


def test_the_page_shows_the_terms_of_a_day(world: World) -> None:
    agreement = stage.active(world)
    shown = page(world.school.client, "detail", agreement.pk, on="2026-05-01")
    assert "2026年5月1日有效的条款" in shown
    assert "校中厂" in shown
    before = page(world.school.client, "detail", agreement.pk, on="2026-03-31")
    assert "协议尚未生效" in before


def test_an_amendment_shows_its_difference_while_it_is_typed(world: World) -> None:
    agreement = stage.active(world)
    data = {
        **typed({**stage.COOPERATION, "students_a_year": 40}),
        "ends_on": "2027-04-01",
        "effective_from": "2026-05-01",
        "reason": "产线减少一条",
    }
    url = reverse("agreements:difference", args=[agreement.pk])
    fragment = world.enterprise.client.post(url, data).content.decode()
    assert "60 人" in fragment
    assert "40 人" in fragment
    assert "变差" in fragment
    assert "谁要签字" in fragment
    assert agreement.versions.count() == 1
    amend = reverse("agreements:amend", args=[agreement.pk])
    assert world.enterprise.client.post(amend, data).status_code == 302
    version = agreement.versions.get(number=2)
    assert version.changes == {"students_a_year": 40}
    assert "变差" in page(world.school.client, "version", agreement.pk, 2)


def test_life_is_changed_from_the_page(world: World) -> None:
    agreement = stage.active(world)
    turn = reverse("agreements:turn", args=[agreement.pk, "suspend"])
    given = {"on": "2026-04-02", "reason": "设备检修停产"}
    early = world.school.client.post(turn, given)
    assert early.status_code == 422
    assert "不能预先登记" in early.content.decode()
    terminate = reverse("agreements:terminate", args=[agreement.pk])
    set_day = {"on": "2026-06-01", "reason": "专业调整，不再合作"}
    assert world.school.client.post(terminate, set_day).status_code == 302
    assert "约定 2026-06-01 解除" in page(world.school.client, "detail", agreement.pk)


def test_the_register_filters_and_exports(world: World) -> None:
    agreement = stage.active(world)
    other = stage.drafted(world, title="另一份草稿")
    kept = page(world.school.client, "list", state="active")
    assert agreement.number in kept
    assert other.number not in kept
    assert other.number in page(world.school.client, "list", q="另一份")
    url = reverse("agreements:list")
    assert_fragment_equals_page(world.school.client, url, selector="#sl-results")
    export = world.school.client.get(url, {"export": "csv"})
    written = b"".join(export) if export.streaming else export.content
    assert agreement.title.encode() in written


def test_cooperation_is_filtered_by_the_form_in_force(world: World) -> None:
    agreement = stage.active(world)
    shown = page(world.school.client, "cooperation", form="factory_in_school")
    assert agreement.number in shown
    assert agreement.number not in page(world.school.client, "cooperation", form="dual_system")
    assert agreement.number in page(world.school.client, "cooperation", pairing="yes")
    assert "企业" in page(world.coordinator.client, "cooperation")


@pytest.mark.parametrize("name", ["list", "cooperation"])
def test_a_list_asks_as_little_for_thirty_as_for_three(world: World, name: str) -> None:
    counts = []
    page(world.school.client, name)  # the first page of a session also writes the session
    for more in (3, 20):
        for _ in range(more):
            stage.drafted(world)
        with CaptureQueriesContext(connection) as queries:
            page(world.school.client, name)
        counts.append(len(queries))
    assert counts[0] == counts[1]


DEFINITION = {
    "label": "共建实验室协议",
    "purpose": "院校与企业共建实验室",
    "signing_working_days": 8,
    "notice_days": 20,
    "may_amend": "on",
    "roles-0-code": "school",
    "roles-0-label": "院校",
    "roles-0-order": 1,
    "roles-0-required": "on",
    "roles-1-code": "firm",
    "roles-1-label": "企业",
    "roles-1-order": 2,
    "roles-1-required": "on",
    "terms-0-code": "area",
    "terms-0-label": "面积",
    "terms-0-type": "integer",
    "terms-0-unit": "平方米",
    "terms-0-better": "higher",
    "terms-0-required": "on",
    "terms-0-substantive": "on",
    "clauses-0-heading": "场地",
    "clauses-0-text": "实验室面积{area}，到{ends_on}止。",
}
ROWS = (("roles", 2), ("terms", 1), ("clauses", 1))
COUNTS = {f"{prefix}-TOTAL_FORMS": total for prefix, total in ROWS}
NEW = {f"{prefix}-INITIAL_FORMS": 0 for prefix, _ in ROWS}
KEPT = {f"{prefix}-INITIAL_FORMS": total for prefix, total in ROWS}


def configured(world: World) -> ConfiguredKind:
    client = world.coordinator.client
    made = client.post(reverse("agreements:kind_new"), {**DEFINITION, **COUNTS, **NEW})
    assert made.status_code == 302
    return ConfiguredKind.objects.get()


def test_an_official_configures_tries_and_publishes_a_kind(world: World) -> None:
    kind = configured(world)
    client = world.coordinator.client
    assert "实验室面积未设定" in page(client, "kind_detail", kind.pk)
    trial = reverse("agreements:kind_trial", args=[kind.pk])
    data = {"area": "300", "starts_on": "2026-04-01", "ends_on": "2027-04-01"}
    assert "实验室面积300 平方米" in client.post(trial, data).content.decode()
    assert not Agreement.objects.exists()
    client.post(reverse("agreements:kind_publish", args=[kind.pk]))
    assert kind.versions.get().state == KindVersionState.PUBLISHED
    assert "共建实验室协议" in page(world.school.client, "choose_kind")


def test_an_agreement_keeps_the_version_of_its_kind(world: World) -> None:
    kind = configured(world)
    client = world.coordinator.client
    client.post(reverse("agreements:kind_publish", args=[kind.pk]))
    parties = [
        stage.PartyDraft(role="school", organisation_id=world.school.organisation.pk),
        stage.PartyDraft(role="firm", organisation_id=world.enterprise.organisation.pk),
    ]
    old = stage.drafted(world, kind=kind.code, terms={"area": 300}, parties=parties)
    changed = {**DEFINITION, **COUNTS, **KEPT, "terms-0-label": "建筑面积"}
    client.post(reverse("agreements:kind_edit", args=[kind.pk]), changed)
    client.post(reverse("agreements:kind_publish", args=[kind.pk]))
    new = stage.drafted(world, kind=kind.code, terms={"area": 300}, parties=parties)
    assert kind_of(old).terms[0].label == "面积"
    assert kind_of(new).terms[0].label == "建筑面积"
    assert KindVersion.objects.filter(state=KindVersionState.REPLACED).count() == 1
    client.post(reverse("agreements:kind_open", args=[kind.pk, "close"]))
    assert "共建实验室协议" not in page(world.school.client, "choose_kind")
    assert kind_of(Agreement.objects.get(pk=old.pk)).label == "共建实验室协议"
