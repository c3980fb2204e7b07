"""Files of every format that comes in, and how they are damaged."""

from __future__ import annotations

import io
import random
from pathlib import Path

from ledger.formats.given import Given
from ledger.formats.heads import HEAD, Head
from ledger.formats.opening import Material, Part
from ledger.formats.own_parquet import write_parquet
from ledger.formats.own_xlsx import write_xlsx

SAMPLES = Path(__file__).with_name("samples")
NOW = 1_790_000_000_000_000
GIVEN = Given(NOW, "ann", NOW - 10**14, NOW + 10**14, "UTC", zone_said=True)
COLUMNS = ["question_id", "title", "forecaster", "probability", "forecast_at", "deadline", "outcome", "comment"]
ROWS = [
    ["q1", "Rain?", "ann", "0.7", "2024-01-01T00:00:00Z", "2024-12-31T23:59:59Z", "1", "'=x"],
    ["q2", "Snow?", "", "0.123456789012345678", "2024-01-01T00:00:00.5Z", "2024-12-31T23:59:59Z", "void", ""],
    ["q3", "Hail?", "", "", "", "1820-12-31T23:59:59Z", "", ""],
]
MINE = (
    b'Prediction;My %;Made;Due;Came true?;Area\n"Rain; or not?";70%;01/02/2024;31/12/2024;yes;"a, b"\n'
    b"Snow?;0,5;45291;Jan 3, 2025;no;\nHail?;20-40;1704067200;31.12.2024;0.3;x\n"
)
HOSTILE = (
    *(b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\xff\xfe", b"\x1f\x8b", b"PK\3\4", b"PAR1", b"\xe2\x80\xae"),
    *(
        b'"',
        b"'",
        b",",
        b";",
        b"\t",
        b"|",
        b"\n",
        b"\r",
        b"{",
        b"}",
        b"[",
        b"]",
        b"[" * 80,
        b":",
        b"---\n",
        b"<",
        b"&lt;",
    ),
    *(
        b"NaN",
        b"Infinity",
        b"-0",
        b"1e999",
        b"1e-999999",
        b"9" * 500,
        b"-1",
        b"1_0",
        b"\xd9\xa1",
        b"0.5",
        b"101%",
        b"1:0",
    ),
    *(
        b"2024-02-30",
        b"0000-00-00",
        b"9999-12-31T23:59:59-14:00",
        b"0001-01-01T00:00:00+14:00",
        b"31/12/99",
        b"-2147483648",
    ),
    *(
        b"null",
        b"true",
        b"void",
        b"likely",
        b"yes",
        b"[]",
        b"{}",
        b'""',
        b"!!python/object:os.system",
        b"=1+1",
        b"\\ud800",
    ),
)


class Held(Part):
    """A part that lies in memory."""

    def __init__(self, name: str, octets: bytes) -> None:
        """Its bytes are those."""
        super().__init__(name, Path(__file__))
        self._held = octets
        self.__dict__["head"] = Head.of(octets[:HEAD])

    def _bytes(self, most: int) -> bytes:
        return self._held[:most]


def material(files: dict[str, bytes]) -> Material:
    """Those files, without a disk."""
    parts: list[Part] = [Held(name, octets) for name, octets in files.items()]
    return Material(tuple(part.path for part in parts), parts, heads=[part.head for part in parts])


def samples() -> list[tuple[str, dict[str, bytes]]]:
    """Every sample of the other trackers, a folder being files that belong together."""
    found = [(path.name, {path.name: path.read_bytes()}) for path in sorted(SAMPLES.iterdir()) if path.is_file()]
    folders = (path for path in sorted(SAMPLES.iterdir()) if path.is_dir())
    return [*found, *((one.name, {path.name: path.read_bytes() for path in sorted(one.iterdir())}) for one in folders)]


def own_files() -> dict[str, bytes]:
    """The ledger's own table in the forms that are no text."""
    made = {}
    for form, write in (("xlsx", write_xlsx), ("parquet", write_parquet)):
        stream = io.BytesIO()
        write(ROWS, COLUMNS, stream)
        made[form] = stream.getvalue()
    return made


def mutated(data: bytes, rng: random.Random) -> bytes:
    """``data`` with one to four things wrong."""
    for _ in range(rng.randint(1, 4)):
        data = rng.choice(_WAYS)(data, rng) or b"x"
    return data


def _flipped(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + bytes([rng.randrange(256)]) + data[place + 1 :]


def _cut(data: bytes, rng: random.Random) -> bytes:
    return data[: rng.randrange(len(data))]


def _removed(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + data[place + rng.randint(1, 20) :]


def _inserted(data: bytes, rng: random.Random) -> bytes:
    place = rng.randrange(len(data))
    return data[:place] + rng.choice(HOSTILE) + data[place:]


def _field(data: bytes, rng: random.Random) -> bytes:
    """One value put in the place of another, or of something hostile."""
    for sign in rng.sample((b",", b"\n", b":", b"\t", b'"', b"<"), 6):
        parts = data.split(sign)
        if len(parts) > 2:
            parts[rng.randrange(len(parts))] = rng.choice((*HOSTILE, rng.choice(parts)))
            return sign.join(parts)
    return data


def _swapped(data: bytes, rng: random.Random) -> bytes:
    lines = data.split(b"\n")
    lines.insert(rng.randrange(len(lines)), rng.choice(lines))
    return b"\n".join(lines)


_WAYS = (_flipped, _flipped, _cut, _removed, _inserted, _inserted, _field, _field, _field, _swapped)
