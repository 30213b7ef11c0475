"""Shapes of input of files and batches."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.placements.choices.hosts import (
    HostState,
    PlanState,
)
from silian.operations.placements.choices.rounds import (
    RowMode,
)
from silian.operations.placements.models.hosts import Host
from silian.operations.placements.models.plans import InternshipPlan


class FileForm(forms.Form):
    """A file and what to do with bad rows (选文件)."""

    file = forms.FileField(
        label="文件",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行是列名，按模板填写",
    )
    mode = forms.ChoiceField(
        label="遇到不合格的行",
        choices=RowMode.choices,
        initial=RowMode.GOOD_ROWS,
        widget=widgets.RadioList(),
    )


class PostsFileForm(FileForm):
    """A file of posts; a school says for which of its hosts (导入岗位)."""

    host = forms.ModelChoiceField(label="实习单位", queryset=Host.objects.none())

    def __init__(self, *args: Any, school_id: int | None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if school_id is None:
            del self.fields["host"]
            return
        self.fields["host"].queryset = (  # type: ignore[attr-defined]
            Host.objects.filter(school_id=school_id, state=HostState.PUBLISHED)
            .select_related("organisation")
            .order_by("organisation__name")
        )
        self.order_fields(["host", "file", "mode"])


class ArrangementFileForm(FileForm):
    """A file of student numbers and posts (按名单安排)."""

    plan = forms.ModelChoiceField(label="实习方案", queryset=InternshipPlan.objects.none())

    def __init__(self, *args: Any, school_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plan"].queryset = InternshipPlan.objects.filter(  # type: ignore[attr-defined]
            school_id=school_id, state=PlanState.APPROVED
        ).order_by("-starts_on", "title")
        self.order_fields(["plan", "file", "mode"])


class RegisterForm(forms.Form):
    """Which register is wanted, and why it leaves the platform (导出名册)."""

    by = forms.ChoiceField(
        label="按什么排列",
        choices=[("school", "学校、班级"), ("host", "实习单位"), ("programme", "专业")],
        widget=widgets.RadioList(),
        initial="school",
    )
    content = forms.ChoiceField(
        label="内容",
        choices=[
            ("all", "全部在办和在岗"),
            ("unsigned", "未签协议"),
            ("uninsured", "未投保"),
            ("unpaid", "报酬未到位"),
            ("unvisited", "本月未走访"),
        ],
    )
    masked_id = forms.BooleanField(
        label="附证件号（只含打码后的号码）",
        required=False,
        help_text="仅主管部门；须写明理由，会留下记录",
    )
    reason = forms.CharField(
        label="用途", max_length=300, help_text="例如 报送实习备案，记入审计记录"
    )
    kind = forms.ChoiceField(label="格式", choices=[("xlsx", "xlsx"), ("csv", "csv")])

    def __init__(self, *args: Any, may_ask_ids: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not may_ask_ids:
            del self.fields["masked_id"]
