from django.apps import AppConfig


class UiConfig(AppConfig):
    name = "silian.foundation.ui"
    label = "ui"
    verbose_name = "界面组件"
