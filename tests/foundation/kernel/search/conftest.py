"""One cluster for the tests of this folder, started when the first of them needs it."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest

from tests.foundation.kernel.search.cluster import Cluster, missing


@pytest.fixture(scope="module")
def cluster(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Cluster]:
    """Two shards and a coordinator, ended by kill -9."""
    if reason := missing():
        if os.environ.get("CI"):
            pytest.fail(reason)
        pytest.skip(reason)
    cluster = Cluster(folder=tmp_path_factory.mktemp("cluster"))
    try:
        cluster.start()
        yield cluster
    finally:
        cluster.stop()
