"""What a doubt is called, and what its settlement touches (疑点用语)."""

from __future__ import annotations

CAUSES = {
    "uncertain_character": "一个字符认不准",
    "unreadable_character": "一个字符无法还原",
    "date": "成文日期有几种读法",
    "doc_number": "文号有几种读法",
    "cited_number": "引用文号有几种读法",
    "unknown_body": "责任单位名称认不准",
    "elided_level": "责任单位省略了层级",
    "tail_bracket": "责任分工的括号不完整",
    "table_number": "分工表序号有疑问",
    "numbering_gap": "序号不连续，可能漏认一级",
    "restored_prefix": "补全了责任单位的层级",
    "mended_name": "补正了责任单位名称",
    "removed_repeat": "去掉了重复的字",
    "joined_break": "接上了断开的词",
    "split_names": "分开了连写的单位",
}
BODY_CAUSES = frozenset({"unknown_body", "elided_level"})


def cause_words(cause: str) -> str:
    return CAUSES.get(cause, "原文有几种读法")
