"""Places and posts barred to student interns (学生实习禁止情形)."""

import re

from silian_engines.matching.listing_checks.findings import ListingKind, Severity, WordRule

_RULE = "《职业学校学生实习管理规定》（教职成〔2021〕4号）"
_INTERNS = frozenset({ListingKind.STUDENT_INTERNSHIP})
_NEGATED = re.compile(
    r"(?:无|非|不上?|没有|免|零|禁止|严禁|不得|不安排|无需|不用|杜绝|避免)[^，。；;！!]{0,4}$"
)
_OUTING = re.compile(
    r"(?:聚餐|团建|生日|唱|下午茶|娱乐|旅游|烧烤|轰趴|对面|聚会|桌游|员工活动)[^。；;]{0,12}$"
)
_NEARBY = re.compile(r"\s*(?:对面|附近|旁|隔壁|楼上|楼下|、?(?:户外|聚餐|唱歌|旅游|团建))")

RULES = (
    WordRule(
        code="intern_place",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"酒吧|夜总会|歌厅|舞厅|ktv|洗浴|桑拿|足浴|电子游戏厅|电玩城|网吧|网咖|棋牌室",
            re.IGNORECASE,
        ),
        what="属于不得安排实习的场所。",
        cure="请更换实习单位或岗位。",
        basis=f"{_RULE}第十六条（五）",
        harmless_before=_OUTING,
        harmless_after=_NEARBY,
        kinds=_INTERNS,
    ),
    WordRule(
        code="intern_agency",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"劳务派遣|劳务中介|(?<!知识产权)(?<!房产)(?<!房屋)中介机构代?(?:招|管理)|代招代管|有偿代理"
        ),
        what="由中介或派遣组织实习。",
        cure="请由学校与实习单位直接签订协议。",
        basis=f"{_RULE}第十六条（六）",
        harmless_before=_NEGATED,
        kinds=_INTERNS,
    ),
    WordRule(
        code="intern_heavy_work",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"高强度(?:劳动|体力|作业|工作)|重体力|强体力|[三四ⅢⅣ]级(?:以上)?(?:体力)?劳动强度|粉尘作业|有害健康"
        ),
        what="劳动强度过大或有害健康。",
        cure="请改为Ⅲ级以下劳动强度、无职业危害的岗位。",
        basis=f"{_RULE}第十六条（七）",
        harmless_before=_NEGATED,
        harmless_after=re.compile(r"(?:下的|的?压力|经验)"),
        kinds=_INTERNS,
    ),
    WordRule(
        code="intern_danger",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"高空作业|登高作业|高处作业|高空安装|井下|爆破|放射性|剧毒|高毒|有毒有害|易燃易爆|危险化学品|带电作业|高压电作业"
        ),
        what="是高风险作业。",
        cure="请更换岗位；特殊专业确需安排的，须事先报主管部门备案。",
        basis=f"{_RULE}第十七条",
        harmless_before=_NEGATED,
        kinds=_INTERNS,
    ),
    WordRule(
        code="intern_hours",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"夜班|通宵|两班倒|三班倒|四班三倒|倒班|翻班|晚班|(?:服从|接受|适应|需要?|能|可(?!享)|经常|配合)[^，。；享]{0,4}?加班|法定节假日上班|单休"
        ),
        what="安排夜班、加班或不安排法定休息。",
        cure="请改为白天、每日不超过8小时并安排休息；特殊专业须事先报主管部门备案。",
        basis=f"{_RULE}第十七条",
        harmless_before=_NEGATED,
        harmless_after=re.compile(r"的?(?:夜宵|工作餐|餐补)|者?均?可享"),
        kinds=_INTERNS,
    ),
    WordRule(
        code="intern_fee",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"实习押金|实习管理费|实习材料费|就业服务费|实习报酬提成|扣押学生证|实习保证金|实习培训费"
        ),
        what="向实习学生收费或扣押证件。",
        cure="请删去；不得向学生收取任何形式的费用。",
        basis=f"{_RULE}第二十条",
        harmless_before=_NEGATED,
        kinds=_INTERNS,
    ),
)
