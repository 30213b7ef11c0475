from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("placements", "0006_pay_reaches_the_student"),
    ]

    operations = [
        migrations.AddField(
            model_name="roundstudent",
            name="county_code",
            field=models.CharField(blank=True, max_length=6, verbose_name="生源区县"),
        ),
    ]
