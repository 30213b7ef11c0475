"""What the demonstration city's posts are: by industry chain, what is done, learnt and paid."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, kw_only=True)
class Trade:
    """One kind of post of a chain (岗位样式)."""

    title: str
    occupation: str
    tasks: tuple[str, ...]
    wage: int
    starts: int = 8
    intensity: int = 2


@dataclass(frozen=True, kw_only=True)
class ChainPosts:
    """Which major classes a chain's posts suit, how many hosts of it the lead school has."""

    major_classes: tuple[str, ...]
    hosts: int
    posts: int
    trades: tuple[Trade, ...]


CHAIN_POSTS: dict[str, ChainPosts] = {
    "高端装备": ChainPosts(
        major_classes=("46", "66"),
        hosts=10,
        posts=3,
        trades=(
            Trade(title="数控操作", occupation="6-18-01-01", wage=5200,
                  tasks=("数控车床编程与加工", "零件首件检验", "刀具选用与更换")),
            Trade(title="机电设备装调", occupation="6-20-01-02", wage=5000,
                  tasks=("部件装配与调整", "电气接线与检测", "设备试运行记录")),
            Trade(title="质量检测", occupation="6-31-03-05", wage=4600, intensity=1,
                  tasks=("三坐标测量", "检验报告编制", "不合格品处置")),
            Trade(title="工装模具维护", occupation="6-18-04-01", wage=4900,
                  tasks=("模具拆装与保养", "磨损件更换", "维护台账登记")),
        ),
    ),
    "新能源电池": ChainPosts(
        major_classes=("46", "50", "70"),
        hosts=5,
        posts=2,
        trades=(
            Trade(title="电池模组装配", occupation="6-24-04-04", wage=4800,
                  tasks=("模组堆叠与焊后检查", "绝缘测试", "工艺参数记录")),
            Trade(title="新能源整车检修", occupation="4-12-01-01", wage=5000,
                  tasks=("高压断电规范操作", "故障诊断", "检修工单填写")),
        ),
    ),
    "电子信息": ChainPosts(
        major_classes=("51", "71"),
        hosts=5,
        posts=2,
        trades=(
            Trade(title="软件测试", occupation="4-04-05-02", wage=5200, starts=9, intensity=1,
                  tasks=("测试用例设计", "缺陷复现与提交", "回归测试")),
            Trade(title="系统运维", occupation="4-04-02-01", wage=5000, starts=9, intensity=1,
                  tasks=("服务器巡检", "备份与恢复演练", "运维工单处理")),
        ),
    ),
    "康养服务": ChainPosts(
        major_classes=("52", "72", "79"),
        hosts=5,
        posts=2,
        trades=(
            Trade(title="老年护理", occupation="4-10-01-05", wage=4400,
                  tasks=("生命体征测量", "康复训练陪护", "护理记录书写")),
            Trade(title="健康管理", occupation="4-14-02-02", wage=4300, intensity=1,
                  tasks=("健康档案建立", "慢病随访", "健康宣教")),
        ),
    ),
    "现代物流": ChainPosts(
        major_classes=("53", "73", "50", "70"),
        hosts=2,
        posts=2,
        trades=(
            Trade(title="仓储管理", occupation="4-02-06-01", wage=4300,
                  tasks=("入库验收", "库位盘点", "出库复核")),
            Trade(title="运输调度", occupation="4-02-06-03", wage=4400, intensity=1,
                  tasks=("线路排班", "在途跟踪", "运单归档")),
        ),
    ),
    "绿色食品": ChainPosts(
        major_classes=("49", "61", "69"),
        hosts=1,
        posts=2,
        trades=(
            Trade(title="食品检验", occupation="6-31-03-05", wage=4200, intensity=1,
                  tasks=("样品前处理", "理化指标检测", "检验记录")),
            Trade(title="生产班组助理", occupation="6-02-05-00", wage=4100,
                  tasks=("投料核对", "关键点监控记录", "清洁消毒检查")),
        ),
    ),
}  # fmt: skip
PLAN_WORDS = {
    "46": "装备制造", "51": "电子信息", "52": "医药卫生", "66": "装备制造", "70": "交通运输",
    "71": "电子信息", "72": "医药卫生", "73": "财经商贸", "53": "财经商贸", "49": "食品药品",
    "50": "交通运输", "79": "公共服务", "61": "农林牧渔", "69": "食品药品",
}  # fmt: skip
PLAN_TASKS = {
    "46": ("图样识读与工艺准备", "设备操作与加工", "质量检测与记录", "设备点检与保养"),
    "51": ("需求理解与用例设计", "编码或配置", "测试与缺陷处理", "运行维护与文档"),
    "52": ("患者评估与沟通", "基础护理操作", "用药与安全核对", "护理文书书写"),
}
PLAN_TASKS_OTHERWISE = ("岗位认知与安全", "典型工作任务操作", "质量与记录", "综合任务")
INSPECTION_WORDS = {
    "qualification": "营业执照在有效期内，经营范围与实习岗位一致。",
    "integrity": "查询公开信用记录，没有严重失信和欠薪记录。",
    "management": "有人力资源部门和带教制度，安全管理机构健全。",
    "work_content": "岗位任务与专业对应，有轮岗安排，没有单一重复劳动。",
    "working_hours": "白班，每日 8 小时，双休，不安排加班和夜班。",
    "work_environment": "车间照明、通风良好，通道畅通，噪声检测在限值以内。",
    "living_environment": "员工食堂可就餐，宿舍 4 人间，有消防和管理人员。",
    "safety_and_health": "配发劳动防护用品，有岗前安全培训和应急演练记录。",
}
