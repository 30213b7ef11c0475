from django.apps import AppConfig


class LearningConfig(AppConfig):
    name = "silian.operations.learning"
    label = "learning"
    verbose_name = "职工教育与技能提升"
