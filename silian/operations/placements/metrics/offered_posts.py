"""Measures of the posts that organisations offer, and of the hosts that schools chose."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import F, FloatField, Q, QuerySet
from django.db.models.functions import Cast

from silian.casework.metrics.registry import (
    Drill,
    Scope,
    Touch,
    distinct,
    median,
    register_metric,
    share,
    stock,
)
from silian.operations.placements.choices.hosts import (
    HostState,
)
from silian.operations.placements.events.hosts import (
    CensusDeclared,
    HostPublished,
    HostRemoved,
)
from silian.operations.placements.gateways.offer_limits import offered_share
from silian.operations.placements.models.hosts import Host, PostCensus
from silian.operations.placements.permissions.hosts import censuses_visible_to, hosts_visible_to
from silian.operations.placements.queries.censuses import latest_censuses

SOURCE = "单位岗位申报"
NATION = "000000"


def declared(scope: Scope) -> QuerySet[PostCensus]:
    """The last declaration of each organisation that has posts, with the share it offers."""
    posts = F("technical_posts") + F("business_posts")
    return (
        latest_censuses(PostCensus.objects.all(), on=scope.as_of)
        .filter(Q(technical_posts__gt=0) | Q(business_posts__gt=0))
        .annotate(offered_percent=Cast(F("offered_posts"), FloatField()) * 100.0 / posts)
    )


def declared_against_share(scope: Scope) -> QuerySet[PostCensus]:
    """The same with the share that the region asks; nobody where it asks none (未设定)."""
    limit = offered_share(division=scope.division or NATION, on=scope.as_of)
    share_set = limit.value if limit else None
    rows = declared(scope).annotate(above=F("offered_percent") - float(share_set or 0) * 100)
    return rows if share_set is not None else rows.none()


def published(scope: Scope) -> QuerySet[Host]:
    """Hosts on the public list of a school on the day."""
    return Host.objects.filter(state=HostState.PUBLISHED, published_on__lte=scope.as_of)


def census_touched(event: Any) -> Iterable[Touch]:
    for row in PostCensus.objects.filter(pk=event.census_id).only("division_id", "as_of"):
        yield Touch(division=row.division_id, day=row.as_of)


def host_touched(event: Any) -> Iterable[Touch]:
    for row in Host.objects.filter(pk=event.host_id).select_related("organisation"):
        if row.published_on:
            yield Touch(division=row.organisation.division_id, day=row.published_on)


CENSUS_EVENTS = {CensusDeclared: census_touched}
CENSUS_DRILL = Drill(
    columns={
        "单位": "organisation.name",
        "岗位总数": lambda row: row.technical_posts + row.business_posts,
        "提供实习岗位": "offered_posts",
        "对接": lambda row: row.liaison_unit or row.liaison_name or "未登记",
        "截至日": "as_of",
    },
    visible_to=censuses_visible_to,
    related=("organisation",),
)
register_metric(
    stock(
        code="placements.intern_post_share",
        title="实习岗位供给比例",
        unit="%",
        formula="各单位最近一次申报中，提供的实习岗位占技术工种和服务、业务、管理等岗位比例的中位数",
        source=SOURCE,
        rows=declared,
        reduce=median("offered_percent"),
        decimals=1,
        drill=CENSUS_DRILL,
        stale_on=CENSUS_EVENTS,
    )
)
register_metric(
    stock(
        code="placements.offering_organisations",
        title="实习岗位供给达标面",
        unit="%",
        formula="申报单位中，提供的实习岗位比例达到本地规定的占比；本地没有规定的不计算",
        source=SOURCE,
        rows=declared_against_share,
        reduce=share(Q(above__gte=0)),
        decimals=1,
        drill=CENSUS_DRILL,
        stale_on=CENSUS_EVENTS,
    )
)
register_metric(
    stock(
        code="placements.liaison_share",
        title="规模以上企业明确实习对接机构或人员的比例",
        unit="%",
        formula="最近一次申报的规模以上企业中，登记了对接机构或对接人的占比",
        source=SOURCE,
        rows=lambda scope: declared(scope).filter(organisation__above_scale=True),
        reduce=share(~Q(liaison_unit="") | ~Q(liaison_name="")),
        decimals=1,
        drill=CENSUS_DRILL,
        stale_on=CENSUS_EVENTS,
    )
)
register_metric(
    stock(
        code="placements.hosts",
        title="公布的实习单位",
        unit="家",
        formula="在任一学校公布名单上的单位数，同一单位只计一次",
        source="实习单位名单",
        rows=published,
        division="organisation__division",
        reduce=distinct("organisation_id"),
        drill=Drill(
            columns={
                "单位": "organisation.name",
                "学校": "school.name",
                "公布日": "published_on",
            },
            visible_to=hosts_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("organisation", "school"),
        ),
        stale_on={HostPublished: host_touched, HostRemoved: host_touched},
    )
)
