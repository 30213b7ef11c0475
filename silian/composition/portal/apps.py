from django.apps import AppConfig


class PortalConfig(AppConfig):
    name = "silian.composition.portal"
    label = "portal"
    verbose_name = "门户与工作台"
