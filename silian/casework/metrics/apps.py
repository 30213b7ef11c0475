from django.apps import AppConfig


class MetricsConfig(AppConfig):
    name = "silian.casework.metrics"
    label = "metrics"
    verbose_name = "指标"
