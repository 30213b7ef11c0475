"""Saved views belong to one person and one page."""

from __future__ import annotations

import pytest
from django.test import RequestFactory

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.ui import saved_views
from silian.foundation.ui.errors import ViewRefused
from silian.foundation.ui.models import SavedView

pytestmark = pytest.mark.django_db
ME, OTHER = Actor(user_id=1, name="甲"), Actor(user_id=2, name="乙")


def save(actor: Actor = ME, **given: object) -> SavedView:
    values = {"path": "/list/", "name": "本周", "query": "sort=-pay&after=xyz&q="}
    return saved_views.save_view(actor=actor, **{**values, **given})  # type: ignore[arg-type]


def test_a_view_keeps_the_conditions_but_not_the_position() -> None:
    assert save().query == "sort=-pay"


def test_the_same_name_replaces_the_view() -> None:
    save()
    save(query="region=530300")
    assert [view.query for view in SavedView.objects.all()] == ["region=530300"]


def test_only_one_view_of_a_page_is_the_default() -> None:
    save(is_default=True)
    save(name="下周", is_default=True)
    assert [view.name for view in SavedView.objects.filter(is_default=True)] == ["下周"]


def test_a_visitor_cannot_save_a_view() -> None:
    with pytest.raises(NotAllowed, match="登录后"):
        save(Actor())


@pytest.mark.parametrize(
    "path", ["https://elsewhere.example/", "//elsewhere.example/", "/\\elsewhere.example/", ""]
)
def test_a_view_of_another_site_is_refused(path: str) -> None:
    with pytest.raises(ViewRefused, match="本站"):
        save(path=path)


def test_a_view_needs_a_name() -> None:
    with pytest.raises(ViewRefused, match="名称"):
        save(name="  ")


def test_the_twenty_first_view_is_refused() -> None:
    for number in range(saved_views.MOST_VIEWS):
        save(name=f"视图 {number}")
    with pytest.raises(ViewRefused, match="已有 20 个"):
        save(name="再一个")


def test_nobody_deletes_the_view_of_another() -> None:
    view = save()
    assert saved_views.delete_view(actor=OTHER, view_id=view.pk) == "/"
    assert SavedView.objects.count() == 1
    assert saved_views.delete_view(actor=ME, view_id=view.pk) == "/list/"
    assert SavedView.objects.count() == 0


def test_the_default_view_opens_only_without_conditions() -> None:
    save(is_default=True)
    plain = RequestFactory().get("/list/")
    plain.actor = ME  # type: ignore[attr-defined]
    answer = saved_views.default_view_redirect(request=plain)
    assert answer is not None
    assert answer.url == "/list/?sort=-pay"
    filtered = RequestFactory().get("/list/?q=x")
    filtered.actor = ME  # type: ignore[attr-defined]
    assert saved_views.default_view_redirect(request=filtered) is None
