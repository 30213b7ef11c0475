from django.apps import AppConfig


class IncentivesConfig(AppConfig):
    name = "silian.governance.incentives"
    label = "incentives"
    verbose_name = "激励与惠企政策"
