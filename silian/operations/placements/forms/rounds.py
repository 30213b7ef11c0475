"""Shapes of input of rounds."""

from __future__ import annotations

import datetime
from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.placements.choices.internships import (
    InternshipKind,
)
from silian.operations.placements.choices.rounds import (
    PriorityBasis,
    ReserveKind,
)
from silian.operations.placements.models.rounds import Round
from silian.operations.placements.queries.rounds import plans_for_rounds
from silian.operations.placements.rules.rounds import RoundPlan

ONE_DAY = datetime.timedelta(days=1)


class RoundForm(forms.Form):
    """What a school says of a round (轮次规则)."""

    title = forms.CharField(label="名称", max_length=120)
    kind = forms.ChoiceField(label="实习形式", choices=InternshipKind.choices)
    plans = forms.MultipleChoiceField(
        label="实习方案", widget=widgets.CheckboxList(), help_text="方案年级的在读学生都参加本轮"
    )
    starts_on = forms.DateField(label="实习起始日", widget=widgets.DateInput())
    last_day = forms.DateField(label="实习终止日", widget=widgets.DateInput(), help_text="含当日")
    wishes_open_at = forms.DateTimeField(label="志愿开始", widget=widgets.DateTimeInput())
    wishes_close_at = forms.DateTimeField(
        label="志愿截止", widget=widgets.DateTimeInput(), help_text="到时自动截止，不能提前"
    )
    ranking_closes_at = forms.DateTimeField(label="单位评分截止", widget=widgets.DateTimeInput())
    most_wishes = forms.IntegerField(label="最多志愿数", min_value=1, max_value=15, initial=5)
    basis = forms.ChoiceField(
        label="学校按什么排序",
        choices=PriorityBasis.choices,
        widget=widgets.RadioList(),
        initial=PriorityBasis.SCORE,
        help_text="同分按抽签种子的次序，种子在志愿开放时公布",
    )
    score_name = forms.CharField(
        label="成绩名称", max_length=60, required=False, help_text="例如 前三学期平均成绩"
    )
    host_weight = forms.IntegerField(
        label="单位评分占比（%）",
        min_value=0,
        max_value=100,
        initial=0,
        help_text="0 表示单位不评分",
    )
    group_order = forms.MultipleChoiceField(
        label="可预留名额的组别",
        choices=ReserveKind.choices,
        required=False,
        widget=widgets.CheckboxList(),
        help_text="一名学生属于几个组别时，按这里从上到下的次序认定一个",
    )
    fieldsets = [
        ("范围", ["title", "kind", "plans", "starts_on", "last_day"]),
        ("时间", ["wishes_open_at", "wishes_close_at", "ranking_closes_at"]),
        ("规则", ["most_wishes", "basis", "score_name", "host_weight", "group_order"]),
    ]

    def __init__(self, *args: Any, school_id: int, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["plans"].choices = [  # type: ignore[attr-defined]
            (plan.pk, f"{plan.title}（{plan.starts_on:%Y-%m-%d} 起）")
            for plan in plans_for_rounds(school_id=school_id)
        ]
        for pair in (("starts_on", "last_day"), ("wishes_open_at", "wishes_close_at")):
            for name in pair:
                self.fields[name].half = True  # type: ignore[attr-defined]

    @property
    def plan(self) -> RoundPlan:
        data = self.cleaned_data
        return RoundPlan(
            title=data["title"].strip(),
            kind=data["kind"],
            plan_ids=tuple(int(pk) for pk in data["plans"]),
            starts_on=data["starts_on"],
            ends_on=data["last_day"] + ONE_DAY,
            wishes_open_at=data["wishes_open_at"],
            wishes_close_at=data["wishes_close_at"],
            ranking_closes_at=data["ranking_closes_at"],
            most_wishes=data["most_wishes"],
            basis=data["basis"],
            host_weight=data["host_weight"],
            score_name=data["score_name"].strip(),
            group_order=tuple(data["group_order"]),
        )


def initial_of(placement_round: Round) -> dict[str, Any]:
    """The form's boxes as the round stands."""
    names = (
        "title", "kind", "starts_on", "wishes_open_at", "wishes_close_at", "ranking_closes_at",
        "most_wishes", "basis", "score_name", "host_weight", "group_order",
    )  # fmt: skip
    found = {name: getattr(placement_round, name) for name in names}
    plans = [str(pk) for pk in placement_round.plans.values_list("pk", flat=True)]
    return {**found, "plans": plans, "last_day": placement_round.ends_on - ONE_DAY}


class ScoresForm(forms.Form):
    """The school's score list as a file (成绩名单)."""

    file = forms.FileField(
        label="成绩名单",
        widget=widgets.FileInput(),
        help_text="xlsx 或 csv，第一行列名：学号、成绩；可加 生源区县代码、需要住宿",
    )


class ReserveForm(forms.Form):
    """Places kept for one group at one post (预留名额)."""

    kind = forms.ChoiceField(label="组别")
    value = forms.CharField(
        label="取值",
        max_length=12,
        required=False,
        help_text="生源区县填六位代码，专业对口填两位专业大类代码，其他留空",
    )
    seats = forms.IntegerField(label="预留名额", min_value=0, initial=1)
    ceiling = forms.IntegerField(
        label="最多录取", min_value=0, required=False, help_text="留空表示不设上限"
    )

    def __init__(self, *args: Any, kinds: list[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kind"].choices = [  # type: ignore[attr-defined]
            (kind, ReserveKind(kind).label) for kind in kinds
        ]


class ReasonForm(forms.Form):
    """One box of words (理由)."""

    reason = forms.CharField(label="理由", max_length=1000, widget=forms.Textarea({"rows": 4}))


class AnswerForm(forms.Form):
    """The school's answer to an objection (答复异议)."""

    is_upheld = forms.ChoiceField(
        label="结论",
        choices=[("no", "不成立，结果不变"), ("yes", "成立，另行安排")],
        widget=widgets.RadioList(),
    )
    answer = forms.CharField(
        label="答复",
        max_length=1000,
        widget=forms.Textarea({"rows": 4}),
        help_text="写明核对了什么、结论和依据，学生会看到",
    )


def scores_in(data: Any, *, student_ids: list[int]) -> dict[int, Decimal]:
    """The scores typed beside the students, empty boxes left out; refuses what is no number."""
    found: dict[int, Decimal] = {}
    field = forms.DecimalField(min_value=0, max_value=100, max_digits=5, decimal_places=2)
    for pk in student_ids:
        typed = str(data.get(f"score_{pk}", "")).strip()
        if typed:
            found[pk] = field.clean(typed)
    return found
