//! Every code object that the compilers of CPython 2.7 and 3.6 – 3.15 and of PyPy 3.9 and 3.11 made is lifted to its end.

use std::path::PathBuf;

use pycxray::Pyc;
use pycxray_source::graph::Terminator;
use pycxray_source::lift::lift;
use pycxray_source::unit::Units;

fn fixtures(version: &str) -> Vec<PathBuf> {
    let folder = format!("{}/../../tests/fixtures/{version}", env!("CARGO_MANIFEST_DIR"));
    let paths = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    paths.filter(|path| path.extension().is_some_and(|extension| extension == "pyc")).collect()
}

#[test]
fn nothing_is_unknown() {
    let by_cpython = ["2.7", "3.6", "3.7", "3.8", "3.9", "3.10", "3.11", "3.12", "3.13", "3.14", "3.15"];
    let by_pypy = ["pypy-3.9", "pypy-3.11.11", "pypy-3.11.17"].map(str::to_owned);
    for version in by_cpython.map(|version| format!("cpython-{version}")).into_iter().chain(by_pypy) {
        let mut count = 0;
        for path in fixtures(&version) {
            let pyc = Pyc::parse(std::fs::read(&path).unwrap());
            let units = Units::read(&pyc);
            assert_eq!(units.units.len(), pyc.codes().len());
            for (unit, &node) in units.units.iter().zip(pyc.codes()) {
                let graph = lift(&pyc.code(node).unwrap(), unit);
                for block in &graph.blocks {
                    if let Terminator::Unknown(why) = &block.terminator {
                        panic!("{}: {}: {why} {:?}", path.display(), unit.qualname, block.origin);
                    }
                    for edge in block.terminator.edges().chain(&block.guard) {
                        // An item or an exception is passed besides the arguments.
                        let params = graph.block(edge.target).params.len();
                        assert!(edge.args.len() == params || edge.args.len() + 1 == params);
                    }
                }
                count += 1;
            }
        }
        assert!(count >= 20, "{version} has {count} code objects");
    }
}
