"""Exchange files as a person meets them: YAML, or the same as JSON."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import yaml

SUFFIXES = {".yaml", ".yml", ".json"}
WIDTH = 108


class Dumper(yaml.CSafeDumper):
    """Every value written out where it stands."""

    def ignore_aliases(self, data: Any) -> bool:
        return True


def read(path: Path) -> Any:
    """The content of one file. Raises ValueError with the place for what is neither YAML nor JSON."""
    text = path.read_text(encoding="utf-8")
    if path.suffix == ".json":
        return json.loads(text)
    try:
        return yaml.load(text, Loader=yaml.CSafeLoader)
    except yaml.YAMLError as error:
        raise ValueError(str(error)) from error


def write(folder: Path, name: str, sections: dict[str, Any], heading: str, form: str = "yaml") -> Path:
    """Write sections to `name` with the suffix of the form, yaml or json; the path."""
    path = folder / f"{name}.{form}"
    path.parent.mkdir(parents=True, exist_ok=True)
    text = (
        as_yaml(sections, heading)
        if form == "yaml"
        else json.dumps(sections, ensure_ascii=False, indent=1) + "\n"
    )
    path.write_text(text, encoding="utf-8", newline="\n")
    return path


def as_yaml(sections: dict[str, Any], heading: str) -> str:
    """The sections under a heading, an empty line before each and before each record of a list."""
    pieces = [f"# {heading}\n"]
    for section, content in sections.items():
        if isinstance(content, list) and content:
            pieces.append(f"{section}:\n\n" + "\n".join(dump([record]) for record in content))
        else:
            pieces.append(dump({section: content}))
    return "\n".join(pieces)


def dump(data: Any) -> str:
    text: str = yaml.dump(data, Dumper=Dumper, allow_unicode=True, sort_keys=False, width=WIDTH)
    return text
