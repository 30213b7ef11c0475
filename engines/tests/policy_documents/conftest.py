"""Where the invented documents and the labelled policies lie."""

import os
from pathlib import Path

import pytest
from silian_engines.policy_documents.document import PolicyDocument
from silian_engines.policy_documents.parsing import parse_policy

DOCUMENTS = Path(__file__).parent / "documents"
SHARED = Path(__file__).resolve().parents[4] / "shared"


@pytest.fixture
def invented():
    """Parse one of the documents invented for these tests."""

    def parse(name: str) -> PolicyDocument:
        text = (DOCUMENTS / name).read_text(encoding="utf-8")
        return parse_policy(text=text, file_name=name)

    return parse


@pytest.fixture
def shared() -> Path:
    """The folder of real policies beside the repository; required in continuous integration."""
    if not (SHARED / "policies" / "gold.json").is_file():
        if os.environ.get("CI"):
            pytest.fail("the labelled policies are missing")
        pytest.skip("the labelled policies are not on this machine")
    return SHARED
