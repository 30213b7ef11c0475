from django.apps import AppConfig


class LedgersConfig(AppConfig):
    name = "silian.casework.ledgers"
    label = "ledgers"
    verbose_name = "资金台账"
