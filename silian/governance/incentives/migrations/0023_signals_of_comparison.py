from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("incentives", "0022_picture_marks"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="claimrisk",
            name="claim_risk_kind_known",
        ),
        migrations.AddField(
            model_name="claimrisk",
            name="papers",
            field=models.JSONField(blank=True, default=list, verbose_name="涉及材料"),
        ),
        migrations.AlterField(
            model_name="claimrisk",
            name="kind",
            field=models.CharField(
                choices=[
                    ("two_employers", "同一时段在两家单位"),
                    ("same_account", "多人共用收款账号"),
                    ("same_phone", "多人共用手机号"),
                    ("all_passed", "整批全部合格"),
                    ("same_certificate", "证书编号重复"),
                    ("public_payroll", "在机关或学校任职"),
                    ("full_time_student", "全日制在校学生"),
                    ("left_early", "劳动合同早于培训期结束"),
                    ("other_level", "证书等级与培养目标不一致"),
                    ("busy_mentor", "同一导师同期带教过多"),
                    ("other_payment", "与其他补贴重复"),
                    ("not_insured", "培训期内无社保记录"),
                    ("insured_elsewhere", "社保由其他单位缴纳"),
                    ("paid_elsewhere", "工资由其他单位申报"),
                    ("dead", "培训或实习期间已死亡"),
                    ("imprisoned", "培训或实习期间在服刑"),
                    ("public_funded", "财政供养人员"),
                    ("same_picture", "同一照片或扫描件重复使用"),
                ],
                max_length=20,
                verbose_name="提示",
            ),
        ),
        migrations.AddConstraint(
            model_name="claimrisk",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "kind__in",
                        [
                            "two_employers",
                            "same_account",
                            "same_phone",
                            "all_passed",
                            "same_certificate",
                            "public_payroll",
                            "full_time_student",
                            "left_early",
                            "other_level",
                            "busy_mentor",
                            "other_payment",
                            "not_insured",
                            "insured_elsewhere",
                            "paid_elsewhere",
                            "dead",
                            "imprisoned",
                            "public_funded",
                            "same_picture",
                        ],
                    )
                ),
                name="claim_risk_kind_known",
            ),
        ),
    ]
