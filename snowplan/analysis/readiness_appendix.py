"""The appendix of a readiness report: inputs, scenarios, ledgers, run seeds, reporting items."""

from __future__ import annotations

from collections import Counter

from snowplan.analysis.readiness_given import Evidence, Row
from snowplan.analysis.readiness_head import STAGES, stage_of
from snowplan.analysis.readiness_stress_words import SCHEMATIC, STORM, STRESS, TO
from snowplan.analysis.readiness_verdicts import verdicts
from snowplan.model.storm_grades import own_storm
from snowplan.units import ms_hours

ACCOUNTS = ("snow", "deicer", "machines", "groups")
MAP = "map"  # where the map's own assumptions stand
ASSUMED = "A"  # the tag of what is assumed
PERCENT = 100


def appendix(found: Evidence) -> Row:
    """`appendix`: what the report is a function of, and what STRESS-DES asks to be told."""
    given = found.given
    references = {name: given.references[name].json("ledger.json") for name in given.scenarios}
    return {
        "inputs": [{"file": file, "sha256": digest} for file, digest in _inputs(found)],
        "tags": dict(given.tags),
        "scenario_toml": {name: given.tomls[name] for name in given.scenarios},
        "ledgers": {
            name: {account: dict(ledger[account]) for account in ACCOUNTS if account in ledger}
            for name, ledger in references.items()
        },
        "seeds": {name: [run.job.run_seed for run in runs] for name, runs in found.own.items()},
        "stress": stress(found),
    }


def _inputs(found: Evidence) -> list[tuple[str, str]]:
    """Files with their SHA-256, each once, by name."""
    own = [row for scenario in found.given.scenarios.values() for row in scenario.inputs]
    return sorted({*own, *found.given.inputs})


def stress(found: Evidence) -> list[Row]:
    """The items of STRESS-DES (Monks et al. 2019), each answered with figures of this study."""
    said = _counted(found) | _run(found)
    zh, en = ({**said, **_spans(found, lang), "storms": _storms(found, lang)} for lang in (0, 1))
    return [
        {"item": item, "key": key, "text_zh": in_zh.format(**zh), "text_en": in_en.format(**en)}
        for item, key, in_zh, in_en in STRESS
    ]


def _storms(found: Evidence, lang: int) -> str:
    """The scenarios with their snow, in words."""
    told = []
    for scenario in found.given.scenarios.values():
        storm = own_storm(scenario)
        told.append(
            STORM[lang].format(
                title=(scenario.study.title, scenario.study.title_en)[lang],
                mm=0 if storm is None else round(storm.total_mm, 2),
                hours=0 if storm is None else round(storm.snow_h, 1),
            )
        )
    return ("、", ", ")[lang].join(told)


def _spans(found: Evidence, lang: int) -> Row:
    """Horizons, replications and pairs: the least and the most, one figure where they are alike."""
    given = found.given
    effort = given.effort
    fresh = effort.marginal_most - effort.marginal
    spans: dict[str, list[float]] = {
        "told_h": [ms_hours(s.study.horizon_ms) for s in given.scenarios.values()],
        "told_n": [len(runs) for runs in found.own.values()],
        "told_more": [effort.marginal, fresh if effort.best and fresh else effort.marginal],
    }
    return {
        key: TO[lang].join(dict.fromkeys(f"{end:g}" for end in (min(some), max(some))))
        for key, some in spans.items()
    }


def _counted(found: Evidence) -> Row:
    """What there is: sections, machines, places, facts."""
    given, resources, road_map = found.given, found.first.resources, found.first.road_map
    schematic = SCHEMATIC if road_map.schematic else ("", "")
    return {
        "scenarios": len(given.scenarios),
        "sections": sum(s.duty.cleared_by_centre for s in road_map.sections),
        "all_sections": len(road_map.sections),
        "junctions": len(road_map.junctions),
        "machines": len(resources.machines),
        "squads": sum(row.squads for row in resources.squads),
        "trucks": len(resources.trucks),
        "depots": len(resources.depots),
        "bays": sum(depot.bays for depot in resources.depots),
        "dumps": len(resources.dump_points),
        "gates": sum(dump.gates for dump in resources.dump_points),
        "shifts": len(resources.crews),
        "facts": sum(given.tags.values()),
        "assumed": given.tags.get(ASSUMED, 0),
        "of_map": sum(row["rows"] for row in given.assumptions if row["where"] == MAP),
        "files": len(_inputs(found)),
        "varied": sum(spread.on for spread in found.first.around.uncertainty),
        "map_zh": schematic[0],
        "map_en": schematic[1],
    }


def _run(found: Evidence) -> Row:
    """What was asked and run: effort, run seeds, horizons."""
    given, rules = found.given, found.given.rules
    stages = Counter(stage_of(job) for job in found.runs)
    seeds = [run.job.run_seed for runs in found.own.values() for run in runs]
    return {
        "limits": len({row["item"] for row in verdicts(found)["rows"]}),
        "p": rules.probability,
        "confidence": round(PERCENT * rules.confidence, 1),
        "lowest": rules.search.factors[0],
        "highest": rules.search.factors[-1],
        "factors": len(rules.search.factors),
        "envelope_n": given.effort.envelope,
        "first_seed": min(seeds),
        "last_seed": max(seeds),
        "runs": len(found.runs),
        "failed": len(given.failed),
        **{f"of_{stage}": stages[stage] for stage in STAGES},
        **given.made,
    }
