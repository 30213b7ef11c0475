"""The names behind the codes that a listing carries."""

from __future__ import annotations

from silian.foundation.reference.models import Division, Industry, Major, Occupation
from silian.operations.exchange.rules.listing_content import ListingContent


def names_behind(*contents: ListingContent) -> dict[str, str]:
    """Names of the divisions, industries, occupations and majors by their codes."""
    names: dict[str, str] = {}
    for model, codes in (
        (Division, {content.division_id for content in contents}),
        (Industry, {content.industry_id for content in contents}),
        (Occupation, {content.occupation_id for content in contents}),
    ):
        wanted = sorted(code for code in codes if code)
        if wanted:
            names |= dict(model.objects.filter(pk__in=wanted).values_list("pk", "name"))
    return names | major_names([code for content in contents for code in content.majors])


def major_names(codes: list[str]) -> dict[str, str]:
    """Names of majors by code of the newest edition that knows it."""
    if not codes:
        return {}
    rows = Major.objects.filter(code__in=set(codes)).order_by("version__edition")
    return dict(rows.values_list("code", "name"))
