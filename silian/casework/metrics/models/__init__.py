"""Tables of the metrics, one file per aggregate."""

from silian.casework.metrics.models import definitions, disputes, stale, values  # noqa: F401
