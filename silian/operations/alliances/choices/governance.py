"""Labels of how a school is governed."""

from __future__ import annotations

from django.db import models


class Organ(models.TextChoices):
    """The bodies through which others take part in a school (治理机构)."""

    COUNCIL = "council", "理（董）事会"
    PROGRAMMES = "programmes", "专业建设委员会"
    TEACHING = "teaching", "教学工作委员会"
    COOPERATION = "cooperation", "校企合作委员会"


COMMITTEES = (Organ.PROGRAMMES, Organ.TEACHING, Organ.COOPERATION)


class Side(models.TextChoices):
    """From which side a member comes (成员来源)."""

    SCHOOL = "school", "学校"
    GOVERNMENT = "government", "政府部门"
    INDUSTRY = "industry", "行业企业"
    INSTITUTE = "institute", "科研院所"
    SOCIETY = "society", "社会组织"
    COMMUNITY = "community", "社区"


OUTSIDE = (Side.INDUSTRY, Side.INSTITUTE, Side.SOCIETY, Side.COMMUNITY)


class GovernanceMatter(models.TextChoices):
    """What is handed to the school, and the reforms around it (治理事项).

    Basis: 001 第14条、003（十六） name the first four; 000 三（四） the last four.
    """

    PROGRAMMES = "programmes", "专业设置自主权"
    STAFFING = "staffing", "人事管理自主权"
    APPOINTMENTS = "appointments", "教师评聘自主权"
    INCOME = "income", "收入分配自主权"
    REFORM_INCOME = "reform_income", "收入分配配套改革"
    REFORM_EMPLOYMENT = "reform_employment", "企业用人制度配套改革"
    REFORM_POSTS = "reform_posts", "学校编制配套改革"
    REFORM_RESEARCH = "reform_research", "教学科研管理配套改革"


AUTONOMY = (
    GovernanceMatter.PROGRAMMES,
    GovernanceMatter.STAFFING,
    GovernanceMatter.APPOINTMENTS,
    GovernanceMatter.INCOME,
)
REFORMS = (
    GovernanceMatter.REFORM_INCOME,
    GovernanceMatter.REFORM_EMPLOYMENT,
    GovernanceMatter.REFORM_POSTS,
    GovernanceMatter.REFORM_RESEARCH,
)


class Progress(models.TextChoices):
    """How far a matter has come (落实情况)."""

    NOT_STARTED = "not_started", "未开展"
    PARTLY = "partly", "部分落实"
    DONE = "done", "已落实"


PROGRESS_TONES = {Progress.NOT_STARTED: "open", Progress.PARTLY: "watch", Progress.DONE: "ok"}
