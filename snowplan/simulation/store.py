"""One depot's store (储备点): bays with a line, and what is in stock."""

from __future__ import annotations

import simpy


class Store:
    """One depot: bays as a queue, stock and what is being loaded, in grams."""

    def __init__(self, env: simpy.Environment, number: int, bays: int, stock_g: int) -> None:
        self.number = number
        self.bays = simpy.Resource(env, capacity=bays)
        self.stock_g = stock_g
        self.initial_g = stock_g
        self.promised_g = 0
        self.line: list[int] = []  # machines at a bay or in line for one, as they came
        self.changes: list[tuple[int, int]] = [(0, stock_g)]
