"""A roster on its way in: uploaded and checked, then confirmed or dropped."""

from __future__ import annotations

import datetime
import json
from collections.abc import Sequence

from django.core.files.uploadedfile import UploadedFile
from django.db import transaction

from silian.foundation.kernel.actors import Actor, system_actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.encryption import decrypted, encrypted
from silian.foundation.kernel.errors import NotAllowed
from silian.foundation.kernel.jobs import start_job
from silian.foundation.kernel.sheets import sheet_of
from silian.registers.people.queries import reason_not_an_id_number
from silian.registers.programmes.choices import RosterMode, RosterState
from silian.registers.programmes.models.rosters import RosterImport, RosterProblem
from silian.registers.programmes.permissions.programmes import require_school_staff
from silian.registers.programmes.queries.roster_reading import (
    RosterReader,
    Student,
    register_for,
)
from silian.registers.programmes.rules.roster_rows import (
    REQUIRED,
    RosterCell,
    RosterRow,
    read_roster,
)
from silian.registers.programmes.workflow.roster import roster as steps

MOST_ROWS = 20_000  # the largest school of a city; a larger file is two files
MOST_PROBLEMS = 2_000  # nobody corrects more than that cell by cell
KEPT_DAYS = 7  # rows with identity numbers wait no longer for a confirmation


@transaction.atomic
def upload_roster(
    *, actor: Actor, upload: UploadedFile[bytes], mode: RosterMode, today: datetime.date
) -> RosterImport:
    """Read and check a file of students; nothing is written yet (上传学生名单)."""
    require_school_staff(actor)
    sheet = sheet_of(name=upload.name or "", content=upload.read(), most_rows=MOST_ROWS)
    sheet.require(*REQUIRED)
    rows, problems = read_roster(sheet.numbered(), id_check=reason_not_an_id_number)
    batch = RosterImport.objects.create(
        school_id=actor.organisation_id or 0,
        created_by_id=actor.user_id,
        file_name=(upload.name or "")[:200],
        mode=mode,
        rows=len(rows),
    )
    settle_check(batch, rows=rows, problems=problems, today=today)
    record(actor, "programmes.roster.uploaded", batch, detail={"rows": batch.rows})
    return batch


def settle_check(
    batch: RosterImport,
    *,
    rows: Sequence[RosterRow],
    problems: list[RosterCell],
    today: datetime.date,
) -> None:
    """Write down what each row would do and which cells are wrong (检查)."""
    wrong = {cell.row for cell in problems}
    fit = [row for row in rows if row.row not in wrong]
    reader = RosterReader(register=register_for(school_id=batch.school_id, rows=fit), on=today)
    good = reader.read(fit)
    problems = sorted([*problems, *reader.problems], key=lambda cell: cell.row)
    RosterProblem.objects.bulk_create(
        [RosterProblem(roster=batch, **vars(cell)) for cell in problems[:MOST_PROBLEMS]]
    )
    batch.state = steps.target("check", state=RosterState(batch.state))
    batch.rows_cipher = sealed([student.row for student in good])
    batch.refused_rows = len(rows) - len(good)
    count_outcomes(batch, good)
    batch.save()


def count_outcomes(batch: RosterImport, students: Sequence[Student]) -> None:
    batch.new_rows = sum(student.is_new for student in students)
    batch.same_rows = sum(student.is_same for student in students)
    batch.changed_rows = len(students) - batch.new_rows - batch.same_rows


def sealed(rows: Sequence[RosterRow]) -> str:
    """Rows as one cipher text, because they hold identity numbers."""
    return encrypted(json.dumps([row.as_json() for row in rows], ensure_ascii=False))


def unsealed(batch: RosterImport) -> list[RosterRow]:
    return [RosterRow(**row) for row in json.loads(decrypted(batch.rows_cipher) or "[]")]


@transaction.atomic
def confirm_roster(*, roster_id: int, actor: Actor) -> RosterImport:
    """Take the good rows in, in the background (确认导入)."""
    batch = own_roster(roster_id, actor)
    batch.state = steps.target(
        "confirm",
        state=RosterState(batch.state),
        rows=batch.rows,
        refused_rows=batch.refused_rows,
        takes_good_rows=batch.mode == RosterMode.GOOD_ROWS,
    )
    job = start_job(
        kind="programmes.import_roster",
        title=f"导入学生名单 {batch.file_name}",
        actor=actor,
        roster_id=batch.pk,
    )
    batch.job_id = job.pk
    batch.save(update_fields=["state", "job_id"])
    record(actor, "programmes.roster.confirmed", batch)
    return batch


def own_roster(roster_id: int, actor: Actor) -> RosterImport:
    require_school_staff(actor)
    batch = RosterImport.objects.select_for_update(of=("self",)).get(pk=roster_id)
    if batch.school_id != actor.organisation_id:
        raise NotAllowed("这份名单属于其他学校。")
    return batch


@transaction.atomic
def drop_roster(*, roster_id: int, actor: Actor) -> RosterImport:
    """Give an import up; its rows are wiped at once (放弃名单)."""
    batch = own_roster(roster_id, actor)
    wipe(batch)
    record(actor, "programmes.roster.dropped", batch)
    return batch


def wipe(batch: RosterImport) -> None:
    batch.state = steps.target("drop", state=RosterState(batch.state))
    batch.rows_cipher = ""
    batch.save(update_fields=["state", "rows_cipher"])


@transaction.atomic
def drop_forgotten_rosters(*, now: datetime.datetime) -> int:
    """Wipe rows that nobody confirmed for a week (清理待导入内容)."""
    before = now - datetime.timedelta(days=KEPT_DAYS)
    rows = RosterImport.objects.select_for_update(of=("self",)).filter(
        state__in=[RosterState.UPLOADED, RosterState.CHECKED, RosterState.RUNNING],
        created_at__lt=before,
    )
    forgotten = list(rows)
    for batch in forgotten:
        wipe(batch)
        record(system_actor(), "programmes.roster.dropped", batch)
    return len(forgotten)
