"""The samples of foreign formats, invented after their reference, and a quick way to read one."""

from __future__ import annotations

from pathlib import Path

from ledger.domain.instants import parse_rfc3339
from ledger.formats.given import Given
from ledger.formats.registry import material_of
from ledger.formats.sheet import Sheet

SAMPLES = Path(__file__).parent / "samples"
GIVEN = Given(
    parse_rfc3339("2026-09-01T00:00:00Z"),
    made_at=parse_rfc3339("2021-12-01T00:00:00Z"),
    deadline=parse_rfc3339("2026-01-01T00:00:00Z"),
)
FORMS = {
    "adiabatic.yaml": "adiabatic", "bayesian-predictions.json": "bayesian-predictions", "cleodora.json": "cleodora",
    "fatebook-between.csv": "fatebook-csv", "fatebook-current.csv": "fatebook-csv",
    "fatebook-import.csv": "fatebook-sheet", "fatebook-older.csv": "fatebook-csv",
    "fatebook-question.json": "fatebook-json", "fatebook-questions.json": "fatebook-json",
    "fatebook-tournament.csv": "fatebook-csv", "forecastbench": "forecastbench", "good-judgment.json": "good-judgment",
    "good-judgment-collected.json": "good-judgment-collected", "magoo": "magoo", "manifold": "manifold",
    "metaculus": "metaculus-zip", "metaculus-posts.json": "metaculus-json",
    "predictionbook-collected.json": "predictionbook-json", "predictionbook-page.html": "predictionbook-page",
    "predictionbook.csv": "predictionbook-csv", "predictionbook.json": "predictionbook-json",
    "predictions.md": "markdown", "prt.tsv": "prt",
}  # fmt: skip


def paths_of(sample: str) -> list[Path]:
    """The file of a sample, or the files of one that is several."""
    path = SAMPLES / sample
    return sorted(path.iterdir()) if path.is_dir() else [path]


def read(*paths: Path, given: Given = GIVEN, origin: str | None = None) -> Sheet:
    """What files say, by content unless ``origin`` says it."""
    material, reader = material_of(paths, origin)
    sheet = reader.load().read(material, given)
    sheet.form = reader.name
    return sheet


def read_sample(sample: str, given: Given = GIVEN) -> Sheet:
    """What a sample says."""
    return read(*paths_of(sample), given=given)


def written(folder: Path, text: str | bytes, name: str = "file") -> Path:
    """A file with that content; its name says nothing."""
    path = folder / name
    path.write_bytes(text if isinstance(text, bytes) else text.encode())
    return path


def stated(sheet: Sheet, key: str) -> list[tuple[object, ...]]:
    """Forecaster, decimal (or vector, quantiles, ``withdrawn``) and line of a question's statements."""
    (at,) = [at for at, question in enumerate(sheet.questions) if question.key == key]
    found: list[tuple[object, ...]] = []
    for place in range(len(sheet)):
        if sheet.question_of[place] != at:
            continue
        probability, extra = sheet.probability[place], sheet.extras.get(place)
        said: object = probability.decimal if probability else None
        if probability is None and extra is not None:
            said = "withdrawn" if extra.withdrawn else extra.vector or extra.quantiles
        found.append((sheet.forecasters[sheet.forecaster_of[place]], said, sheet.line[place]))
    return found


def told(sheet: Sheet, sort: str) -> dict[str, int]:
    """The remarks of a sort, with their counts."""
    return {remark.what: remark.count for remark in sheet.remarks if remark.sort == sort}


def question(sheet: Sheet, key: str):  # type: ignore[no-untyped-def]
    """A question by its key."""
    (found,) = [one for one in sheet.questions if one.key == key]
    return found
