"""What acts on bodies, meetings and decisions are called in the audit trail."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

register_action_labels(
    {
        "alliances.body.created": "设立协调机构",
        "alliances.body.changed": "修改协调机构",
        "alliances.body.ended": "撤销协调机构",
        "alliances.post.added": "增设成员席位",
        "alliances.post.ended": "撤销成员席位",
        "alliances.post.seated": "更换任职人员",
        "alliances.body.roster_imported": "导入成员名单",
        "alliances.meeting.planned": "筹备会议",
        "alliances.meeting.changed": "修改会议",
        "alliances.meeting.convened": "发出会议通知",
        "alliances.meeting.held": "登记会议召开",
        "alliances.meeting.signed": "签发会议纪要",
        "alliances.meeting.cancelled": "取消会议",
        "alliances.agenda.changed": "调整会议议题",
        "alliances.attendance.replied": "回复参会",
        "alliances.decision.drafted": "拟定会议决定",
        "alliances.decision.dropped": "删除拟定的决定",
        "alliances.decision.made": "签发会议决定",
        "alliances.decision.revoked": "撤销会议决定",
        "alliances.escalation.raised": "提请协调",
        "alliances.escalation.scheduled": "列入会议议题",
        "alliances.escalation.resolved": "答复协调事项",
        "alliances.escalation.returned": "退回协调事项",
    }
)
