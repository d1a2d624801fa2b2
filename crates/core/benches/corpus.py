"""Compile the standard library of the Python that runs this: python corpus.py FOLDER.

FOLDER gets one .pyc for each source; `whole.list` names them all, `sample.list` some 3 MB of them, spread evenly.
"""
import os, py_compile, sys

SAMPLE = 3 << 20


def sources(root):
    for folder, folders, files in os.walk(root):
        folders[:] = sorted(name for name in folders if name not in ('site-packages', '__pycache__', 'lib2to3'))
        for name in sorted(files):
            if name.endswith('.py') and not name.startswith(('bad', 'badsyntax_')):
                yield os.path.join(folder, name)


def compiled(root, target):
    for number, source in enumerate(sources(root)):
        file = os.path.join(target, '%05d.pyc' % number)
        try:
            py_compile.compile(source, file, os.path.relpath(source, root), doraise=True)
        except (py_compile.PyCompileError, UnicodeError, ValueError):  # files that test what does not compile
            continue
        yield file


def write(target, name, files):
    # The list appears when it is whole, so that a run that was broken off is done again.
    part = os.path.join(target, name + '.part')
    with open(part, 'w') as out:
        out.write(''.join(file + '\n' for file in files))
    os.replace(part, os.path.join(target, name))


if __name__ == '__main__':
    target = os.path.abspath(sys.argv[1])
    os.makedirs(target, exist_ok=True)
    files = list(compiled(os.path.dirname(os.__file__), target))
    size = sum(map(os.path.getsize, files))
    step = max(1, -(-size // SAMPLE))
    write(target, 'sample.list', files[::step])
    write(target, 'whole.list', files)
