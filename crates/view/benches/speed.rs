//! How fast the engine is: `cargo bench -p pycxray-view --bench speed`.

#[path = "../../core/benches/corpus.rs"]
mod corpus;
#[path = "../tests/screen/mod.rs"]
mod screen;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use pycxray_view::Span;
use pycxray_view::protocol::{Action, HexAction, HexMove, Ribbon, RowKey, Rows, TreeAction, Viewport};
use screen::Screen;

fn main() {
    divan::main();
}

/// Every file with everything in its tree expanded.
fn expanded() -> Vec<Screen> {
    let open = |bytes: &std::sync::Arc<Vec<u8>>| {
        let mut screen = Screen::open("file.pyc", bytes);
        for row in screen.all_tree_rows().iter().filter(|row| row.depth == 0) {
            screen.expand_all(row.item);
        }
        screen
    };
    corpus::FILES.iter().map(open).collect()
}

/// What a page watches: three screens of 50 rows of the tree and of bytes, and the ribbon.
fn watch(screen: &mut Screen) {
    let rows = Rows { start: 0, count: 150 };
    let ribbon = Ribbon { view: Span::default(), width: 1_400 };
    for viewport in [Viewport::Tree(rows), Viewport::Hex { rows, columns: 16 }, Viewport::Ribbon(ribbon)] {
        let document = screen.tabs.active;
        screen.send(pycxray_view::protocol::Request::Watch { document, viewport });
    }
}

/// The largest file that is less than a megabyte long.
fn large() -> &'static [u8] {
    let fits = corpus::FILES.iter().filter(|file| file.len() < 1_000_000);
    fits.max_by_key(|file| file.len()).map_or(&[], |file| file.as_slice())
}

/// Opening a large file, up to the first snapshot of all that is on screen.
#[divan::bench]
fn first_snapshot(bencher: Bencher<'_, '_>) {
    bencher.counter(BytesCount::new(large().len())).bench(|| {
        let mut screen = Screen::empty();
        watch(&mut screen);
        screen.open_as(screen::FILE, "large.pyc", large(), None);
        screen
    });
}

/// From a key in the tree to the snapshot of all that changes by it.
#[divan::bench]
fn tree_key(bencher: Bencher<'_, '_>) {
    let mut screen = Screen::open("large.pyc", large());
    watch(&mut screen);
    bencher.bench_local(|| screen.act(Action::Tree(TreeAction::Key(RowKey::Down, 50))));
}

/// From a key in the hex view to the snapshot of all that changes by it.
#[divan::bench]
fn hex_key(bencher: Bencher<'_, '_>) {
    let mut screen = Screen::open("large.pyc", large());
    watch(&mut screen);
    let down = HexAction::Move { to: HexMove::Down, extend: false, columns: 16, page: 50 };
    bencher.bench_local(|| screen.act(Action::Hex(down.clone())));
}

/// All rows of the tree, a screen of 50 at a time.
#[divan::bench(sample_count = 8, sample_size = 1)]
fn tree_rows(bencher: Bencher<'_, '_>) {
    let mut screens = expanded();
    let count: usize = screens.iter_mut().map(Screen::tree_len).sum();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let mut drawn = 0;
        for screen in &mut screens {
            for first in (0..screen.tree_len()).step_by(50) {
                drawn += screen.tree(first..first + 50).rows.len();
            }
        }
        drawn
    });
}

/// All rows of the hex view, a screen of 50 at a time.
#[divan::bench(sample_count = 8, sample_size = 1)]
fn hex_rows(bencher: Bencher<'_, '_>) {
    let mut screens = expanded();
    bencher.counter(BytesCount::new(corpus::size())).bench_local(|| {
        let mut drawn = 0;
        for screen in &mut screens {
            for first in (0..screen.hex(0..0, 16).total).step_by(50) {
                drawn += screen.hex(first..first + 50, 16).bytes.len();
            }
        }
        drawn
    });
}

/// A word that is looked for in everything: names, constants, instructions, bytes.
#[divan::bench(sample_count = 8, sample_size = 1)]
fn search(bencher: Bencher<'_, '_>) {
    let mut screens = expanded();
    bencher.counter(BytesCount::new(corpus::size())).bench_local(|| {
        for screen in &mut screens {
            screen.search("zip_longest");
        }
    });
}
