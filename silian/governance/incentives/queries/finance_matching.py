"""Which products fit a need and which needs fit a product, from facts of lower modules."""

from __future__ import annotations

import datetime
from collections import Counter, defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass

from silian.casework.reviews.models import Recognition, Scheme
from silian.casework.reviews.queries.standing import standing_on, with_acts
from silian.foundation.reference.models import Division
from silian.governance.accreditation.choices.projects import ProjectKind
from silian.governance.incentives.choices.finance import FinanceKind
from silian.governance.incentives.models import FinanceProduct, FinancingNeed
from silian.governance.incentives.rules.finance_matching import (
    MET,
    NOT_MET,
    TONES,
    UNKNOWN,
    WORDS,
    Applicant,
    Condition,
    Terms,
    conditions_of,
    standing_of,
)
from silian.registers.credit.choices import ItemNature
from silian.registers.credit.queries.records import public_records
from silian.registers.organisations.choices import OrganisationKind, OrganisationSize

ORDER = (MET, UNKNOWN, NOT_MET)


@dataclass(frozen=True, kw_only=True)
class Match:
    """A need and a product with every condition (匹配)."""

    need: FinancingNeed
    product: FinanceProduct
    conditions: list[Condition]

    @property
    def standing(self) -> str:
        return standing_of(self.conditions)

    @property
    def word(self) -> str:
        return {**WORDS, MET: "全部符合"}[self.standing]

    @property
    def tone(self) -> str:
        return TONES[self.standing] if self.standing != NOT_MET else "watch"

    @property
    def met(self) -> int:
        return sum(each.standing == MET for each in self.conditions)

    @property
    def open_conditions(self) -> list[Condition]:
        """What is missing, with how to cure it."""
        return [each for each in self.conditions if each.standing != MET]

    @property
    def says(self) -> str:
        return f"{len(self.conditions)} 项条件符合 {self.met} 项"


def matches(
    *, needs: Sequence[FinancingNeed], products: Sequence[FinanceProduct], on: datetime.date
) -> list[Match]:
    """Every need with every product; a constant number of queries. Fitting ones stand first."""
    applicants = applicants_of(needs, on=on)
    terms = terms_of(products)
    found = [
        Match(
            need=need,
            product=product,
            conditions=conditions_of(applicant=applicants[need.pk], terms=terms[product.pk], on=on),
        )
        for need in needs
        for product in products
    ]
    return sorted(found, key=lambda match: (ORDER.index(match.standing), -match.met))


def match_of(*, need: FinancingNeed, product: FinanceProduct, on: datetime.date) -> Match:
    return matches(needs=[need], products=[product], on=on)[0]


def applicants_of(needs: Sequence[FinancingNeed], *, on: datetime.date) -> dict[int, Applicant]:
    """What the registers know of the owners and projects of needs (需求方事实)."""
    owners = {need.owner_id for need in needs}
    recognitions = recognitions_of(owners, on=on)
    records = bad_records_of(owners, on=on)
    return {
        need.pk: Applicant(
            kind=need.owner.kind,
            amount=need.amount,
            months=need.months,
            division=need.division_id,
            owner_kind=need.owner.kind,
            size=need.owner.size,
            above_scale=need.owner.above_scale,
            project_kind=need.project.kind if need.project else None,
            in_library=bool(need.project.library_number) if need.project else None,
            recognitions=frozenset(recognitions[need.owner_id]),
            bad_records=records[need.owner_id],
            wanted=frozenset(need.kinds),
        )
        for need in needs
    }


def recognitions_of(owners: Collection[int], *, on: datetime.date) -> dict[int, set[str]]:
    """Codes of the schemes whose status each owner holds on the day (有效认定)."""
    found: dict[int, set[str]] = defaultdict(set)
    rows = Recognition.objects.filter(holder_id__in=owners, entered_on__lte=on)
    for row in with_acts(rows):
        standing = standing_on(row, on=on)
        if standing and standing.holds:
            found[row.holder_id].add(row.scheme.code)
    return found


def bad_records_of(owners: Collection[int], *, on: datetime.date) -> Counter[int]:
    """How many public records of dishonesty stand against each owner (公示的失信记录)."""
    rows = public_records(on=on).filter(organisation_id__in=owners, item__nature=ItemNature.BAD)
    return Counter(pk for pk in rows.values_list("organisation_id", flat=True) if pk)


def terms_of(products: Iterable[FinanceProduct]) -> dict[int, Terms]:
    """The conditions of products with their Chinese names; two queries for all."""
    products = list(products)
    codes = {code for product in products for code in product.regions}
    regions = dict(Division.objects.filter(pk__in=codes).values_list("pk", "name"))
    schemes = scheme_titles({row.recognition for row in products if row.recognition})
    return {row.pk: terms_of_product(row, regions=regions, schemes=schemes) for row in products}


def terms_of_product(
    product: FinanceProduct, *, regions: dict[str, str], schemes: dict[str, str]
) -> Terms:
    return Terms(
        kind=product.kind,
        kind_label=FinanceKind(product.kind).label,
        amount_from=product.amount_from,
        amount_to=product.amount_to,
        months_from=product.months_from,
        months_to=product.months_to,
        valid_from=product.valid_from,
        valid_until=product.valid_until,
        regions={code: regions.get(code, code) for code in product.regions},
        owner_kinds={code: OrganisationKind(code).label for code in product.owner_kinds},
        sizes={code: OrganisationSize(code).label for code in product.sizes},
        project_kinds={code: ProjectKind(code).label for code in product.project_kinds},
        needs_project=product.needs_project,
        needs_library=product.needs_library,
        recognition=product.recognition,
        recognition_label=schemes.get(product.recognition, product.recognition),
        clean_credit=product.clean_credit,
    )


def scheme_titles(codes: Collection[str] | None = None) -> dict[str, str]:
    """Titles of recognition schemes by code; all when no codes are given."""
    rows = Scheme.objects.order_by("title")
    if codes is not None:
        rows = rows.filter(code__in=codes)
    return {code: title for code, title in rows.values_list("code", "title")}
