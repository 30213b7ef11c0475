from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    name = "silian.operations.placements"
    label = "placements"
    verbose_name = "实习与学徒"
