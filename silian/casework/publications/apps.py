from django.apps import AppConfig


class PublicationsConfig(AppConfig):
    name = "silian.casework.publications"
    label = "publications"
    verbose_name = "发布"
