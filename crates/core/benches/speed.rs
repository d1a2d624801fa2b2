//! How fast the decoder is: `cargo bench -p pycxray --bench speed`.

mod corpus;
mod work;

use std::hint::black_box;
use std::sync::Arc;

use divan::Bencher;
use divan::counter::{BytesCount, ItemsCount};
use pycxray::{Inspector, Options, Pyc};

fn main() {
    divan::main();
}

/// From the bytes to the tree with its spans: which Python, header, objects, diagnostics.
#[divan::bench(sample_count = 12, sample_size = 1)]
fn decode(bencher: Bencher<'_, '_>) {
    let size = corpus::size();
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        // One after the other, each thrown away, as a command does that goes through many files.
        corpus::FILES.iter().for_each(|bytes| drop(black_box(Pyc::parse_with(Arc::clone(bytes), Options::default()))));
    });
}

/// Each instruction of each code object, what its argument means, and its place in the source.
#[divan::bench(sample_count = 12, sample_size = 1)]
fn disassemble(bencher: Bencher<'_, '_>) {
    let decoded = work::decode();
    let count = work::disassemble(&decoded);
    bencher.counter(ItemsCount::new(count)).bench_local(|| work::disassemble(&decoded));
}

/// What is damaged besides what decoding tells.
#[divan::bench(sample_count = 12, sample_size = 1)]
fn damage(bencher: Bencher<'_, '_>) {
    let decoded = work::decode();
    // A file remembers its damage; the walk is what is measured.
    let walk = |pyc: &Pyc| {
        let mut inspector = Inspector::for_damage();
        while !inspector.step(pyc, u32::MAX) {}
        inspector.finish().diagnostics.len()
    };
    bencher.counter(BytesCount::new(corpus::size())).bench_local(|| decoded.iter().map(walk).sum::<usize>());
}

/// The listing as text.
#[divan::bench(sample_count = 12, sample_size = 1)]
fn listing(bencher: Bencher<'_, '_>) {
    let decoded = work::decode();
    bencher.counter(BytesCount::new(corpus::size())).bench_local(|| work::list(&decoded));
}

/// Everything as JSON.
#[divan::bench(sample_count = 12, sample_size = 1)]
fn json(bencher: Bencher<'_, '_>) {
    let decoded = work::decode();
    bencher.counter(BytesCount::new(corpus::size())).bench_local(|| work::json(&decoded));
}

/// The limit: the bytes of the files, copied.
#[divan::bench(sample_count = 12, sample_size = 1)]
fn copy(bencher: Bencher<'_, '_>) {
    let mut place = Vec::new();
    bencher.counter(BytesCount::new(corpus::size())).bench_local(|| {
        for bytes in corpus::FILES.iter() {
            place.clear();
            place.extend_from_slice(black_box(bytes));
        }
    });
}
