from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0022_search_in_the_kernel'),
    ]

    operations = [
        migrations.AddField(
            model_name='listingimport',
            name='suggested_rows',
            field=models.PositiveIntegerField(default=0, verbose_name='认得出职业的行'),
        ),
        migrations.AddField(
            model_name='listingimport',
            name='suggestions',
            field=models.JSONField(default=list, verbose_name='建议样例'),
        ),
        migrations.AddField(
            model_name='listingimport',
            name='takes_suggestions',
            field=models.BooleanField(default=False, verbose_name='按建议填写'),
        ),
    ]
