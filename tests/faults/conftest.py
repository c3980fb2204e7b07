"""Servers for the tests of faults."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgresql_servers import Cluster, running_cluster


@pytest.fixture(scope="module")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that writes to the disk before it answers; skipped by name where there is none."""
    with running_cluster(durable=True) as found:
        yield found
