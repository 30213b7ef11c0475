"""Large tables are written by a worker and found under the job."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from django.http import Http404, HttpRequest

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.files import read_content
from silian.foundation.kernel.models import Job
from silian.foundation.ui import large_exports, saved_views, tables
from silian.foundation.ui.tables import Column, Table

ME = Actor(user_id=7, name="演示人员", roles=frozenset({"manager"}))


@pytest.fixture
def source(monkeypatch: pytest.MonkeyPatch) -> Iterator[str]:
    monkeypatch.setattr(tables, "LARGE_EXPORT", 2)

    def views_table(request: HttpRequest) -> Table:
        return Table(
            request=request,
            name="views",
            caption="视图",
            rows=saved_views.saved_views_visible_to(request.actor),  # type: ignore[attr-defined]
            columns=[Column("name", "名称", sort="name", main=True)],
            order="name",
            source="ui.test",
        )

    large_exports.export_source("ui.test")(views_table)
    yield "ui.test"
    large_exports._sources.pop("ui.test")


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("kind", ["csv", "xlsx"])
def test_a_worker_writes_only_what_the_person_may_see(
    source: str, kind: str, run_jobs: Callable[[], None]
) -> None:
    for user in (7, 8):
        for number in range(3):
            actor = Actor(user_id=user, name="甲")
            saved_views.save_view(actor=actor, path="/x/", name=f"视图 {user}-{number}", query="")
    job = large_exports.start_export(actor=ME, source=source, kind=kind, query="sort=-name")
    run_jobs()
    job = Job.objects.get(pk=job.pk)
    assert job.failure == ""
    assert (job.state, job.done, job.message) == ("done", 3, "已导出 3 行")
    assert job.result_file is not None
    content = read_content(job.result_file)
    if kind == "csv":
        lines = content.decode("utf-8-sig").splitlines()
        assert lines == ["名称", "视图 7-2", "视图 7-1", "视图 7-0"]
    else:
        assert content.startswith(b"PK")


@pytest.mark.django_db
def test_an_unknown_table_is_not_found() -> None:
    with pytest.raises(Http404):
        large_exports.start_export(actor=ME, source="no.table", kind="csv", query="")


@pytest.mark.django_db
def test_a_visitor_cannot_start_one(source: str) -> None:
    with pytest.raises(NotAllowed, match="登录"):
        large_exports.start_export(actor=Actor(), source=source, kind="csv", query="")


def test_the_identity_survives_the_queue() -> None:
    assert large_exports.restored(large_exports.described(ME)) == ME
