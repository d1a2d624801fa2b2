"""Compiles the sources here by each interpreter that it is given, at each level of optimization: shop-3.12-opt1.pyc."""

import os
import subprocess
import sys

CODE = """
import os, sys, py_compile
version = "%d.%d" % sys.version_info[:2]
for level in (0, 1, 2):
    target = "shop-%s-opt%d.pyc" % (version, level)
    py_compile.compile("shop.py", target, "shop.py", doraise=True, optimize=level)
    # The time of the source is no matter.
    with open(target, "r+b") as file:
        file.seek(8)
        file.write(bytes(4))
"""

os.chdir(os.path.dirname(os.path.abspath(__file__)))
for interpreter in sys.argv[1:]:
    subprocess.run([interpreter, "-I", "-c", CODE], check=True)
