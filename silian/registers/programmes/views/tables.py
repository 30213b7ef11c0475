"""The tables of this module."""

from __future__ import annotations

from typing import Any

from silian.foundation.kernel.requests import Request
from silian.foundation.ui.tables import Column, Table
from silian.registers.programmes.queries.registers import hours_of_row

PROGRAMME_DETAILS = (
    Column("code", "专业代码", value="major__code", optional=True),
    Column("years", "学制", sort="years", numeric=True, optional=True),
    Column("group", "专业群", sort="group", optional=True),
    Column("division", "地区", value="division__name", optional=True),
    Column("opened_on", "开办日", sort="opened_on", optional=True),
    Column("form", "产教融合形式", optional=True,
           value=lambda row: row.get_integration_form_display() or "未确定"),
)  # fmt: skip


def programme_table(request: Request, rows: Any) -> Table:
    """Programmes with students, hours and participation (专业点名录)."""
    return Table(
        request=request,
        name="programmes",
        rows=rows,
        caption="专业点",
        order="name",
        row_url=lambda row: row.get_absolute_url(),
        columns=[
            Column(
                "name", "专业", sort="name", main=True, template="programmes/_cell_programme.html"
            ),
            Column("school", "学校", value="school__short_name", sort="school__name"),
            Column("level", "层次", value=lambda row: row.major.get_education_level_display()),
            Column("industry_chain", "产业链", sort="industry_chain"),
            Column("students", "在读", sort="students", numeric=True, unit="人", total=True),
            Column("share", "实践课时", value=lambda row: hours_of_row(row).percent,
                   sort="share", numeric=True),
            Column("joined_stages", "企业参与环节", sort="joined_stages", numeric=True,
                   value=lambda row: f"{row.joined_stages} / 8",
                   export=lambda row: row.joined_stages),
            Column("stage", "阶段", sort="stage", value=lambda row: row.get_stage_display(),
                   template="programmes/_cell_stage.html"),
            *PROGRAMME_DETAILS,
        ],
    )  # fmt: skip


def hours_table(request: Request, rows: list[Any]) -> Table:
    """Cohorts with their hours against the limit (实践课时核算)."""
    return Table(
        request=request,
        name="practice_hours",
        rows=rows,
        caption="按年级核算实践课时",
        row_url=lambda row: row.plan.get_absolute_url() if row.plan else "",
        columns=[
            Column("programme", "专业", value=lambda row: row.cohort.programme.name, main=True),
            Column("school", "学校", value=lambda row: row.cohort.programme.school.short_name),
            Column("year", "年级", value=lambda row: f"{row.cohort.year} 级"),
            Column("plan", "适用方案",
                   value=lambda row: f"第 {row.plan.version} 版" if row.plan else "无"),
            Column("total", "总学时", value=lambda row: row.hours.total, numeric=True),
            Column("practice", "实践学时", value=lambda row: row.hours.practice, numeric=True),
            Column("share", "比例", value=lambda row: row.hours.percent, numeric=True),
            Column("limit", "规定", value=lambda row: row.limit.percent, numeric=True),
            Column("missing", "还差学时", value=lambda row: row.hours.missing(row.limit),
                   numeric=True),
            Column("standing", "结论", value=lambda row: row.standing.label,
                   template="programmes/_cell_standing.html"),
            Column("weeks", "实习周数", value=lambda row: row.hours.weeks, numeric=True,
                   optional=True),
            Column("basis", "依据", value=lambda row: row.limit.source, optional=True),
        ],
    )  # fmt: skip


def standard_table(request: Request, rows: Any) -> Table:
    """Standards with the version in force (标准库)."""
    return Table(
        request=request,
        name="standards",
        rows=rows,
        caption="标准",
        order="title",
        row_url=lambda row: row.get_absolute_url(),
        columns=[
            Column("title", "名称", sort="title", main=True),
            Column("kind", "类别", sort="kind", value=lambda row: row.get_kind_display()),
            Column("number", "编号", sort="number"),
            Column("edition", "现行版本", sort="edition", value=lambda row: row.edition or "无"),
            Column("in_force_from", "实施日", sort="in_force_from"),
            Column("occupation", "对接职业",
                   value=lambda row: row.occupation.name if row.occupation else "—"),
            Column("keeper", "主编单位", value="keeper__short_name", sort="keeper__name"),
            Column("plans", "被现行方案引用", sort="plans", numeric=True),
        ],
    )  # fmt: skip


def participation_table(request: Request, rows: Any) -> Table:
    """Records of enterprises in teaching (企业参与记录)."""
    return Table(
        request=request,
        name="participations",
        rows=rows,
        caption="企业参与记录",
        order="-happened_on",
        columns=[
            Column("activity", "做了什么", main=True, template="programmes/_cell_activity.html"),
            Column("programme", "专业", value="programme__name", sort="programme__name"),
            Column("enterprise", "企业", value="enterprise__short_name", sort="enterprise__name"),
            Column("stage", "环节", sort="stage", value=lambda row: row.get_stage_display()),
            Column("happened_on", "日期", sort="happened_on"),
            Column("hours", "企业投入", sort="hours", numeric=True, unit="时"),
            Column("evidence_count", "证明", sort="evidence_count", numeric=True, unit="份"),
            Column("confirmed", "企业确认", template="programmes/_cell_confirmed.html",
                   value=lambda row: "已确认" if row.confirmed_at else "待确认"),
        ],
    )  # fmt: skip


