from django.apps import AppConfig


class AgreementsConfig(AppConfig):
    name = "silian.casework.agreements"
    label = "agreements"
    verbose_name = "协议"

    def ready(self) -> None:
        """Declare the kinds of agreement that the house knows by itself."""
        from silian.casework.agreements import kinds

        kinds.declare()
