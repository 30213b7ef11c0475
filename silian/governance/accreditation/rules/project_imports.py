"""Whether a checked file of projects may be taken in (项目导入规则)."""

from __future__ import annotations


def reason_not_importable(*, good_rows: int, faults: int, takes_good_rows: bool) -> str | None:
    """Why the file may not be taken in, or None.

    >>> reason_not_importable(good_rows=3, faults=0, takes_good_rows=False)
    """
    if not good_rows:
        return "文件里没有可以导入的行。请按逐格问题改好后重新上传。"
    if faults and not takes_good_rows:
        return "文件里有错，您选择了有错就全部不导入。请改好后重新上传，或改为只导入无误的行。"
    return None
