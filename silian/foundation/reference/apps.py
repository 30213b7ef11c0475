from django.apps import AppConfig


class ReferenceConfig(AppConfig):
    name = "silian.foundation.reference"
    label = "reference"
    verbose_name = "分类目录"
