"""The command palette: every action of the screen in front, from the registry, each under its topic."""

from __future__ import annotations

from functools import partial

from textual.command import DiscoveryHit, Hit, Hits, Provider

from ledger.tui.actions import REGISTRY, Action


class ActionsProvider(Provider):
    """Offers what can be done here."""

    def _here(self) -> list[Action]:
        named = {active.binding.id for active in self.screen.active_bindings.values() if active.enabled}
        return [action for actions in REGISTRY.values() for action in actions if action.name in named]

    def _run(self, name: str) -> None:
        for active in self.screen.active_bindings.values():
            if active.binding.id == name:
                self.app.call_later(self.app.run_action, active.binding.action, active.node)
                return

    async def discover(self) -> Hits:
        """Everything, before a letter is typed."""
        for action in self._here():
            yield DiscoveryHit(f"{action.topic}: {action.title}", partial(self._run, action.name), help=action.meaning)

    async def search(self, query: str) -> Hits:
        """What matches."""
        matcher = self.matcher(query)
        for action in self._here():
            text = f"{action.topic}: {action.title} – {action.meaning}"
            if (score := matcher.match(text)) > 0:
                yield Hit(score, matcher.highlight(text), partial(self._run, action.name), help=action.meaning)
