"""The desk, the review and the register as pages: who sees what, how many queries, fragments."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui.counting import counted_together
from silian.registers.organisations.choices import OrganisationKind, Role
from silian.registers.policies.choices import DocumentState
from silian.registers.policies.models.bodies import PolicyBody
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.panels.documents import todos, waiting_count
from silian.registers.policies.queries.documents import original_of
from silian.registers.policies.queries.review import Review
from tests.htmx import assert_fragment_equals_page
from tests.registers.policies.documents.stage import (
    PLAN,
    SAMPLES,
    clause_called,
    in_review,
    issued,
)
from tests.world import CITY, Person, World, make_member, make_organisation

LIST = "policies:document_list"


def address(name: str, document: PolicyDocument, **kwargs: Any) -> str:
    return reverse(f"policies:{name}", kwargs={"document_id": document.pk, **kwargs})


def other_department() -> Person:
    office = make_organisation(
        name="青澜市财政局（演示）", kind=OrganisationKind.GOVERNMENT, division_id=CITY
    )
    return make_member(
        username="finance", organisation=office, role=Role.COORDINATOR, jurisdiction_id=CITY
    )


def test_another_departments_draft_is_not_there(world: World) -> None:
    document = in_review(world)
    finance = other_department()
    for name in ("document_desk", "review", "document_issue", "document_facts"):
        assert finance.client.get(address(name, document)).status_code == 404
    assert str(document) not in finance.client.get(reverse(LIST)).content.decode()


def test_the_issued_document_is_there_for_every_department(world: World) -> None:
    document = issued(world)
    finance = other_department()
    assert finance.client.get(address("document_desk", document)).status_code == 200
    page = finance.client.get(address("review", document)).content.decode()
    assert "data-sl-review-accept" not in page


def test_a_draft_shows_neither_among_versions_nor_under_its_bodies(world: World) -> None:
    earlier = issued(world)
    later = PLAN.replace("〔2026〕6号", "〔2026〕9号").replace("公开实习岗位", "尚未公布的条款")
    in_review(world, text=later, replaces=earlier.pk)
    finance = other_department()
    desk = address("document_desk", earlier)
    assert "〔2026〕9号" in world.coordinator.client.get(desk).content.decode()
    assert "〔2026〕9号" not in finance.client.get(desk).content.decode()
    body = PolicyBody.objects.get(name="市教育局").get_absolute_url()
    assert "尚未公布的条款" in world.coordinator.client.get(body).content.decode()
    assert "尚未公布的条款" not in finance.client.get(body).content.decode()


def test_each_version_shows_its_own_original(world: World) -> None:
    earlier = issued(world)
    later = PLAN.replace("〔2026〕6号", "〔2026〕9号")
    in_review(world, text=later, replaces=earlier.pk)
    file = original_of(earlier)
    assert file is not None
    assert file.object_id == str(earlier.pk)


def test_leaders_and_supervisors_read_and_change_nothing(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "公开实习岗位")
    for person in (world.leader, world.supervisor, world.reviewer):
        page = person.client.get(address("review", document)).content.decode()
        assert "公开实习岗位" in page
        assert "data-sl-review-accept" not in page
        confirm = address("clause_confirm", document, clause_id=clause.pk)
        assert person.client.post(confirm).status_code == 403


def test_an_upload_leads_to_its_page(world: World) -> None:
    response = world.coordinator.client.post(
        reverse("policies:document_upload"),
        {"file": SimpleUploadedFile("plan.txt", PLAN.encode()), "division": CITY},
    )
    document = PolicyDocument.objects.get()
    assert response.url == address("document_desk", document)  # type: ignore[attr-defined]
    assert "正在解析" in world.coordinator.client.get(response.url).content.decode()  # type: ignore[attr-defined]


def test_a_refused_upload_says_why_beside_the_file(world: World) -> None:
    response = world.coordinator.client.post(
        reverse("policies:document_upload"),
        {"file": SimpleUploadedFile("plan.wps", b"x"), "division": CITY},
    )
    assert response.status_code == 422
    assert "另存为 .docx" in response.content.decode()


def test_confirming_leads_to_the_next_clause(world: World) -> None:
    document = in_review(world)
    first, second = document.clauses.order_by("order")[:2]
    response = world.coordinator.client.post(
        address("clause_confirm", document, clause_id=first.pk)
    )
    assert response.url == address("review_clause", document, clause_id=second.pk)  # type: ignore[attr-defined]


def test_the_review_and_its_fragment_are_the_same(world: World) -> None:
    document = in_review(world)
    assert_fragment_equals_page(
        world.coordinator.client, address("review", document), selector="#pol-review"
    )


def test_every_highlight_leads_to_its_structure(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "公开实习岗位")
    target = clause.targets.get()
    page = world.coordinator.client.get(
        address("review_clause", document, clause_id=clause.pk)
    ).content.decode()
    assert f"/{clause.pk}/#target-{target.pk}" in page
    assert f'id="target-{target.pk}"' in page


def test_a_missing_lead_is_said_and_not_guessed(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "落实实习补贴")
    page = world.coordinator.client.get(
        address("review_clause", document, clause_id=clause.pk)
    ).content.decode()
    assert "原文未写明牵头" in page


def test_forms_of_a_clause_keep_what_was_typed(world: World) -> None:
    document = in_review(world)
    clause = clause_called(document, "公开实习岗位")
    response = world.coordinator.client.post(
        address("target_add", document, clause_id=clause.pk),
        {"title": "新指标", "comparator": ">=", "force": "mandatory", "low": ""},
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "新指标" in page
    assert "请填写数值" in page


def long_plan(clauses: int) -> str:
    """The plan with many more clauses of the same shape."""
    words = "实习岗位公开透明服务保障安全管理培训提升"
    more = "".join(
        f"\n（{number}）{words[number % 10 : number % 10 + 6]}。到2027年底，"
        f"新增第{number}类岗位{number}个。（市教育局牵头，市财政局配合）\n"
        for number in range(1, clauses + 1)
    )
    return PLAN + "\n三、补充任务\n" + more


def queries_for(person: Person, url: str) -> int:
    person.client.get(url)
    with CaptureQueriesContext(
        connection,
    ) as found:
        assert person.client.get(url).status_code == 200
    return len(found)


def test_the_review_asks_as_often_for_thirty_clauses_as_for_two_hundred(world: World) -> None:
    short = in_review(world, text=long_plan(30))
    long = in_review(world, text=long_plan(200))
    assert long.clauses.count() > 190
    assert queries_for(world.coordinator, address("review", short)) == queries_for(
        world.coordinator, address("review", long)
    )
    assert queries_for(world.coordinator, address("document_desk", short)) == queries_for(
        world.coordinator, address("document_desk", long)
    )


def test_the_list_asks_as_often_for_three_documents_as_for_thirty(world: World) -> None:
    def fill(count: int) -> None:
        PolicyDocument.objects.bulk_create(
            PolicyDocument(
                division_id=CITY,
                owner=world.coordinator.organisation,
                state=DocumentState.REVIEWING,
                title=f"文件 {number}",
                level="city",
                medium="txt",
            )
            for number in range(count)
        )

    fill(3)
    few = queries_for(world.coordinator, reverse(LIST))
    fill(27)
    assert queries_for(world.coordinator, reverse(LIST)) == few


def test_the_bodies_ask_as_often_for_three_as_for_thirty(world: World) -> None:
    url = reverse("policies:body_list")
    PolicyBody.objects.bulk_create(
        PolicyBody(division_id=CITY, name=f"市{number}局") for number in range(3)
    )
    few = queries_for(world.coordinator, url)
    PolicyBody.objects.bulk_create(
        PolicyBody(division_id=CITY, name=f"市{number}局") for number in range(3, 30)
    )
    assert queries_for(world.coordinator, url) == few
    shown = world.coordinator.client.get(url, {"standing": "unlinked", "q": "局"})
    assert shown.status_code == 200


def test_the_list_is_filtered_and_taken_away(world: World) -> None:
    issued(world)
    client = world.coordinator.client
    assert "实习实训提升方案" in client.get(reverse(LIST), {"state": "issued"}).content.decode()
    assert "还没有政策文件" in client.get(reverse(LIST), {"year": "2019"}).content.decode()
    assert_fragment_equals_page(client, f"{reverse(LIST)}?state=issued", selector="#sl-results")
    response = client.get(reverse(LIST), {"export": "xlsx"})
    assert response["Content-Type"].endswith("sheet")
    assert b"".join(response).startswith(b"PK")


def test_the_menu_counts_and_the_to_do_list_names_what_waits(world: World) -> None:
    document = in_review(world)
    answers = [waiting_count(person.actor) for person in (world.coordinator, world.leader)]
    assert counted_together(answers) == [1, 0]
    titles = [todo.title for todo in todos(world.coordinator.actor, document.created_at)]
    assert titles[0] == f"核对政策文件：{document}"
    assert any("责任单位" in title for title in titles)
    assert list(todos(Actor(), document.created_at)) == []


def test_a_page_of_the_scan_is_shown_as_a_picture(world: World, run_jobs: Any) -> None:
    import pypdfium2

    source = pypdfium2.PdfDocument(SAMPLES / "plan_2025_scanned.pdf")
    picture = source[1].render(scale=0.6).to_pil()
    target = SimpleUploadedFile("page.png", b"", content_type="image/png")
    picture.save(target, "PNG")
    target.seek(0)
    document = PolicyDocument.objects.create(
        division_id=CITY,
        owner=world.coordinator.organisation,
        title="扫描件",
        level="city",
        medium="scan",
        page_starts=[0],
    )
    from silian.foundation.kernel.file_checks import PNG
    from silian.foundation.kernel.files import store_upload

    store_upload(upload=target, subject=document, actor=world.coordinator.actor, kinds=(PNG,))
    response = world.coordinator.client.get(address("document_page", document, page=1))
    assert response["Content-Type"] == "image/png"
    assert response.content.startswith(b"\x89PNG")


@pytest.mark.parametrize("name", ["repeal", "withdraw", "amend"])
def test_the_steps_of_an_issued_document_are_short_forms(world: World, name: str) -> None:
    document = issued(world)
    url = address(f"document_{name}", document)
    assert world.coordinator.client.get(url).status_code == 200
    assert world.coordinator.client.post(url, {}).status_code == 422


def test_progress_is_counted_from_the_rows(world: World) -> None:
    review = Review(in_review(world))
    assert (review.confirmed, review.repeated) == (0, 1)
    assert review.tasks == 3
