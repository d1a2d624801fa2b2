//! The companion of a file: the source that is said to belong to it, its text tied to the instructions, and whether the file can
//! have been made of it.

mod source_file;
mod ties;

use std::cell::{OnceCell, RefCell};
use std::ops::Range;
use std::rc::Rc;

use pycxray::tables::SourcePosition;
use pycxray::{Field, Item};

use crate::file::File;
use crate::labels;
use crate::moves::{Move, moved};
use crate::protocol::{
    CompanionRow, CompanionWindow, RowKey, SourceEvidence, Standing, TextPoint, Verification, VerifyWindow, Window,
    Work,
};
use crate::python_text::{byte_at, cut};
use source_file::Text;
pub(crate) use source_file::{SourceFile, expected_name, is_source_of, name_in_container};
pub(crate) use ties::Together;
use ties::{Ties, range_of};

/// The companion of a file.
#[derive(Debug)]
pub(crate) struct Companion {
    pub(crate) source: Rc<SourceFile>,
    check: Check,
    ties: OnceCell<Ties>,
    has_tints: bool,
    /// The text that was chosen, and at which choice of the file: it counts until something else is chosen.
    picked: Option<(u64, Range<usize>)>,
    /// Counts what was picked.
    picks: u64,
    /// What is marked together, at which choice and which pick.
    together: RefCell<Option<((u64, u64), Together)>>,
}

/// How far holding the file against the companion is.
#[derive(Debug)]
enum Check {
    /// The verifier does not know of it yet.
    Wanted,
    /// The verifier is at it.
    Coming,
    Made(Verification),
    /// Why it was not done, in a sentence.
    Missing(String),
}

impl Companion {
    pub(crate) fn new(source: Rc<SourceFile>) -> Self {
        Self {
            source,
            check: Check::Wanted,
            ties: OnceCell::new(),
            has_tints: true,
            picked: None,
            picks: 0,
            together: RefCell::default(),
        }
    }

    /// What the verifier is to be told, which it is from now on.
    pub(crate) fn hand_on(&mut self) -> Option<Work> {
        if !matches!(self.check, Check::Wanted) {
            return None;
        }
        self.check = Check::Coming;
        Some(Work::Verify { size: self.source.bytes.len() as u32, companion: self.source.serial })
    }

    /// Takes what the verifier found, if it is about this companion.
    pub(crate) fn take(&mut self, companion: u32, made: Result<Verification, String>) {
        if companion != self.source.serial {
            return;
        }
        let lines = self.len() as u32;
        self.check = match made {
            Ok(mut made) => {
                // Nothing leads to a line that the source does not have, which may be just what speaks against the file.
                for evidence in made.evidence.iter_mut().chain(&mut made.unproved) {
                    evidence.line = evidence.line.filter(|line| (1..=lines).contains(line));
                }
                Check::Made(made)
            }
            Err(why) => Check::Missing(why),
        };
    }

    /// Has the prover told once more, after it failed.
    pub(crate) fn retry(&mut self) {
        if matches!(self.check, Check::Missing(_)) {
            self.check = Check::Wanted;
        }
    }

    pub(crate) fn set_tints(&mut self, has_tints: bool) {
        self.has_tints = has_tints;
    }

    /// How the file stands to it.
    pub(crate) fn standing(&self) -> Standing {
        match &self.check {
            Check::Wanted | Check::Coming => Standing::Verifying,
            Check::Made(verification) => verification.standing,
            Check::Missing(_) => Standing::Unverified,
        }
    }

    fn text(&self) -> Option<&Text> {
        self.source.text.as_ref().ok()
    }

    fn ties(&self, file: &File) -> Option<&Ties> {
        let text = self.text()?;
        Some(self.ties.get_or_init(|| Ties::new(&file.pyc, text)))
    }

    /// How many lines there are.
    pub(crate) fn len(&self) -> usize {
        self.text().map_or(0, |text| text.lines.len())
    }

