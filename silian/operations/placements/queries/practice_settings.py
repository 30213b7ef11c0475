"""The numbers that rules leave open and a school sets: pass mark, file share, attendance cap."""

from __future__ import annotations

import datetime
from decimal import Decimal

from silian.operations.placements.models import PracticeSettings
from silian.registers.organisations.models import Organisation
from silian.registers.policies.queries.parameters import parameter_value


def settings_of(*, school_id: int) -> PracticeSettings:
    """The school's settings; an unsaved empty row when it has set none (未设定)."""
    found = PracticeSettings.objects.filter(school_id=school_id).first()
    return found or PracticeSettings(school_id=school_id)


def rule_number(*, code: str, name: str, school_id: int, on: datetime.date) -> int | None:
    """What a policy sets for the school's region on a day, as a whole number; None is 未设定.

    Shares stand as fractions in the rulebooks and as percent here.
    """
    division = Organisation.objects.values_list("division_id", flat=True).get(pk=school_id)
    found = parameter_value(code=code, name=name, division=division, on=on)
    if found is None or found.value is None:
        return None
    share = Decimal(100) if found.unit == "比例" else Decimal(1)
    return int(found.value * share)


def pass_mark_rule(*, school_id: int, on: datetime.date) -> int | None:
    return rule_number(code="IN-25", name="safety_test_pass_mark", school_id=school_id, on=on)


def attendance_cap(*, school_id: int, on: datetime.date) -> int | None:
    """The largest weight that attendance may have, in percent (出勤权重上限, IN-24)."""
    rule = rule_number(code="IN-24", name="attendance_weight_cap", school_id=school_id, on=on)
    own = settings_of(school_id=school_id).attendance_cap
    known = [cap for cap in (rule, own) if cap is not None]
    return min(known, default=None)


def least_file_percent(*, school_id: int, on: datetime.date) -> int | None:
    """How complete a file must be before credit is granted (IN-28)."""
    rule = rule_number(code="IN-28", name="least_file_share", school_id=school_id, on=on)
    own = settings_of(school_id=school_id).least_file_percent
    known = [share for share in (rule, own) if share is not None]
    return max(known, default=None)
