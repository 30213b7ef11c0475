"""One agreement: terms in force, versions, differences, parties, life."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from silian.casework.agreements.choices import Standing, VersionState
from silian.casework.agreements.models import Agreement, AgreementVersion
from silian.casework.agreements.permissions.agreements import may_read_text
from silian.casework.agreements.permissions.seats import open_actions
from silian.casework.agreements.queries.kinds import kind_of
from silian.casework.agreements.queries.register import (
    register_rows,
    shown_party,
    shown_title,
)
from silian.casework.agreements.queries.terms import (
    TermGroup,
    differences_of,
    effective_terms,
    grouped_terms,
    latest_terms,
    standing_of,
    suspended_periods,
)
from silian.casework.agreements.queries.texts import text_of_version
from silian.foundation.kernel.audit_trail import history_of
from silian.foundation.kernel.requests import Request
from silian.foundation.ui.components import Entry, Fact, Tone

LONGEST_NARROW = 14  # characters that fit one column of the grid
EVENT_TONES: dict[str, Tone] = {
    "suspended": "watch",
    "resumed": "ok",
    "renewed": "ok",
    "terminated": "late",
    "ended": "unset",
}


def visible_agreement(request: Request, agreement_id: int) -> Agreement:
    """The agreement if the reader may know of it, with what its page reads."""
    rows = register_rows(request.actor).select_related("organiser", "division", "kind_version")
    return get_object_or_404(
        rows.prefetch_related(
            "parties__organisation", "versions__signatures__party", "life_events__recorded_by"
        ),
        pk=agreement_id,
    )


def day_asked(request: Request) -> datetime.date:
    """The day whose terms are asked for; today unless the address names another."""
    try:
        return datetime.date.fromisoformat(request.GET.get("on", ""))
    except ValueError:
        return timezone.localdate()


@require_safe
def agreement_detail(request: Request, agreement_id: int) -> HttpResponse:
    """One agreement with the terms of a day (协议详情)."""
    agreement = visible_agreement(request, agreement_id)
    kind, on = kind_of(agreement), day_asked(request)
    reads = may_read_text(request.actor, agreement)
    in_force = effective_terms(agreement=agreement, on=on)
    terms = in_force or latest_terms(agreement=agreement)
    context = {
        "agreement": agreement,
        "kind": kind,
        "title": shown_title(agreement),
        "reads": reads,
        "on": on,
        "is_today": on == timezone.localdate(),
        "standing": standing_of(agreement=agreement, on=on),
        "stands": Standing,
        "in_force": bool(in_force),
        "groups": facts_by_group(grouped_terms(kind=kind, terms=terms)) if reads else [],
        "parties": parties_of(agreement),
        "versions": versions_of(agreement) if reads else [],
        "entries": entries_of(agreement),
        "suspended": suspended_periods(agreement=agreement),
        "ending": ending_of(agreement),
        "actions": {action.code: action for action in open_actions(request.actor, agreement)},
        "open_change": open_change(agreement),
        "history": history_of(agreement) if reads else [],
    }
    return render(request, "agreements/detail.html", context)


def facts_by_group(groups: list[TermGroup]) -> list[dict[str, Any]]:
    """Terms under their headings; long ones take the whole width."""
    return [
        {
            "heading": group.heading,
            "facts": [
                Fact(name=label, value=value, wide=len(value) > LONGEST_NARROW)
                for label, value in group.rows
            ],
        }
        for group in groups
    ]


def parties_of(agreement: Agreement) -> list[dict[str, Any]]:
    """Role, name and page of each party, names as the reader may see them."""
    kind = kind_of(agreement)
    return [
        {
            "role": kind.role_label(party.role),
            "name": shown_party(agreement, party),
            "url": party.organisation.get_absolute_url() if party.organisation else "",
        }
        for party in agreement.parties.all()
    ]


def versions_of(agreement: Agreement) -> list[dict[str, Any]]:
    """Each version with its differences and how many have signed, newest first."""
    rows = sorted(agreement.versions.all(), key=lambda version: -version.number)
    for version in rows:
        version.agreement = agreement
    return [
        {
            "version": version,
            "differences": differences_of(version),
            "signed": sum(item.state == "signed" for item in version.signatures.all()),
            "needed": sum(item.state != "dropped" for item in version.signatures.all()),
        }
        for version in rows
    ]


def open_change(agreement: Agreement) -> AgreementVersion | None:
    """The amendment or renewal that is not yet signed."""
    states = (VersionState.DRAFT, VersionState.SIGNING)
    rows = [row for row in agreement.versions.all() if row.kind != "base" and row.state in states]
    return rows[0] if rows else None


def ending_of(agreement: Agreement) -> datetime.date | None:
    """The day of a termination that was set (约定解除日)."""
    days = [event.on for event in agreement.life_events.all() if event.kind == "terminated"]
    return days[0] if days else None


def entries_of(agreement: Agreement) -> list[Entry]:
    """The life of the agreement, newest first (履行经过)."""
    entries = [
        Entry(
            at=event.on,
            what=event.get_kind_display(),
            who=event.recorded_by.name if event.recorded_by else "系统",
            note=event.reason,
            tone=EVENT_TONES.get(event.kind, "open"),
        )
        for event in agreement.life_events.all()
    ]
    for version in agreement.versions.all():
        label = f"{version.get_kind_display()}（第 {version.number} 版）"
        if version.sent_at:
            entries.append(Entry(at=version.sent_at, what=f"{label}送签", tone="info"))
        if version.signed_at:
            entries.append(Entry(at=version.signed_at, what=f"{label}签齐", tone="ok"))
    entries.append(Entry(at=agreement.created_at, what="起草", who=agreement.organiser.name))
    return sorted(entries, key=lambda entry: entry.when, reverse=True)


@require_safe
def version_detail(request: Request, agreement_id: int, number: int) -> HttpResponse:
    """The full text of one version and what it changes (协议版本)."""
    agreement = visible_agreement(request, agreement_id)
    if not may_read_text(request.actor, agreement):
        raise Http404("没有这个版本。")
    version = get_object_or_404(agreement.versions.select_related("replaces"), number=number)
    version.agreement = agreement
    context = {
        "agreement": agreement,
        "version": version,
        "differences": differences_of(version),
        "text": text_of_version(version=version),
    }
    return render(request, "agreements/version.html", context)
