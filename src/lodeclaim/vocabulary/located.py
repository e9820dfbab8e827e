"""A YAML file whose every value knows the line it stands on."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import yaml

from lodeclaim.vocabulary.load import read_yaml

__all__ = ["LocatedFile", "path_in"]

_Loader: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_STEP = re.compile(r"\.([^.\[\]]+)|\[(\d+)\]|\[\.\.\.\]")


class LocatedFile:
    """The data of a YAML file, and the line of each part of it; raises VocabularyError where it is no YAML."""

    def __init__(self, path: Path) -> None:
        self.path = path
        text = path.read_text("utf-8")
        try:
            self._root: Any = yaml.compose(text, Loader=_Loader)
        except yaml.YAMLError:
            self._root = None
        # Where a key stands twice the reader of files stops; here the rest is to be looked at as well.
        self.data: Any = yaml.load(text, Loader=_Loader) if self.repeated_keys() else read_yaml(path)

    def line(self, *path: str | int) -> int:
        """Return the line (from 1) of the value at the path of keys and indexes, or of the last step there is."""
        node, line = self._root, 1
        for step in path:
            found = _step(node, step)
            if found is None:
                break
            line, node = found
        return line

    def repeated_keys(self) -> list[tuple[str, int]]:
        """Return keys that stand twice in one mapping, with the line of the second."""
        found: list[tuple[str, int]] = []
        queue = [self._root] if self._root is not None else []
        for node in queue:
            if isinstance(node, yaml.MappingNode):
                seen: set[str] = set()
                for key, value in node.value:
                    if key.value in seen:
                        found.append((key.value, key.start_mark.line + 1))
                    seen.add(key.value)
                    queue.append(value)
            elif isinstance(node, yaml.SequenceNode):
                queue += node.value
        return found


def _step(node: Any, step: str | int) -> tuple[int, Any] | None:
    if isinstance(node, yaml.MappingNode):
        for key, value in node.value:
            if key.value == str(step):
                return key.start_mark.line + 1, value
    elif isinstance(node, yaml.SequenceNode) and isinstance(step, int) and step < len(node.value):
        value = node.value[step]
        return value.start_mark.line + 1, value
    return None


def path_in(message: str) -> tuple[str | int, ...]:
    """Return the path a validation message of msgspec ends with, and the field it calls unknown.

    >>> path_in("Object contains unknown field `colour` - at `$.forms[2]`")
    ('forms', 2, 'colour')
    """
    where = re.search(r"at `\$(.*)`$", message)
    steps: list[str | int] = []
    for name, index in _STEP.findall(where[1]) if where else ():
        if name or index:
            steps.append(name or int(index))
    if unknown := re.match(r"Object contains unknown field `(.+?)`", message):
        steps.append(unknown[1])
    return tuple(steps)
