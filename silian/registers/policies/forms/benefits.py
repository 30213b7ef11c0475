"""What a department types about a benefit, and what the list's keeper notes."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any

from django import forms

from silian.foundation.reference.forms import IndustriesField
from silian.foundation.ui import widgets
from silian.registers.organisations.choices import OrganisationSize
from silian.registers.policies.choices import (
    Audience,
    BenefitKind,
    ConditionFact,
    PublicityChannel,
)
from silian.registers.policies.commands.benefit_lists import Publicity
from silian.registers.policies.models.benefits import Benefit
from silian.registers.policies.queries.clause_choices import Choices
from silian.registers.policies.rules.benefit_lines import (
    BenefitPlan,
    ConditionLine,
    UnreadableLine,
    papers_of,
    statements_of,
    steps_of,
)

BETWEEN = re.compile(r"[、,，;；\s]+")
SCALE_TEXT, VERIFIED_TEXT = "属于规模以上企业", "已通过平台核验"
LINES = {"rows": 4, "data-sl-grow": ""}


class BenefitForm(forms.Form):
    """A benefit as its department writes it (优惠政策)."""

    title = forms.CharField(
        label="名称", max_length=80, help_text="对方看得懂的叫法，例如：企业新型学徒培训补贴"
    )
    kind = forms.ChoiceField(label="类别", choices=BenefitKind.choices)
    authority = forms.CharField(label="办理单位", max_length=80)
    audiences = forms.MultipleChoiceField(
        label="适用对象", choices=Audience.choices, widget=widgets.CheckboxList()
    )
    given = forms.CharField(
        label="给什么", max_length=300, help_text="照文件写标准和上限；没有公布标准的写“标准未公布”"
    )
    parameter = forms.TypedChoiceField(
        label="对应参数",
        required=False,
        coerce=int,
        empty_value=None,
        widget=widgets.SearchSelect(),
    )
    clause = forms.TypedChoiceField(
        label="依据条款",
        required=False,
        coerce=int,
        empty_value=None,
        widget=widgets.SearchSelect(),
        help_text="只列已发布文件的条款",
    )
    basis = forms.CharField(
        label="其他依据",
        required=False,
        max_length=120,
        help_text="库里没有的文件，写文件名、文号和条款",
    )
    valid_from = forms.DateField(label="有效期起", widget=widgets.DateInput())
    valid_to = forms.DateField(
        label="有效期止（不含）",
        required=False,
        widget=widgets.DateInput(),
        help_text="长期有效不填",
    )
    needs_verified = forms.BooleanField(label="要求已通过平台核验", required=False, initial=True)
    needs_scale = forms.BooleanField(label="要求规模以上", required=False)
    sizes = forms.MultipleChoiceField(
        label="单位规模",
        required=False,
        choices=OrganisationSize.choices,
        widget=widgets.CheckboxList(),
    )
    industries = IndustriesField(label="行业", required=False, most=10)
    chains = forms.CharField(
        label="重点产业链", required=False, max_length=120, help_text="几条用顿号隔开；不限不填"
    )
    statements = forms.CharField(
        label="由对方确认的条件",
        required=False,
        widget=forms.Textarea(attrs=LINES),
        help_text="一行一条：条件｜不符合时怎么办",
    )
    materials = forms.CharField(
        label="申报材料", required=False, widget=forms.Textarea(attrs=LINES), help_text="一行一份"
    )
    steps = forms.CharField(
        label="办理步骤",
        widget=forms.Textarea(attrs=LINES),
        help_text="按先后一行一步：谁办｜做什么｜工作日（没有时限的不写）",
    )
    contact = forms.CharField(
        label="办理地点和电话", required=False, max_length=120, help_text="写公开的办公地点和电话"
    )

    fieldsets = [
        ("优惠", ["title", "kind", "authority", "audiences", "given", "parameter"]),
        ("依据和有效期", ["clause", "basis", "valid_from", "valid_to"]),
        (
            "条件",
            ["needs_verified", "needs_scale", "sizes", "industries", "chains", "statements"],
        ),
        ("怎么办", ["materials", "steps", "contact"]),
    ]

    def __init__(
        self, *args: Any, clauses: Choices, parameters: Sequence[tuple[int, str]], **options: Any
    ) -> None:
        super().__init__(*args, **options)
        self.fields["clause"].choices = [("", "请选择"), *clauses]  # type: ignore[attr-defined]
        self.fields["parameter"].choices = [("", "没有"), *parameters]  # type: ignore[attr-defined]
        for name in ("kind", "authority", "valid_from", "valid_to"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def clean_statements(self) -> list[ConditionLine]:
        fact = ConditionFact.STATEMENT
        return read_lines(
            lambda text: statements_of(text, fact=fact), self.cleaned_data["statements"]
        )

    def clean_materials(self) -> list[str]:
        return read_lines(papers_of, self.cleaned_data["materials"])

    def clean_steps(self) -> list[Any]:
        return read_lines(steps_of, self.cleaned_data["steps"])

    def plan(self) -> BenefitPlan:
        """The benefit as typed."""
        given = self.cleaned_data
        names = (
            "kind",
            "title",
            "given",
            "authority",
            "basis",
            "contact",
            "valid_from",
            "valid_to",
        )
        return BenefitPlan(
            **{name: given[name] for name in names},
            audiences=given["audiences"],
            parameter_id=given["parameter"],
            clause_id=given["clause"],
            conditions=[*self.ticked(), *given["statements"]],
            materials=given["materials"],
            steps=given["steps"],
        )

    def ticked(self) -> list[ConditionLine]:
        """The conditions that the platform checks by itself."""
        given = self.cleaned_data
        found = []
        if given["needs_verified"]:
            found.append(line(ConditionFact.VERIFIED, ["yes"], VERIFIED_TEXT))
        if given["needs_scale"]:
            found.append(line(ConditionFact.ABOVE_SCALE, ["yes"], SCALE_TEXT))
        if given["sizes"]:
            labels = "、".join(str(OrganisationSize(size).label) for size in given["sizes"])
            found.append(line(ConditionFact.SIZE, given["sizes"], f"规模为{labels}"))
        if given["industries"]:
            names = "、".join(entry.name for entry in given["industries"])
            codes = [entry.key for entry in given["industries"]]
            found.append(line(ConditionFact.INDUSTRY, codes, f"行业为{names}"))
        if chains := [name for name in BETWEEN.split(given["chains"]) if name]:
            found.append(line(ConditionFact.CHAIN, chains, f"属于{'、'.join(chains)}产业链"))
        return found


def line(fact: str, values: Sequence[str], text: str) -> ConditionLine:
    return ConditionLine(fact=fact, values=[value[:40] for value in values], text=text[:200])


def read_lines(reader: Callable[[str], Any], text: str) -> Any:
    try:
        return reader(text)
    except UnreadableLine as reason:
        raise forms.ValidationError(str(reason)) from None


def initial_of(benefit: Benefit) -> dict[str, Any]:
    """A benefit as the form shows it again."""
    rows = {row.fact: row for row in benefit.conditions.all()}
    names = ("title", "kind", "authority", "audiences", "given", "basis", "contact")
    said = [row for row in benefit.conditions.all() if row.fact == ConditionFact.STATEMENT]
    chain, size, industry = (
        rows.get(fact) for fact in (ConditionFact.CHAIN, ConditionFact.SIZE, ConditionFact.INDUSTRY)
    )
    return {
        **{name: getattr(benefit, name) for name in names},
        "parameter": benefit.parameter_id,
        "clause": benefit.clause_id,
        "valid_from": benefit.valid_from,
        "valid_to": benefit.valid_to,
        "needs_verified": ConditionFact.VERIFIED in rows,
        "needs_scale": ConditionFact.ABOVE_SCALE in rows,
        "sizes": size.values if size else [],
        "industries": ",".join(industry.values) if industry else "",
        "chains": "、".join(chain.values) if chain else "",
        "statements": "\n".join(f"{row.text}｜{row.cure}".rstrip("｜") for row in said),
        "materials": "\n".join(row.name for row in benefit.materials.all()),
        "steps": "\n".join(step_words(row) for row in benefit.steps.all()),
    }


def step_words(row: Any) -> str:
    days = f"｜{row.working_days}" if row.working_days else ""
    return f"{row.actor}｜{row.text}{days}"


class PublicityForm(forms.Form):
    """How a benefit was made known (宣传登记)."""

    title = forms.CharField(label="内容", max_length=120, help_text="例如：学徒补贴进园区宣讲")
    benefit = forms.TypedChoiceField(
        label="优惠政策",
        required=False,
        coerce=int,
        empty_value=None,
        widget=widgets.SearchSelect(),
    )
    held_on = forms.DateField(label="日期", widget=widgets.DateInput())
    channel = forms.ChoiceField(label="渠道", choices=PublicityChannel.choices)
    reach = forms.IntegerField(
        label="覆盖人数或家次",
        min_value=0,
        max_value=10_000_000,
        help_text="到场人数、走访家数或阅读数",
    )
    url = forms.URLField(label="网址", required=False, assume_scheme="https")

    def __init__(self, *args: Any, benefits: Sequence[tuple[int, str]], **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["benefit"].choices = [("", "整个清单"), *benefits]  # type: ignore[attr-defined]
        for name in ("held_on", "channel"):
            self.fields[name].half = True  # type: ignore[attr-defined]

    def publicity(self) -> Publicity:
        given = dict(self.cleaned_data)
        return Publicity(benefit_id=given.pop("benefit"), **given)
