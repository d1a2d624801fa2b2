// node pyodide.mjs PYODIDE SCRIPT OUT LIMIT: have the CPython inside npm's `pyodide`, unpacked at PYODIDE, run SCRIPT.
import fs from 'node:fs';
import path from 'node:path';
import { pathToFileURL } from 'node:url';

// An error's own words alone: node would print the line of source that threw it, which here is a megabyte long.
process.on('uncaughtException', (error) => {
  console.error(error.message);
  process.exit(1);
});
const [folder, script, out, limit] = process.argv.slice(2);
const { loadPyodide } = await import(pathToFileURL(path.join(folder, 'pyodide.mjs')).href);
const python = await loadPyodide({ indexURL: folder + path.sep });
python.FS.mkdirTree('/out');
python.FS.mount(python.FS.filesystems.NODEFS, { root: out }, '/out');
// Its standard library is a zip file: unpacked, it can be walked through.
python.FS.mkdirTree('/library');
python.unpackArchive(new Uint8Array(fs.readFileSync(path.join(folder, 'python_stdlib.zip'))), 'zip', { extractDir: '/library' });
python.globals.set('ARGUMENTS', python.toPy(['/out', limit, '/library']));
python.runPython(fs.readFileSync(script, 'utf8'));
