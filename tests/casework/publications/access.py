"""Who gets what from every address of publications."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from silian.casework.publications.choices import EditionState
from tests.access import HIDDEN, Row, only, public
from tests.casework.publications.editions import make_edition
from tests.world import World

OFFICIALS = ("reviewer", "coordinator", "supervisor", "leader")


def with_edition(state: EditionState, **more: str) -> Callable[[World], dict[str, Any]]:
    def kwargs(world: World) -> dict[str, Any]:
        return {"edition_id": make_edition(world, state=state).pk, **more}

    return kwargs


def with_file(world: World) -> dict[str, Any]:
    edition = make_edition(world, state=EditionState.SUBMITTED)
    return {"edition_id": edition.pk, "file_id": edition.files.get().pk}


SUBMITTED = with_edition(EditionState.SUBMITTED)
DRAFT = with_edition(EditionState.DRAFT)


def writer_only(
    kwargs: Callable[[World], dict[str, Any]], *, hidden: tuple[str, ...] = (), **given: Any
) -> Row:
    """The writer passes; officials who see the edition are refused; for others it is hidden."""
    row = only("coordinator", otherwise=HIDDEN, kwargs=kwargs, **given)
    seen = {name: 403 for name in ("reviewer", "supervisor", "leader") if name not in hidden}
    return Row(
        statuses={**row.statuses, **seen}, method=row.method, kwargs=row.kwargs, data=row.data
    )


ACCESS: dict[str, Row] = {
    "publications:edition_list": public(),
    "publications:edition_feed": public(),
    "publications:edition_verify": public(),
    "publications:edition_desk": only("reviewer", "coordinator"),
    "publications:edition_new": only("coordinator"),
    "publications:edition_detail": only(*OFFICIALS, otherwise=HIDDEN, kwargs=SUBMITTED),
    "publications:edition_data": only(*OFFICIALS, otherwise=HIDDEN, kwargs=SUBMITTED),
    "publications:edition_file": only(*OFFICIALS, otherwise=HIDDEN, kwargs=with_file),
    "publications:edition_edit": writer_only(DRAFT, hidden=("supervisor", "leader")),
    "publications:edition_correct": only(
        "coordinator", kwargs=with_edition(EditionState.PUBLISHED)
    ),
    "publications:edition_discard": writer_only(
        DRAFT, hidden=("supervisor", "leader"), method="post", status=302
    ),
    # the coordinator of the cast is the author, who does not approve
    "publications:edition_step": Row(
        statuses={
            **only("reviewer", status=302, otherwise=HIDDEN).statuses,
            "coordinator": 409,
            "supervisor": 403,
            "leader": 403,
        },
        method="post",
        kwargs=with_edition(EditionState.SUBMITTED, name="approve"),
    ),
}
