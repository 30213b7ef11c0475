"""From the formula of a rulebook to code (公式翻译), once for one case and once for arrays.

The formula language is a small part of Python's expression grammar: names, whole numbers, words,
+ - *, comparison, and/or/not, `a if c else b`, tables `rate[level]`, and the functions below.
Everything else is refused when the rulebook is read.
"""

from __future__ import annotations

import ast
import math
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from fractions import Fraction
from typing import Any, Protocol

from .errors import RulebookFault
from .quantities import shift_years
from .terms import Term, aligned, number, plus, rounded, scaled, times, truth, word

Members = Mapping[str, Mapping[str, Term]]


class UnsetParameter(Exception):
    """The formula needs a value that the policies leave open (未设定)."""

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


class Parameters(Protocol):
    """Where a formula finds what the policies say."""

    def term(self, id: str) -> Term | None: ...

    def end(self, id: str, end: str) -> Term: ...

    def entry(self, id: str, key: str) -> Term: ...

    def table(self, id: str, index: Term) -> list[Fraction]: ...

    def is_set(self, id: str) -> bool: ...


class Dialect(Protocol):
    """How the same idea is written for one case or for arrays."""

    def smaller(self, first: str, second: str) -> str: ...

    def larger(self, first: str, second: str) -> str: ...

    def choose(self, test: str, yes: str, no: str) -> str: ...

    def both(self, first: str, second: str) -> str: ...

    def either(self, first: str, second: str) -> str: ...

    def negated(self, test: str) -> str: ...

    def pick(self, table: list[int], index: str) -> str: ...

    def summed(self, code: str, members: str, fields: list[str]) -> str: ...

    def days(self, how: str, members: str, fields: list[str], first: str, last: str) -> str: ...

    def listed(self, field: str, test: str, members: str, fields: list[str]) -> str: ...

    def smallest(self, code: str, members: str, fields: list[str]) -> str: ...

    def spans(self, members: str, fields: list[str]) -> str: ...


