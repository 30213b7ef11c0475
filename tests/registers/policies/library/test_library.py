"""The public library shows issued documents, by their words, and never a draft."""

from __future__ import annotations

from xml.etree import ElementTree

import pytest
from django.test import Client
from django.urls import reverse

from silian.registers.policies.choices import DocumentState
from silian.registers.policies.commands.library import index_library
from silian.registers.policies.models import PolicyDocument
from silian.registers.policies.models.citations import Citation
from tests.htmx import assert_fragment_equals_page
from tests.registers.policies.library.stage import ISSUED, make_document, make_target
from tests.world import World

pytestmark = pytest.mark.django_db


def search(client: Client, **question: str) -> str:
    return client.get(reverse("policies:library"), question).content.decode()


def test_a_word_of_the_text_finds_the_document_and_the_line(world: World) -> None:
    document = make_document(world)
    page = search(world.anonymous.client, q="责任保险")
    assert f"{reverse('policies:library_document', args=[document.pk])}#L4" in page
    assert "<mark>" in page


def test_all_words_must_stand_in_the_document(world: World) -> None:
    make_document(world)
    assert "没有找到符合条件的文件" in search(world.anonymous.client, q="实习 航天器")


@pytest.mark.parametrize("state", [DocumentState.REVIEWING, DocumentState.PARSING])
def test_a_draft_is_nowhere(world: World, state: str) -> None:
    draft = make_document(world, state=state, issued_at=None, plan_title="保密草稿")
    owner = world.coordinator.client
    for client in (world.anonymous.client, owner):
        page = search(client, q="责任保险")
        assert "保密草稿" not in page
        assert '<b class="sl-num">0</b>' in page
        for name in ("library_document", "library_document_json", "library_document_xml"):
            assert client.get(reverse(f"policies:{name}", args=[draft.pk])).status_code == 404
    compared = owner.get(reverse("policies:comparison"), {"a": draft.pk})
    assert compared.status_code == 404


def test_a_draft_that_cites_or_is_cited_is_not_named(world: World) -> None:
    document = make_document(world)
    draft = make_document(
        world, state=DocumentState.REVIEWING, issued_at=None, plan_title="保密草稿"
    )
    facts = {"title": "另一份文件", "start": 0, "end": 4}
    Citation.objects.create(document=document, cited=draft, **facts)
    Citation.objects.create(document=draft, cited=document, **facts)
    page = world.anonymous.client.get(reverse("policies:library_document", args=[document.pk]))
    text = page.content.decode()
    assert "保密草稿" not in text
    assert reverse("policies:library_document", args=[draft.pk]) not in text


def test_filters_narrow_by_year_region_and_force(world: World) -> None:
    make_document(world)
    client = world.anonymous.client
    assert '<b class="sl-num">1</b>' in search(client, year="2026", division="990000")
    assert '<b class="sl-num">0</b>' in search(client, year="2020")
    assert '<b class="sl-num">0</b>' in search(client, division="530300")
    assert '<b class="sl-num">0</b>' in search(client, force="ended")


def test_nonsense_in_the_address_is_no_error(world: World) -> None:
    make_document(world)
    client = world.anonymous.client
    for question in ({"year": "x"}, {"q": "\x00"}, {"division": "'"}, {"q": "!!!"}, {"sort": "pk"}):
        assert client.get(reverse("policies:library"), question).status_code == 200


def test_relevance_pages_forward(world: World) -> None:
    for number in range(25):
        make_document(world, document_number=f"青政办发〔2026〕{number}号")
    client = world.anonymous.client
    response = client.get(reverse("policies:library"), {"q": "实习"})
    mark = response.context["page"].after
    second = client.get(reverse("policies:library"), {"q": "实习", "after": mark})
    assert (len(response.context["page"].rows), len(second.context["page"].rows)) == (20, 5)


def test_the_list_costs_the_same_with_three_and_with_eighteen(
    world: World, django_assert_max_num_queries: object, django_assert_num_queries: object
) -> None:
    counts = []
    for most in (3, 18):
        while PolicyDocument.objects.count() < most:
            number = PolicyDocument.objects.count()
            make_document(world, document_number=f"青政办发〔2026〕{number}号")
        with django_assert_max_num_queries(20) as asked:  # type: ignore[operator]
            search(world.anonymous.client, q="实习")
        counts.append(len(asked.captured_queries))
    assert counts[0] == counts[1]


def test_the_fragment_is_the_part_of_the_page(world: World) -> None:
    make_document(world)
    url = reverse("policies:library")
    assert_fragment_equals_page(world.anonymous.client, url, selector="#sl-results")


def test_the_page_numbers_every_line_and_shows_duties(world: World) -> None:
    document = make_document(world)
    make_target(document.clauses.get(number="（三）"))
    page = world.anonymous.client.get(reverse("policies:library_document", args=[document.pk]))
    text = page.content.decode()
    assert text.count('<li id="L') == 5
    assert "实践课时占总课时的比例不低于50%" in text
    assert "应当" in text


def test_json_and_xml_carry_the_reviewed_structure(world: World) -> None:
    document = make_document(world)
    make_target(document.clauses.get(number="（三）"))
    client = world.anonymous.client
    data = client.get(reverse("policies:library_document_json", args=[document.pk])).json()
    assert data["date"] == ISSUED.isoformat()
    assert data["clauses"][2]["numeric_targets"][0]["values"] == [50]
    xml = client.get(reverse("policies:library_document_xml", args=[document.pk])).content
    root = ElementTree.fromstring(xml)
    assert "quantity" in {element.tag.split("}")[1] for element in root.iter()}


def test_a_new_version_leads_to_the_comparison_with_the_one_before(world: World) -> None:
    old = make_document(world, state=DocumentState.SUPERSEDED)
    new = make_document(world, supersedes=old, version=2, text=old.text.replace("3000", "5000"))
    client = world.anonymous.client
    page = client.get(reverse("policies:library_document", args=[new.pk])).content.decode()
    assert "与上版对照" in page
    assert f"?a={old.pk}&amp;b={new.pk}" in page


def test_indexing_everything_skips_drafts(world: World) -> None:
    make_document(world)
    make_document(world, state=DocumentState.REVIEWING, issued_at=None)
    assert index_library() == 1
