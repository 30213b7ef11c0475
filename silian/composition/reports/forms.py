"""What an official chooses for a bulletin."""

from __future__ import annotations

from django import forms

from silian.foundation.ui import widgets


class BulletinForm(forms.Form):
    """The day that the bulletin tells of (编制简报)."""

    on = forms.DateField(
        label="数据截至",
        widget=widgets.DateInput(),
        help_text="默认今天；编制时冻结这一天的数据",
    )
