"""What holds where nothing is said: the environment first, then the settings, then the computer's own."""

from __future__ import annotations

import os
from collections.abc import Mapping

from ledger.domain.moments import zone_named
from ledger.errors import InputError
from ledger.services.dates import default_zone
from ledger.services.settings import Settings


def zone_in_force(settings: Settings, environ: Mapping[str, str] = os.environ) -> str:
    """``FORECAST_ZONE`` where it names a zone, the settings' zone, the computer's."""
    told = environ.get("FORECAST_ZONE")
    if told and _is_zone(told):
        return told
    without = {name: value for name, value in environ.items() if name != "FORECAST_ZONE"}
    return settings.zone or default_zone(without).name


def scale_in_force(settings: Settings, environ: Mapping[str, str] = os.environ) -> str:
    """``FORECAST_SCALE``, or the settings' scale."""
    return environ.get("FORECAST_SCALE") or settings.scale


def forecaster_in_force(settings: Settings, environ: Mapping[str, str] = os.environ) -> str:
    """``FORECAST_FORECASTER``, the settings' forecaster, or ``me``."""
    return environ.get("FORECAST_FORECASTER") or settings.forecaster or "me"


def _is_zone(name: str) -> bool:
    try:
        return bool(zone_named(name).key)
    except InputError:
        return False
