"""Which part of a posting speaks of the work (文本分段): duties and demands, not the benefits."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import Enum


class Topic(Enum):
    """What a stretch of text is about (段落主题)."""

    UNKNOWN = "unknown"
    DUTIES = "duties"
    DEMANDS = "demands"
    BESIDE = "beside"


@dataclass(frozen=True, slots=True)
class Part:
    """A stretch of text with one topic; ``end`` is not in it."""

    topic: Topic
    start: int
    end: int


_TOPICS = (
    (
        Topic.BESIDE,
        "薪资福利|薪酬福利|福利待遇|薪资待遇|工资待遇|公司福利|员工福利|岗位待遇|我们提供|你将获得|您将获得|加入我们|公司简介|"
        "企业简介|公司介绍|企业介绍|关于我们|团队介绍|上班时间|工作时间|上班地址|上班地点|工作地址|工作地点|公司地址|联系方式|"
        "联系人|联系电话|职能类别|晋升空间|发展空间|职业发展|晋升通道|培训体系|福利|待遇",
    ),
    (
        Topic.DEMANDS,
        "任职要求|任职资格|岗位要求|职位要求|职务要求|能力要求|技能要求|招聘要求|应聘要求|应聘条件|招聘条件|任职条件|资格要求|"
        "基本要求|我们希望你|我们期望|希望你|要求",
    ),
    (
        Topic.DUTIES,
        "岗位职责|工作职责|职位描述|岗位描述|职责描述|工作内容|主要职责|工作描述|职位职责|岗位内容|工作任务|职责",
    ),
)
_HEADING = re.compile(
    r"(?:^|(?<=[\s。；;!！【\[（(<《、,，.]))(?P<words>"
    + "|".join(words for _, words in _TOPICS)
    + r")(?=\s*[:：】\])）>》]|\s*$|\s*[\n\r]|\s*1[、.．])",
    re.MULTILINE,
)
_TOPIC_OF_WORDS = {word: topic for topic, words in _TOPICS for word in words.split("|")}


def parts_of(text: str, /) -> Iterator[Part]:
    """The text cut at its headings; what stands before the first has no topic."""
    topic, start = Topic.UNKNOWN, 0
    for heading in _HEADING.finditer(text):
        if heading.start() > start:
            yield Part(topic, start, heading.start())
        topic, start = _TOPIC_OF_WORDS[heading["words"]], heading.end()
    yield Part(topic, start, len(text))
