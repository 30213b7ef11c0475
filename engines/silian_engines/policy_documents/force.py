"""What kind of rule a number is, and how firmly it binds (规则类型与力度).

A soft rule (原则上、鼓励) keeps its force, so that a gap is never reported as a violation.
"""

from __future__ import annotations

import re

from .deadlines import TimePhrase
from .quantities import Quantity
from .sentences import Segment, Sentence

THRESHOLD = "compliance_threshold"
TARGET = "development_target"
TAX = "tax_relief_formula"
SUBSIDY = "subsidy_formula"

_TAX = re.compile(r"扣除|抵免|减按|减征|免征|加计|应纳税|税率|抵扣|先征后返|即征即退")
_GRANT = re.compile(
    r"补贴|补助|奖补|奖励|贴息|资助|扶持|奖金|给予|补偿|津贴|经费支持|配套资金|预支|预拨|预付|支持额度|支持标准"
)
_BUILDS = re.compile(
    r"建设|建成|建立|创建|打造|培育|培养|培训|新增|新建|引进|引育|认定|遴选|发展|形成|实施|组建|完成|集聚|推广|发布"
    r"|设立|设置|扩大|争取|申报|入选|纳入|支持|举办|签订|筹集|购置|盘活|配建|开通"
    r"|选聘|招聘|聘请|聘用|选派|招收|开设|投放|开展|布局|创办|共建|改造|达到|突破|超过|增加|建"
)
_PER = re.compile(
    r"每[所个家名校县区]|各[\u4e00-\u9fa5]{1,10}(?:至少|不少于|不低于)|每[\u4e00-\u9fa5]{1,10}(?:至少|不少于)"
)

_STRIVE = re.compile(r"力争|争取(?!国家|中央|省)|争创|努力")
_PRINCIPLE = re.compile(r"原则上")
_EXPLORE = re.compile(r"探索|试行")
_ENCOURAGE = re.compile(r"鼓励|引导|倡导|提倡|优先|^(?:积极|大力|重点|全力)?支持")
_PERMIT = re.compile(r"(?<![不许认])可(?:以)?(?![持靠行复操视见选用信控再比观])|准予|允许|减按")
_PROMOTE = re.compile(r"推动|推进|促进")
_REACHES = re.compile(
    r"突破|达到|(?:提高|提升|增加|扩大)[到至]|(?:累计|总额|规模).{0,12}(?:亿|万)元"
)
_OUGHT = re.compile(r"应当?(?![用对急届变聘])|必?须")
_CONTINUES = re.compile(r"[为给向对并且以将按从在]")


def kind_of(*, text: str, quantity: Quantity, phrase: str, sentence: Sentence, is_due: bool) -> str:
    """Threshold to keep, number to reach, tax relief, or subsidy."""
    whole = text[sentence.start : sentence.end]
    if _TAX.search(phrase):
        return TAX
    if _is_grant(text, quantity, phrase, sentence):
        return SUBSIDY
    if quantity.is_time or _PER.search(phrase):
        return THRESHOLD
    if is_due or _REACHES.search(phrase) or _builds(quantity, phrase, whole):
        return TARGET
    return THRESHOLD


def _is_grant(text: str, quantity: Quantity, phrase: str, sentence: Sentence) -> bool:
    if _GRANT.search(phrase) and (quantity.is_money or quantity.is_share or quantity.is_time):
        return True
    paid_by_rate = quantity.is_money or (quantity.is_share and "按" in phrase)
    start, end = _part_about(text, quantity, sentence)
    return paid_by_rate and bool(_GRANT.search(text, start, end))


def _part_about(text: str, quantity: Quantity, sentence: Sentence) -> tuple[int, int]:
    """The stretch between semicolons that a number stands in."""
    before = text.rfind("；", sentence.start, quantity.start)
    after = text.find("；", quantity.end, sentence.end)
    return before + 1 if before >= 0 else sentence.start, after if after >= 0 else sentence.end


def _builds(quantity: Quantity, phrase: str, sentence: str) -> bool:
    if quantity.is_share or quantity.is_money or _OUGHT.search(phrase):
        return False
    if phrase.endswith("的") and _GRANT.search(sentence):
        return False  # a condition of a grant, no number to reach
    return bool(_BUILDS.search(phrase)) or bool(_BUILDS.search(sentence))


def force_of(
    *,
    text: str,
    quantity: Quantity,
    segment: Segment,
    sentence: Sentence,
    kind: str,
    due: TimePhrase | None,
) -> str:
    """How firmly the words around a number bind."""
    own = text[segment.start : quantity.start]
    if _STRIVE.search(own) or (due and _strives(text, sentence, segment, due)):
        return "strive"
    if _PRINCIPLE.search(own) or _PRINCIPLE.search(text, segment.start, segment.end):
        return "in_principle"
    if _EXPLORE.search(own):
        return "exploratory"
    if kind == TAX:
        return "permitted"
    if _encourages(text, own, segment, sentence, kind):
        return "encouraged"
    if _PERMIT.search(own) and "申请" not in own and "申报" not in own:
        return "permitted"
    if kind == TARGET:
        return "target"
    return "promoted" if _PROMOTE.match(own) else "mandatory"


def _strives(text: str, sentence: Sentence, segment: Segment, due: TimePhrase) -> bool:
    """力争到2025年 governs the list that follows in the same sentence."""
    if due.start < sentence.start:
        return False
    head = max(sentence.start, due.start - 4)
    return bool(_STRIVE.search(text, head, due.start + 2)) and due.start <= segment.end


def _encourages(text: str, own: str, segment: Segment, sentence: Sentence, kind: str) -> bool:
    """The encouraging verb stands in the segment, or in the one it continues."""
    if kind == SUBSIDY:
        return "鼓励" in own
    if _ENCOURAGE.search(own):
        return True
    if not _CONTINUES.match(own):
        return False
    before = [each for each in sentence.segments if each.end < segment.start]
    return bool(before) and bool(_ENCOURAGE.match(text, before[-1].start, before[-1].end))
