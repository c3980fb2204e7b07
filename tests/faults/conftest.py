"""Servers, and ledgers on them, for the tests of faults."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from postgresql_servers import Cluster, running_cluster
from postgresql_stories import DAY, silent

from ledger import clock
from ledger.domain.instants import parse_rfc3339, to_datetime
from ledger.services.adding import Asked, add
from ledger.storage.location import Location, locate


@pytest.fixture(scope="session")
def cluster() -> Iterator[Cluster]:
    """A PostgreSQL server that writes to the disk before it answers; skipped by name where there is none."""
    with running_cluster(durable=True) as found:
        yield found


@pytest.fixture
def still(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """A clock and a zone that stand still."""
    monkeypatch.setenv("FORECAST_ZONE", "UTC")
    monkeypatch.delenv("FORECAST_CLOCK", raising=False)
    with clock.set_to(to_datetime(parse_rfc3339(DAY))):
        yield


@pytest.fixture
def url(cluster: Cluster, still: None) -> str:
    """The address of an empty ledger on the server, at a clock that stands still."""
    return cluster.url(cluster.ledger())


@pytest.fixture
def rain(url: str) -> Location:
    """A ledger on the server with one question."""
    add(locate(url), Asked("Will it rain?", "2028-01-01", key="rain"), silent)
    return locate(url)
