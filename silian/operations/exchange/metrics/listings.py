"""Measures of what is offered and needed (供需)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Q, QuerySet

from silian.casework.metrics.choices import Direction, Periodicity
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Reduction,
    Scope,
    Touched,
    count,
    register_metric,
    stock,
    total,
)
from silian.operations.exchange.choices import Side, UnmetDemandState
from silian.operations.exchange.events import (
    ListingClosed,
    ListingPublished,
    ListingsImported,
    UnmetDemandClosed,
    UnmetDemandDecided,
)
from silian.operations.exchange.metrics import touches
from silian.operations.exchange.models.data_set import DataSet
from silian.operations.exchange.models.listing import Listing
from silian.operations.exchange.models.unmet_demand import UnmetDemand
from silian.operations.exchange.permissions.data_sets import data_sets_visible_to
from silian.operations.exchange.permissions.listings import listings_visible_to
from silian.operations.exchange.permissions.unmet_demands import unmet_demands_visible_to

PUBLISHED_EVENTS: dict[Any, Touched] = {
    ListingPublished: touches.published_listing,
    ListingsImported: touches.imported_listings,
}
LISTING_DRILL = Drill(
    columns={
        "名称": "title",
        "类别": lambda row: row.declaration.label,
        "方向": lambda row: row.get_side_display(),
        "发布单位": "organisation.name",
        "所在区划": "division.name",
        "首次发布": "first_published_at",
        "数量": "capacity",
    },
    visible_to=listings_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("organisation", "division"),
)


def published(where: Q | None = None) -> Callable[[Scope], QuerySet[Listing]]:
    """Listings that have ever been published, of one sort."""
    return lambda scope: Listing.objects.filter(where or Q(), first_published_at__isnull=False)


def open_listings(scope: Scope) -> QuerySet[Listing]:
    """Listings that had been published and not yet closed at the end of the day."""
    return Listing.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=scope.ends_at),
        first_published_at__lt=scope.ends_at,
    )


def published_metric(
    code: str,
    *,
    title: str,
    unit: str,
    formula: str,
    where: Q | None = None,
    reduce: Reduction | None = None,
) -> None:
    """One more measure of the listings that were first published in a period."""
    register_metric(
        Metric(
            code=code,
            title=title,
            unit=unit,
            formula=formula,
            source="供需对接平台（已发布的供需信息）",
            rows=published(where),
            day="first_published_at",
            reduce=reduce or count(),
            small_number=PUBLIC_ROWS,
            drill=LISTING_DRILL,
            stale_on=PUBLISHED_EVENTS,
        )
    )


def posts_metric(code: str, *, title: str, unit: str, kind: str, side: Side) -> None:
    """One more sum of the places that listings of a kind offer."""
    label = "需求" if side is Side.DEMAND else "供给"
    published_metric(
        code,
        title=title,
        unit=unit,
        formula=f"统计期内首次发布的该类{label}信息所填数量之和",
        where=Q(kind=kind, side=side),
        reduce=total("capacity"),
    )


def kind_metric(code: str, *, title: str, unit: str, kind: str) -> None:
    """One more count of the listings of a kind."""
    published_metric(
        code,
        title=title,
        unit=unit,
        formula="统计期内首次发布的该类供需信息条数",
        where=Q(kind=kind),
    )


published_metric(
    "exchange.listings",
    title="供需发布数",
    unit="条",
    formula="统计期内首次发布的供需信息条数，重新发布不重复计",
)
published_metric(
    "exchange.demands",
    title="需求发布数",
    unit="条",
    formula="统计期内首次发布的需求信息条数",
    where=Q(side=Side.DEMAND),
)
published_metric(
    "exchange.supplies",
    title="供给发布数",
    unit="条",
    formula="统计期内首次发布的供给信息条数",
    where=Q(side=Side.SUPPLY),
)
posts_metric(
    "exchange.internship_posts",
    title="实习岗位数",
    unit="个",
    kind="internship",
    side=Side.DEMAND,
)
posts_metric(
    "exchange.apprentice_posts",
    title="学徒岗位数",
    unit="个",
    kind="apprenticeship",
    side=Side.DEMAND,
)
posts_metric("exchange.job_posts", title="就业岗位数", unit="个", kind="job", side=Side.DEMAND)
posts_metric(
    "exchange.training_places",
    title="实训工位供给数",
    unit="个",
    kind="training_places",
    side=Side.SUPPLY,
)
posts_metric(
    "exchange.equipment_hours",
    title="设备机时供给数",
    unit="机时",
    kind="equipment_hours",
    side=Side.SUPPLY,
)
kind_metric("exchange.order_classes", title="订单班发布数", unit="个", kind="order_class")
kind_metric("exchange.course_packages", title="课程与培训包数", unit="个", kind="course_package")
kind_metric("exchange.cooperations", title="校企合作意向发布数", unit="条", kind="cooperation")
kind_metric("exchange.research_needs", title="技术难题数", unit="项", kind="technical_problem")
kind_metric("exchange.research_results", title="成果与专利数", unit="项", kind="research_result")
register_metric(
    stock(
        code="exchange.open_listings",
        title="有效供需数",
        unit="条",
        formula="截至当日已首次发布且未撤回、到期、满额的供需信息条数，含暂停的",
        source="供需对接平台（已发布的供需信息）",
        rows=open_listings,
        small_number=PUBLIC_ROWS,
        drill=LISTING_DRILL,
        stale_on={
            ListingPublished: touches.listing_today,
            ListingClosed: touches.listing_today,
            ListingsImported: touches.imported_listings,
        },
    )
)


def unmet_needs(scope: Scope) -> QuerySet[UnmetDemand]:
    """Verified demands that were neither met nor withdrawn at the end of the day."""
    return UnmetDemand.objects.filter(
        Q(closed_at__isnull=True) | Q(closed_at__gte=scope.ends_at), verified_at__lt=scope.ends_at
    ).exclude(state=UnmetDemandState.REFUSED)


def shared_data_sets(scope: Scope) -> QuerySet[DataSet]:
    """Data sets that were registered and still shared at the end of the day."""
    return DataSet.objects.filter(
        Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=scope.ends_at),
        registered_at__lt=scope.ends_at,
    )


register_metric(
    stock(
        code="exchange.unmet_needs",
        title="未满足需求数",
        unit="项",
        formula="截至当日已核实、尚未满足也未撤回的未满足需求",
        source="供需对接平台（未满足需求登记）",
        rows=unmet_needs,
        direction=Direction.FALLING,
        drill=Drill(
            columns={
                "需要什么": "title",
                "提出单位": "organisation.name",
                "所在区划": "division.name",
                "状态": lambda row: row.get_state_display(),
                "核实日期": "verified_at",
            },
            visible_to=unmet_demands_visible_to,
            related=("organisation", "division"),
        ),
        stale_on={
            UnmetDemandDecided: touches.unmet_demand,
            UnmetDemandClosed: touches.unmet_demand,
        },
    )
)
register_metric(
    stock(
        code="exchange.data_sets",
        title="共享数据集数",
        unit="个",
        formula="截至当日已登记且未停止共享的数据集",
        source="产教融合数据共享目录",
        rows=shared_data_sets,
        periodicity=Periodicity.DAILY,
        drill=Drill(
            columns={
                "名称": "title",
                "提供单位": "owner.name",
                "共享属性": lambda row: row.get_terms_display(),
                "登记日期": "registered_at",
            },
            visible_to=data_sets_visible_to,
            url=lambda row: row.get_absolute_url(),
            related=("owner",),
        ),
    )
)
