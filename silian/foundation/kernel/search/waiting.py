"""What an engine outside the database has still to forget (待送检索).

Such an engine learns of a change a moment later, or much later when a part of it is away. Until
then its answers leave out what may not be read any more, so it is neither shown nor counted.
"""

from __future__ import annotations

from django.db import connection

from silian.foundation.kernel.search.lexemes import filter_lexeme, filter_query
from silian.foundation.kernel.search.requests import VISIBILITY, Hit, SearchRequest

LEFT_OUT = """
SELECT DISTINCT waiting.subject, waiting.object_id FROM kernel_searchchange waiting
LEFT JOIN kernel_searchentry entry USING (subject, object_id)
WHERE entry.id IS NULL OR NOT coalesce(entry.vector @@ %s::tsquery, true)
LIMIT %s
"""


def unreadable(request: SearchRequest, *, most: int) -> list[Hit]:
    """Rows with a change on its way that the asker of the request may not read as they stand."""
    values = request.values_of(VISIBILITY)
    readable = filter_query([[filter_lexeme(VISIBILITY, value) for value in values]])
    with connection.cursor() as cursor:
        cursor.execute(LEFT_OUT, [readable or None, most])
        return [Hit(subject=subject, object_id=number) for subject, number in cursor.fetchall()]
