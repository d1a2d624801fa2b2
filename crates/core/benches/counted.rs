//! The instructions of the machine that the work takes, counted by callgrind: `cargo bench -p pycxray --bench counted`. What is
//! prepared is not counted. A run fails if it takes 3 % more than the one before.

// What the macros make has no documentation.
#![allow(missing_docs)]

mod corpus;
mod work;

use gungraun::{
    Callgrind, CallgrindMetrics, EventKind, LibraryBenchmarkConfig, library_benchmark, library_benchmark_group, main,
};
use pycxray::Pyc;
use std::hint::black_box;

/// The files in memory, and the table of versions made, which is done once a program.
fn ready() -> usize {
    black_box(pycxray::python::all().count());
    corpus::size()
}

/// The files decoded.
fn decoded() -> Vec<Pyc> {
    ready();
    work::decode()
}

#[library_benchmark(setup = ready)]
#[bench::fixtures()]
fn decode(_: usize) -> Vec<Pyc> {
    work::decode()
}

#[library_benchmark(setup = decoded)]
#[bench::fixtures()]
fn disassemble(files: Vec<Pyc>) -> (usize, Vec<Pyc>) {
    (work::disassemble(&files), files)
}

#[library_benchmark(setup = decoded)]
#[bench::fixtures()]
fn list(files: Vec<Pyc>) -> (usize, Vec<Pyc>) {
    (work::list(&files), files)
}

#[library_benchmark(setup = decoded)]
#[bench::fixtures()]
fn json(files: Vec<Pyc>) -> (usize, Vec<Pyc>) {
    (work::json(&files), files)
}

library_benchmark_group!(name = work_on_files, benchmarks = [decode, disassemble, list, json]);

main!(
    config = LibraryBenchmarkConfig::default()
        .pass_through_env("PYCXRAY_CORPUS")
        .tool(Callgrind::default().soft_limits([(CallgrindMetrics::from(EventKind::Ir), 3.0)])),
    library_benchmark_groups = work_on_files
);
