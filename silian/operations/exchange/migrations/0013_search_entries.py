from django.contrib.postgres.indexes import GinIndex
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

LEAVE_WITH_THE_HALL = """
CREATE FUNCTION exchange_leave_search() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  DELETE FROM exchange_searchentry WHERE listing_id = NEW.id;
  RETURN NULL;
END $$;
CREATE TRIGGER listing_leave_search AFTER UPDATE OF state ON exchange_listing FOR EACH ROW
  WHEN (OLD.state = 'published' AND NEW.state <> 'published')
  EXECUTE FUNCTION exchange_leave_search();
"""
STAY = """
DROP TRIGGER listing_leave_search ON exchange_listing;
DROP FUNCTION exchange_leave_search();
"""


class Migration(migrations.Migration):

    dependencies = [
        ('exchange', '0012_subscription_question'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('listing', models.OneToOneField(on_delete=models.CASCADE, primary_key=True, related_name='search_entry', serialize=False, to='exchange.listing')),
                ('vector', SearchVectorField(verbose_name='词与筛选项')),
                ('kind', models.CharField(max_length=24, verbose_name='类别')),
                ('side', models.CharField(max_length=6, verbose_name='方向')),
                ('division_code', models.CharField(max_length=6, verbose_name='区划代码')),
                ('industry_chain', models.CharField(max_length=40, verbose_name='重点产业链')),
                ('price_max', models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='价格上限')),
                ('starts_on', models.DateField(null=True, verbose_name='开始日')),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
            ],
            options={
                'verbose_name': '检索条目',
            },
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=GinIndex(fields=['vector'], name='search_entry_words'),
        ),
        migrations.AddIndex(
            model_name='searchentry',
            index=models.Index(fields=['-published_at', '-listing'], name='search_entry_newest'),
        ),
        migrations.RunSQL(LEAVE_WITH_THE_HALL, STAY),
    ]
