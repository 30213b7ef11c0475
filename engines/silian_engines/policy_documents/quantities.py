"""Numbers with a unit in running text (数量)."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from .numerals import arabic_number, chinese_number

_COUNTED = (
    "个 所 家 名 人次 人 项 门 种 类 套 台 件 户 条 座 处 亩 对 支 场 期 批 篇 部 本 例 笔 辆 架 "
    "枚 封 间 栋 床 块 片 张 只 组 队 班 团 点 课 节 讲 村 镇 街道 站 次 位 届 档 幅 款 株 头 吨 "
    "册 公里 千米 米 平方公里 平方米 公顷 千瓦时 千瓦 兆瓦 学时 课时 小时 分钟 学分 学年 学期 个月 "
    "份 分 人年 个工作日 工作日 周岁 岁 周 天 日 倍 成 元 美元"
)
_SCALE = "(?:万亿|亿|千万|百万|万|千|百)"
_LONGEST_FIRST = "|".join(sorted(_COUNTED.split(), key=len, reverse=True))
UNIT = rf"(?:个百分点|百分点|个基点|基点|％|%|‰|{_SCALE}?(?:{_LONGEST_FIRST})|万亿|亿|万|年)"
_SCALES = {"": 1, "百": 10**2, "千": 10**3, "万": 10**4, "百万": 10**6, "千万": 10**7, "亿": 10**8}
_PER = r"(?:/[人生家户年月天日次个亩校所·月/]+)?"
_NUMBER = r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"
_WORDS = r"[一二两三四五六七八九十百千万]+"
_TO = r"(?:[-—–~～－]{1,2}|至|到|(?<=\d)一(?=\d))"

_ARABIC = re.compile(
    rf"(?<![\dA-Za-z.第〔+＋图])(?<!附件)(?<!附表)(?<!专栏)(?P<a>{_NUMBER})"
    rf"(?:(?P<first_unit>{UNIT})?{_TO}(?P<b>{_NUMBER}))?(?P<unit>{UNIT})(?P<per>{_PER})"
)
_RATIO = re.compile(rf"(?<![\d:：∶.])(?P<a>{_NUMBER})[:：∶](?P<b>{_NUMBER})(?![\d:：∶])(?:的比例)?")
_COMPARES = re.compile(r"番|分之|一半|半数|\d[:：∶/]\d")
_RATIO_WORDS = re.compile(r"比|分担|配备|配比|配置")
_DOUBLING = re.compile(r"翻(?P<n>[一两二三])番")
_FRACTION = re.compile(r"(?P<b>[二三四五六七八九十])分之(?P<a>[一二三四五六七八九])")
_SLASHED = re.compile(r"(?<![\d/.])(?P<a>[1-9])/(?P<b>[2-9])(?![\d/年月日])")
_HALF = re.compile(
    r"(?:一半|半数)(?=以上|以下|$)|(?<=超过)(?:一半|半数)|(?<=[低少]于)(?:一半|半数)"
)
_TENTHS = re.compile(r"(?:不[低少]于|超过|达到?|至少|占比?|不超过)$")
_VOTING = re.compile(r"以上[^，。；]{0,8}(?:同意|通过|表决|出席)")
_DIGIT = re.compile(r"\d")
_PERCENT_WORDS = re.compile(rf"百分之(?P<a>{_WORDS})(?:{_TO}百分之(?P<b>{_WORDS}))?")
_WORD = re.compile(
    rf"(?<![第十百千万一二三四五六七八九唯统之任同])(?P<a>{_WORDS})"
    rf"(?:{_TO}(?P<b>{_WORDS}))?(?P<unit>{UNIT})(?![、])"
)
_FIRST = re.compile(
    r"(?:建设|建成|创建|打造|设立|成立|建立|培育)(?:全[市省国县区州])?(?P<what>首)(?P<unit>个|家|所)"
)
_NAMES = re.compile(r"“[^”]{1,24}”|《[^》]{1,80}》|〔[^〕]{1,8}〕|〈[^〉]{1,60}〉|\[\d{4}\]")
_NOT_A_UNIT = re.compile(
    r"年(?:级|度|制|代|轻|龄|第|报|鉴|限|会|终|均|审|检|初)|部[门分委级]|所(?:示(?!范)|[有在属述需谓])|个(?:人|性|体|税)|次[日年月生要]"
    r"|名[称单录优牌]|家(?:庭|长|乡|电|政|具)|台[账湾风]|对[接口应外标于]|期[间限末货]|批[发准量]|本[市省级科地年区]"
    r"|组[织建成合]|门[槛户类]|条[件例]|间[接隔]|场[所景地]|位[于置]|天[然津]|成[果立效熟为员本长人都功]|课[程题堂]"
    r"|节[能点约水]|团[队体省市委]|队伍|站[点位]|款项|头部|份(?:额|子)|分钟[\u4e00-\u9fa5]{0,6}圈"
    r"|分[之钟别类级工布析校局院期批层步段管]|片区|人[工才均社民力]|点(?:以前|前|钟)|期(?:工程|项目)"
    r"|(?:个|大|项|类)?(?:方面|层面|维度|环节|阶段|步骤|部分|层次|要点)|个(?:方面|层面|维度|环节|阶段|步骤|部分|层次|等级|要点|专项行动)"
)
_SUMMED_UP = re.compile(
    r"(?:个|类|家|项|大)?(?:重点|主要|业务)?(?:领域|部门|行业|要素|模块|地市|县|市|省|区|街道|单位|国家|监管)"
)


RATIO = "比"


@dataclass(frozen=True, slots=True)
class Quantity:
    """A number and its unit as printed."""

    start: int
    end: int
    values: tuple[int | float, ...]
    unit: str
    word_numeral: str | None = None

    @property
    def is_time(self) -> bool:
        """Whether it measures a stretch of time."""
        return self.unit.split("/")[0] in ("年", "个月", "学年", "学期", "天", "日", "周", "小时")

    @property
    def is_money(self) -> bool:
        """Whether it is an amount of money."""
        return "元" in self.unit

    @property
    def is_share(self) -> bool:
        """Whether it is a share of a whole."""
        return self.unit in (
            "%",
            "‰",
            "个百分点",
            "百分点",
            "个基点",
            "基点",
            "倍",
            "成",
            "番",
            RATIO,
        )

    @property
    def is_range(self) -> bool:
        """Whether its two values are the ends of a range."""
        return len(self.values) == 2 and self.unit != RATIO


def quantities_of(*, text: str, start: int, end: int) -> list[Quantity]:
    """The quantities of a sentence, in printed order, names and ordinals left out."""
    if not _DIGIT.search(text, start, end):
        found = _worded(text, start, end)
    else:
        found = [
            *(_arabic(text, match) for match in _ARABIC.finditer(text, start, end)),
            *_worded(text, start, end),
        ]
    names = [match.span() for match in _NAMES.finditer(text, start, end)]
    kept = [
        each
        for each in found
        if each and not any(a <= each.start and each.end <= b for a, b in names)
    ]
    return _bounded(text, sorted(kept, key=lambda each: each.start))


def _arabic(text: str, match: re.Match[str]) -> Quantity | None:
    unit = match["unit"]
    at = match.end() - len(unit) - len(match["per"])
    if _NOT_A_UNIT.match(text, at) or _sums_up(text, match.start(), at):
        return None
    first = match["a"]
    if (unit == "年" and len(first.split(".")[0]) >= 3) or unit in ("日", "届"):
        return None
    if match["b"] and unit == "年" and len(match["b"]) == 4:
        return None
    values = tuple(arabic_number(number) for number in (first, match["b"]) if number)
    if _differ(match["first_unit"], unit) and len(values) == 2:
        return _in_one_unit(match, values)
    return Quantity(match.start(), match.end(), values, _unit(unit, match["per"]))


def _differ(first: str | None, second: str) -> bool:
    """Whether the ends of a range are money of different scale (2000元至1万元)."""
    both_money = bool(first) and str(first).endswith("元") and second.endswith("元")
    return both_money and first != second


def _in_one_unit(match: re.Match[str], values: tuple[int | float, ...]) -> Quantity:
    """A range of money in yuan."""
    low, high = (
        value * _SCALES[unit.removesuffix("元")]
        for value, unit in zip(values, (match["first_unit"], match["unit"]), strict=True)
    )
    whole = tuple(int(value) if value == int(value) else value for value in (low, high))
    return Quantity(match.start(), match.end(), whole, _unit("元", match["per"]))


def _sums_up(text: str, start: int, unit_at: int) -> bool:
    """等22个领域 closes an enumeration and sets no bound."""
    return text[start - 1 : start] in "等共" and bool(_SUMMED_UP.match(text, unit_at))


def _unit(unit: str, per: str) -> str:
    name = "%" if unit == "％" else unit
    return f"{name}/{per.strip('/').replace('/', '·')}" if per else name


def _worded(text: str, start: int, end: int) -> list[Quantity | None]:
    """Numbers in Chinese characters; whether they bind anyone is judged by the context."""
    found: list[Quantity | None] = [*_compared(text, start, end)]
    for match in _PERCENT_WORDS.finditer(text, start, end):
        found.append(_words(match, "%", f"百分之{match['a']}"))
    for match in _WORD.finditer(text, start, end):
        if _NOT_A_UNIT.match(text, match.start("unit")):
            continue
        if match["unit"] == "成" and not _TENTHS.search(text, start, match.start()):
            continue
        if match["unit"] not in ("日", "届", "点", "类", "批", "期"):
            found.append(_words(match, match["unit"], match["a"]))
    for match in _FIRST.finditer(text, start, end):
        found.append(Quantity(match.start("what"), match.end(), (1,), match["unit"], "首"))
    return found


def _compared(text: str, start: int, end: int) -> Iterator[Quantity]:
    """Ratios (18:1), doublings (翻一番) and fractions (三分之一)."""
    if not _COMPARES.search(text, start, end):
        return
    for match in _RATIO.finditer(text, start, end):
        if _RATIO_WORDS.search(text, max(start, match.start() - 12), match.end() + 4):
            values = (arabic_number(match["a"]), arabic_number(match["b"]))
            yield Quantity(match.start(), match.end(), values, RATIO)
    for match in _DOUBLING.finditer(text, start, end):
        number = chinese_number(match["n"])
        yield Quantity(match.start("n"), match.end(), (number or 1,), "番", match["n"])
    for match in _HALF.finditer(text, start, end):
        if not _VOTING.match(text, match.end()):
            yield Quantity(match.start(), match.end(), (50,), "%", match.group())
    for match in _SLASHED.finditer(text, start, end):
        share = round(100 * int(match["a"]) / int(match["b"]), 2)
        yield Quantity(match.start(), match.end(), (share,), "%", match.group())
    for match in _FRACTION.finditer(text, start, end):
        part, whole = chinese_number(match["a"]), chinese_number(match["b"])
        if part and whole and not _VOTING.match(text, match.end()):
            share = round(100 * part / whole, 2)
            yield Quantity(match.start(), match.end(), (share,), "%", match.group())


def _words(match: re.Match[str], unit: str, numeral: str) -> Quantity | None:
    values = tuple(chinese_number(word) for word in (match["a"], match["b"]) if word)
    numbers = tuple(value for value in values if value is not None)
    return Quantity(match.start(), match.end(), numbers, unit, numeral) if numbers else None


def _bounded(text: str, quantities: list[Quantity]) -> list[Quantity]:
    """三千元以上三万元以下 is one range."""
    result: list[Quantity] = []
    for each in quantities:
        last = result[-1] if result else None
        if (
            last
            and last.unit == each.unit
            and text[last.end : each.start] in ("以上", "以上、", "以上，")
            and text.startswith("以下", each.end)
        ):
            values = (*last.values, *each.values)
            result[-1] = Quantity(last.start, each.end + 2, values, each.unit, last.word_numeral)
        elif last is None or each.start >= last.end:
            result.append(each)
    return result
