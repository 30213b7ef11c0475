"""Why an item is met or not, in a sentence with the number and the standard (评定说明)."""

from __future__ import annotations

from decimal import Decimal

from silian.casework.reviews.choices.schemes import CriterionKind, FunctionKind, SourceKind
from silian.casework.reviews.registry import Reading
from silian.casework.reviews.rules.definition import UNCERTAIN, Criterion
from silian.casework.reviews.rules.definition_words import grouped
from silian.casework.reviews.rules.scoring import SETTINGS, Method, Score, rounded
from silian.foundation.kernel.typed_values import UNSET, plain

LONGEST_SENTENCE = 500  # the column of a result
WAITED_FOR = {
    SourceKind.ANSWER: "申报单位没有填写",
    SourceKind.METRIC: "平台指标还没有数值",
    SourceKind.REGISTER: "平台名录没有记录",
    SourceKind.EXPERT: "等待专家评分",
    SourceKind.VISIT: "等待实地核查",
    SourceKind.OFFICIAL: "等待部门核查",
}


def sentence_of_item(node: Criterion, *, method: Method, score: Score, reading: Reading) -> str:
    """What was read, what the standard is, and what came out of it."""
    if not reading.is_known:
        source = node.source.kind if node.source else SourceKind.OFFICIAL
        return f"{node.label}：{WAITED_FOR[source]}。"
    said = f"{node.label}：{read_words(reading, score)}"
    if method.open_settings:
        named = SETTINGS[method.kind]
        opened = "、".join(named.get(name, name) for name in method.open_settings)
        return f"{said}；{opened}{UNSET}，不作判断。"[:LONGEST_SENTENCE]
    return f"{said}；{outcome_words(method, score, reading=reading)}{origin_words(reading)}。"[
        :LONGEST_SENTENCE
    ]


def read_words(reading: Reading, score: Score) -> str:
    if reading.choice or reading.words:
        return reading.choice or reading.words
    if reading.entries:
        return f"{len(reading.entries)} 项，折算 {number_words(score.value, reading.unit)}"
    if reading.counts:
        parts = "、".join(f"{name} {plain(count)}" for name, count in reading.counts.items())
        return f"{parts}，折算 {number_words(score.value, reading.unit)}"
    return number_words(reading.value, reading.unit)


def number_words(number: Decimal | None, unit: str = "") -> str:
    if number is None:
        return UNSET
    return f"{grouped(plain(rounded(number)))}{' ' + unit if unit else ''}"


def outcome_words(method: Method, score: Score, *, reading: Reading) -> str:
    if method.kind == FunctionKind.VETO:
        return veto_words(method, score)
    if method.kind == FunctionKind.CONDITION:
        return condition_words(method, score, reading=reading)
    if score.points is None:
        return "取值不足，不计分"
    lines = lines_words(method)
    return f"{lines}得 {plain(score.points)} 分（满分 {plain(method.points)} 分）"


def lines_words(method: Method) -> str:
    named = SETTINGS[method.kind]
    said = [
        f"{named[name]} {plain(number)}"
        for name, number in method.settings.items()
        if name in named and number is not None
    ]
    return "，".join(said) + "，" if said else ""


def veto_words(method: Method, score: Score) -> str:
    if score.met:
        return "没有触及否决情形"
    most = method.settings.get("most")
    allowed = f"（允许 {plain(most)} 次）" if most else ""
    return f"触及一票否决{allowed}"


def condition_words(method: Method, score: Score, *, reading: Reading) -> str:
    """Standard, gap and verdict; of a yes or no only the verdict."""
    unit = reading.unit
    verdict = "满足" if score.met else "不满足"
    at_least, at_most = method.settings.get("at_least"), method.settings.get("at_most")
    value = score.value if score.value is not None else Decimal(0)
    words: list[str] = []
    if reading.words:
        return verdict
    if at_least is not None:
        short = "" if value >= at_least else f"，差距 {number_words(at_least - value, unit)}"
        words.append(f"标准不低于 {number_words(at_least, unit)}{short}")
    if at_most is not None:
        over = "" if value <= at_most else f"，超出 {number_words(value - at_most, unit)}"
        words.append(f"标准不高于 {number_words(at_most, unit)}{over}")
    return "，".join([*words, verdict])


def origin_words(reading: Reading) -> str:
    said = "，".join(part for part in (reading.origin, reading.period) if part)
    return f"（来源：{said}）" if said else ""


def warning_of(node: Criterion, *, method: Method, score: Score) -> str:
    """What only warns: an uncertain or soft rule that is not met, or an open number."""
    if method.open_settings:
        return f"“{node.label}”的标准{UNSET}，不作判断。"
    if score.met is False and node.only_warns:
        why = "依据尚待核对" if node.certainty in UNCERTAIN else "属于原则性或鼓励性要求"
        return f"提示：“{node.label}”没有达到，{why}，不影响通过。"
    return ""


def sentence_of_group(
    node: Criterion,
    *,
    met: bool | None,
    met_children: int,
    open_children: int,
    children: int,
    least: Decimal | None,
    points: Decimal | None,
    most: Decimal,
) -> str:
    """How many of the children are met, or how many points came together."""
    if node.kind == CriterionKind.SUM:
        got = "还没有得分" if points is None else f"{plain(points)} 分"
        return f"{node.label}：{got}（满分 {plain(most)} 分）"
    wanted = f"{children} 项"
    if node.kind == CriterionKind.ANY_OF:
        wanted = UNSET if least is None else f"至少 {plain(least)} 项"
    still = f"，{open_children} 项待定" if open_children else ""
    verdict = {True: "满足", False: "不满足", None: "待定"}[met]
    return f"{node.label}：{children} 项中满足 {met_children} 项{still}，要求{wanted}，{verdict}"
