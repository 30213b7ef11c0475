"""What the demonstration city's preferential policies say; everything here is invented.

Amounts are read from the demonstration plan where it states them.
"""

from __future__ import annotations

from dataclasses import dataclass

from silian.registers.policies.choices import Audience, BenefitKind

TAX_LAW = "国家税收法律法规，以税务机关公布为准"
ENTERPRISE, SCHOOL, PERSON = Audience.ENTERPRISE, Audience.SCHOOL, Audience.PERSON


@dataclass(frozen=True)
class Content:
    """One benefit: kind, name, whom, what, who handles it, heading of its clause."""

    kind: str
    title: str
    audiences: tuple[str, ...]
    given: str
    authority: str
    heading: str = ""
    basis: str = ""
    scale: bool = False
    chains: tuple[str, ...] = ()
    sizes: tuple[str, ...] = ()
    said: tuple[str, ...] = ()
    papers: tuple[str, ...] = ()
    amount: bool = False  # whether the plan states an amount for it


CONTENTS = (
    Content(
        BenefitKind.FISCAL, "企业新型学徒培训补贴（中级工）", (ENTERPRISE,), "每人每年 {amount} 元",
        "市人力资源和社会保障局", "推行企业新型学徒制", amount=True,
        said=("学徒已取得中级工证书｜等待评价结果后再申请",
              "校企师傅均已登记｜先在平台登记两位师傅"),
        papers=("学徒培训协议", "学习记录", "评价结果"),
    ),
    Content(
        BenefitKind.FISCAL, "产教融合型企业一次性奖励", (ENTERPRISE,), "首次认定奖励 {amount} 万元",
        "市发展和改革委员会", "奖励产教融合型企业", amount=True, scale=True,
        said=("首次列入产教融合型企业名单｜先申报认定",), papers=("奖励申请表", "认定文件"),
    ),
    Content(
        BenefitKind.FISCAL, "公共实训基地建设支持", (SCHOOL, ENTERPRISE),
        "列入年度计划的按项目安排，标准未公布",
        "市发展和改革委员会", "建设公共实训基地",
        said=("项目已列入年度建设计划｜先申报入库",), papers=("项目建议书", "共建协议"),
    ),
    Content(
        BenefitKind.FISCAL, "校外实训基地挂牌支持", (ENTERPRISE,), "统一挂牌，优先列入实习计划",
        "市教育局", "拓展校外实训基地", said=("能按月公布可接收的工位｜先发布工位",),
        papers=("基地申请表", "安全生产承诺"),
    ),
    Content(
        BenefitKind.FISCAL, "订单班联合培养支持", (ENTERPRISE, SCHOOL),
        "纳入订单目录，履约情况公开",
        "市教育局", "扩大订单培养", said=("已签订订单培养协议｜先在平台签约",),
        papers=("订单协议", "学生名册"),
    ),
    Content(
        BenefitKind.FISCAL, "中小企业对接服务代办", (ENTERPRISE,), "免费代办对接、签约和跟踪",
        "市教育局", "培育服务组织", sizes=("small", "micro"), papers=("服务申请",),
    ),
    Content(
        BenefitKind.TAX, "职工教育经费税前扣除", (ENTERPRISE,),
        "按税法规定的比例税前扣除，超过部分以后年度结转",
        "市税务局", "落实财税政策", TAX_LAW, said=("查账征收｜核定征收的先咨询主管税务机关",),
        papers=("职工教育经费明细账", "工资薪金总额说明"),
    ),
    Content(
        BenefitKind.TAX, "实习费用税前扣除", (ENTERPRISE,), "与实习直接相关的合理支出税前扣除",
        "市税务局", "落实财税政策", TAX_LAW, said=("已签订实习三方协议｜先完成三方签约",),
        papers=("三方协议", "报酬发放凭证"),
    ),
    Content(
        BenefitKind.TAX, "教育捐赠税前扣除", (ENTERPRISE,),
        "通过公益性社会组织或县级以上政府捐赠，按税法规定扣除",
        "市税务局", "落实财税政策", TAX_LAW, said=("捐赠对象具有税前扣除资格｜先核对资格名单",),
        papers=("公益事业捐赠票据",),
    ),
    Content(
        BenefitKind.TAX, "办学投资抵免教育费附加", (ENTERPRISE,),
        "列入目录的企业按规定比例抵免当年应缴附加",
        "市税务局", "落实财税政策", TAX_LAW, scale=True,
        said=("已列入产教融合型企业认证目录｜先申报认证",), papers=("投资明细", "认证文件"),
    ),
    Content(
        BenefitKind.TAX, "学历教育服务免征增值税", (SCHOOL,), "学历教育服务收入免征增值税",
        "市税务局", "落实财税政策", TAX_LAW, papers=("办学许可证", "收费备案"),
    ),
    Content(
        BenefitKind.TAX, "技术转让所得减免", (SCHOOL, Audience.INSTITUTE),
        "符合条件的技术转让所得按税法规定减免",
        "市税务局", "落实财税政策", TAX_LAW, said=("技术合同已登记｜先办理技术合同登记",),
        papers=("技术转让合同", "登记证明"),
    ),
    Content(
        BenefitKind.FINANCE, "实训基地中长期贷款", (SCHOOL, ENTERPRISE),
        "纳入银行推荐名单，利率由双方商定",
        "市地方金融工作局", "强化金融服务", said=("项目用地和资金来源已落实｜先补齐证明",),
        papers=("项目资料", "财务报表"),
    ),
    Content(
        BenefitKind.FINANCE, "学徒和实习专属保险", (ENTERPRISE, SCHOOL),
        "可投保专属产品，费率未公布",
        "市地方金融工作局", "强化金融服务", papers=("投保人员名单",),
    ),
    Content(
        BenefitKind.FINANCE, "产教融合项目融资对接", (ENTERPRISE,),
        "列入重点项目库，优先向银行推荐",
        "市地方金融工作局", "强化金融服务", chains=("高端装备", "新能源电池"), papers=("项目资料",),
    ),
    Content(
        BenefitKind.LAND, "校企共建项目教育用地", (ENTERPRISE, SCHOOL),
        "符合规划的优先安排教育用地",
        "市自然资源和规划局", "保障办学用地", said=("项目符合国土空间规划｜先咨询规划条件",),
        papers=("用地申请", "共建协议"),
    ),
    Content(
        BenefitKind.LAND, "项目审批手续并联办理", (ENTERPRISE, SCHOOL),
        "用地、规划和施工手续一次受理、并联办理",
        "市行政审批局", "保障办学用地", papers=("项目备案证明",),
    ),
    Content(
        BenefitKind.INVESTMENT, "产业链共建项目入库", (ENTERPRISE,), "入库项目优先安排年度投资计划",
        "市发展和改革委员会", "建设公共实训基地",
        chains=("高端装备", "新能源电池", "电子信息", "康养服务"), papers=("项目申请报告",),
    ),
    Content(
        BenefitKind.PRICE, "实验设备和中试线开放时段", (ENTERPRISE,),
        "按公布的时段和价格使用，首次试用免费",
        "市科学技术局", "推动成果落地", papers=("使用申请",),
    ),
    Content(
        BenefitKind.TALENT, "产业导师聘任", (PERSON, ENTERPRISE), "进校授课计发课时费，标准未公布",
        "市机构编制委员会办公室", "请企业师傅进课堂",
        said=("有五年以上岗位经历｜由所在企业出具证明",),
        papers=("聘任推荐表", "从业证明"),
    ),
    Content(
        BenefitKind.TALENT, "教师企业实践计入考核", (SCHOOL, PERSON),
        "双方签认的实践时间计入双师型认定",
        "市教育局", "培养双师型教师", papers=("实践记录",),
    ),
    Content(
        BenefitKind.TALENT, "技术难题揭榜", (SCHOOL, Audience.INSTITUTE),
        "解题结果作为科研评价参考",
        "市科学技术局", "开展联合攻关", papers=("揭榜申请书",),
    ),
    Content(
        BenefitKind.HONOUR, "产教融合型企业认定", (ENTERPRISE,), "列入名单并公开，动态调整",
        "市发展和改革委员会", "奖励产教融合型企业", scale=True,
        said=("近两年接收实习或学徒｜先发布实习岗位",), papers=("认定申请表", "合作协议"),
    ),
    Content(
        BenefitKind.HONOUR, "先行先试产业链示范", (Audience.ALLIANCE, Audience.ASSOCIATION),
        "试点成熟后全市推广，署名经验案例",
        "市发展和改革委员会", "鼓励先行先试", papers=("试点方案",),
    ),
)  # fmt: skip
