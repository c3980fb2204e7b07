"""A ledger on PostgreSQL says what the same ledger in a file says: to the byte, the order and the last bit."""

from __future__ import annotations

import json
from collections.abc import Callable
from itertools import product
from pathlib import Path

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from postgresql_servers import Cluster
from running import Answer, Quick, Surroundings
from samples import MIXED, SEED
from sqlalchemy import create_engine
from sqlmodel import SQLModel

from ledger.services.starting import initialise
from ledger.storage.access import reading
from ledger.storage.inserts import table_of
from ledger.storage.location import locate
from ledger.storage.tables import BOOK

CLOCK = "2026-06-01T12:00:00Z"
LATER = "2027-03-01T09:00:00Z"
CSV = (
    "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,outcome,resolved_at,tags,source_url,reason\n"
    "a%1,Straße 100% _sure_ \\o/,ann,0.1,2025-01-01T00:00:00Z,2024-12-01T00:00:00Z,2025-06-01T00:00:00Z,yes,2025-05-01T00:00:00Z,Zoo|apple,https://a.example,é\n"
    "a%1,Straße 100% _sure_ \\o/,bob,0.35,2025-02-01T00:00:00Z,2024-12-01T00:00:00Z,2025-06-01T00:00:00Z,yes,2025-05-01T00:00:00Z,Zoo|apple,https://a.example,\n"
    "b_2,ÄRGER and ärger,ann,0.30000000000000004,2025-01-01T00:00:00Z,2024-12-01T00:00:00Z,2025-06-01T00:00:00Z,no,2025-05-02T00:00:00Z,apple,https://a.example,\n"
    'B_2,zebra,Ann,0.9,2025-01-03T00:00:00Z,2024-12-01T00:00:00Z,2025-06-01T00:00:00Z,no,2025-05-02T00:00:00Z,,https://b.example,"=1+1"\n'
    "c3,Apple,bob,1e-9,2025-01-01T00:00:00Z,2024-12-01T00:00:00Z,2025-06-01T00:00:00Z,void,2025-05-02T00:00:00Z,💥,,\n"
    "c4,aPple 2,Ébob,0.123456789012345678,2025-01-01T00:00:00Z,2024-12-01T00:00:00Z,2028-06-01T00:00:00Z,,,💥,,\n"
)  # fmt: skip
STORY: tuple[tuple[str, ...], ...] = (
    *MIXED,
    ("update", "rain", "70%", "--forecaster", "bob", "--reason", "a front"),
    ("update", "who", "--option", "Ann=20%", "--option", "Bo=80%", "--forecaster", "bob"),
    ("correct", "rain", "7%", "--reason", "a slip", "--forecaster", "bob"),
    ("withdraw", "rain", "--forecaster", "bob"),
    ("edit", "rain", "--deadline", "2027-02-01", "--title", "Will it rain at all?", "--reason", "unclear"),
    ("snooze", "poland-commits-troops", "--until", "2026-07-01", "--reason", "too early"),
    ("again", "rain", "--on", "2026-08-01"),
    ("rules", "--stale", "1/3", "--repeat", "1,7", "--weekly", "mon@09:00"),
    ("resolve", "who", "Ann", "--known-at", "now"),
    ("reopen", "who", "--reason", "counted again"),
    ("resolve", "who", "Bo", "--known-at", "now"),
    ("resolve", "many", "12.5", "--known-at", "now"),
    ("resolve", "how", "well", "--known-at", "now"),
    ("void", "us-joins-mission", "--reason", "asked badly"),
    ("update", "cheer", "30%", "--forecaster", "bob", "--reason", "to be redacted"),
    ("redact", "#7", "--reason", "a name"),
    ("remind", "--quiet"),
    ("rebuild",),
)
TOLD = (
    "", "list", "list --json", "list --status due --json", "list --search a% --json", "list --search STRASSE",
    "list --search ärger --json", "list --search \\ --json", "list --tag apple", "list --forecaster ann --json",
    "show rain", "show who --json", "show a%1 --json", "show many", "show cheer", "due", "due --json", "journal --json",
    "score", "score --json --resamples 50", "score --policy last --rule log --json --resamples 20",
    "score --by forecaster --json --resamples 20", "score --by tag --json --resamples 20", "score --by month --json",
    "score --as-of 2026-06-01T12:00:00Z --json --resamples 20", "list --as-of 30 --json", "show rain --as-of 55",
    "rules --json", "remind --dry-run --json", "export --format csv", "export --format jsonl", "export --format ics",
    "verify --json",
)  # fmt: skip


def told_to(quick: Quick, commands: tuple[tuple[str, ...], ...], clock: str) -> list[tuple[bytes, str]]:
    answers = [quick(*command, clock=clock, FORECAST_FORECASTER="me") for command in commands]
    return [(answer.out, answer.err) for answer in answers]


