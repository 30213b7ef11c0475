"""Forms about people: accounts of newcomers, invitations, roles, delegation, tokens."""

from __future__ import annotations

from typing import Any

from django import forms

from silian.foundation.reference.forms import DivisionField
from silian.foundation.ui.widgets import CheckboxList, DateInput
from silian.registers.accounts.commands.accounts import AccountFacts
from silian.registers.organisations.choices import OFFICIAL_ROLES, Role, TokenScope
from silian.registers.organisations.models.membership import Membership
from silian.registers.organisations.models.organisation import Organisation

OFFICIAL_CHOICES = [(role.value, role.label) for role in Role if role in OFFICIAL_ROLES]


class AccountForm(forms.Form):
    """The account of somebody who is new here (注册账号)."""

    name = forms.CharField(label="姓名", max_length=60)
    username = forms.CharField(
        label="登录名", max_length=40, min_length=3, help_text="字母、数字或汉字，登录时使用"
    )
    email = forms.EmailField(label="邮箱", help_text="找回密码和接收通知")
    phone = forms.CharField(label="手机号", max_length=20, required=False)
    password = forms.CharField(
        label="密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
        help_text="至少 10 位，含大写、小写、数字、符号中的 3 类",
    )
    password_again = forms.CharField(
        label="再输一次密码",
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}, render_value=True),
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        if data.get("password") != data.get("password_again"):
            self.add_error("password_again", "两次输入的密码不一致，请重新输入。")
        return data

    def account(self) -> AccountFacts:
        data = self.cleaned_data
        return AccountFacts(
            name=data["name"],
            username=data["username"],
            email=data["email"],
            phone=data["phone"],
            password=data["password"],
        )


class InvitationForm(forms.Form):
    """Whom to invite, as what (邀请成员)."""

    email = forms.EmailField(
        label="邮箱", required=False, help_text="填写后发送邮件；留空则只生成链接，由您转交"
    )
    role = forms.ChoiceField(label="角色")

    def __init__(self, *args: Any, roles: list[Role], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["role"].choices = [(role.value, role.label) for role in roles]  # type: ignore[attr-defined]


class DelegationForm(forms.Form):
    """To whom one's own role goes, until when (委托代办)."""

    membership = forms.ChoiceField(label="委托的角色")
    to_user = forms.ChoiceField(label="委托给")
    ends_on = forms.DateField(
        label="到期日", widget=DateInput(), help_text="当日起不再有效，最长 180 日"
    )

    def __init__(
        self, *args: Any, own: list[Membership], colleagues: list[Membership], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        people = {row.user_id: row.user.name for row in colleagues}
        self.fields["membership"].choices = [  # type: ignore[attr-defined]
            (row.pk, row.get_role_display()) for row in own
        ]
        self.fields["to_user"].choices = list(people.items())  # type: ignore[attr-defined]


class TokenForm(forms.Form):
    """A new key: for what, allowed what, how long (接口令牌)."""

    name = forms.CharField(label="用途", max_length=60, help_text="例如：人事系统同步岗位")
    scopes = forms.MultipleChoiceField(
        label="权限", choices=TokenScope.choices, widget=CheckboxList
    )
    days = forms.IntegerField(
        label="有效期（天）", min_value=1, max_value=365, initial=180, help_text="1 至 365 天"
    )


class JoinForm(forms.Form):
    """Asking to be invited (申请加入)."""

    note = forms.CharField(
        label="说明", max_length=200, help_text="您在单位的部门和职务，便于管理员确认"
    )


class ProposalForm(forms.Form):
    """An official role for somebody (提出授予政务角色)."""

    username = forms.CharField(label="登录名", max_length=40, help_text="此人须先注册账号")
    organisation = forms.ModelChoiceField(
        label="所在部门", queryset=Organisation.objects.none(), empty_label="请选择"
    )
    role = forms.ChoiceField(label="角色", choices=OFFICIAL_CHOICES)
    jurisdiction = DivisionField(
        label="管辖范围", required=False, help_text="审核员和牵头部门统筹必填"
    )
    reason = forms.CharField(label="理由", max_length=200, help_text="例如任命文件号")

    def __init__(self, *args: Any, departments: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["organisation"].queryset = departments  # type: ignore[attr-defined]


class MergerForm(forms.Form):
    """Into which organisation another goes up (并入)."""

    heir_code = forms.CharField(label="承接单位的统一社会信用代码", max_length=40)
    reason = forms.CharField(label="依据", max_length=500, widget=forms.Textarea(attrs={"rows": 2}))
