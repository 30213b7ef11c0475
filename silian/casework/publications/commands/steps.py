"""Hand in, return, approve, publish and withdraw an edition."""

from __future__ import annotations

import datetime

from django.db import transaction

from silian.casework.publications import workflow
from silian.casework.publications.choices import EditionState
from silian.casework.publications.commands.drafting import locked_edition
from silian.casework.publications.events import (
    EditionPublished,
    EditionSubmitted,
    EditionWithdrawn,
)
from silian.casework.publications.models import Edition
from silian.casework.publications.permissions import require_decider, require_editor
from silian.casework.publications.rules import fingerprint
from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish


def fingerprint_of(edition: Edition) -> str:
    """The checksum of all that an edition says: labels, period, snapshot and files (校验值)."""
    edition.refresh_from_db(fields=["snapshot"])
    return fingerprint(
        {
            "kind": edition.kind,
            "division": edition.division_id,
            "year": edition.year,
            "number": edition.number,
            "title": edition.title,
            "summary": edition.summary,
            "period": [str(edition.period_starts_on), str(edition.period_ends_on)],
            "corrects": edition.corrects_id,
            "snapshot": edition.snapshot,
            "files": sorted(edition.files.values_list("sha256", flat=True)),
        }
    )


def has_content(edition: Edition) -> bool:
    return bool(edition.snapshot.get("sections")) or edition.files.exists()


@transaction.atomic
def submit_edition(*, edition_id: int, actor: Actor, now: datetime.datetime) -> Edition:
    """Hand an edition in; its content is fixed from now on (送审)."""
    edition = locked_edition(edition_id=edition_id, actor=actor)
    require_editor(actor, edition)
    edition.state = workflow.edition.target(
        "submit", state=EditionState(edition.state), has_content=has_content(edition)
    )
    edition.submitted_at, edition.return_reason = now, ""
    edition.sha256 = fingerprint_of(edition)
    edition.save(update_fields=["state", "submitted_at", "return_reason", "sha256"])
    record(actor, "publications.edition.submitted", edition, detail={"sha256": edition.sha256})
    publish(EditionSubmitted(edition_id=edition.pk))
    return edition


@transaction.atomic
def return_edition(*, edition_id: int, reason: str, actor: Actor) -> Edition:
    """Give an edition back to its author with a reason (退回修改)."""
    edition = locked_edition(edition_id=edition_id, actor=actor)
    require_decider(actor, edition)
    if not reason.strip():
        raise DomainError("请写明退回原因，编制人据此修改。", field="reason")
    edition.state = workflow.edition.target("return", state=EditionState(edition.state))
    edition.return_reason = reason.strip()[:300]
    edition.approved_by, edition.approved_at = None, None
    edition.submitted_at, edition.sha256 = None, ""
    edition.save(
        update_fields=[
            "state",
            "return_reason",
            "approved_by",
            "approved_at",
            "submitted_at",
            "sha256",
        ]
    )
    record(actor, "publications.edition.returned", edition, reason=reason)
    return edition


@transaction.atomic
def approve_edition(*, edition_id: int, actor: Actor, now: datetime.datetime) -> Edition:
    """Approve what another person wrote (批准)."""
    edition = locked_edition(edition_id=edition_id, actor=actor)
    require_decider(actor, edition)
    edition.state = workflow.edition.target(
        "approve",
        state=EditionState(edition.state),
        author_id=edition.author_id,
        approver_id=actor.user_id,
    )
    edition.approved_by_id, edition.approved_at = actor.user_id, now
    edition.save(update_fields=["state", "approved_by", "approved_at"])
    record(actor, "publications.edition.approved", edition, detail={"sha256": edition.sha256})
    return edition


@transaction.atomic
def publish_edition(*, edition_id: int, actor: Actor, now: datetime.datetime) -> Edition:
    """Put an edition out; from now on nothing in it changes (发布)."""
    edition = locked_edition(edition_id=edition_id, actor=actor)
    require_editor(actor, edition)
    edition.state = workflow.edition.target(
        "publish",
        state=EditionState(edition.state),
        needs_approval=edition.needs_approval,
        approved=edition.approved_by_id is not None,
    )
    if not has_content(edition):
        raise DomainError("这一期还没有文件，也没有条目。请先上传文件或录入条目，再发布。")
    edition.sha256 = edition.sha256 or fingerprint_of(edition)
    edition.published_at = now
    edition.save(update_fields=["state", "sha256", "published_at"])
    record(actor, "publications.edition.published", edition, detail={"sha256": edition.sha256})
    publish(
        EditionPublished(edition_id=edition.pk, kind=edition.kind, division=edition.division_id)
    )
    return edition


@transaction.atomic
def withdraw_edition(
    *, edition_id: int, reason: str, actor: Actor, now: datetime.datetime
) -> Edition:
    """Say that a published edition no longer holds; it stays readable as withdrawn (撤下)."""
    edition = locked_edition(edition_id=edition_id, actor=actor)
    require_editor(actor, edition)
    if not reason.strip():
        raise DomainError("请写明撤下原因，原因会与这一期一起公开。", field="reason")
    edition.state = workflow.edition.target("withdraw", state=EditionState(edition.state))
    edition.withdrawn_at, edition.withdrawal_reason = now, reason.strip()[:300]
    edition.save(update_fields=["state", "withdrawn_at", "withdrawal_reason"])
    record(actor, "publications.edition.withdrawn", edition, reason=reason)
    publish(EditionWithdrawn(edition_id=edition.pk))
    return edition