    /// The text of an item: of an instruction what became it, of anything else the line on which its code object begins.
    fn text_of(&self, file: &File, item: Item) -> Option<Range<usize>> {
        let text = self.text()?;
        let position = match item {
            Item::Instruction(code, offset) | Item::Cache(code, offset) => {
                let (bytecode, _, instruction) = file.instruction(code, offset)?;
                bytecode.position(&file.pyc, instruction.offset)
            }
            item => {
                let code = file.pyc.code(labels::code_of(&file.pyc, item)?)?;
                let line = code.number(Field::Firstlineno).and_then(|line| i32::try_from(line).ok());
                SourcePosition { line, ..SourcePosition::default() }
            }
        };
        range_of(text, &position)
    }

    /// The chosen text: what was picked, or what became what is chosen. `choice` tells what is chosen apart.
    fn chosen(&self, file: &File, choice: u64, item: Option<Item>) -> Option<Range<usize>> {
        match &self.picked {
            Some((at, picked)) if *at == choice => Some(picked.clone()),
            _ => self.text_of(file, item?),
        }
    }

    /// Which line the chosen text begins in, and a number that changes with what is chosen.
    pub(crate) fn placed(&self, file: &File, choice: u64, item: Option<Item>) -> (Option<usize>, u64) {
        let row = self.chosen(file, choice, item).and_then(|chosen| Some(self.text()?.line_at(chosen.start)));
        (row, choice.wrapping_add(self.picks))
    }

    /// What its view shows: `window` has its lines.
    pub(crate) fn window(&self, window: Window<CompanionRow>) -> CompanionWindow {
        CompanionWindow { window, has_tints: self.has_tints, missing: self.source.text.as_ref().err().cloned() }
    }

    /// Lines, with what is chosen marked.
    pub(crate) fn rows(&self, file: &File, range: Range<usize>, choice: u64, item: Option<Item>) -> Vec<CompanionRow> {
        let (Some(text), Some(ties)) = (self.text(), self.ties(file)) else { return Vec::new() };
        // Of a code object as a whole its line is in sight, and not marked.
        let is_exact = |range: &Range<usize>| {
            let is_picked = self.picked.as_ref().is_some_and(|(at, picked)| *at == choice && picked == range);
            is_picked || matches!(item, Some(Item::Instruction(..) | Item::Cache(..)))
        };
        let chosen = self.chosen(file, choice, item).filter(is_exact).unwrap_or_default();
        let shown = range.start.min(text.lines.len())..range.end.min(text.lines.len());
        let row = |at: usize| {
            let [before, chosen, after] = cut(&text.text, &text.words, &text.lines[at], &chosen);
            let tied = ties.lines[at];
            let is_evidence = self.evidence().iter().any(|evidence| evidence.line == Some(at as u32 + 1));
            let tint = tied.tint.filter(|_| self.has_tints);
            CompanionRow { before, chosen, after, item: tied.item.map(Into::into), tint, is_evidence }
        };
        shown.map(row).collect()
    }

    /// The tint that an instruction has in common with its line.
    pub(crate) fn tint(&self, file: &File, item: Item) -> Option<u8> {
        let (Item::Instruction(..) | Item::Cache(..)) = item else { return None };
        let (text, ties) = (self.text()?, self.ties(file).filter(|_| self.has_tints)?);
        ties.lines[text.line_at(self.text_of(file, item)?.start)].tint
    }

    /// The instructions that are marked together with what is chosen.
    pub(crate) fn together(&self, file: &File, choice: u64, item: Option<Item>) -> Together {
        let key = (choice, self.picks);
        let mut kept = self.together.borrow_mut();
        match &*kept {
            Some((known, together)) if *known == key => together.clone(),
            _ => {
                let together = self.find_together(file, choice, item).unwrap_or_default();
                *kept = Some((key, together.clone()));
                together
            }
        }
    }

    fn find_together(&self, file: &File, choice: u64, item: Option<Item>) -> Option<Together> {
        let ties = self.ties(file)?;
        let picked = self.picked.as_ref().filter(|(at, _)| *at == choice);
        Some(Together::of(match (picked, item) {
            (Some((_, picked)), _) => ties.within(picked),
            (None, Some(item @ (Item::Instruction(code, _) | Item::Cache(code, _)))) => {
                ties.of_text(&self.text_of(file, item)?, code)
            }
            _ => return None,
        }))
    }

