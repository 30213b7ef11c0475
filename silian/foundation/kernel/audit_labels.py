"""Actions of the audit trail in Chinese, told by the modules that record them."""

from __future__ import annotations

_labels: dict[str, str] = {}


def register_action_labels(labels: dict[str, str]) -> None:
    """Say in Chinese what the actions of a module are; used in its ``permissions.py``."""
    _labels.update(labels)


def action_label(action: str) -> str:
    """The Chinese words for an action, or its code when the module gave none."""
    return _labels.get(action, action)


def labelled_actions(words: str) -> list[str]:
    """The codes whose Chinese label contains the words."""
    return [action for action, label in _labels.items() if words in label]
