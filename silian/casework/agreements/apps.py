from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "silian.casework.agreements"
    label = "agreements"
    verbose_name = "协议"
