"""How all figures look: a few colours that differ in grey and for the colour-blind too, plain axes, no junk."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

INK, QUIET, LINE, GROUND = "#1b1f24", "#57606a", "#d0d7de", "#ffffff"
FIRST, SECOND, BAND = "#0b5394", "#b34700", "#c6d9ec"
"""The colours of the two series, dark blue and burnt orange, and of the band of chance."""
WIDTH = 5.4
"""Inches; text of 10 points stays readable where a phone shows the figure at two thirds."""

_SETTINGS: dict[str, Any] = {
    "font.family": ["DejaVu Sans"], "font.size": 10.5, "svg.hashsalt": "forecast-ledger", "svg.fonttype": "none",
    "pdf.fonttype": 42, "axes.edgecolor": QUIET, "axes.labelcolor": INK, "axes.linewidth": 0.8,
    "axes.spines.top": False, "axes.spines.right": False, "xtick.color": QUIET, "ytick.color": QUIET,
    "xtick.labelcolor": INK, "ytick.labelcolor": INK, "text.color": INK, "axes.grid": False, "text.usetex": False,
    "text.parse_math": False, "path.simplify": False, "axes.unicode_minus": True, "axes.formatter.use_locale": False,
    "figure.facecolor": GROUND, "axes.facecolor": "none", "savefig.facecolor": GROUND, "legend.frameon": False,
    "date.epoch": "1970-01-01T00:00:00", "timezone": "UTC",
}  # fmt: skip


def settings() -> Any:
    """A context in which matplotlib has our settings, whatever the user's own are."""
    import matplotlib as mpl

    known: dict[str, Any] = {name: value for name, value in mpl.rcParamsDefault.items() if name not in _KEPT}
    given: Any = known | _SETTINGS
    return mpl.rc_context(given)


_KEPT = {"backend", "backend_fallback", "interactive", "toolbar", "timezone", "date.epoch", "figure.max_open_warning"}


def figure(height: float) -> Figure:
    """An empty figure that belongs to no window and no registry."""
    from matplotlib.figure import Figure

    return Figure(figsize=(WIDTH, height), layout="constrained")


def percent_axis(axis: Any, ticks: tuple[float, ...] = (0, 0.25, 0.5, 0.75, 1)) -> None:
    """Ticks in percent."""
    axis.set_ticks(list(ticks), labels=[f"{100 * tick:g} %" for tick in ticks])


def quiet_grid(axes: Axes, which: Any = "y") -> None:
    """Thin lines behind everything."""
    axes.grid(visible=True, axis=which, color=LINE, linewidth=0.7)
    axes.set_axisbelow(True)
