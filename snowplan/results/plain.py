"""Plain values as JSON and back, exactly: floats as hexadecimal, long rows of numbers packed.

| value | JSON |
|---|---|
| None, true and false, whole number, text | itself |
| list | array, or packed where it holds many numbers of one kind |
| float | `{"float": "0x1.8p+1"}` |
| tuple, deque, set | `{"tuple": […]}`, `{"deque": […]}`, `{"set": […]}` |
| dict | `{"dict": [[key, value], …]}` |
| bytes, arrays | `{"packed": dtype, "count": n, "zlib": base64 of them deflated}` |
"""

from __future__ import annotations

import base64
import binascii
import zlib
from array import array
from collections import deque
from collections.abc import Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

MANY = 16  # numbers in a list from which they are packed
DTYPES = ("<i8", "<f8", "|u1", "<u4")
LEVEL = 6
LARGEST = 1 << 62
KINDS: dict[str, type[Any]] = {"tuple": tuple, "deque": deque, "set": set}


def to_plain(value: Any) -> Any:
    """A value as JSON; raises TypeError for one that is not plain."""
    if value is None or isinstance(value, bool | str):
        return value
    if isinstance(value, int | np.integer):
        return int(value)
    if isinstance(value, float | np.floating):
        return {"float": float(value).hex()}
    numbers = _numbers_of(value)
    return _container(value) if numbers is None else pack(numbers)


def _container(value: Any) -> Any:
    if isinstance(value, list):
        return [to_plain(item) for item in value]
    if isinstance(value, dict):
        return {"dict": [[to_plain(k), to_plain(v)] for k, v in value.items()]}
    for name, kind in KINDS.items():
        if isinstance(value, kind):
            items = sorted(value) if kind is set else value
            return {name: [to_plain(item) for item in items]}
    raise TypeError(f"{type(value).__name__} is not plain")


def _numbers_of(value: Any) -> NDArray[Any] | None:
    """What is packed, as an array; None for anything else."""
    if isinstance(value, bytes | bytearray):
        return np.frombuffer(bytes(value), "|u1")
    if isinstance(value, array | np.ndarray):
        return np.array(value)
    dtype = _dtype_of(value) if isinstance(value, list) else None
    return np.array(value, dtype) if dtype else None


def _dtype_of(values: Sequence[object]) -> str | None:
    """The dtype in which a long list of numbers of one kind is packed."""
    if len(values) < MANY:
        return None
    kinds = set(map(type, values))
    if kinds == {int} and all(-LARGEST <= v <= LARGEST for v in values):  # type: ignore[operator]
        return "<i8"
    return "<f8" if kinds == {float} else None


def pack(numbers: NDArray[Any]) -> dict[str, object]:
    """Numbers as base64 of their deflated little-endian bytes."""
    dtype = numbers.dtype.newbyteorder("<").str
    if dtype not in DTYPES:
        raise TypeError(f"numbers of {dtype} are not packed")
    data = zlib.compress(numbers.astype(dtype).tobytes(), LEVEL)
    return {
        "packed": dtype, "count": len(numbers), "zlib": base64.b64encode(data).decode("ascii")
    }  # fmt: skip


def unpack(found: dict[str, Any]) -> NDArray[Any]:
    """Packed numbers; raises ValueError when they are not what they say."""
    if found["packed"] not in DTYPES:
        raise ValueError(f"dtype {found['packed']!r}")
    dtype, count = np.dtype(found["packed"]), int(found["count"])
    size = count * dtype.itemsize
    try:
        data = zlib.decompressobj().decompress(base64.b64decode(found["zlib"], validate=True), size)
    except (zlib.error, binascii.Error) as error:
        raise ValueError(str(error)) from error
    if len(data) != size:
        raise ValueError(f"{len(data)} bytes instead of {size}")
    return np.frombuffer(data, dtype)


def from_plain(found: Any) -> Any:
    """The value of a JSON form; packed numbers become a list, packed bytes bytes.

    Raises ValueError, KeyError or TypeError when it is none.
    """
    if isinstance(found, list):
        return [from_plain(item) for item in found]
    if not isinstance(found, dict):
        return found
    if "packed" in found:
        numbers = unpack(found)
        return numbers.tobytes() if numbers.dtype.str == "|u1" else numbers.tolist()
    if "float" in found:
        return float.fromhex(found["float"])
    if "dict" in found:
        return {from_plain(k): from_plain(v) for k, v in found["dict"]}
    (name, items), *_ = found.items()
    return KINDS[name]([from_plain(item) for item in items])


def fill(held: Any, value: Any) -> bool:
    """Put a value into a container that others hold too; False where `held` is none."""
    if isinstance(held, list | bytearray | np.ndarray):
        held[:] = value
    elif isinstance(held, deque):
        held.clear()
        held.extend(value)
    elif isinstance(held, set):
        held.clear()
        held.update(value)
    elif isinstance(held, dict):
        kept = dict(held)
        held.clear()
        for key, item in value.items():
            inner = kept.get(key)
            held[key] = inner if isinstance(inner, bytearray | np.ndarray) else item
            if held[key] is inner:
                fill(inner, item)
    else:
        return False
    return True
