#!/usr/bin/env python3
"""Compiles the programs beside it that the Python which runs this can read:

    for version in 3.8 3.9 3.10 3.11 3.12 3.13; do python$version crates/source/tests/grammar/compile.py; done
"""
import os
import py_compile
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
for name in sorted(os.listdir(FOLDER)):
    if not name.startswith("since_"):
        continue
    minor = int(name[:-3].split("_")[2])
    if name.endswith(".py") and minor <= sys.version_info[1]:
        py_compile.compile(
            os.path.join(FOLDER, name),
            cfile=os.path.join(FOLDER, "3.%d" % sys.version_info[1], name + "c"),
            dfile=name,
            doraise=True,
            invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
        )
