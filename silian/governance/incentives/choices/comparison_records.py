"""Labels of lists that other authorities keep, for comparison with claims."""

from __future__ import annotations

from django.db import models


class ComparisonKind(models.TextChoices):
    """What a list says of people (外部比对数据类别)."""

    INSURED = "insured", "社会保险参保月份"
    PAYROLL = "payroll", "个税工资申报月份"
    DEATH = "death", "死亡日期"
    PRISON = "prison", "服刑起止"
    PUBLIC = "public", "财政供养人员起止"


class Completeness(models.TextChoices):
    """For whom a list names everybody, so that a missing person means something (名单完整性)."""

    PART = "part", "只列部分人员"
    EMPLOYERS = "employers", "所列单位当月全部人员"
    REGION = "region", "本地区单位当月全部人员"


MONTHLY = (ComparisonKind.INSURED, ComparisonKind.PAYROLL)
