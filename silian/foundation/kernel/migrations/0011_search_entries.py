import django.contrib.postgres.fields
import django.contrib.postgres.indexes
import django.contrib.postgres.search
from django.db import migrations, models

# Vectors live beside the table (each is made longer than 2 kB for that), so that a page of the
# table holds some forty records. The functions pin the plan: the planner takes a match of a vector
# for nearly free and would read the whole table instead of the index.
BESIDE = """
ALTER TABLE kernel_searchentry ALTER vector SET STORAGE EXTERNAL, ALTER record SET STORAGE PLAIN;
ALTER TABLE kernel_searchentry SET (toast_tuple_target = 128);
CREATE FUNCTION kernel_search_scan(question tsquery, most integer)
RETURNS bytea LANGUAGE plpgsql STABLE SET enable_seqscan = off SET jit = off AS $$
BEGIN
  RETURN (SELECT string_agg(record, '') FROM
    (SELECT record FROM kernel_searchentry WHERE vector @@ question LIMIT most) AS hit);
END $$;
CREATE FUNCTION kernel_search_newest(question tsquery, most integer)
RETURNS bytea LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_sort = off SET jit = off
AS $$
BEGIN
  RETURN (WITH walked AS MATERIALIZED (SELECT record, vector FROM kernel_searchentry
      ORDER BY published_at DESC, id DESC LIMIT most)
    SELECT string_agg(record, '') FROM walked WHERE question IS NULL OR vector @@ question);
END $$;
CREATE FUNCTION kernel_search_price(question tsquery, most integer)
RETURNS bytea LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_sort = off SET jit = off
AS $$
BEGIN
  RETURN (WITH walked AS MATERIALIZED (SELECT record, vector FROM kernel_searchentry
      WHERE pay IS NOT NULL ORDER BY pay DESC, id DESC LIMIT most)
    SELECT string_agg(record, '') FROM walked WHERE question IS NULL OR vector @@ question);
END $$;
CREATE FUNCTION kernel_search_starts(question tsquery, most integer)
RETURNS bytea LANGUAGE plpgsql STABLE SET enable_seqscan = off SET enable_sort = off SET jit = off
AS $$
BEGIN
  RETURN (WITH walked AS MATERIALIZED (SELECT record, vector FROM kernel_searchentry
      WHERE starts_on IS NOT NULL ORDER BY starts_on, id DESC LIMIT most)
    SELECT string_agg(record, '') FROM walked WHERE question IS NULL OR vector @@ question);
END $$;
"""
GONE = """
DROP FUNCTION kernel_search_scan;
DROP FUNCTION kernel_search_newest;
DROP FUNCTION kernel_search_price;
DROP FUNCTION kernel_search_starts;
"""


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0010_search_terms'),
    ]

    operations = [
        migrations.CreateModel(
            name='SearchBuild',
            fields=[
                ('subject', models.CharField(max_length=16, primary_key=True, serialize=False, verbose_name='对象')),
                ('last_id', models.BigIntegerField(default=0, verbose_name='已到编号')),
                ('done', models.BigIntegerField(default=0, verbose_name='已办')),
                ('started_at', models.DateTimeField(verbose_name='开始时间')),
                ('ended_at', models.DateTimeField(null=True, verbose_name='完成时间')),
            ],
            options={
                'verbose_name': '检索重建',
            },
        ),
        migrations.CreateModel(
            name='SearchChange',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=16, verbose_name='对象')),
                ('object_id', models.BigIntegerField(verbose_name='编号')),
                ('changed_at', models.DateTimeField(auto_now_add=True, verbose_name='时间')),
            ],
            options={
                'verbose_name': '待送检索',
            },
        ),
        migrations.CreateModel(
            name='SearchEntry',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('subject', models.CharField(max_length=16, verbose_name='对象')),
                ('object_id', models.BigIntegerField(verbose_name='编号')),
                ('vector', django.contrib.postgres.search.SearchVectorField(verbose_name='词与筛选项')),
                ('record', models.BinaryField(verbose_name='要素')),
                ('published_at', models.DateTimeField(verbose_name='发布时间')),
                ('pay', models.DecimalField(decimal_places=2, max_digits=14, null=True, verbose_name='价格上限')),
                ('starts_on', models.DateField(null=True, verbose_name='开始日')),
            ],
            options={
                'verbose_name': '检索条目',
                'indexes': [django.contrib.postgres.indexes.GinIndex(fields=['vector'], name='kernel_search_words'), models.Index(fields=['-published_at', '-id'], name='kernel_search_newest'), models.Index(models.OrderBy(models.F('pay'), descending=True), models.OrderBy(models.F('id'), descending=True), condition=models.Q(('pay__isnull', False)), name='kernel_search_price'), models.Index(condition=models.Q(('starts_on__isnull', False)), fields=['starts_on', '-id'], name='kernel_search_starts')],
                'constraints': [models.UniqueConstraint(fields=('subject', 'object_id'), name='search_entry_once')],
            },
        ),
        migrations.CreateModel(
            name='SearchValue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('name', models.CharField(max_length=16, verbose_name='筛选项')),
                ('values', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=80), size=None, verbose_name='值')),
                ('code', models.PositiveIntegerField(verbose_name='代号')),
            ],
            options={
                'verbose_name': '筛选值',
                'constraints': [models.UniqueConstraint(fields=('name', 'values'), name='search_value_once'), models.UniqueConstraint(fields=('name', 'code'), name='search_value_code_once')],
            },
        ),
        migrations.RunSQL(BESIDE, GONE),
    ]
