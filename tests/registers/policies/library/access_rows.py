"""Who gets what from the addresses of the library, parameters, benefits and plans."""

from __future__ import annotations

from typing import Any

from silian.registers.policies.models import Parameter, PolicyDocument
from tests.access import OK, Row, only, public
from tests.registers.policies.library.stage import make_document, make_parameter
from tests.world import World


def document(world: World) -> dict[str, Any]:
    found = PolicyDocument.objects.public().first() or make_document(world)
    return {"document_id": found.pk}


def parameter(world: World) -> dict[str, Any]:
    return {"parameter_id": (Parameter.objects.first() or make_parameter()).pk}


LIBRARY_ROWS: dict[str, Row] = {
    "policies:library": public(),
    "policies:library_document": public(kwargs=document),
    "policies:library_document_json": public(kwargs=document),
    "policies:library_document_xml": public(kwargs=document),
    "policies:comparison": public(),
    "policies:parameter_list": public(),
    "policies:parameter_detail": public(kwargs=parameter),
    "policies:parameter_set": only("coordinator", status=OK, kwargs=parameter),
}
