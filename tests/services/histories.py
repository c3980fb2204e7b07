"""Random histories: what people may do to a ledger, step by step, with a clock that also jumps back."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from channels_kept import Kept
from desk import BEGIN, Desk, day
from hypothesis import strategies as st

from ledger.errors import LedgerError
from ledger.services.values import Stated

Step = tuple[Any, ...]
WHO = ("ann", "bob", "cyd")
SAID = ("0", "0.1", "30%", "1/3", "0.5", "7:3", "0.95", "1")
VECTORS = (("60%", "40%"), ("0.25", "0.75"), ("1", "0"), ("0.5", "0.5"))
HEADER = "question_id,title,forecaster,probability,forecast_at,opened_at,deadline,resolved_at,outcome,tags\n"

places = st.integers(0, 5)
past = st.none() | st.sampled_from([0.0, 0.25, 1.0, 3.0, 10.0, 40.0])
ahead = st.sampled_from([0.5, 1.0, 2.0, 5.0, 10.0, 30.0])
one_of_three = st.sampled_from(WHO)
asks = st.tuples(
    st.just("ask"),
    ahead,
    past,
    st.none() | places,
    st.sampled_from(["yes", "no"]),
    st.sampled_from(["binary"] * 4 + ["choice"]),
)
says = st.tuples(st.just("say"), places, one_of_three, st.integers(0, 7), past)
imports = st.tuples(
    st.just("take_in"),
    st.integers(0, 2),
    st.lists(st.tuples(one_of_three, st.sampled_from(["0.2", "0.7"]), st.floats(0, 20).map(round)), max_size=4),
    st.sampled_from(["", "", "1", "0", "0.4", "void"]),
    past,
    st.booleans(),
)
steps: st.SearchStrategy[Step] = st.one_of(
    says,
    says,
    says,
    asks,
    st.tuples(st.just("withdraw"), places, one_of_three),
    st.tuples(st.just("correct"), places, one_of_three, st.integers(0, 7)),
    st.tuples(st.just("resolve"), places, st.sampled_from(["yes", "no", "0.3"]), st.just("now") | past, st.booleans()),
    st.tuples(st.just("resolve"), places, st.sampled_from(["yes", "no"]), st.just("now"), st.just(True)),
    st.tuples(st.just("void"), places),
    st.tuples(st.just("reopen"), places),
    st.tuples(st.just("deadline"), places, ahead),
    st.tuples(st.just("needs"), places, st.none() | places, st.sampled_from(["yes", "no"])),
    st.tuples(st.just("snooze"), places, ahead),
    st.tuples(st.just("wake"), places),
    st.tuples(st.just("look_again"), places, ahead),
    st.tuples(st.just("forget"), places),
    st.tuples(st.just("rule"), st.sampled_from(["off", "1/3", "1/10"]), st.sampled_from(["off", "1,3,7", "2"])),
    st.tuples(st.just("remind")),
    st.tuples(st.just("remind")),
    imports,
    st.tuples(st.just("wait"), st.sampled_from([0.25, 1.0, 3.0, 10.0, 40.0])),
    st.tuples(st.just("wait"), st.sampled_from([-0.5, -20.0])),
)
histories = st.lists(steps, min_size=2, max_size=14).map(
    lambda rest: [("ask", 10.0, None, None, "yes", "binary"), *rest]
)


class Player:
    """Plays a history on a desk; ``refused`` counts the steps that a rule forbade."""

    def __init__(self, desk: Desk) -> None:
        self.desk = desk
        self.kinds: list[str] = []
        self.refused = 0

    def play(self, step: Step) -> None:
        """One step: refused whole, or recorded with a time that is our clock's and never runs back."""
        before = self.desk.rows("SELECT COUNT(*), MAX(recorded_at) FROM entry")[0]
        try:
            getattr(self, step[0])(*step[1:])
        except LedgerError as problem:
            assert "\n" not in str(problem)
            self.refused += 1
            assert self.desk.entries() == before[0], "a refusal writes nothing"
        clock = (self.desk.now - BEGIN) // timedelta(microseconds=1) + int(BEGIN.timestamp()) * 1_000_000
        want = clock if before[1] is None else max(clock, before[1])
        new = self.desk.rows("SELECT DISTINCT recorded_at FROM entry WHERE seq > ?", before[0])
        assert new in ([], [(want,)])

    def _named(self, place: int) -> str:
        return f"#{place % len(self.kinds) + 1}"

    def _ago(self, days: float | None) -> str | None:
        return None if days is None else day((self.desk.now - BEGIN) / timedelta(days=1) - days)

    def _in(self, days: float) -> str:
        return day((self.desk.now - BEGIN) / timedelta(days=1) + days)

    def _stated(self, place: int, said: int) -> Stated:
        if self.kinds[place % len(self.kinds)] == "choice":
            return Stated(options=tuple(zip(("A", "B"), VECTORS[said % len(VECTORS)], strict=True)))
        return Stated(SAID[said])

    def ask(self, ahead: float, opened: float | None, needs: int | None, wanted: str, kind: str) -> None:
        more: dict[str, Any] = {"opened_at": self._ago(opened)}
        if needs is not None and self.kinds:
            choice = self.kinds[needs % len(self.kinds)] == "choice"
            more["condition"] = f"{self._named(needs)}={('A' if wanted == 'yes' else 'B') if choice else wanted}"
        if kind == "choice":
            more |= {"kind": "choice", "options": ("A", "B")}
        self.desk.ask(f"Question {len(self.kinds) + 1}?", self._in(ahead), **more)
        self.kinds.append(kind)

    def say(self, place: int, who: str, said: int, claimed: float | None) -> None:
        self.desk.say(self._named(place), self._stated(place, said), who, made_at=self._ago(claimed))

    def withdraw(self, place: int, who: str) -> None:
        self.desk.withdraw(self._named(place), who)

    def correct(self, place: int, who: str, said: int) -> None:
        self.desk.correct(self._named(place), self._stated(place, said), who)

    def resolve(self, place: int, outcome: str, known: Any, supersede: bool) -> None:
        if self.kinds[place % len(self.kinds)] == "choice":
            outcome = "A" if outcome == "yes" else "B"
        known_at = known if known == "now" else self._ago(known)
        self.desk.resolve(self._named(place), outcome, known_at=known_at, supersede=supersede)

    def void(self, place: int) -> None:
        self.desk.void(self._named(place))

    def reopen(self, place: int) -> None:
        self.desk.reopen(self._named(place))

    def deadline(self, place: int, ahead: float) -> None:
        self.desk.edit(self._named(place), deadline=self._in(ahead))

    def needs(self, place: int, other: int | None, wanted: str) -> None:
        condition = "none"
        if other is not None:
            choice = self.kinds[other % len(self.kinds)] == "choice"
            condition = f"{self._named(other)}={('A' if wanted == 'yes' else 'B') if choice else wanted}"
        self.desk.edit(self._named(place), condition=condition)

    def snooze(self, place: int, ahead: float) -> None:
        self.desk.snooze(self._named(place), self._in(ahead))

    def wake(self, place: int) -> None:
        self.desk.wake(self._named(place))

    def look_again(self, place: int, ahead: float) -> None:
        self.desk.look_again(self._named(place), self._in(ahead))

    def forget(self, place: int) -> None:
        self.desk.forget(self._named(place))

    def rule(self, stale: str, repeat: str) -> None:
        self.desk.rule(stale=stale, repeat=repeat, weekly="thu@00:00")

    def remind(self) -> None:
        """What a reminder says and records; another one at once has nothing to say."""
        said = Kept()
        self.desk.remind(said)
        entries = self.desk.entries()
        self.desk.remind(said)
        assert self.desk.entries() == entries
        assert len(said.messages) <= 1

    def redact(self, place: int) -> None:
        self.desk.redact(self._named(place))

    def wait(self, days: float) -> None:
        self.desk.wait(days)

    def take_in(
        self, key: int, said: list[tuple[str, str, float]], outcome: str, known: float | None, supersede: bool
    ) -> None:
        """A file of one question: at first use it is new, later some of it is."""
        ends = f"k{key},Imported {key},%s,%s,%s,,{day(5 * key + 5)},{self._ago(known) or ''},{outcome},\n"
        rows = [ends % (who, p, self._ago(back)) for who, p, back in said] or [ends % ("", "", "")]
        path = self.desk.path.with_name("in.csv")
        path.write_text(HEADER + "".join(rows))
        done = self.desk.take_in(path, supersede=supersede)
        self.kinds += ["binary"] * done.data["questions"]
        entries = self.desk.entries()
        self.desk.take_in(path, supersede=supersede)
        assert self.desk.entries() == entries, "importing twice adds nothing"
