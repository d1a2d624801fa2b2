#!/usr/bin/env python3
"""Compiles constructs.py with the Python that runs this, into the file that the tests of shaping read:

    for version in 3.8 3.9 3.10 3.11 3.12 3.13; do python$version crates/source/tests/shape/compile.py; done
"""
import os
import py_compile
import sys

FOLDER = os.path.dirname(os.path.abspath(__file__))
NAME = "constructs-%d.%d.pyc" % sys.version_info[:2]
py_compile.compile(
    os.path.join(FOLDER, "constructs.py"),
    cfile=os.path.join(FOLDER, NAME),
    dfile="constructs.py",
    doraise=True,
    invalidation_mode=py_compile.PycInvalidationMode.UNCHECKED_HASH,
)
