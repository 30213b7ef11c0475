from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    name = "silian.casework.reviews"
    label = "reviews"
    verbose_name = "评审认定"
