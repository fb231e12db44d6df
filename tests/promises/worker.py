"""What `make promises` does in one database: a life and its checks, or the checks of what was restored there.

`python -m tests.promises.worker live|restored FOLDER --…`, with DATABASE_URL and DATA_DIR set. Prints its figures as
one line of JSON; how far it is goes to standard error.
"""

from __future__ import annotations

import argparse
import json
import random
from collections import Counter
from dataclasses import asdict
from pathlib import Path
from typing import Any

import django

django.setup()

from django.core.management import call_command  # noqa: E402
from django.db import connection, transaction  # noqa: E402
from django.urls import NoReverseMatch, reverse  # noqa: E402

from archive.promises.ask import Ask, in_process  # noqa: E402
from archive.promises.replay import Outcome  # noqa: E402
from registry.models import Pid  # noqa: E402
from tests.promises import checks, machine  # noqa: E402
from tests.promises.world import World, live  # noqa: E402

Figures = list[dict[str, Any]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("task", choices=("live", "restored"))
    parser.add_argument("folder", type=Path)
    parser.add_argument("--operations", type=int, default=0)
    parser.add_argument("--steps", type=int, default=50)
    parser.add_argument("--citations", type=int, default=0)
    parser.add_argument("--acts", type=int, default=0)
    parser.add_argument("--ids", type=int, default=0)
    parser.add_argument("--seed", type=int, default=0)
    parser.add_argument(
        "--share", type=int, default=1, help="of all forms but page and JSON, ask every so-manieth"
    )
    parser.add_argument("--most", type=int, default=0, help="ask so many of the addresses, instead of all")
    parser.add_argument("--cursors", type=int, default=100)
    asked = parser.parse_args()
    call_command("migrate", verbosity=0)
    call_command("collectstatic", interactive=False, verbosity=0)
    figures = lived(asked) if asked.task == "live" else restored(asked)
    print(json.dumps({"database": connection.vendor, "figures": figures}))


def lived(asked: argparse.Namespace) -> Figures:
    """The state machine, which leaves nothing behind; then a life that stays, its checks, and its export."""
    figures: Figures = []
    if asked.operations:
        with transaction.atomic():
            counts = machine.run(asked.operations, asked.steps, asked.seed)
        figures.append(from_machine(counts))
    source, ledger = random.Random(asked.seed), checks.Ledger()
    with in_process() as ask:
        world = World()
        while len(ledger.citations) < asked.citations:
            live(world, source, 50)
            ledger.note_editions(ask)
            ledger.citations.clear()
            ledger.cite(world.touched().values_list("pk", flat=True), asked.citations)
        machine.said(f"{asked.acts:,} acts")
        live(world, source, asked.acts)
        ledger.note_editions(ask)
        figures += checked(ask, ledger, asked)
        slips = checks.slips_caught(ask, asked.ids, over_http=200)
    figures.append(figure("A10", slips, f"wrong characters and swaps in {asked.ids:,} ids"))
    call_command("export_archive", str(asked.folder / "export"), verbosity=0)
    (asked.folder / "ledger.json").write_text(json.dumps(asdict(ledger)), encoding="utf-8")
    return figures


def restored(asked: argparse.Namespace) -> Figures:
    machine.said("what was lived in the other database is brought back")
    call_command("import_archive", str(asked.folder / "export"), verbosity=0)
    written = json.loads((asked.folder / "ledger.json").read_text(encoding="utf-8"))
    with in_process() as ask:
        return checked(ask, checks.Ledger(**written), asked)


def from_machine(counts: Counter[str]) -> dict[str, Any]:
    done = sum(count for name, count in counts.items() if name.startswith("done "))
    note = (
        f"addresses after {counts['operations']:,} operations in {counts['lives']:,} lives, {done:,} done and the"
        f" rest refused or without a record to act on; {counts['editions']:,} editions, {counts['tombstones']:,}"
        " tombstones"
    )
    return {
        "id": "A1",
        "kept": counts["addresses"],
        "asked": counts["addresses"],
        "what": note,
        "failures": [],
    }


def checked(ask: Ask, ledger: checks.Ledger, asked: argparse.Namespace) -> Figures:
    every = list(Pid.objects.exclude(published_at=None).values_list("pk", flat=True))
    machine.said("every address, citation, edition and tombstone")
    cited, stones = checks.citations_kept(ask, ledger)
    forms = sorted({citation["form"] for citation in ledger.citations})
    words = f"printed citations ({', '.join(forms)}) lead to the cited words"
    words += f", {stones:,} of them to a tombstone that says why" if stones else ""
    return [
        figure("A1", checks.swept(ask, every, asked.share, asked.most), "addresses, in every form"),
        figure("A3", checks.editions_kept(ask, ledger), "editions the same to the byte, or 410"),
        figure(
            "A4", checks.tombstones_kept(ask, every), "tombstones say what, when, by whom, why, what replaces"
        ),
        *cursors(ask, asked.cursors),
        figure("A9", cited, words),
    ]


def cursors(ask: Ask, count: int) -> Figures:
    """A6, where the archive has a feed of changes: from any cursor a reader comes to the same set."""
    try:
        address = reverse("changes")
    except NoReverseMatch:
        return []
    kept = checks.cursors_kept(ask, address, count)
    return [figure("A6", kept, "cursors of the feed of changes come to the same set")]


def figure(name: str, outcome: Outcome, what: str) -> dict[str, Any]:
    return {
        "id": name,
        "kept": outcome.kept,
        "asked": outcome.asked,
        "what": what,
        "failures": outcome.failures[:20],
    }


if __name__ == "__main__":
    main()
