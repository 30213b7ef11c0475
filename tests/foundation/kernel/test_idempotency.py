"""The same request twice has one effect and one answer."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.utils import timezone

from silian.foundation.kernel.errors import DomainError
from silian.foundation.kernel.idempotency import forget_before, once

pytestmark = pytest.mark.django_db


def ask(effects: list[int], *, key: str = "k1", caller: str = "token:1", body: Any = None) -> Any:
    def work() -> tuple[int, Any]:
        effects.append(1)
        return 201, {"id": len(effects)}

    return once(caller=caller, key=key, request=body or {"title": "焊工"}, work=work)


def test_a_repeated_request_gets_the_first_answer() -> None:
    effects: list[int] = []
    assert ask(effects) == ask(effects) == (201, {"id": 1})
    assert len(effects) == 1


def test_another_key_or_caller_is_another_request() -> None:
    effects: list[int] = []
    ask(effects)
    ask(effects, key="k2")
    ask(effects, caller="token:2")
    assert len(effects) == 3


def test_a_key_used_for_another_request_is_refused() -> None:
    ask([])
    with pytest.raises(DomainError, match="另一请求"):
        ask([], body={"title": "钳工"})


def test_a_refused_request_may_be_sent_again() -> None:
    def refuse() -> tuple[int, Any]:
        raise DomainError("人数须为正数。")

    with pytest.raises(DomainError):
        once(caller="token:1", key="k1", request={"title": "焊工"}, work=refuse)
    assert ask([]) == (201, {"id": 1})


@pytest.mark.parametrize("key", ["", "x" * 81])
def test_a_key_has_a_sensible_length(key: str) -> None:
    with pytest.raises(DomainError):
        ask([], key=key)


def test_old_answers_are_forgotten() -> None:
    effects: list[int] = []
    ask(effects)
    assert forget_before(timezone.now() + datetime.timedelta(seconds=1)) == 1
    ask(effects)
    assert len(effects) == 2