    /// The text from one point to another, and what it became first; of a click, the smallest text there that became
    /// anything.
    pub(crate) fn text_between(&self, file: &File, from: TextPoint, to: TextPoint) -> Option<Picked> {
        let text = self.text()?;
        let byte = |point: TextPoint| Some(byte_at(&text.text, text.lines.get(point.row)?, point.column));
        let (from, to) = (byte(from)?, byte(to)?);
        let ties = self.ties(file)?;
        let range = from.min(to)..from.max(to);
        if let Some(first) = ties.within(&range).first() {
            return Some(Picked { text: Some(range), item: Some(first.item()) });
        }
        // A little less than what became something, or a click into it: that is meant.
        if let Some(tie) = ties.around(range.start).filter(|tie| range.end <= tie.text.end) {
            return Some(Picked { text: Some(tie.text.clone()), item: Some(tie.item()) });
        }
        Some(Picked { text: None, item: ties.lines.get(text.line_at(range.start))?.item })
    }

    /// A line, counted from 1, and what it became.
    pub(crate) fn line(&self, file: &File, line: u32) -> Option<Picked> {
        let at = (line as usize).checked_sub(1)?;
        let text = self.text()?.lines.get(at)?.clone();
        Some(Picked { text: Some(text), item: self.ties(file)?.lines.get(at)?.item })
    }

    /// Text was picked: it is what is chosen until something else than at this choice is.
    pub(crate) fn hold(&mut self, choice: u64, text: Option<Range<usize>>) {
        self.picks += 1;
        self.picked = text.map(|text| (choice, text));
    }

    /// Does what a key does, `page` rows being on screen. What is to be chosen then.
    pub(crate) fn key(&self, file: &File, step: (u64, Option<Item>), key: RowKey, page: usize) -> Option<Move> {
        let ties = self.ties(file)?;
        let last = ties.lines.len().checked_sub(1)?;
        let row = self.placed(file, step.0, step.1).0.unwrap_or(0);
        let to = moved(key, row, last, page)?;
        // The nearest line that became something, further on the same way; there is none beyond the ends.
        let below = || ties.lines[to..].iter().find_map(|line| line.item);
        let above = || ties.lines[..=to].iter().rev().find_map(|line| line.item);
        let item = if to < row && to > 0 || to == last { above() } else { below() };
        item.map(Move::Past)
    }

    /// What speaks against the file.
    pub(crate) fn evidence(&self) -> &[SourceEvidence] {
        match &self.check {
            Check::Made(verification) => &verification.evidence,
            _ => &[],
        }
    }

    /// What speaks against the file, and what of it is not proved.
    pub(crate) fn told(&self) -> impl Iterator<Item = &SourceEvidence> {
        let unproved = match &self.check {
            Check::Made(verification) => &verification.unproved[..],
            _ => &[],
        };
        self.evidence().iter().chain(unproved)
    }

    /// What speaks against the file, as its list shows it.
    pub(crate) fn verify_window(&self) -> VerifyWindow {
        let name = &self.source.name;
        let sentence = match &self.check {
            Check::Wanted | Check::Coming => format!("The file is being held against {name}."),
            Check::Missing(why) => why.clone(),
            Check::Made(made) => sentence(made, name),
        };
        let verification = match &self.check {
            Check::Made(made) => Some(made.clone()),
            _ => None,
        };
        let can_retry = matches!(self.check, Check::Missing(_));
        VerifyWindow { standing: self.standing(), sentence, verification, can_retry }
    }
}

/// Text that was picked.
#[derive(Clone, Debug)]
pub(crate) struct Picked {
    /// The text, in bytes; `None` where only the line was meant.
    pub(crate) text: Option<Range<usize>>,
    /// What it became first.
    pub(crate) item: Option<Item>,
}

/// The verdict in a sentence or two.
fn sentence(made: &Verification, name: &str) -> String {
    match (made.standing, made.contents) {
        (Standing::Proved, _) => {
            format!("Every code object in the file is proved to do what {name} says, no more and no less.")
        }
        (Standing::Consistent, _) => format!(
            "Nothing in the file speaks against its having been made of {name}. Not all of it is proved: what leaves every \
             name, constant and line alone is told apart only where it is."
        ),
        (Standing::Inconsistent, Standing::Inconsistent) => format!("No Python made this file of {name}."),
        (Standing::Inconsistent, _) => {
            format!("The header is that of another source, though nothing in the contents speaks against {name}.")
        }
        _ => format!("Whether the file was made of {name} cannot be told."),
    }
}
