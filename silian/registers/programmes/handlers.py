"""What happens to programmes when their school changes."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.foundation.kernel.search import feed
from silian.registers.organisations.events import (
    OrganisationRenamed,
    OrganisationResumed,
    OrganisationSuspended,
    OrganisationVerified,
)
from silian.registers.programmes.queries.search_documents import SUBJECT, findable_of


@subscribe(OrganisationVerified)
def find_programmes_of_verified(event: OrganisationVerified) -> None:
    feed.changed(SUBJECT, findable_of(school_id=event.organisation_id))


@subscribe(OrganisationRenamed)
def find_programmes_of_renamed(event: OrganisationRenamed) -> None:
    feed.changed(SUBJECT, findable_of(school_id=event.organisation_id))


@subscribe(OrganisationSuspended)
def find_programmes_of_suspended(event: OrganisationSuspended) -> None:
    feed.changed(SUBJECT, findable_of(school_id=event.organisation_id))


@subscribe(OrganisationResumed)
def find_programmes_of_resumed(event: OrganisationResumed) -> None:
    feed.changed(SUBJECT, findable_of(school_id=event.organisation_id))
