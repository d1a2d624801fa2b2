"""Makes a small frozen program with PyInstaller's own writers: python pyinstaller.py OUT [KEY].

The real tool puts the interpreter and its library in; here are a stub for the loader, the script, one module of its own and
the module with the key. Run by each Python that has a PyInstaller; see README.md.
"""
import os
import sys
import tempfile

from PyInstaller.archive import writers

HERE = os.path.join(os.path.dirname(os.path.abspath(__file__)), "src")


def compiled(name, source):
    return compile(source, name + ".py", "exec", dont_inherit=True)


def cipher_for(key):
    """PyInstaller's cipher of this version: up to 5.x."""
    from PyInstaller.archive.pyz_crypto import PyiBlockCipher

    return PyiBlockCipher(key)


def main():
    out, key = sys.argv[1], (sys.argv[2] if len(sys.argv) > 2 else None)
    folder = tempfile.mkdtemp()
    at = lambda name: os.path.join(folder, name)
    with open(os.path.join(HERE, "basket.py")) as source:
        basket = compiled("basket", source.read())
    string = compiled("string", "letters = 'abc'\n")
    codes = {"basket": basket, "string": string}
    entries = [(name, name + ".py", "PYMODULE") for name in ("basket", "string")]
    options = {"code_dict": codes}
    if key:
        options["cipher"] = cipher_for(key)
    writers.ZlibArchiveWriter(at("PYZ-00.pyz"), entries, **options)
    script = os.path.join(HERE, "prog.py")
    members = [("prog", script, 1, "s"), ("PYZ-00.pyz", at("PYZ-00.pyz"), 0, "z"), ("notes.txt", os.path.join(HERE, "notes.txt"), 1, "x")]
    if key:
        import py_compile

        with open(at("pyimod00_crypto_key.py"), "w") as module:
            module.write("# -*- coding: utf-8 -*-\nkey = %r\n" % key)
        py_compile.compile(at("pyimod00_crypto_key.py"), cfile=at("key.pyc"), dfile="pyimod00_crypto_key.py")
        members.insert(0, ("pyimod00_crypto_key", at("key.pyc"), 1, "m"))
    try:
        writers.CArchiveWriter(at("prog.pkg"), members, "libpython.so")
    except (TypeError, ValueError, AssertionError):
        members = [(name, path, bool(flag), kind) for name, path, flag, kind in members]
        writers.CArchiveWriter(at("prog.pkg"), members, "libpython.so")
    with open(at("prog.pkg"), "rb") as package, open(out, "wb") as program:
        program.write(b"loader\n" * 9)
        program.write(package.read())


main()
