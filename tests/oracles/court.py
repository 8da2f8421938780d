"""Everything that is judged of one run, as a list of faults in words."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from tests.oracles import aid, dumping, hauling, kerbs, parties
from tests.oracles.dumping import DumpJudge
from tests.oracles.evidence import Evidence
from tests.oracles.hands import HandJudge
from tests.oracles.hauling import Carried, LoaderJudge, carried
from tests.oracles.jobs import claims_by_hand, touches_by_hand
from tests.oracles.kerbs import Kerbs
from tests.oracles.replay import Replay
from tests.oracles.rules import Judge
from tests.oracles.sides import SideReplay, areas_right


@dataclass(frozen=True)
class Court:
    """One run with all that follows from its logs."""

    evidence: Evidence

    @cached_property
    def replay(self) -> Replay:
        """Every strip."""
        e = self.evidence
        return Replay(e.scenario, e.events, touches_by_hand(e))

    @cached_property
    def judge(self) -> Judge:
        """Machines' decisions."""
        e = self.evidence
        return Judge(e.scenario, e.events, self.replay, claims_by_hand(e))

    @cached_property
    def sides(self) -> SideReplay:
        """Every area beside the carriageway."""
        return SideReplay(self.evidence, self.replay.sky)

    @cached_property
    def kerbs(self) -> Kerbs:
        """Every windrow."""
        return Kerbs(self.evidence, self.replay, self.sides)

    @cached_property
    def carried(self) -> Carried:
        """What trucks held."""
        return carried(self.evidence)

    def faults(self) -> list[str]:
        """Every violation of docs/model.md that the logs show."""
        e = self.evidence
        found = [fault for rule in parties.RULES for fault in rule(e)]
        found += self.hauling_faults()
        found += areas_right(e)
        found += kerbs.amounts_right(e, self.sides)
        found += kerbs.carriageways_right(e, self.replay)
        found += kerbs.thrown_right(e, self.sides)
        found += HandJudge(e, self.judge, self.sides).judgements()
        found += self.machine_faults()
        found += self.balance_faults()
        return found

    def hauling_faults(self) -> list[str]:
        """Loaders, trucks, dump points."""
        e, kerb, load = self.evidence, self.kerbs, self.carried
        loaders = LoaderJudge(e, self.judge, kerb)
        return [
            *kerbs.verges_right(e, kerb),
            *kerbs.windrows_right(e, kerb),
            *hauling.trucks_hold(e, load),
            *hauling.loads_right(e, load, kerb),
            *hauling.dumps_hold(e),
            *hauling.treated_apart(e, load, kerb),
            *(DumpJudge(e, load, kerb).judgements() if e.scenario.plan.haul else ()),
            *aid.trucks_never_idle(e),
            *aid.trucks_own_first(e),
            *dumping.trucks_follow(e),
            *loaders.never_idle(),
            *loaders.best_first(),
            *loaders.not_before_cleared(),
        ]

    def machine_faults(self) -> Iterator[str]:
        """先通后清 and 先主后次 where both are on; fringe segments are left to hands."""
        phrases = self.evidence.scenario.plan.phrases
        yield from self.judge.where_hands_work()
        if phrases.main_first and phrases.open_before_clean:
            for verdict in self.judge.verdicts():
                if verdict.best < verdict.taken:
                    yield f"machines: {verdict}"

    def balance(self) -> dict[str, int]:
        """Grams lying, at the kerb, in trucks and dumped, from the logs alone."""
        strips = [s for stories in self.replay.stories.values() for s in stories]
        kerb = self.kerbs.kerbs
        loaded = sum(load.row.amount_g for load in self.carried.loads)
        dumped = sum(
            row.amount_g
            for _, row, _, _ in self.carried.runs
            if row.kind == "unload" and row.end < self.evidence.horizon
        )
        return {
            "lying": sum(s.loose + s.packed for s in strips) + self.sides.lying(),
            "pushed_aside": sum(k.pushed - k.loaded for k in kerb),
            "in_trucks": loaded - dumped,
            "dumped": dumped,
        }

    def balance_faults(self) -> Iterator[str]:
        """The ledger's terms are those of the logs, and everything that fell is somewhere."""
        ledger = self.evidence.ledger["snow"]
        for term, grams in self.balance().items():
            if ledger[term] != grams:
                yield f"balance: {term} is {ledger[term]} g in the ledger, {grams} g in the logs"
