from django.apps import AppConfig


class PeopleConfig(AppConfig):
    name = "silian.registers.people"
    label = "people"
    verbose_name = "人员"
