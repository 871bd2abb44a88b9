"""What all tests use. `REPRISE_LIBRARY` names the library, and `REPRISE_COMMAND` the command."""

import os
import pathlib
import sys

HERE = pathlib.Path(__file__).resolve().parent
ROOT = HERE.parents[1]
os.environ.setdefault("REPRISE_LIBRARY", str(ROOT / ".build/debug/libRepriseC.so"))
sys.path[:0] = [str(HERE), str(HERE.parent)]

import pytest  # noqa: E402

import corpus  # noqa: E402


@pytest.fixture(scope="session")
def documents():
    """900 documents with ids and ranks."""
    ids, texts, ranks = corpus.documents(900, seed=3)
    return {"id": ids, "text": texts, "rank": ranks}


@pytest.fixture(scope="session")
def small():
    """300 texts without missing ones."""
    return [text or "" for text in corpus.documents(300, seed=5)[1]]
