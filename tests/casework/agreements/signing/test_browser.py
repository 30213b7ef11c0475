"""Signing in a browser: on a phone by link, on a desk in the account, and without script."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings

from silian.casework.agreements.choices import SignatureState
from silian.casework.agreements.commands.links import make_link
from silian.casework.agreements.commands.sending import resend_changed
from silian.casework.agreements.models import AgreementVersion
from tests.browser import settle, violations
from tests.casework.agreements.signing import stage
from tests.world import Person, World, make_world

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
PHONE = {"width": 390, "height": 844}


def token_for(world: World, version: AgreementVersion) -> str:
    row = stage.signature_of(version, "student")
    return make_link(signature_id=row.pk, actor=world.school.actor, now=stage.NOW)


def prove(page: Any) -> None:
    page.fill("[name=name]", "顾小南")
    page.fill("[name=last_four]", "0234")
    page.click("button:has-text('打开协议')")


def sign_in(page: Any, member: Person, *, url: str) -> None:
    cookie = member.client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": url}])


def test_a_phone_signs_by_link(page: Any) -> None:
    world = make_world()
    version = stage.sent(world)
    page.set_viewport_size(PHONE)
    settle(page, f"/agreements/s/{token_for(world, version)}/")
    assert violations(page) == []
    prove(page)
    page.wait_for_selector("html.sl-live")
    assert violations(page) == []
    assert page.evaluate("document.documentElement.scrollWidth") <= 390
    assert page.locator("button:has-text('签这份协议')").bounding_box()["height"] >= 44
    page.check("[name=understood]")
    page.click("button:has-text('签这份协议')")
    page.wait_for_selector("h1:has-text('已签好')")
    assert violations(page) == []
    assert stage.signature_of(version, "student").state == SignatureState.SIGNED


def test_a_phone_signs_without_script(browser: Any, live_server: Any) -> None:
    world = make_world()
    version = stage.sent(world)
    context = browser.new_context(viewport=PHONE, java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/agreements/s/{token_for(world, version)}/")
    prove(page)
    page.click("summary:has-text('我有疑问')")
    page.fill("[name=text]", "周末能回家吗？")
    page.click("button:has-text('发给发起单位')")
    assert page.is_visible("text=周末能回家吗？")
    page.check("[name=understood]")
    page.click("button:has-text('签这份协议')")
    assert page.is_visible("h1:has-text('已签好')")
    context.close()
    assert stage.signature_of(version, "student").state == SignatureState.SIGNED


@pytest.mark.parametrize("letters", ["", "?text=large"])
def test_the_page_with_changes_meets_wcag_aa(page: Any, live_server: Any, letters: str) -> None:
    world = make_world()
    old = stage.sent(world)
    stage.sign_as(world, old, "student")
    new = resend_changed(
        agreement_id=old.agreement_id,
        actor=world.school.actor,
        changes={"pay": "3400", "place": "高新区二厂"},
        reason="企业调整了岗位",
        now=stage.NOW,
    )
    sign_in(page, world.student, url=live_server.url)
    settle(page, f"/agreements/sign/{stage.signature_of(new, 'student').pk}/{letters}")
    assert violations(page) == []
    assert page.locator("ins:has-text('3,400')").count() >= 2
