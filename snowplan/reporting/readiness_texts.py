"""Sentences, captions and heads of the readiness report, in Chinese and in English."""

from __future__ import annotations

from snowplan.reporting.readiness_texts_gains import GAIN_TEXTS
from snowplan.reporting.readiness_texts_limits import LIMIT_TEXTS
from snowplan.reporting.readiness_texts_means import MEANS_TEXTS
from snowplan.reporting.readiness_texts_papers import PAPER_TEXTS
from snowplan.reporting.readiness_texts_times import TIME_TEXTS
from snowplan.words import LANGUAGES

READY_TEXTS: dict[str, tuple[str, str]] = {
    **LIMIT_TEXTS,
    **GAIN_TEXTS,
    **MEANS_TEXTS,
    **TIME_TEXTS,
    **PAPER_TEXTS,
    "foot": ("第 {n} 页 共 {all} 页", "Page {n} of {all}"),
    "quick": ("示意：推演次数少，数字仅供参考", "Indicative: few runs, figures are rough"),
    "quick.mark": ("示意", "INDICATIVE"),
    "quick.beside": ("（示意）", " (indicative)"),
    "number.table": ("表 {n}", "Table {n}"),
    "number.picture": ("图 {n}", "Figure {n}"),
    "sign.made": ("编制", "Prepared"),
    "sign.checked": ("审核", "Checked"),
    "sign.issued": ("签发", "Issued"),
    "sign.seal": ("（签字、盖章）", "(signature, seal)"),
    "sign.date": ("||年|月|日", "Date:"),
    "storm": ("{mm} mm，{h} 小时，{air} °C", "{mm} mm in {h} h at {air} °C"),
    "margin.spare": ("余 {h} 小时", "{h} h to spare"),
    "margin.late": ("晚 {h} 小时", "{h} h late"),
    "margin.spare_bound": ("至多余 {h} 小时", "at most {h} h to spare"),
    "margin.late_bound": ("至少晚 {h} 小时", "at least {h} h late"),
    "margin.spare_short": ("余{h}", "spare\u00a0{h}"),
    "margin.late_short": ("晚{h}", "late\u00a0{h}"),
    "margin.spare_bound_short": ("余≤{h}", "spare\u00a0≤{h}"),
    "margin.late_bound_short": ("晚≥{h}", "late\u00a0≥{h}"),
    "col.item": ("时限", "limit"),
    "col.zone": ("区", "zone"),
    "col.kind": ("机械", "machine"),
    "col.class": ("道路", "roads"),
    "col.total": ("合计", "total"),
    "col.storm": ("降雪", "storm"),
    "same_title": ("{title}（{id}）", "{title} ({id})"),
    "to": ("至", " to "),
    "comma": ("、", ", "),
    "semicolon": ("；", "; "),
    "none": ("无", "none"),
    "yes": ("是", "yes"),
    "no": ("否", "no"),
}  # fmt: skip


def ready_text(key: str, lang: str, **values: object) -> str:
    """The words for `key` in `lang` (`zh` or `en`), with `values` filled in."""
    text = READY_TEXTS[key][LANGUAGES.index(lang)]
    return text.format(**values) if values else text
