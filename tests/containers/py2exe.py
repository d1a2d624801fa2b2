"""Writes what py2exe puts in the resource PYTHONSCRIPT: python2.7 py2exe.py OUT.

The layout is that of py2exe's `start.c`: a tag, three numbers, the name of the archive, a marshalled list of code objects.
"""
import marshal
import os
import struct
import sys

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "src")

codes = [compile("import sys\nsys.frozen = 'console_exe'\n", "boot.py", "exec")]
with open(os.path.join(HERE, "prog.py")) as source:
    codes.append(compile(source.read(), "prog.py", "exec", dont_inherit=True))
data = marshal.dumps(codes)
with open(sys.argv[1], "wb") as out:
    out.write(struct.pack("<iiii", 0x78563412, 0, 0, len(data)) + b"library.zip\0" + data)
