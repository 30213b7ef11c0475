from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [
        ("policy_tasks", "0005_cases"),
    ]

    operations = [
        migrations.RenameModel(old_name="Finding", new_name="SupervisionFinding"),
    ]
