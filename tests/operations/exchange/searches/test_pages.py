"""The pages of search analytics: counts, their drill, and registering what is missing."""

from __future__ import annotations

from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from silian.operations.exchange.models.demand_suggestion import DemandSuggestion
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from tests.htmx import assert_fragment_equals_page
from tests.operations.exchange.searches.stage import counted, searched_by, suggested
from tests.world import COUNTY, OTHER_CITY, World

PAGE = "/exchange/searches/"


def test_the_page_tells_what_many_sought_and_hides_what_few_sought(world: World) -> None:
    searched_by(6, "叶轮精修")
    searched_by(2, "张三的专利")
    searched_by(7, "曲靖焊工", division=OTHER_CITY)
    counted()
    text = world.reviewer.client.get(PAGE).content.decode()
    assert "叶轮" in text
    assert "张三" not in text
    assert "曲靖" not in text
    assert_fragment_equals_page(world.reviewer.client, PAGE, selector="#sl-results")


def queries_of_the_page(world: World) -> int:
    with CaptureQueriesContext(connection) as asked:
        assert world.reviewer.client.get(PAGE).status_code == 200
    return len(asked)


def test_thirty_terms_cost_the_queries_of_three(world: World) -> None:
    for place in range(3):
        searched_by(5, f"第{place}号磨床")
    counted()
    few = queries_of_the_page(world)
    for place in range(3, 30):
        searched_by(5, f"第{place}号磨床")
    counted()
    assert queries_of_the_page(world) <= few


def test_a_number_leads_to_its_term_and_the_file_holds_the_same(world: World) -> None:
    term = suggested().term
    drill = world.reviewer.client.get("/exchange/searches/term/", {"term": term})
    assert "6 / 6 次没有结果" in drill.content.decode()
    file = world.reviewer.client.get(PAGE, {"export": "csv"})
    content = b"".join(file.streaming_content) if file.streaming else file.content
    assert term in content.decode("utf-8-sig")


def test_an_official_registers_a_suggestion_and_everybody_reads_why(world: World) -> None:
    row = suggested(kind="equipment_hours", side="supply")
    address = reverse("exchange:demand_suggestion", kwargs={"suggestion_id": row.pk})
    client = world.reviewer.client
    shown = client.get(address).content.decode()
    assert "6 个单位或个人检索" in shown
    refused = client.post(address, {"title": row.term})
    assert refused.status_code == 422
    sent = {
        "kind": "equipment_hours",
        "side": "supply",
        "title": row.term,
        "description": "多家企业检索不到，用于试制后的精修。",
        "division": COUNTY,
    }
    assert client.post(address, sent).status_code == 302
    demand = UnmetDemand.objects.get()
    public = world.anonymous.client.get(f"/exchange/unmet/{demand.pk}/").content.decode()
    assert "来源：检索统计" in public
    assert DemandSuggestion.objects.get().demand_id == demand.pk
