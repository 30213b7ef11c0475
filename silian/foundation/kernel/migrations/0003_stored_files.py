from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('kernel', '0002_audit_chain'),
    ]

    operations = [
        migrations.CreateModel(
            name='StoredFile',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('object_type', models.CharField(max_length=60, verbose_name='对象类型')),
                ('object_id', models.CharField(max_length=40, verbose_name='对象编号')),
                ('name', models.CharField(max_length=120, verbose_name='文件名')),
                ('content_type', models.CharField(max_length=100, verbose_name='类型')),
                ('size', models.BigIntegerField(verbose_name='大小（字节）')),
                ('sha256', models.CharField(db_index=True, max_length=64, verbose_name='校验值')),
                ('uploaded_by_id', models.BigIntegerField(null=True, verbose_name='上传人编号')),
                ('uploaded_by_name', models.CharField(max_length=60, verbose_name='上传人')),
                ('organisation_id', models.BigIntegerField(null=True, verbose_name='上传单位编号')),
                ('uploaded_at', models.DateTimeField(auto_now_add=True, verbose_name='上传时间')),
            ],
            options={
                'verbose_name': '文件',
                'indexes': [models.Index(fields=['object_type', 'object_id'], name='file_by_object')],
                'constraints': [models.CheckConstraint(condition=models.Q(('size__gt', 0)), name='file_not_empty'), models.CheckConstraint(condition=models.Q(('sha256__regex', '^[0-9a-f]{64}$')), name='file_sha256_whole')],
            },
        ),
    ]
