//! All that two folders or containers hold: the totals first, then what differs.

use std::ffi::OsString;
use std::io;

use pycxray::{Pyc, counted};
use pycxray_compare::diff::{Class, Difference, Named, Outcome, Totals, Verdict, pair_names};

use super::inputs::{Found, Inputs};
use super::{Diff, Format, json, shown, status_of, text};
use crate::input;
use crate::output::{Output, Stop, complain};
use crate::status::Status;

/// How many bytes of text are kept until the totals are known, which come first. A pair with more is compared again when it is its
/// turn: what is kept grows with what differs, never with what there is.
const KEPT: usize = 64 << 20;

/// A pair that was compared.
struct Compared {
    outcome: Outcome,
    /// Both files and what differs, where they are bytecode.
    code: Option<([Pyc; 2], Difference)>,
}

impl From<Outcome> for Compared {
    fn from(outcome: Outcome) -> Self {
        Self { outcome, code: None }
    }
}

impl Diff {
    /// Compares all that two folders or containers hold.
    pub(super) fn all(&self, out: &mut Output, inputs: [&Inputs; 2]) -> Result<Status, Stop> {
        self.all_within(out, inputs, KEPT)
    }

    fn all_within(&self, out: &mut Output, inputs: [&Inputs; 2], mut room: usize) -> Result<Status, Stop> {
        let pairs = pair_names(&inputs[0].names(), &inputs[1].names());
        let paths: Vec<[OsString; 2]> = pairs.iter().map(|pair| paths(inputs, pair)).collect();
        let mut status = Status::Fine;
        let (mut outcomes, mut texts) = (Vec::with_capacity(pairs.len()), Vec::with_capacity(pairs.len()));
        for (pair, paths) in pairs.iter().zip(&paths) {
            let Some(compared) = self.member(inputs, pair, paths) else {
                status = status.max(Status::Failed);
                texts.push(Some(String::new()));
                continue;
            };
            status = status.max(status_of(compared.outcome.verdict()));
            let mut aside = out.aside(room);
            let written = self.write_member(&mut aside, paths, &compared);
            let text = aside.into_kept(written)?;
            room = text.as_ref().map_or(0, |text| room - text.len());
            texts.push(text);
            outcomes.push(compared.outcome);
        }
        self.totals(out, &Totals::of(&outcomes));
        for ((pair, paths), text) in pairs.iter().zip(&paths).zip(texts) {
            match text {
                Some(text) => out.text.push_str(&text),
                None => {
                    let compared = self.member(inputs, pair, paths);
                    compared.map_or(Ok(()), |compared| self.write_member(out, paths, &compared))?;
                }
            }
            out.relieve()?;
        }
        Ok(status)
    }

    /// Compares a pair; `None` where one cannot be read, which is told.
    fn member(&self, inputs: [&Inputs; 2], pair: &Named, paths: &[OsString; 2]) -> Option<Compared> {
        let [Some(_), Some(_)] = pair.positions else {
            let is_removed = pair.positions[0].is_some();
            return Some(if is_removed { Outcome::Removed } else { Outcome::Added }.into());
        };
        match read(inputs, pair) {
            [Ok(before), Ok(after)] => Some(self.found(inputs, [&before, &after])),
            outcomes => {
                for (path, outcome) in paths.iter().zip(outcomes) {
                    if let Err(error) = outcome {
                        complain(format_args!("{}: {error}", input::shown_path(path)));
                    }
                }
                None
            }
        }
    }

    fn found(&self, inputs: [&Inputs; 2], found: [&Found; 2]) -> Compared {
        let [before, after] = found.map(|found| found.bytes.as_slice());
        let is_same = before == after;
        // JSON has an object for each pair, also for those that are the same.
        if found.iter().all(|found| found.is_code) && (!is_same || self.format == Format::Json) {
            let files = [0, 1].map(|side| inputs[side].decode(found[side]));
            let said = self.compared(&files);
            return Compared { outcome: Outcome::of_code(&said), code: Some((files, said)) };
        }
        if is_same || !self.options().classes.has(Class::Program) {
            return Outcome::Same.into();
        }
        Outcome::of_bytes([before, after], |size| counted(size, "byte").to_string()).into()
    }

