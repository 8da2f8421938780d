"""Papers of the made-up readiness report: findings, assumptions, appendix."""

from __future__ import annotations

from typing import Any

from tests.reporting.ready_sample_parts import CLASSES, GRADES, ZONES


def findings() -> list[dict[str, Any]]:
    """One of each severity; one text with marks of Typst in it."""
    return [
        {
            "severity": "impossible",
            "code": "round_beyond_limit",
            "text_zh": "东区次干路：全部推雪车不停作业，一遍也要 9.4 小时，超过 8 小时的通行时限。",
            "text_en": "East, secondary roads: a round takes the ploughs 9.4 h; the limit is 8 h.",
            "grades": ["heavy"],
            "own_storm": True,
            "where": "plan.table",
            "about": "east/secondary",
        },
        {
            "severity": "gap",
            "code": "crews_short",
            "text_zh": "南区推雪车夜班缺 1 个班组（20:00 起 12 小时）。",
            "text_en": "South: ploughs lack 1 crew on the night shift (12 h from 20:00).",
            "grades": [],
            "own_storm": False,
            "where": "plan.table",
            "about": "night/plough/south",
        },
        {
            "severity": "note",
            "code": "no_owner",
            "text_zh": "路段 #12 *校园路* $x$ 没有责任单位。",
            "text_en": "Section #12 *Xiaoyuan Road* $x$ has no owner.",
            "grades": [],
            "own_storm": False,
            "where": "plan.table",
            "about": "section",
        },
    ]


def assumptions() -> list[dict[str, Any]]:
    """Figures that are assumed, many of one source as well as single ones."""
    rows = [
        {
            "file": "seeds/depots.csv",
            "where": f"depot-{zone}",
            "figure": figure,
            "value": value,
            "source": "five areas from Datong Daily (late 2023); bays, rate and 60 t assumed",
            "rows": 1,
        }
        for zone in ZONES
        for figure, value in (("bays", "2"), ("loading_kg_per_min", "350"), ("stock_kg", "60000"))
    ]
    rows += [
        {
            "file": "seeds/contingency_plan.toml",
            "where": f"limits.{c}.{g}",
            "figure": "open_h",
            "value": str(2 + 2 * p),
            "source": "clearing after Linyi 2023; opening and hauling hours assumed",
            "rows": 1,
        }
        for c in CLASSES
        for p, g in enumerate(GRADES)
    ]
    rows += [
        {
            "file": "seeds/physics.toml",
            "where": f"snow.row_{n}",
            "figure": f"figure_{n}",
            "value": f"{0.1 * n:.1f}",
            "source": f"made-up source number {n}: assumed",
            "rows": 1,
        }
        for n in range(1, 31)
    ]
    return rows


def appendix(run_seed: int, replications: int) -> dict[str, Any]:
    """Digests, scenario texts, ledgers with residual 0, seeds and the reporting items."""
    snow = {
        "initial": 0,
        "fallen": 187_204_551_310,
        "lying": 9_120_300_000,
        "pushed_aside": 120_000_000_310,
        "in_trucks": 0,
        "dumped": 38_084_251_000,
        "melted": 20_000_000_000,
        "residual": 0,
    }
    deicer = {
        "delivered": 342_000_000,
        "in_depots": 237_000_000,
        "in_hoppers": 12_000_000,
        "on_roads": 93_000_000,
        "residual": 0,
    }
    fleet = {"intervals": 140 * 56 * 3_600_000, "horizon": 140 * 56 * 3_600_000, "residual": 0}
    toml = 'extends = "base.toml"\nname = "{name}"\n\n[snow]\ntotal_mm = 6.5\nduration_h = 14\n'
    stress = (
        (
            "1.1",
            "purpose",
            "目的：入冬前判断现有力量能否守住预案时限。",
            "Purpose: to judge before winter whether the limits can be held with what there is.",
        ),
        (
            "2.1",
            "base_logic",
            "基本逻辑：离散事件模拟，见 docs/model.md。",
            "Base logic: discrete-event simulation, see docs/model.md.",
        ),
        (
            "3.4",
            "random",
            "随机数：每个对象、每种用途一条随机流（Philox）。",
            "Randomness: one Philox stream an entity and purpose.",
        ),
    )
    return {
        "tags": {"A": 65, "N": 12, "S": 4},
        "inputs": [
            {"file": f"seeds/{name}", "sha256": f"{place:02x}" * 32}
            for place, name in enumerate(
                ("contingency_plan.toml", "crews.csv", "depots.csv", "machines.csv"), 161
            )
        ],
        "scenario_toml": {g: toml.format(name=g) for g in GRADES},
        "ledgers": {g: {"snow": snow, "deicer": deicer, "machines": fleet} for g in GRADES},
        "seeds": {g: [run_seed + r for r in range(replications)] for g in GRADES},
        "stress": [{"item": i, "key": k, "text_zh": zh, "text_en": en} for i, k, zh, en in stress],
    }
