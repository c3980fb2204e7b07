"""``forecast doctor``."""

from __future__ import annotations

import click

from ledger.cli.command import command, json_option
from ledger.cli.output import Paint, say, say_json
from ledger.cli.session import current


@command("doctor")
@json_option
@click.pass_context
def command_line(context: click.Context, as_json: bool) -> None:
    """Look over the ledger, its file and its settings; exit status 1 where something is amiss.

    \b
    Example:
      forecast doctor
    """
    from ledger.services.maintain import doctor

    checks = doctor(current().location())
    fine = all(check.ok for check in checks)
    if as_json:
        told = [{"name": check.name, "ok": check.ok, "said": check.said} for check in checks]
        say_json({"ok": fine, "checks": told})
    else:
        wide = max(len(check.name) for check in checks)
        for check in checks:
            mark = Paint("ok  ", "green") if check.ok else Paint("look", "red")
            say([mark, f"  {check.name.ljust(wide)}  {check.said}"])
    if not fine:
        context.exit(1)
