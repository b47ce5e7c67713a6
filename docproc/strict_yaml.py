"""YAML read strictly: duplicate keys, aliases and merges are refused, and each value knows the line it stands on."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from docproc.errors import DocprocError
from docproc.library import yaml_loader

Location = tuple[str | int, ...]


@dataclass(frozen=True, slots=True)
class YamlSource:
    """A file's data with the line (from 1) of each place in it; a place is the path of keys and indices that leads there."""

    path: Path
    data: Any
    lines: dict[Location, int]

    def line(self, location: Location) -> int:
        """The line of the place, or of the nearest place above it that is in the file."""
        while location and location not in self.lines:
            location = location[:-1]
        return self.lines.get(location, 1)

    def error(self, location: Location, why: str) -> DocprocError:
        """The error to raise about that place."""
        return DocprocError("checklist_invalid", path=self.path.name, line=self.line(location), why=why)


def read_yaml(path: Path) -> YamlSource:
    """Reads one YAML document. Raises DocprocError("checklist_invalid") with file and line."""
    try:
        text = path.read_text(encoding="utf-8")
    except OSError as error:
        raise DocprocError("path_not_found", path=path) from error
    except UnicodeDecodeError as error:
        raise DocprocError("checklist_invalid", path=path.name, line=1, why="文件不是 UTF-8 编码") from error
    loader = yaml_loader()(text)
    try:
        for event in yaml.parse(text, Loader=yaml_loader()):
            if isinstance(event, yaml.AliasEvent):
                line = event.start_mark.line + 1 if event.start_mark else 1
                raise DocprocError("checklist_invalid", path=path.name, line=line, why="不能用别名（*）引用别处的内容")
        node = loader.get_single_node()
        lines: dict[Location, int] = {}
        data = _value(loader, node, (), lines, path) if node is not None else None
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        raise DocprocError(
            "checklist_invalid", path=path.name, line=mark.line + 1 if mark else 1, why=f"YAML 写法有误（{error.problem}）"
        ) from error
    except yaml.YAMLError as error:
        raise DocprocError("checklist_invalid", path=path.name, line=1, why="YAML 写法有误") from error
    finally:
        loader.dispose()
    return YamlSource(path, data, lines)


def _value(loader: yaml.SafeLoader, node: yaml.Node, location: Location, lines: dict[Location, int], path: Path) -> Any:
    lines[location] = node.start_mark.line + 1
    if isinstance(node, yaml.SequenceNode):
        return [_value(loader, child, (*location, index), lines, path) for index, child in enumerate(node.value)]
    if not isinstance(node, yaml.MappingNode):
        return loader.construct_object(node)
    found: dict[Hashable, Any] = {}
    for key_node, value_node in node.value:
        line = key_node.start_mark.line + 1
        if not isinstance(key_node, yaml.ScalarNode) or key_node.tag.endswith(":merge"):
            raise DocprocError("checklist_invalid", path=path.name, line=line, why=f"不能用“{key_node.value}”作键")
        key = loader.construct_object(key_node)
        if key in found:
            raise DocprocError("checklist_invalid", path=path.name, line=line, why=f"键“{key}”重复出现")
        found[key] = _value(loader, value_node, (*location, key if isinstance(key, int) else str(key)), lines, path)
        lines[(*location, key if isinstance(key, int) else str(key))] = line
    return found
