"""The bundled catalogues, for imports of real files."""

from tests.foundation.reference.conftest import catalogues, kept_tables

__all__ = ["catalogues", "kept_tables"]
