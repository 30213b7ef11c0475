"""Responsible bodies follow their organisations: new names, mergers."""

from __future__ import annotations

from silian.foundation.kernel.actors import system_actor
from silian.foundation.kernel.events import subscribe
from silian.registers.organisations.events import OrganisationRenamed, OrganisationsMerged
from silian.registers.organisations.models.organisation import Organisation, Renaming
from silian.registers.policies.commands.body_succession import follow_merger, follow_renaming


@subscribe(OrganisationRenamed)
def rename_bodies(event: OrganisationRenamed) -> None:
    """A renamed department is found under both names, each in its time."""
    renaming = Renaming.objects.get(pk=event.renaming_id)
    follow_renaming(
        organisation_id=event.organisation_id,
        new_name=renaming.new_name,
        on=renaming.changed_on,
        actor=system_actor(),
    )


@subscribe(OrganisationsMerged)
def merge_bodies(event: OrganisationsMerged) -> None:
    """The duties of a merged department pass to its heir."""
    heir = Organisation.objects.get(pk=event.heir_id)
    follow_merger(
        organisation_id=event.organisation_id,
        heir=heir,
        on=event.merged_on,
        actor=system_actor(),
    )
