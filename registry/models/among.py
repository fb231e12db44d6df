"""`field__among={…}` is `field__in={…}` with one parameter for all values: of many, Django takes long over each.

Give it a set: of a list, Django asks each value whether it is an expression. What is no set is a value yet to come
(`registry.models.prepared`).
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from django.db import models


@models.CharField.register_lookup
@models.BigIntegerField.register_lookup
class Among(models.Lookup):  # type: ignore[type-arg]
    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        lhs, params = self.process_lhs(compiler, connection)
        is_known = isinstance(self.rhs, set | frozenset)
        values = column(self.rhs, connection.vendor) if is_known else self.rhs
        if connection.vendor == "sqlite":
            return f"{lhs} IN (SELECT value FROM json_each(%s))", [*params, values]
        return f"{lhs} = ANY(%s)", [*params, values]


def column(values: Iterable[Any], vendor: str) -> Any:
    """Many values as one parameter of a query."""
    return json.dumps(sorted(values)) if vendor == "sqlite" else sorted(values)
