"""Discriminating words (就业歧视用语)."""

import re

from silian_engines.matching.listing_checks.findings import Severity, WordRule

_WOMEN = "《妇女权益保障法》第四十三条、《人力资源市场暂行条例》第二十四条"
_FAIR = "《就业促进法》第三条、第二十六条"
_ETHNIC = "《就业促进法》第二十八条、《人力资源市场暂行条例》第二十四条"
_BELIEF = "《就业促进法》第三条、《人力资源市场暂行条例》第二十四条"
_HEALTH = "《就业促进法》第二十九条、第三十条"
_RURAL = "《就业促进法》第三条、第三十一条"
_POSTS = (
    "普工|操作工|服务员|保安|文员|技师|主播|销售|客服|店员|助理|司机|学徒|营业员|导购|前台|秘书|"
    "收银|工人|业务员|主管|经理|老师|教练|模特|演员|会计"
)
_NOT_A_PERSON = re.compile(r"\s*(?:装|鞋|科|包|款|表|子|团|裤|裙|袜|童|衣|朋友|足|篮|排|鞋帽)")
_BOTH = re.compile(r"(?:不限|男女|不分|无论)\s*$")


def _limits_age(match: re.Match[str]) -> bool:
    """Only an upper bound for grown-ups is a limit; 3-6岁 are pupils, 18岁以上 is the law."""
    ages = [int(number) for number in re.findall(r"\d{2}", match.group())]
    return bool(ages) and min(ages) >= 16 and max(ages) < 61


