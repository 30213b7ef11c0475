"""Who gets what from the catalogues: everybody reads, system administrators load."""

from __future__ import annotations

from typing import Any

from silian.foundation.reference.commands.uploads import receive_catalogue_file
from silian.foundation.reference.gateways import Edition
from silian.foundation.reference.models import CatalogueUpload
from tests.access import HIDDEN, LOGIN, OK, Row, only, public
from tests.world import COUNTY, TODAY, World


def sent_file(world: World) -> CatalogueUpload:
    """A small list of divisions, waiting to be confirmed."""
    edition = Edition(
        catalogue="division", edition="2025", title="区划", source="民政部", valid_from=TODAY
    )
    text = "代码,名称\n110000,北京市\n110101,东城区\n530000,云南省\n530300,曲靖市\n990000,澜江省\n"
    text += "990100,青澜市\n990104,高新区\n"
    return receive_catalogue_file(
        actor=world.system_admin.actor, edition=edition, file_name="a.csv", text=text, today=TODAY
    )


def upload_of(world: World) -> dict[str, Any]:
    pending = CatalogueUpload.objects.filter(state="pending").first()
    return {"upload_id": (pending or sent_file(world)).pk}


ACCESS: dict[str, Row] = {
    "reference:index": public(),
    "reference:catalogue": public(kwargs=lambda world: {"catalogue": "division"}),
    "reference:entry": public(kwargs=lambda world: {"catalogue": "division", "key": COUNTY}),
    "reference:download": public(kwargs=lambda world: {"catalogue": "division"}),
    "reference:picker": public(kwargs=lambda world: {"catalogue": "division"}),
    "reference:upload_list": only("system_admin"),
    "reference:upload_create": only("system_admin"),
    "reference:upload": only("system_admin", status=OK, otherwise=HIDDEN, kwargs=upload_of),
    "reference:upload_confirm": only(
        "system_admin", status=LOGIN, otherwise=HIDDEN, method="post", kwargs=upload_of
    ),
    "reference:upload_discard": only(
        "system_admin", status=LOGIN, otherwise=HIDDEN, method="post", kwargs=upload_of
    ),
}
