"""Entries of a payment name it, where only the words of their summary did."""

from __future__ import annotations

import django.db.models.deletion
from django.db import migrations, models

NAME_PAYMENTS = """
ALTER TABLE ledgers_journalentry DISABLE TRIGGER journal_entry_stays;
UPDATE ledgers_journalentry entry SET payment_id = payment.id
FROM ledgers_fundpayment payment
WHERE entry.kind IN ('send', 'confirm', 'return')
  AND entry.line_id = payment.line_id
  AND entry.memo = left(payment.payee_name || ' ' || payment.key, 200);
SET CONSTRAINTS ALL IMMEDIATE;
ALTER TABLE ledgers_journalentry ENABLE TRIGGER journal_entry_stays;
"""


class Migration(migrations.Migration):
    dependencies = [("ledgers", "0003_money_that_comes_in")]

    operations = [
        migrations.AddField(
            model_name="journalentry",
            name="payment",
            field=models.ForeignKey(
                blank=True,
                null=True,
                on_delete=django.db.models.deletion.PROTECT,
                related_name="entries",
                to="ledgers.fundpayment",
                verbose_name="支付",
            ),
        ),
        migrations.RunSQL(NAME_PAYMENTS, migrations.RunSQL.noop),
    ]
