"""Refusals: what a user may not do, said in a sentence that also tells the cure."""

from __future__ import annotations


class DomainError(Exception):
    """A rule said no. The text is shown to the user: what, which rule, what to do."""

    status = 409

    def __init__(self, sentence: str, *, field: str | None = None) -> None:
        super().__init__(sentence)
        self.sentence = sentence
        self.field = field


class NotAllowed(DomainError):
    """The actor's role does not include this step (无权办理)."""

    status = 403


class WrongState(DomainError):
    """The step does not exist from the present state (当前状态不能办理)."""
