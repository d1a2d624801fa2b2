//! The fixtures, read up to where source is proved.

use std::path::PathBuf;

use pycxray::Pyc;
use pycxray_source::ast::Body;
use pycxray_source::graph::Graph;
use pycxray_source::lift::lift;
use pycxray_source::shape::shape;
use pycxray_source::unit::Units;

/// The versions that source is made for, as the folders of their fixtures are called.
pub(crate) const VERSIONS: [&str; 14] = [
    "cpython-2.7",
    "cpython-3.6",
    "cpython-3.7",
    "cpython-3.8",
    "cpython-3.9",
    "cpython-3.10",
    "cpython-3.11",
    "cpython-3.12",
    "cpython-3.13",
    "cpython-3.14",
    "cpython-3.15",
    "pypy-3.9",
    "pypy-3.11.11",
    "pypy-3.11.17",
];

/// A file, with all that a proof asks for.
pub(crate) struct File {
    pub(crate) name: String,
    pub(crate) units: Units,
    pub(crate) graphs: Vec<Graph>,
    pub(crate) bodies: Vec<Body>,
}

impl File {
    pub(crate) fn read(name: String, bytes: Vec<u8>) -> Self {
        let pyc = Pyc::parse(bytes);
        let mut units = Units::read(&pyc);
        let codes = units.units.iter().zip(pyc.codes());
        let lifted = codes.map(|(unit, &node)| {
            let mut graph = lift(&pyc.code(node).unwrap(), unit);
            graph.normalize();
            graph
        });
        let graphs: Vec<Graph> = lifted.collect();
        units.learn(&graphs);
        let bodies = units.units.iter().map(|unit| shape(&units, &graphs, unit.id)).collect();
        Self { name, units, graphs, bodies }
    }
}

/// The fixtures of a version, and what its compiler made of the constructs of the language.
pub(crate) fn fixtures(version: &str) -> impl Iterator<Item = File> {
    let here = PathBuf::from(env!("CARGO_MANIFEST_DIR"));
    let folder = here.join(format!("../../tests/fixtures/{version}"));
    let mut paths: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.push(here.join(format!("tests/shape/constructs-{}.pyc", version.trim_start_matches("cpython-"))));
    // Files of many equal instructions say no more, and take long.
    let is_wide = |path: &PathBuf| path.file_name().is_some_and(|name| name.to_string_lossy().starts_with("wide"));
    paths
        .retain(|path| path.extension().is_some_and(|extension| extension == "pyc") && path.exists() && !is_wide(path));
    paths.sort();
    paths.into_iter().map(|path| File::read(path.display().to_string(), std::fs::read(&path).unwrap()))
}
