"""The filters beside the result: labels of the values and how many answers each would leave."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django.conf import settings
from django.db.models import QuerySet
from django.http import HttpRequest

from silian.composition.portal.rules import SINCE, STARTS, SearchQuestion
from silian.foundation.kernel.search.sources import sources
from silian.foundation.reference.models import Industry, Occupation
from silian.foundation.ui.components import Facet
from silian.foundation.ui.filters import facet
from silian.operations.exchange.choices import Side
from silian.operations.exchange.kinds import listing_kinds
from silian.operations.exchange.queries.search import region_labels, regions_below
from silian.registers.organisations.choices import OrganisationKind

Counts = Mapping[str, Mapping[str, int]]
PAYS = {
    "3000": "3,000 元以上",
    "5000": "5,000 元以上",
    "8000": "8,000 元以上",
    "10000": "1 万元以上",
}
PAY = ("pay", "报酬或价格", PAYS)
START = ("starts", "开始时间", STARTS)
DATE = ("since", "发布时间", SINCE)
VERIFIED = {"yes": "已核验单位"}
MOST_OPTIONS = 30
INDUSTRY_LEVEL = 2  # 大类: a section says too little, a group too much for one column
OCCUPATION_LEVEL = 4  # 细类: what people call their occupation


def facets_of(*, request: HttpRequest, question: SearchQuestion, counts: Counts) -> list[Facet]:
    """Every filter that still tells answers apart, the most usual values first."""
    labels = labels_of(question=question, counts=counts)
    groups = [
        facet(
            request=request,
            name=name,
            label=label,
            choices=busiest(labels[name], counted(name, counts), question.groups.get(name, ())),
            counts=counted(name, counts),
            single=name == "side",
        )
        for name, label in COUNTED.items()
    ]
    listings_only = question.subject in ("", "listing")
    choices = (*((PAY, START) if listings_only else ()), DATE)
    return [
        *(group for group in groups if group.options),
        *(
            facet(request=request, name=name, label=label, choices=values.items(), single=True)
            for name, label, values in choices
        ),
    ]


COUNTED = {
    "side": "方向",
    "kind": "类别",
    "division": "区域",
    "verified": "核验",
    "chain": "重点产业链",
    "industry": "行业",
    "occupation": "职业",
    "level": "学历层次",
}


def counted(name: str, counts: Counts) -> Mapping[str, int]:
    found = {value: count for value, count in counts.get(name, {}).items() if value}
    if name == "division":
        return regions_below(found, jurisdiction=settings.SITE_JURISDICTION)
    return found


def labels_of(*, question: SearchQuestion, counts: Counts) -> dict[str, dict[str, str]]:
    """What the values of each filter are called."""
    asked = {name: {*counted(name, counts), *question.groups.get(name, ())} for name in COUNTED}
    kinds = {code: kind.label for code, kind in listing_kinds().items()}
    return {
        "side": dict(Side.choices),
        "kind": {**dict(OrganisationKind.choices), **kinds},
        "division": region_labels(asked["division"]),
        "verified": VERIFIED,
        "chain": {name: name for name in asked["chain"]},
        "industry": names_of(Industry.objects.filter(level=INDUSTRY_LEVEL), among=asked["industry"])
        | names_of(Industry.objects.all(), among=question.groups.get("industry", ())),
        "occupation": names_of(
            Occupation.objects.filter(level=OCCUPATION_LEVEL), among=asked["occupation"]
        )
        | names_of(Occupation.objects.all(), among=question.groups.get("occupation", ())),
        "level": {name: name for name in asked["level"]},
    }


def names_of(entries: QuerySet[Any], *, among: Iterable[str]) -> dict[str, str]:
    return dict(entries.filter(pk__in=list(among)).values_list("pk", "name"))


def busiest(
    labels: Mapping[str, str], counts: Mapping[str, int], chosen: Iterable[str]
) -> list[tuple[str, str]]:
    """The values with answers, and those chosen all the same."""
    kept = set(chosen)
    shown = [value for value in labels if counts.get(value) or value in kept]
    shown.sort(key=lambda value: (value not in kept, -counts.get(value, 0), labels[value]))
    return [(value, labels[value]) for value in shown[:MOST_OPTIONS]]


def tabs_of(counts: Counts) -> list[tuple[str, str, int]]:
    """The subjects with their counts, all of them first."""
    by_subject = counts.get("subject", {})
    tabs = [
        (source.subject, source.label, by_subject.get(source.subject, 0)) for source in sources()
    ]
    return [("", "全部", sum(count for _, _, count in tabs)), *tabs]
