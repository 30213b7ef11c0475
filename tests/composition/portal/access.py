"""Who may open which address of the portal."""

from __future__ import annotations

from tests.access import Row, public, signed_in
from tests.composition.portal.api.access_rows import API

ACCESS: dict[str, Row] = {
    "portal:home": public(),
    "portal:today": Row(statuses={**signed_in().statuses, "leader": 302}),
    "portal:todo_list": signed_in(),
    "portal:help": public(),
    "portal:search": public(),
    "portal:search_suggestions": public(),
    "portal:service_directory": public(),
    **API,
}
