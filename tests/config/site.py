"""A scratch installation beside the tests' own: its own database, its own data folder."""

from __future__ import annotations

import os
import secrets
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import psycopg

from tests.migrated_template import template_for

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Site:
    """One installation; commands run as they do at a terminal."""

    url: str
    folder: Path

    def run(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        environment = {
            **{name: value for name, value in os.environ.items() if name != "PYTEST_CURRENT_TEST"},
            "DATABASE_URL": self.url,
            "SILIAN_DATA_FOLDER": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "config.settings.local",
            **variables,
        }
        return subprocess.run(
            [sys.executable, *arguments],
            cwd=ROOT,
            env=environment,
            capture_output=True,
            text=True,
            check=False,
            timeout=240,
        )

    def silian(self, *arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        return self.run("-m", "config", *arguments, **variables)

    def python(self, code: str) -> str:
        """Run code in the installation's Django; its output."""
        done = self.run("-c", f"import django\ndjango.setup()\n{code}")
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()


@contextmanager
def scratch_site(folder: Path, *, migrated: bool = False) -> Iterator[Site]:
    """An installation with an empty database, or one with its tables; gone afterwards."""
    url = os.environ["DATABASE_URL"]
    server = url.rsplit("/", 1)[0]
    template = template_for(url) if migrated else "template1"
    name = f"silian_scratch_{secrets.token_hex(4)}"
    with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
        connection.execute(f'CREATE DATABASE "{name}" TEMPLATE "{template}"')
    try:
        folder.mkdir(parents=True, exist_ok=True)
        yield Site(f"{server}/{name}", folder)
    finally:
        with psycopg.connect(f"{server}/postgres", autocommit=True) as connection:
            connection.execute(f'DROP DATABASE "{name}" WITH (FORCE)')
