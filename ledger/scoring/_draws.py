"""Sums over units drawn with replacement, without writing the draws down.

Replicates come in blocks of fixed size, each block with a stream of its own under the seed: the figures do not depend
on how many threads share the work.
"""

from __future__ import annotations

import os
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Drawn = tuple[NDArray[np.uint16], NDArray[np.int64]]

__all__ = ["blocks", "drawn_counts", "drawn_sums", "multinomial_sums"]

_BLOCK = 20
_WORDS = 2**16
_THREADED = 4096  # units from which threads are worth their while
_TOGETHER = 2**16  # words that are drawn before any is looked up
_KEPT = 2**19  # draws in all up to which they are kept for the next group of as many units
_RARE = 8  # standard deviations: how far short of the wanted number the first draws aim


def blocks(
    work: Callable[[np.random.Generator, int], Floats], *, resamples: int, seed: int, units: int = _THREADED
) -> Floats:
    """Do the work block by block and lay the results end to end in order, on several threads where ``units`` are many.

    Few ``units`` are drawn in less time than it takes two threads to wait for one another.
    """
    streams, sizes = _streams(resamples, seed)
    if units < _THREADED:
        return np.concatenate(list(map(work, streams, sizes)))
    with ThreadPoolExecutor(min(4, os.cpu_count() or 1)) as pool:
        return np.concatenate(list(pool.map(work, streams, sizes)))


def _streams(resamples: int, seed: int) -> tuple[Iterator[np.random.Generator], list[int]]:
    """Give each block its stream and its size."""
    sizes = [min(_BLOCK, resamples - done) for done in range(0, resamples, _BLOCK)]
    children = np.random.SeedSequence(seed).spawn(len(sizes))
    return (np.random.Generator(np.random.SFC64(child)) for child in children), sizes


def multinomial_sums(columns: Floats, counts: NDArray[np.int64], *, resamples: int, seed: int) -> Floats:
    """Resample units that fall into classes of ``counts`` equal ones: (resamples, columns) sums."""
    n = int(counts.sum())

    def work(stream: np.random.Generator, size: int) -> Floats:
        drawn: Floats = stream.multinomial(n, counts / n, size=size).astype(np.float64) @ columns
        return drawn

    return blocks(work, resamples=resamples, seed=seed, units=len(counts))


def drawn_counts(units: int, stream: np.random.Generator, size: int) -> Floats:
    """Give how often each unit is drawn in each of ``size`` replicates."""
    counts = np.empty((size, units))
    for one in counts:
        one[:] = np.bincount(stream.integers(0, units, size=units), minlength=units)
    return counts


def drawn_sums(columns: Floats, *, resamples: int, seed: int) -> Floats:
    """Resample units, one row of ``columns`` each: (resamples, columns) sums over as many draws as there are units.

    Up to 65,536 units are drawn by words of 16 bits. A word stands for a unit, each unit having as many words as any
    other, or for none; words are drawn until there are as many as units, so that every unit is equally likely.
    """
    units = len(columns)
    if units > _WORDS:
        return blocks(lambda stream, size: _plain(columns, stream, size), resamples=resamples, seed=seed)
    table = np.zeros((columns.shape[1], _WORDS))
    known = units * (_WORDS // units)
    table[:, :known] = np.tile(columns.T, _WORDS // units)
    share = known / _WORDS
    words = max(0, int((units - _RARE * np.sqrt(units * (1 - share))) / share)) // 4 * 4

    if units * resamples <= _KEPT:
        kept = _kept_draws(known, units, words, resamples, seed)
        return np.concatenate([_block_sums(table, words, drawn) for drawn in kept])

    def work(stream: np.random.Generator, size: int) -> Floats:
        if words * size <= _TOGETHER:
            return _block_sums(table, words, [_words(known, units, words, stream) for _ in range(size)])
        room = np.empty(words)
        return np.array([_by_words(table, known, units, stream, room) for _ in range(size)])

    return blocks(work, resamples=resamples, seed=seed, units=units)


@lru_cache(maxsize=32)
def _kept_draws(known: int, units: int, words: int, resamples: int, seed: int) -> list[list[Drawn]]:
    """Draw all blocks for few units, and keep them: many groups are of one size and draw alike."""
    streams, sizes = _streams(resamples, seed)
    return [
        [_words(known, units, words, stream) for _ in range(size)] for stream, size in zip(streams, sizes, strict=True)
    ]


def _words(known: int, units: int, words: int, stream: np.random.Generator) -> Drawn:
    """Draw one replicate of as many places as units: ``words`` first, those that stand for none made up for after."""
    drawn = stream.bit_generator.random_raw(words // 4).view(np.uint16)
    missing = units - int(np.count_nonzero(drawn < known))
    if missing < 0:
        drawn, missing = drawn[:0], units
    return drawn, stream.integers(0, units, size=missing)


def _by_words(table: Floats, known: int, units: int, stream: np.random.Generator, room: Floats) -> list[float]:
    """Add up one replicate; ``room`` has a place for each word of the first draws."""
    return _added(table, *_words(known, units, room.size, stream), room)


def _added(table: Floats, drawn: NDArray[np.uint16], more: NDArray[np.int64], room: Floats) -> list[float]:
    """Look up what was drawn, and add."""
    return [float(one.take(drawn, out=room[: drawn.size], mode="wrap").sum() + one.take(more).sum()) for one in table]


def _block_sums(table: Floats, words: int, drawn: list[Drawn]) -> Floats:
    """Add up a block of replicates at once, to the same sums as one by one."""
    if any(first.size < words for first, _ in drawn):
        return np.array([_added(table, first, more, np.empty(words)) for first, more in drawn])
    firsts = np.stack([first for first, _ in drawn])
    rest = [np.array([one.take(more).sum() for _, more in drawn]) for one in table]
    return np.stack([one.take(firsts).sum(axis=1) + late for one, late in zip(table, rest, strict=True)], axis=1)


def _plain(columns: Floats, stream: np.random.Generator, size: int) -> Floats:
    """Draw places one by one, for ``size`` replicates."""
    units = len(columns)
    room, table = np.empty(units), np.ascontiguousarray(columns.T)
    drawn = (stream.integers(0, units, size=units) for _ in range(size))
    return np.array([[one.take(places, out=room, mode="wrap").sum() for one in table] for places in drawn])
