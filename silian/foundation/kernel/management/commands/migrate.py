"""``silian migrate``: Django's own command with an executor that renders less."""

from __future__ import annotations

from django.core.management.commands import migrate

from silian.foundation.kernel.quick_migrations import QuickExecutor

# The command names its executor and offers no other way; the stubs do not list the name.
migrate.MigrationExecutor = QuickExecutor  # type: ignore[attr-defined]


class Command(migrate.Command):
    """See :mod:`silian.foundation.kernel.quick_migrations`."""
