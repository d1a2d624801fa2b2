//! What takes longer than a frame: decoding, searching, exporting, a slice at a time.

use super::App;
use crate::clipboard::{self, Pieces};
use crate::open::{Arrival, Goal};
use crate::slices::{Slice, now};
use pycxray_view::{Document, DocumentId, Export, ExportKind};

/// Items or kilobytes searched between two looks at the clock.
const SEARCH_STEP: u32 = 2_000;
/// Lines written between two looks at the clock.
const EXPORT_STEP: u32 = 500;
/// Instructions inspected between two looks at the clock.
const INSPECT_STEP: u32 = 2_000;
/// How long an export may take before the user is shown that it goes on, in milliseconds.
const PATIENCE: f64 = 300.0;

/// What is written is handed to the browser in pieces of so many bytes.
const PIECE: usize = 8 << 20;
/// How many bytes fit on the clipboard.
const CLIPBOARD: usize = 64 << 20;

/// An export that is being written.
pub(crate) struct Writing {
    of: DocumentId,
    export: Export,
    /// What is to be saved so far; `None` for the clipboard.
    pieces: Option<Pieces>,
    begun: f64,
}

impl Writing {
    /// Whether it has taken long enough to say so.
    pub(crate) fn is_slow(&self) -> bool {
        now() - self.begun > PATIENCE
    }

    /// How far it has come, from 0 to 1.
    pub(crate) fn progress(&self) -> f64 {
        self.export.progress()
    }
}

impl App {
    /// Begins with a file.
    pub(super) fn arrive(&mut self, make: impl FnOnce(u64) -> Result<Arrival, String>) -> Result<(), String> {
        let id = self.next_arrival;
        self.next_arrival += 1;
        self.arrivals.push(make(id)?);
        self.work();
        Ok(())
    }

    /// A slice of the work that waits. Answers whether there is anything new to draw.
    pub(super) fn work(&mut self) -> bool {
        let slice = Slice::begin();
        // Of many files the clock is asked once.
        let now = now();
        let mut news = self.arrivals.iter().any(|arrival| !arrival.is_decoding() && arrival.is_slow(now));
        news |= self.decode(&slice);
        news |= self.look(&slice);
        news |= self.write(&slice);
        news |= self.inspect(&slice);
        let busy =
            self.session.borrow().active().is_some_and(|document| is_searching(document) || !document.is_inspected());
        if self.arrivals.iter().any(Arrival::is_decoding) || busy || self.writing.is_some() {
            self.ticker.again();
        }
        news
    }

    fn decode(&mut self, slice: &Slice) -> bool {
        let mut news = false;
        while let Some(at) = self.arrivals.iter().position(Arrival::is_decoding) {
            if self.arrivals[at].go_on(slice) {
                let arrival = self.arrivals.remove(at);
                let goal = arrival.goal.clone();
                if let Some(document) = arrival.finish() {
                    self.put(document, &goal);
                    news = true;
                }
            } else {
                news |= self.arrivals[at].is_slow(now());
            }
            if slice.is_over() {
                break;
            }
        }
        news
    }

    fn put(&mut self, mut document: Document, goal: &Goal) {
        if let Some(mtime) = document.mtime() {
            let then = js_sys::Date::new(&(f64::from(mtime) * 1000.0).into());
            document.set_minutes_ahead(-then.get_timezone_offset() as i32);
        }
        let mut session = self.session.borrow_mut();
        match goal {
            Goal::Instead(id) => {
                if let Some(before) = session.get(*id) {
                    // The place is kept, as far as it exists in the other reading.
                    document.go_to_place(&before.place());
                }
                session.replace(*id, document);
            }
            Goal::Tab | Goal::Sample(_) => {
                if let Some(place) = self.destination.take() {
                    document.go_to_place(&place);
                }
                let id = session.add(document);
                if let Goal::Sample(sample) = goal {
                    self.sample_of.push((id, sample));
                }
            }
        }
        drop(session);
        self.revision += 1;
        self.show_name();
        self.settle();
    }

    /// Searches on in the document on screen.
    fn look(&mut self, slice: &Slice) -> bool {
        let mut session = self.session.borrow_mut();
        let Some(document) = session.active_mut().filter(|document| is_searching(document)) else { return false };
        while !slice.is_over() && !document.search_step(SEARCH_STEP) {}
        self.revision += 1;
        true
    }

    /// Looks on for damage inside the bytecode of the document on screen, and for what is worth knowing.
    fn inspect(&mut self, slice: &Slice) -> bool {
        let mut session = self.session.borrow_mut();
        let Some(document) = session.active_mut().filter(|document| !document.is_inspected()) else { return false };
        let today = (js_sys::Date::now() / 1000.0) as u64;
        while !slice.is_over() {
            if document.inspect_step(Some(today), INSPECT_STEP) {
                self.revision += 1;
                return true;
            }
        }
        false
    }

    /// Begins to write an export.
    pub(super) fn export(&mut self, kind: ExportKind, to_clipboard: bool) {
        {
            let session = self.session.borrow();
            let (Some(document), Some(of)) = (session.active(), session.active_id()) else { return };
            let pieces = (!to_clipboard).then(Pieces::default);
            self.writing = Some(Writing { of, export: Export::new(document, kind), pieces, begun: now() });
        }
        self.work();
    }

    fn write(&mut self, slice: &Slice) -> bool {
        let Some(mut writing) = self.writing.take() else { return false };
        let session = self.session.borrow();
        let Some(document) = session.get(writing.of) else { return true };
        while !slice.is_over() {
            let is_done = writing.export.step(document, EXPORT_STEP);
            let kind = writing.export.kind();
            match &writing.pieces {
                Some(pieces) => {
                    if is_done || writing.export.waiting() >= PIECE {
                        pieces.add(writing.export.take().as_bytes());
                    }
                    if is_done {
                        pieces.save(&kind.file_name(document.name()), kind.media_type());
                    }
                }
                None if writing.export.written() > CLIPBOARD => {
                    self.told.emit(format!("“{}” is too long for the clipboard; it can be saved.", kind.title()));
                    return true;
                }
                None if is_done => {
                    clipboard::copy(writing.export.take(), format!("“{}”", kind.title()), self.told.clone());
                }
                None => {}
            }
            if is_done {
                return true;
            }
        }
        let slow = writing.is_slow();
        drop(session);
        self.writing = Some(writing);
        slow
    }
}

fn is_searching(document: &Document) -> bool {
    document.search_state().is_some_and(|state| !state.complete && state.error.is_none())
}
