"""The kinds of listing, one file each. A new file here is a new kind everywhere."""

from __future__ import annotations

from functools import cache
from importlib import import_module
from pkgutil import iter_modules

from silian.operations.exchange.kinds.declaration import ListingKind

NOT_KINDS = {"declaration"}


@cache
def listing_kinds() -> dict[str, ListingKind]:
    """Every declared kind by its code, in the order of the catalogue."""
    modules = [
        import_module(f"{__name__}.{found.name}")
        for found in iter_modules(__path__)
        if found.name not in NOT_KINDS
    ]
    kinds: list[ListingKind] = sorted((module.KIND for module in modules), key=lambda k: k.order)
    return {kind.code: kind for kind in kinds}


def kind_of(code: str) -> ListingKind:
    """The kind with this code; raises KeyError for an unknown one."""
    return listing_kinds()[code]
