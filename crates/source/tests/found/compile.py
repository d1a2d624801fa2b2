#!/usr/bin/env python3
"""Compiles the programs beside it that the Python which runs this can read, and what is for eval and for the prompt:

    for version in 3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13 3.14 3.15; do python$version crates/source/tests/found/compile.py; done
"""
import importlib.util
import marshal
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
OUT = os.path.join(FOLDER, "3.%d" % sys.version_info[1])
MODES = [
    ("eval", "[value * 2 for value in data if value] if data else (lambda: data, f'{data!r}' or -1)\n", "eval"),
    ("prompt", "total = 1; total; 'text'; print(total)\n", "single"),
    ("prompt_loop", "for item in items:\n    item\n    def shown(item): item\n", "single"),
]


def write(name, code):
    os.makedirs(OUT, exist_ok=True)
    # Without a time or hash: 12 bytes of zeros, in 3.6 8.
    zeros = bytes(12 if sys.version_info >= (3, 7) else 8)
    with open(os.path.join(OUT, name + ".pyc"), "wb") as compiled:
        compiled.write(importlib.util.MAGIC_NUMBER + zeros + marshal.dumps(code))


for name in sorted(os.listdir(FOLDER)):
    if name.endswith(".py") and "_3_" in name and int(name[:-3].rsplit("_", 1)[1]) <= sys.version_info[1]:
        with open(os.path.join(FOLDER, name)) as source:
            text = source.read()
        for level, ending in [(0, ""), (1, "_O"), (2, "_OO")][: 3 if name.startswith("stripped") else 1]:
            write(name[:-3] + ending, compile(text, name, "exec", dont_inherit=True, optimize=level))
for name, text, mode in MODES:
    write(name, compile(text, name, mode, dont_inherit=True))
