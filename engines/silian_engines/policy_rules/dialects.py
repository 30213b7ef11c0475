"""The two ways to write a formula (两种写法): for one case, and for arrays of cases."""

from __future__ import annotations


class OneCase:
    """Plain Python over whole numbers."""

    def smaller(self, first: str, second: str) -> str:
        return _extreme(first, second, "<", "min")

    def larger(self, first: str, second: str) -> str:
        return _extreme(first, second, ">", "max")

    def choose(self, test: str, yes: str, no: str) -> str:
        return f"({yes} if {test} else {no})"

    def both(self, first: str, second: str) -> str:
        return f"({first} and {second})"

    def either(self, first: str, second: str) -> str:
        return f"({first} or {second})"

    def negated(self, test: str) -> str:
        return f"(not {test})"

    def pick(self, table: list[int], index: str) -> str:
        return f"({', '.join(map(str, table))},)[{index}]"

    def summed(self, code: str, members: str, fields: list[str]) -> str:
        return f"sum([{code} for {_unpacked(fields)} in {members}])"

    def days(self, how: str, members: str, fields: list[str], first: str, last: str) -> str:
        spans = f"[({fields[0]}, {fields[1]}) for {_unpacked(fields)} in {members}]"
        return f"{how}({spans}, {first}, {last})"

    def smallest(self, code: str, members: str, fields: list[str]) -> str:
        return f"min([{code} for {_unpacked(fields)} in {members}])"

    def spans(self, members: str, fields: list[str]) -> str:
        return f"[({fields[0]}, {fields[1]}) for {_unpacked(fields)} in {members}]"

    def listed(self, field: str, test: str, members: str, fields: list[str]) -> str:
        return f"tuple([{field} for {_unpacked(fields)} in {members} if {test}])"


class ManyCases:
    """The same over numpy arrays of 64-bit whole numbers."""

    def smaller(self, first: str, second: str) -> str:
        return f"minimum({first}, {second})"

    def larger(self, first: str, second: str) -> str:
        return f"maximum({first}, {second})"

    def choose(self, test: str, yes: str, no: str) -> str:
        """Without branches: random truths would cost ten times the arithmetic."""
        return f"({yes} * {test})" if no == "0" else f"select({test}, {yes}, {no})"

    def both(self, first: str, second: str) -> str:
        return f"logical_and({first}, {second})"

    def either(self, first: str, second: str) -> str:
        return f"logical_or({first}, {second})"

    def negated(self, test: str) -> str:
        return f"logical_not({test})"

    def pick(self, table: list[int], index: str) -> str:
        return f"array({table}).take({index})"

    def summed(self, code: str, members: str, fields: list[str]) -> str:
        return f"totals({code}, {members})"

    def days(self, how: str, members: str, fields: list[str], first: str, last: str) -> str:
        return f"{how}({fields[0]}, {fields[1]}, {members}, {first}, {last})"

    def smallest(self, code: str, members: str, fields: list[str]) -> str:
        return f"earliest({code}, {members})"

    def spans(self, members: str, fields: list[str]) -> str:
        return f"({fields[0]}, {fields[1]}, {members})"

    def listed(self, field: str, test: str, members: str, fields: list[str]) -> str:
        return "None"


def _unpacked(fields: list[str]) -> str:
    return f"({', '.join(fields)},)"


def _extreme(first: str, second: str, sign: str, function: str) -> str:
    """A comparison in line is faster than a call, when nothing is computed twice."""
    if first.isidentifier() and (second.isidentifier() or second.isdecimal()):
        return f"({first} if {first} {sign} {second} else {second})"
    return f"{function}({first}, {second})"
