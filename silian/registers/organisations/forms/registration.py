"""Forms of registration and of the organisation's card."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.reference.forms import DivisionField, IndustryField
from silian.foundation.ui.widgets import DateInput, FileInput, RadioList
from silian.registers.organisations import rules
from silian.registers.organisations.choices import (
    DocumentKind,
    OrganisationKind,
    OrganisationSize,
    ServiceMode,
)
from silian.registers.organisations.commands.registration import OrganisationFacts

Fieldsets = tuple[tuple[str, tuple[str, ...]], ...]


class FactsForm(forms.Form):
    """What an applicant says of the organisation (单位基本情况)."""

    kind = forms.ChoiceField(label="单位类别", choices=[("", "请选择"), *OrganisationKind.choices])
    name = forms.CharField(
        label="单位全称", max_length=120, min_length=4, help_text="与营业执照或法人证书完全一致"
    )
    uscc = forms.CharField(
        label="统一社会信用代码",
        max_length=40,
        required=False,
        help_text="18 位，可带空格粘贴；政府部门、集团联盟没有时可以留空",
    )
    division = DivisionField(label="所在区划", help_text="决定由哪一级主管部门核验")
    industry = IndustryField(label="所属行业", required=False, help_text="按 GB/T 4754—2017")
    size = forms.ChoiceField(
        label="规模", choices=[("", "未填写"), *OrganisationSize.choices], required=False
    )
    contact_name = forms.CharField(label="联系人", max_length=60)
    contact_phone = forms.CharField(label="联系电话", max_length=30)

    fieldsets: Fieldsets = (
        ("证照信息", ("kind", "name", "uscc", "division")),
        ("行业与联系", ("industry", "size", "contact_name", "contact_phone")),
    )

    def clean_uscc(self) -> str:
        code = rules.compact_uscc(self.cleaned_data["uscc"])
        reason = rules.reason_uscc_invalid(code) if code else None
        if reason:
            raise forms.ValidationError(reason)
        return code

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if "kind" in data and "uscc" in data:
            reason = rules.reason_code_missing(kind=data["kind"], uscc=data["uscc"])
            if reason:
                self.add_error("uscc", reason)
        return data

    def facts(self) -> OrganisationFacts:
        data = self.cleaned_data
        industry = data["industry"]
        return OrganisationFacts(
            kind=data["kind"],
            name=data["name"],
            uscc=data["uscc"],
            division_code=data["division"].pk,
            industry_code=industry.pk if industry else None,
            size=data["size"],
            contact_name=data["contact_name"],
            contact_phone=data["contact_phone"],
        )


class DocumentForm(forms.Form):
    """One paper to hand in."""

    kind = forms.ChoiceField(
        label="材料类别",
        choices=[choice for choice in DocumentKind.choices if choice[0] != DocumentKind.RENAME],
    )
    upload = forms.FileField(
        label="文件", widget=FileInput(limit="PDF 或图片，单个不超过 20 MB"), allow_empty_file=True
    )


class ProfileForm(forms.Form):
    """The card that everybody reads (单位资料)."""

    short_name = forms.CharField(label="简称", max_length=40, required=False)
    industry = IndustryField(label="所属行业", required=False)
    size = forms.ChoiceField(
        label="规模", choices=[("", "未填写"), *OrganisationSize.choices], required=False
    )
    above_scale = forms.BooleanField(label="规模以上企业", required=False)
    industry_chain = forms.CharField(label="重点产业链", max_length=40, required=False)
    address = forms.CharField(label="地址", max_length=200, required=False)
    website = forms.URLField(label="网址", required=False, assume_scheme="https")
    introduction = forms.CharField(
        label="简介",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 6}),
        help_text="做什么、规模多大、能提供什么；不超过 2,000 字",
    )
    contact_name = forms.CharField(label="联系人", max_length=60, required=False)
    contact_phone = forms.CharField(
        label="联系电话", max_length=30, required=False, help_text="只在本单位和主管部门页面显示"
    )

    fieldsets = (
        ("名片", ("short_name", "introduction", "address", "website")),
        ("分类", ("industry", "size", "above_scale", "industry_chain")),
        ("联系", ("contact_name", "contact_phone")),
    )

    def changes(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        industry = data.pop("industry")
        return {**data, "industry_id": industry.pk if industry else None}


class IdentityForm(FactsForm):
    """The facts that were or will be verified, while they may still be corrected."""

    fieldsets: Fieldsets = (("证照信息", ("kind", "name", "uscc", "division")),)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name in ("industry", "size", "contact_name", "contact_phone"):
            del self.fields[name]

    def changes(self) -> dict[str, Any]:
        data = self.cleaned_data
        return {
            "kind": data["kind"],
            "name": data["name"].strip(),
            "uscc": data["uscc"],
            "division_id": data["division"].pk,
        }


class ServiceForm(forms.Form):
    """What a service organisation offers (服务组织名片)."""

    mode = forms.ChoiceField(label="培育方式", choices=ServiceMode.choices, widget=RadioList)
    services = forms.CharField(
        label="服务项目", widget=forms.Textarea(attrs={"rows": 4}), help_text="每行一个，最多 12 个"
    )
    qualification = forms.CharField(label="资质", max_length=300, required=False)
    price = forms.CharField(label="收费方式与标准", max_length=300, required=False)
    clients = forms.CharField(
        label="服务过的单位",
        max_length=1000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class RenameForm(forms.Form):
    """A new name with its proof (申请更名)."""

    new_name = forms.CharField(label="新名称", max_length=120, min_length=4)
    changed_on = forms.DateField(
        label="变更登记日", widget=DateInput(), help_text="变更登记通知书上的日期"
    )
    evidence = forms.FileField(
        label="更名证明",
        widget=FileInput(limit="PDF 或图片，单个不超过 20 MB"),
        help_text="变更登记通知书或新证照",
    )
