"""The bundled catalogues, for the demonstration city."""

from tests.foundation.reference.conftest import catalogues, kept_tables

__all__ = ["catalogues", "kept_tables"]
