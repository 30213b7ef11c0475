from django.apps import AppConfig


class ProgrammesConfig(AppConfig):
    name = "silian.registers.programmes"
    label = "programmes"
    verbose_name = "专业与培养"
