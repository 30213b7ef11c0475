from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class KernelConfig(AppConfig):
    name = "silian.foundation.kernel"
    label = "kernel"
    verbose_name = "平台内核"

    def ready(self) -> None:
        """Find what the modules hear, show and check; every app is loaded by then."""
        autodiscover_modules("permissions", "handlers", "panels")
