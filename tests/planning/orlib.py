"""Readers of the OR-Library's location files (Beasley 1990)."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import networkx as nx
import numpy as np
from numpy.typing import NDArray

from snowplan.planning.locating.problem import Instance

FOLDER = Path(__file__).resolve().parents[3] / "shared" / "data" / "location"


def p_median_file(path: Path) -> Instance:
    """A `pmed` file: edges of a graph (of equal ones the last counts); every vertex is a site."""
    numbers = [int(word) for word in path.read_text(encoding="ascii").split()]
    vertices, _, count = numbers[:3]
    graph: nx.Graph[int] = nx.Graph()
    graph.add_nodes_from(range(vertices))
    for a, b, length in zip(*[iter(numbers[3:])] * 3, strict=True):
        graph.add_edge(a - 1, b - 1, weight=length)
    distance = np.zeros((vertices, vertices), dtype=np.int64)
    for a, reach in nx.all_pairs_dijkstra_path_length(graph):
        for b, length in reach.items():
            distance[a, b] = length
    return Instance(distance, np.ones(vertices, dtype=np.int64), count)


@dataclass(frozen=True)
class CapacitatedFile:
    """A `cap` file: capacity and fixed cost by site, demand by client, its whole cost by pair."""

    capacity: NDArray[np.float64]
    fixed: NDArray[np.float64]
    demand: NDArray[np.float64]
    cost: NDArray[np.float64]


def capacitated_file(path: Path) -> CapacitatedFile:
    """A `cap` file of the OR-Library."""
    words = iter(path.read_text(encoding="ascii").split())
    sites, clients = int(next(words)), int(next(words))
    places = [(float(next(words)), float(next(words))) for _ in range(sites)]
    demand, cost = [], []
    for _ in range(clients):
        demand.append(float(next(words)))
        cost.append([float(next(words)) for _ in range(sites)])
    capacity, fixed = zip(*places, strict=True)
    return CapacitatedFile(np.array(capacity), np.array(fixed), np.array(demand), np.array(cost))
