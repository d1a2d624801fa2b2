//! The engine opens a file before there is one: browsers compile a function when it first runs, by which the first file that
//! somebody opens would take twice as long as the second.

use super::wire::{self, FromEngine};
use js_sys::Array;
use pycxray_view::protocol::{DocumentId, Request, Ribbon, Rows, Viewport};
use pycxray_view::{Clock, Engine, Message};

/// A small file with nested functions and an exception table.
const FILE: &[u8] = include_bytes!("../../../tests/fixtures/cpython-3.12/py33.pyc");

/// Opens a file and looks at it, in an engine of its own that nobody hears of.
pub(super) fn rehearse(clock: Clock) {
    let mut engine = Engine::new(clock);
    let say = &mut |message: Message| drop(wire::write(&FromEngine::Updates(message.updates), &Array::new()));
    for request in requests() {
        // Over the wire, which has its functions too.
        let (request, _) = wire::read(&wire::write(&request, &Array::new()));
        let file = if matches!(request, Request::Open { .. }) { FILE.to_vec() } else { Vec::new() };
        engine.handle(request, file, say);
    }
    while engine.is_busy() {
        engine.work(&mut || true, say);
    }
}

/// What the page sends when a file is opened.
fn requests() -> Vec<Request> {
    let (id, rows) = (DocumentId(0), Rows { start: 0, count: 100 });
    let viewports = [
        Viewport::Tree(rows),
        Viewport::Listing(rows),
        Viewport::Outline(rows),
        Viewport::Hex { rows, columns: 16 },
        Viewport::Ribbon(Ribbon::default()),
    ];
    let watch = |viewport| Request::Watch { document: None, viewport };
    let name = String::from("rehearsal.pyc");
    let open = Request::Open { id, name, python: None, place: None, on_screen: true };
    viewports.map(watch).into_iter().chain([open]).collect()
}
