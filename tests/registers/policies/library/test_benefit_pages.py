"""The public list, the self-check, the tax guide, the editions and the publicity log."""

from __future__ import annotations

import datetime
import io

import pytest
from django.urls import reverse
from django.utils import timezone
from docx import Document

from silian.foundation.kernel.errors import DomainError, NotAllowed
from silian.registers.policies.choices import BenefitKind, PublicityChannel
from silian.registers.policies.commands.benefit_lists import (
    Publicity,
    publish_benefit_list,
    record_publicity,
)
from silian.registers.policies.commands.benefits import end_benefit
from silian.registers.policies.models.benefits import Benefit, BenefitListEdition
from tests.htmx import assert_fragment_equals_page
from tests.registers.policies.library.stage import published_benefit, submitted_benefit
from tests.world import World

pytestmark = pytest.mark.django_db
TODAY = datetime.date(2026, 3, 18)


def page(world: World, name: str, *args: int, **question: str) -> str:
    url = reverse(f"policies:{name}", args=args)
    return world.enterprise.client.get(url, question).content.decode()


def test_the_self_check_says_met_missing_and_to_be_confirmed(world: World) -> None:
    benefit = published_benefit(world)
    text = page(world, "benefit_detail", benefit.pk)
    assert "贵单位已核验" in text
    assert "需要您确认" in text
    statement = benefit.conditions.get(fact="statement")
    confirmed = page(world, "benefit_detail", benefit.pk, confirm=str(statement.pk))
    assert "各项条件都符合" in confirmed


def test_a_benefit_for_schools_is_missing_for_an_enterprise(world: World) -> None:
    benefit = published_benefit(world, audiences=["school"])
    text = page(world, "benefit_detail", benefit.pk)
    assert "贵单位登记为企业" in text
    assert "还差" in text


def test_the_overview_lists_only_benefits_of_ones_kind(world: World) -> None:
    published_benefit(world, title="给企业的")
    published_benefit(world, title="给学校的", audiences=["school"])
    text = page(world, "benefit_check")
    assert "给企业的" in text
    assert "给学校的" not in text


def test_an_official_has_nothing_to_check(world: World) -> None:
    assert world.coordinator.client.get(reverse("policies:benefit_check")).status_code == 403


def test_the_list_filters_and_counts_only_what_is_in_force(world: World) -> None:
    published_benefit(world, kind=BenefitKind.TAX, title="税收一项")
    submitted_benefit(world, title="还没审核的")
    client = world.anonymous.client
    text = client.get(reverse("policies:benefit_list"), {"kind": "tax"}).content.decode()
    assert '<b class="sl-num">1</b>' in text
    assert "还没审核的" not in client.get(reverse("policies:benefit_list")).content.decode()


def test_the_list_is_taken_away_as_table_and_document(world: World) -> None:
    published_benefit(world)
    url = reverse("policies:benefit_list")
    content = world.anonymous.client.get(url, {"export": "docx"}).content
    table = Document(io.BytesIO(content)).tables[0]
    assert [cell.text for cell in table.rows[1].cells][1] == "学徒培训补贴"
    sheet = world.anonymous.client.get(url, {"export": "xlsx"})
    assert b"".join(sheet.streaming_content).startswith(b"PK")  # type: ignore[attr-defined]


def test_the_tax_guide_has_the_steps_in_order(world: World) -> None:
    published_benefit(world, kind=BenefitKind.TAX, title="税收一项", authority="市税务局")
    published_benefit(world, title="财政一项")
    text = page(world, "tax_guide")
    assert "市税务局" in text
    assert "财政一项" not in text
    content = world.anonymous.client.get(reverse("policies:tax_guide"), {"export": "docx"}).content
    lines = [line.text for line in Document(io.BytesIO(content)).paragraphs]
    assert "（1）申请单位：提交材料" in lines


def test_an_edition_keeps_the_list_of_its_day(world: World) -> None:
    benefit = published_benefit(world)
    actor = world.coordinator.actor
    edition = publish_benefit_list(actor=actor, now=timezone.now())
    end_benefit(benefit_id=benefit.pk, reason="废止", actor=actor)
    kept = BenefitListEdition.objects.get(pk=edition.pk)
    assert (kept.number, [entry["名称"] for entry in kept.entries]) == (1, ["学徒培训补贴"])


def test_an_empty_list_is_not_published(world: World) -> None:
    with pytest.raises(DomainError, match="还没有已公布"):
        publish_benefit_list(actor=world.coordinator.actor, now=timezone.now())


def test_only_the_coordinator_publishes_the_list(world: World) -> None:
    published_benefit(world)
    with pytest.raises(NotAllowed):
        publish_benefit_list(actor=world.reviewer.actor, now=timezone.now())


def publicity(**facts: object) -> Publicity:
    values = {
        "benefit_id": None,
        "held_on": TODAY,
        "channel": PublicityChannel.LECTURE,
        "reach": 40,
        "title": "进园区宣讲",
    }
    return Publicity(**{**values, **facts})  # type: ignore[arg-type]


def test_publicity_is_noted_with_channel_and_reach(world: World) -> None:
    benefit = published_benefit(world)
    record_publicity(
        publicity=publicity(benefit_id=benefit.pk), actor=world.coordinator.actor, today=TODAY
    )
    text = world.coordinator.client.get(reverse("policies:benefit_desk")).content.decode()
    assert "进园区宣讲" in text
    assert "政策宣讲会" in text


def test_publicity_of_tomorrow_or_of_a_draft_is_refused(world: World) -> None:
    draft = submitted_benefit(world)
    actor = world.coordinator.actor
    late = publicity(held_on=TODAY + datetime.timedelta(days=1))
    with pytest.raises(DomainError, match="今天"):
        record_publicity(publicity=late, actor=actor, today=TODAY)
    with pytest.raises(DomainError, match="已公布"):
        record_publicity(publicity=publicity(benefit_id=draft.pk), actor=actor, today=TODAY)


@pytest.mark.parametrize("name", ["benefit_list", "benefit_check"])
def test_pages_cost_the_same_with_three_and_with_eighteen(
    world: World, name: str, django_assert_max_num_queries: object
) -> None:
    page(world, name)  # warms the frame
    counts = []
    for most in (3, 18):
        while Benefit.objects.count() < most:
            published_benefit(world)
        with django_assert_max_num_queries(60) as asked:  # type: ignore[operator]
            page(world, name)
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_the_fragment_is_the_part_of_the_page(world: World) -> None:
    published_benefit(world)
    url = reverse("policies:benefit_list")
    assert_fragment_equals_page(world.anonymous.client, url, selector="#sl-results")
