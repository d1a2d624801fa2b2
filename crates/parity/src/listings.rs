//! Listings held against the interpreter: what pycxray says of its files must be what it says itself.

use std::path::Path;
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};

use pycxray_parity::{Outcome, compare_file};

use crate::interpreter::{Interpreter, files};

/// How many differing files of an interpreter are told of, and how many differences of each.
const SHOWN: (usize, usize) = (5, 3);

/// What came of the listings of an interpreter's standard library.
#[derive(Debug, Default)]
pub(crate) struct Listings {
    pub(crate) title: String,
    pub(crate) files: usize,
    pub(crate) codes: usize,
    pub(crate) instructions: usize,
    pub(crate) differing_files: usize,
    pub(crate) differences: usize,
}

impl Listings {
    /// Lets an interpreter compile and list its standard library, and compares all that with what pycxray says.
    pub(crate) fn of(interpreter: &Interpreter, limit: usize) -> Result<Self, String> {
        interpreter.in_folder(|out| {
            interpreter.list(out, limit)?;
            Self::compared(interpreter, out)
        })
    }

    fn compared(interpreter: &Interpreter, out: &Path) -> Result<Self, String> {
        let listings = files(out, "json")?;
        let next = AtomicUsize::new(0);
        let row = Mutex::new(Self { title: interpreter.title.clone(), ..Self::default() });
        let workers = std::thread::available_parallelism().map_or(1, usize::from);
        std::thread::scope(|scope| {
            for _ in 0..workers {
                scope.spawn(|| {
                    while let Some(listing) = listings.get(next.fetch_add(1, Ordering::Relaxed)) {
                        let outcome = compare_file(&interpreter.folder, &listing.with_extension("pyc"), listing);
                        let outcome = outcome.unwrap_or_else(|error| Outcome {
                            differences: vec![error.to_string()],
                            ..Outcome::default()
                        });
                        if let Ok(mut row) = row.lock() {
                            row.count(listing, &outcome);
                        }
                    }
                });
            }
        });
        row.into_inner().map_err(|error| error.to_string())
    }

    fn count(&mut self, listing: &Path, outcome: &Outcome) {
        self.files += 1;
        self.codes += outcome.codes;
        self.instructions += outcome.instructions;
        if outcome.differences.is_empty() {
            return;
        }
        self.differing_files += 1;
        self.differences += outcome.differences.len();
        if self.differing_files <= SHOWN.0 {
            eprintln!("  {}", listing.with_extension("pyc").file_name().unwrap_or_default().to_string_lossy());
            for difference in outcome.differences.iter().take(SHOWN.1) {
                eprintln!("    {}", difference.chars().take(300).collect::<String>());
            }
        }
    }
}
