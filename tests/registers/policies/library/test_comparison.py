"""Two documents side by side on the page and in the workbook."""

from __future__ import annotations

import io
from decimal import Decimal

import pytest
from django.urls import reverse
from python_calamine import CalamineWorkbook

from silian.registers.policies.choices import DocumentState
from silian.registers.policies.models import PolicyDocument
from silian.registers.policies.queries.comparison import comparison_of
from tests.registers.policies.library.stage import make_document, make_target
from tests.world import OTHER_CITY, World

pytestmark = pytest.mark.django_db


def two_versions(world: World) -> tuple[PolicyDocument, PolicyDocument]:
    old = make_document(world, state=DocumentState.SUPERSEDED)
    text = old.text.replace("3000", "5000").replace(
        "（二）规范实习管理。学生上岗前办妥实习责任保险。",
        "（二）组织技能竞赛。每年选拔优秀选手参加省赛。",
    )
    return old, make_document(world, supersedes=old, version=2, text=text)


def two_cities(world: World) -> tuple[PolicyDocument, PolicyDocument]:
    left = make_document(world)
    right = make_document(
        world, division_id=OTHER_CITY, document_number="曲政办发〔2026〕1号", plan_title="曲靖方案"
    )
    make_target(left.clauses.get(number="（三）"), low=Decimal(60))
    make_target(right.clauses.get(number="（三）"))
    return left, right


def test_versions_show_what_changed_what_went_and_what_came(world: World) -> None:
    old, new = two_versions(world)
    found = comparison_of(left=old, right=new, actor=world.anonymous.actor)
    assert found.is_version
    assert found.counts == {"changed": 1, "added": 1, "removed": 1, "same": 1}
    [changed] = found.clauses_of("changed")
    assert ("added", "5000") in [(piece.kind, piece.text) for piece in changed.difference]


def test_the_page_of_versions_marks_the_words(world: World) -> None:
    old, new = two_versions(world)
    page = world.anonymous.client.get(
        reverse("policies:comparison"), {"a": old.pk, "b": new.pk}
    ).content.decode()
    assert '<del class="sl-del">3000</del>' in page
    assert '<ins class="sl-ins">5000</ins>' in page
    assert "共有词" in page


def test_the_page_of_cities_says_who_demands_more_and_leads_to_the_line(world: World) -> None:
    left, right = two_cities(world)
    page = world.anonymous.client.get(
        reverse("policies:comparison"), {"a": left.pk, "b": right.pk}
    ).content.decode()
    assert "青澜市要求更高" in page
    assert "R02" in page
    assert f"{reverse('policies:library_document', args=[right.pk])}#L5" in page


def test_a_target_that_repeats_another_is_compared_once(world: World) -> None:
    left, right = two_cities(world)
    original = left.clauses.get(number="（三）").targets.get()
    make_target(left.clauses.get(number="（一）"), repeats=original)
    found = comparison_of(left=left, right=right, actor=world.anonymous.actor)
    assert len(found.rules) == 1


def test_the_workbook_has_both_tables(world: World) -> None:
    left, right = two_cities(world)
    content = world.anonymous.client.get(
        reverse("policies:comparison"), {"a": left.pk, "b": right.pk, "export": "xlsx"}
    ).content
    book = CalamineWorkbook.from_filelike(io.BytesIO(content))
    assert book.sheet_names == ["规则对照", "条款对照"]
    assert len(book.get_sheet_by_name("条款对照").to_python()) == 4


def test_a_comparison_costs_the_same_with_more_clauses(
    world: World, django_assert_max_num_queries: object
) -> None:
    left, right = two_cities(world)
    counts = []
    for extra in (0, 12):
        lines = "".join(f"\n（{n}）第{n}项工作。内容{n}。" for n in range(10, 10 + extra))
        long = make_document(
            world, text=left.text + lines, document_number=f"青政办发〔2026〕9{extra}号"
        )
        with django_assert_max_num_queries(20) as asked:  # type: ignore[operator]
            world.anonymous.client.get(
                reverse("policies:comparison"), {"a": long.pk, "b": right.pk}
            )
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]
