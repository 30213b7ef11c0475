"""What the platform knows of ties between experts and applicants (利害关系核对)."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable

from silian.casework.reviews.models import Campaign, Dossier, Expert, Interest
from silian.casework.reviews.queries.ties import ties_of
from silian.casework.reviews.rules.conflicts import Employment, Tie, conflicts, years_before
from silian.registers.organisations.models import Membership


def conflict_since(campaign: Campaign, *, on: datetime.date) -> datetime.date:
    """Since when employment and joint projects bind an expert; 未设定 counts what lasts today."""
    years = campaign.values.number(campaign.content.procedure.conflict_years)
    return on if years is None else years_before(on, int(years))


class ConflictReader:
    """The ties of many experts, read once and asked for each applicant."""

    def __init__(self, experts: Iterable[Expert], *, campaign: Campaign, on: datetime.date) -> None:
        self.on, self.since = on, conflict_since(campaign, on=on)
        self.experts = {expert.pk: expert for expert in experts}
        self.employments = self._employments()
        self.declared: dict[int, list[Tie]] = defaultdict(list)
        for row in Interest.objects.filter(expert__in=self.experts):
            tie = Tie(organisation_id=row.organisation_id, what=row.what, until=row.until_on)
            self.declared[row.expert_id].append(tie)

    def _employments(self) -> dict[int, list[Employment]]:
        """The organisation of the pool, and memberships in force or ended within the period."""
        found: dict[int, list[Employment]] = {
            pk: [Employment(organisation_id=expert.organisation_id)]
            for pk, expert in self.experts.items()
        }
        by_user = {expert.user_id: pk for pk, expert in self.experts.items()}
        rows = Membership.objects.filter(user__in=by_user, starts_on__lte=self.on)
        for user, organisation, ended in rows.values_list("user_id", "organisation_id", "ends_on"):
            past = ended if ended is not None and ended <= self.on else None
            job = Employment(organisation_id=organisation, ended_on=past)
            found[by_user[user]].append(job)
        return found

    def present_employers(self, expert_id: int) -> set[int]:
        return {job.organisation_id for job in self.employments[expert_id] if job.ended_on is None}

    def against(self, dossier: Dossier) -> dict[int, list[str]]:
        """For each expert why he may not judge this dossier; one read of the applicant's ties."""
        applicant = dossier.applicant_id
        projects = ties_of(organisation_id=applicant, since=self.since, on=self.on)
        return {
            pk: conflicts(
                applicant_id=applicant,
                employments=self.employments[pk],
                declared=self.declared[pk],
                projects=projects,
                since=self.since,
            )
            for pk in self.experts
        }


def conflicts_of(*, expert: Expert, dossier: Dossier, on: datetime.date) -> list[str]:
    """Why one expert may not judge one dossier, as known today."""
    reader = ConflictReader([expert], campaign=dossier.campaign, on=on)
    return reader.against(dossier)[expert.pk]
