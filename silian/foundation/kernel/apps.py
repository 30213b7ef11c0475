from django.apps import AppConfig

from silian.foundation.kernel.discovery import import_rooms


class KernelConfig(AppConfig):
    name = "silian.foundation.kernel"
    label = "kernel"
    verbose_name = "平台内核"

    def ready(self) -> None:
        """Find what the modules let, hear, do and show; every app is loaded by then."""
        import_rooms("permissions", "handlers", "tasks", "panels")
