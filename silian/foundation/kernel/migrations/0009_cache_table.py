"""The table of the database cache, so that nobody has to run createcachetable."""

from django.db import migrations

FORWARD = """
CREATE TABLE kernel_cache (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamp with time zone NOT NULL
);
CREATE INDEX kernel_cache_expires ON kernel_cache (expires);
"""
BACKWARD = "DROP TABLE kernel_cache;"


class Migration(migrations.Migration):
    dependencies = [("kernel", "0008_idempotency")]
    operations = [migrations.RunSQL(FORWARD, BACKWARD)]
