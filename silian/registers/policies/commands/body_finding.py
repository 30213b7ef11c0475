"""Names in a document joined to the register of responsible bodies (责任单位对应)."""

from __future__ import annotations

from collections.abc import Iterable

from django.utils import timezone

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit import record
from silian.registers.policies.models.bodies import BodyName, PolicyBody
from silian.registers.policies.models.documents import PolicyDocument
from silian.registers.policies.queries.bodies import known_names, organisation_for_name
from silian.registers.policies.rules.body_names import body_named, is_generic

LONGEST_NAME = 80
MOST_SUCCESSORS = 20


class BodyFinder:
    """Finds each name once; a name nobody bears becomes a body that waits to be checked."""

    def __init__(self, *, document: PolicyDocument, actor: Actor) -> None:
        self.document = document
        self.actor = actor
        self.on = document.issued_on or timezone.localdate()
        self.found: dict[str, PolicyBody] = {}
        self.created = 0

    def prepare(self, names: Iterable[tuple[str, str]]) -> None:
        """Find or create the body of every name; statements do not grow with the names known."""
        division = self.document.division_id
        known = known_names(division=division)
        bodies = PolicyBody.objects.select_related("division").in_bulk(
            {each.body_id for each in known}
        )
        for name, function in dict(names).items():
            short = name[:LONGEST_NAME]
            body_id = body_named(short, known=known, on=self.on)
            self.found[name] = (
                bodies[body_id] if body_id else self.new_body(short, function=function)
            )

    def body(self, name: str) -> PolicyBody:
        return self.found[name]

    def new_body(self, name: str, *, function: str) -> PolicyBody:
        """A body under a name not seen before, linked to its organisation when one fits."""
        generic = is_generic(name, function=function)
        organisation = None
        if not generic:
            organisation = organisation_for_name(name, division=self.document.division)
        body, is_new = PolicyBody.objects.get_or_create(
            division_id=self.document.division_id,
            name=name,
            defaults={
                "function": function[:20],
                "is_generic": generic,
                "organisation": organisation,
                "needs_check": organisation is None and not generic,
            },
        )
        BodyName.objects.get_or_create(body=body, name=name)
        if is_new:
            self.created += 1
            record(self.actor, "policies.body.created", body)
        return body
