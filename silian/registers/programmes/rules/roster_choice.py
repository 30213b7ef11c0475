"""Whether the rows of a roster may come in as the school chose."""

from __future__ import annotations


def reason_not_importable(*, rows: int, refused_rows: int, takes_good_rows: bool) -> str | None:
    """Why nothing can come in, or None (全部无误才导入、只导入无误的行)."""
    if rows == refused_rows:
        return "没有一行可以导入。请按逐格问题改好文件后重新上传。"
    if refused_rows and not takes_good_rows:
        return (
            f"有 {refused_rows} 行不能导入，您选择了“全部无误才导入”。"
            "请改好文件后重新上传，或改选“只导入无误的行”。"
        )
    return None
