import django.db.models.deletion
from django.conf import settings
from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('accounts', '__first__'),
        ('agreements', '0001_agreements_and_signatures'),
        ('people', '0003_sex'),
    ]

    operations = [
        migrations.CreateModel(
            name='SigningQuestion',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('asked_by_name', models.CharField(max_length=60, verbose_name='提问人')),
                ('text', models.CharField(max_length=500, verbose_name='疑问')),
                ('asked_at', models.DateTimeField(verbose_name='提问时间')),
                ('due_at', models.DateTimeField(verbose_name='应答复时间')),
                ('answer', models.CharField(blank=True, max_length=1000, verbose_name='答复')),
                ('answered_at', models.DateTimeField(blank=True, null=True, verbose_name='答复时间')),
            ],
            options={
                'verbose_name': '签署前的疑问',
                'ordering': ['signature', 'pk'],
                'constraints': [models.CheckConstraint(condition=models.Q(models.Q(('answer', ''), ('answered_at__isnull', True)), models.Q(('answered_at__isnull', False), models.Q(('answer', ''), _negated=True)), _connector='OR'), name='signing_question_answered_in_words')],
            },
        ),
        migrations.AddField(
            model_name='signinglink',
            name='failed_attempts',
            field=models.PositiveSmallIntegerField(default=0, verbose_name='核对失败次数'),
        ),
        migrations.AddField(
            model_name='signinglink',
            name='person',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person'),
        ),
        migrations.AddConstraint(
            model_name='signinglink',
            constraint=models.CheckConstraint(condition=models.Q(('used_at__isnull', True), ('revoked_at__isnull', True), _connector='OR'), name='signing_link_used_or_revoked'),
        ),
        migrations.AddField(
            model_name='signingquestion',
            name='answered_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signingquestion',
            name='asked_by',
            field=models.ForeignKey(blank=True, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL),
        ),
        migrations.AddField(
            model_name='signingquestion',
            name='signature',
            field=models.ForeignKey(on_delete=django.db.models.deletion.CASCADE, related_name='questions', to='agreements.signature'),
        ),
    ]
