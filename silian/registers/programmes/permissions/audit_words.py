"""What the acts of this module are called in the audit trail, and who reads its files."""

from __future__ import annotations

from silian.foundation.kernel.actors import Actor
from silian.foundation.kernel.audit_labels import register_action_labels
from silian.foundation.kernel.files import register_file_readers
from silian.foundation.kernel.models import StoredFile
from silian.registers.programmes.permissions.programmes import participations_visible_to


def may_read_evidence(actor: Actor, file: StoredFile) -> bool:
    """Evidence of participation opens for those who see the record."""
    return participations_visible_to(actor).filter(pk=int(file.object_id)).exists()


register_file_readers("programmes.participation", may_read_evidence)
register_action_labels(
    {
        "programmes.programme.opened": "登记专业点",
        "programmes.programme.changed": "修改专业点",
        "programmes.programme.open": "开办专业点",
        "programmes.programme.pause": "暂停专业招生",
        "programmes.programme.resume": "恢复专业招生",
        "programmes.programme.close": "撤销专业点",
        "programmes.construction.added": "登记专业建设项目",
        "programmes.construction.build": "开始专业建设",
        "programmes.construction.accept": "专业建设验收通过",
        "programmes.construction.end": "终止专业建设",
        "programmes.plan.drafted": "起草人才培养方案",
        "programmes.plan.revised": "修改人才培养方案",
        "programmes.plan.courses_replaced": "导入课程表",
        "programmes.plan.course_saved": "填写课程",
        "programmes.plan.course_removed": "删除课程",
        "programmes.plan.submitted": "提交人才培养方案",
        "programmes.plan.sent_back": "退回人才培养方案",
        "programmes.plan.answered": "企业答复人才培养方案",
        "programmes.plan.approved": "审定人才培养方案",
        "programmes.plan.deleted": "删除方案草稿",
        "programmes.standard.registered": "登记标准",
        "programmes.standard.drafted": "起草标准版本",
        "programmes.standard.submitted": "标准送审",
        "programmes.standard.sent_back": "退回标准",
        "programmes.standard.put_in_force": "发布实施标准",
        "programmes.standard.withdrawn": "废止标准",
        "programmes.joint_work.added": "登记共建成果",
        "programmes.participation.recorded": "登记企业参与",
        "programmes.participation.evidence_added": "补充参与证明",
        "programmes.participation.confirmed": "企业确认参与",
        "programmes.task_module.added": "登记任务模块",
        "programmes.pathway.proposed": "登记贯通培养项目",
        "programmes.pathway.confirmed": "确认贯通培养项目",
        "programmes.pathway.ended": "结束贯通培养项目",
        "programmes.enrolment.saved": "登记招生计划",
        "programmes.cohort.opened": "新建年级",
        "programmes.cohort.graduated": "办理年级毕业",
        "programmes.class.opened": "新建班级",
        "programmes.class.changed": "修改班级",
        "programmes.member.moved": "学生调班",
        "programmes.member.take_leave": "学生休学",
        "programmes.member.return": "学生复学",
        "programmes.member.leave": "学生离校",
        "programmes.roster.uploaded": "上传学生名单",
        "programmes.roster.confirmed": "确认导入学生名单",
        "programmes.roster.imported": "导入学生名单",
        "programmes.roster.dropped": "放弃学生名单",
    }
)
