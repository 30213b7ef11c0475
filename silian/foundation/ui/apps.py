from django import forms
from django.apps import AppConfig
from django.core.validators import MaxValueValidator, MinValueValidator

# What a field says when nothing was entered, in the order of the classes it holds for.
MISSING = (
    (forms.Field, "请填写"),
    (forms.ChoiceField, "请选择"),
    (forms.ModelChoiceField, "请选择"),
    (forms.FileField, "请选择文件"),
    (forms.BooleanField, "请勾选"),
)


class UiConfig(AppConfig):
    name = "silian.foundation.ui"
    label = "ui"
    verbose_name = "界面组件"

    def ready(self) -> None:
        """Let every form ask for what is missing or out of bounds in our words."""
        for field, words in MISSING:
            field.default_error_messages = {**field.default_error_messages, "required": words}
        MinValueValidator.message = "请填不小于 %(limit_value)s 的数。"
        MaxValueValidator.message = "请填不大于 %(limit_value)s 的数。"
