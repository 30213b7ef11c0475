"""kill -9 in the middle of a payment batch, again and again: nothing twice, nothing lost."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from decimal import Decimal
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest
from django.db import connection

from silian.casework.ledgers.choices import AccountKind, PaymentState
from silian.casework.ledgers.commands.booking import balance
from silian.casework.ledgers.models.journal import JournalEntry
from silian.casework.ledgers.models.payments import Commitment, FundPayment
from silian.casework.ledgers.queries.checking import differences
from tests.casework.ledgers import stage
from tests.casework.ledgers.paying import ROWS
from tests.casework.ledgers.stage import Books
from tests.world import make_world

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[3]
PATIENCE = 60.0
# kill after so many orders, then so long after the bank's answer has begun to be taken down
KILLS = (("ordered", 7, 0.0), ("answered", 1, 0.1))


def started(books: Books) -> subprocess.Popen[str]:
    """The paying process on this test's own database."""
    name = connection.settings_dict["NAME"]
    where = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    env = {
        **os.environ, "DATABASE_URL": where, "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'engines'}",
    }  # fmt: skip
    names = [books.clerk.user.username, books.second.user.username]  # type: ignore[union-attr]
    command = [sys.executable, "-m", "tests.casework.ledgers.paying", str(books.office.pk), *names]
    return subprocess.Popen(
        command, cwd=ROOT, env=env, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    )


def killed_after(process: subprocess.Popen[str], *, word: str, times: int, rest: float) -> None:
    seen = 0
    assert process.stdout is not None
    for line in process.stdout:
        seen += line.strip() == word
        if seen == times:
            break
    time.sleep(rest)
    process.kill()
    _, errors = process.communicate(timeout=PATIENCE)
    assert seen == times, errors[-2000:]


def test_a_batch_survives_being_killed(transactional_db: None) -> None:
    make_world()
    books = stage.make_books("1000")
    for word, times, rest in KILLS:
        killed_after(started(books), word=word, times=times, rest=rest)
        assert not differences()
    process = started(books)
    said, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors[-2000:]
    assert said.endswith("done\n")
    paid = FundPayment.objects.filter(state=PaymentState.CONFIRMED)
    assert (paid.count(), Commitment.objects.count()) == (ROWS, ROWS)
    assert balance(books.line.pk, AccountKind.PAID) == ROWS * Decimal("10.01")
    assert JournalEntry.objects.count() == 1 + 3 * ROWS
    assert not differences()
