from django.apps import AppConfig


class PoliciesConfig(AppConfig):
    name = "silian.registers.policies"
    label = "policies"
    verbose_name = "政策"
