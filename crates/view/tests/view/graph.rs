use pycxray::Item;
use pycxray_view::protocol::{
    Action, Answer, ExportKind, GRAPH_CELL, GraphAction, GraphBlock, GraphStep, GraphWayKind, GraphWindow, Question,
};

use crate::fixture::open;
use crate::screen::Screen;

const PY38: &str = "cpython-3.12/py38.pyc";

/// `early` has a `for` with a `continue` in it, and a `try`.
fn early() -> Screen {
    let mut screen = open(PY38);
    screen.go_to("early").expect("it is there");
    screen
}

fn step(screen: &mut Screen, step: GraphStep) -> Option<usize> {
    screen.act(Action::Graph(GraphAction::Step(step)));
    screen.graph().chosen
}

#[test]
fn a_graph_has_every_instruction_of_the_listing_once() {
    let mut screen = early();
    let GraphWindow { blocks, words, crumbs, is_part, .. } = screen.graph();
    assert_eq!(crumbs.iter().map(|crumb| crumb.label.as_str()).collect::<Vec<_>>(), ["<module>", "early"]);
    let rows: Vec<_> = blocks.iter().flat_map(|block| block.rows.iter().map(|row| row.item)).collect();
    let listed = screen.all_listing_rows();
    let listed: Vec<_> = listed.iter().map(|row| row.item).take(rows.len()).collect();
    assert_eq!(rows, listed);
    assert!(words.contains("1 loop") && words.starts_with(&format!("{} blocks", blocks.len())), "{words}");
    assert!(!is_part);
}

#[test]
fn blocks_say_where_they_lead_to() {
    let GraphWindow { blocks, ways, .. } = early().graph();
    let head = blocks.iter().position(|block| block.notes == "a loop begins").expect("a loop");
    let back = ways.iter().find(|way| way.is_back).expect("a way back");
    assert_eq!((back.to, back.kind), (head, GraphWayKind::Jump));
    let words = &blocks[back.from].words;
    assert!(words.ends_with(&format!("loops back to block {head}")), "{words}");
    let words = &blocks[0].words;
    assert!(words.starts_with("Block 0, ") && words.ends_with("goes on to block 1"), "{words}");
    assert!(blocks.iter().filter(|block| block.depth > 0).count() > 1, "all that is in the loop is marked");
}

#[test]
fn text_fits_its_block_and_ways_begin_and_end_at_theirs() {
    let GraphWindow { blocks, ways, size, .. } = early().graph();
    for GraphBlock { place: (x, y, width, height), rows, operands_at, .. } in &blocks {
        assert!(x + width <= size.0 && y + height <= size.1);
        assert!(rows.len() as u32 * GRAPH_CELL.1 < *height);
        for row in rows {
            assert!((operands_at + row.operand.to_string().chars().count() as u32) * GRAPH_CELL.0 <= *width);
        }
    }
    let side = |block: usize, (x, y): (u32, u32)| {
        let (left, top, width, height) = blocks[block].place;
        (left..=left + width).contains(&x) && (top..=top + height).contains(&y)
    };
    for way in ways {
        let ends = way.points.first().zip(way.points.last()).expect("it has points");
        assert!(side(way.from, *ends.0) && side(way.to, *ends.1), "{way:?}");
    }
}

#[test]
fn what_is_chosen_marks_its_block_and_its_row() {
    let mut screen = early();
    assert_eq!(screen.graph().chosen, None, "the function as a whole is no block");
    let instruction = screen.all_listing_rows()[5].item;
    screen.act(Action::Select(instruction));
    let GraphWindow { blocks, chosen, .. } = screen.graph();
    let block = &blocks[chosen.expect("a block")];
    let rows: Vec<_> = block.rows.iter().filter(|row| row.is_chosen).map(|row| row.item).collect();
    assert_eq!(rows, [instruction]);
    screen.go_to("walrus:46").expect("it is there");
    let rows = screen.graph().blocks.into_iter().flat_map(|block| block.rows);
    assert_eq!(rows.filter(|row| row.is_chosen).map(|row| row.offset).collect::<Vec<_>>(), [46], "another function");
}

