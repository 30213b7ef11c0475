"""The frame around a page: menus, switch, bell and search box, asked for only when drawn."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

from django.conf import settings
from django.http import HttpRequest
from django.shortcuts import resolve_url
from django.templatetags.static import static
from django.urls import NoReverseMatch, reverse

from silian.foundation.kernel.actors import Actor
from silian.foundation.ui import sockets
from silian.foundation.ui.menu import FOLDED_COOKIE, MenuLine, MenuSection, menu_of

TAB_COUNT = 4
STYLESHEETS = [
    f"ui/{name}.css"
    for name in ("tokens", "frame", "components", "blocks", "forms", "tables", "account", "print")
]
LATER_FILES = (
    "tom-select/css/tom-select.min.css",
    "tom-select/js/tom-select.base.min.js",
    "flatpickr/flatpickr.min.css",
    "flatpickr/flatpickr.min.js",
    "flatpickr/l10n/zh.js",
    "echarts/echarts.common.min.js",
)  # what scripts fetch when a page needs it, under the names it is served with
AnswerT = TypeVar("AnswerT")


@dataclass(frozen=True, kw_only=True)
class Link:
    """A link as drawn in the portal's head and foot."""

    label: str
    url: str
    icon: str
    active: bool


class Frame:
    """Everything around the content. Each part is computed once, when a template asks for it."""

    stylesheets = STYLESHEETS

    def __init__(self, *, request: HttpRequest, actor: Actor) -> None:
        self._request = request
        self._actor = actor

    @cached_property
    def sections(self) -> list[MenuSection]:
        """The side menu grouped by section, in the order plugged."""
        items = [
            (item, url)
            for item in sockets.navigation
            if item.visible(self._actor) and (url := address_of(item.url_name))
        ]
        return menu_of(
            items,
            actor=self._actor,
            active=self._active(url for _, url in items),
            folded=self._request.COOKIES.get(FOLDED_COOKIE, ""),
        )

    @cached_property
    def tabs(self) -> list[MenuLine]:
        """The first lines of the menu, for the phone's bottom bar."""
        return [line for section in self.sections for line in section.lines][:TAB_COUNT]

    @cached_property
    def identity_menu(self) -> sockets.IdentityMenu | None:
        return first_answer(plug(self._actor) for plug in sockets.identities)

    @cached_property
    def bell(self) -> sockets.Bell | None:
        return first_answer(plug(self._actor) for plug in sockets.bells)

    @cached_property
    def search(self) -> sockets.SearchBox | None:
        return first_answer(plug(self._actor) for plug in sockets.search_boxes)

    @cached_property
    def region(self) -> str:
        """The name of the jurisdiction this site serves (站点所属行政区)."""
        return first_answer(plug() or None for plug in sockets.region_names) or ""

    @cached_property
    def portal_links(self) -> list[Link]:
        return self._links(sockets.portal_links)

    @cached_property
    def foot_links(self) -> list[Link]:
        return self._links(sockets.foot_links)

    @cached_property
    def account_links(self) -> list[Link]:
        return self._links(sockets.account_links)

    @cached_property
    def entrance_links(self) -> list[Link]:
        """Other ways in than the login page, for visitors (其他入口)."""
        return self._links(link for plug in sockets.entrance_links if (link := plug()))

    @property
    def vendor_names(self) -> str:
        """The served addresses of files that scripts load later, as JSON."""
        return json.dumps({name: static(f"vendor/{name}") for name in LATER_FILES})

    @property
    def base_template(self) -> str:
        """The frame for pages that both visitors and people at work open."""
        at_work = self._actor.is_authenticated
        return "ui/workbench.html" if at_work else "ui/portal.html"

    @property
    def login_url(self) -> str:
        return resolved(settings.LOGIN_URL)

    @property
    def workbench_url(self) -> str:
        return resolved(settings.LOGIN_REDIRECT_URL)

    def _links(self, plugged: Iterable[sockets.FrameLink]) -> list[Link]:
        links = [(link, url) for link in plugged if (url := address_of(link.url_name))]
        active = self._active(url for _, url in links)
        return [
            Link(label=link.label, url=url, icon=link.icon, active=url == active)
            for link, url in links
        ]

    def _active(self, urls: Iterable[str]) -> str:
        """The address that is the longest beginning of the page's own; "/" only for itself."""
        path = self._request.path
        fitting = [url for url in urls if path == url or (url != "/" and path.startswith(url))]
        return max(fitting, key=len, default="")


def address_of(url_name: str) -> str:
    """The address of a named page, or nothing when its module is not installed."""
    try:
        return reverse(url_name)
    except NoReverseMatch:
        return ""


def resolved(name: object) -> str:
    """The address behind a setting such as ``LOGIN_REDIRECT_URL``; the home page as a last way."""
    try:
        return resolve_url(str(name))
    except NoReverseMatch:
        return "/"


def first_answer(answers: Iterable[AnswerT | None]) -> AnswerT | None:
    """The first plug's answer that is not nothing."""
    return next((answer for answer in answers if answer is not None), None)
