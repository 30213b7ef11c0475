"""What is typed about years, numbers, sheets and offices of the appropriation."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.reference.models import Division
from silian.foundation.ui import widgets
from silian.governance.incentives.choices.appropriation import SettingKind
from silian.governance.incentives.choices.offices import Function
from silian.governance.incentives.commands.appropriation_settings import SettingSaid
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation


def units_of(actor: Actor, kind: OrganisationKind) -> Any:
    """Verified units of a kind in the actor's region, by name."""
    return Organisation.objects.filter(
        kind=kind,
        state=OrganisationState.VERIFIED,
        division__code__startswith=subtree_prefix(actor.jurisdiction),
    ).order_by("name")


def unit_field(label: str, **given: Any) -> forms.ModelChoiceField:
    return forms.ModelChoiceField(
        label=label,
        queryset=Organisation.objects.none(),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
        **given,
    )


def side_by_side(form: forms.Form, *names: str) -> None:
    for name in names:
        form.fields[name].half = True  # type: ignore[attr-defined]


class YearForm(forms.Form):
    """A year of appropriation (拨款年度)."""

    year = forms.IntegerField(label="预算年度", min_value=2000, max_value=2100)
    counted_on = forms.DateField(
        label="学生数统计日",
        widget=widgets.DateInput(),
        help_text="按这一天班级名册里的在读学生计算，起草后不再变动",
    )
    finance = unit_field("核算部门", help_text="起草、送达核算表，一般是财政部门")
    education = unit_field("核对部门", help_text="核对学生数和系数，一般是教育部门")
    basis = forms.CharField(label="依据", max_length=200, help_text="文件名称、文号和条款")

    def __init__(self, *args: Any, actor: Actor, **rest: Any) -> None:
        super().__init__(*args, **rest)
        for name in ("finance", "education"):
            self.fields[name].queryset = units_of(actor, OrganisationKind.GOVERNMENT)  # type: ignore[attr-defined]
        side_by_side(self, "year", "counted_on", "finance", "education")

    def facts(self) -> dict[str, Any]:
        given = dict(self.cleaned_data)
        return given | {
            "finance_id": given.pop("finance").pk,
            "education_id": given.pop("education").pk,
        }


class SettingForm(forms.Form):
    """A number with its document (拨款参数)."""

    kind = forms.ChoiceField(label="参数", choices=SettingKind.choices)
    value = forms.DecimalField(
        label="数值", min_value=0, max_digits=14, decimal_places=4, help_text="标准填元，系数填小数"
    )
    majors = forms.CharField(
        label="专业代码开头",
        max_length=6,
        required=False,
        help_text="如 46 是装备制造大类；不填对全部专业有效。按最长的算",
    )
    school = unit_field(
        "学校", required=False, help_text="只有绩效系数可以按学校设定，依据填评价结果文件"
    )
    valid_from = forms.DateField(label="起用日", widget=widgets.DateInput())
    valid_to = forms.DateField(
        label="停用日（不含）", required=False, widget=widgets.DateInput(), help_text="长期有效不填"
    )
    document = forms.CharField(label="文件和文号", max_length=120)
    clause = forms.CharField(label="条款", max_length=80)
    reason = forms.CharField(
        label="更正理由", max_length=200, required=False, help_text="同一起用日录错的，更正时必填"
    )
    fieldsets = [
        ("数值", ["kind", "value"]),
        ("用于", ["majors", "school"]),
        ("有效期", ["valid_from", "valid_to"]),
        ("依据", ["document", "clause", "reason"]),
    ]

    def __init__(self, *args: Any, actor: Actor, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["school"].queryset = units_of(actor, OrganisationKind.SCHOOL)  # type: ignore[attr-defined]
        side_by_side(self, "kind", "value", "majors", "school", "valid_from", "valid_to")
        side_by_side(self, "document", "clause")

    def said(self) -> SettingSaid:
        given = dict(self.cleaned_data)
        school = given.pop("school")
        return SettingSaid(school_id=school.pk if school else None, **given)


class NoteForm(forms.Form):
    """What is said with a step (办理意见)."""

    note = forms.CharField(
        label="意见",
        max_length=300,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="退回时必填，写明要改什么",
    )


class ReasonForm(forms.Form):
    """Why something is put right (更正理由)."""

    reason = forms.CharField(
        label="更正理由", max_length=300, widget=forms.Textarea(attrs={"rows": 3})
    )


class OfficeForm(forms.Form):
    """Which office answers for what (职能单位)."""

    function = forms.ChoiceField(label="职能", choices=Function.choices)
    organisation = unit_field("单位")
    division = forms.ModelChoiceField(
        label="负责地区", queryset=Division.objects.none(), empty_label="请选择"
    )
    basis = forms.CharField(label="依据", max_length=160, help_text="如三定规定、机构改革方案")

    def __init__(self, *args: Any, actor: Actor, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.fields["organisation"].queryset = units_of(actor, OrganisationKind.GOVERNMENT)  # type: ignore[attr-defined]
        self.fields["division"].queryset = Division.objects.filter(  # type: ignore[attr-defined]
            code__startswith=subtree_prefix(actor.jurisdiction)
        ).order_by("code")
        side_by_side(self, "function", "organisation", "division", "basis")
