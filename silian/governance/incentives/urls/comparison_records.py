"""Addresses of other authorities' lists and of papers that repeat."""

from __future__ import annotations

from django.urls import path, register_converter

from silian.governance.incentives.choices.comparison_records import ComparisonKind
from silian.governance.incentives.views import comparison_imports, comparison_records

HOME = "comparison-records/"


class KindConverter:
    """A kind of list in an address; another word is no address."""

    regex = "|".join(ComparisonKind.values)

    def to_python(self, value: str) -> str:
        return value

    def to_url(self, value: str) -> str:
        return value


register_converter(KindConverter, "comparison_kind")
urlpatterns = [
    path(HOME, comparison_records.comparison_lists, name="comparison_lists"),
    path(f"{HOME}import/", comparison_imports.comparison_import, name="comparison_import"),
    path(
        f"{HOME}template/<comparison_kind:kind>/",
        comparison_imports.comparison_template,
        name="comparison_template",
    ),
    path(f"{HOME}<int:list_id>/", comparison_records.comparison_list, name="comparison_list"),
    path(
        f"{HOME}<int:list_id>/withdraw/",
        comparison_records.comparison_withdraw,
        name="comparison_withdraw",
    ),
    path("claims/risks/<int:risk_id>/papers/", comparison_records.risk_papers, name="risk_papers"),
]
