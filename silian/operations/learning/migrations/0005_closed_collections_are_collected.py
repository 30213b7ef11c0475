"""What was closed in words before stands as collected."""

from django.db import migrations
from django.db.models import Q


def mark(apps, schema_editor):
    rows = apps.get_model("learning", "CollectionNotice").objects
    rows.filter(Q(closed_at__isnull=False) & ~Q(result="")).update(state="collected")


class Migration(migrations.Migration):
    dependencies = [("learning", "0004_collections_are_taken_and_closed")]
    operations = [migrations.RunPython(mark, migrations.RunPython.noop)]
