"""What an enterprise types about a year; each box says what belongs into it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django import forms

from silian.foundation.ui import widgets
from silian.operations.learning.choices import SpendingKind, TraineeClass
from silian.operations.learning.models.returns import ReturnVersion
from silian.operations.learning.rules.figures import NOTHING, Figures, Line

MOST = Decimal("999999999999.99")
MOST_PEOPLE = 2_000_000
BASE_MONEY = {
    "wages": ("职工工资总额", "本年度实际发放的工资薪金总额，与企业所得税汇算一致。"),
    "extracted": ("提取的职工教育培训经费", "本年度计入成本费用的提取数，不是支出数。"),
    "carried_in": ("以前年度结转未扣除的支出", "上年汇算后结转到本年的数；没有的填 0。"),
}
BASE_PEOPLE = {
    "staff": ("年末职工人数", "12 月 31 日在册职工。"),
    "frontline_staff": ("其中一线职工", "生产、服务一线岗位的职工；范围由企业按岗位名册确定。"),
}


def money_field(label: str, help_text: str = "") -> forms.DecimalField:
    return forms.DecimalField(
        label=label,
        min_value=0,
        max_value=MOST,
        max_digits=16,
        decimal_places=2,
        widget=widgets.MoneyInput(),
        help_text=help_text,
    )


def people_field(label: str, help_text: str = "") -> forms.IntegerField:
    return forms.IntegerField(label=label, min_value=0, max_value=MOST_PEOPLE, help_text=help_text)


class ReturnForm(forms.Form):
    """All numbers of a return in four parts (年度报告)."""

    note = forms.CharField(
        label="说明",
        max_length=2000,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4, "data-sl-grow": ""}),
        help_text="提取不足、支出结转等特殊情况，在这里写明原因。",
    )

    def __init__(self, *args: Any, before: ReturnVersion | None = None, **rest: Any) -> None:
        super().__init__(*args, **rest)
        self.before = before
        self.add_base()
        self.add_spending()
        self.add_trainees()
        spending = [name for kind in SpendingKind for name in (f"spent_{kind}", f"front_{kind}")]
        self.fieldsets = [
            ("一、工资和提取", [*BASE_MONEY]),
            ("二、职工人数", [*BASE_PEOPLE]),
            ("三、支出，按用途填，没有的填 0", spending),
            ("四、培训人次和说明", [*[f"people_{each}" for each in TraineeClass], "note"]),
        ]

    def add(self, name: str, field: forms.Field, last: str = "", *, half: bool = True) -> None:
        """Put a box in, beside its neighbour, with last year's number under it."""
        if last:
            field.help_text = f"{field.help_text} 上年 {last}".strip()
        field.half = half  # type: ignore[attr-defined]
        field.required = False
        self.fields[name] = field

    def add_base(self) -> None:
        for name, (label, told) in BASE_MONEY.items():
            last = f"{getattr(self.before, name):,} 元" if self.before else ""
            self.add(name, money_field(label, told), last)
        for name, (label, told) in BASE_PEOPLE.items():
            last = f"{getattr(self.before, name):,} 人" if self.before else ""
            self.add(name, people_field(label, told), last)

    def add_spending(self) -> None:
        known = self.before.figures.spending if self.before else {}
        for kind in SpendingKind:
            amount, part = known.get(kind.value, (None, None))
            last = f"{amount:,} 元" if amount else ""
            self.add(f"spent_{kind}", money_field(str(kind.label)), last)
            last = f"{part:,} 元" if part else ""
            self.add(f"front_{kind}", money_field("其中用于一线职工"), last)

    def add_trainees(self) -> None:
        for each in TraineeClass:
            last = self.before.trainees.get(each.value) if self.before else None
            field = people_field(f"{each.label}（人次）")
            self.add(f"people_{each}", field, f"{last:,} 人次" if last else "")

    @staticmethod
    def initial_from(version: ReturnVersion) -> dict[str, Any]:
        names = (*BASE_MONEY, *BASE_PEOPLE, "note")
        found: dict[str, Any] = {name: getattr(version, name) for name in names}
        for name in ("wages", "extracted"):
            found[name] = found[name] or None  # an empty box asks to be filled, a zero does not
        for kind, (amount, part) in version.figures.spending.items():
            found[f"spent_{kind}"], found[f"front_{kind}"] = amount, part
        for code, people in version.trainees.items():
            found[f"people_{code}"] = people
        return found

    def figures(self) -> Figures:
        given = self.cleaned_data
        spending: dict[str, Line] = {
            kind.value: (
                given.get(f"spent_{kind}") or NOTHING,
                given.get(f"front_{kind}") or NOTHING,
            )
            for kind in SpendingKind
        }
        return Figures(
            wages=given.get("wages") or NOTHING,
            extracted=given.get("extracted") or NOTHING,
            carried_in=given.get("carried_in") or NOTHING,
            staff=given.get("staff") or 0,
            frontline_staff=given.get("frontline_staff") or 0,
            spending=spending,
            trainees={each.value: given.get(f"people_{each}") or 0 for each in TraineeClass},
            note=given["note"],
        )


class EvidenceForm(forms.Form):
    """A voucher (凭证)."""

    file = forms.FileField(
        label="凭证",
        widget=widgets.FileInput(),
        help_text="工资总额、经费提取、支出账簿或汇总表、培训名册。PDF、图片、Word 或 Excel。",
    )


class AmendForm(forms.Form):
    """Why another version is needed (更正理由)."""

    reason = forms.CharField(
        label="更正理由",
        max_length=500,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text="原来提交的版本保留，核对部门看得到两版的差异和这里的理由。",
    )
