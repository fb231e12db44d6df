"""The plain way to search, beside which ours is measured: every hit is ranked, counted and joined to its marks.

It is given our analyser, our index and our narrow table of marks, and shows nothing of what it finds: what remains is
what ranking and counting all hits costs.
"""

from __future__ import annotations

from collections import Counter

from django.db import connection

from archive.models import FacetSet
from archive.search.engines import postgresql, sqlite
from archive.search.expression import Expression, fts5, tsquery

SHOWN = 20


def search(expression: Expression) -> int:
    """Search so; the number of hits."""
    if connection.vendor == "sqlite":
        table, key, asked = sqlite.TABLE, f"{sqlite.TABLE}.rowid", fts5(expression)
        where, best = f"{table} MATCH %s", f"bm25({table})"
    else:
        table, key, asked = postgresql.TABLE, "entry_id", tsquery(expression)
        where, best = "vector @@ %s::tsquery", "ts_rank(vector, %s::tsquery) DESC"
    joined = (
        f"SELECT entry.{{0}}, count(*) FROM {table} JOIN archive_searchentry AS entry ON entry.id = {key}"
        f" WHERE {where} GROUP BY 1"
    )
    with connection.cursor() as cursor:
        cursor.execute(
            f"SELECT {key} FROM {table} WHERE {where} ORDER BY {best} LIMIT {SHOWN}",
            [asked] * (2 if "%s" in best else 1),
        )
        cursor.fetchall()
        cursor.execute(f"SELECT count(*) FROM {table} WHERE {where}", [asked])
        count = int(cursor.fetchone()[0])
        cursor.execute(f"{joined.format('place_id')} UNION ALL {joined.format('subject_id')}", [asked, asked])
        counted = cursor.fetchall()
    marks = dict(
        FacetSet.objects.filter(pk__among={key for key, _count in counted}).values_list("pk", "marks")
    )
    total: Counter[str] = Counter()
    for key, number in counted:
        for mark in marks[key].split():
            total[mark] += number
    return count
