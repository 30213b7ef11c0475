"""Work of ui that takes long."""

from __future__ import annotations

from silian.foundation.kernel.jobs import long_job
from silian.foundation.ui import large_exports

long_job("ui.export")(large_exports.write_export)
