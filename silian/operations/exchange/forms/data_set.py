"""What owners and readers of data sets type."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError

from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui import widgets
from silian.operations.exchange.choices import DataFieldType, Sensitivity, SharingTerms
from silian.operations.exchange.commands.data_set import DataSetCard, DeclaredField
from silian.operations.exchange.models.data_set import DataSet

TYPES = {str(label): value for value, label in DataFieldType.choices}
SENSITIVITIES = {str(label): value for value, label in Sensitivity.choices}
KEY, OPTIONAL = "关联项", "可空"
EXAMPLE = "毕业生身份证号 文本 个人信息 关联项\n专业代码 文本 可公开\n毕业人数 整数 可公开 单位=人"


class DataSetForm(forms.Form):
    """A data set for the catalogue (登记数据集)."""

    title = forms.CharField(label="名称", max_length=80)
    description = forms.CharField(
        label="内容说明", max_length=2000, widget=forms.Textarea(attrs={"rows": 3})
    )
    source_system = forms.CharField(label="来源系统", max_length=80)
    provenance = forms.CharField(
        label="数据来历",
        max_length=300,
        help_text="谁采集、怎样汇总，例如：各校按学期报送，教育局汇总。",
    )
    division = DivisionField(label="覆盖区划")
    region_note = forms.CharField(
        label="跨区域范围", max_length=120, required=False, help_text="含邻近地区数据时写明。"
    )
    refresh_days = forms.IntegerField(
        label="更新周期（天）", min_value=1, max_value=3660, initial=90
    )
    terms = forms.ChoiceField(
        label="共享属性", choices=SharingTerms.choices, widget=widgets.RadioList()
    )
    terms_note = forms.CharField(label="共享条件或依据", max_length=300, required=False)
    fields_text = forms.CharField(
        label="数据项",
        max_length=6000,
        widget=forms.Textarea(attrs={"rows": 8, "placeholder": EXAMPLE, "spellcheck": "false"}),
        help_text="每行一项：名称 类型 敏感程度，空格分开。"
        "类型：文本、整数、数值、日期；敏感程度：可公开、内部使用、个人信息；"
        "可再加“关联项”“可空”“单位=人”。",
    )

    fieldsets = [
        ("数据集", ["title", "description", "source_system", "provenance"]),
        ("范围和更新", ["division", "region_note", "refresh_days"]),
        ("共享", ["terms", "terms_note", "fields_text"]),
    ]

    def clean_fields_text(self) -> str:
        lines = [line for line in self.cleaned_data["fields_text"].splitlines() if line.strip()]
        self.declared = [declared(line, number) for number, line in enumerate(lines, start=1)]
        return "\n".join(lines)

    def card(self) -> DataSetCard:
        """The catalogue card as typed."""
        names = set(DataSetCard.__dataclass_fields__) - {"division"}
        data = self.cleaned_data
        return DataSetCard(division=data["division"].pk, **{name: data[name] for name in names})


def declared(line: str, number: int) -> DeclaredField:
    """One declared field; says what is missing in which line."""
    words = line.replace("，", " ").replace(",", " ").replace("|", " ").split()
    kinds = [TYPES[word] for word in words[1:] if word in TYPES]
    levels = [SENSITIVITIES[word] for word in words[1:] if word in SENSITIVITIES]
    if len(kinds) != 1 or len(levels) != 1:
        raise ValidationError(
            f"第 {number} 行须写明名称、类型（{'、'.join(TYPES)}）"
            f"和敏感程度（{'、'.join(SENSITIVITIES)}）各一个。"
        )
    units = [word.split("=", 1)[1] for word in words if word.startswith("单位=")]
    return DeclaredField(
        name=words[0][:40],
        type=kinds[0],
        sensitivity=levels[0],
        unit=units[0][:20] if units else "",
        required=OPTIONAL not in words,
        is_key=KEY in words,
    )


class EditionForm(forms.Form):
    """A file with all rows (更新数据)."""

    as_of = forms.DateField(label="数据截至日", widget=widgets.DateInput())
    file = forms.FileField(
        label="文件", widget=widgets.FileInput(limit="csv 或 xlsx，第一行为数据项名称，最多 5 万行")
    )


class DataRequestForm(forms.Form):
    """What the data is for (共享申请)."""

    purpose = forms.CharField(
        label="用途",
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text="办什么事、用哪些数据项、谁来用。",
    )


class DataDecisionForm(forms.Form):
    """The owner's answer (答复申请)."""

    approve = forms.TypedChoiceField(
        label="答复",
        choices=[("1", "同意"), ("0", "不同意")],
        coerce=lambda value: value == "1",
        widget=widgets.RadioList(),
    )
    ends_on = forms.DateField(
        label="使用期限（不含当日）", required=False, widget=widgets.DateInput()
    )
    reason = forms.CharField(label="理由或使用要求", max_length=300, required=False)


class DataJoinForm(forms.Form):
    """Two data sets with a key, and why (关联比对)."""

    first = forms.TypedChoiceField(label="第一个数据集", coerce=int)
    second = forms.TypedChoiceField(label="第二个数据集", coerce=int)
    purpose = forms.CharField(
        label="用途", max_length=300, help_text="双方提供单位在读取记录里看到。"
    )

    def __init__(self, *args: Any, data_sets: list[DataSet], **options: Any) -> None:
        super().__init__(*args, **options)
        choices = [("", "请选择"), *((row.pk, row.title) for row in data_sets)]
        for name in ("first", "second"):
            self.fields[name].choices = choices  # type: ignore[attr-defined]
            self.fields[name].half = True  # type: ignore[attr-defined]
