"""What authors, reviewers and adopters type about cases."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.governance.policy_tasks.choices import CaseTheme
from silian.governance.policy_tasks.commands.cases import CaseText, Figure
from silian.governance.policy_tasks.forms.evidence import evidence_field, growing, halves
from silian.governance.policy_tasks.models.cases import ExperienceCase

FIGURE_PARTS = {
    "name": "指标",
    "before": "之前",
    "after": "之后",
    "unit": "单位",
    "source": "数据来源",
}
LONGEST = {"name": 60, "unit": 20, "source": 80}
FIGURES = 3  # as many as a page shows at a glance; more belong into the text


def figure_field(part: str, *, label: str, required: bool) -> forms.Field:
    if part in ("before", "after"):
        return forms.DecimalField(label=label, required=required, max_digits=16, decimal_places=2)
    return forms.CharField(label=label, required=required, max_length=LONGEST[part])


class CaseForm(forms.Form):
    """A case as its author writes it (经验案例)."""

    title = forms.CharField(
        label="标题", max_length=80, help_text="写做了什么，例如：校企共建五轴加工实训中心轮岗实训"
    )
    theme = forms.ChoiceField(label="主题", choices=CaseTheme.choices)
    problem = forms.CharField(label="要解决的问题", max_length=2000, widget=growing(3))
    practice = forms.CharField(
        label="做法", max_length=6000, widget=growing(6), help_text="谁做了什么、怎么做、投入多少。"
    )
    effect = forms.CharField(label="成效", max_length=3000, widget=growing(4))
    conditions = forms.CharField(
        label="推广条件",
        max_length=2000,
        widget=growing(3),
        help_text="别处要照做，需要什么设备、资金、政策和人员。",
    )
    proofs = evidence_field(help_text="证明材料、照片或视频截图，公开后可下载；请勿含个人信息。")

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        groups = [("案例", [name for name in self.base_fields if name != "proofs"])]
        for place in range(1, FIGURES + 1):
            self.add_figure(place)
            names = [f"{part}_{place}" for part in FIGURE_PARTS]
            groups.append((f"成效数据 {place}" + ("" if place == 1 else "（可不填）"), names))
        self.fieldsets = [*groups, ("材料", ["proofs"])]

    def add_figure(self, place: int) -> None:
        for part, label in FIGURE_PARTS.items():
            required = place == 1 and part != "before"
            self.fields[f"{part}_{place}"] = figure_field(part, label=label, required=required)
        halves(self, *(f"{part}_{place}" for part in ("before", "after", "unit", "source")))

    def clean(self) -> dict[str, Any]:
        """Each further number is complete or left out."""
        data = super().clean() or {}
        for place in range(2, FIGURES + 1):
            parts = {part: data.get(f"{part}_{place}") for part in FIGURE_PARTS}
            if any(value not in (None, "") for value in parts.values()):
                for part in ("name", "after", "unit", "source"):
                    if parts[part] in (None, ""):
                        self.add_error(f"{part}_{place}", "填了这组数据就要填全。")
        return data

    def text(self) -> CaseText:
        """The case as typed, with the numbers that are filled in."""
        data = self.cleaned_data
        figures = [
            Figure(**{part: data[f"{part}_{place}"] for part in FIGURE_PARTS})
            for place in range(1, FIGURES + 1)
            if data[f"name_{place}"]
        ]
        words = ("theme", "title", "problem", "practice", "effect", "conditions")
        return CaseText(figures=figures, **{name: data[name] for name in words})

    @staticmethod
    def initial_from(case: ExperienceCase) -> dict[str, Any]:
        words = ("theme", "title", "problem", "practice", "effect", "conditions")
        initial = {name: getattr(case, name) for name in words}
        for place, figure in enumerate(case.figures.all()[:FIGURES], start=1):
            initial |= {f"{part}_{place}": getattr(figure, part) for part in FIGURE_PARTS}
        return initial


class ConsentForm(forms.Form):
    """The author's consent to publication (同意公开)."""

    consented = forms.BooleanField(
        label="本单位同意公开这个案例和所附材料，内容不含个人信息", required=False
    )


class ReasonForm(forms.Form):
    """Why a case is sent back or withdrawn (理由)."""

    reason = forms.CharField(label="理由", max_length=300, widget=growing(3))


class AdoptionForm(forms.Form):
    """Since when a unit does the same, and what it changed (登记采用)."""

    starts_on = forms.DateField(label="采用日", widget=widgets.DateInput())
    changed = forms.CharField(
        label="本地调整",
        max_length=1000,
        required=False,
        widget=growing(3),
        help_text="和原案例不同的做法，没有可不填。",
    )


class ResultForm(forms.Form):
    """What came of an adoption (采用效果)."""

    result = forms.CharField(
        label="效果", max_length=2000, widget=growing(4), help_text="有数据的写数据和来源。"
    )


class RolloutForm(forms.Form):
    """Why the province should roll a case out (推广理由)."""

    grounds = forms.CharField(label="推广理由", max_length=2000, widget=growing(4))


class RolloutDecisionForm(forms.Form):
    """The province's answer (审批意见)."""

    approved = forms.TypedChoiceField(
        label="意见",
        choices=[("yes", "同意推广"), ("no", "暂不推广")],
        coerce=lambda value: value == "yes",
        widget=widgets.RadioList(),
    )
    opinion = forms.CharField(label="审批意见", max_length=500, widget=growing(3))
    document = forms.CharField(
        label="推广文件名称和文号", max_length=160, required=False, help_text="同意推广的必填。"
    )


class PublicityForm(forms.Form):
    """A report to come (宣传计划)."""

    outlet = forms.CharField(label="媒体或渠道", max_length=60)
    title = forms.CharField(label="题目", max_length=120)
    planned_on = forms.DateField(label="计划日", widget=widgets.DateInput())


class ReachForm(forms.Form):
    """Where a report came out and how many it reached (刊发登记)."""

    published_on = forms.DateField(label="刊发日", widget=widgets.DateInput())
    link = forms.URLField(label="链接", max_length=300, required=False, assume_scheme="https")
    reach = forms.IntegerField(
        label="阅读或到达次数", min_value=0, required=False, help_text="不知道的可以以后补。"
    )
