"""Reading the register of promotions; the door for modules above."""

from __future__ import annotations

import datetime
from dataclasses import dataclass

from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor
from silian.operations.learning.choices import HIGH_LEVELS, CertificateLevel, PromotionState
from silian.operations.learning.models.promotions import (
    PayeeAccount,
    Promotion,
    PromotionVersion,
)
from silian.operations.learning.permissions.fund import coordinates, reports
from silian.operations.learning.permissions.skills import is_office, promotions_visible_to
from silian.operations.learning.rules.figures import Change, differences
from silian.registers.people.models import Person

RELATED = ("person", "occupation", "employer__division")


@dataclass(frozen=True, kw_only=True)
class VerifiedPromotion:
    """A promotion that was verified, as other modules may use it (已核验的等级提升)."""

    promotion_id: int
    person_id: int
    employer_id: int
    division: str
    occupation: str
    before: str
    after: str
    certificate: str
    issued_on: datetime.date

    @property
    def is_high_skill(self) -> bool:
        """Level three and above (高技能)."""
        return self.after in HIGH_LEVELS


@dataclass(frozen=True, kw_only=True)
class StatedVersion:
    """A version and what it changed against the one before (登记版本差异)."""

    version: PromotionVersion
    changes: list[Change]


def verified_promotions(
    *,
    organisation_id: int | None = None,
    person_id: int | None = None,
    since: datetime.date | None = None,
    until: datetime.date | None = None,
) -> list[VerifiedPromotion]:
    """Verified promotions of a firm or a person, certificates of ``[since, until)`` (已核验)."""
    rows = Promotion.objects.filter(state=PromotionState.VERIFIED)
    if organisation_id is not None:
        rows = rows.filter(employer_id=organisation_id)
    if person_id is not None:
        rows = rows.filter(person_id=person_id)
    if since is not None:
        rows = rows.filter(issued_on__gte=since)
    if until is not None:
        rows = rows.filter(issued_on__lt=until)
    return [verified(row) for row in rows.order_by("issued_on", "pk")]


def verified(row: Promotion) -> VerifiedPromotion:
    return VerifiedPromotion(
        promotion_id=row.pk,
        person_id=row.person_id,
        employer_id=row.employer_id,
        division=row.division_id,
        occupation=row.occupation_id,
        before=row.before,
        after=row.after,
        certificate=row.certificate,
        issued_on=row.issued_on,
    )


def promotions_for_list(actor: Actor) -> QuerySet[Promotion]:
    return promotions_visible_to(actor).select_related(*RELATED)


def promotions_to_check(actor: Actor) -> QuerySet[Promotion]:
    """Entries that wait for the actor: the office's, not those entered by oneself (待核验)."""
    if not (is_office(actor) or coordinates(actor)):
        return Promotion.objects.none()
    rows = promotions_for_list(actor).filter(state=PromotionState.SUBMITTED)
    return rows.exclude(entered_by_id=actor.user_id or 0).order_by("entered_at", "pk")


def promotions_refused(actor: Actor) -> QuerySet[Promotion]:
    """Own entries that were refused and may be corrected (未通过)."""
    if not reports(actor):
        return Promotion.objects.none()
    rows = promotions_for_list(actor).filter(employer_id=actor.organisation_id)
    return rows.filter(state=PromotionState.REFUSED).order_by("-checked_at")


def stated_versions(row: Promotion) -> list[StatedVersion]:
    """Versions, newest first, with what each changed."""
    versions = list(row.versions.select_related("entered_by").order_by("number"))
    befores: list[PromotionVersion | None] = [None, *versions]
    found = [
        StatedVersion(
            version=version, changes=differences(before.facts, version.facts) if before else []
        )
        for before, version in zip(befores, versions, strict=False)
    ]
    return found[::-1]


def account_of(person: Person) -> PayeeAccount | None:
    return PayeeAccount.objects.filter(person=person).first()


def own_promotions(person: Person) -> QuerySet[Promotion]:
    rows = Promotion.objects.filter(person=person).select_related(*RELATED)
    return rows.order_by("-issued_on", "-pk")


def level_counts(rows: QuerySet[Promotion]) -> list[tuple[str, int]]:
    """How many were verified at each level, lowest first (按等级)."""
    verified_rows = rows.filter(state=PromotionState.VERIFIED).order_by()
    levels = list(verified_rows.values_list("after", flat=True))
    return [(str(each.label), levels.count(each.value)) for each in CertificateLevel]
