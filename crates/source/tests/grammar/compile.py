#!/usr/bin/env python3
"""Compiles the programs beside it that the Python which runs this can read:

    for version in 2.7 3.6 3.7 3.8 3.9 3.10 3.11 3.12 3.13; do python$version crates/source/tests/grammar/compile.py; done
    for release in 3.9 3.11-7.3 3.11-8.0; do pypy$release crates/source/tests/grammar/compile.py; done

3.14 and 3.15 did so in npm's Pyodide, but for what they added to the programs later.
"""
import marshal
import os
import platform
import sys

if sys.version_info < (3,):
    from imp import get_magic
    MAGIC_NUMBER = get_magic()
else:
    from importlib.util import MAGIC_NUMBER

FOLDER = os.path.dirname(os.path.abspath(__file__))
VERSION = sys.version_info[:2]
# Without a time or hash: 12 bytes of zeros, in 3.6 8, in 2.7 4.
ZEROS = 4 if VERSION < (3,) else 8 if VERSION < (3, 7) else 12
for name in sorted(os.listdir(FOLDER)):
    if not name.startswith("since_") or not name.endswith(".py"):
        continue
    since = tuple(map(int, name[:-3].split("_")[1:]))
    if since[0] == VERSION[0] and since <= VERSION:
        with open(os.path.join(FOLDER, name)) as source:
            code = compile(source.read(), name, "exec", 0, True)
        called = "%d.%d" % VERSION
        if platform.python_implementation() == "PyPy":
            # Two releases of 3.11 write different files.
            called = "pypy-" + (called if VERSION < (3, 11) else "%d.%d.%d" % sys.version_info[:3])
        folder = os.path.join(FOLDER, called)
        if not os.path.isdir(folder):
            os.makedirs(folder)
        with open(os.path.join(folder, name + "c"), "wb") as compiled:
            compiled.write(MAGIC_NUMBER + bytes(bytearray(ZEROS)) + marshal.dumps(code))
