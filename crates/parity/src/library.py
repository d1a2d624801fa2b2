"""The library of the Python that runs this, compiled. The scripts beside it begin with this one:

    python SCRIPT OUT LIMIT            its whole standard library, or LIMIT files spread over it
    python SCRIPT OUT LIMIT FOLDER     the .py files in FOLDER instead
"""
import os, py_compile, sys


def sources(folder):
    found = []
    for where, folders, files in os.walk(folder):
        folders[:] = sorted(f for f in folders if f not in ('site-packages', 'dist-packages', '__pycache__'))
        found += [os.path.join(where, name) for name in sorted(files) if name.endswith('.py')]
    return found


def compiled(out, limit, folder=None):
    """The path of each .pyc, once it is written."""
    folder = folder or os.path.dirname(os.__file__)
    paths = sources(folder)
    step = max(1, len(paths) // int(limit)) if int(limit) else 1
    for path in paths[::step]:
        name = os.path.relpath(path, folder)
        pyc = os.path.join(out, name.replace(os.sep, '.')[:-3] + '.pyc')
        try:
            py_compile.compile(path, pyc, name, True)
        except Exception:  # broken on purpose, for the tests of the compiler
            continue
        yield pyc


ARGUMENTS = globals().get('ARGUMENTS', sys.argv[1:])
