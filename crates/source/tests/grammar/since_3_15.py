"""What 3.15 added, production by production."""

import builtins
lazy import json
lazy import os.path as path, zlib
lazy from collections import deque, Counter as counter
lazy from . import sibling
from math import *

if json:
    lazy import decimal
with path:
    lazy from fractions import Fraction

try:
    import bz2
except ImportError:
    import gzip as bz2
else:
    import lzma
finally:
    import array


def eager_import():
    import json as inner
    from os import sep
    return inner, sep


class EagerImport:
    import json as inner

    squares = [builtins.pow(item, 2) for item in range(3)]
    firsts = list(item for item in squares)


def starred_comprehension(rows):
    flat = [*row for row in rows if row]
    unique = {*row for table in rows for row in table}
    merged = {**row for row in rows}
    return flat, unique, merged


def starred_generator(rows):
    yield from (*row for row in rows)
    return sum((*row.items() for row in rows if row))


async def starred_async(rows):
    found = [*row async for row in rows]
    return (*row async for row in rows), found


def builtin_loop(rows):
    return list(row for row in rows), set(row for row in rows), tuple(row for row in rows)


def waiting(rows):
    result = yield from rows
    for row in rows:
        yield row
    else:
        return result
    return [[item for item in row] for row in rows]
