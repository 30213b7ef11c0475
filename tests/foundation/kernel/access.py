"""Who gets what from the kernel's addresses."""

from __future__ import annotations

from typing import Any

from silian.foundation.kernel.site_calendar import set_working_day
from tests.access import HIDDEN, Row, only, public, signed_in
from tests.foundation.kernel.letters import failed_letter
from tests.foundation.kernel.results import job_of, result_of
from tests.world import TODAY, World

FOUND = 302
ADMINISTRATOR = "system_admin"


def letter(world: World) -> dict[str, Any]:
    return {"queue_job_id": failed_letter()}


def own_job(world: World) -> dict[str, Any]:
    return {"job_id": job_of(world.enterprise).pk}


def own_result(world: World) -> dict[str, Any]:
    return {"file_id": result_of(world.enterprise).pk}


def override(world: World) -> dict[str, Any]:
    set_by = world.system_admin.actor
    day = set_working_day(date=TODAY, is_working=True, basis="放假通知", actor=set_by)
    return {"override_id": day.pk}


def for_administrator(**given: Any) -> Row:
    return only(ADMINISTRATOR, **given)


ACCESS: dict[str, Row] = {
    "kernel:live": public(),
    "kernel:ready": public(),
    "kernel:metrics": public(),
    "kernel:file_download": only("enterprise", otherwise=HIDDEN, kwargs=own_result),
    "kernel:file_view": only("enterprise", otherwise=HIDDEN, kwargs=own_result),
    "kernel:job_list": signed_in(),
    "kernel:job_detail": only("enterprise", ADMINISTRATOR, otherwise=HIDDEN, kwargs=own_job),
    "kernel:job_cancel": only(
        "enterprise",
        ADMINISTRATOR,
        otherwise=HIDDEN,
        status=FOUND,
        method="post",
        kwargs=own_job,
    ),
    "kernel:dead_letter_list": for_administrator(),
    "kernel:dead_letter_detail": for_administrator(kwargs=letter),
    "kernel:dead_letter_retry": for_administrator(method="post", kwargs=letter, status=FOUND),
    "kernel:dead_letter_discard": for_administrator(
        method="post", kwargs=letter, status=FOUND, data=lambda world: {"reason": "不再需要"}
    ),
    "kernel:audit_list": only("audit_admin"),
    "kernel:audit_export": only("audit_admin", method="post", status=FOUND),
    "kernel:working_days": for_administrator(),
    "kernel:working_day_unset": for_administrator(method="post", kwargs=override, status=FOUND),
}
