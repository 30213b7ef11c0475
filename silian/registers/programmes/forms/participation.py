"""What is typed about enterprises in teaching."""

from __future__ import annotations

from django import forms

from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationKind
from silian.registers.programmes.choices import ModuleForm, ParticipationStage
from silian.registers.programmes.commands.participation import ModuleFacts, ParticipationFacts
from silian.registers.programmes.forms.fields import OrganisationField


class ParticipationForm(forms.Form):
    """An enterprise took part in a stage (企业参与)."""

    enterprise = OrganisationField(label="企业", kind=OrganisationKind.ENTERPRISE)
    stage = forms.ChoiceField(label="参与环节", choices=ParticipationStage.choices)
    happened_on = forms.DateField(label="日期", widget=widgets.DateInput())
    activity = forms.CharField(
        label="做了什么", max_length=500, widget=forms.Textarea(attrs={"rows": 3})
    )
    outcome = forms.CharField(label="形成的成果", max_length=300, required=False)
    people = forms.IntegerField(label="企业参与人数", min_value=1, max_value=500, initial=1)
    hours = forms.DecimalField(
        label="企业投入时数", min_value=0, max_value=9999, decimal_places=1, initial=0
    )
    evidence = forms.FileField(
        label="证明材料",
        required=False,
        widget=widgets.FileInput(),
        help_text="会议纪要、签到表、聘书等。附材料的记录在参与深度里多得 1 分。",
    )

    def facts(self) -> ParticipationFacts:
        data = {name: value for name, value in self.cleaned_data.items() if name != "evidence"}
        enterprise = data.pop("enterprise")
        return ParticipationFacts(enterprise_id=enterprise.pk, **data)


class EvidenceForm(forms.Form):
    """One more proof (补充证明)."""

    file = forms.FileField(label="证明材料", widget=widgets.FileInput())


class TaskModuleForm(forms.Form):
    """A real task as a unit of teaching (任务模块)."""

    title = forms.CharField(label="任务名称", max_length=120)
    enterprise = OrganisationField(label="企业", kind=OrganisationKind.ENTERPRISE)
    form = forms.ChoiceField(label="形式", choices=ModuleForm.choices)
    product = forms.CharField(label="交付的产品或服务", max_length=300)
    hours = forms.IntegerField(label="学时", min_value=1, max_value=2000)
    students = forms.IntegerField(label="参加学生数", min_value=1, max_value=5000)
    starts_on = forms.DateField(label="开始日", widget=widgets.DateInput())
    ends_on = forms.DateField(label="结束日（不含）", widget=widgets.DateInput())

    def facts(self) -> ModuleFacts:
        data = dict(self.cleaned_data)
        enterprise = data.pop("enterprise")
        return ModuleFacts(enterprise_id=enterprise.pk, **data)
