"""What every number of a procedure and a consequence is called (程序与结果的名称)."""

from __future__ import annotations

from dataclasses import dataclass

WORKING_DAYS = "工作日"


@dataclass(frozen=True, kw_only=True)
class Named:
    """One setting by its name and unit (设置项)."""

    name: str
    label: str
    unit: str = ""


def named(name: str, label: str, unit: str = "") -> Named:
    return Named(name=name, label=label, unit=unit)


PROCEDURE_GROUPS: tuple[tuple[str, tuple[Named, ...]], ...] = (
    (
        "形式审查",
        (
            named("intake_days", "形式审查期限", WORKING_DAYS),
            named("fix_days", "补正期限", WORKING_DAYS),
        ),
    ),
    (
        "专家评审",
        (
            named("experts", "每份材料的专家人数", "人"),
            named("expert_days", "专家评审期限", WORKING_DAYS),
            named("expert_load", "每位专家最多评", "份"),
            named("expert_fields", "专家专业领域"),
            named("conflict_years", "有合作关系须回避", "年"),
            named("comment_below", "低于满分几成须写理由"),
            named("comment_above", "高于满分几成须写理由"),
            named("divergence", "分差上限", "分"),
            named("moderation_days", "分差复核期限", WORKING_DAYS),
        ),
    ),
    ("评分与排序", (named("pass_points", "合格分", "分"), named("ties", "同分时依次比较"))),
    (
        "实地核查",
        (
            named("visit", "实地核查安排"),
            named("visit_days", "实地核查期限", WORKING_DAYS),
            named("visit_share", "抽查比例"),
            named("visit_near", "合格线上下必查", "分"),
        ),
    ),
    (
        "审定和公示",
        (
            named("quorum", "审定会议到会比例"),
            named("majority", "通过比例（占到会人数）"),
            named("silence_abstains", "到会未投票的视为弃权"),
            named("notice_days", "公示期"),
            named("notice_in_working_days", "公示期按工作日计算"),
        ),
    ),
    (
        "异议和申诉",
        (
            named("objection_days", "异议核查期限", WORKING_DAYS),
            named("appeal_days", "申诉期限", "天"),
            named("appeal_answer_days", "申诉答复期限", WORKING_DAYS),
        ),
    ),
)
CONSEQUENCE: tuple[Named, ...] = (
    named("first_state", "认定后先进入"),
    named("least_incubation_days", "建设培育最短", "天"),
    named("certificate_prefix", "证书编号前缀"),
    named("validity_months", "有效期", "个月"),
    named("grace_days", "义务逾期多少天算未完成", "天"),
    named("misses_to_removal", "连续几次未完成义务即取消", "次"),
    named("reply_days", "取消前陈述申辩期限", WORKING_DAYS),
    named("ban_years", "取消后不得申报", "年"),
    named("removed_shown_months", "公开目录显示已取消", "个月"),
)
# Steps whose legal basis a scheme may name; decisions quote it.
BASIS_STEPS: dict[str, str] = {
    "intake": "形式审查",
    "opinions": "部门意见",
    "experts": "专家评审",
    "visit": "实地核查",
    "decision": "集体审定",
    "notice": "公示",
    "objection": "异议和申诉",
}
LABELS: dict[str, str] = {
    **{row.name: row.label for _, rows in PROCEDURE_GROUPS for row in rows},
    **{row.name: row.label for row in CONSEQUENCE},
}
