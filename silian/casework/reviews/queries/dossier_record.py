"""Everything that was said and done on one dossier, as plain data for its archive."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Model, QuerySet

from silian.casework.reviews.models import Appeal, Dossier, Recognition
from silian.casework.reviews.queries.decisions import decisions_of
from silian.casework.reviews.queries.objections import papers_of
from silian.foundation.kernel.audit_labels import action_label
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.files import files_of
from silian.foundation.kernel.models import StoredFile
from silian.foundation.kernel.typed_values import shown


def archived(rows: QuerySet[Dossier]) -> QuerySet[Dossier]:
    """Dossiers with all that their record reads."""
    return rows.select_related(
        "applicant", "division", "campaign__version__scheme", "moderation"
    ).prefetch_related(
        "versions__sent_by",
        "opinions__organisation",
        "opinions__answered_by",
        "assignments__scores",
        "assignments__expert__user",
        "visits",
        "results",
        "votes__user",
        "seats__user",
        "objections",
        "passages",
        "notice_entries__notice",
    )


def record_of(dossier: Dossier) -> dict[str, Any]:
    """The whole record (档案内容); scores only where open, objections without who objected."""
    recognition = Recognition.objects.filter(dossier=dossier).first()
    return {
        "number": dossier.number,
        "subject": dossier.subject_name,
        "applicant": dossier.applicant.name,
        "division": dossier.division.name,
        "state": dossier.get_state_display(),
        "points": dossier.points,
        "rank": dossier.rank,
        "answers": answers_of(dossier, dossier.answers),
        "versions": versions_of(dossier),
        **judged_of(dossier),
        **decided_of(dossier),
        **disputed_of(dossier),
        "recognition": recognition_of(recognition),
        "passages": [
            fields(row, "state", "step", "entered_at", "left_at", "due_on")
            for row in dossier.passages.all()
        ],
        "trail": trail_of(dossier),
    }


def decided_of(dossier: Dossier) -> dict[str, Any]:
    """Who acted in which seat, how each voted, what was decided."""
    return {
        "seats": [
            {"who": named(row.user), "role": row.get_role_display(), "at": row.taken_at}
            for row in dossier.seats.all()
        ],
        "votes": [
            {
                "who": named(row.user),
                "ballot": row.get_ballot_display(),
                **fields(row, "reason", "cast_at"),
            }
            for row in dossier.votes.all()
        ],
        "decisions": [
            {
                "outcome": row.get_outcome_display(),
                "ground": row.get_ground_display(),
                "decided_by": named(row.decided_by),
                **fields(row, "reason", "basis", "decided_at", "snapshot"),
                "supersedes": row.supersedes_id,
            }
            for row in decisions_of(dossier)
        ],
    }


def versions_of(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            **fields(row, "number", "sha256", "sent_at", "files"),
            "sent_by": named(row.sent_by),
            "answers": answers_of(dossier, row.answers),
        }
        for row in dossier.versions.all()
    ]


def trail_of(dossier: Dossier) -> list[dict[str, Any]]:
    return [
        {
            "at": row.happened_at,
            "who": row.actor_name,
            "what": action_label(row.action),
            "reason": row.reason,
        }
        for row in history_of(dossier).order_by("pk")
    ]


def judged_of(dossier: Dossier) -> dict[str, Any]:
    """What departments, experts and visitors said."""
    return {
        "opinions": [
            {
                **fields(row, "level", "department", "text", "asked_at", "due_on", "answered_at"),
                "organisation": row.organisation.name,
                "state": row.get_state_display(),
                "answered_by": named(row.answered_by),
            }
            for row in dossier.opinions.all()
        ],
        "scores": scores_of(dossier),
        "moderation": moderation_of(dossier),
        "visits": [
            fields(row, "planned_on", "visited_on", "place", "state", "findings", "summary")
            for row in dossier.visits.all()
        ],
        "results": [
            fields(row, "criterion", "source", "value", "met", "points", "sentence")
            for row in dossier.results.all()
        ],
    }


def disputed_of(dossier: Dossier) -> dict[str, Any]:
    """Notices, objections without who objected, appeals."""
    return {
        "notices": [
            {
                **fields(row, "position", "title", "fields"),
                **fields(row.notice, "starts_on", "ends_on", "closed_at"),
            }
            for row in dossier.notice_entries.all()
        ],
        "objections": [
            {
                "state": row.get_state_display(),
                **fields(row, "text", "raised_at", "due_on", "question", "asked_at"),
                **fields(row, "statement", "stated_at", "findings", "answer", "answered_at"),
            }
            for row in dossier.objections.all()
        ],
        "appeals": [
            {
                "state": row.get_state_display(),
                **fields(row, "text", "filed_at", "due_on", "result", "answer", "answered_at"),
            }
            for row in Appeal.objects.filter(decision__dossier=dossier).order_by("pk")
        ],
    }


def answers_of(dossier: Dossier, answers: dict[str, Any]) -> list[list[str]]:
    known = dossier.campaign.content.fields_by_code
    return [
        [known[code].label, shown(known[code], value)] if code in known else [code, str(value)]
        for code, value in answers.items()
    ]


def scores_of(dossier: Dossier) -> list[dict[str, Any]]:
    """The experts' scores once all are in; before that only how many are asked."""
    return [
        {
            "expert": named(row.expert.user),
            **fields(row, "state", "points", "comment", "submitted_at"),
            "items": [fields(each, "criterion", "points", "comment") for each in row.scores.all()],
        }
        for row in dossier.assignments.all()
        if row.opened_at is not None
    ]


def moderation_of(dossier: Dossier) -> dict[str, Any] | None:
    row = getattr(dossier, "moderation", None)
    if row is None or row.moderated_at is None:
        return None
    return fields(row, "spread", "limit", "points", "by_criterion", "reason", "moderated_at")


def recognition_of(row: Recognition | None) -> dict[str, Any] | None:
    if row is None:
        return None
    acts = [
        {
            "kind": act.get_kind_display(),
            **fields(act, "reason", "basis", "effective_on", "done_at"),
        }
        for act in row.acts.all()
    ]
    return {
        **fields(row, "number", "entered_on", "certified_on", "valid_until", "ended_on"),
        "state": row.get_state_display(),
        "acts": acts,
    }


def fields(row: Model, *names: str) -> dict[str, Any]:
    return {name: getattr(row, name) for name in names}


def named(user: Any) -> str:
    return user.name if user else ""


def file_rows(dossier: Dossier) -> Iterator[tuple[str, StoredFile]]:
    """Every file that belongs to the dossier, with the folder it goes to."""
    for file in files_of(dossier):
        yield "evidence", file
    for visit in dossier.visits.all():
        for file in files_of(visit):
            yield "visits", file
    for objection in dossier.objections.all():
        for file in papers_of(objection).found:  # an objector's own papers may say who he is
            yield "objections", file
    for appeal in Appeal.objects.filter(decision__dossier=dossier).order_by("pk"):
        for file in files_of(appeal):
            yield "appeals", file
