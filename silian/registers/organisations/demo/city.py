"""What the demonstration city is made of: counties, chains, departments, schools, name stems.

Everything here is invented. 青澜市 lies in the demonstration province of the division table.
"""

from __future__ import annotations

from dataclasses import dataclass

CITY = "990100"
CITY_NAME = "青澜市"
COUNTIES = {
    "990102": "澜东区",
    "990103": "澜西区",
    "990104": "高新区",
    "990105": "经开区",
    "990121": "汀县",
    "990122": "云岭县",
    "990123": "青河县",
}
COUNTY_WEIGHTS = (14, 12, 24, 22, 10, 9, 9)


@dataclass(frozen=True, kw_only=True)
class Chain:
    """A key industry chain: its weight in the city, its industries and words for names."""

    name: str
    weight: int
    industries: tuple[str, ...]
    trades: tuple[str, ...]


CHAINS = (
    Chain(
        name="高端装备",
        weight=24,
        industries=("3421", "3429", "3484", "3491"),
        trades=("精密制造", "数控装备", "液压科技", "模具", "自动化设备", "传动机械"),
    ),
    Chain(
        name="新能源电池",
        weight=16,
        industries=("3841", "3849", "3825"),
        trades=("新能源", "储能科技", "电池材料", "电控技术", "动力系统"),
    ),
    Chain(
        name="电子信息",
        weight=14,
        industries=("3913", "3982", "6513"),
        trades=("电子", "信息技术", "智能科技", "软件", "光电"),
    ),
    Chain(
        name="康养服务",
        weight=10,
        industries=("8514", "8425", "8053"),
        trades=("康养服务", "护理服务", "健康管理", "养老服务"),
    ),
    Chain(
        name="现代物流",
        weight=12,
        industries=("5431", "5920", "5810"),
        trades=("物流", "供应链", "仓储配送", "冷链运输"),
    ),
    Chain(
        name="绿色食品",
        weight=12,
        industries=("1351", "1431", "1492"),
        trades=("食品", "农业科技", "生态农产品", "酿造"),
    ),
    Chain(
        name="文旅服务",
        weight=7,
        industries=("6110", "7291", "7869"),
        trades=("文化旅游", "酒店管理", "旅行服务", "景区运营"),
    ),
    Chain(
        name="绿色建材",
        weight=5,
        industries=("3021", "3024", "4710"),
        trades=("建材", "装配式建筑", "新型材料", "建筑工程"),
    ),
)

STEM_HEADS = "启澜云恒泰瑞宏华鼎安盛远鑫博汇凯源诺科信嘉德润力合同方正天晟卓越骏景"
STEM_TAILS = "衡动达源通联力川航星辰晖岳峰江海诚顺丰和兴隆图拓领睿迈捷朗明光宇"

DEPARTMENTS = (
    "发展和改革委员会", "教育局", "科学技术局", "工业和信息化局", "人力资源和社会保障局",
    "财政局", "自然资源和规划局", "住房和城乡建设局", "交通运输局", "农业农村局", "商务局",
    "文化和旅游局", "卫生健康委员会", "国有资产监督管理委员会", "市场监督管理局", "统计局",
    "民政局", "退役军人事务局", "应急管理局", "大数据管理局", "地方金融工作局", "税务局",
    "总工会", "工商业联合会", "残疾人联合会", "投资促进局", "乡村振兴局", "行政审批局",
    "机构编制委员会办公室", "医疗保障局", "人民政府办公室",
)  # fmt: skip
COUNTY_DEPARTMENT = "教育体育局"
COUNTY_LABOUR = "人力资源和社会保障局"
OPERATOR = "产教融合平台运营中心"

SCHOOLS = (
    ("青澜职业技术学院", "990104"),
    ("青澜工业职业学院", "990105"),
    ("青澜卫生健康职业学院", "990102"),
    ("青澜高级技工学校", "990104"),
    ("青澜交通物流学校", "990103"),
    ("青澜市职业教育中心", "990102"),
    ("汀县职业高级中学", "990121"),
    ("云岭县中等职业学校", "990122"),
    ("青河县职业技术学校", "990123"),
    ("澜西信息技术学校", "990103"),
    ("青澜应用技术大学", "990104"),
    ("经开区技师学院", "990105"),
)
INSTITUTES = (
    "青澜装备技术研究院",
    "青澜新能源产业研究院",
    "澜江农产品加工研究所",
    "青澜质量检测研究院",
)
ASSOCIATIONS = ("装备制造行业协会", "新能源产业协会", "物流与采购行业协会", "健康养老服务业协会")
ALLIANCES = ("青澜职业教育集团", "澜江装备制造产教联盟")
SERVICES = ("澜桥产教融合服务", "汇才人力资源服务", "知行校企合作咨询", "澜创技术转移服务")
EVALUATORS = ("澜衡教育评价", "正度第三方评估")
FINANCES = ("青澜农村商业银行", "青澜科创融资担保", "澜江财产保险青澜分公司")

FAMILY_NAMES = "王李张刘陈杨赵黄周吴徐孙胡朱高林何郭马罗梁宋郑谢韩唐冯于董萧程曹袁邓许傅沈曾彭吕"
GIVEN_FIRST = "文思雨子明晓佳志雅俊嘉欣博浩梓宇静海建丽国春秋立永振启亦书安"
GIVEN_SECOND = "轩涵怡然杰宁琪瑶辉峰敏婷强洁凯鹏颖昊彤莹磊娜勇霞波兰清远航晨"
