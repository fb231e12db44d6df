"""`make judges`: what Zotero makes of our pages and downloads, held against `expected.yaml`, a line each.

Zotero’s translators of 2019 and its translation server, as npm’s `zotero-translators` packs both, run unmodified in
Node against an archive that is served for the occasion. What npm brings stays in `var/judges/`.
"""

from __future__ import annotations

import argparse
import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import Any

from tests.judges.cases import Case, cases, facts
from tests.served import ROOT, environment, prepare, serving

HERE = Path(__file__).resolve().parent
FOLDER = ROOT / "var" / "judges"
PACKAGE = {
    "private": True,
    "dependencies": {"zotero-translators": "0.0.2"},
    # Zotero’s own copy is not in the registry; the original has what the translation server asks of it.
    "overrides": {"wicked-good-xpath": "1.3.0"},
}


def install() -> None:
    """Zotero’s translators in `var/judges/`, once; SystemExit where Node or the registry is missing."""
    for command in ("node", "npm"):
        if shutil.which(command) is None:
            raise SystemExit(f"{command} is missing. On Debian: apt install nodejs npm")
    if (FOLDER / "node_modules" / "zotero-translators").exists():
        return
    print("Installing Zotero’s translators…", flush=True)
    FOLDER.mkdir(parents=True, exist_ok=True)
    (FOLDER / "package.json").write_text(json.dumps(PACKAGE, indent=1))
    quiet = ["--ignore-scripts", "--no-audit", "--no-fund", "--loglevel=error"]
    if subprocess.run(["npm", "install", *quiet], cwd=FOLDER, check=False).returncode:
        raise SystemExit("npm could not install zotero-translators: see what it says above.")


def judged(asked: list[Case], site: str) -> list[dict[str, Any]]:
    """What Zotero answers to each case, in order."""
    jobs = [{"url": site + case.address, "by": case.by, "as": case.way} for case in asked]
    with tempfile.NamedTemporaryFile("r", suffix=".json") as answers:
        subprocess.run(
            ["node", str(HERE / "zotero.js"), str(FOLDER), answers.name],
            input=json.dumps(jobs),
            text=True,
            stdout=subprocess.DEVNULL,
            check=True,
        )
        return list(json.load(answers))


def report(case: Case, found: dict[str, Any], *, whole: bool) -> bool:
    """A line on the case, and one for each value that differs; whether none does."""
    wrong = sorted(name for name in {*case.expected, *found} if case.expected.get(name) != found.get(name))
    shown = ("type", "kind", "title", "date", "place", "bodies", "language", "number", "url", "attached")
    line = " · ".join(str(found[name]) for name in shown if found.get(name))
    print(
        f"{'differs' if wrong else 'as said':8} {case.page:12} {case.by:18} {line[: None if whole else 150]}"
    )
    for name in wrong:
        print(f"         {name}: {found.get(name)!r}, where {case.expected.get(name)!r} was expected")
    return not wrong


def main() -> int:
    parser = argparse.ArgumentParser(prog="make judges", description=__doc__)
    parser.add_argument("--whole", action="store_true", help="do not cut the lines")
    asked = parser.parse_args()
    install()
    every = cases(HERE / "expected.yaml")
    with tempfile.TemporaryDirectory(prefix="judges-") as folder:
        env = environment(Path(folder))
        print("Loading the starting data (a minute)…", flush=True)
        prepare(env, (ROOT / "fixtures", HERE / "commas"))
        with serving(env) as site:
            answers = judged(every, site)
        right = [
            report(case, facts(answer, site), whole=asked.whole)
            for case, answer in zip(every, answers, strict=True)
        ]
    print(f"{sum(right)} of {len(right)} as written down in tests/judges/expected.yaml.")
    return 0 if all(right) else 1


if __name__ == "__main__":
    sys.exit(main())
