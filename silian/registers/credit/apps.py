from __future__ import annotations

from django.apps import AppConfig


class CreditConfig(AppConfig):
    name = "silian.registers.credit"
    label = "credit"
    verbose_name = "信用记录"
