"""What an organisation declares about its staff and posts."""

from __future__ import annotations

from django import forms

from silian.foundation.ui import widgets


class CensusForm(forms.Form):
    """Staff and posts as of a day (岗位与在岗人数申报)."""

    as_of = forms.DateField(
        label="截至日", widget=widgets.DateInput(), help_text="一般填上年 12 月 31 日。"
    )
    staff = forms.IntegerField(
        label="在岗职工人数",
        min_value=1,
        help_text="实习学生一般不超过在岗职工的一定比例，按此核对。",
    )
    technical_posts = forms.IntegerField(label="技术工种岗位数", min_value=0)
    business_posts = forms.IntegerField(label="服务、业务、管理等岗位数", min_value=0)
    offered_posts = forms.IntegerField(
        label="提供的实习岗位数", min_value=0, help_text="引导企业拿出一定比例的岗位接收实习。"
    )
    liaison_unit = forms.CharField(label="对接机构", max_length=100, required=False)
    liaison_name = forms.CharField(
        label="对接人", max_length=60, required=False, help_text="规模以上企业要有对接机构或人员。"
    )
    fieldsets = [
        ("人数和岗位", ["as_of", "staff", "technical_posts", "business_posts", "offered_posts"]),
        ("对接", ["liaison_unit", "liaison_name"]),
    ]
