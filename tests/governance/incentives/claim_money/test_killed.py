"""kill -9 in the middle of a payment batch of claims: nothing twice, nothing lost."""

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

from silian.casework.ledgers.choices import AccountKind
from silian.casework.ledgers.commands.booking import balance
from silian.casework.ledgers.models.payments import FundPayment, PaymentBatch
from silian.casework.ledgers.queries.checking import differences
from silian.foundation.kernel.testing import run_queued_jobs
from silian.governance.incentives.choices.claims import PaymentStanding
from silian.governance.incentives.choices.recovery import RecoveryWay
from silian.governance.incentives.commands.claim_payments import prepare_payments
from silian.governance.incentives.commands.recoveries import choose_way
from silian.governance.incentives.models import ClaimPayment
from tests.governance.incentives.claim_money import stage
from tests.governance.incentives.claim_money.stage import DAY, Stage
from tests.world import make_world

pytestmark = [pytest.mark.slow, pytest.mark.django_db(transaction=True)]
ROOT = Path(__file__).resolve().parents[4]
PATIENCE = 120.0
CLAIMS = 12
# kill after so many words, then so long after the last of them
KILLS = (("ordered", 3, 0.01), ("ordered", 7, 0.05), ("paid", 4, 0.02))


def started(given: Stage, keys: list[int]) -> subprocess.Popen[str]:
    """The ordering process on this test's own database."""
    name = connection.settings_dict["NAME"]
    where = urlunsplit(urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{name}"))
    env = {
        **os.environ, "DATABASE_URL": where, "DJANGO_SETTINGS_MODULE": "config.settings.test",
        "PYTHONPATH": f"{ROOT}:{ROOT / 'engines'}",
    }  # fmt: skip
    people = (given.clerk, given.books.clerk, given.books.second)
    names = [person.user.username for person in people if person.user]
    module = "tests.governance.incentives.claim_money.ordering"
    command = [sys.executable, "-m", module, *names, *map(str, keys)]
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


def one_in_debt(given: Stage) -> None:
    """An older claim owes 1,000 yuan, to be set off against the first payment."""
    claim = stage.paid(given)
    case = stage.decided(given, stage.noticed(given, claim, "1000"))
    choose_way(
        recovery_id=case.pk, way=RecoveryWay.SET_OFF, reason="抵扣", actor=given.second.actor
    )


def test_a_batch_of_claims_survives_being_killed(transactional_db: None) -> None:
    given = stage.make_stage(make_world())
    one_in_debt(given)
    keys = [stage.prepared(given).pk for _ in range(CLAIMS)]
    before = FundPayment.objects.count()
    FundPayment.objects.update(batch=None)
    PaymentBatch.objects.all().delete()
    for word, times, rest in KILLS:
        killed_after(started(given, keys), word=word, times=times, rest=rest)
        assert differences() == []  # the ledger at once; claims when they are told what it said
        run_queued_jobs()
        stage.assert_books_hold()
    process = started(given, keys)
    said, errors = process.communicate(timeout=PATIENCE)
    assert process.returncode == 0, errors[-2000:]
    assert said.endswith("done\n")
    rows = ClaimPayment.objects.filter(pk__in=keys)
    assert {row.standing for row in rows} == {PaymentStanding.PAID}
    assert sum(row.paid + row.set_off for row in rows) == CLAIMS * Decimal(6000)
    assert sum(row.set_off for row in rows) == Decimal(1000)
    assert FundPayment.objects.count() == before + CLAIMS + 1  # one of them by set-off
    paid = 6000 + CLAIMS * Decimal(6000)
    assert balance(given.books.line.pk, AccountKind.PAID) == paid
    again = prepare_payments(claim=rows[0].claim, on=DAY, actor=given.clerk.actor)
    assert len(again) == 1
    stage.assert_books_hold()
