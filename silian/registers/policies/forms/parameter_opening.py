"""What is typed to open a parameter that a policy leaves to the region."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.registers.policies.choices import Force
from silian.registers.policies.queries.clause_choices import Choices
from silian.registers.policies.rules.parameter_opening import Kind, Opening, own_name

HALVES = ("code", "title", "unit", "key", "force", "valid_from", "source", "place")


class OpeningForm(forms.Form):
    """That a region has a parameter without a value yet (开设参数)."""

    kind = forms.ChoiceField(
        label="平台已知的参数",
        required=False,
        widget=widgets.SearchSelect(),
        help_text="选中后按它的编号和名称开设，平台的规则会读取您设定的数值；列表里没有的不选",
    )
    code = forms.CharField(
        label="编号", required=False, max_length=20, help_text="自拟的编号，例如 QP-01"
    )
    title = forms.CharField(
        label="中文名称", required=False, max_length=120, help_text="选了已知参数的可以不填"
    )
    key = forms.CharField(
        label="档次", required=False, max_length=40, help_text="分档的写档次，例如高级工"
    )
    unit = forms.CharField(label="单位", required=False, max_length=30)
    meaning = forms.CharField(
        label="含义",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="这个数管什么事，由谁按它办理",
    )
    clause = forms.TypedChoiceField(
        label="要求设定的条款",
        required=False,
        coerce=int,
        empty_value=None,
        widget=widgets.SearchSelect(),
        help_text="只列已发布文件的条款；库里没有的文件在下面填写文号和条款",
    )
    source = forms.CharField(label="文号", required=False, max_length=80)
    place = forms.CharField(label="条款", required=False, max_length=80)
    force = forms.ChoiceField(label="强制程度", choices=Force.choices, initial=Force.MANDATORY)
    valid_from = forms.DateField(
        label="要求起始日", widget=widgets.DateInput(), help_text="政策从哪一天起要求有这个数"
    )

    fieldsets = [
        ("参数", ["kind", "code", "title", "key", "unit", "meaning"]),
        ("哪一条没有给数", ["clause", "source", "place", "force", "valid_from"]),
    ]

    def __init__(self, *args: Any, clauses: Choices, kinds: Sequence[Kind], **options: Any) -> None:
        super().__init__(*args, **options)
        self.kinds = {kind.token: kind for kind in kinds}
        named = [(kind.token, words_of(kind)) for kind in kinds]
        self.fields["kind"].choices = [("", "不在列表里，自拟编号"), *named]  # type: ignore[attr-defined]
        self.fields["clause"].choices = [("", "请选择"), *clauses]  # type: ignore[attr-defined]
        for name in HALVES:
            self.fields[name].half = True  # type: ignore[attr-defined]

    def opening(self) -> Opening:
        """The opening as typed; a known kind gives its own number and name."""
        given = dict(self.cleaned_data)
        kind = self.kinds.get(given.pop("kind"))
        code = kind.code if kind else given["code"].strip().upper()
        known = {
            "code": code,
            "name": kind.name if kind else own_name(code),
            "key": kind.key if kind and kind.key else given["key"].strip(),
            "title": given["title"].strip() or (kind.title if kind else ""),
            "unit": kind.unit if kind else given["unit"].strip(),
        }
        return Opening(clause_id=given.pop("clause"), **{**given, **known})


def words_of(kind: Kind) -> str:
    step = f"（{kind.key}）" if kind.key else ""
    return f"{kind.code} {kind.title}{step}，单位 {kind.unit or '未写'}"


class KnownForm(forms.Form):
    """Which day's value, as it was known on which day (当时所知)."""

    on = forms.DateField(label="有效日", widget=widgets.DateInput())
    known = forms.DateField(label="知悉日", widget=widgets.DateInput())
