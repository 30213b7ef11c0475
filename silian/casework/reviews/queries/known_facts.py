"""What the registers and agreements say of an applicant (名录和协议数据)."""

from __future__ import annotations

import datetime
from decimal import Decimal

from django.db.models import QuerySet

from silian.casework.agreements.choices import IN_FORCE_STATES
from silian.casework.agreements.models import Agreement
from silian.casework.agreements.queries.cooperation import all_facts
from silian.casework.reviews.registry import UNKNOWN, Reading, Subject
from silian.registers.credit.queries.records import bad_records_of
from silian.registers.organisations.models import Organisation

BAD_RECORDS = "credit.bad_records"
SHARED_KINDS = ("cooperation", "order_class", "modern_apprenticeship")
ORDER_CLASS = "order_class"
EDUCATION = "P"  # the section of GB/T 4754 whose business is education and training
LOOK_BACK_YEARS = 3  # what these counts count; another window is another source


def agreements_of(organisation: Organisation) -> QuerySet[Agreement]:
    return Agreement.objects.filter(
        parties__organisation=organisation, kind__in=SHARED_KINDS
    ).distinct()


def in_force(organisation: Organisation, on: datetime.date) -> QuerySet[Agreement]:
    return agreements_of(organisation).filter(
        state__in=IN_FORCE_STATES, starts_on__lte=on, ends_on__gt=on
    )


def agreements_in_force(*, subject: Subject, on: datetime.date) -> Reading:
    """How many agreements of school and enterprise hold on the day (有效校企合作协议)."""
    return Reading(value=Decimal(in_force(subject.organisation, on).count()))


def partners(*, subject: Subject, on: datetime.date) -> Reading:
    """With how many other units agreements hold on the day (合作单位)."""
    held = in_force(subject.organisation, on)
    units = Organisation.objects.filter(pk__in=held.values("parties__organisation"))
    return Reading(value=Decimal(units.exclude(pk=subject.organisation.pk).count()))


def order_classes(organisation: Organisation, on: datetime.date) -> int:
    """Order classes under an agreement in force (在办订单班)."""
    return in_force(organisation, on).filter(kind=ORDER_CLASS).count()


def order_classes_reading(*, subject: Subject, on: datetime.date) -> Reading:
    return Reading(value=Decimal(order_classes(subject.organisation, on)))


def invested(organisation: Organisation, on: datetime.date) -> Decimal | None:
    """What cooperation agreements that began in the last three years invest; None without any."""
    since = on.replace(year=on.year - LOOK_BACK_YEARS, day=min(on.day, 28))
    rows = agreements_of(organisation).filter(
        activated_at__isnull=False, starts_on__gte=since, starts_on__lte=on
    )
    amounts = [Decimal(fact.investment) for fact in all_facts(rows) if fact.investment]
    return sum(amounts, Decimal(0)) if amounts else None


def invested_reading(*, subject: Subject, on: datetime.date) -> Reading:
    amount = invested(subject.organisation, on)
    return UNKNOWN if amount is None else Reading(value=amount)


def trains_for_a_living(*, subject: Subject, on: datetime.date) -> Reading:
    """1 when the registered industry is education and training; unknown without an industry."""
    industry = subject.organisation.industry
    if industry is None:
        return UNKNOWN
    is_training = industry.section == EDUCATION
    return Reading(
        value=Decimal(int(is_training)),
        words="是" if is_training else "否",
        period=f"登记行业：{industry.name}",
    )


def is_verified(*, subject: Subject, on: datetime.date) -> Reading:
    is_so = subject.organisation.is_verified
    return Reading(value=Decimal(int(is_so)), words="是" if is_so else "否")


def bad_records(*, subject: Subject, on: datetime.date) -> Reading:
    """How many bad credit records stand against the organisation on the day (失信记录).

    A disputed record counts and is named as disputed; whoever evaluates leaves a reading.
    """
    rows = bad_records_of(organisation_id=subject.organisation.pk, on=on)
    found = list(rows.values_list("is_disputed", flat=True))
    disputed = f"，其中 {sum(found)} 条有异议" if any(found) else ""
    return Reading(value=Decimal(len(found)), period=f"截至{on:%Y-%m-%d}{disputed}")


def uscc(organisation: Organisation, on: datetime.date) -> str:
    return organisation.uscc


def address(organisation: Organisation, on: datetime.date) -> str:
    return organisation.address


def introduction(organisation: Organisation, on: datetime.date) -> str:
    return organisation.introduction


def contact(organisation: Organisation, on: datetime.date) -> str:
    return " ".join(
        part for part in (organisation.contact_name, organisation.contact_phone) if part
    )
