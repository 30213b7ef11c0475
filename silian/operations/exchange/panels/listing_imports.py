"""Imports on other pages."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.foundation.ui import sockets
from silian.operations.exchange.permissions.listing_imports import may_read_import_file
from silian.operations.exchange.permissions.listings import may_write_listings


def may_read(actor: Actor, file: StoredFile) -> bool:
    return may_read_import_file(actor, file.object_id)


register_file_readers("exchange.listingimport", may_read)
sockets.navigation.plug(
    sockets.NavigationItem(
        section="用人与合作",
        label="批量导入",
        url_name="exchange:import_list",
        icon="upload",
        visible=may_write_listings,
    ),
    order=115,
)
