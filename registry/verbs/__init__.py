"""The only code that changes the public record: publish, withdraw, restore, rename, merge.

Each verb is atomic, takes who does it (`by`, None for the system itself) and, from the second edition on,
a public `note`, raises `ValidationError` naming fields where the act is not allowed, and leaves one Change
for each record it touched.
"""

from registry.verbs.citing import publish_citing
from registry.verbs.foundations import standing_on
from registry.verbs.merging import merge
from registry.verbs.moving import rename
from registry.verbs.publication import publish, publish_all, publish_many
from registry.verbs.removal import restore, withdraw, withdraw_many

__all__ = [
    "merge",
    "publish",
    "publish_all",
    "publish_citing",
    "publish_many",
    "rename",
    "restore",
    "standing_on",
    "withdraw",
    "withdraw_many",
]