Twins = tuple[Quick, Quick]


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(scope="module")
def there(cluster: Cluster, home: Path) -> Callable[[str], Quick]:
    """The command line on a database."""
    return lambda database: Quick(Surroundings(home, cluster.url(database)))  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def twins(cluster: Cluster, home: Path, there: Callable[[str], Quick]) -> Twins:
    """The same story told on both, command by command."""
    file, server = Quick(Surroundings(home, home / "here.db")), there(cluster.database())
    sheet = home / "in.csv"
    sheet.write_text(CSV)
    said = [told_to(one, (("init", "--seed", SEED), ("import", str(sheet)), *STORY), CLOCK) for one in (file, server)]
    for command, here, other in zip(("init", "import", *STORY), *said, strict=True):
        assert (here if command != "init" else here[0].splitlines()[1:]) == (
            other if command != "init" else other[0].splitlines()[1:]
        ), command
    return file, server


def test_the_same_commands_make_the_same_book(twins: Twins) -> None:
    books = []
    for quick in twins:
        with reading(locate(str(quick.ledger)).place) as driver:
            books.append({
                name: driver.all(f'SELECT * FROM "{name}" ORDER BY 1, 2')
                for name in (table_of(model).name for model in BOOK)
            })  # fmt: skip
    assert books[0] == books[1]
    types = [{name: [tuple(map(type, row)) for row in rows] for name, rows in book.items()} for book in books]
    assert types[0] == types[1]
    assert all(books[0][name] for name in books[0])


def test_the_models_are_what_the_migrations_make_on_a_server(cluster: Cluster) -> None:
    database = cluster.ledger()
    engine = create_engine(cluster.url(database))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True, "compare_server_default": True})
        assert compare_metadata(context, SQLModel.metadata) == []
    engine.dispose()
    [(unlike,)] = cluster.sql(
        "SELECT COUNT(*) FROM information_schema.columns WHERE table_schema = 'public' AND data_type = 'text' "
        "AND collation_name IS DISTINCT FROM 'C'",
        database=database,
    )
    assert unlike == 0, "words are in the order of their code points"


@pytest.fixture(scope="module")
def copies(cluster: Cluster, twins: Twins, there: Callable[[str], Quick], home: Path) -> Twins:
    """A ledger in a file, and one on the server that has the same journal."""
    lines = home / "journal.jsonl"
    twins[0]("export", "--format", "jsonl", "-o", lines, "--force", clock=LATER)
    copy = there(cluster.ledger())
    copy("import", lines, clock=LATER)
    return twins[0], copy


def test_the_same_journal_is_told_in_the_same_bytes(copies: Twins) -> None:
    """One test for all of it, as each process that runs tests would tell the story again."""
    for clock, command in product((CLOCK, LATER), TOLD):
        answers = [one(*command.split(), clock=clock, status=None, COLUMNS="120") for one in copies]
        shown = [_nameless(answer, one) for answer, one in zip(answers, copies, strict=True)]
        assert shown[0] == shown[1], (command, clock)
        assert answers[0].status in {0, 1}, (command, clock)
        assert answers[0].out + answers[0].err.encode(), (command, clock)


def _nameless(answer: Answer, quick: Quick) -> tuple[int, bytes, str]:
    where = str(locate(str(quick.ledger)))
    return answer.status, answer.out.replace(where.encode(), b"HERE"), answer.err.replace(where, "HERE")


def test_the_head_is_the_same_and_goes_back_again(copies: Twins, home: Path, there: Callable[[str], Quick]) -> None:
    heads = [one("verify", "--json").json()["head"] for one in copies]
    assert heads[0] == heads[1]
    back = home / "back.jsonl"
    copies[1]("export", "--format", "jsonl", "-o", back, "--force")
    home_again = Quick(Surroundings(home, home / "back.db"))
    home_again("init")
    home_again("import", back, clock=LATER)
    assert home_again("verify", "--json").json()["head"] == heads[0]
    again = copies[1]("import", back, "--json", clock=LATER).json()
    assert again["entries"] == 0


def test_two_histories_are_not_mixed(twins: Twins, home: Path) -> None:
    lines = home / "other.jsonl"
    twins[0]("export", "--format", "jsonl", "-o", lines, "--force")
    answer = twins[1]("import", lines, status=1, clock=LATER)
    assert "these are two histories" in answer.err


def test_a_rebuilt_book_is_the_same(copies: Twins) -> None:
    before = copies[1]("list", "--json", clock=LATER).out
    copies[1]("rebuild", clock=LATER)
    assert copies[1]("list", "--json", clock=LATER).out == before
    assert json.loads(copies[1]("verify", "--json", clock=LATER).out)["ok"]


def test_what_is_for_files_only_is_refused_in_one_line(twins: Twins) -> None:
    for command in ("install --at 09:00", "show --at 09:00", "status", "remove"):
        answer = twins[1]("schedule", *command.split(), status=1)
        assert answer.err.count("\n") == 1 and "stay with: forecast watch" in answer.err
        assert "geheim" not in answer.err


def test_made_twice_it_stays_as_it_is(cluster: Cluster) -> None:
    location = locate(cluster.url(cluster.database()))
    assert initialise(location, None, print).said[0].startswith("a new ledger at postgresql://ann@")
    again = initialise(location, None, print)
    assert again.said[0].startswith("the ledger is at") and again.notices
