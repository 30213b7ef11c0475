"""The editor of a call: content, steps in order, preview, issued; afterwards only its window."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.governance.incentives.commands.call_steps import add_step
from silian.governance.incentives.models import ClaimCall, FunctionOffice
from tests.casework.ledgers.stage import Books, make_books
from tests.governance.incentives.claims import stage
from tests.governance.incentives.claims.test_call_steps import card, drafted
from tests.world import World, make_organisation, sign_in

pytestmark = pytest.mark.django_db


def url(name: str, *args: Any) -> str:
    return reverse(f"incentives:{name}", args=args)


def signed_in(books: Books) -> Any:
    sign_in([books.owner])
    return books.owner.client


def new_call(world: World, books: Books, **values: Any) -> Any:
    """What the answer to a filled first page is."""
    client = signed_in(books)
    address = url("call_new") + "?scheme=internship"
    form = client.get(address).context["form"]
    given = {name: form.get_initial_for_field(box, name) for name, box in form.fields.items()}
    given = {name: value for name, value in given.items() if value not in (None, False)}
    given |= {"line": books.line.pk, "closes_on": "2026-12-31", **values}
    return client.post(address, given)


def test_a_department_drafts_from_what_is_suggested(world: World) -> None:
    books = make_books()
    FunctionOffice.objects.create(
        division_id="990100", function="education", organisation=world.reviewer.organisation,
        basis="演示分工", starts_on=stage.FROM,
    )  # fmt: skip
    response = new_call(world, books)
    made = ClaimCall.objects.latest("pk")
    assert response.url == url("call_steps", made.pk)
    assert (made.applicants, made.steps.count()) == ("enterprise", 3)
    page = books.owner.client.get(response.url).content.decode()
    for words in ("教育部门审核", "三（三）", "还没有选择办理部门", "财政部门复核"):
        assert words in page


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"closes_on": ""}, "集中受理请填写截止日"),
        ({"window": "standing"}, "常年受理没有截止日"),
        ({"covers_last": "2020-01-01"}, "终止日应晚于起始日"),
    ],
)
def test_a_strange_window_is_refused_beside_its_box(
    world: World, values: dict[str, Any], words: str
) -> None:
    response = new_call(world, make_books(), **values)
    assert response.status_code == 422
    assert words in response.content.decode()


def test_a_step_is_typed_moved_and_dropped_on_the_pages(world: World) -> None:
    call, books = drafted(world)
    client = signed_in(books)
    office = make_organisation(name="演示市审计局", kind=world.reviewer.organisation.kind)
    given = {
        "title": "审计抽查", "office": office.pk, "checks": "抽查明细", "papers": ["agreement"],
        "working_days": 3, "on_silence": "agree", "kind": "check", "beside": "",
    }  # fmt: skip
    assert client.post(url("call_step_new", call.pk), given).status_code == 302
    row = call.steps.get(title="审计抽查")
    part = client.post(url("call_step_up", call.pk, row.pk), HTTP_HX_REQUEST="true")
    assert "<html" not in part.content.decode()
    assert call.steps.get(pk=row.pk).order == 2
    assert client.post(url("call_step_down", call.pk, row.pk)).status_code == 302
    changed = {**given, "title": "审计抽查明细"}
    assert client.post(url("call_step_edit", call.pk, row.pk), changed).status_code == 302
    assert client.post(url("call_step_drop", call.pk, row.pk), {"reason": ""}).status_code == 302
    assert not call.steps.filter(pk=row.pk).exists()


def test_dropping_a_step_of_a_provision_asks_for_a_reason(world: World) -> None:
    call, books = drafted(world)
    client = signed_in(books)
    address = url("call_step_drop", call.pk, call.steps.get(code="education").pk)
    assert "三（三）" in client.get(address).content.decode()
    assert client.post(address, {"reason": ""}).status_code == 422
    assert client.post(address, {"reason": "已并入学校核对"}).status_code == 302


def test_a_decision_offers_no_silence(world: World) -> None:
    call, books = drafted(world)
    client = signed_in(books)
    row = call.steps.get(code="decide")
    address = url("call_step_edit", call.pk, row.pk)
    assert 'value="agree"' not in client.get(address).content.decode()
    given = {"title": "审定", "office": row.office_id, "checks": "是否同意", "working_days": 5}
    assert client.post(address, {**given, "on_silence": "agree"}).status_code == 422
    assert client.post(address, {**given, "on_silence": "remind"}).status_code == 302


def test_the_preview_is_what_units_will_see_and_says_what_is_missing(world: World) -> None:
    call, books = drafted(world)
    client = signed_in(books)
    text = client.get(url("call_preview", call.pk)).content.decode()
    assert "还不能发布" in text
    assert "规定的环节" in text
    assert "预算项目" not in text
    for row in call.left_out.all():
        address = url("call_step_leave", call.pk, row.pk)
        assert client.post(address, {"reason": "本地没有这个部门"}).status_code == 302
    text = client.get(url("call_preview", call.pk)).content.decode()
    assert "申领单位将看到的内容" in text
    assert client.post(url("call_open", call.pk)).status_code == 302
    assert ClaimCall.objects.get(pk=call.pk).state == "open"
    seen = world.anonymous.client.get(call.get_absolute_url()).content.decode()
    assert "核对：实习学生是否本校学生" in seen
    assert "不设的建议环节" not in seen
    assert "本地没有这个部门" in client.get(call.get_absolute_url()).content.decode()


def test_an_issued_call_has_no_editor(world: World) -> None:
    call, books = stage.opened_call(world)
    client = signed_in(books)
    row = call.steps.first()
    assert row is not None
    for address in (
        url("call_edit", call.pk), url("call_steps", call.pk), url("call_preview", call.pk),
        url("call_step_edit", call.pk, row.pk), url("call_step_drop", call.pk, row.pk),
    ):  # fmt: skip
        assert client.get(address).status_code == 404
    text = client.get(call.get_absolute_url()).content.decode()
    assert "延长受理" in text
    assert "已提醒的单位" in text


def test_the_editor_costs_the_same_queries_with_3_and_12_steps(world: World) -> None:
    call, books = drafted(world)
    client = signed_in(books)
    address = url("call_steps", call.pk)
    client.get(address)
    counts = []
    for size in (1, 9):
        for number in range(size):
            office = make_organisation(
                name=f"演示部门{size}之{number}", kind=world.reviewer.organisation.kind
            )
            given = card(world, title=f"环节{number}", office_id=office.pk)
            add_step(call_id=call.pk, card=given, actor=books.owner.actor)
        with CaptureQueriesContext(connection) as seen:
            client.get(address)
        counts.append(len(seen.captured_queries))
    assert counts[0] == counts[1]