#[test]
fn keys_go_from_block_to_block_and_along_ways() {
    let mut screen = early();
    let blocks = screen.graph().blocks.len();
    assert_eq!(step(&mut screen, GraphStep::Next), Some(0), "the first one, where none is chosen");
    assert_eq!(step(&mut screen, GraphStep::Next), Some(1));
    assert_eq!(screen.selection().crumbs.last().map(|crumb| crumb.label.ends_with("FOR_ITER")), Some(true));
    let along = step(&mut screen, GraphStep::Along).expect("a block");
    let graph = screen.graph();
    assert!(graph.ways.iter().any(|way| (way.from, way.to) == (1, along)));
    step(&mut screen, GraphStep::Against);
    assert_eq!(step(&mut screen, GraphStep::Last), Some(blocks - 1));
    assert_eq!(step(&mut screen, GraphStep::Next), Some(blocks - 1));
    assert_eq!(step(&mut screen, GraphStep::First), Some(0));
}

/// A file of 3.8 with a function of so many blocks, each a jump to the next.
fn long(blocks: usize) -> Screen {
    let python = pycxray::python::find(pycxray::Implementation::CPython, pycxray::Version::new(3, 8));
    let bytecode = [110, 0].repeat(blocks);
    let pyc = pycxray::Pyc::of_bytecode(&bytecode, python.expect("it is known"));
    Screen::open("long.pyc", pyc.bytes())
}

#[test]
fn large_functions_are_folded_and_opened_part_by_part() {
    let mut screen = long(5_000);
    let folded = screen.graph();
    assert!((30..=40).contains(&folded.blocks.len()), "{}", folded.blocks.len());
    assert_eq!((folded.blocks[1].title.as_str(), folded.blocks[1].is_folded), ("Blocks 125 to 249", true));
    assert_eq!(folded.blocks[1].rest.as_deref(), Some("125 instructions, 250 to 500"));
    screen.act(Action::Graph(GraphAction::Open(1)));
    let part = screen.graph();
    assert!(part.is_part && part.blocks[0].is_folded, "{}", part.blocks.len());
    assert_eq!(part.chosen, Some(0), "what was opened is chosen");
    screen.act(Action::Graph(GraphAction::Open(0)));
    let block = screen.graph().blocks.swap_remove(0);
    assert_eq!((block.title.as_str(), block.rows.len()), ("Block 125", 1));
    screen.act(Action::Graph(GraphAction::Open(0)));
    assert_eq!(screen.graph().blocks[0], block, "a single block has nothing to open");
    screen.act(Action::Graph(GraphAction::Out));
    assert_eq!(screen.graph().blocks.len(), part.blocks.len());
    let code = screen.pyc.codes()[0];
    screen.select(Item::Instruction(code, 9_000));
    let whole = screen.graph();
    assert!(!whole.is_part, "what is elsewhere is shown in what has it");
    assert_eq!(whole.chosen, Some(36));
}

#[test]
fn a_graph_is_saved_as_svg_and_as_dot() {
    let mut screen = early();
    let mut saved = |kind| {
        let answers = screen.ask_all(Question::Export(kind));
        assert_eq!(answers.last().map(|(answer, _)| answer.clone()), Some(Answer::Done));
        String::from_utf8(answers.into_iter().flat_map(|(_, bytes)| bytes).collect()).expect("it is text")
    };
    let svg = saved(ExportKind::Svg);
    assert!(svg.starts_with("<svg ") && svg.contains("FOR_ITER"), "{svg}");
    assert!(saved(ExportKind::Dot).starts_with("digraph {"));
    assert_eq!(ExportKind::Svg.file_name("py38.pyc"), "py38.svg");
}

#[test]
fn a_file_without_code_has_no_graph() {
    assert_eq!(Screen::open("empty.pyc", b"").graph(), GraphWindow::default());
}