@dataclass(slots=True)
class Translator:
    """Translates the formulas of one rule in one dialect."""

    names: dict[str, Term | UnsetParameter]
    members: Members
    parameters: Parameters
    dialect: Dialect

    def of(self, formula: str) -> Term:
        try:
            tree = ast.parse(formula.strip(), mode="eval").body
        except SyntaxError as error:
            raise RulebookFault(f"公式“{formula}”写法有误。") from error
        return self._term(tree)

    def _term(self, node: ast.expr) -> Term:
        translate = _TRANSLATIONS.get(type(node))
        if translate is None:
            raise RulebookFault(f"公式中不能使用“{ast.unparse(node)}”。")
        return translate(self, node)

    def _name(self, node: ast.Name) -> Term:
        known = self.names.get(node.id)
        if isinstance(known, UnsetParameter):
            raise known
        found = known or self.parameters.term(node.id)
        if found is None:
            raise RulebookFault(f"公式中的“{node.id}”既不是事实、步骤，也不是参数。")
        return found

    def _constant(self, node: ast.Constant) -> Term:
        if isinstance(node.value, bool):
            return truth(node.value)
        if isinstance(node.value, int):
            return number(Fraction(node.value))
        if isinstance(node.value, str):
            return word(node.value)
        raise RulebookFault(f"公式中只写整数和文字，不写“{node.value!r}”。")

    def _end(self, node: ast.Attribute) -> Term:
        if isinstance(node.value, ast.Name) and node.attr in ("low", "high"):
            return self.parameters.end(node.value.id, node.attr)
        raise RulebookFault(f"公式中不能使用“{ast.unparse(node)}”。")

    def _arithmetic(self, node: ast.BinOp) -> Term:
        left, right = self._term(node.left), self._term(node.right)
        if isinstance(node.op, ast.Add | ast.Sub):
            return plus(left, right, "+" if isinstance(node.op, ast.Add) else "-")
        if isinstance(node.op, ast.Mult):
            return times(left, right)
        if isinstance(node.op, ast.Div) and isinstance(right.constant, Fraction):
            return times(left, number(1 / right.constant))
        raise RulebookFault(f"公式中不能使用“{ast.unparse(node)}”；比例请用 ratio(甲, 乙)。")

    def _sign(self, node: ast.UnaryOp) -> Term:
        inner = self._term(node.operand)
        if isinstance(node.op, ast.USub):
            return times(inner, number(Fraction(-1)))
        if isinstance(node.op, ast.Not):
            if isinstance(inner.constant, bool):
                return truth(not inner.constant)
            return Term(self.dialect.negated(inner.code), kind="truth")
        raise RulebookFault(f"公式中不能使用“{ast.unparse(node)}”。")

    def _logic(self, node: ast.BoolOp) -> Term:
        joins = isinstance(node.op, ast.And)
        result = truth(joins)
        for each in map(self._term, node.values):
            result = self._joined(result, each, joins)
        return result

    def _joined(self, first: Term, second: Term, joins: bool) -> Term:
        for one, other in ((first, second), (second, first)):
            if isinstance(one.constant, bool):
                return other if one.constant is joins else one
        join = self.dialect.both if joins else self.dialect.either
        return Term(join(first.code, second.code), kind="truth")

    def _comparison(self, node: ast.Compare) -> Term:
        result = truth(True)
        left = self._term(node.left)
        for sign, right_node in zip(node.ops, node.comparators, strict=True):
            right = self._term(right_node)
            result = self._joined(result, _compared(left, right, _SIGNS[type(sign)]), True)
            left = right
        return result

    def _choice(self, node: ast.IfExp) -> Term:
        test = self._term(node.test)
        if isinstance(test.constant, bool):
            return self._term(node.body if test.constant else node.orelse)
        yes, no, over = aligned(self._term(node.body), self._term(node.orelse))
        return Term(self.dialect.choose(test.code, yes, no), over)

    def _table(self, node: ast.Subscript) -> Term:
        index = self._term(node.slice)
        if isinstance(node.value, ast.Name) and isinstance(index.constant, str):
            return self.parameters.entry(node.value.id, index.constant)
        if not isinstance(node.value, ast.Name) or not index.choices:
            raise RulebookFault(f"公式中不能使用“{ast.unparse(node)}”。")
        values = self.parameters.table(node.value.id, index)
        over = math.lcm(*(value.denominator for value in values))
        return Term(self.dialect.pick([int(each * over) for each in values], index.code), over)

    def _call(self, node: ast.Call) -> Term:
        name = node.func.id if isinstance(node.func, ast.Name) else ""
        function = _FUNCTIONS.get(name)
        if function is None or node.keywords:
            raise RulebookFault(f"公式中没有函数“{ast.unparse(node.func)}”。")
        return function(self, node.args)

    def _least(self, arguments: list[ast.expr]) -> Term:
        return self._extreme(arguments, self.dialect.smaller)

    def _most(self, arguments: list[ast.expr]) -> Term:
        return self._extreme(arguments, self.dialect.larger)

    def _extreme(self, arguments: list[ast.expr], write: Callable[[str, str], str]) -> Term:
        result = self._term(arguments[0])
        for each in map(self._term, arguments[1:]):
            first, second, over = aligned(result, each)
            result = Term(write(first, second), over)
        return result

    def _ratio(self, arguments: list[ast.expr]) -> Term:
        part, whole = map(self._term, arguments)
        first, second, _ = aligned(part, whole)
        return Term(f"ratio({first}, {second})", 10_000)

    def _rounded_up(self, arguments: list[ast.expr]) -> Term:
        return Term(rounded(self._term(arguments[0]), decimals=0, rounding="进一"))

    def _years_after(self, arguments: list[ast.expr]) -> Term:
        day, years = map(self._term, arguments)
        if isinstance(day.constant, Fraction) and isinstance(years.constant, Fraction):
            return number(Fraction(shift_years(int(day.constant), int(years.constant))))
        return Term(f"shift_years({scaled(day, 1)}, {scaled(years, 1)})")

    def _months_after(self, arguments: list[ast.expr]) -> Term:
        day, months = (scaled(self._term(each), 1) for each in arguments)
        return Term(f"shift_months({day}, {months})")

    def _whole_months(self, arguments: list[ast.expr]) -> Term:
        first, end = (scaled(self._term(each), 1) for each in arguments)
        return Term(f"whole_months({first}, {end})")

    def _is_set(self, arguments: list[ast.expr]) -> Term:
        if not isinstance(arguments[0], ast.Name):
            raise RulebookFault("is_set(…) 里只写参数名。")
        return truth(self.parameters.is_set(arguments[0].id))

    def _inside(self, members: ast.expr) -> tuple[Translator, str, list[str]]:
        name = members.id if isinstance(members, ast.Name) else ""
        if name not in self.members:
            raise RulebookFault(f"“{ast.unparse(members)}”不是名册。")
        fields = dict(self.members[name])
        inner = Translator({**fields}, {}, self.parameters, self.dialect)
        return inner, name, [term.code for term in fields.values()]

    def _sum(self, arguments: list[ast.expr]) -> Term:
        inner, name, fields = self._inside(arguments[0])
        term = inner._term(arguments[1])
        return Term(self.dialect.summed(term.code, name, fields), term.over, term.by)

    def _count(self, arguments: list[ast.expr]) -> Term:
        inner, name, fields = self._inside(arguments[0])
        test = inner._term(arguments[1]) if len(arguments) > 1 else truth(True)
        code = self.dialect.choose(test.code, "1", "0")
        return Term(self.dialect.summed(code, name, fields))

    def _listed(self, arguments: list[ast.expr]) -> Term:
        inner, name, fields = self._inside(arguments[0])
        field, test = inner._term(arguments[1]), inner._term(arguments[2])
        return Term(self.dialect.listed(field.code, test.code, name, fields), kind="choice")

    def _covered(self, arguments: list[ast.expr]) -> Term:
        return self._days("covered", arguments)

    def _longest(self, arguments: list[ast.expr]) -> Term:
        return self._days("longest", arguments)

    def _earliest(self, arguments: list[ast.expr]) -> Term:
        inner, name, fields = self._inside(arguments[0])
        return Term(self.dialect.smallest(inner._term(arguments[1]).code, name, fields))

    def _counted(self, arguments: list[ast.expr]) -> Term:
        return self._served("counted", arguments)

    def _reached(self, arguments: list[ast.expr]) -> Term:
        return self._served("reached", arguments)

    def _served(self, how: str, arguments: list[ast.expr]) -> Term:
        """Stays and breaks are lists; what follows are numbers of days."""
        lists = [self.dialect.spans(*self._inside(each)[1:]) for each in arguments[:2]]
        numbers = [scaled(self._term(each), 1) for each in arguments[2:]]
        return Term(f"{how}({', '.join([*lists, *numbers])})")

    def _days(self, how: str, arguments: list[ast.expr]) -> Term:
        _, name, fields = self._inside(arguments[0])
        first, last = (scaled(self._term(each), 1) for each in arguments[1:])
        return Term(self.dialect.days(how, name, fields, first, last))


