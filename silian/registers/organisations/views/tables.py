"""The tables of the register's lists."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils import timezone

from silian.foundation.kernel.requests import Request
from silian.foundation.kernel.site_calendar import site_calendar
from silian.foundation.ui.tables import Column, Table
from silian.registers.organisations.models.membership import Membership


def scope_of(row: Membership) -> str:
    return row.jurisdiction.name if row.jurisdiction else ""


def role_words(row: Membership) -> str:
    """The role, with whom it is acted for: 经办人（代张三）."""
    giver = row.delegated_from
    return f"{row.get_role_display()}（代{giver.user.name}）" if giver else row.get_role_display()


def member_table(request: Request, rows: Any, *, managed: set[int]) -> Table:
    """The members of one organisation."""
    return Table(
        request=request,
        name="members",
        caption="成员",
        rows=rows,
        order="user__name",
        row_url=lambda row: (
            reverse("organisations:member", args=[row.pk]) if row.pk in managed else ""
        ),
        columns=[
            Column("name", "姓名", value="user__name", sort="user__name", main=True),
            Column("role", "角色", value=role_words, sort="role"),
            Column("starts_on", "开始日", sort="starts_on"),
            Column("ends_on", "到期日", value=lambda row: row.ends_on or "长期", sort="ends_on"),
            Column("email", "邮箱", value="user__email", optional=True),
            Column("scope", "管辖范围", value=scope_of, optional=True),
        ],
        empty={"missing": "还没有成员", "why": "邀请同事后，他们可以分工办理"},
    )


OFFICIAL_COLUMNS = [
    Column("name", "姓名", value="user__name", sort="user__name", main=True),
    Column("role", "角色", value=role_words, sort="role"),
    Column("organisation", "部门", value="organisation__name", sort="organisation__name"),
    Column("scope", "管辖范围", value=scope_of),
    Column(
        "factor",
        "两步验证",
        value=lambda row: "须启用" if row.user.second_factor_required else "未要求",
    ),
    Column("starts_on", "开始日", sort="starts_on"),
    Column("ends_on", "到期日", value=lambda row: row.ends_on or "长期", optional=True),
    Column(
        "granted_by",
        "提出人",
        value=lambda row: row.granted_by.name if row.granted_by else "部署时设定",
        optional=True,
    ),
]


def official_table(request: Request, rows: Any, *, may_propose: bool) -> Table:
    """Who holds which official role."""
    return Table(
        request=request,
        name="official_roles",
        caption="政务角色名册",
        rows=rows,
        order="role",
        row_url=lambda row: (
            reverse("organisations:role_end", args=[row.pk])
            if may_propose and not row.delegated_from_id
            else ""
        ),
        columns=OFFICIAL_COLUMNS,
    )


def queue_table(request: Request, rows: Any) -> Table:
    """Organisations that wait for verification, each with its working days left."""
    calendar, today = site_calendar(), timezone.localdate()
    return Table(
        request=request,
        name="verification_queue",
        caption="待核验单位",
        rows=rows,
        order="verification_due_on",
        row_url=lambda row: reverse("organisations:verification", args=[row.pk]),
        columns=[
            Column(
                "due",
                "期限",
                value=lambda row: calendar.between(today, row.verification_due_on),
                export=lambda row: row.verification_due_on,
                template="organisations/_cell_due.html",
                sort="verification_due_on",
            ),
            Column("name", "单位", sort="name", main=True),
            Column("kind", "类别", value=lambda row: row.get_kind_display(), sort="kind"),
            Column("division", "区划", value="division__name", sort="division_id"),
            Column("uscc", "统一社会信用代码"),
            Column("submitted_at", "提交时间", template="organisations/_cell_time.html"),
        ],
        empty={"missing": "没有待核验的单位", "why": "有单位提交后会出现在这里，并通知您"},
    )


def supervised_table(request: Request, rows: Any) -> Table:
    """All organisations of the region, whatever their state."""
    return Table(
        request=request,
        name="supervised",
        caption="辖区单位",
        rows=rows,
        order="name",
        row_url=lambda row: reverse("organisations:verification", args=[row.pk]),
        columns=[
            Column("name", "单位", sort="name", main=True),
            Column("kind", "类别", value=lambda row: row.get_kind_display(), sort="kind"),
            Column("division", "区划", value="division__name", sort="division_id"),
            Column(
                "state",
                "状态",
                value=lambda row: row.get_state_display(),
                template="organisations/_cell_state.html",
                sort="state",
            ),
            Column("verified_at", "核验时间", template="organisations/_cell_time.html"),
            Column("uscc", "统一社会信用代码", optional=True),
        ],
    )


DIRECTORY_COLUMNS = [
    Column("name", "单位", template="organisations/_cell_name.html", sort="name_pinyin", main=True),
    Column("kind", "类别", value=lambda row: row.get_kind_display(), sort="kind"),
    Column("division", "区划", value="division__name", sort="division_id"),
    Column("industry", "行业", value=lambda row: row.industry.name if row.industry else ""),
    Column("size", "规模", value=lambda row: row.get_size_display(), optional=True),
    Column("uscc", "统一社会信用代码", optional=True),
    Column(
        "state",
        "状态",
        value=lambda row: row.get_state_display(),
        template="organisations/_cell_state.html",
    ),
]


def directory_table(request: Request, rows: Any) -> Table:
    """The public list of organisations."""
    return Table(
        request=request,
        name="organisations",
        caption="单位名录",
        rows=rows,
        order="name_pinyin",
        row_url=lambda row: row.get_absolute_url(),
        columns=DIRECTORY_COLUMNS,
        empty={
            "missing": "没有符合条件的单位",
            "why": "可以减少条件，或只输入名称中的两个字",
            "action": "看全部单位",
            "url": request.path,
        },
    )
