"""Compiles the count of gridded rows into the package; where that fails, NumPy counts, and nothing else differs.

``FORECAST_LEDGER_PURE=1`` leaves it out, for a wheel that runs everywhere.
"""

from __future__ import annotations

import os
import sysconfig
import tempfile
from pathlib import Path
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

SOURCE = "ledger/scoring/_gridcount.c"
BUILT = "ledger/scoring/_gridcount*.so", "ledger/scoring/_gridcount*.pyd"


def compile_in_place() -> None:
    """Build the extension beside its source, for the stable ABI of Python 3.11 and up."""
    from setuptools import Distribution, Extension
    from setuptools.command.build_ext import build_ext

    optimised = ["/O2", "/fp:strict"] if os.name == "nt" else ["-O3", "-ffp-contract=off"]
    name = SOURCE.removesuffix(".c").replace("/", ".")
    extension = Extension(name, [SOURCE], py_limited_api=True, extra_compile_args=optimised)
    command = build_ext(Distribution({"ext_modules": [extension], "script_args": []}))
    command.inplace = True
    command.ensure_finalized()
    with tempfile.TemporaryDirectory() as command.build_temp:
        command.run()


class CompiledCount(BuildHookInterface):  # type: ignore[type-arg]
    """Puts the compiled module into a wheel, an editable one too."""

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, and say what the wheel then runs on."""
        for pattern in BUILT:
            for stale in Path(self.root).glob(pattern):
                stale.unlink()
        if os.environ.get("FORECAST_LEDGER_PURE"):
            return
        try:
            compile_in_place()
        except Exception as error:
            self.app.display_warning(f"built without the compiled count, NumPy counts instead: {error}")
            return
        platform = sysconfig.get_platform().replace("-", "_").replace(".", "_")
        build_data.update(pure_python=False, tag=f"cp311-abi3-{platform}")
        build_data["artifacts"].extend(BUILT)
