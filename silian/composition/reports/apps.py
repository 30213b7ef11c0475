from django.apps import AppConfig


class ReportsConfig(AppConfig):
    name = "silian.composition.reports"
    label = "reports"
    verbose_name = "总览与简报"
