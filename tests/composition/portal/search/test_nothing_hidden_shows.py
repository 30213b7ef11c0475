"""A hidden, foreign or members' thing shows nowhere: not in results, counts, offers or reasons."""

from __future__ import annotations

import datetime

import pytest

from silian.foundation.kernel.models import SearchTerm
from silian.foundation.kernel.search.feed import changed
from silian.foundation.kernel.search.terms import refresh_terms
from silian.registers.programmes.models.programmes import Programme
from tests.composition.portal.search.stage import (
    SECRET,
    hide,
    offered,
    published,
    secret_listing,
    shown,
)
from tests.registers.programmes.stage import make_major
from tests.world import Person, World

pytestmark = pytest.mark.django_db
TRIALS = {
    "as it is": SECRET,
    "in pinyin": "huposuan",
    "by initials": "hps",
    "with a wrong sound": "虎珀酸",
    "with a wrong letter": "huposaun",
    "half in pinyin": "琥po酸",
    "with its neighbours": f"{SECRET} 工艺",
}
TYPED = ("琥", "琥珀", "hupo", "hps", "hu", "虎珀酸", "琥珀酸 工")


def traces(person: Person) -> list[str]:
    """Every way of asking that lets the secret word, or a result, show."""
    found = []
    for name, text in TRIALS.items():
        page = shown(person, q=text)
        echo = page.count(SECRET) - (text.count(SECRET) and page.count(text) * text.count(SECRET))
        if echo > 0 or "sl-hit-why" in page or "抑制" in page:
            found.append(f"page {name}")
    found += [
        f"offer {text}" for text in TYPED if any(SECRET in one for one in offered(person, text))
    ]
    return found


def test_a_public_listing_is_found_in_all_these_ways(world: World) -> None:
    secret_listing(world)
    for name, text in TRIALS.items():
        assert "抑制" in shown(world.anonymous, q=text), name
    assert any(SECRET in one for one in offered(world.anonymous, "hupo"))
    assert any(SECRET in one for one in offered(world.anonymous, "琥"))


def test_what_is_hidden_after_the_count_shows_in_none_of_them(world: World) -> None:
    hide(world, secret_listing(world))
    assert SearchTerm.objects.filter(word="琥珀酸").exists()  # the count is older
    for person in (world.anonymous, world.school, world.rival):
        assert traces(person) == []


def test_no_hidden_word_is_read_into_a_question_of_which_the_rest_is_found(world: World) -> None:
    published(world, title="工艺改进实习，2 人")
    hide(world, secret_listing(world))
    for text in ("虎珀酸 工艺", "虎珀酸 工艺 改进", "huposuan 工艺"):
        page = shown(world.anonymous, q=text)
        assert "工艺</mark>" in page, text
        assert SECRET not in page, text


def test_what_only_members_may_read_shows_to_no_visitor(world: World) -> None:
    secret_listing(world, visibility="members")
    assert not SearchTerm.objects.filter(word="琥珀酸").exists()
    assert traces(world.anonymous) == []
    assert "抑制" in shown(world.school, q=SECRET)


def test_counts_of_tabs_and_filters_leave_hidden_things_out(world: World) -> None:
    listing = secret_listing(world)
    before = shown(world.anonymous, q=SECRET)
    assert '<b class="sl-num">1</b> 条' in before
    hide(world, listing)
    after = shown(world.anonymous, q=SECRET)
    assert '<b class="sl-num">0</b> 条' in after
    assert "技术难题" not in after.split("sl-results")[0].split("sl-facets-body")[-1]


def test_a_looser_filter_is_offered_only_when_the_asker_would_find_something(world: World) -> None:
    listing = secret_listing(world)
    narrow = {"q": SECRET, "side": "supply"}
    assert "去掉“方向”条件" in shown(world.anonymous, **narrow)
    hide(world, listing)
    assert "去掉“方向”条件" not in shown(world.anonymous, **narrow)


def test_programmes_show_to_no_visitor(world: World) -> None:
    programme = Programme.objects.create(
        school=world.school.organisation,
        division=world.school.organisation.division,
        major=make_major(),
        name=f"{SECRET}工艺技术",
        years=3,
        opened_on=datetime.date(2024, 9, 1),
    )
    changed("programme", [programme.pk])
    refresh_terms()
    assert programme.get_absolute_url() in shown(world.enterprise, q=SECRET)
    assert programme.get_absolute_url() not in shown(world.anonymous, q=SECRET)
    assert not any(SECRET in text for text in offered(world.anonymous, "琥"))
