"""`order_by(NameKey("name"))`: names in the order of `registry/kit/sorting.py`, by the database."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.backends.signals import connection_created
from django.dispatch import receiver
from django.utils.deconstruct import deconstructible

from registry.kit import sorting


def _in_postgresql() -> str:
    """The rule in PostgreSQL’s own functions; names of ASCII alone, which are most, take the short way."""
    single = {chr(number): plain for number, plain in sorting.FOLDED.items() if len(plain) == 1}
    dropped = "".join(chr(number) for number, plain in sorting.FOLDED.items() if not plain)
    pairs = f"'{''.join(single)}{dropped}', '{''.join(single.values())}'"
    text = f"translate(normalize(%(expressions)s, NFKD), {pairs})"
    for number, plain in sorting.FOLDED.items():
        if len(plain) > 1:
            text = f"replace({text}, '{chr(number)}', '{plain}')"
    is_ascii = "octet_length(%(expressions)s) = char_length(%(expressions)s)"
    short = 'lower(%(expressions)s COLLATE "C")'
    return f'(CASE WHEN {is_ascii} THEN {short} ELSE {text} END COLLATE "C")'


@deconstructible(path="registry.models.NameKey")  # type: ignore[misc]
class NameKey(models.Func):
    """What texts are put in the order of names by. SQLite asks `sorting.key` itself."""

    function = "name_key"
    arity = 1
    in_postgresql = _in_postgresql()

    def __init__(self, text: Any) -> None:
        super().__init__(text, output_field=models.TextField())

    def as_postgresql(self, compiler: Any, connection: Any, **_context: Any) -> tuple[str, Any]:
        sql, params = self.as_sql(compiler, connection, template=self.in_postgresql)
        return sql, [*params] * self.in_postgresql.count("%(expressions)s")


@receiver(connection_created)
def teach_sqlite(connection: Any, **_kwargs: Any) -> None:
    if connection.vendor == "sqlite":
        connection.connection.create_function(NameKey.function, 1, _key, deterministic=True)


def _key(text: str | None) -> str | None:
    return None if text is None else sorting.key(text)
