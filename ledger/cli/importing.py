"""``forecast import``."""

from __future__ import annotations

from pathlib import Path

import click

from ledger.cli.command import command
from ledger.cli.init import seed_option
from ledger.cli.output import note, say_json
from ledger.cli.progress import progress_bar
from ledger.cli.session import current


@command("import")
@click.argument("files", metavar="[FILE]...", nargs=-1, type=click.Path(path_type=Path))
@seed_option
@click.option("--from", "origin", metavar="FORMAT", help="The file's format, where its content leaves a doubt.")
@click.option("--formats", "list_formats", is_flag=True, help="List the formats that --from takes, and nothing else.")
@click.option("--dry-run", is_flag=True, help="Read and check all of it, say what would come in, and write nothing.")
@click.option("--supersede", is_flag=True, help="Record titles, deadlines and outcomes that differ from the ledger's.")
@click.option("--forecaster", metavar="NAME", help="Who made the forecasts that name nobody.")
@click.option("--made-at", metavar="DAY", help="When the forecasts were made that have no time; a claim of yours.")
@click.option("--deadline", metavar="DAY", help="The deadline of questions that have none.")
@click.option("--zone", metavar="ZONE", help="The zone of times that name none; else UTC.")
@click.option(
    "--map", "told", metavar="FIELD=COLUMN", multiple=True, help="Which column of a table is what; repeatable."
)
@click.option(
    "--map-file", metavar="FILE", type=click.Path(path_type=Path), help="The same from a file that was saved."
)
@click.option("--save-map", metavar="FILE", type=click.Path(path_type=Path), help="Keep the mapping for --map-file.")
@click.option("--json", "as_json", is_flag=True, help="Answer in JSON.")
def command_line(
    *, files: tuple[Path, ...], seed: str | None, origin: str | None, dry_run: bool, supersede: bool, as_json: bool,
    list_formats: bool, told: tuple[str, ...], map_file: Path | None, save_map: Path | None, **typed: str | None,
) -> None:  # fmt: skip
    """Add forecasts from a file, or a shipped set; the same file again adds nothing.

    What the file is, its content says: the ledger's own CSV or journal, an export of Fatebook, PredictionBook,
    Metaculus, Manifold and others, plain, gzipped or zipped; --formats lists all. Files that belong
    together are named together. All of it comes in, or nothing; what was derived or left out is told.

    Any other table (CSV, a workbook, Parquet) comes in by its columns: which is what is guessed from names and values
    and shown by --dry-run; --map probability="My %" says it otherwise, --map outcome.yes="came true" what a word means.

    \b
    Examples:
      forecast import forecasts.csv --dry-run
      forecast import mine.xlsx --map probability="My %" --map deadline=Due --save-map mine.toml
      forecast import bets.json markets.json --forecaster ann
      forecast import --seed korybko-2024-11-11
    """
    if list_formats:
        _list_formats()
        return
    if (not files) is (seed is None):
        raise click.UsageError("name either a file or, with --seed, a shipped set")
    if seed is not None:
        _add_seed(
            seed,
            alone=not (
                origin or dry_run or supersede or as_json or told or map_file or save_map or any(typed.values())
            ),
        )
        return
    from ledger.services.import_given import Typed, given_of
    from ledger.services.mapping_files import mapping_of, refuse_present, save_mapping
    from ledger.services.transfer import import_file

    given = given_of(Typed(**typed, mapping=mapping_of(told, map_file)))
    if save_map is not None:
        refuse_present(save_map)

    session = current()
    with progress_bar("importing") as progress:
        done = import_file(
            session.location(), files[0], more=files[1:], given=given, origin=origin,
            dry_run=dry_run, supersede=supersede, tell=note, progress=progress,
        )  # fmt: skip
    if save_map is not None:
        if done.mapped is None:
            raise click.UsageError("--save-map keeps the mapping of a table, and this is none")
        save_mapping(save_map, done.mapped.mapping)
    if as_json:
        session.recorded = not dry_run
        say_json(done.as_data())
        note(*done.notices)
    else:
        session.finish(done)


def _list_formats() -> None:
    from ledger.cli.output import say
    from ledger.services.transfer import FORMATS

    width = max(map(len, FORMATS))
    say(*(f"{name:{width}}  {label}" for name, label in FORMATS.items()))


def _add_seed(seed: str, *, alone: bool) -> None:
    from ledger.services.starting import add_seed

    if not alone:
        raise click.UsageError("--seed takes no other option")
    session = current()
    session.finish(add_seed(session.location(), seed, note))
