"""What formulas find under a parameter's name (参数取值)."""

from __future__ import annotations

from collections.abc import Iterable
from fractions import Fraction

from .errors import RulebookFault
from .provisions import UNSET, Effective, Provision
from .terms import Term, number, truth, word
from .translation import UnsetParameter


class EffectiveTerms:
    """Terms of the provisions in force; remembers which options have no value."""

    def __init__(self, *, effective: Effective, basis: Iterable[str]) -> None:
        self._effective = effective
        self._basis = frozenset(basis)
        self.closed: dict[str, dict[int, str]] = {}

    def term(self, id: str) -> Term | None:
        provision = self._single(id)
        if provision is None:
            return None
        value = provision.value
        if value == UNSET or value is None:
            raise UnsetParameter(id)
        if isinstance(value, bool):
            return truth(value)
        return number(value) if isinstance(value, Fraction) else word(value)

    def end(self, id: str, end: str) -> Term:
        provision = self._single(id)
        if provision is None:
            raise RulebookFault(f"公式中的“{id}.{end}”不是参数。")
        found = provision.low if end == "low" else provision.high
        value = found if found is not None else provision.value
        if not isinstance(value, Fraction):
            raise UnsetParameter(id)
        return number(value)

    def entry(self, id: str, key: str) -> Term:
        provision = self._effective.of(id).get(key)
        if provision is None or not isinstance(provision.value, Fraction):
            raise UnsetParameter(id)
        return number(provision.value)

    def table(self, id: str, index: Term) -> list[Fraction]:
        keyed = self._effective.of(id)
        if not keyed:
            raise UnsetParameter(id)
        values = []
        for place, choice in enumerate(index.choices):
            provision = keyed.get(choice)
            value = provision.value if provision else None
            if not isinstance(value, Fraction):
                self.closed.setdefault(index.code, {})[place] = choice
            values.append(value if isinstance(value, Fraction) else Fraction(0))
        return values

    def is_set(self, id: str) -> bool:
        """Whether the place has a value here; a rule may say what holds without one."""
        if id not in self._basis:
            raise RulebookFault(f"is_set({id}) 里的参数没有写进 basis。")
        single = self._single_of(id)
        return single is not None and single.is_set

    def _single_of(self, id: str) -> Provision | None:
        keyed = self._effective.of(id)
        return keyed.get(None) or next(iter(keyed.values()), None)

    def _single(self, id: str) -> Provision | None:
        keyed = self._effective.of(id)
        if keyed:
            return next(iter(keyed.values())) if len(keyed) == 1 else keyed.get(None)
        if id in self._basis:
            raise UnsetParameter(id)
        return None
