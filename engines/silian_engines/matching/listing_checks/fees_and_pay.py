"""Fees from applicants and misleading pay (收费与误导性薪酬)."""

import re
from decimal import Decimal

from silian_engines.matching.field_parsing.salary import Salary
from silian_engines.matching.listing_checks.findings import Finding, Severity, WordRule

_FEES = "《劳动合同法》第九条、《就业服务与就业管理规定》第十四条"
_TRUE = "《人力资源市场暂行条例》第二十四条、《就业服务与就业管理规定》第十四条"
_FEE_NAMES = (
    "押金|保证金|服装费|工装费|工服费|培训费|报名费|中介费|介绍费|资料费|"
    "办证费|建档费|风险金|岗位费|入职费|教材费"
)
_NOT_CHARGED = re.compile(
    r"(?:不|免|无|零|无需|无须|绝不|拒绝|退还|返还|报销|公司承担|负责|协助|办理|客户|业主|租户|租客|会员|商户|供应商|"
    r"投标|履约|投入|租房|住宿|押一付|房租|学员|家长|司法|合同|管理|核算|催收|结算)[^，。；;！!]{0,8}$"
)

RULES = (
    WordRule(
        code="fee",
        severity=Severity.BLOCK,
        pattern=re.compile(
            rf"(?:收取?|缴纳?|交纳?|预交|预付|支付|扣除?|自付|自费|自理|先交|垫付|付)\s*"
            rf"(?:一定的?|相应的?|[\d.]+\s*元?的?|少量)?\s*(?:{_FEE_NAMES})"
            rf"|(?:{_FEE_NAMES})\s*[:：]?\s*(?:为|约)?\s*\d+\s*(?:元|块)"
            rf"|(?:{_FEE_NAMES})\s*(?:自理|自付|自费|由(?:本人|个人|学员|应聘者)承担)"
            r"|培训贷|(?:先|入职前)(?:付费|缴费|交费)(?:培训|学习)"
        ),
        what="要求求职者交钱。",
        cure="请删去；招用人员不得以任何名义收取财物。",
        basis=_FEES,
        harmless_before=_NOT_CHARGED,
        harmless_after=re.compile(
            r"\s*(?:全额?报销|由公司|公司(?:承担|报销)|的?(?:收取|核对|管理|退还))"
        ),
    ),
    WordRule(
        code="held_papers",
        severity=Severity.BLOCK,
        pattern=re.compile(
            r"(?:扣押|扣留|抵押|暂扣|押|统一保管)(?:本人)?(?:身份证|毕业证|学生证|资格证|证件)"
        ),
        what="扣押证件。",
        cure="请删去；不得扣押居民身份证和其他证件。",
        basis=_FEES,
        harmless_before=re.compile(r"(?:不|无需|严禁|禁止|绝不)\s*$"),
    ),
    WordRule(
        code="pay_bait",
        severity=Severity.WARN,
        pattern=re.compile(
            r"躺赚|躺着赚|稳赚|日(?:赚|入)(?:过千|上千|\d{4,})|零投入|月入(?:十万|百万)|轻松月入\S{0,4}万"
        ),
        what="用收入引诱，没有依据。",
        cure="请写明底薪、提成办法和实际收入范围。",
        basis=_TRUE,
    ),
)
_NO_CEILING = re.compile(r"(?:上不封顶|不封顶|无上限)")
_BASE = re.compile(
    r"底薪|基本工资|基本薪资|保底|固定工资|无责|基础工资|固定薪|\d{3,}\s*[-~—至+元/]|\d\s*[kK千万]"
)
WIDEST_SPAN, WIDE_FROM = Decimal(5), Decimal(3)


def pay_findings(*, salary: Salary | None, text: str, field: str) -> list[Finding]:
    """Pay without a floor, and a floor so far below the ceiling that both say nothing."""
    found = []
    stated = salary is not None and salary.minimum is not None
    if not stated and not _BASE.search(text):
        for match in _NO_CEILING.finditer(text):
            sentence = f"“{match.group()}”没有同时写明底薪。依据{_TRUE}，请补上底薪和提成办法。"
            found.append(_finding("no_base_pay", field, match.group(), match.span(), sentence))
    if salary is not None and salary.minimum and salary.maximum:
        span = salary.maximum / salary.minimum
        if span >= WIDE_FROM:
            words = f"{salary.minimum.normalize():f}-{salary.maximum.normalize():f}"
            sentence = (
                f"薪资{words}的上限是下限的{span:.1f}倍，求职者无法判断。"
                f"依据{_TRUE}，请缩小范围，或拆成不同级别分别发布。"
            )
            severity = Severity.BLOCK if span >= WIDEST_SPAN else Severity.WARN
            found.append(_finding("pay_span", "salary", words, (0, 0), sentence, severity))
    return found


def _finding(
    code: str,
    field: str,
    words: str,
    span: tuple[int, int],
    sentence: str,
    severity: Severity = Severity.WARN,
) -> Finding:
    return Finding(code, severity, field, words, span[0], span[1], sentence, _TRUE)
