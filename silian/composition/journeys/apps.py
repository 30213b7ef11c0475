from django.apps import AppConfig


class JourneysConfig(AppConfig):
    name = "silian.composition.journeys"
    label = "journeys"
    verbose_name = "跨模块流程"
