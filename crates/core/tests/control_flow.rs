//! The control flow of code objects: of every version, and of bytecode that is meant to cost much.

use std::path::Path;

use pycxray::control_flow::{Chart, write_dot, write_svg};
use pycxray::{Code, ControlFlow, Field, Pyc, WayKind};

fn fixtures() -> Vec<(String, Pyc)> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    let mut files = Vec::new();
    for version in std::fs::read_dir(&folder).expect("the folder is there").map_while(Result::ok) {
        let Ok(entries) = std::fs::read_dir(version.path()) else { continue };
        for path in entries.map_while(Result::ok).map(|entry| entry.path()) {
            if path.extension().is_some_and(|extension| extension == "pyc") {
                let name = path.strip_prefix(&folder).unwrap_or(&path).to_string_lossy().into_owned();
                files.push((name, Pyc::parse(std::fs::read(&path).expect("the fixture is there"))));
            }
        }
    }
    assert!(files.len() > 100, "only {} files were found", files.len());
    files
}

fn codes(pyc: &Pyc) -> impl Iterator<Item = Code<'_>> {
    pyc.codes().iter().filter_map(|&id| pyc.code(id))
}

/// A file of 3.8 or 3.12 with one code object of this bytecode.
fn of_bytecode(version: (u8, u8), bytecode: &[u8]) -> Pyc {
    let python = pycxray::python::find(pycxray::Implementation::CPython, pycxray::Version::new(version.0, version.1));
    Pyc::of_bytecode(bytecode, python.expect("it is known"))
}

fn flow_of(pyc: &Pyc) -> ControlFlow {
    ControlFlow::of(&codes(pyc).next().expect("a code object"))
}

#[test]
fn blocks_tile_the_bytecode_of_every_version() {
    for (name, pyc) in fixtures() {
        for code in codes(&pyc) {
            let flow = ControlFlow::of(&code);
            let mut end = 0;
            for block in flow.blocks() {
                assert_eq!(block.start, end, "{name}");
                end = block.end;
            }
            assert_eq!(end as usize, code.bytecode().len(), "{name}");
            let instructions: u32 = flow.blocks().iter().map(|block| block.instructions).sum();
            assert_eq!(instructions as usize, code.instructions().count(), "{name}");
            assert!(flow.blocks().first().is_none_or(|block| block.is_reached));
            for way in flow.ways() {
                assert!(way.from < flow.blocks().len() && way.to < flow.blocks().len(), "{name}");
                assert_eq!(way.kind == WayKind::Fall, way.kind == WayKind::Fall && way.to == way.from + 1, "{name}");
            }
        }
    }
}

#[test]
fn a_loop_is_a_loop_in_every_version() {
    let mut versions = 0;
    for (name, pyc) in
        fixtures().into_iter().filter(|(name, _)| name.ends_with("three.pyc") || name.ends_with("two.pyc"))
    {
        let has_for = |code: &Code<'_>| {
            code.instructions().any(|instruction| {
                code.python().opcode(instruction.opcode).is_some_and(|opcode| opcode.name == "FOR_ITER")
            })
        };
        for code in codes(&pyc).filter(has_for) {
            let flow = ControlFlow::of(&code);
            assert!(!flow.loops().is_empty(), "{name}: a `for` has no loop");
            for found in flow.loops() {
                assert!(found.blocks.contains(&found.head));
                assert!(found.blocks.iter().all(|&block| flow.blocks()[block].depth > 0));
            }
            versions += 1;
        }
    }
    assert!(versions > 20, "only {versions} code objects have a `for`");
}

#[test]
fn handlers_are_reached_by_exceptions() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
    for folder in ["cpython-3.8", "cpython-3.12"] {
        let pyc = Pyc::parse(std::fs::read(path.join(folder).join("three.pyc")).expect("a fixture"));
        let handled =
            codes(&pyc).filter(|code| ControlFlow::of(code).ways().iter().any(|way| way.kind == WayKind::Exception));
        assert!(handled.count() > 0, "{folder}");
    }
}

