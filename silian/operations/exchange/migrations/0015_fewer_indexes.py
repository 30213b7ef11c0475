from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0014_fill_search_entries'),
    ]

    operations = [
        migrations.RemoveIndex(
            model_name='listing',
            name='listing_search',
        ),
        migrations.RemoveIndex(
            model_name='listing',
            name='listing_fingerprint',
        ),
        migrations.RemoveField(
            model_name='listing',
            name='fingerprint',
        ),
        migrations.RemoveField(
            model_name='listing',
            name='search_vector',
        ),
        migrations.AlterField(
            model_name='importedlisting',
            name='listing_import',
            field=models.ForeignKey(db_index=False, on_delete=models.CASCADE, related_name='imported', to='exchange.listingimport'),
        ),
        migrations.AlterField(
            model_name='listing',
            name='created_by',
            field=models.ForeignKey(db_index=False, null=True, on_delete=models.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL, verbose_name='经办人'),
        ),
        migrations.AlterField(
            model_name='listing',
            name='division',
            field=models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name='+', to='reference.division', verbose_name='所在区划'),
        ),
        migrations.AlterField(
            model_name='listing',
            name='industry',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.PROTECT, related_name='+', to='reference.industry', verbose_name='行业'),
        ),
        migrations.AlterField(
            model_name='listing',
            name='occupation',
            field=models.ForeignKey(blank=True, db_index=False, null=True, on_delete=models.PROTECT, related_name='+', to='reference.occupation', verbose_name='职业'),
        ),
        migrations.AlterField(
            model_name='listing',
            name='organisation',
            field=models.ForeignKey(db_index=False, on_delete=models.PROTECT, related_name='listings', to='organisations.organisation', verbose_name='发布单位'),
        ),
        migrations.AddIndex(
            model_name='listing',
            index=models.Index(fields=['division'], name='listing_of_division', opclasses=['varchar_pattern_ops']),
        ),
    ]
