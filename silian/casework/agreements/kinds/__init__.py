"""The kinds of agreement that the house knows by itself, one file each."""

from __future__ import annotations

from importlib import import_module

FILES: tuple[str, ...] = (
    "cooperation",
    "order_class",
    "internship",
    "self_chosen_internship",
    "modern_apprenticeship",
    "enterprise_apprenticeship_training",
    "service_purchase",
)


def declare() -> None:
    """Read every file of this folder; each declares its kind."""
    for name in FILES:
        import_module(f"{__name__}.{name}")
