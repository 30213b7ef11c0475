"""What an official types to configure a kind: heads, roles, terms, clauses."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any

from django import forms
from django.forms import BaseFormSet, formset_factory

from silian.casework.agreements.choices import Better
from silian.foundation.kernel.typed_values import ValueType
from silian.foundation.ui.typed_fields import area

SPARE_ROWS = 2  # empty rows offered under the filled ones
MOST_ROWS = 60
TRUE = "true"


class KindForm(forms.Form):
    """The head of a kind and its rules (类别)."""

    label = forms.CharField(label="类别名称", max_length=60)
    purpose = forms.CharField(label="用途", max_length=300, widget=area(2))
    basis = forms.CharField(label="依据", max_length=200, required=False)
    signing_working_days = forms.IntegerField(label="签署期限（工作日）", initial=10)
    notice_days = forms.IntegerField(label="解除须提前通知（天）", initial=30)
    may_amend = forms.BooleanField(label="可以修订", required=False, initial=True)
    may_renew = forms.BooleanField(label="可以续签", required=False, initial=True)
    may_suspend = forms.BooleanField(label="可以中止", required=False, initial=True)
    signed_before_start = forms.BooleanField(label="须在起始日之前签齐", required=False)


class RowForm(forms.Form):
    """One row of a list, folded under its name (一行)."""

    @property
    def row_title(self) -> str:
        """What the row is called while it is folded; empty for a spare one."""
        held = self.initial or {}
        return str(held.get("label") or held.get("heading") or "")


class RoleForm(RowForm):
    """One role (角色)."""

    code = forms.CharField(label="代码", max_length=30, help_text="小写字母、数字和下划线。")
    label = forms.CharField(label="名称", max_length=30)
    is_person = forms.BooleanField(label="是个人（不勾选为单位）", required=False)
    required = forms.BooleanField(label="必须有这一方", required=False, initial=True)
    order = forms.IntegerField(label="签署次序", initial=1)


class TermForm(RowForm):
    """One term (条款项)."""

    code = forms.CharField(label="代码", max_length=30)
    label = forms.CharField(label="名称", max_length=60)
    type = forms.ChoiceField(label="类型", choices=ValueType.choices)
    unit = forms.CharField(label="单位", max_length=20, required=False)
    group = forms.CharField(label="所属标题", max_length=30, required=False)
    required = forms.BooleanField(label="必填", required=False, initial=True)
    substantive = forms.BooleanField(
        label="实质条款（变更须重新签字）", required=False, initial=True
    )
    concerns = forms.CharField(
        label="涉及的角色代码",
        max_length=200,
        required=False,
        help_text="用逗号分开；不填表示涉及各方。",
    )
    better = forms.ChoiceField(label="变好的方向", choices=Better.choices, required=False)
    choices = forms.CharField(
        label="选项", max_length=1000, required=False, widget=area(2), help_text="单选时一行一个。"
    )


class ClauseForm(RowForm):
    """One clause of the text (条款文本)."""

    heading = forms.CharField(label="标题", max_length=60)
    text = forms.CharField(
        label="正文",
        max_length=3000,
        widget=area(3),
        help_text="用 {条款代码} 引用条款的内容，例如 {starts_on}、{ends_on}。",
    )
    when = forms.CharField(
        label="出现条件",
        max_length=200,
        required=False,
        help_text="条款代码=值；只写条款代码表示填了才出现；是或否的条款写 true 或 false。",
    )


RoleFormSet = formset_factory(RoleForm, extra=SPARE_ROWS, max_num=MOST_ROWS, can_delete=True)
TermFormSet = formset_factory(TermForm, extra=SPARE_ROWS, max_num=MOST_ROWS, can_delete=True)
ClauseFormSet = formset_factory(ClauseForm, extra=SPARE_ROWS, max_num=MOST_ROWS, can_delete=True)


class KindEditor:
    """The head and the three lists of a kind in one form (类别编辑)."""

    def __init__(
        self,
        data: Any = None,
        *,
        label: str = "",
        purpose: str = "",
        definition: Mapping[str, Any] | None = None,
    ) -> None:
        held = definition or {}
        head = {"label": label, "purpose": purpose, **held} if held else None
        self.head = KindForm(data, initial=head)
        self.roles = RoleFormSet(data, prefix="roles", initial=list(held.get("roles", [])))
        self.terms = TermFormSet(
            data, prefix="terms", initial=[typed_term(row) for row in held.get("terms", [])]
        )
        self.clauses = ClauseFormSet(
            data, prefix="clauses", initial=[typed_clause(row) for row in held.get("clauses", [])]
        )

    @property
    def lists(self) -> list[tuple[str, BaseFormSet[Any]]]:
        return [("角色", self.roles), ("条款项", self.terms), ("条款文本", self.clauses)]

    def is_valid(self) -> bool:
        """All four parts are whole; every part is checked, so that all faults show at once."""
        checked = [formset.is_valid() for _, formset in self.lists]
        return self.head.is_valid() and all(checked)

    def definition(self) -> dict[str, Any]:
        """The definition as it is kept."""
        head = {
            name: value
            for name, value in self.head.cleaned_data.items()
            if name not in ("label", "purpose")
        }
        return {
            **head,
            "roles": kept_rows(self.roles),
            "terms": [kept_term(row) for row in kept_rows(self.terms)],
            "clauses": [kept_clause(row) for row in kept_rows(self.clauses)],
        }


def kept_rows(formset: BaseFormSet[Any]) -> list[dict[str, Any]]:
    """The filled rows that are not struck out, in order."""
    rows = [form.cleaned_data for form in formset.forms if form.cleaned_data]
    return [
        {name: value for name, value in row.items() if name != "DELETE"}
        for row in rows
        if not row.get("DELETE")
    ]


def split(text: str, separator: str) -> list[str]:
    return [part.strip() for part in text.split(separator) if part.strip()]


def kept_term(row: Mapping[str, Any]) -> dict[str, Any]:
    concerns = split(row["concerns"].replace("，", ","), ",")
    return {**row, "concerns": concerns, "choices": split(row["choices"], "\n")}


def typed_term(row: Mapping[str, Any]) -> dict[str, Any]:
    return {
        **row,
        "concerns": ",".join(row.get("concerns", [])),
        "choices": "\n".join(row.get("choices", [])),
    }


def kept_clause(row: Mapping[str, Any]) -> dict[str, Any]:
    return {"heading": row["heading"], "text": row["text"], "when": conditions(row["when"])}


def conditions(text: str) -> dict[str, Any]:
    """``remarks, is_pairing=true`` → what each term must be."""
    found: dict[str, Any] = {}
    for part in split(text.replace("，", ","), ","):
        code, equals, value = part.partition("=")
        wanted = value.strip()
        found[code.strip()] = wanted == TRUE if equals and wanted in (TRUE, "false") else wanted
    return found


def typed_clause(row: Mapping[str, Any]) -> dict[str, Any]:
    return {**row, "when": ", ".join(typed_conditions(row.get("when") or {}))}


def typed_conditions(when: Mapping[str, Any]) -> Iterable[str]:
    for code, wanted in when.items():
        word = str(wanted).lower() if isinstance(wanted, bool) else str(wanted)
        yield f"{code}={word}" if word else code
