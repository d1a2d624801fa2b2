//! A file on its way to the screen, in slices.

use std::sync::Arc;

use pycxray::python::Python;
use pycxray::{Options, Parser};

use crate::{Document, Place};

/// A file that is being decoded. Whoever waits calls [`Loading::step`] until it says `true`, then [`Loading::finish`];
/// to give up, drop it.
#[derive(Debug)]
pub struct Loading {
    name: String,
    parser: Parser,
    /// What is to be chosen in the document.
    place: Option<Place>,
}

impl Loading {
    /// Begins with a file's bytes; decodes nothing yet.
    #[must_use]
    pub fn new(name: impl Into<String>, bytes: Vec<u8>) -> Self {
        Self::with(name.into(), Arc::new(bytes), Options::default())
    }

    /// Begins anew with a document's bytes, to be read as another Python, or for `None` as what its magic number says. What was
    /// chosen is chosen again.
    #[must_use]
    pub fn again(document: &Document, python: Option<&'static Python>) -> Self {
        let options = Options { python, ..Options::default() };
        let place = Some(document.place());
        Self { place, ..Self::with(document.name().to_owned(), document.pyc().shared_bytes(), options) }
    }

    fn with(name: String, bytes: Arc<Vec<u8>>, options: Options) -> Self {
        Self { name, parser: Parser::new(bytes, options), place: None }
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Goes on for `budget` objects; 20,000 take about a millisecond. `true` when all is decoded.
    pub fn step(&mut self, budget: u32) -> bool {
        self.parser.step(budget)
    }

    /// How far it has come, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        f64::from(self.parser.position()) / f64::from(self.parser.length().max(1))
    }

    /// The document. What is not decoded yet is decoded now.
    #[must_use]
    pub fn finish(mut self) -> Document {
        while !self.parser.step(u32::MAX) {}
        let mut document = Document::new(&self.name, self.parser.finish());
        if let Some(place) = self.place {
            document.go_to_place(&place);
        }
        document
    }
}
