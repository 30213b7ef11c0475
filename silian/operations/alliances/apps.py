from django.apps import AppConfig


class AlliancesConfig(AppConfig):
    name = "silian.operations.alliances"
    label = "alliances"
    verbose_name = "集团联盟与协调机制"
