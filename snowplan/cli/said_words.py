"""Chinese for errors that the engines and the disk tell in a sentence of English."""

from __future__ import annotations

from snowplan.cli.fault_words import compiled, found_zh

SAID: tuple[tuple[str, str], ...] = (
    (
        "{place} is there already; expected the name of a new folder",
        "{place} 已经存在；应为新文件夹的名字",
    ),
    # The cluster
    ("a cluster needs libraries of its own: {names}", "集群需要另装的库：{names}"),
    (
        "TLS files are for a cluster; expected its address too (--cluster)",
        "TLS 文件只用于集群；还应写明它的地址（--cluster）",
    ),
    (
        "no scheduler at {place} within {low} s ({why}); expected one started with: {names}",
        "{place} 在 {low} 秒内没有调度器应答（{why}）；应先启动：{names}",
    ),
    (
        ("the scheduler at {place} has had no worker for {low} s; "
        "expected some, started with: {names}"),
        "{place} 的调度器 {low} 秒以来没有 worker；应先启动：{names}",
    ),
    ("{place} has lost all its workers, {low} s ago", "{place} 的 worker 在 {low} 秒前已全部失去"),
    (
        ("a worker of {place} could not take a task ({why}); "
        "expected the same snowplan there as here"),
        "{place} 的一个 worker 接不了任务（{why}）；两边的 snowplan 应相同",
    ),
    (
        "cluster address: found '{found}'; expected {names}",
        "集群地址：实际为 '{found}'；应为 {names}",
    ),
    (
        "{place} needs --tls-ca, --tls-cert and --tls-key",
        "{place} 需要 --tls-ca、--tls-cert 和 --tls-key",
    ),
    (
        ("{place} is another machine; expected TLS (--tls-ca, --tls-cert and --tls-key), "
        "or a tunnel to it on 127.0.0.1"),
        ("{place} 是另一台机器；应使用 TLS（--tls-ca、--tls-cert 和 --tls-key），"
        "或在 127.0.0.1 上开一条通到它的隧道"),
    ),
    ("TLS files not found: {names}", "没有这些 TLS 文件：{names}"),
    ("the cluster runs other versions: {versions}", "集群所用的版本不同：{versions}"),
    (
        "workers with several threads: {found}; expected one each: {names}",
        "有多线程的 worker：{found}；每个应只有一个线程：{names}",
    ),
    (
        "no task ended at {place} for {low} min; expected one: see the logs of its workers",
        "{place} 已有 {low} 分钟没有一次推演结束；请看其 worker 的日志",
    ),
    (
        "the scheduler at {place} was lost ({why})",
        "与 {place} 的调度器失去联系（{why}）",
    ),
    (
        "{names} ended its workers again and again, the last times alone",
        "{names} 一再使 worker 终止，最后几次是单独推演",
    ),
    # This machine
    ("a worker process could not be started: {why}", "无法启动工作进程：{why}"),
    ("a worker could not begin: {why}", "工作进程无法开始：{why}"),
    (
        ("{low} worker processes were killed before they had anything to do, "
        "perhaps for want of memory: fewer --workers need less"),
        "{low} 个工作进程还没有开始就被终止，可能是内存不足：--workers 少一些，占用也少",
    ),
    (
        "{names} ended its worker twice, the second time alone ({why})",
        "{names} 两次使工作进程终止，第二次是单独推演（{why}）",
    ),
    # The disk
    (
        "could not {doing} {place}: {why}; free space, then the same command again",
        "无法{doing} {place}：{why}；腾出空间后，再用同一条命令即可接着做",
    ),
    ("could not {doing} {place}: {why}", "无法{doing} {place}：{why}"),
    (
        "{place} was changed or removed while it was written to",
        "{place} 在写入时被改动或删去",
    ),
    ("it is an address; expected a file on this machine", "这是网络地址；应为本机的文件"),
    ("there is no folder {place}; make it first", "没有文件夹 {place}；请先建立"),
    ("{place} is a file; expected a folder", "{place} 是文件；应为文件夹"),
    ("{place} takes no files; give another folder", "{place} 不能存放文件；请换个文件夹"),
    ("it is a folder; expected the name of a file", "这是文件夹；应为文件名"),
    ("it is a device; expected the name of a file", "这是设备；应为文件名"),
    (
        "it is read-only; give another name or make it writable",
        "文件只读；请换个名字，或取消只读",
    ),
    (
        ("it is open in another program ({names}); "
        "close it there, or remove that file if nothing has it open"),
        "文件正在别的程序中打开（{names}）；请先关闭，若确实没有打开，删去该标记文件",
    ),
    # Numbers
    (
        "replications {low}, at most {high}: expected 1 or more, at most the cap",
        "推演次数 {low}，上限 {high}：应至少为 1，且不超过上限",
    ),
    (
        "shard '{found}': expected i/n such as 2/8, with i from 1 to n",
        "--shard '{found}'：应为 i/n，如 2/8，i 为 1 至 n",
    ),
)  # fmt: skip
DOING = {
    "open": "打开", "write": "写入", "repair": "修复", "put aside": "移开", "create": "建立",
    "store a run in": "存入", "flush": "写入", "finish": "完成", "read": "读取",
}  # fmt: skip
WHY = {
    "No space left on device": "磁盘已满",
    "Disk quota exceeded": "磁盘配额已满",
    "Read-only file system": "文件系统只读",
    "Not a directory": "不是文件夹",
    "File exists": "已有同名文件",
    "File name too long": "名字太长",
    "Too many levels of symbolic links": "链接绕成了圈",
}
_SAID = [
    (compiled(english.replace("{doing}", doing)), chinese.replace("{doing}", of))
    for english, chinese in SAID
    for doing, of in (DOING.items() if "{doing}" in english else (("", ""),))
]


def said_zh(text: str) -> str:
    """A sentence of an error in Chinese; one without a translation stays English."""
    for pattern, chinese in _SAID:
        if found := pattern.fullmatch(text):
            parts = found.groupdict()
            if "why" in parts:
                parts["why"] = WHY.get(parts["why"]) or found_zh(said_zh(parts["why"]))
            if "versions" in parts:
                parts["versions"] = parts["versions"].replace(", expected ", "，应为 ")
            return chinese.format(**parts)
    return text