#[test]
fn nodes_of_a_layout_do_not_overlap() {
    for (name, pyc) in fixtures().into_iter().filter(|(name, _)| name.starts_with("cpython-3.1")) {
        for code in codes(&pyc) {
            let flow = ControlFlow::of(&code);
            let chart = flow.chart(0..flow.blocks().len(), 100);
            let sizes: Vec<(u32, u32)> =
                (0..chart.nodes.len() as u32).map(|node| (20 + node % 7 * 10, 10 + node % 5 * 8)).collect();
            let placement = chart.place(&sizes, (4, 6));
            assert_eq!(placement, chart.place(&sizes, (4, 6)), "the same chart has the same layout");
            for (at, one) in placement.nodes.iter().enumerate() {
                assert!(one.x + one.width <= placement.width && one.y + one.height <= placement.height, "{name}");
                for other in &placement.nodes[at + 1..] {
                    let apart = one.x + one.width <= other.x
                        || other.x + other.width <= one.x
                        || one.y + one.height <= other.y
                        || other.y + other.height <= one.y;
                    assert!(apart, "{name}: {one:?} and {other:?}");
                }
            }
            for (way, points) in chart.ways.iter().zip(&placement.ways) {
                assert!(points.len() >= 2, "{name}: {way:?} has no points");
            }
        }
    }
}

#[test]
fn a_small_function_reads_as_its_source() {
    // `while a: b()` of 3.12, more or less: LOAD_NAME; POP_JUMP_IF_FALSE to the end; LOAD_NAME; JUMP_BACKWARD to the start; RETURN.
    let pyc = of_bytecode((3, 12), &[101, 0, 114, 2, 101, 0, 140, 4, 121, 0]);
    let flow = flow_of(&pyc);
    let ways: Vec<_> = flow.ways().iter().map(|way| (way.from, way.to, way.kind, way.is_back)).collect();
    assert_eq!(ways, [(0, 1, WayKind::Fall, false), (0, 2, WayKind::Jump, false), (1, 0, WayKind::Jump, true)]);
    assert_eq!(flow.loops().len(), 1);
    assert_eq!(flow.loops()[0].blocks, [0, 1]);
    let code = codes(&pyc).next().expect("a code object");
    let chart = flow.chart(0..3, 100);
    let (mut dot, mut svg) = (String::new(), String::new());
    write_dot(&mut dot, &code, &flow, &chart);
    assert!(dot.contains("b1 -> b0 [label=jump"), "{dot}");
    write_svg(&mut svg, &code, &flow, &chart);
    assert_eq!(svg.matches("<polyline").count(), 3);
    assert!(svg.starts_with("<svg xmlns=") && svg.ends_with("</svg>\n") && svg.contains("RETURN_CONST"), "{svg}");
}

#[test]
fn large_functions_fold() {
    // Jumps that cross each other, 3.8: EXTENDED_ARG and JUMP_FORWARD in turn.
    let bytecode: Vec<u8> = (0..50_000_u32).flat_map(|at| [144, ((at * 7919) >> 8) as u8, 110, at as u8]).collect();
    let pyc = of_bytecode((3, 8), &bytecode);
    let flow = flow_of(&pyc);
    let count = flow.blocks().len();
    assert!(count > 1000);
    let chart = flow.chart(0..count, 60);
    assert!(chart.nodes.len() <= 60 && chart.nodes.len() > 50);
    assert!(chart.ways.len() <= 60 * 60 * 3);
    let opened = flow.chart(chart.nodes[1].blocks.clone(), 60);
    assert_eq!(opened.nodes[0].blocks.start, chart.nodes[1].blocks.start);
    assert!(opened.nodes.iter().any(|node| node.leads_out));
    let placement = chart.place(&vec![(10, 10); chart.nodes.len()], (2, 2));
    assert_eq!(placement.nodes.len(), chart.nodes.len());
    assert_eq!(flow.chart(0..0, 60), Chart::default());
}

#[test]
fn damaged_bytecode_has_a_graph_too() {
    for bytecode in [&[][..], &[255], &[255, 255, 110], &[113, 255, 93, 255], &[144, 255, 144, 255]] {
        for version in [(2, 7), (3, 5), (3, 8), (3, 12)] {
            let pyc = of_bytecode(version, bytecode);
            for code in codes(&pyc) {
                let flow = ControlFlow::of(&code);
                let end = flow.blocks().last().map_or(0, |block| block.end);
                assert_eq!(end as usize, code.data(Field::Code).map_or(0, |(data, _)| data.len()));
            }
        }
    }
}
