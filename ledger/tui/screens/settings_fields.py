"""The fields of the settings: how each is shown, and what its words mean."""

from __future__ import annotations

from ledger.data_files import shipped_scales
from ledger.domain.policies import Policy
from ledger.services.defaults import zone_in_force
from ledger.services.settings import FORMS, THEMES, Settings, checked
from ledger.tui.widgets.chooser import ChoiceField, Chooser
from ledger.tui.widgets.reading_field import ReadingField
from ledger.tui.widgets.zone_suggester import ZoneSuggester

FIELDS = ("theme", "zone", "scale", "policy", "forecaster", "form", "compact")
_LABELS = {
    "theme": "Theme", "zone": "Zone", "scale": "Scale", "policy": "Policy", "forecaster": "Forecaster",
    "form": "Brier score", "compact": "Lines",
}  # fmt: skip
_SHOWN = {
    "theme": {"ledger-dark": "dark", "ledger-light": "light", "ansi-dark": "ansi dark", "ansi-light": "ansi light"},
    "form": {"0-1": "0–1", "0-2": "0–2, the original"},
    "compact": {"False": "roomy", "True": "compact"},
}


def choices_of(name: str) -> tuple[str, ...]:
    """The values of a setting that has a few; none for one that is typed."""
    known = {"theme": THEMES, "scale": shipped_scales(), "policy": tuple(Policy), "form": FORMS,
             "compact": ("False", "True")}  # fmt: skip
    return tuple(str(one) for one in known.get(name, ()))


def field_of(name: str, settings: Settings) -> ChoiceField | ReadingField:
    """The field of a setting, as it stands."""
    value, choices = getattr(settings, name), choices_of(name)
    if choices:
        words = [_word(name, one) for one in choices]
        return ChoiceField(_LABELS[name], Chooser(words, _word(name, str(value))), id=name)
    field = ReadingField(_LABELS[name], value or "", placeholder=_hint(name), id=name)
    if name == "zone":
        field.input.suggester = ZoneSuggester()
    return field


def _hint(name: str) -> str:
    return "me" if name == "forecaster" else f"{zone_in_force(Settings())}, as the computer or FORECAST_ZONE says"


def _word(name: str, value: str) -> str:
    return _SHOWN.get(name, {}).get(value, value)


def setting(name: str, told: str) -> str | bool | None:
    """The value that a field's words mean; raises ``LedgerError`` where they mean none."""
    value = next((one for one in choices_of(name) if _word(name, one) == told), told)
    if name == "compact":
        return value == "True"
    if not value and name in ("zone", "forecaster"):
        return None
    return checked(name, value)
