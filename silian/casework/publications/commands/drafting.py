"""Write, change and discard the draft of an edition."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from django.db import connection, transaction
from django.db.models import Max

from silian.casework.publications.choices import EditionState
from silian.casework.publications.models import Edition, EditionFile
from silian.casework.publications.permissions import (
    editions_visible_to,
    require_drafter,
    require_editor,
)
from silian.casework.publications.registry import kind_of
from silian.casework.publications.rules import fault_of_snapshot
from silian.foundation.kernel import files
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError, WrongState
from silian.foundation.kernel.file_checks import CSV, DOCX, PDF, XLSX, FileKind

FILE_KINDS: tuple[FileKind, ...] = (PDF, DOCX, XLSX, CSV)
NUMBER_LOCK = 5411070  # serialises the numbering of one series


@dataclass(frozen=True, kw_only=True)
class NewFile:
    """A file that an edition brings (刊期文件)."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class Content:
    """What an edition says (刊期内容)."""

    title: str
    summary: str = ""
    period_starts_on: datetime.date | None = None
    period_ends_on: datetime.date | None = None
    snapshot: Mapping[str, Any] = field(default_factory=dict)

    @classmethod
    def of(
        cls,
        *,
        title: str,
        summary: str,
        period: tuple[datetime.date, datetime.date] | None,
        snapshot: Mapping[str, Any] | None,
    ) -> Content:
        """The content with its half-open period in one piece."""
        starts, ends = period or (None, None)
        return cls(
            title=title,
            summary=summary,
            period_starts_on=starts,
            period_ends_on=ends,
            snapshot=snapshot or {},
        )


@transaction.atomic
def draft_edition(
    *,
    kind: str,
    division: str,
    title: str,
    actor: Actor,
    on: datetime.date,
    snapshot: Mapping[str, Any] | None = None,
    files: Sequence[NewFile] = (),
    summary: str = "",
    period: tuple[datetime.date, datetime.date] | None = None,
    organisation_id: int | None = None,
    corrects_id: int | None = None,
    is_demo: bool = False,
) -> Edition:
    """Start an edition with the next number of its series and year (编制).

    ``snapshot`` is the data it was made from, in the shape of the README; ``period`` is half-open.
    """
    require_drafter(actor, division=division)
    content = Content.of(title=title, summary=summary, period=period, snapshot=snapshot)
    refuse_unfit(content)
    edition = Edition.objects.create(
        **columns_of(content),
        kind=kind,
        division_id=division,
        year=on.year,
        organisation_id=issuer_of(organisation_id, actor=actor),
        number=next_number(kind=kind, division=division, year=on.year),
        needs_approval=kind_of(kind).needs_approval,
        corrects=corrected_edition(corrects_id, kind=kind, division=division, actor=actor),
        author_id=actor.user_id,
        is_demo=is_demo,
    )
    attach(edition, files, actor=actor)
    record(actor, "publications.edition.drafted", edition)
    return edition


def issuer_of(organisation_id: int | None, *, actor: Actor) -> int:
    """The unit that issues: the actor's own; the system names one."""
    issuer = organisation_id if actor.is_system else actor.organisation_id
    if issuer is None:
        raise DomainError("没有编制单位。请先选择您代表的单位。")
    return issuer


def columns_of(content: Content) -> dict[str, Any]:
    return {
        "title": content.title.strip(),
        "summary": content.summary.strip(),
        "period_starts_on": content.period_starts_on,
        "period_ends_on": content.period_ends_on,
        "snapshot": dict(content.snapshot),
    }


def refuse_unfit(content: Content) -> None:
    if not content.title.strip():
        raise DomainError("请写明标题。", field="title")
    starts, ends = content.period_starts_on, content.period_ends_on
    if starts and ends and ends <= starts:
        raise DomainError("反映期的截止日应在起始日之后。", field="period_ends_on")
    if fault := fault_of_snapshot(content.snapshot):
        raise DomainError(fault, field="table")


def corrected_edition(
    corrects_id: int | None, *, kind: str, division: str, actor: Actor
) -> Edition | None:
    """The published edition that the new one corrects."""
    if corrects_id is None:
        return None
    corrected = editions_visible_to(actor).get(pk=corrects_id)
    require_editor(actor, corrected)
    if not corrected.is_out:
        raise WrongState("只有已发布的刊期需要更正。未发布的可退回后直接修改。")
    if (corrected.kind, corrected.division_id) != (kind, division):
        raise DomainError("更正应与被更正的刊期同一种类、同一地区。")
    return corrected


def next_number(*, kind: str, division: str, year: int) -> int:
    """One above the highest number of the series in the year."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_advisory_xact_lock(%s, hashtext(%s))",
            [NUMBER_LOCK, f"{kind}|{division}|{year}"],
        )
    rows = Edition.objects.filter(kind=kind, division_id=division, year=year)
    return (rows.aggregate(last=Max("number"))["last"] or 0) + 1


def attach(edition: Edition, new_files: Sequence[NewFile], *, actor: Actor) -> None:
    """Keep the files in the store and bind them by checksum."""
    for new in new_files:
        stored = files.store_content(
            name=new.name, content=new.content, subject=edition, actor=actor, kinds=FILE_KINDS
        )
        EditionFile.objects.create(
            edition=edition,
            stored=stored,
            name=stored.name,
            sha256=stored.sha256,
            size=stored.size,
        )


def locked_edition(*, edition_id: int, actor: Actor) -> Edition:
    """The edition, locked, when the actor may see it."""
    rows = editions_visible_to(actor).select_for_update(of=("self",))
    return rows.get(pk=edition_id)


def own_draft(*, edition_id: int, actor: Actor) -> Edition:
    edition = locked_edition(edition_id=edition_id, actor=actor)
    require_editor(actor, edition)
    if edition.state != EditionState.DRAFT:
        raise WrongState(
            f"当前为“{edition.get_state_display()}”，内容不能再改。"
            "未发布的可退回后修改，已发布的请另出更正。"
        )
    return edition


@transaction.atomic
def edit_edition(
    *,
    edition_id: int,
    content: Content,
    actor: Actor,
    files: Sequence[NewFile] = (),
    dropped_file_ids: Sequence[int] = (),
) -> Edition:
    """Change a draft (修改草稿); outside a draft the content is fixed."""
    edition = own_draft(edition_id=edition_id, actor=actor)
    refuse_unfit(content)
    for name, value in columns_of(content).items():
        setattr(edition, name, value)
    edition.save(update_fields=[*columns_of(content)])
    drop(edition.files.filter(pk__in=dropped_file_ids), actor=actor)
    attach(edition, files, actor=actor)
    record(actor, "publications.edition.edited", edition)
    return edition


def drop(rows: Any, *, actor: Actor) -> None:
    for bound in list(rows.select_related("stored")):
        stored = bound.stored
        bound.delete()
        files.remove_file(file=stored, actor=actor)


@transaction.atomic
def discard_edition(*, edition_id: int, actor: Actor) -> None:
    """Delete a draft with its files (删除草稿); its number becomes free when it was the last."""
    edition = own_draft(edition_id=edition_id, actor=actor)
    record(actor, "publications.edition.discarded", edition)
    drop(edition.files.all(), actor=actor)
    edition.delete()
