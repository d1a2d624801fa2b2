//! What there is to do for a document without being asked: by other programs, and a part at a time here.

use super::Document;
use crate::protocol::{Made, QuestionId, Work};

impl Document {
    /// What other programs are to do for it now, and the bytes that it needs.
    pub(crate) fn errands(&mut self) -> Vec<(Work, Vec<u8>)> {
        let bytes = self.file.pyc.bytes();
        let mut errands = Vec::new();
        if self.source.hand_on() {
            errands.push((Work::Source, bytes.to_vec()));
        }
        if let Some(companion) = &mut self.companion
            && let Some(work) = companion.hand_on()
        {
            errands.push((work, [bytes, &companion.source.bytes].concat()));
        }
        errands
    }

    /// Takes what another program made, or why it made nothing. The exports that waited for it.
    pub(crate) fn take(&mut self, work: Work, made: Result<Made, String>) -> Vec<QuestionId> {
        self.revision += 1;
        match (work, made) {
            (Work::Source, Ok(Made::Source(source))) => {
                if let Some(search) = &mut self.search {
                    search.look_at_source();
                }
                self.source.take(&self.file, Ok(source))
            }
            (Work::Source, Err(why)) => self.source.take(&self.file, Err(why)),
            (Work::Verify { companion, .. }, Ok(Made::Verification(found))) => self.take_verdict(companion, Ok(found)),
            (Work::Verify { companion, .. }, Err(why)) => self.take_verdict(companion, Err(why)),
            // A program makes what it is asked for.
            _ => Vec::new(),
        }
    }

    /// Whether there is more to look at: for damage inside bytecode and tables, for findings, for what is searched.
    pub(crate) fn is_busy(&self) -> bool {
        !self.problems.is_complete()
            || !self.calls_of_note.is_complete()
            || !self.payloads.is_complete()
            || self.strings.is_busy()
            || self.search.as_ref().is_some_and(|search| !search.is_complete())
    }

    /// Looks at the next part of the file.
    pub(crate) fn work(&mut self) {
        if let Some(search) = self.search.as_mut().filter(|search| !search.is_complete()) {
            search.step(&self.file.pyc, Some(&self.source));
            self.revision += 1;
        } else if self.strings.is_busy() {
            self.strings.look_on(&self.file);
            self.revision += 1;
        } else if !self.problems.is_complete() {
            self.revision += u64::from(self.problems.inspect(&self.file.pyc));
        } else if !self.calls_of_note.is_complete() {
            self.revision += u64::from(self.calls_of_note.look_on(&self.file.pyc));
        } else {
            self.revision += u64::from(self.payloads.look_on(&self.file.pyc));
        }
    }
}
