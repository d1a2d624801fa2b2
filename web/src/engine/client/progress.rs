//! Telling what takes long.

use super::{Client, Told};
use crate::engine::files::{Phase, Under};
use gloo::timers::callback::Interval;
use js_sys::Date;

/// How often to look what takes long, in milliseconds.
const LOOK: u32 = 200;

impl Client {
    /// Looks from time to time what takes long, while anything may.
    pub(super) fn look_on(&self) {
        let is_busy = !self.0.questions.is_empty() || !self.0.errands.is_empty() || {
            let files = self.0.files.borrow();
            files.iter().any(|file| !matches!(file.phase, Phase::Open))
        };
        if !is_busy {
            self.0.look.take();
        } else if self.0.look.borrow().is_none() {
            let look = self.callback(|client, ()| client.look());
            self.0.look.replace(Some(Interval::new(LOOK, move || look.emit(()))));
        }
    }

    pub(super) fn look(&self) {
        let now = Date::now();
        let mut under: Vec<Under> = self.0.files.borrow().iter().filter_map(|file| file.under_way(now)).collect();
        under.extend(self.0.questions.under_way(now));
        under.extend(self.0.errands.under_way(now));
        self.0.told.emit(Told::Under(under));
        self.look_on();
    }
}
