"""Cooperation of schools and enterprises in numbers (校企合作登记)."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db.models import Q, QuerySet

from silian.casework.agreements.choices import (
    AgreementState,
    CooperationForm,
    CooperationLevel,
)
from silian.casework.agreements.models import Agreement, Party
from silian.casework.agreements.queries.terms import latest_terms
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation

KIND = "cooperation"
INDUSTRIAL_SECTIONS = ("B", "C", "D")  # 采矿业、制造业、电力热力燃气水 (GB/T 4754: 工业)


@dataclass(frozen=True, kw_only=True)
class CooperationFacts:
    """What the register page says of one agreement (合作要素)."""

    agreement_id: int
    state: str
    form: str
    level: str
    is_pairing: bool
    investment: str | None

    @property
    def form_label(self) -> str:
        return dict(CooperationForm.choices).get(self.form, "未设定")

    @property
    def level_label(self) -> str:
        return dict(CooperationLevel.choices).get(self.level, "未设定")


def cooperation_rows(rows: QuerySet[Agreement]) -> QuerySet[Agreement]:
    return rows.filter(kind=KIND)


def facts_of(agreement: Agreement) -> CooperationFacts:
    """Form, level and pairing as the latest signed terms have them; prefetch ``versions``."""
    terms = latest_terms(agreement=agreement)
    return CooperationFacts(
        agreement_id=agreement.pk,
        state=agreement.state,
        form=terms.get("form") or "",
        level=terms.get("level") or "",
        is_pairing=bool(terms.get("is_pairing")),
        investment=terms.get("investment"),
    )


def all_facts(rows: QuerySet[Agreement]) -> list[CooperationFacts]:
    """The facts of every row, in two queries."""
    return [facts_of(row) for row in cooperation_rows(rows).prefetch_related("versions")]


def chosen_ids(
    facts: Iterable[CooperationFacts],
    *,
    forms: Sequence[str] = (),
    levels: Sequence[str] = (),
    pairing: bool | None = None,
) -> list[int]:
    """The agreements that have one of the forms and levels."""
    return [
        item.agreement_id
        for item in facts
        if (not forms or item.form in forms)
        and (not levels or item.level in levels)
        and (pairing is None or item.is_pairing is pairing)
    ]


def form_counts(facts: Iterable[CooperationFacts]) -> Counter[str]:
    return Counter(item.form for item in facts if item.state == AgreementState.ACTIVE)


@dataclass(frozen=True, kw_only=True)
class Participation:
    """How many take part, of how many (参与情况); a total of None reads 未设定."""

    enterprises: int
    all_enterprises: int | None
    large_industrial: int
    all_large_industrial: int | None
    schools: int
    all_schools: int | None


def participation(
    rows: QuerySet[Agreement], *, region: Q | None, on: datetime.date
) -> Participation:
    """Who takes part in cooperation in force; ``region`` bounds the whole they are part of.

    Without a region there is no whole: a unit's own list says nothing about its town. The size of
    an enterprise is what its registration says.
    """
    live = cooperation_rows(rows).filter(state=AgreementState.ACTIVE, starts_on__lte=on)
    parties = Party.objects.filter(agreement__in=live)
    taking_part = set(parties.filter(role="enterprise").values_list("organisation_id", flat=True))
    schools = set(parties.filter(role="school").values_list("organisation_id", flat=True))
    large = large_industrial().filter(pk__in=taking_part)
    if region is None:
        return Participation(
            enterprises=len(taking_part),
            all_enterprises=None,
            large_industrial=large.count(),
            all_large_industrial=None,
            schools=len(schools),
            all_schools=None,
        )
    here = Organisation.objects.filter(region, state=OrganisationState.VERIFIED)
    return Participation(
        enterprises=here.filter(pk__in=taking_part, kind=OrganisationKind.ENTERPRISE).count(),
        all_enterprises=here.filter(kind=OrganisationKind.ENTERPRISE).count() or None,
        large_industrial=large.filter(region).count(),
        all_large_industrial=large_industrial().filter(region).count() or None,
        schools=here.filter(pk__in=schools, kind=OrganisationKind.SCHOOL).count(),
        all_schools=here.filter(kind=OrganisationKind.SCHOOL).count() or None,
    )


def large_industrial() -> QuerySet[Organisation]:
    """Verified industrial enterprises above the designated size (规模以上工业企业)."""
    return Organisation.objects.filter(
        kind=OrganisationKind.ENTERPRISE,
        state=OrganisationState.VERIFIED,
        above_scale=True,
        industry__section__in=INDUSTRIAL_SECTIONS,
    )
