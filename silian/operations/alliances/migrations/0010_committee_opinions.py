"""An opinion of a committee gets a name of its own; departments give opinions too."""

from __future__ import annotations

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("alliances", "0009_conduct_checks")]

    operations = [migrations.RenameModel(old_name="Opinion", new_name="CommitteeOpinion")]
