"""Words of `snowplan compare` and `snowplan merge`, in Chinese and in English."""

from __future__ import annotations

COMPARE_TEXTS: dict[str, tuple[str, str]] = {
    "compare": (
        "比较几种储备点布局，给出差别及其区间",
        "Compare depot placements: differences with their intervals",
    ),
    "compare.study": (
        "研究文件，或自带研究的名称或标题，如 depot_placement；写法见 docs/comparing.md。",
        "A study file, or the name or title of a shipped one, such as depot_placement.",
    ),
    "compare.replications": (
        "每个方案、每场雪推演的次数，固定不变（默认按研究：够准即止，或到上限）",
        (
            "Runs of each variant and storm, no more and no less (by default as the study says: "
            "until sure enough, or its cap)"
        ),
    ),
    "compare.workers": (
        "同时使用的进程数（默认等于处理器数）；结果不因此而异",
        "Processes used at once (as many as processors); the results are the same",
    ),
    "compare.cluster": (
        "用已启动的 Dask 集群推演：调度器地址，如 tcp://127.0.0.1:8786；结果相同",
        "Run on a Dask cluster that is up: its scheduler's address, such as tcp://127.0.0.1:8786",
    ),
    "compare.tls_ca": ("集群的 TLS 根证书（PEM）", "TLS certificate of the cluster's CA (PEM)"),
    "compare.tls_cert": ("本机的 TLS 证书（PEM）", "TLS certificate of this client (PEM)"),
    "compare.tls_key": ("本机的 TLS 私钥（PEM）", "TLS private key of this client (PEM)"),
    "compare.resume": (
        "接着用已存的推演（默认）；--no-resume 把它们另存一旁，从头推演",
        "Go on from the runs stored (default); --no-resume puts them aside and begins anew",
    ),
    "compare.shard": (
        "只推演第 i 份，共 n 份（作业阵列用），不出报告；之后用 merge 合并",
        "Run share i of n alone (for job arrays), no report; `merge` joins them",
    ),
    "compare.max_hours": (
        "估计超过这么多小时就不推演（默认 12）",
        "Refuse a study estimated to take more hours than this (12 by default)",
    ),
    "merge": ("合并各份推演，写出比较结果", "Join the shards of a comparison and write its result"),
    "merge.study": ("与各份所用相同的研究。", "The study that the shards ran."),
    "merge.folders": (
        "各份的存放文件夹，即 compare --shard 的最后一行；也可写它所在的 --out 文件夹。",
        "The shards' folders, as the last line of compare --shard says, or their --out folders.",
    ),
    "merge.replications": (
        "各份所用的 --replications（默认按研究）",
        "The shards' --replications (by default the study's)",
    ),
    # What is told on the way
    "progress.left": ("剩余", "left"),
    "compare.found": (
        "已存 {stored} 次推演（共 {asked} 次），从这里接着推演",
        "{stored} of {asked} runs are stored already; going on from there",
    ),
    "compare.aside": ("已存的推演移到 {path}", "the stored runs were put aside: {path}"),
    "compare.estimate": (
        (
            "估计：{runs} 次推演 × {seconds:.2g} 秒 ÷ {workers} 个进程{efficiency} ≈ {hours}"
            "{most}；内存 {workers} × {worker_mb:,.0f} MB = {gb:.1f} GB{free}"
        ),
        (
            "estimate: {runs} runs × {seconds:.2g} s ÷ {workers} workers{efficiency} ≈ {hours}"
            "{most}; memory {workers} × {worker_mb:,.0f} MB = {gb:.1f} GB{free}"
        ),
    ),
    "compare.efficiency": (
        "（同时 {lanes} 个，效率按 {percent:.0f} % 计）",
        " ({lanes} at once, {percent:.0f} % efficient as assumed)",
    ),
    "compare.at_most": (
        "，到上限 {runs} 次推演约 {hours}",
        ", {hours} for {runs} runs at the cap",
    ),
    "compare.free": ("，本机可用 {gb:.1f} GB", ", this machine has {gb:.1f} GB free"),
    "compare.hours": ("{n:.1f} 小时", "{n:.1f} h"),
    "compare.minutes": ("{n:.0f} 分钟", "{n:.0f} min"),
    "compare.seconds": ("{n:.0f} 秒", "{n:.0f} s"),
    "compare.too_long": (
        (
            "太大：{estimate}\n超过 --max-hours {limit:g}。可减少 --replications 或方案、降雪，"
            "增加进程或用 --cluster、--shard，或放宽 --max-hours；已推演的都留着"
        ),
        (
            "too big: {estimate}\nmore than --max-hours {limit:g}. Fewer --replications, variants "
            "or storms, more workers, --cluster or --shard, or a larger --max-hours help; "
            "what has been run is kept"
        ),
    ),
    "compare.too_much": (
        "太大：{estimate}\n内存不够。可用 --workers {workers}；已推演的都留着",
        (
            "too big: {estimate}\nthe memory is not enough. --workers {workers} would fit; "
            "what has been run is kept"
        ),
    ),
    "compare.failed_run": (
        "推演失败：{variant}，{storm}，随机种子 {seed}：{error}",
        "run failed: {variant}, {storm}, run seed {seed}: {error}",
    ),
    "compare.some_failed": (
        "{n} 次推演失败，未计入比较；其余已比较：",
        "{n} runs failed and are left out; the others are compared:",
    ),
    "compare.go_on": (
        "已完成的推演都存下了；再输入同一命令即从这里接着推演",
        "every finished run is stored; the same command goes on from here",
    ),
    "compare.shard_done": (
        "第 {i} 份（共 {n} 份）：{runs} 次推演，存于",
        "share {i} of {n}: {runs} runs, stored in",
    ),
    "compare.shard_empty": (
        "第 {i} 份（共 {n} 份）没有推演：只推演 {replications} 次，用不了这么多份；存放处",
        (
            "share {i} of {n} has no runs: {replications} replications make no more shares; "
            "its folder"
        ),
    ),
    "compare.shard_anew": (
        (
            "--no-resume 不能与 --shard 同用：会把别的份已存的推演也移走；"
            "要从头推演，请用 --out 另选文件夹"
        ),
        (
            "--no-resume or --shard, not both: it would put the other shares' runs aside too; "
            "to begin anew choose another folder with --out"
        ),
    ),
    "compare.bad_shard": (
        "--shard '{text}'：应为 i/n，如 2/8，1 ≤ i ≤ n",
        "--shard '{text}': expected i/n such as 2/8, 1 ≤ i ≤ n",
    ),
    "compare.tls_partly": (
        "--tls-ca、--tls-cert、--tls-key 要一起给，并与 --cluster 同用",
        "--tls-ca, --tls-cert and --tls-key belong together, and to --cluster",
    ),
    "compare.workers_or_cluster": (
        "--workers 与 --cluster 只能用一个：集群有自己的进程",
        "--workers or --cluster, not both: a cluster has workers of its own",
    ),
    "merge.run": (
        "{variant}，{storm}，随机种子 {seed}",
        "{variant}, {storm}, run seed {seed}",
    ),
    "merge.before": (
        "{store} 里原来已有 {n} 次推演，一并采用",
        "{store} held {n} runs already; they are used too",
    ),
    "merge.which": (
        "{folder} 里有几处存放各次推演的文件夹，请写明是哪一个：{names}",
        "{folder} has several stores of replications; name the one that is meant: {names}",
    ),
    "merge.partial": (
        "缺少的推演按失败计，其余照常比较（退出码 1）",
        "Take missing runs as failed and compare the others (exit code 1)",
    ),
    "merge.missing": (
        (
            "各份合起来还缺 {n} 次推演：\n{names}\n已有的都合在 {store}。补齐并比较：\n"
            "  {command}\n或用 merge --partial 不等它们"
        ),
        (
            "the shards together lack {n} runs:\n{names}\nAll others are in {store}. To run the "
            "missing ones and compare:\n  {command}\nor go without them: merge --partial"
        ),
    ),
    "merge.no_baseline": (
        "基准方案 {variant} 一次推演也没有，无从比较",
        "there is no run of the baseline {variant}: nothing to compare with",
    ),
    "compare.more": ("… 另有 {n} 次", "… and {n} more"),
    "compare.not_run": ("没有推演", "not run"),
}
