"""Carry what the search found listings by from their own table to the entries, in batches."""

from django.db import migrations

BATCH = 10_000
CARRY = """
INSERT INTO exchange_searchentry (listing_id, vector, kind, side, division_code, industry_chain,
  price_max, starts_on, published_at)
SELECT id, search_vector, kind, side, division_id, industry_chain, price_max, starts_on,
  published_at
FROM exchange_listing
WHERE state = 'published' AND search_vector IS NOT NULL AND id > %s AND id <= %s
ON CONFLICT DO NOTHING
"""


def carry_vectors(apps, schema_editor):
    with schema_editor.connection.cursor() as cursor:
        cursor.execute("SELECT min(id), max(id) FROM exchange_listing")
        first, last = cursor.fetchone()
        for start in range((first or 1) - 1, last or 0, BATCH):
            cursor.execute(CARRY, [start, start + BATCH])


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0013_search_entries'),
    ]

    operations = [migrations.RunPython(carry_vectors, migrations.RunPython.noop)]
