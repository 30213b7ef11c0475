"""What the groups of the demonstration city are, do and want; everything is invented."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal

from silian.operations.alliances.choices.contributions import Function
from silian.operations.alliances.choices.groups import GroupKind, GroupLevel

MARK = "（演示）"


@dataclass(frozen=True, kw_only=True)
class DemoGroup:
    """One invented group: who leads, how old it is, whom it gathers."""

    name: str
    kind: GroupKind
    level: GroupLevel
    lead: str
    chain: str
    days: int  # since it began; 0 while it prepares
    enterprises: int
    schools: tuple[str, ...]
    others: tuple[str, ...] = ()
    park: str = ""
    purpose: str = ""
    entity: str = ""
    marks: tuple[tuple[str, str, int], ...] = ()  # kind, level, days ago
    targets: tuple[tuple[str, str, str, int, str], ...] = ()
    # title, unit, value, days until due (negative: past), share reached


GROUPS = (
    DemoGroup(
        name="青澜职业教育集团",
        kind=GroupKind.EDUCATION_GROUP,
        level=GroupLevel.CITY,
        lead="青澜工业职业学院",
        chain="",
        days=900,
        enterprises=14,
        schools=(
            "青澜职业技术学院", "青澜高级技工学校", "青澜交通物流学校", "青澜市职业教育中心",
            "汀县职业高级中学", "云岭县中等职业学校", "青河县职业技术学校",
        ),
        others=("青澜市装备制造行业协会", "青澜市物流与采购行业协会", "青澜质量检测研究院"),
        purpose="统筹全市职业院校资源，集团内学分互认、教师互聘、设备共用，面向县域开展订单培养。",
        entity="青澜职业教育集团",
        marks=(("demonstration", "city", 420),),
        targets=(
            ("集团内订单培养人数", "人", "400", 39, "0.82"),
            ("共同开发课程", "门", "24", -22, "0.75"),
            ("教师到企业实践", "人日", "1800", -120, "1.06"),
        ),
    ),
    DemoGroup(
        name="澜江装备制造产教联盟",
        kind=GroupKind.ALLIANCE,
        level=GroupLevel.PROVINCE,
        lead="启衡精密制造有限公司",
        chain="高端装备",
        days=760,
        enterprises=18,
        schools=("青澜职业技术学院", "青澜工业职业学院", "青澜应用技术大学", "青澜高级技工学校"),
        others=("青澜装备技术研究院", "青澜市装备制造行业协会"),
        purpose="围绕数控、机器人和智能产线，联合培养现场工程师，共建实训基地，按季发布岗位需求。",
        entity="澜江装备制造产教联盟",
        marks=(("demonstration", "province", 300), ("key", "province", 300)),
        targets=(
            ("联合培养现场工程师", "人", "160", 70, "0.71"),
            ("共建实训基地", "个", "6", 39, "0.83"),
            ("发布岗位需求预测", "份", "8", -45, "1.00"),
        ),
    ),
    DemoGroup(
        name="青澜新能源产教融合联盟",
        kind=GroupKind.ALLIANCE,
        level=GroupLevel.CITY,
        lead="青澜市新能源产业协会",
        chain="新能源",
        days=520,
        enterprises=11,
        schools=("青澜职业技术学院", "青澜工业职业学院", "澜西信息技术学校"),
        others=("青澜新能源产业研究院",),
        purpose="服务电池、光伏和新能源汽车维护岗位，统一岗位能力标准，互派教师和技师。",
        targets=(
            ("互派教师和技师", "人次", "60", -10, "0.55"),
            ("提供实习岗位", "个", "120", 100, "0.48"),
        ),
    ),
    DemoGroup(
        name="澜江数控装备行业产教融合共同体",
        kind=GroupKind.INDUSTRY_COMMUNITY,
        level=GroupLevel.PROVINCE,
        lead="",
        chain="高端装备",
        days=400,
        enterprises=9,
        schools=("青澜应用技术大学", "青澜职业技术学院", "经开区技师学院"),
        others=("青澜装备技术研究院",),
        purpose="上下游企业与院校跨区域联合，共同制定数控岗位标准，共用研发和培训平台。",
        targets=(("共同制定岗位标准", "项", "5", 200, "0.40"),),
    ),
    DemoGroup(
        name="青澜高新区产教联合体",
        kind=GroupKind.CITY_CONSORTIUM,
        level=GroupLevel.PROVINCE,
        lead="青澜职业技术学院",
        chain="高端装备",
        days=1060,
        enterprises=16,
        schools=("青澜高级技工学校", "青澜应用技术大学", "青澜工业职业学院"),
        others=("青澜质量检测研究院",),
        park="青澜高新技术产业开发区",
        purpose="以高新区主导产业为基础，政府、园区、企业、院校共同办学、育人、就业和发展。",
        marks=(("demonstration", "province", 200),),
        targets=(
            ("园区企业提供实习岗位", "个", "600", 39, "0.88"),
            ("联合技术攻关", "项", "12", 39, "0.67"),
            ("职工培训", "人日", "5000", -60, "1.10"),
        ),
    ),
    DemoGroup(
        name="经开区产教联合体",
        kind=GroupKind.CITY_CONSORTIUM,
        level=GroupLevel.CITY,
        lead="青澜应用技术大学",
        chain="绿色食品",
        days=1060,
        enterprises=7,
        schools=("青澜职业技术学院", "经开区技师学院", "青澜市职业教育中心"),
        park="青澜经济技术开发区",
        purpose="服务经开区食品加工和物流企业的用工和技术需求。",
        targets=(("共建实训基地", "个", "3", -200, "0.33"),),
    ),
    DemoGroup(
        name="青澜养老服务产教联盟",
        kind=GroupKind.ALLIANCE,
        level=GroupLevel.CITY,
        lead="青澜市健康养老服务业协会",
        chain="",
        days=0,
        enterprises=4,
        schools=("青澜卫生健康职业学院",),
        purpose="面向养老机构联合培养护理和康复人才。",
    ),
)  # fmt: skip

WEIGHTS = {
    Function.EXCHANGE: ("0.5", "15"),
    Function.STAFF_TRAINING: ("0.02", "15"),
    Function.ORDERS: ("0.1", "20"),
    Function.BASES: ("3", "15"),
    Function.COURSES: ("1", "10"),
    Function.FORECASTS: ("1.5", "6"),
    Function.MATCHING: ("1", "8"),
    Function.FUNDS: ("0.05", "10"),
    Function.EQUIPMENT: ("0.3", "6"),
    Function.PLACES: ("0.1", "15"),
}
ACTS = (
    # function, title, least and most quantity, who: e enterprise, s school, a anybody
    (Function.EXCHANGE, "选派技师到校任教", 1, 6, "e"),
    (Function.EXCHANGE, "选派教师到企业挂职", 1, 5, "s"),
    (Function.STAFF_TRAINING, "企业职工技能提升培训", 20, 160, "s"),
    (Function.STAFF_TRAINING, "教师企业实践", 15, 80, "e"),
    (Function.ORDERS, "订单班招收学生", 12, 40, "e"),
    (Function.BASES, "共建校外实训基地", 1, 1, "e"),
    (Function.COURSES, "共同开发项目课程", 1, 3, "s"),
    (Function.FORECASTS, "编写岗位需求预测", 1, 1, "a"),
    (Function.MATCHING, "组织校企供需对接", 1, 2, "a"),
    (Function.FUNDS, "投入实训设备更新资金", 5, 60, "e"),
    (Function.EQUIPMENT, "捐赠教学用设备", 1, 8, "e"),
    (Function.PLACES, "提供实习就业岗位", 6, 45, "e"),
)
EVIDENCE = ("活动签到表和照片", "合作协议附件", "培训台账", "验收单", "学生名册", "银行回单")
REFUSALS = ("数量与签到表不一致，请核对后重新登记", "同一活动已由另一成员登记")
GRADES = ("excellent", "good", "good", "fair")
OPINIONS_OF_YEAR = {
    "excellent": "成员参与面广，联合目标按期达成，贡献台账完整，建议推广校企互聘做法。",
    "good": "各项任务基本按期完成，实习岗位供给稳定；下一年度应提高中小企业参与。",
    "fair": "联合目标有逾期，部分成员没有贡献记录；下一年度应明确每个成员的任务。",
}
PLAN_TEXT = "年度工作计划：新增实习岗位、联合攻关、职工培训和课程开发的数量，责任成员和完成时限。"
SELF_TEXT = "年度自评：对照计划逐项说明完成数量、未完成原因和下一年度安排。"
LISTS = {
    "products": (
        ("五轴联动加工中心", "主轴和刀库国产化", "320", "台", "启衡精密制造有限公司"),
        ("精密减速器", "用于协作机器人关节", "12000", "套", ""),
        ("智能仓储输送线", "含调度软件", "45", "条", ""),
        ("动力电池检测台", "模组级检测", "60", "台", ""),
    ),
    "technology": (
        ("薄壁件加工变形控制", "铝合金壳体，壁厚 1.2 毫米", "", "", "启衡精密制造有限公司"),
        ("产线数据采集与看板", "老旧机床改造", "", "", ""),
        ("焊缝在线检测", "识别率不低于现有人工复检", "", "", ""),
    ),
    "talent": (
        ("多轴数控操作", "会编程和在线检测，高级工以上", "86", "人", "启衡精密制造有限公司"),
        ("工业机器人运维", "能独立排故", "54", "人", ""),
        ("质量检验", "三坐标测量", "38", "人", ""),
        ("仓储调度", "会用仓储管理系统", "27", "人", ""),
        ("电气装配", "持低压电工证", "61", "人", ""),
    ),
    "teaching": (
        ("数控技术专业", "共建，工学交替 3 学期", "4", "校", ""),
        ("多轴加工项目课程", "活页式教材", "1", "门", ""),
        ("产线运维实训教材", "校企双主编", "1", "本", ""),
    ),
    "resources": (
        ("企业兼职教师", "技师以上", "46", "人", ""),
        ("园区实训工位", "按周预约", "210", "个", ""),
    ),
}


def quantity(text: str) -> Decimal | None:
    return Decimal(text) if text else None
