"""What the exchange's entries in the audit trail are called (审计用语)."""

from __future__ import annotations

from silian.foundation.kernel.audit_labels import register_action_labels

LISTINGS = {
    "exchange.listing.created": "新建供需",
    "exchange.listing.edited": "修改供需",
    "exchange.listing.copied": "复制供需",
    "exchange.listing.submitted": "提交供需",
    "exchange.listing.recalled": "撤回送审的供需",
    "exchange.listing.approved": "通过供需审核",
    "exchange.listing.returned": "退回供需",
    "exchange.listing.published": "发布供需",
    "exchange.listing.confirmed": "确认供需仍有效",
    "exchange.listing.extended": "延长供需有效期",
    "exchange.listing.paused": "暂停供需",
    "exchange.listing.resumed": "恢复供需",
    "exchange.listing.revived": "重新启用供需",
    "exchange.listing.withdrawn": "撤下供需",
    "exchange.listing.expired": "供需到期",
    "exchange.listing.discarded": "删除供需草稿",
    "exchange.listing.capacity_taken": "占用供需名额",
    "exchange.listing.capacity_returned": "退回供需名额",
    "exchange.import.uploaded": "上传供需导入文件",
    "exchange.import.confirmed": "确认供需导入",
    "exchange.import.finished": "完成供需导入",
    "exchange.import.undone": "撤销供需导入",
}
NEGOTIATIONS = {
    "exchange.negotiation.opened": "应答供需",
    "exchange.negotiation.answered": "回应应答",
    "exchange.negotiation.refused": "谢绝洽谈",
    "exchange.negotiation.withdrawn": "撤回洽谈",
    "exchange.negotiation.lapsed": "洽谈逾期关闭",
    "exchange.negotiation.reminded": "提醒回应洽谈",
    "exchange.intent.proposed": "提出合作意向",
    "exchange.intent.accepted": "接受合作意向",
    "exchange.team_seat.offered": "邀请单位组队",
    "exchange.team_seat.joined": "加入联合团队",
    "exchange.team_seat.declined": "谢绝组队",
    "exchange.deal.recorded": "登记协议",
    "exchange.deal.completed": "登记协议完成",
    "exchange.deal.broken_off": "登记协议中止",
    "exchange.deal.rated": "评价合作",
    "exchange.unmet_demand.proposed": "登记未满足需求",
    "exchange.unmet_demand.verified": "核实未满足需求",
    "exchange.unmet_demand.refused": "退回未满足需求",
    "exchange.unmet_demand.taken_up": "认领未满足需求",
    "exchange.unmet_demand.met": "未满足需求已解决",
    "exchange.unmet_demand.withdrawn": "撤回未满足需求",
    "exchange.demand_suggestion.taken_up": "将检索建议登记为需求",
    "exchange.demand_suggestion.dismissed": "不采用检索建议",
}
EVENTS = {
    "exchange.match_event.created": "新建对接活动",
    "exchange.match_event.changed": "修改对接活动",
    "exchange.match_event.announced": "发布对接活动",
    "exchange.match_event.cancelled": "取消对接活动",
    "exchange.match_event.signed_up": "报名对接活动",
    "exchange.match_event.withdrawn": "撤回活动报名",
    "exchange.match_event.signup_closed": "截止活动报名",
    "exchange.match_event.tables_built": "排定洽谈场次",
    "exchange.match_event.tables_cleared": "清空洽谈场次",
    "exchange.match_event.meeting_placed": "安排一场洽谈",
    "exchange.match_event.meeting_moved": "调整一场洽谈",
    "exchange.match_event.meeting_removed": "取消一场洽谈",
    "exchange.match_event.meeting_noted": "登记洽谈纪要",
    "exchange.match_event.meeting_negotiated": "活动意向转为洽谈",
    "exchange.match_event.plan_shown": "公布洽谈场次",
    "exchange.match_event.checked_in": "活动签到",
    "exchange.match_event.check_in_undone": "撤销活动签到",
    "exchange.match_event.held": "登记活动举办",
    "exchange.match_event.followed_up": "办结活动跟进",
}
DATA = {
    "exchange.data_set.registered": "登记数据集",
    "exchange.data_set.refreshed": "更新数据集",
    "exchange.data_set.withdrawn": "撤下数据集",
    "exchange.data_set.requested": "申请使用数据集",
    "exchange.data_set.request_decided": "答复数据集申请",
    "exchange.data_set.download": "下载数据集",
    "exchange.data_set.join": "关联比对数据集",
}
SUBSCRIPTIONS = {
    "exchange.subscription.made": "订阅供需",
    "exchange.subscription.changed": "修改订阅",
    "exchange.subscription.stopped": "停止订阅",
    "exchange.webhook.registered": "登记推送地址",
    "exchange.webhook.disabled": "停用推送地址",
    "exchange.webhook.given_up": "推送多次失败，停止推送",
}
RECOMMENDATIONS = {
    "exchange.recommendation.refreshed": "更新推荐",
    "exchange.recommendation.judged": "评价推荐",
    "exchange.recommendation.hidden": "设置不看此类推荐",
    "exchange.recommendation.unhidden": "撤销不看此类推荐",
    "exchange.recommendation.paused": "关闭推荐",
    "exchange.recommendation.resumed": "重新开启推荐",
    "exchange.value_added.registered": "登记增值服务",
    "exchange.value_added.closed": "停止增值服务",
}

register_action_labels(
    {**LISTINGS, **NEGOTIATIONS, **EVENTS, **DATA, **SUBSCRIPTIONS, **RECOMMENDATIONS}
)
