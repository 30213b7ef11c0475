"""Who may not apply again, and until when (不得申报期)."""

from __future__ import annotations

import datetime

from django.db.models import Q, QuerySet

from silian.casework.reviews.models import Ban, Scheme


def of_scheme(scheme: Scheme | str, *, path: str = "scheme") -> Q:
    """The rows of a scheme, or of every scheme of a code."""
    if isinstance(scheme, Scheme):
        return Q(**{path: scheme.pk})
    return Q(**{f"{path}__code": scheme})


def ban_of(*, organisation_id: int, scheme: Scheme | str, on: datetime.date) -> Ban | None:
    """The ban that keeps an organisation from a programme of recognition on a day (不得申报).

    It holds for every scheme of the same code, whoever runs it; of several bans the one that
    ends last.
    """
    code = scheme.code if isinstance(scheme, Scheme) else scheme
    rows = bans_of(organisation_id=organisation_id, on=on).filter(scheme__code=code)
    return rows.order_by("-ends_on").first()


def bans_of(*, organisation_id: int, on: datetime.date) -> QuerySet[Ban]:
    """Every ban of an organisation that runs on a day."""
    rows = Ban.objects.filter(organisation_id=organisation_id, starts_on__lte=on, ends_on__gt=on)
    return rows.select_related("scheme", "act__recognition")
