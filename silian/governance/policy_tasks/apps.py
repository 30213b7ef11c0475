from django.apps import AppConfig


class PolicyTasksConfig(AppConfig):
    name = "silian.governance.policy_tasks"
    label = "policy_tasks"
    verbose_name = "任务台账"
