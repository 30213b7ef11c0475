"""Industry chains of a region: its enterprises on one side, its programmes on the other."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Q, QuerySet

from silian.foundation.kernel.actors import Actor
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.organisations.permissions import in_jurisdiction
from silian.registers.programmes.models import ClassMember, Programme
from silian.registers.programmes.permissions.programmes import is_official
from silian.registers.programmes.queries.programmes import TEACHING_STAGES
from silian.registers.programmes.rules.chains import Chain, gaps_first

CITY_DIGITS = 4  # a school looks at the chains of its own city


def region_of(actor: Actor) -> Q:
    """What lies in the official's jurisdiction, or in the school's city."""
    if is_official(actor):
        return in_jurisdiction(actor)
    own = Organisation.objects.filter(pk=actor.organisation_id or 0)
    division = own.values_list("division_id", flat=True).first() or "-"
    return Q(division__code__startswith=division[:CITY_DIGITS])


def enterprises_on_chains(actor: Actor) -> QuerySet[Organisation]:
    """Verified enterprises of the region that name a chain."""
    return Organisation.objects.filter(
        region_of(actor), kind=OrganisationKind.ENTERPRISE, state=OrganisationState.VERIFIED
    ).exclude(industry_chain="")


def programmes_taught(actor: Actor) -> QuerySet[Programme]:
    """Programmes of the region that are taught now, with or without a chain."""
    return Programme.objects.filter(region_of(actor), stage__in=TEACHING_STAGES)


def chains_of(actor: Actor) -> list[Chain]:
    """Every chain that somebody names, gaps first; three queries (产业链对接)."""
    firms: dict[str, int] = dict(
        enterprises_on_chains(actor)
        .order_by()
        .values_list("industry_chain")
        .annotate(count=Count("pk"))
    )
    taught: dict[str, dict[str, Any]] = {
        row["industry_chain"]: dict(row)
        for row in programmes_taught(actor)
        .exclude(industry_chain="")
        .order_by()
        .values("industry_chain")
        .annotate(programmes=Count("pk"), schools=Count("school", distinct=True))
    }
    students = students_by_chain(actor)
    return gaps_first(
        [
            Chain(
                name=name,
                enterprises=firms.get(name, 0),
                programmes=taught.get(name, {}).get("programmes", 0),
                schools=taught.get(name, {}).get("schools", 0),
                students=students.get(name, 0),
            )
            for name in firms.keys() | taught.keys()
        ]
    )


def students_by_chain(actor: Actor) -> dict[str, int]:
    """Students at school by the chain of their programme."""
    chain = "school_class__cohort__programme__industry_chain"
    rows = ClassMember.objects.filter(
        school_class__cohort__programme__in=programmes_taught(actor), ends_on=None
    ).order_by()
    return dict(rows.values_list(chain).annotate(count=Count("pk")))
