//! The peer: CPython compiled to WebAssembly, in the same browser. It compiles its own standard library, so that the files
//! are its version's.

use crate::DECODING_ROUNDS;
use crate::loading::{number, patient};
use base64::Engine;
use pycxray_tests::site::{Site, SiteServer};
use pycxray_tests::{Browser, File};
use serde_json::json;
use std::path::{Path, PathBuf};

/// Starts the interpreter and has it compile every fifth module.
const COMPILE: &str = r"
    const [code] = arguments;
    return (async () => {
        const { loadPyodide } = await import(location.origin + '/pyodide.mjs');
        const python = await loadPyodide({ indexURL: location.origin + '/' });
        const zip = await fetch('/python_stdlib.zip');
        python.FS.writeFile('/stdlib.zip', new Uint8Array(await zip.arrayBuffer()));
        python.runPython(code);
        window.loads = python.globals.get('loads');
        return python.globals.get('files').toJs();
    })();
";

/// What it runs. The bytes go out as base64, which is what JSON can hold.
const PYTHON: &str = "
import base64, importlib.util, marshal, sys, zipfile
head = importlib.util.MAGIC_NUMBER + bytes(12)
files, bodies = [sys.version.split()[0]], []
with zipfile.ZipFile('/stdlib.zip') as library:
    for name in sorted(name for name in library.namelist() if name.endswith('.py'))[::5]:
        body = marshal.dumps(compile(library.read(name), name, 'exec', dont_inherit=True))
        bodies.append(body)
        files += name.replace('/', '.') + 'c', base64.b64encode(head + body).decode()
def loads():
    for body in bodies:
        marshal.loads(body)
";

const LOADS: &str = "
    performance.mark('loads');
    window.loads();
    return performance.measure('marshal.loads', 'loads').duration;
";

/// What Pyodide did.
pub(crate) struct Peer {
    /// Its name and the version of its Python.
    pub(crate) python: String,
    /// The files that it compiled.
    pub(crate) corpus: Vec<File>,
    /// Milliseconds in which it loads what is in them.
    pub(crate) loads: f64,
}

/// The folder of Pyodide, if one is named.
pub(crate) fn folder() -> Option<PathBuf> {
    std::env::var_os("PYCXRAY_PYODIDE").map(PathBuf::from)
}

/// Lets the Pyodide in `folder` compile its library and load it.
pub(crate) fn measure(folder: &Path) -> Peer {
    let server = SiteServer::start(Site::new(folder).isolated(), 0).expect("some port is free");
    let browser = Browser::start();
    patient(&browser);
    // Any document of that server will do.
    browser.go_to(&format!("{}package.json", server.url()));
    let answer = browser.run(COMPILE, &[json!(PYTHON)]);
    let mut words = answer.as_array().into_iter().flatten().map(|word| word.as_str().unwrap_or_default());
    let python = format!("Pyodide's CPython {}", words.next().unwrap_or_default());
    let mut corpus = Vec::new();
    while let (Some(name), Some(base64)) = (words.next(), words.next()) {
        let bytes = base64::engine::general_purpose::STANDARD.decode(base64).expect("it was just encoded");
        corpus.push(File::new(name, &bytes));
    }
    let loads = (0..DECODING_ROUNDS).map(|_| number(&browser.run(LOADS, &[]))).fold(f64::INFINITY, f64::min);
    Peer { python, corpus, loads }
}
