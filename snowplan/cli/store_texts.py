"""Words on a store of replications, in Chinese and in English."""

from __future__ import annotations

STORE_TEXTS: dict[str, tuple[str, str]] = {
    "store.damaged": (
        "{file} 第 {lines} 行已损坏，不予采用；缺少的推演将重做",
        "{file} line {lines}: damaged and not used; runs that are missing are made again",
    ),
    "store.tail": (
        "{file} 最后一行（第 {lines} 行）不完整，不予采用；该次推演将重做",
        "{file} line {lines}, the last: not whole and not used; that run is made again",
    ),
    "store.foreign": (
        "{file} 第 {lines} 行出自别的输入，不予采用",
        "{file} line {lines}: from other inputs and not used",
    ),
    "store.twice": (
        "{file} 第 {lines} 行与前面的行重复，只用一次",
        "{file} line {lines}: repeats a line before; each run is used once",
    ),
    "store.no_study": (
        "{file} 缺失，已重写；只采用出自现有输入的推演",
        "{file} was missing and is made anew; only runs of the inputs as they are now are used",
    ),
    "store.in_use": (
        "{place} 正由另一个命令使用（进程 {process}）；等它结束，或用 --out 另选文件夹",
        (
            "{place} is in use by another command (process {process}); "
            "wait for it, or choose another folder with --out"
        ),
    ),
    "store.unlocked": (
        "{file} 所在的文件系统不支持锁；请勿同时运行两个写入同一处的命令",
        "the file system of {file} has no locks: do not let two commands write there at once",
    ),
}  # fmt: skip
