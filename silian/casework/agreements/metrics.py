"""Measures of cooperation and of signing, counted from the register of agreements."""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from typing import Any

from django.db.models import Exists, F, FloatField, OuterRef, Q, QuerySet
from django.db.models.functions import Cast, Extract
from django.utils import timezone

from silian.casework.agreements.choices import LifeEventKind, VersionKind, VersionState
from silian.casework.agreements.events import (
    AgreementActivated,
    AgreementAmended,
    AgreementEnded,
    AgreementLapsed,
    AgreementRefused,
    AgreementTerminated,
)
from silian.casework.agreements.models import Agreement, AgreementVersion, LifeEvent, Party
from silian.casework.agreements.permissions.agreements import agreements_visible_to
from silian.casework.agreements.queries.cooperation import KIND
from silian.casework.agreements.queries.register import ALERT_DAYS
from silian.casework.metrics.choices import Direction
from silian.casework.metrics.registry import (
    PUBLIC_ROWS,
    Drill,
    Metric,
    Scope,
    Touch,
    Touched,
    distinct,
    median,
    register_metric,
    share,
    stock,
)
from silian.foundation.kernel.actors import Actor


def in_force(scope: Scope) -> QuerySet[Agreement]:
    """Cooperation agreements that held at the end of the day, suspended ones included."""
    ended = LifeEvent.objects.filter(
        agreement=OuterRef("pk"), kind=LifeEventKind.TERMINATED, on__lte=scope.as_of
    )
    return Agreement.objects.filter(
        ~Exists(ended),
        kind=KIND,
        activated_at__lt=scope.ends_at,
        starts_on__lte=scope.as_of,
        ends_on__gt=scope.as_of,
    )


def enterprises(scope: Scope) -> QuerySet[Party]:
    return Party.objects.filter(agreement__in=in_force(scope), role="enterprise")


def ending(scope: Scope) -> QuerySet[Agreement]:
    until = scope.as_of + datetime.timedelta(days=ALERT_DAYS)
    return in_force(scope).filter(ends_on__lte=until)


def cooperation_parties_visible_to(actor: Actor) -> QuerySet[Party]:
    return Party.objects.filter(agreement__in=agreements_visible_to(actor))


def touched(event: Any) -> Iterable[Touch]:
    """The agreement's own region and those of its parties, from its first day on."""
    row = Agreement.objects.filter(pk=event.agreement_id, kind=KIND).first()
    if row is None:
        return
    day = min(row.starts_on, timezone.localdate())
    places = {row.division_id, *row.parties.values_list("organisation__division_id", flat=True)}
    for place in sorted(code for code in places if code):
        yield Touch(division=place, day=day)


EVENTS: dict[Any, Touched] = {
    AgreementActivated: touched,
    AgreementAmended: touched,
    AgreementTerminated: touched,
    AgreementEnded: touched,
}
SOURCE = "校企合作协议登记"
DRILL = Drill(
    columns={
        "编号": "number",
        "名称": "title",
        "发起单位": "organiser.name",
        "地区": "division.name",
        "起始日": "starts_on",
        "终止日": "ends_on",
    },
    visible_to=agreements_visible_to,
    url=lambda row: row.get_absolute_url(),
    related=("organiser", "division"),
)

