//! What the source beside a file means to the document: what is chosen in it, what is said of it.

use std::rc::Rc;

use super::Document;
use crate::companion::{Companion, Picked, SourceFile, Together, expected_name};
use crate::item::covering;
use crate::placement::Placement;
use crate::protocol::{self, CompanionAction, CompanionWindow, ItemKey, QuestionId, Rows, Standing, VerifyWindow};
use crate::selection::Step;

impl Document {
    /// Puts a source beside the file, in place of any other.
    pub(crate) fn pair(&mut self, source: Rc<SourceFile>) {
        self.companion = Some(Companion::new(source));
        self.revision += 1;
    }

    /// The source beside the file.
    pub(crate) fn companion(&self) -> Option<&Rc<SourceFile>> {
        self.companion.as_ref().map(|companion| &companion.source)
    }

    pub(super) fn act_in_companion(&mut self, action: CompanionAction) {
        self.revision += 1;
        let (choice, chosen) = (self.selection.choice(), self.selection.item());
        let Some(companion) = &mut self.companion else { return };
        match action {
            CompanionAction::Key(key, page) => {
                let to = companion.key(&self.file, (choice, chosen), key, page);
                self.follow_move(to);
            }
            CompanionAction::Pick(from, to) => {
                let picked = companion.text_between(&self.file, from, to);
                self.pick(picked);
            }
            CompanionAction::Evidence(at) => {
                let Some(evidence) = companion.told().nth(at) else { return };
                let span = evidence.span;
                let picked = evidence.line.and_then(|line| companion.line(&self.file, line));
                self.choose(Step::to_span(&self.file, span, covering(self.pyc(), span)), false);
                self.pick(picked.map(|picked| Picked { item: None, ..picked }));
            }
            CompanionAction::Tint(has_tints) => companion.set_tints(has_tints),
            CompanionAction::Retry => companion.retry(),
        }
    }

    /// Chooses what was picked in the text of the companion.
    fn pick(&mut self, picked: Option<Picked>) {
        let Some(Picked { text, item }) = picked else { return };
        if let Some(item) = item {
            self.choose(Some(Step::to(&self.file, item)), false);
        }
        if let Some(companion) = &mut self.companion {
            companion.hold(self.selection.choice(), text);
        }
    }

    pub(super) fn take_verdict(
        &mut self,
        companion: u32,
        found: Result<protocol::Verification, String>,
    ) -> Vec<QuestionId> {
        if let Some(known) = &mut self.companion {
            known.take(companion, found);
        }
        Vec::new()
    }

    /// The companion, if the file can have one.
    pub(super) fn companion_state(&self) -> Option<protocol::Companion> {
        let state = |name, standing| protocol::Companion { name, standing };
        match &self.companion {
            Some(companion) => Some(state(companion.source.name.clone(), companion.standing())),
            None => self.can_have_companion().then(|| state(expected_name(&self.file), Standing::Absent)),
        }
    }

    /// Whether the file is one that is compiled from a source.
    pub(crate) fn can_have_companion(&self) -> bool {
        !self.pyc().codes().is_empty()
    }

    /// The text of the companion.
    pub(super) fn companion_window(&self, placement: Placement, rows: Rows) -> CompanionWindow {
        match &self.companion {
            Some(companion) => {
                let (choice, item) = (self.selection.choice(), self.selection.item());
                let drawn = companion.rows(&self.file, rows.range(), choice, item);
                companion.window(placement.window(rows, drawn))
            }
            None => CompanionWindow {
                window: placement.window(rows, Vec::new()),
                has_tints: false,
                missing: Some(format!(
                    "To see it beside the bytecode, and whether that can have been made of it, add {}. Nothing is uploaded.",
                    expected_name(&self.file)
                )),
            },
        }
    }

    /// What the list of what speaks against the file shows.
    pub(super) fn verify_window(&self) -> VerifyWindow {
        match &self.companion {
            Some(companion) => companion.verify_window(),
            None => VerifyWindow {
                standing: Standing::Absent,
                sentence: String::new(),
                verification: None,
                can_retry: false,
            },
        }
    }

    /// The instructions that are marked together with what is chosen.
    pub(super) fn together(&self) -> Option<Together> {
        let companion = self.companion.as_ref()?;
        Some(companion.together(&self.file, self.selection.choice(), self.selection.item()))
    }

    pub(super) fn is_together(&self, together: &Option<Together>, key: ItemKey) -> bool {
        together.as_ref().zip(self.item(key)).is_some_and(|(together, item)| together.has(item))
    }
}
