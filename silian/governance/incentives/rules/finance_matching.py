"""A need against a product, condition by condition; facts only, no score (融资匹配)."""

from __future__ import annotations

import datetime
from collections.abc import Collection
from dataclasses import dataclass
from decimal import Decimal

from silian.foundation.kernel.actors import subtree_prefix

MET, NOT_MET, UNKNOWN = "met", "not_met", "unknown"
WORDS = {MET: "符合", NOT_MET: "不符合", UNKNOWN: "缺资料"}
TONES = {MET: "ok", NOT_MET: "late", UNKNOWN: "unset"}


@dataclass(frozen=True, kw_only=True)
class Applicant:
    """What is known of a need, its project and its owner (需求方事实). None is unknown."""

    kind: str
    amount: Decimal
    months: int | None
    division: str
    owner_kind: str
    size: str
    above_scale: bool
    project_kind: str | None = None
    in_library: bool | None = None
    recognitions: frozenset[str] = frozenset()
    bad_records: int = 0
    wanted: frozenset[str] = frozenset()


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What a product asks (产品条件); empty collections ask nothing."""

    kind: str
    kind_label: str
    amount_from: Decimal | None
    amount_to: Decimal | None
    months_from: int | None
    months_to: int | None
    valid_from: datetime.date
    valid_until: datetime.date | None
    regions: dict[str, str]
    owner_kinds: dict[str, str]
    sizes: dict[str, str]
    project_kinds: dict[str, str]
    needs_project: bool
    needs_library: bool
    recognition: str
    recognition_label: str
    clean_credit: bool


@dataclass(frozen=True, kw_only=True)
class Condition:
    """One condition with how it stands, what is missing and the cure (条件)."""

    title: str
    standing: str
    fact: str
    cure: str = ""

    @property
    def word(self) -> str:
        return WORDS[self.standing]

    @property
    def tone(self) -> str:
        return TONES[self.standing]


def judged(met: bool | None) -> str:
    return UNKNOWN if met is None else (MET if met else NOT_MET)


def condition(*, title: str, met: bool | None, fact: str, cure: str) -> Condition:
    return Condition(title=title, standing=judged(met), fact=fact, cure="" if met else cure)


def conditions_of(*, applicant: Applicant, terms: Terms, on: datetime.date) -> list[Condition]:
    """Every condition of the product, judged on the facts of the need (逐项核对)."""
    found = [validity(terms, on), amount_fits(applicant, terms), term_fits(applicant, terms)]
    found += [kind_fits(applicant, terms), region_fits(applicant, terms)]
    found += [owner_fits(applicant, terms), size_fits(applicant, terms)]
    found += [project_fits(applicant, terms), library_fits(applicant, terms)]
    found += [recognition_fits(applicant, terms), credit_fits(applicant, terms)]
    return [each for each in found if each is not None]


def standing_of(conditions: Collection[Condition]) -> str:
    """Not met when one is not met, else unknown when one is unknown, else met."""
    standings = {each.standing for each in conditions}
    for standing in (NOT_MET, UNKNOWN):
        if standing in standings:
            return standing
    return MET


def range_words(low: object, high: object, unit: str) -> str:
    """``至多 60 个月`` · ``12 至 60 个月`` · ``不少于 12 个月`` · ``未设定``."""
    if low is None and high is None:
        return "未设定"
    if low is None:
        return f"至多 {high} {unit}"
    if low == high:
        return f"{low} {unit}"
    return f"不少于 {low} {unit}" if high is None else f"{low} 至 {high} {unit}"


def wan(amount: Decimal | None) -> str | None:
    """Yuan as 万元 without needless zeros."""
    if amount is None:
        return None
    text = f"{amount / 10000:,.4f}".rstrip("0").rstrip(".")
    return text


def validity(terms: Terms, on: datetime.date) -> Condition:
    ended = terms.valid_until is not None and on >= terms.valid_until
    last = terms.valid_until - datetime.timedelta(days=1) if terms.valid_until else None
    words = f"{terms.valid_from} 起" if last is None else f"{terms.valid_from} 至 {last}"
    return condition(
        title="产品在有效期内",
        met=terms.valid_from <= on and not ended,
        fact=f"有效期 {words}",
        cure="产品不在有效期，请选其他产品或联系机构。",
    )


def amount_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    low, high = terms.amount_from, terms.amount_to
    if low is None and high is None:
        return None
    return condition(
        title=f"额度 {range_words(wan(low), wan(high), '万元')}",
        met=(low is None or applicant.amount >= low) and (high is None or applicant.amount <= high),
        fact=f"需求 {wan(applicant.amount)} 万元",
        cure="调整融资金额，或把需求拆成几笔、与其他产品组合。",
    )


def term_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    low, high = terms.months_from, terms.months_to
    if low is None and high is None:
        return None
    title = f"期限 {range_words(low, high, '个月')}"
    if applicant.months is None:
        return condition(
            title=title, met=None, fact="需求没有填写期限", cure="在融资需求里填写期限。"
        )
    fits = (low is None or applicant.months >= low) and (high is None or applicant.months <= high)
    return condition(
        title=title,
        met=fits,
        fact=f"需求 {applicant.months} 个月",
        cure="调整融资期限，或选其他期限的产品。",
    )


def kind_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    """The owner said which kinds it wants; nothing said means any."""
    if not applicant.wanted:
        return None
    return condition(
        title=f"品种为{terms.kind_label}",
        met=terms.kind in applicant.wanted,
        fact="在需求选定的品种内" if terms.kind in applicant.wanted else "不在需求选定的品种内",
        cure="在融资需求里增选这个品种。",
    )


def region_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    if not terms.regions:
        return None
    met = any(applicant.division.startswith(subtree_prefix(code)) for code in terms.regions)
    return condition(
        title=f"项目在{'、'.join(terms.regions.values())}",
        met=met,
        fact="在服务地区内" if met else "不在服务地区内",
        cure="选服务本地区的产品。",
    )


def owner_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    if not terms.owner_kinds:
        return None
    labels = "、".join(terms.owner_kinds.values())
    met = applicant.owner_kind in terms.owner_kinds
    return condition(
        title=f"申请单位为{labels}",
        met=met,
        fact="单位类别符合" if met else "单位类别不符合",
        cure=f"由项目的{labels}一方申请。",
    )


def size_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    """Sizes concern enterprises; schools have none."""
    if not terms.sizes or applicant.owner_kind != "enterprise":
        return None
    met = None if not applicant.size else applicant.size in terms.sizes
    facts = {None: "名录没有登记规模", True: "单位规模符合", False: "单位规模不符合"}
    cures = {None: "在单位资料里补充规模。", False: "选面向本单位规模的产品。", True: ""}
    return condition(
        title=f"企业规模为{'、'.join(terms.sizes.values())}",
        met=met,
        fact=facts[met],
        cure=cures[met],
    )


def project_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    if not (terms.needs_project or terms.project_kinds):
        return None
    kinds = "、".join(terms.project_kinds.values())
    title = f"用于{kinds}项目" if kinds else "用于产教融合项目"
    if applicant.project_kind is None:
        return condition(
            title=title,
            met=False,
            fact="需求没有关联工程项目",
            cure="在工程项目里登记项目，再在需求里关联。",
        )
    met = not kinds or applicant.project_kind in terms.project_kinds
    return condition(
        title=title,
        met=met,
        fact="已关联工程项目，建设类别符合" if met else "建设类别不符合",
        cure="选面向本类项目的产品。",
    )


def library_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    if not terms.needs_library:
        return None
    return condition(
        title="项目已入项目库",
        met=bool(applicant.in_library),
        fact="已入库" if applicant.in_library else "没有入库记录",
        cure="向牵头部门申请项目入库。",
    )


def recognition_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    if not terms.recognition:
        return None
    met = terms.recognition in applicant.recognitions
    return condition(
        title=f"持有“{terms.recognition_label}”",
        met=met,
        fact="认定有效" if met else "没有有效的认定",
        cure=f"申报“{terms.recognition_label}”认定。",
    )


def credit_fits(applicant: Applicant, terms: Terms) -> Condition | None:
    if not terms.clean_credit:
        return None
    met = applicant.bad_records == 0
    return condition(
        title="没有有效的失信记录",
        met=met,
        fact="没有有效的失信记录" if met else f"有效的失信记录 {applicant.bad_records} 条",
        cure="在信用记录里申请信用修复，或提出异议。",
    )
