//! How fast the view is: `cargo bench -p pycxray-view --bench speed`, or `cargo xtask bench` for comparisons.

#[path = "../../core/benches/corpus.rs"]
mod corpus;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use pycxray_view::{Document, Item};

fn main() {
    divan::main();
}

/// Every file with everything in its tree expanded.
fn expanded() -> Vec<Document> {
    let open = |bytes: &std::sync::Arc<Vec<u8>>| {
        let mut document = Document::open("file.pyc", bytes.to_vec());
        let top: Vec<Item> = document.pyc().top().collect();
        for item in top {
            document.tree_expand_all(item);
        }
        document
    };
    corpus::FILES.iter().map(open).collect()
}

/// All rows of the tree, a screen of 50 at a time.
#[divan::bench(sample_count = 8, sample_size = 1)]
fn tree_rows(bencher: Bencher<'_, '_>) {
    let documents = expanded();
    let count: usize = documents.iter().map(Document::tree_len).sum();
    bencher.counter(ItemsCount::new(count)).bench_local(|| {
        let mut drawn = 0;
        for document in &documents {
            for first in (0..document.tree_len()).step_by(50) {
                drawn += document.tree_rows(first..(first + 50).min(document.tree_len())).len();
            }
        }
        drawn
    });
}

/// All rows of the hex view, a screen of 50 at a time.
#[divan::bench(sample_count = 8, sample_size = 1)]
fn hex_rows(bencher: Bencher<'_, '_>) {
    let documents = expanded();
    bencher.counter(BytesCount::new(corpus::size())).bench_local(|| {
        let mut drawn = 0;
        for document in &documents {
            for first in (0..document.hex_len(16)).step_by(50) {
                drawn += document.hex_rows(first, 50, 16).len();
            }
        }
        drawn
    });
}

/// A word that is looked for in everything: names, constants, instructions, bytes.
#[divan::bench(sample_count = 8, sample_size = 1)]
fn search(bencher: Bencher<'_, '_>) {
    let mut documents = expanded();
    bencher.counter(BytesCount::new(corpus::size())).bench_local(|| {
        for document in &mut documents {
            document.search("zip_longest");
            while !document.search_step(u32::MAX) {}
        }
    });
}
