from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "silian.registers.accounts"
    label = "accounts"
    verbose_name = "账号"
