"""Refusals of the engine, each a Chinese sentence for the user."""

from __future__ import annotations


class PolicyDocumentError(Exception):
    """A file that cannot be read as a policy document (无法按政策文件读取)."""


class NotAPolicyDocument(PolicyDocumentError):
    """The file holds no document text (不是文件)."""


class RecognitionUnavailable(PolicyDocumentError):
    """Optical recognition is not installed on this machine (未安装文字识别)."""
