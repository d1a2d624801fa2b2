"""Compiles the sources here by each interpreter that it is given, at each level of optimization: shop-3.12-opt1.pyc.

Those of 3.14 and 3.15 of `shop` and `plain` are Pyodide's, with the hash of the source in place of its time; `lazily.py` is of these two
alone, as it stands, and `inlined.py`, `apart.py`, `added.py` and `scopes.py` of 3.12 and later.
"""

import os
import subprocess
import sys

CODE = """
import os, sys, py_compile
version = "%d.%d" % sys.version_info[:2]
programs = [("shop", (0, 1, 2)), ("plain", (0, 1, 2))] + [("inlined", (0,)), ("apart", (0,)), ("added", (0,)), ("scopes", (0,))] * (sys.version_info >= (3, 12))
for name, levels in programs:
    for level in levels:
        target = "%s-%s-opt%d.pyc" % (name, version, level)
        py_compile.compile(name + ".py", target, name + ".py", doraise=True, optimize=level)
        # The time of the source is no matter.
        with open(target, "r+b") as file:
            file.seek(8)
            file.write(bytes(4))
"""

os.chdir(os.path.dirname(os.path.abspath(__file__)))
for interpreter in sys.argv[1:]:
    subprocess.run([interpreter, "-I", "-c", CODE], check=True)
