from django.apps import AppConfig

from silian.foundation.kernel.discovery import import_rooms


class MetricsConfig(AppConfig):
    name = "silian.casework.metrics"
    label = "metrics"
    verbose_name = "指标"

    def ready(self) -> None:
        """Find the measures that the modules declare, then hear what makes their values wrong."""
        import_rooms("metrics")
        from silian.casework.metrics.handlers import listen

        listen()
