"""Note who looked an applicant up in the credit register, and for what."""

from __future__ import annotations

from dataclasses import replace

from silian.casework.reviews.models import Dossier
from silian.casework.reviews.queries.known_facts import BAD_RECORDS
from silian.casework.reviews.queries.readings import FREE_STATES
from silian.foundation.kernel.actors import Actor, system_actor
from silian.registers.credit.commands.records import consult

LONGEST_PURPOSE = 120


def note_credit_reading(*, dossier: Dossier, actor: Actor | None = None) -> None:
    """Leave a reading when a scheme asks for credit records and they were read anew (信用查询留痕).

    Without an official the reading stands under the organising department, for whom the platform
    reads. Once the dossier is accepted the value is frozen and nothing is read.
    """
    campaign = dossier.campaign
    if BAD_RECORDS not in campaign.content.sources or dossier.state not in FREE_STATES:
        return
    consult(
        organisation_id=dossier.applicant_id,
        purpose=f"评审认定：{campaign.title}"[:LONGEST_PURPOSE],
        actor=actor or replace(system_actor(), organisation_id=campaign.owner_id),
    )