    /// Writes what became of all.
    fn totals(&self, out: &mut Output, totals: &Totals) {
        let paths = [&self.before, &self.after].map(OsString::as_os_str);
        let mut words = totals.words(|count| count.to_string());
        if words.is_empty() {
            words.push_str("nothing in either");
        }
        match self.format {
            Format::Text => text::verdict(out, &paths.map(input::shown_path), totals.verdict(), &words),
            Format::Json => {
                out.text.push_str(&json::all(paths, totals, &words));
                out.text.push('\n');
            }
        }
    }

    /// Writes what became of a pair: as text if it differs, as JSON in any case.
    fn write_member(&self, out: &mut Output, paths: &[OsString; 2], compared: &Compared) -> Result<(), Stop> {
        let is_json = self.format == Format::Json;
        match (&compared.outcome, &compared.code) {
            (Outcome::Removed | Outcome::Added, _) => {
                let side = usize::from(compared.outcome == Outcome::Added);
                match is_json {
                    true => out.text.push_str(&json::lone(side, &paths[side])),
                    false => {
                        let (title, which) = (input::shown_path(&paths[side]), ["first", "second"][side]);
                        out.put(format_args!("{title}: in the {which} alone"));
                    }
                }
                out.text.push('\n');
            }
            (Outcome::Same, _) if !is_json => {}
            (_, Some((files, said))) => self.pair(out, paths, files, said)?,
            (outcome, None) if is_json => {
                out.text.push_str(&json::other(paths, outcome));
                out.text.push('\n');
            }
            (Outcome::Changed(summary), None) => text::verdict(out, &shown(paths), Verdict::Different, summary),
            _ => {}
        }
        Ok(())
    }
}

/// Both files of a pair.
fn read(inputs: [&Inputs; 2], pair: &Named) -> [io::Result<Found>; 2] {
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    [0, 1].map(|side| pair.positions[side].ok_or_else(missing).and_then(|position| inputs[side].read(position)))
}

/// Where both files of a pair are; nowhere, where there is none.
fn paths(inputs: [&Inputs; 2], pair: &Named) -> [OsString; 2] {
    [0, 1].map(|side| pair.positions[side].map_or_else(OsString::new, |position| inputs[side].path(position)))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;
    use crate::commands::diff::inputs::Input;
    use crate::input::Reading;
    use crate::output::Color;

    /// What is said of the fixtures of two versions, with so much room for text until the totals are known.
    fn said(format: Format, room: usize) -> String {
        let fixtures = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../tests/fixtures");
        let [before, after] = ["cpython-3.7", "cpython-3.8"].map(|name| fixtures.join(name).into_os_string());
        let inputs = [&before, &after].map(|path| match Input::of(path, Reading::default()) {
            Ok(Input::Many(inputs)) => inputs,
            _ => panic!("{path:?} is a folder"),
        });
        let (ignore, program, context, quiet, max_output) = (Vec::new(), false, 3, false, None);
        let diff = Diff { before, after, ignore, program, context, quiet, max_output, format };
        let mut out = Output::new(Color::Never).aside(usize::MAX);
        let written = diff.all_within(&mut out, [&inputs[0], &inputs[1]], room).map(drop);
        out.into_kept(written).ok().flatten().expect("there is room")
    }

    #[test]
    fn what_there_is_no_room_for_is_said_all_the_same() {
        for format in [Format::Text, Format::Json] {
            let whole = said(format, usize::MAX);
            assert!(whole.lines().count() > 10, "{whole}");
            for room in [0, whole.len() / 2] {
                assert!(said(format, room) == whole, "{format:?} with room for {room} bytes");
            }
        }
    }
}
