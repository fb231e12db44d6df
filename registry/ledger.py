"""Questions to the ledger of paths."""

from registry.models.ids import Path


def free_path(path: str, pid: str) -> str:
    """The path itself, or the first of `path-2`, `path-3`… that is nobody else's; one query."""
    taken = set(Path.objects.filter(path__startswith=path).exclude(pid=pid).values_list("path", flat=True))
    number, candidate = 1, path
    while candidate in taken:
        number += 1
        candidate = f"{path}-{number}"
    return candidate
