"""What is typed about a promotion, its check, and the account for awards."""

from __future__ import annotations

from typing import Any

from django import forms
from django.db.models import QuerySet

from silian.foundation.kernel.actors import Actor, subtree_prefix
from silian.foundation.reference.forms import OccupationField
from silian.foundation.ui import widgets
from silian.operations.learning.choices import CertificateLevel
from silian.operations.learning.commands.promotions import PromotionFacts
from silian.operations.learning.forms.checking import long_text
from silian.operations.learning.forms.competitions import day_field, halves
from silian.operations.learning.models.promotions import Promotion
from silian.registers.organisations.choices import OrganisationKind, OrganisationState
from silian.registers.organisations.models import Organisation
from silian.registers.people.models import Person

PLAIN = ("before", "after", "certificate", "issuer", "issued_on", "training", "trained_hours")
MOST_HOURS = 5_000


class CertificateForm(forms.Form):
    """What the certificate says, and the training before it (证书和培训)."""

    occupation = OccupationField(label="职业", help_text="与证书一致，按职业分类大典选择。")
    before = forms.ChoiceField(
        label="提升前等级", choices=[("", "无等级"), *CertificateLevel.choices], required=False
    )
    after = forms.ChoiceField(label="提升后等级", choices=CertificateLevel.choices)
    certificate = forms.CharField(
        label="证书编号",
        max_length=40,
        help_text="1 个大写字母加 21 位数字，或 16 位数字；等级和年份会与编号核对。",
    )
    issuer = forms.CharField(label="发证机构", max_length=120)
    issued_on = day_field("发证日期")
    training = forms.CharField(
        label="参加的培训", max_length=200, help_text="培训班名称和举办单位。"
    )
    trained_hours = forms.IntegerField(
        label="培训学时", min_value=0, max_value=MOST_HOURS, initial=0
    )

    def __init__(self, *args: Any, **rest: Any) -> None:
        super().__init__(*args, **rest)
        halves(self, "before", "after", "issuer", "issued_on")

    def facts(self) -> PromotionFacts:
        given = self.cleaned_data
        return PromotionFacts(
            occupation_id=given["occupation"].pk, **{name: given[name] for name in PLAIN}
        )


class PromotionForm(CertificateForm):
    """A worker's promotion (登记技能等级提升)."""

    person = forms.ModelChoiceField(
        label="职工",
        queryset=Person.objects.none(),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
        help_text="只列出本单位在职职工。没有的请先在人员里登记。",
    )
    field_order = ("person",)

    def __init__(self, *args: Any, workers: QuerySet[Person], **rest: Any) -> None:
        super().__init__(*args, **rest)
        people: Any = self.fields["person"]
        people.queryset = workers
        people.label_from_instance = lambda row: f"{row.name} {row.id_number_mask}"


class PromotionCorrectionForm(CertificateForm):
    """A promotion stated anew (更正登记)."""

    reason = long_text("更正理由", most=500, rows=3, help_text="更正后重新核验，原来的版本保留。")

    @staticmethod
    def initial_from(row: Promotion) -> dict[str, Any]:
        plain = {name: getattr(row, name) for name in PLAIN}
        return {**plain, "occupation": row.occupation_id}


class VerifyForm(forms.Form):
    """What was compared (核验通过)."""

    note = long_text(
        "核验情况",
        most=500,
        rows=3,
        required=False,
        help_text="例如：已在职业技能等级证书查询系统核对。",
    )


class PromotionRefusalForm(forms.Form):
    """Why the entry is refused (不予通过)."""

    note = long_text(
        "不予通过的理由", most=500, rows=3, help_text="登记企业会看到，可以更正后重报。"
    )


class AccountForm(forms.Form):
    """To which account awards go (收款账户)."""

    bank = forms.CharField(label="开户行", max_length=120)
    account = forms.CharField(
        label="收款账号",
        max_length=40,
        help_text="本人的银行账户，8 到 32 位数字。加密保存，页面上只显示末四位。",
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "numeric"}),
    )


class OfficeForm(forms.Form):
    """Which department verifies and awards (技能管理部门)."""

    organisation = forms.ModelChoiceField(
        label="部门",
        queryset=Organisation.objects.none(),
        widget=widgets.SearchSelect(),
        empty_label="请选择",
        help_text="一般是人力资源社会保障部门。",
    )
    basis = forms.CharField(label="依据", max_length=200)
    since = day_field("起始日")

    def __init__(self, *args: Any, actor: Actor, **rest: Any) -> None:
        super().__init__(*args, **rest)
        offices = Organisation.objects.filter(
            kind=OrganisationKind.GOVERNMENT,
            state=OrganisationState.VERIFIED,
            division__code__startswith=subtree_prefix(actor.jurisdiction),
        )
        self.fields["organisation"].queryset = offices.order_by("name")  # type: ignore[attr-defined]
