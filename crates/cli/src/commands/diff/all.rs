//! All that two folders or containers hold: the totals first, then what differs.

use std::io;

use pycxray_compare::diff::{Class, Named, Outcome, Totals, Verdict, diff, pair_names};

use super::inputs::{Found, Inputs};
use super::{Diff, Format, json, status_of, text};
use crate::counted::counted;
use crate::input;
use crate::output::{Output, Stop, complain};
use crate::status::Status;

impl Diff {
    /// Compares all that two folders or containers hold.
    pub(super) fn all(&self, out: &mut Output, inputs: [&Inputs; 2]) -> Result<Status, Stop> {
        let pairs = pair_names(inputs[0].names(), inputs[1].names());
        let titles: Vec<[String; 2]> = pairs.iter().map(|pair| titles(inputs, pair)).collect();
        let mut status = Status::Fine;
        let mut outcomes = Vec::with_capacity(pairs.len());
        for (pair, titles) in pairs.iter().zip(&titles) {
            let outcome = self.outcome(inputs, pair, titles);
            status = status.max(outcome.as_ref().map_or(Status::Failed, |outcome| status_of(outcome.verdict())));
            outcomes.push(outcome);
        }
        self.totals(out, &Totals::of(outcomes.iter().flatten()));
        for ((pair, titles), outcome) in pairs.iter().zip(&titles).zip(&outcomes) {
            if let Some(outcome) = outcome {
                self.member(out, inputs, (pair, titles), outcome)?;
                out.relieve()?;
            }
        }
        Ok(status)
    }

    /// What became of a pair; `None` where one cannot be read, which is told.
    fn outcome(&self, inputs: [&Inputs; 2], pair: &Named, titles: &[String; 2]) -> Option<Outcome> {
        let [Some(_), Some(_)] = pair.positions else {
            return Some(if pair.positions[0].is_some() { Outcome::Removed } else { Outcome::Added });
        };
        match read(inputs, pair) {
            [Ok(before), Ok(after)] => Some(self.compared(inputs, [&before, &after])),
            outcomes => {
                for (title, outcome) in titles.iter().zip(outcomes) {
                    if let Err(error) = outcome {
                        complain(format_args!("{title}: {error}"));
                    }
                }
                None
            }
        }
    }

    fn compared(&self, inputs: [&Inputs; 2], found: [&Found; 2]) -> Outcome {
        if found[0].bytes == found[1].bytes {
            return Outcome::Same;
        }
        if are_code(found) {
            let files = [0, 1].map(|side| inputs[side].decode(found[side]));
            return Outcome::of_code(&diff(&files[0], &files[1], self.options()));
        }
        if !self.options().classes.has(Class::Program) {
            return Outcome::Same;
        }
        Outcome::of_bytes(found.map(|found| found.bytes.as_slice()), |size| counted(size, "byte"))
    }

    /// Writes what became of all.
    fn totals(&self, out: &mut Output, totals: &Totals) {
        let titles = [&self.before, &self.after].map(|path| input::shown_path(path));
        let mut words = totals.words(|count| count.to_string());
        if words.is_empty() {
            words.push_str("nothing in either");
        }
        match self.format {
            Format::Text => text::verdict(out, &titles, totals.verdict(), &words),
            Format::Json => {
                out.text.push_str(&json::all(&titles, totals, &words));
                out.text.push('\n');
            }
        }
    }

    /// Writes what became of a pair: as text if it differs, as JSON in any case.
    fn member(
        &self,
        out: &mut Output,
        inputs: [&Inputs; 2],
        (pair, titles): (&Named, &[String; 2]),
        outcome: &Outcome,
    ) -> Result<(), Stop> {
        let is_json = self.format == Format::Json;
        if let Outcome::Removed | Outcome::Added = outcome {
            let side = usize::from(*outcome == Outcome::Added);
            match is_json {
                true => out.text.push_str(&json::lone(side, &titles[side])),
                false => {
                    out.text.push_str(&format!("{}: in the {} alone", titles[side], ["first", "second"][side]));
                }
            }
            out.text.push('\n');
            return Ok(());
        }
        if *outcome == Outcome::Same && !is_json {
            return Ok(());
        }
        let [Ok(before), Ok(after)] = read(inputs, pair) else { return Ok(()) };
        if are_code([&before, &after]) {
            let files = [inputs[0].decode(&before), inputs[1].decode(&after)];
            return self.pair(out, titles, [&files[0], &files[1]]).map(drop);
        }
        match (outcome, is_json) {
            (_, true) => {
                out.text.push_str(&json::other(titles, outcome));
                out.text.push('\n');
            }
            (Outcome::Changed(summary), _) => text::verdict(out, titles, Verdict::Different, summary),
            _ => {}
        }
        Ok(())
    }
}

fn are_code(found: [&Found; 2]) -> bool {
    found.iter().all(|found| found.is_code)
}

/// Both files of a pair.
fn read(inputs: [&Inputs; 2], pair: &Named) -> [io::Result<Found>; 2] {
    let missing = || io::Error::from(io::ErrorKind::NotFound);
    [0, 1].map(|side| pair.positions[side].ok_or_else(missing).and_then(|position| inputs[side].read(position)))
}

/// What a pair is called on each side.
fn titles(inputs: [&Inputs; 2], pair: &Named) -> [String; 2] {
    [0, 1].map(|side| {
        let names = inputs[side].names();
        let name = pair.positions[side].map_or(&pair.name, |position| &names[position]);
        pycxray::shown(format!("{}{name}", inputs[side].prefix()).as_bytes(), usize::MAX)
    })
}
