//! A file on its way to the screen, in slices.

use std::sync::Arc;

use pycxray::python::Python;
use pycxray::{Options, Parser, Pyc};

use crate::preparation::Preparation;
use crate::{Document, Place};

/// How much of the work decoding is, for showing progress.
const DECODING_SHARE: f64 = 0.8;

/// What is under way.
#[derive(Debug)]
enum Work {
    Decoding(Box<Parser>),
    Decoded(Box<Pyc>),
    Preparing(Box<Document>, Box<Preparation>),
}

/// A file that is being decoded. Whoever waits calls [`Loading::step`] until it says `true`, then [`Loading::finish`];
/// to give up, drop it.
#[derive(Debug)]
pub struct Loading {
    name: String,
    /// `None` between one and the next.
    work: Option<Work>,
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
        Self { name, work: Some(Work::Decoding(Box::new(Parser::new(bytes, options)))), place: None }
    }

    /// The file's name.
    #[must_use]
    pub fn name(&self) -> &str {
        &self.name
    }

    /// Goes on for `budget` objects; 20,000 take about a millisecond. `true` when all is decoded.
    pub fn step(&mut self, budget: u32) -> bool {
        let (work, is_done) = match self.work.take() {
            Some(Work::Decoding(mut parser)) => {
                if !parser.step(budget) {
                    self.work = Some(Work::Decoding(parser));
                    return false;
                }
                (Some(Work::Decoded(Box::new(parser.finish()))), false)
            }
            Some(Work::Decoded(pyc)) => {
                let document = Document::new(&self.name, *pyc);
                (Some(Work::Preparing(Box::new(document), Box::default())), false)
            }
            Some(Work::Preparing(mut document, mut preparation)) => {
                let is_done = preparation.step(&mut document, budget);
                (Some(Work::Preparing(document, preparation)), is_done)
            }
            None => (None, true),
        };
        self.work = work;
        is_done
    }

    /// Whether the tree is there, and what remains is to prepare the first look into it.
    #[must_use]
    pub fn is_decoded(&self) -> bool {
        !matches!(self.work, Some(Work::Decoding(_)))
    }

    /// How far it has come, from 0 to 1.
    #[must_use]
    pub fn progress(&self) -> f64 {
        match &self.work {
            Some(Work::Decoded(_)) => DECODING_SHARE,
            Some(Work::Decoding(parser)) => {
                f64::from(parser.position()) / f64::from(parser.length().max(1)) * DECODING_SHARE
            }
            Some(Work::Preparing(document, preparation)) => {
                DECODING_SHARE + preparation.progress(document.pyc()) * (1.0 - DECODING_SHARE)
            }
            None => 1.0,
        }
    }

    /// The document. What is not done yet is done now.
    #[must_use]
    pub fn finish(mut self) -> Document {
        while !self.step(u32::MAX) {}
        let mut document = match self.work {
            Some(Work::Preparing(document, _)) => *document,
            // Only what is prepared is done.
            _ => Document::open(self.name, Vec::new()),
        };
        if let Some(place) = self.place {
            document.go_to_place(&place);
        }
        document
    }
}
