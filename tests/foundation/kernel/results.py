"""Jobs and result files of a member of the cast."""

from __future__ import annotations

from typing import Any

from silian.foundation.kernel.files import store_result
from silian.foundation.kernel.models import Job, StoredFile
from tests.world import Person


def job_of(person: Person, **values: Any) -> Job:
    facts = {"kind": "tests.sample", "title": "导入岗位", "actor_name": person.actor.name}
    return Job.objects.create(actor_id=person.actor.user_id, **{**facts, **values})


def result_of(person: Person, *, content: bytes = b"a,b\n1,2\n") -> StoredFile:
    return store_result(
        name="结果.csv", content_type="text/csv", content=content, job=job_of(person)
    )
