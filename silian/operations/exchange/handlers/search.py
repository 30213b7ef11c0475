"""What the search knows of listings when their publisher bears a new name."""

from __future__ import annotations

from silian.foundation.kernel.events import subscribe
from silian.foundation.kernel.search import feed
from silian.operations.exchange.gateways.search_documents import SUBJECT
from silian.operations.exchange.models.listing import Listing
from silian.registers.organisations.events import OrganisationRenamed

AT_ONCE = 500  # rows of one transaction; a large recruiter has thousands


@subscribe(OrganisationRenamed)
def find_listings_of_renamed(event: OrganisationRenamed) -> None:
    rows = Listing.objects.published().of(organisation_id=event.organisation_id)
    ids = list(rows.order_by("pk").values_list("pk", flat=True))
    for start in range(0, len(ids), AT_ONCE):
        feed.changed(SUBJECT, ids[start : start + AT_ONCE])