RULES = (
    WordRule(
        code="sex",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"(?:仅限|只限|限招|只招|仅招|只要|必须是|须为|必须为|要求为|限)\s*[男女](?![男女])(?:性|生|士|孩)?"
            r"|[男女](?:性|生|士|孩)?(?:者)?\s*(?:优先|为主|更佳|为佳|最佳|佳)"
            r"|要求(?:是)?\s*[男女](?:性|生|士)"
            r"|性别\s*(?:要求)?\s*[:：]?\s*[男女](?![女男])(?:性)?"
            r"|[(（【]\s*[男女](?:性|生)?\s*[)）】]|(?<=[、:：；;。.\s])[男女](?:性|生)?(?=[，,；;。])"
            rf"|(?<![\u4e00-\u9fff])(?:招聘?|诚聘|急招|急聘)?[男女](?:性|生)?(?=(?:{_POSTS}))"
        ),
        what="限定或偏好性别。",
        cure="请删去性别要求；国家规定禁忌从事的劳动，请写明岗位的劳动条件。",
        basis=_WOMEN,
        harmless_before=_BOTH,
        harmless_after=_NOT_A_PERSON,
    ),
    WordRule(
        code="marriage",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"(?:已婚已育|未婚未育|已婚|未婚|已育|未育|单身)(?:者|人士|女性|男性)?\s*(?:优先|佳|为佳|最佳|勿扰|不限制?外)"
            r"|(?:仅限|只限|限|要求|须|必须|需)\s*(?:已婚|未婚|已育|未育|单身)"
            r"|已婚已育|未婚未育|(?:无|没有|暂无|近期无)(?:怀孕|生育|结婚)(?:计划|打算)"
            r"|不得(?:怀孕|结婚|生育)|孕妇勿扰|(?:婚育|生育)(?:状况|情况)|妊娠(?:测试|检查)|孕检"
        ),
        what="涉及婚姻或生育条件。",
        cure="请删去；录用不得询问或限制婚育，也不得把妊娠测试作为入职体检项目。",
        basis=_WOMEN,
        harmless_before=re.compile(r"(?:不限|不问|不考虑|无论)\s*$"),
        harmless_after=re.compile(r"\s*(?:均可|不限|都可|皆可)"),
    ),
    WordRule(
        code="age",
        severity=Severity.WARN,
        pattern=re.compile(
            r"(?<![\d.])\d{2}\s*(?:周岁|岁)?\s*[-~—–―－至到]{1,2}\s*\d{2}\s*周?岁(?:之间|以内|以下)?"
            r"|(?<![\d.])\d{2}\s*周?岁\s*(?:及|或)?(?:以下|以内|之内|左右)"
            r"|不超过\s*\d{2}\s*周?岁|年龄\s*[:：]?\s*\d{2}\s*[-~—–―－至到]{1,2}\s*\d{2}"
        ),
        what="限制年龄上限。",
        cure="除法律另有规定外，请改写为岗位所需的能力；部分省市已明令禁止。",
        basis=_FAIR,
        holds=_limits_age,
        harmless_before=re.compile(
            r"(?:儿童|学生|幼儿|孩子|宝宝|客户|用户|会员|老人|团队|平均)[^，。；;]{0,8}$"
        ),
        harmless_after=re.compile(r"\s*(?:的?(?:儿童|学生|幼儿|孩子|客户|用户|人群))"),
    ),
    WordRule(
        code="ethnicity",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"(?:仅限|只限|限|只招|不招|不要|拒绝|除)\s*[^，。；、\s]{0,3}?(?:汉族|少数民族|回族|维吾尔族|维族|藏族|彝族|蒙古族)"
            r"|(?:汉族|少数民族)(?:除外|勿扰|优先)|民族\s*[:：]\s*汉"
        ),
        what="限定民族。",
        cure="请删去民族要求。",
        basis=_ETHNIC,
        harmless_before=re.compile(r"不\s*$"),
    ),
    WordRule(
        code="religion",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"(?:无|没有|不得有|不招|不要)[^，。；]{0,3}?(?:宗教信仰|信教)|(?:信教|宗教信仰)[^，。；]{0,4}勿扰"
        ),
        what="以宗教信仰为条件。",
        cure="请删去宗教信仰要求。",
        basis=_BELIEF,
    ),
    WordRule(
        code="household_registration",
        severity=Severity.WARN,
        pattern=re.compile(
            r"(?:仅限|只限|限|须|必须|需)?(?:具有|有|持)?"
            r"(?:本市|本地|本省|当地|本县|本区|非农|城镇|农村|北京|上海|天津|重庆|广州|深圳|杭州|南京|成都|武汉)市?"
            r"(?:常住)?(?:户籍|户口)(?:者|人员)?(?:优先)?"
            r"|(?:仅限|只限|限|只招)\s*(?:本地|当地|本市)人|本地人优先|不招(?:外地|[\u4e00-\u9fff]{2,3}籍)"
        ),
        what="以户籍为条件。",
        cure="请删去户籍要求；政策规定的见习、公益岗位请写明文件依据。",
        basis=_RURAL,
        harmless_before=re.compile(
            r"(?:解决|办理|落|迁|申请|申报|提供|协助|可|给|享|代办|转)[^，。；]{0,5}$"
        ),
        harmless_after=re.compile(
            r"[^，。；\n]{0,4}(?:不限|均可|办理|指标|所在|迁|申报|落户|政策|皆可)"
        ),
    ),
    WordRule(
        code="health",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"(?:无|没有|非|不招|不要|检查|体检)[^，。；]{0,4}?(?:乙肝|hbv|澳抗|大三阳|小三阳)(?:病毒|携带者?)?"
            r"|(?:乙肝|hbv)(?:五项|两对半|检测|筛查)|(?:不招|不要|拒绝|谢绝)[^，。；]{0,3}残疾",
            re.IGNORECASE,
        ),
        what="以乙肝或残疾为由设限。",
        cure="请删去；法律规定禁止从事的易使传染病扩散的工作除外。",
        basis=_HEALTH,
        harmless_before=re.compile(r"(?:不|禁止|严禁)\s*$"),
    ),
    WordRule(
        code="body",
        severity=Severity.WARN,
        pattern=re.compile(
            r"身高\s*(?:要求)?[^，。；\d]{0,4}1?[.\d]\d{1,2}\s*(?:cm|厘米|米|公分|m)?(?:以上)?",
            re.IGNORECASE,
        ),
        what="对身高设限。",
        cure="与岗位安全无关的，请删去。",
        basis=_FAIR,
    ),
)
