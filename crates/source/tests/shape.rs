//! What functions look like as statements again, for each version that compiled them: golden text beside the fixtures. With
//! `PYCXRAY_BLESS=1`, the text is written instead.

use std::path::PathBuf;

use pycxray::Pyc;
use pycxray_source::ast::{Body, Node, Stmt};
use pycxray_source::graph::Graph;
use pycxray_source::lift::lift;
use pycxray_source::print::{Layout, print};
use pycxray_source::shape::shape;
use pycxray_source::unit::Units;

const VERSIONS: [&str; 6] = ["3.8", "3.9", "3.10", "3.11", "3.12", "3.13"];

fn path(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/shape").join(name)
}

fn bodies(version: &str) -> (Units, Vec<Body>) {
    let pyc = Pyc::parse(std::fs::read(path(&format!("constructs-{version}.pyc"))).unwrap());
    let units = Units::read(&pyc);
    let codes = units.units.iter().zip(pyc.codes());
    let graphs: Vec<Graph> = codes
        .map(|(unit, &node)| {
            let mut graph = lift(&pyc.code(node).unwrap(), unit);
            graph.normalize();
            graph
        })
        .collect();
    let bodies = units.units.iter().map(|unit| shape(&units, &graphs, unit.id)).collect();
    (units, bodies)
}

#[test]
fn text_is_that_of_the_golden_files() {
    for version in VERSIONS {
        let (units, bodies) = bodies(version);
        let text = print(&units, &bodies, Layout::default(), &|_, _, _| String::new()).text;
        let golden = path(&format!("constructs-{version}.txt"));
        if std::env::var_os("PYCXRAY_BLESS").is_some_and(|value| value == "1") {
            std::fs::write(golden, text).unwrap();
        } else {
            let expected = std::fs::read_to_string(golden).unwrap().replace('\r', "");
            assert_eq!(text, expected, "{version}");
        }
    }
}

#[test]
fn everything_has_a_shape() {
    for version in VERSIONS {
        let (units, bodies) = bodies(version);
        assert!(bodies.len() > 13, "{version}");
        for (unit, body) in units.units.iter().zip(&bodies) {
            for node in body.nodes() {
                if let Node::Stmt(Stmt::Unshaped { reason, .. }) = node {
                    panic!("{version}: {}: {reason}", unit.qualname);
                }
            }
        }
    }
}
