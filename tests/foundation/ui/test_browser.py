"""The style guide in a browser: WCAG AA, keyboard, phone, paper, and life without script."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib.auth import get_user_model
from django.test import Client
from playwright.sync_api import expect

from tests.browser import settle, violations

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
GUIDE = "/ui/style-guide/"
WIDE, PHONE = {"width": 1440, "height": 900}, {"width": 390, "height": 844}


@pytest.mark.parametrize("size", [WIDE, PHONE], ids=["1440", "390"])
@pytest.mark.parametrize("address", [GUIDE, "/accounts/login/", "/accounts/signup/"])
def test_pages_meet_wcag_aa(page: Any, size: dict[str, int], address: str) -> None:
    page.set_viewport_size(size)
    settle(page, address)
    assert violations(page) == []


def test_refused_forms_meet_wcag_aa_and_take_the_focus(page: Any) -> None:
    settle(page, GUIDE)
    page.evaluate("document.querySelector('#forms form').submit()")
    page.wait_for_selector("[data-sl-errors]")
    page.wait_for_selector("html.sl-live")
    expect(page.locator("[data-sl-errors]")).to_be_focused()
    assert violations(page) == []


@pytest.mark.parametrize("width", [390, 320])
def test_a_phone_never_scrolls_sideways(page: Any, width: int) -> None:
    page.set_viewport_size({"width": width, "height": 800})
    settle(page, GUIDE)
    assert page.evaluate("document.documentElement.scrollWidth") <= width


def test_targets_on_a_phone_are_large_enough(page: Any) -> None:
    page.set_viewport_size(PHONE)
    settle(page, GUIDE)
    small = page.evaluate(
        """() => [...document.querySelectorAll("main button, main .btn, .sl-tabbar a")]
        .filter((one) => one.offsetParent && one.getBoundingClientRect().height < 24)
        .map((one) => one.outerHTML.slice(0, 90))"""
    )
    assert small == []


def test_the_phone_menu_opens_without_script(browser: Any, live_server: Any) -> None:
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + GUIDE)
    page.click(".sl-tabbar a[href='#sl-sheet']")
    assert page.is_visible(".sl-sheet-body")
    page.click("[aria-label='关闭菜单']")
    assert not page.is_visible(".sl-sheet-body")
    context.close()


def test_without_script_tables_stand_in_for_charts(browser: Any, live_server: Any) -> None:
    context = browser.new_context(viewport=WIDE, java_script_enabled=False)
    page = context.new_page()
    page.goto(live_server.url + GUIDE)
    assert page.is_visible("#chart-supply table")
    assert not page.is_visible("#chart-supply [data-sl-chart-draw]")
    page.check("input[name=region][value=ting]")
    page.click("text=按所选筛选")
    page.wait_for_url("**region=ting**")
    expect(page.locator("[data-sl-row]")).to_have_count(2)
    context.close()


def test_keys_walk_rows_and_reach_the_search_box(page: Any) -> None:
    settle(page, GUIDE)
    page.keyboard.press("j")
    page.keyboard.press("j")
    rows = page.locator("[data-sl-row]")
    assert "is-here" in rows.nth(1).get_attribute("class")
    page.keyboard.press("k")
    page.keyboard.press("x")
    assert page.locator("[data-sl-pick]:checked").count() == 1
    page.keyboard.press("/")
    assert page.evaluate("document.activeElement.matches('[data-sl-search]')")
    page.keyboard.type("jx")
    assert page.input_value("[name=q]") == "jx"


def test_the_question_mark_shows_the_keys(page: Any) -> None:
    settle(page, GUIDE)
    page.keyboard.press("?")
    assert page.is_visible("dialog[open]")
    page.keyboard.press("Escape")
    assert not page.is_visible("dialog[open]")


def test_filtering_swaps_the_rows_and_pushes_the_address(page: Any) -> None:
    settle(page, GUIDE)
    page.check("input[name=kind][value=class]")
    page.wait_for_url("**kind=class**")
    expect(page.locator("[data-sl-row]")).to_have_count(2)
    page.go_back()
    expect(page.locator("[data-sl-row]")).to_have_count(8)


def test_menus_close_on_escape_and_give_the_focus_back(page: Any) -> None:
    settle(page, GUIDE)
    page.click("text=导出")
    assert page.is_visible("text=Excel 表格")
    page.keyboard.press("Escape")
    assert not page.is_visible("text=Excel 表格")
    assert "导出" in page.evaluate("document.activeElement.textContent")


def test_a_chart_turns_into_its_table_and_back(page: Any) -> None:
    settle(page, GUIDE)
    page.click("#chart-supply >> text=看表格")
    assert page.is_visible("#chart-supply table")
    page.click("#chart-supply >> text=看图")
    assert page.is_visible("#chart-supply svg")


def test_the_picker_finds_by_code_and_name(page: Any) -> None:
    settle(page, GUIDE)
    box = page.locator("#id_occupation-ts-control")
    box.click()
    box.fill("数控")
    page.click(".ts-dropdown .option >> text=多工序数控机床操作调整工")
    assert page.input_value("input[name=occupation]") == "6-18-01-07"


def test_what_was_typed_comes_back_after_leaving(page: Any, live_server: Any) -> None:
    user = get_user_model().objects.create(username="drafter", name="演示人员")
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    settle(page, GUIDE)
    page.wait_for_timeout(600)
    page.fill("input[name=title]", "数控多轴操作调整工")
    page.check("input[name=benefits][value=bed]")
    page.wait_for_selector("text=已自动保存")
    page.goto("/accounts/2fa/")
    settle(page, GUIDE)
    page.wait_for_selector("text=自动保存的内容")
    assert page.input_value("input[name=title]") == "数控多轴操作调整工"
    assert page.is_checked("input[name=benefits][value=bed]")
    page.click("text=不用草稿")
    expect(page.locator("input[name=title]")).to_have_value("")


def test_paper_shows_no_frame_but_sources_and_tables(page: Any) -> None:
    settle(page, GUIDE)
    page.emulate_media(media="print")
    assert not page.is_visible(".sl-side")
    assert not page.is_visible(".sl-actions .btn")
    shown = page.evaluate("getComputedStyle(document.querySelector('.sl-src'), '::after').content")
    assert "权益测算" in shown
    assert page.locator("#chart-supply [data-sl-chart-rows]").bounding_box()["height"] > 100


def test_headings_of_the_menu_fold_by_key_and_are_remembered(page: Any, live_server: Any) -> None:
    user = get_user_model().objects.create(username="folder", name="演示人员")
    client = Client()
    client.force_login(user)
    session = client.cookies["sessionid"].value
    page.context.add_cookies([{"name": "sessionid", "value": session, "url": live_server.url}])
    page.set_viewport_size(WIDE)
    settle(page, GUIDE)
    fold = page.locator(".sl-side [data-sl-fold]").first
    assert fold.evaluate("one => one.open")  # a short menu stands open
    fold.locator("summary").focus()
    page.keyboard.press("Enter")
    assert not fold.evaluate("one => one.open")
    assert not fold.locator("a").first.is_visible()
    settle(page, GUIDE)
    assert not page.locator(".sl-side [data-sl-fold]").first.evaluate("one => one.open")
    page.locator(".sl-side [data-sl-fold] summary").first.press("Space")
    settle(page, GUIDE)
    assert page.locator(".sl-side [data-sl-fold]").first.evaluate("one => one.open")
    assert violations(page) == []
