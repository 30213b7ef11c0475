"""What is typed about funds, pitches and payments."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.utils import timezone

from silian.foundation.ui import widgets
from silian.governance.accreditation.models.projects import IntegrationProject
from silian.governance.incentives.choices.finance import (
    FundKind,
    FundStage,
    Investor,
    PitchKind,
)
from silian.governance.incentives.commands.funds import FundText
from silian.governance.incentives.commands.investments import Payment, PitchText

AMOUNT: dict[str, Any] = {"max_digits": 15, "decimal_places": 2, "min_value": 0}


class FundForm(forms.Form):
    """A fund as its manager enters it (基金)."""

    kind = forms.ChoiceField(label="基金类别", choices=FundKind.choices)
    name = forms.CharField(label="基金名称", max_length=80)
    division_id = forms.ChoiceField(label="投资地区")
    filing_number = forms.CharField(label="备案编码", max_length=40, required=False)
    size = forms.DecimalField(label="基金规模", widget=widgets.MoneyInput(), **AMOUNT)
    government_part = forms.DecimalField(
        label="其中政府出资",
        required=False,
        widget=widgets.MoneyInput(),
        help_text="不清楚的留空，目录显示“未设定”",
        **AMOUNT,
    )
    focus = forms.CharField(
        label="投资方向", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )
    stages = forms.MultipleChoiceField(
        label="投资阶段", choices=FundStage.choices, widget=widgets.CheckboxList()
    )
    contact = forms.CharField(label="联系方式", max_length=80, required=False)

    def __init__(self, *args: Any, regions: list[tuple[str, str]], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["division_id"].choices = regions  # type: ignore[attr-defined]
        for name in ("kind", "name", "division_id", "filing_number", "size", "government_part"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def text(self) -> FundText:
        return FundText(**self.cleaned_data)


class PitchForm(forms.Form):
    """What is handed to a fund (投递)."""

    kind = forms.ChoiceField(
        label="投递内容", choices=PitchKind.choices, widget=widgets.RadioList()
    )
    project = forms.ModelChoiceField(
        label="关联工程项目",
        queryset=IntegrationProject.objects.none(),
        required=False,
        empty_label="没有关联项目",
    )
    title = forms.CharField(label="项目或成果名称", max_length=120)
    stage = forms.ChoiceField(label="所处阶段", choices=FundStage.choices)
    wanted = forms.DecimalField(label="拟融资金额", widget=widgets.MoneyInput(), **AMOUNT)
    summary = forms.CharField(
        label="情况介绍",
        max_length=2000,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="写清技术或建设内容、合作单位、市场、资金用途",
    )

    def __init__(self, *args: Any, projects: QuerySet[IntegrationProject], **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["project"].queryset = projects  # type: ignore[attr-defined]
        for name in ("stage", "wanted"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def text(self) -> PitchText:
        data = dict(self.cleaned_data)
        project = data.pop("project")
        return PitchText(**data, project_id=project.pk if project else None)


class RoadshowForm(forms.Form):
    """When and where the owner presents (路演)."""

    at = forms.DateTimeField(label="路演时间", widget=widgets.DateTimeInput())
    place = forms.CharField(label="路演地点", max_length=120)


class PaymentForm(forms.Form):
    """One payment of a round (投资记录)."""

    investor = forms.ChoiceField(
        label="出资方", choices=Investor.choices, widget=widgets.RadioList()
    )
    investor_name = forms.CharField(
        label="出资单位", max_length=120, required=False, help_text="社会资本填写，基金自动带出"
    )
    amount = forms.DecimalField(label="金额", widget=widgets.MoneyInput(), **AMOUNT)
    on = forms.DateField(label="出资日", widget=widgets.DateInput(), initial=timezone.localdate)
    round = forms.CharField(label="轮次", max_length=20, help_text="例如：天使轮、A 轮、增资")
    reference = forms.CharField(label="协议或凭证号", max_length=80)

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in ("amount", "on", "round", "reference"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def payment(self) -> Payment:
        names = ("investor", "investor_name", "amount", "on", "round", "reference")
        return Payment(**{name: self.cleaned_data[name] for name in names})


class PaymentCorrectionForm(PaymentForm):
    """A payment put right, or struck out (更正)."""

    strike_out = forms.BooleanField(
        label="整条作废，不登记新的记录", required=False, help_text="登记错了对象时选用"
    )
    reason = forms.CharField(label="更正原因", max_length=200)

    def right(self) -> Payment | None:
        return None if self.cleaned_data["strike_out"] else self.payment()
