"""The frame, the refusal page, error pages and the style guide's doors."""

from __future__ import annotations

import pytest
from django.template import engines
from django.test import Client, RequestFactory, override_settings

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.frame import Frame
from tests.world import World

pytestmark = pytest.mark.django_db
HOME = "/ui/style-guide/"


def framed(path: str, actor: Actor | None = None) -> Frame:
    return Frame(request=RequestFactory().get(path), actor=actor or Actor())


@pytest.fixture
def navigation(monkeypatch: pytest.MonkeyPatch) -> sockets.Socket[sockets.NavigationItem]:
    socket: sockets.Socket[sockets.NavigationItem] = sockets.Socket()
    monkeypatch.setattr(sockets, "navigation", socket)
    return socket


def item(label: str, url_name: str, **given: object) -> sockets.NavigationItem:
    values = {"section": "", "icon": "house", "visible": lambda actor: True}
    return sockets.NavigationItem(label=label, url_name=url_name, **{**values, **given})  # type: ignore[arg-type]


def test_the_menu_groups_lines_and_counts_work(
    navigation: sockets.Socket[sockets.NavigationItem],
) -> None:
    navigation.plug(item("样例", "ui:style_guide", section="检查", count=lambda actor: 3), order=2)
    navigation.plug(item("首页", "account_login"), order=1)
    sections = framed("/").sections
    assert [section.name for section in sections] == ["", "检查"]
    assert sections[1].lines[0].count == 3


def test_the_longest_fitting_line_is_active(
    navigation: sockets.Socket[sockets.NavigationItem],
) -> None:
    navigation.plug(item("样例", "ui:style_guide"))
    navigation.plug(item("词", "ui:style_guide_words"))
    lines = framed("/ui/style-guide/words/").sections[0].lines
    assert [line.active for line in lines] == [False, True]


def test_hidden_lines_and_missing_modules_are_left_out(
    navigation: sockets.Socket[sockets.NavigationItem],
) -> None:
    navigation.plug(item("藏", "ui:style_guide", visible=lambda actor: False))
    navigation.plug(item("无", "nowhere:page"))
    assert framed("/").sections == []


def test_the_switch_posts_the_chosen_organisation(monkeypatch: pytest.MonkeyPatch) -> None:
    socket: sockets.Socket[object] = sockets.Socket()
    monkeypatch.setattr(sockets, "identities", socket)
    two = [
        sockets.Identity(value="1", organisation="启衡精密（演示）", role="经办人", chosen=True),
        sockets.Identity(value="2", organisation="云汀装备（演示）", role="管理员", chosen=False),
    ]
    menu = sockets.IdentityMenu(url="/switch/", field="organisation_id", identities=two)
    socket.plug(lambda actor: menu)
    request = RequestFactory().get("/")
    template = engines["django"].from_string("{% include 'ui/_identity.html' %}")
    html = template.render({"frame": framed("/")}, request)
    assert 'method="post" action="/switch/"' in html
    assert 'name="organisation_id" value="2"' in html
    assert html.count("aria-current") == 1


def test_every_page_has_landmarks_one_h1_and_a_skip_link() -> None:
    html = Client().get(HOME).content.decode()
    assert html.count("<h1") == 1
    assert '<main class="sl-main" id="main"' in html
    assert 'class="sl-skip" href="#main"' in html
    assert 'lang="zh-CN"' in html


def test_the_page_allows_no_script_but_its_own() -> None:
    policy = Client().get(HOME).headers["Content-Security-Policy"]
    assert "script-src 'self'" in policy
    assert "unsafe-eval" not in policy


def test_logging_out_is_a_post(world: World) -> None:
    html = world.people["enterprise"].client.get(HOME).content.decode()
    assert '<form method="post" action="/accounts/logout/">' in html


@override_settings(DEMO_MODE=False, DEBUG=False)
@pytest.mark.parametrize("address", [HOME, "/ui/style-guide/words/"])
def test_the_style_guide_is_hidden_outside_demonstration(address: str) -> None:
    assert Client().get(address).status_code == 404


def test_an_unknown_address_gets_the_page_with_a_way_back() -> None:
    answer = Client(raise_request_exception=False).get("/nowhere/at/all/")
    assert answer.status_code == 404
    assert "返回首页" in answer.content.decode()


@pytest.mark.parametrize("name", ["400", "403", "404", "429", "403_csrf"])
def test_error_pages_say_what_is_kept_and_the_code(name: str) -> None:
    request = RequestFactory().get("/")
    html = engines["django"].get_template(f"{name}.html").render({}, request)
    assert f"代码 {name[:3]}" in html
    assert "返回首页" in html


def test_the_last_error_page_needs_nothing_but_itself() -> None:
    html = engines["django"].get_template("500.html").render({})
    assert "这一次的改动没有保存" in html
    assert "/static/" not in html


@pytest.mark.parametrize(
    ("referer", "way"),
    [
        ("http://testserver/exchange/", "http://testserver/exchange/"),
        ("https://evil.example/", "/"),
        (None, "/"),
    ],
)
def test_a_refusal_leads_back_within_the_site(referer: str | None, way: str) -> None:
    request = RequestFactory().get("/", **({"HTTP_REFERER": referer} if referer else {}))
    template = engines["django"].get_template("ui/refusal.html")
    html = template.render({"sentence": "未满16周岁，不得签署。"}, request)
    assert "未满16周岁" in html
    assert f'href="{way}">返回上一页' in html


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/login/",
        "/accounts/signup/",
        "/accounts/password/reset/",
        "/accounts/password/reset/done/",
    ],
)
def test_entrance_pages_are_complete(address: str) -> None:
    html = Client().get(address).content.decode()
    assert html.count("<h1") == 1
    assert "sl-account" in html


@pytest.mark.parametrize(
    "address",
    [
        "/accounts/password/change/",
        "/accounts/2fa/",
        "/accounts/sessions/",
        "/accounts/logout/",
        "/accounts/email/",
    ],
)
def test_account_pages_are_complete(world: World, address: str) -> None:
    html = world.people["enterprise"].client.get(address).content.decode()
    assert html.count("<h1") == 1
    assert "sl-account" in html


def test_the_page_costs_few_bytes_of_our_own() -> None:
    assert len(Client().get("/accounts/login/").content) < 12_000