def enrolment_table(request: Request, rows: Any) -> Table:
    """Planned and taken seats (招生计划与录取)."""
    return Table(
        request=request,
        name="enrolments",
        rows=rows,
        caption="招生计划与录取",
        order="-year",
        columns=[
            Column("programme", "专业", value="programme__name", sort="programme__name", main=True,
                   template="programmes/_cell_enrolment.html"),
            Column("school", "学校", value="programme__school__short_name",
                   sort="programme__school__name"),
            Column("year", "年份", sort="year", numeric=True),
            Column("kind", "方式", sort="kind", value=lambda row: row.get_kind_display()),
            Column("seats_all", "计划", sort="seats_all", numeric=True, total=True),
            Column("adjustment", "其中倾斜", sort="adjustment", numeric=True),
            Column("admitted", "录取", sort="admitted", numeric=True, total=True),
            Column("rate", "完成", numeric=True, value=lambda row: rate_of(row)),
            Column("experienced", "有工作经历", sort="experienced", numeric=True),
            Column("adjustment_reason", "调整理由", optional=True),
            Column("enterprise", "参与研究的企业", optional=True,
                   value=lambda row: row.enterprise.display_name if row.enterprise else ""),
        ],
    )  # fmt: skip


def rate_of(row: Any) -> str:
    """Admitted ÷ planned, or a dash where nothing is known yet."""
    if row.admitted is None or not row.seats_all:
        return "—"
    return f"{row.admitted * 100 / row.seats_all:.0f}%"


def construction_table(request: Request, rows: Any) -> Table:
    """Construction projects (专业建设名录)."""
    return Table(
        request=request,
        name="constructions",
        rows=rows,
        caption="专业建设项目",
        order="-approved_on",
        row_url=lambda row: row.programme.get_absolute_url(),
        columns=[
            Column("programme", "专业", value="programme__name", sort="programme__name", main=True),
            Column("school", "学校", value="programme__school__short_name",
                   sort="programme__school__name"),
            Column("category", "建设类别", sort="category",
                   value=lambda row: row.get_category_display()),
            Column("level", "级别", sort="level", value=lambda row: row.get_level_display()),
            Column("stage", "阶段", sort="stage", value=lambda row: row.get_stage_display()),
            Column("approved_on", "立项日", sort="approved_on"),
            Column("due_on", "应验收日", sort="due_on"),
            Column("document_number", "文号", sort="document_number", optional=True),
        ],
    )  # fmt: skip


def class_table(request: Request, rows: Any) -> Table:
    """Classes with their numbers (班级)."""
    return Table(
        request=request,
        name="classes",
        rows=rows,
        caption="班级",
        order="-cohort__year",
        row_url=lambda row: row.get_absolute_url(),
        columns=[
            Column("name", "班级", sort="name", main=True),
            Column("programme", "专业", value="cohort__programme__name",
                   sort="cohort__programme__name"),
            Column("year", "年级", sort="cohort__year",
                   value=lambda row: f"{row.cohort.year} 级"),
            Column("head_teacher", "班主任",
                   value=lambda row: row.head_teacher.name if row.head_teacher else "未指定"),
            Column("students", "在读", sort="students", numeric=True, unit="人", total=True),
            Column("minors", "未成年", sort="minors", numeric=True, unit="人", total=True),
            Column("away", "休学", sort="away", numeric=True, unit="人", optional=True),
            Column("school", "学校", value="cohort__programme__school__short_name",
                   sort="cohort__programme__school__name", optional=True),
        ],
    )  # fmt: skip


def member_table(request: Request, rows: Any) -> Table:
    """Students of a class; identity numbers are not in it (班级学生)."""
    return Table(
        request=request,
        name="class_members",
        rows=rows,
        caption="学生",
        order="number",
        page_size=60,
        columns=[
            Column("number", "学号", sort="number", main=True),
            Column("name", "姓名", value="person__name", sort="person__name"),
            Column("sex", "性别", value=lambda row: row.person.get_sex_display()),
            Column("born_on", "出生日期", value="person__born_on", sort="person__born_on"),
            Column("guardian", "监护人", value=lambda row: (
                row.person.guardian.name if row.person.guardian else "未登记")),
            Column("phone", "手机号", value="person__phone_mask", optional=True),
            Column("state", "学籍", value=lambda row: row.get_state_display(), sort="state"),
            Column("starts_on", "入班日", sort="starts_on", optional=True),
            Column("steps", "办理", value=lambda row: "", template="programmes/_cell_member.html",
                   export=lambda row: ""),
        ],
    )  # fmt: skip
