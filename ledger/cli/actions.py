"""A command that has actions, such as ``forecast schedule install``."""

from __future__ import annotations

import click

from ledger.cli.command import Command


class Actions(click.Group):
    """A command with actions; a mistyped one is answered with the near ones."""

    command_class = Command

    def resolve_command(
        self, ctx: click.Context, args: list[str]
    ) -> tuple[str | None, click.Command | None, list[str]]:
        """Find the action."""
        if args[0] not in self.commands and not ctx.resilient_parsing:
            from ledger.domain.words import did_you_mean

            hint = did_you_mean(args[0], self.commands) or f"; there are {', '.join(self.commands)}"
            ctx.fail(f"there is no action {args[0]!r}{hint}")
        return super().resolve_command(ctx, args)
