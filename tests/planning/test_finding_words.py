"""Every finding can be told in both languages."""

from __future__ import annotations

import string

import pytest

from snowplan.planning.finding_words import FINDING_WORDS, finding_text
from snowplan.planning.plan_check import plan_findings
from tests.planning import test_groups_check, test_hauling_check, test_limits_check


@pytest.mark.parametrize("key", sorted(FINDING_WORDS))
def test_both_languages_name_the_same_figures(key: str) -> None:
    """What Chinese names of a finding, English names, too."""
    zh, en = ({n for _, n, _, _ in string.Formatter().parse(t) if n} for t in FINDING_WORDS[key])
    assert zh == en
    assert all(FINDING_WORDS[key])


def test_keys_are_said_as_words() -> None:
    """Zones, classes and kinds are said in the language asked for; the city stands for no zone."""
    (limit,) = plan_findings(test_limits_check._main(4, 1.5))[:1]
    assert finding_text(limit, "zh").startswith("全城：主干路")
    assert "main roads" in finding_text(limit, "en")
    found = {f.code: f for f in plan_findings(test_groups_check._town((), 1))}
    assert finding_text(found["no_crew"], "zh") == "中区：推雪车 04:00–16:00 无班组，全部停着"
    assert "no crew 04:00–16:00" in finding_text(found["no_crew"], "en")
    haul = plan_findings(test_hauling_check._town(10, haul_h=1.5))[0]
    assert "250 m³" in finding_text(haul, "en")
