"""Which tasks wait, which are under way, and which must be tried alone."""

from __future__ import annotations

from collections import deque
from collections.abc import Hashable
from dataclasses import dataclass, field
from typing import Any


@dataclass(slots=True)
class Desk:
    """Tasks by the bearer who has them; one that lost its bearer is a suspect, tried alone."""

    waiting: deque[Any] = field(default_factory=deque)
    suspects: deque[Any] = field(default_factory=deque)
    under_way: dict[Hashable, Any] = field(default_factory=dict)
    alone: bool = False  # the one under way is a suspect

    @property
    def size(self) -> int:
        """Tasks that have not ended."""
        return len(self.waiting) + len(self.suspects) + len(self.under_way)

    def may_hand(self, limit: int) -> bool:
        """Whether a task may be handed out, with at most `limit` under way."""
        if self.alone:
            return False
        if self.suspects:
            return not self.under_way
        return bool(self.waiting) and len(self.under_way) < limit

    def hand(self, bearer: Hashable) -> Any:
        """The next task, now under way with the bearer; suspects first."""
        self.alone = bool(self.suspects)
        task = self.suspects.popleft() if self.alone else self.waiting.popleft()
        self.under_way[bearer] = task
        return task

    def ended(self, bearer: Hashable) -> Any:
        """The task that the bearer had, which has ended."""
        self.alone = False
        return self.under_way.pop(bearer)

    def lost(self, bearer: Hashable) -> tuple[Any, bool]:
        """The task of a bearer who died, and whether it is to blame; if not, it is tried alone."""
        to_blame = self.alone
        task = self.ended(bearer)
        if not to_blame:
            self.suspects.append(task)
        return task, to_blame
