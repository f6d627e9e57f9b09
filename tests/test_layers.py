"""Who may import whom: the walls of the house, read from the source with `ast`.

types <- text <- knowledge <- language; store knows types, text and knowledge; a step knows no other step and not the
store; steps are called by `steps` (for a record) and `annotate` (without one). Imports inside functions count as well;
those of dateline's own modules are allowed in four places only, where start-up would otherwise load every step: the
package's `__init__`, `steps`, `cli` and `working`.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

SOURCE = Path(__file__).parents[1] / "src" / "dateline"

STEPS = {"reading", "cleaning", "collapsing", "coding", "grounding", "dating", "merging", "publishing"}
WORDS = {"types", "text", "knowledge", "language"}
STORE = {"store", "types", "text", "knowledge"}

ALLOWED: dict[str, set[str]] = {
    "types": set(),
    "text": {"types"},
    "knowledge": {"types", "text"},
    "language": {"types", "text", "knowledge"},
    "store": {"types", "text", "knowledge"},
    **dict.fromkeys(STEPS, WORDS),
    "deciding": {"types", "text", "knowledge"},
    "reviewing": {"types", "text", "knowledge", "store", "deciding"},
    "steps": STORE | STEPS | {"working"},
    "making": STORE | {"steps", "working", "deciding", "changing", "comparing"},
    "comparing": {"types"},
    "editing": {"types", "knowledge"},
    "changing": STORE | {"comparing"},
    "verifying": STORE | {"steps", "making"},
    "record": STORE | {"changing", "comparing", "deciding", "steps", "making", "verifying", "working"},
    "working": WORDS | {"cleaning", "coding", "grounding", "annotate"},
    "states": {"types", "store", "comparing", "changing", "record", "publishing"},
    "annotate": WORDS | STEPS,
    "checking": WORDS | STEPS | {"annotate", "lent_examples"},
    "lent_examples": WORDS | STEPS | {"annotate"},
    "watching": {"types", "text", "knowledge", "store", "reading", "steps", "making"},
    "serve": {
        *("types", "text", "knowledge", "store", "record", "publishing", "querying", "phrasing", "deciding"),
        *("comparing", "editing", "reviewing", "telling"),
    },
    "telling": {"types"},
    "saving": {"store"},
    "querying": {"types", "store"},
    "phrasing": {"types", "knowledge"},
    "showing": {"types", "knowledge", "store", "phrasing"},
    "change_page": {"types", "showing", "phrasing"},
    "why_page": {"types", "showing", "phrasing"},
    "versions_page": {"types", "showing", "phrasing", "editing"},
    "event_page": {"types", "knowledge", "showing", "phrasing"},
    "agreement_page": {"showing", "phrasing", "reviewing"},
    "when": WORDS | {"showing", "phrasing"},
    "wire_page": {"types", "showing", "phrasing"},
    "cli": {
        "working",
        "types",
        "knowledge",
        "store",
        "record",
        "reading",
        "watching",
        "annotate",
        "checking",
        "lent_examples",
        "publishing",
        "showing",
        "phrasing",
        "event_page",
        "change_page",
        "why_page",
        "versions_page",
        "editing",
        "comparing",
        "deciding",
        "reviewing",
        "agreement_page",
        "states",
        "wire_page",
        "telling",
        "querying",
        "serve",
        "saving",
        "when",
    },
    "__main__": {"cli"},
}
"""Part of the package -> what it may import besides itself. `__init__` may import everything."""

LAZY = {"__init__", "steps", "cli", "working"}
"""Where dateline's own modules may be imported inside a function, so that start-up stays fast."""


@dataclass(frozen=True)
class Import:
    file: str
    line: int
    part: str
    imported: str
    inside_function: bool

    def __str__(self) -> str:
        return f"{self.file}:{self.line}: {self.part} imports {self.imported}"


def part_of(module: str) -> str:
    """'dateline.coding.harm' -> 'coding'."""
    return module.split(".")[1] if "." in module else "__init__"


def imports() -> Iterator[Import]:
    for path in sorted(SOURCE.rglob("*.py")):
        module = ".".join(("dateline", *path.relative_to(SOURCE).with_suffix("").parts))
        yield from _imports(ast.parse(path.read_text("utf-8")), path.relative_to(SOURCE).as_posix(), part_of(module))


def _imports(tree: ast.AST, file: str, part: str, *, inside: bool = False) -> Iterator[Import]:
    for node in ast.iter_child_nodes(tree):
        function = inside or isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for name in _names(node):
            if name.split(".")[0] == "dateline":
                yield Import(file, getattr(node, "lineno", 0), part, name, inside)
        yield from _imports(node, file, part, inside=function)


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name for alias in node.names]
    if isinstance(node, ast.ImportFrom):
        assert node.level == 0, f"line {node.lineno}: imports are absolute"
        return (
            [f"{node.module}.{alias.name}" for alias in node.names] if node.module == "dateline" else [str(node.module)]
        )
    return []


FOUND = list(imports())


def test_the_source_is_read() -> None:
    assert {one.part for one in FOUND} >= {"store", "record", "cli", "annotate"}


def test_every_part_has_its_rule() -> None:
    parts = {
        path.stem if path.is_file() else path.name
        for path in SOURCE.iterdir()
        if path.suffix == ".py" or _is_package(path)
    }
    assert parts - {"__init__"} <= ALLOWED.keys()


def _is_package(path: Path) -> bool:
    return path.is_dir() and any(path.glob("*.py"))


@pytest.mark.parametrize("part", sorted(ALLOWED))
def test_a_part_imports_only_what_is_below_it(part: str) -> None:
    allowed = ALLOWED[part] | {part}
    assert [str(one) for one in FOUND if one.part == part and part_of(one.imported) not in allowed] == []


def test_own_modules_are_imported_at_the_top_of_a_module() -> None:
    assert [str(one) for one in FOUND if one.inside_function and one.part not in LAZY] == []


def test_there_is_no_cycle_between_parts() -> None:
    below = {
        part: {part_of(one.imported) for one in FOUND if one.part == part} - {part, "__init__"} for part in ALLOWED
    }
    for part in ALLOWED:
        reached: set[str] = set()
        ahead = set(below[part])
        while ahead:
            reached |= ahead
            ahead = {further for one in ahead for further in below.get(one, set())} - reached
        assert part not in reached, f"{part} imports itself by way of others"
