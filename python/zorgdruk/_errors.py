"""What is wrong in a scenario."""

from __future__ import annotations

from typing import NamedTuple


class Mistake(NamedTuple):
    """One thing that is wrong, and where."""

    file: str
    """Name of the file; of a value that was set, the setting."""
    line: int | None
    """Line, counted from 1."""
    column: int | None
    """Column, counted from 1."""
    key: str
    """Dotted path of the value."""
    message: str
    """What is wrong with it."""
    allowed: str | None
    """What is allowed instead, where that can be said in short."""


class ScenarioError(ValueError):
    """A scenario is not valid. The message has a line for every mistake, and `mistakes` all of them."""

    mistakes: tuple[Mistake, ...]

    def __init__(self, message: str, mistakes: list[tuple] = []) -> None:
        super().__init__(message, mistakes)
        self.mistakes = tuple(Mistake(*mistake) for mistake in mistakes)

    def __str__(self) -> str:
        return str(self.args[0])


class ProgramError(RuntimeError):
    """A command of the program failed; the message is what it said."""
