"""What is typed about experts, their interests, and draws."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet
from django.urls import reverse_lazy
from django.utils import timezone

from silian.casework.reviews.choices.judging import ExpertField
from silian.casework.reviews.commands.experts import ExpertFacts
from silian.casework.reviews.models import Expert
from silian.foundation.kernel.actors import Actor
from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationState
from silian.registers.organisations.models import Membership, Organisation

TERM_YEARS = 3  # what most appointments say; the form lets one change it


def name_of_unit(value: str) -> str:
    found = Organisation.objects.filter(pk=value).first() if str(value).isdigit() else None
    return found.name if found else str(value)


class MemberField(forms.ModelChoiceField):
    """A member of one's own organisation (本单位人员)."""

    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.user.name}（{obj.user.username}）"


class FieldsForm(forms.Form):
    """Title and fields of an expert (专业领域)."""

    title = forms.CharField(label="职称或职务", max_length=60)
    fields_known = forms.MultipleChoiceField(
        label="专业领域",
        choices=ExpertField.choices,
        widget=widgets.CheckboxList(),
        help_text="最多选 4 个最熟悉的，抽取时按领域筛选。",
    )

    @staticmethod
    def initial_from(expert: Expert) -> dict[str, Any]:
        return {"title": expert.title, "fields_known": expert.fields}


class ProposalForm(FieldsForm):
    """Whom an organisation proposes for the pool (推荐评审专家)."""

    member = MemberField(label="人员", queryset=Membership.objects.none(), empty_label="请选择")
    division = DivisionField(label="入库地区")
    starts_on = forms.DateField(label="聘期起", widget=widgets.DateInput())
    ends_on = forms.DateField(label="聘期止（不含）", widget=widgets.DateInput())
    field_order = ("member", "title", "fields_known", "division", "starts_on", "ends_on")

    def __init__(
        self, data: Any = None, *, members: QuerySet[Membership], division: str, **rest: Any
    ):
        today = timezone.localdate()
        begins = {
            "division": division,
            "starts_on": today,
            "ends_on": today.replace(year=today.year + TERM_YEARS, day=1),
        }
        super().__init__(data, initial=begins, **rest)
        self.fields["member"].queryset = members  # type: ignore[attr-defined]

    def facts(self, actor: Actor) -> ExpertFacts:
        said = self.cleaned_data
        return ExpertFacts(
            user_id=said["member"].user_id,
            organisation_id=said["member"].organisation_id,
            division_id=said["division"].pk,
            title=said["title"],
            fields=said["fields_known"],
            starts_on=said["starts_on"],
            ends_on=said["ends_on"],
        )


class ImportForm(forms.Form):
    """A list of experts as a spreadsheet (导入评审专家)."""

    file = forms.FileField(
        label="专家名单",
        widget=widgets.FileInput(limit="xlsx 或 csv，最多 1,000 行"),
        help_text="列名：登录名、姓名、职称或职务、专业领域（用顿号隔开）、聘期起、聘期止。",
    )


class InterestForm(forms.Form):
    """A tie that an expert declares (申明利害关系)."""

    organisation = forms.ModelChoiceField(
        label="单位",
        queryset=Organisation.objects.filter(state=OrganisationState.VERIFIED),
        widget=widgets.Picker(
            url=reverse_lazy("agreements:organisation_choices"),  # type: ignore[arg-type]
            label_of=name_of_unit,
        ),
        help_text="输入名称查找已核验单位。",
    )
    what = forms.CharField(
        label="关系", max_length=200, help_text="例如任职、顾问、持股、亲属任职、合作项目。"
    )
    until_on = forms.DateField(
        label="已经终止的，填终止日", required=False, widget=widgets.DateInput()
    )


class InterestEndForm(forms.Form):
    """When a tie ended (注明终止)."""

    until_on = forms.DateField(label="终止日", widget=widgets.DateInput())


class SeedForm(forms.Form):
    """Where the seed of a draw will come from (种子来源)."""

    source = forms.CharField(
        label="种子来源",
        max_length=200,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="写明公开的号码、期次和取数办法，例如：福利彩票双色球某期开奖号码，"
        "按开出次序以短横线连接。",
    )
    known_on = forms.DateField(
        label="产生日期", widget=widgets.DateInput(), help_text="应晚于今天，来源公布后不能再改。"
    )


class SeedValueForm(forms.Form):
    """The seed as it was publicly announced (登记种子)."""

    value = forms.CharField(
        label="种子", max_length=80, help_text="照抄公布的号码；登记后不能再改。"
    )
