#!/usr/bin/env python3
"""Compiles the programs beside it that the Python which runs this can read:

    for version in 3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13; do python$version crates/source/tests/grammar/compile.py; done

3.14 and 3.15 did so in npm's Pyodide.
"""
import importlib.util
import marshal
import os
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
for name in sorted(os.listdir(FOLDER)):
    if not name.startswith("since_"):
        continue
    minor = int(name[:-3].split("_")[2])
    if name.endswith(".py") and minor <= sys.version_info[1]:
        with open(os.path.join(FOLDER, name)) as source:
            code = compile(source.read(), name, "exec", dont_inherit=True)
        folder = os.path.join(FOLDER, "3.%d" % sys.version_info[1])
        os.makedirs(folder, exist_ok=True)
        # Without a time or hash: 12 bytes of zeros, in 3.6 8.
        zeros = bytes(12 if sys.version_info >= (3, 7) else 8)
        with open(os.path.join(folder, name + "c"), "wb") as compiled:
            compiled.write(importlib.util.MAGIC_NUMBER + zeros + marshal.dumps(code))
