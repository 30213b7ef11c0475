from django.apps import AppConfig


class AccreditationConfig(AppConfig):
    name = "silian.governance.accreditation"
    label = "accreditation"
    verbose_name = "认定、项目与审批"
