//! Changed graphs: each change is one that a proof must find.

use pycxray_source::graph::{Graph, OpKind};
use pycxray_source::prove::prove;

use crate::read::{VERSIONS, fixtures};

fn graphs() -> impl Iterator<Item = Graph> {
    VERSIONS.into_iter().flat_map(fixtures).flat_map(|file| file.graphs)
}

#[test]
fn a_graph_does_the_same_as_itself() {
    let mut count = 0;
    for graph in graphs() {
        assert!(prove(&graph, &graph.clone()).is_ok());
        count += 1;
    }
    assert!(count > 300);
}

/// Changes each place where `change` finds something to change, one at a time, and asks for a proof.
fn every_change_is_found(change: impl Fn(&mut Graph, usize) -> bool) {
    let mut count = 0;
    for graph in graphs() {
        for at in 0..graph.blocks.len() {
            let mut changed = graph.clone();
            if change(&mut changed, at) {
                assert!(prove(&graph, &changed).is_err(), "block {at}\n{graph:?}");
                count += 1;
            }
        }
    }
    assert!(count > 50, "{count}");
}

#[test]
fn a_dropped_handler_is_found() {
    every_change_is_found(|graph, at| {
        let block = &mut graph.blocks[at];
        let raises = block.ops.iter().any(|op| matches!(op.kind, OpKind::Call { .. } | OpKind::LoadAttr(_)));
        raises && block.guard.take().is_some()
    });
}

#[test]
fn another_name_is_found() {
    every_change_is_found(|graph, at| {
        let names = graph.blocks[at].ops.iter_mut().filter_map(|op| match &mut op.kind {
            OpKind::Load(_, name) | OpKind::LoadAttr(name) => Some(name),
            _ => None,
        });
        names.last().map(|name| *name = "another name".into()).is_some()
    });
}
