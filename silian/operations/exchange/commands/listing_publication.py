"""Publish listings: the checks, the way to a person's review, and into the hall."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.db import transaction
from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record, record_each
from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.events import publish, publish_each
from silian.foundation.kernel.search import feed
from silian.foundation.kernel.site_calendar import site_deadline
from silian.operations.exchange.choices import ListingState
from silian.operations.exchange.commands.listing_locking import leave_hall, own_locked_listing
from silian.operations.exchange.errors import ListingHasFindings, ListingIncomplete
from silian.operations.exchange.events import ListingPublished, ListingSubmitted
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.listing import Finding, Listing, ListingReview
from silian.operations.exchange.permissions.listings import require_owner
from silian.operations.exchange.queries.listing_findings import findings_of
from silian.operations.exchange.rules.listing_checks import CheckFinding, needs_review, review_cause
from silian.operations.exchange.rules.listing_content import faults_of
from silian.operations.exchange.rules.listing_publication import (
    REVIEW_WORKING_DAYS,
    last_day_of_publication,
)
from silian.operations.exchange.workflow.listing import listing as steps

PUBLICATION_FIELDS = [
    "state",
    "submitted_at",
    "first_published_at",
    "published_at",
    "expires_on",
    "confirmed_on",
    "closed_at",
    "close_reason",
    "pause_cause",
    "updated_at",
]


@transaction.atomic
def publish_listing(
    *,
    listing_id: int,
    actor: Actor,
    now: datetime.datetime,
    ask_review: bool = False,
    note: str = "",
) -> Listing:
    """Publish a listing, or send it to review where a person must look (发布供需).

    Findings that stop a publication are refused, unless the publisher asks for a review of them.
    Basis: 《人力资源市场暂行条例》第二十四条: true, lawful, without discrimination.
    """
    listing = own_locked_listing(listing_id=listing_id, actor=actor)
    findings = findings_before_publishing(listing, ask_review=ask_review)
    listing.submitted_at = listing.submitted_at or now
    if ask_review or needs_review(kind=listing.declaration, findings=findings):
        send_to_review(listing, step="submit", findings=findings, note=note, actor=actor, now=now)
    else:
        make_public(listing, step="publish", findings=findings, actor=actor, now=now)
    return listing


@transaction.atomic
def publish_together(
    *, listings: Sequence[Listing], actor: Actor, now: datetime.datetime
) -> dict[int, DomainError]:
    """Publish locked listings at once, each as if alone; refusals by number (批量发布).

    The number of statements does not grow with those that go straight into the hall.
    """
    refused: dict[int, DomainError] = {}
    ready: list[tuple[Listing, Sequence[CheckFinding]]] = []
    for listing in listings:
        try:
            require_owner(actor, listing)
            findings = findings_before_publishing(listing, ask_review=False)
        except DomainError as refusal:
            refused[listing.pk] = refusal
            continue
        listing.submitted_at = listing.submitted_at or now
        if needs_review(kind=listing.declaration, findings=findings):
            send_to_review(listing, step="submit", findings=findings, note="", actor=actor, now=now)
        else:
            ready.append((listing, findings))
    make_all_public(ready, step="publish", actor=actor, now=now)
    return refused


def findings_before_publishing(listing: Listing, *, ask_review: bool) -> list[CheckFinding]:
    """What the checks say of a listing that may be published; refuses what may not."""
    steps.target(
        "publish",
        state=ListingState(listing.state),
        organisation_state=listing.organisation.state,
    )
    refuse_incomplete(listing)
    findings = findings_of(listing.content)
    refuse_stopped(findings, ask_review=ask_review)
    return findings


def refuse_incomplete(listing: Listing) -> None:
    faults = faults_of(listing.content, kind=listing.declaration)
    if faults:
        raise ListingIncomplete(faults=faults)


def refuse_stopped(findings: Sequence[CheckFinding], *, ask_review: bool) -> None:
    stopping = [finding for finding in findings if finding.blocks]
    if stopping and not ask_review:
        raise ListingHasFindings(findings=stopping)


def send_to_review(
    listing: Listing,
    *,
    step: str,
    findings: Sequence[CheckFinding],
    note: str,
    actor: Actor,
    now: datetime.datetime,
) -> ListingReview:
    """Open a review with its clock (送审)."""
    listing.state = steps.target(
        step, state=ListingState(listing.state), organisation_state=listing.organisation.state
    )
    listing.save(update_fields=PUBLICATION_FIELDS)
    keep_findings(listing, findings)
    review = ListingReview.objects.create(
        listing=listing,
        opened_at=now,
        due_at=site_deadline(now, working_days=REVIEW_WORKING_DAYS).due_at,
        cause=review_cause(kind=listing.declaration, findings=findings, note=note)
        or "发布单位请求人工审核",
        findings=[finding.as_data() for finding in findings],
    )
    leave_hall(listing)
    record(actor, "exchange.listing.submitted", listing)
    publish(ListingSubmitted(listing_id=listing.pk))
    return review


def make_public(
    listing: Listing,
    *,
    step: str,
    findings: Sequence[CheckFinding],
    actor: Actor,
    now: datetime.datetime,
) -> None:
    """Put the listing into the hall with its dates (上架)."""
    make_all_public([(listing, findings)], step=step, actor=actor, now=now)


def make_all_public(
    checked: Sequence[tuple[Listing, Sequence[CheckFinding]]],
    *,
    step: str,
    actor: Actor,
    now: datetime.datetime,
) -> None:
    """Put listings and what was found in them into the hall, in a few statements."""
    listings = [listing for listing, _ in checked]
    for listing in listings:
        date_publication(listing, step=step, now=now)
    save_publication(listings)
    replace_findings(checked)
    feed.changed(SUBJECT, [listing.pk for listing in listings])
    record_each(actor, "exchange.listing.published", listings)
    publish_each(ListingPublished(listing_id=listing.pk) for listing in listings)


def date_publication(listing: Listing, *, step: str, now: datetime.datetime) -> None:
    today = timezone.localdate(now)
    listing.state = steps.target(
        step, state=ListingState(listing.state), organisation_state=listing.organisation.state
    )
    listing.first_published_at = listing.first_published_at or now
    listing.published_at = now
    listing.confirmed_on = today
    listing.expires_on = last_day_of_publication(
        kind=listing.declaration, published_on=today, ends_on=listing.ends_on
    )
    listing.closed_at, listing.close_reason, listing.pause_cause = None, "", ""
    listing.updated_at = now


def save_publication(listings: Sequence[Listing]) -> None:
    """Save the columns of publication; listings that got the same values share a statement."""
    alike: dict[tuple[Any, ...], list[int]] = defaultdict(list)
    for listing in listings:
        values = tuple(getattr(listing, name) for name in PUBLICATION_FIELDS)
        alike[values].append(listing.pk)
    for values, numbers in alike.items():
        columns = dict(zip(PUBLICATION_FIELDS, values, strict=True))
        Listing.objects.filter(pk__in=numbers).update(**columns)


def stay_published_or_review_again(
    listing: Listing, *, actor: Actor, now: datetime.datetime
) -> None:
    """After an edit: back to review when the checks object, else findable as it now stands."""
    findings = findings_of(listing.content)
    if needs_review(kind=listing.declaration, findings=findings):
        send_to_review(
            listing, step="review_again", findings=findings, note="", actor=actor, now=now
        )
        return
    published_on = timezone.localdate(listing.published_at or now)
    listing.expires_on = last_day_of_publication(
        kind=listing.declaration, published_on=published_on, ends_on=listing.ends_on
    )
    listing.save(update_fields=["expires_on", "updated_at"])
    keep_findings(listing, findings)
    if listing.state == ListingState.PUBLISHED:
        feed.changed(SUBJECT, [listing.pk])


def keep_findings(listing: Listing, findings: Sequence[CheckFinding]) -> None:
    """Replace what an earlier check found by what this one found."""
    replace_findings([(listing, findings)])


def replace_findings(checked: Sequence[tuple[Listing, Sequence[CheckFinding]]]) -> None:
    Finding.objects.filter(listing__in=[listing.pk for listing, _ in checked]).delete()
    Finding.objects.bulk_create(
        Finding(
            listing=listing,
            code=finding.code[:40],
            blocks=finding.blocks,
            field=finding.field[:40],
            words=finding.words[:120],
            sentence=finding.sentence[:300],
            basis=finding.basis[:200],
        )
        for listing, findings in checked
        for finding in findings
    )
