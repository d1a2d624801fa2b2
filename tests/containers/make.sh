#!/bin/sh
# Makes the files beside it with the tools that people use. Names of the interpreters: PYTHON312 and so on; each needs the
# packages that README.md lists. Nothing of it is needed to build or test.
set -eu
here=$(cd "$(dirname "$0")" && pwd)
work=$(mktemp -d)
key=0123456789abcdef
cd "$work"

"$PYTHON312_PYINSTALLER6" "$here/pyinstaller.py" "$here/pyinstaller-6-3.12.bin"
"$PYTHON311_PYINSTALLER5" "$here/pyinstaller.py" "$here/pyinstaller-5.13-3.11.bin" $key
"$PYTHON39_PYINSTALLER4" "$here/pyinstaller.py" "$here/pyinstaller-4.10-3.9.bin" $key
"$PYTHON37_PYINSTALLER3" "$here/pyinstaller.py" "$here/pyinstaller-3.6-3.7.bin" $key
"$PYTHON27_PYINSTALLER3" "$here/pyinstaller.py" "$here/pyinstaller-3.6-2.7.bin" $key

# A zip application with compiled modules, as zipapp makes it.
mkdir app
cp "$here/src/basket.py" app
cp "$here/src/prog.py" app/__main__.py
"$PYTHON312" -m compileall -q -b app
rm app/basket.py
"$PYTHON312" -m zipapp app -c -p '/usr/bin/env python3' -o "$here/zipapp-3.12.pyz"

# A wheel, by build and setuptools.
mkdir -p wheel/shop
cp "$here/src/basket.py" wheel/shop/__init__.py
printf '[project]\nname = "shop"\nversion = "1.0"\n' > wheel/pyproject.toml
"$PYTHON312_BUILD" -m build --wheel --no-isolation --outdir "$work" wheel > /dev/null
mv shop-1.0-py3-none-any.whl "$here"

# Archives of a folder with a compiled module, in every compression that tar knows.
mkdir -p folder/__pycache__
cp "$here/src/basket.py" folder
"$PYTHON38" -c 'import py_compile; py_compile.compile("folder/basket.py", cfile="folder/__pycache__/basket.cpython-38.pyc", dfile="basket.py")'
tar --sort=name --mtime=@0 --owner=0 --group=0 -cf folder.tar folder
gzip -nk folder.tar && bzip2 -k folder.tar && xz -k folder.tar && zstd -q folder.tar
mv folder.tar.gz folder.tar.bz2 folder.tar.xz folder.tar.zst "$here"

# The loader of a program frozen by py2exe, and what its resource holds; py2exe itself runs on Windows alone.
"$PYTHON27" "$here/py2exe.py" "$here/py2exe-2.7.bin"

# A module that runs another one out of its constants.
"$PYTHON311" "$here/loader.py" "$here/loader-3.11.pyc"

# Programs of cx_Freeze: the archive of their modules, the author's own left in it.
for python in "$PYTHON312_CXFREEZE8" "$PYTHON39_CXFREEZE6"; do
    name=$("$python" -c 'import cx_Freeze as f, sys; print("cx_freeze-%s-%d.%d.zip" % (".".join(f.__version__.split(".")[:2]), *sys.version_info[:2]))')
    rm -rf frozen && (cd "$here/src" && "$python" -m cx_Freeze prog.py --target-dir="$work/frozen" > /dev/null)
    zip -q -d frozen/lib/library.zip $(zipinfo -1 frozen/lib/library.zip | grep -v -E '(BUILD_CONSTANTS|__startup__|__prog|prog__|^basket)')
    mv frozen/lib/library.zip "$here/$name"
done

# Applications of pex and shiv, of a project with two modules.
mkdir -p shop
cp "$here"/src/*.py shop
cat > shop/pyproject.toml <<'END'
[build-system]
requires = ["setuptools"]
build-backend = "setuptools.build_meta"
[project]
name = "shop"
version = "1.0"
[project.scripts]
shop = "prog:main"
[tool.setuptools]
py-modules = ["prog", "basket"]
END
"$PYTHON312_PEX" -m pex ./shop -c shop --compile -o "$here/pex-2.105-3.12.pex"
zip -q -d "$here/pex-2.105-3.12.pex" '__pex__/*' __main__.py $(zipinfo -1 "$here/pex-2.105-3.12.pex" | grep '^.bootstrap' | grep -v -E 'pex/__(init|main)__.pyc?$')
"$PYTHON312_SHIV" -m shiv -c shop -o "$here/shiv-1.0-3.12.pyz" ./shop
zip -q -d "$here/shiv-1.0-3.12.pyz" '_bootstrap/*.py'
