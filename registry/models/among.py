"""`field__among={…}` is `field__in={…}` with one parameter for all values: of many, Django takes long over each.

Give it a set: of a list, Django asks each value whether it is an expression.
"""

from __future__ import annotations

import json
from typing import Any

from django.db import models


@models.CharField.register_lookup
@models.BigIntegerField.register_lookup
class Among(models.Lookup):  # type: ignore[type-arg]
    lookup_name = "among"
    prepare_rhs = False

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        lhs, params = self.process_lhs(compiler, connection)
        values = sorted(self.rhs)
        if connection.vendor == "sqlite":
            return f"{lhs} IN (SELECT value FROM json_each(%s))", [*params, json.dumps(values)]
        return f"{lhs} = ANY(%s)", [*params, values]
