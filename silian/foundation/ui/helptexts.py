"""Help texts: Markdown files beside a module's templates, turned into safe HTML."""

from __future__ import annotations

from functools import lru_cache

from django.template import TemplateDoesNotExist
from django.template.loader import get_template
from django.utils.safestring import SafeString, mark_safe
from markdown_it import MarkdownIt


def rendered_help(*, name: str) -> SafeString:
    """The help text ``<module>/<page>``; nothing when it is not written yet (帮助)."""
    module, _, page = name.partition("/")
    return rendered_file(f"{module}/help/{page}.md")


@lru_cache(maxsize=256)
def rendered_file(path: str) -> SafeString:
    try:
        source = get_template(path).template.source  # type: ignore[attr-defined]
    except TemplateDoesNotExist:
        return mark_safe("")
    return markdown_to_html(source=source)


def markdown_to_html(*, source: str) -> SafeString:
    """Markdown as HTML; markup in the source stays text and script addresses stay unlinked."""
    markdown = MarkdownIt("commonmark", {"html": False, "linkify": False}).enable("table")
    return mark_safe(markdown.render(source))