_SIGNS: dict[type[ast.cmpop], str] = {
    ast.Lt: "<", ast.LtE: "<=", ast.Gt: ">", ast.GtE: ">=", ast.Eq: "==", ast.NotEq: "!=",
}  # fmt: skip
_FUNCTIONS: dict[str, Callable[[Translator, list[ast.expr]], Term]] = {
    "min": Translator._least,
    "max": Translator._most,
    "ratio": Translator._ratio,
    "round_up": Translator._rounded_up,
    "years_after": Translator._years_after,
    "sum": Translator._sum,
    "count": Translator._count,
    "names": Translator._listed,
    "covered_days": Translator._covered,
    "longest_days": Translator._longest,
    "months_after": Translator._months_after,
    "whole_months": Translator._whole_months,
    "earliest": Translator._earliest,
    "counted_days": Translator._counted,
    "day_reached": Translator._reached,
    "is_set": Translator._is_set,
}
_TRANSLATIONS: dict[type[ast.expr], Callable[[Translator, Any], Term]] = {
    ast.Name: Translator._name,
    ast.Constant: Translator._constant,
    ast.Attribute: Translator._end,
    ast.BinOp: Translator._arithmetic,
    ast.UnaryOp: Translator._sign,
    ast.BoolOp: Translator._logic,
    ast.Compare: Translator._comparison,
    ast.IfExp: Translator._choice,
    ast.Subscript: Translator._table,
    ast.Call: Translator._call,
}


def _compared(left: Term, right: Term, sign: str) -> Term:
    if left.kind == "choice":
        return _compared_words(left, right, sign)
    if left.kind == "truth":
        return left if right.constant is True else Term(f"({left.code} {sign} {right.code})")
    first, second, _ = aligned(left, right)
    return Term(f"({first} {sign} {second})", kind="truth")


def _compared_words(left: Term, right: Term, sign: str) -> Term:
    """Choices compare by their order in the rulebook."""
    if left.choices:
        if right.constant not in left.choices:
            raise RulebookFault(f"选项“{right.constant}”不在 {'、'.join(left.choices)} 之中。")
        place = left.choices.index(str(right.constant))
        return Term(f"({left.code} {sign} {place})", kind="truth")
    if sign not in ("==", "!="):
        raise RulebookFault("文字参数只能比较是否相同。")
    return truth((left.constant == right.constant) is (sign == "=="))