register_metric(
    stock(
        code="agreements.cooperation_in_force",
        title="生效中的校企合作协议",
        unit="份",
        formula="统计日在有效期内、各方签齐且未解除的校企合作协议份数，含中止",
        source=SOURCE,
        rows=in_force,
        small_number=PUBLIC_ROWS,
        drill=DRILL,
        stale_on=EVENTS,
    )
)
register_metric(
    stock(
        code="agreements.cooperation_enterprises",
        title="参与校企合作的企业",
        unit="家",
        formula="统计日生效中的校企合作协议的企业方，按企业去重，按企业所在地区统计",
        source=SOURCE,
        rows=enterprises,
        division="organisation__division",
        reduce=distinct("organisation_id"),
        small_number=PUBLIC_ROWS,
        drill=Drill(
            columns={
                "企业": "organisation.name",
                "协议": "agreement.title",
                "终止日": "agreement.ends_on",
            },
            visible_to=cooperation_parties_visible_to,
            url=lambda row: row.agreement.get_absolute_url(),
            related=("organisation", "agreement"),
        ),
        stale_on=EVENTS,
    )
)
register_metric(
    stock(
        code="agreements.cooperation_ending",
        title=f"{ALERT_DAYS} 天内到期的校企合作协议",
        unit="份",
        formula=f"统计日生效中、终止日在其后 {ALERT_DAYS} 天内的校企合作协议份数",
        source=SOURCE,
        rows=ending,
        direction=Direction.FALLING,
        small_number=PUBLIC_ROWS,
        drill=DRILL,
        stale_on=EVENTS,
    )
)


SECONDS_A_DAY = 86_400
DECIDED = (VersionState.SIGNED, VersionState.REFUSED, VersionState.LAPSED)
SIGNING_SOURCE = "协议签署记录"


def decided_versions(scope: Scope) -> QuerySet[AgreementVersion]:
    """First texts whose signing came to an end, by the day on which they were sent."""
    return AgreementVersion.objects.filter(
        kind=VersionKind.BASE, state__in=DECIDED, sent_at__isnull=False
    )


def signed_versions(scope: Scope) -> QuerySet[AgreementVersion]:
    """First texts that everybody signed, each with the days that this took."""
    waited = Extract(F("signed_at") - F("sent_at"), "epoch")
    return (
        decided_versions(scope)
        .filter(state=VersionState.SIGNED)
        .annotate(signing_days=Cast(waited, FloatField()) / SECONDS_A_DAY)
    )


def versions_visible_to(actor: Actor) -> QuerySet[AgreementVersion]:
    return AgreementVersion.objects.filter(agreement__in=agreements_visible_to(actor))


def sent_day(event: Any) -> Iterable[Touch]:
    """The days on which the texts of an agreement were sent."""
    rows = AgreementVersion.objects.filter(
        agreement_id=event.agreement_id, sent_at__isnull=False
    ).select_related("agreement")
    for row in rows:
        yield Touch(division=row.agreement.division_id, day=timezone.localdate(row.sent_at))


SIGNING_DRILL = Drill(
    columns={
        "编号": "agreement.number",
        "名称": "agreement.title",
        "送签时间": "sent_at",
        "签署期限": "sign_by",
        "签齐时间": "signed_at",
        "结果": lambda row: row.get_state_display(),
    },
    visible_to=versions_visible_to,
    url=lambda row: row.agreement.get_absolute_url(),
    related=("agreement",),
)
SIGNING_EVENTS: dict[Any, Touched] = {
    AgreementActivated: sent_day,
    AgreementRefused: sent_day,
    AgreementLapsed: sent_day,
}

register_metric(
    Metric(
        code="agreements.signed_in_time",
        title="按期签齐率",
        unit="%",
        formula="统计期内送签且已有结果的协议中，在签署期限内各方签齐的占比；被拒签和逾期的计入分母",
        source=SIGNING_SOURCE,
        rows=decided_versions,
        division="agreement__division",
        day="sent_at",
        reduce=share(Q(state=VersionState.SIGNED)),
        decimals=1,
        drill=SIGNING_DRILL,
        stale_on=SIGNING_EVENTS,
    )
)
register_metric(
    Metric(
        code="agreements.days_to_sign",
        title="签齐用时中位数",
        unit="天",
        formula="统计期内送签且已签齐的协议，从送签到最后一方签字的自然天数，取中位数",
        source=SIGNING_SOURCE,
        rows=signed_versions,
        division="agreement__division",
        day="sent_at",
        reduce=median("signing_days"),
        decimals=1,
        direction=Direction.FALLING,
        drill=SIGNING_DRILL,
        stale_on=SIGNING_EVENTS,
    )
)
