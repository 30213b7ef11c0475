"""Saved views: a table's filters, order and columns under a name (保存的视图)."""

from __future__ import annotations

from urllib.parse import urlencode

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponseRedirect, QueryDict
from django.utils.http import url_has_allowed_host_and_scheme

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.ui.errors import ViewRefused
from silian.foundation.ui.models import SavedView

PASSING = frozenset({"after", "before", "export", "view", "chosen", "csrfmiddlewaretoken"})
MOST_VIEWS = 20  # per person and page; more could not be told apart in a menu


@transaction.atomic
def save_view(
    *, actor: Actor, path: str, name: str, query: str, is_default: bool = False
) -> SavedView:
    """Keep the present query under a name; the same name is replaced (存为视图)."""
    if actor.user_id is None:
        raise NotAllowed("登录后才能保存视图。")
    name = name.strip()[:40]
    if not name:
        raise ViewRefused("视图没有名称，没有保存。请填写名称后重试。", field="name")
    at_home = url_has_allowed_host_and_scheme(path, allowed_hosts=None)
    if not path.startswith("/") or not at_home:
        raise ViewRefused("视图不属于本站页面，没有保存。请回到列表页重试。")
    mine = SavedView.objects.select_for_update().filter(user_id=actor.user_id, path=path[:200])
    if mine.exclude(name=name).count() >= MOST_VIEWS:
        raise ViewRefused(f"这一页已有 {MOST_VIEWS} 个视图。请先删除不用的视图再保存。")
    if is_default:
        mine.update(is_default=False)
    view, _ = SavedView.objects.update_or_create(
        user_id=actor.user_id,
        path=path[:200],
        name=name,
        defaults={"query": lasting_query(query=query), "is_default": is_default},
    )
    return view


@transaction.atomic
def delete_view(*, actor: Actor, view_id: int) -> str:
    """Forget one of the actor's views; returns its page (删除视图)."""
    view = saved_views_visible_to(actor).select_for_update().filter(pk=view_id).first()
    if view is None:
        return "/"
    path = view.path
    view.delete()
    return path


def saved_views_visible_to(actor: Actor) -> QuerySet[SavedView]:
    """Only one's own."""
    if actor.user_id is None:
        return SavedView.objects.none()
    return SavedView.objects.filter(user_id=actor.user_id).order_by("name")


def lasting_query(*, query: str) -> str:
    """The query without page position and empty values.

    >>> lasting_query(query="q=&region=530300&after=xyz&sort=-pay")
    'region=530300&sort=-pay'
    """
    values = QueryDict(query)
    kept = [
        (key, value)
        for key, given in values.lists()
        if key not in PASSING
        for value in given
        if value
    ]
    return urlencode(kept)[:2000]


def default_view_redirect(*, request: HttpRequest) -> HttpResponseRedirect | None:
    """To the actor's default view when the page is opened without any condition."""
    if request.GET or request.method != "GET":
        return None
    actor: Actor = request.actor  # type: ignore[attr-defined]
    if actor.user_id is None:
        return None
    view = saved_views_visible_to(actor).filter(path=request.path, is_default=True).first()
    return HttpResponseRedirect(view.url) if view and view.query else None
