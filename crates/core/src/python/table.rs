//! The opcodes of a version while changes are applied to them.

use std::collections::BTreeMap;

use super::opcode::{Opcode, Operand};
use super::release::Change;

/// What is said of a form that [`Change::Specialized`] adds.
const SPECIALIZED: &str = "A faster form of the instruction it is named after, put in its place while the program \
    runs, once the types it meets are known. Files do not hold it.";

/// What is said of a form that [`Change::Instrumented`] adds.
const INSTRUMENTED: &str = "The instruction it is named after, put in its place while a debugger, profiler or \
    coverage tool listens to it. Files do not hold it.";

/// The opcodes while changes are applied to them, by name. A change that names an opcode which is not there is a mistake in a
/// version's file: tests build every version and stop at it; a released build skips it.
#[derive(Clone, Default)]
pub(super) struct Table(BTreeMap<&'static str, Opcode>);

impl Table {
    fn edit(&mut self, name: &str, change: impl FnOnce(&mut Opcode)) {
        let found = self.0.get_mut(name);
        debug_assert!(found.is_some(), "no opcode {name} to change");
        found.map(change);
    }

    /// Adds an opcode, or puts it in the place of the one of its name.
    fn put(&mut self, new: Opcode) {
        self.0.insert(new.name, new);
    }

    fn remove(&mut self, name: &str) -> Option<Opcode> {
        let removed = self.0.remove(name);
        debug_assert!(removed.is_some(), "no opcode {name} to remove");
        removed
    }

    /// Applies what a release, or a row of pre-releases, states of opcodes: `base` is what the release started from.
    pub(super) fn apply(&mut self, changes: &[Change], base: &Self) {
        for change in changes {
            self.change(change, base);
        }
    }

    fn change(&mut self, change: &Change, base: &Self) {
        match *change {
            Change::Add(opcode) => self.put(opcode),
            Change::Remove(names) => names.split(' ').for_each(|name| _ = self.remove(name)),
            Change::Restore(names) => names.split(' ').for_each(|name| self.restore(name, base)),
            Change::RestoreAll => self.clone_from(base),
            Change::Renumber(first, names) => {
                numbered(first, names).for_each(|(number, name)| self.edit(name, |opcode| opcode.number = number));
            }
            Change::DealOut(specialized) => self.deal_out(specialized),
            Change::Rename(old, name) => {
                if let Some(opcode) = self.remove(old) {
                    self.put(Opcode { name, ..opcode });
                }
            }
            Change::Operand(name, operand) => self.edit(name, |opcode| opcode.operand = operand),
            Change::Caches(name, caches) => self.edit(name, |opcode| opcode.caches = caches),
            Change::Effect(name, effect) => self.edit(name, |opcode| opcode.effect = effect),
            Change::Meaning(names, meaning) => {
                names.split(' ').for_each(|name| self.edit(name, |opcode| opcode.meaning = meaning));
            }
            Change::Doc(name, doc) => self.edit(name, |opcode| opcode.doc = doc),
            Change::Specialized(base, first, names) => {
                numbered(first, names).for_each(|(number, name)| self.put_form(number, name, base, SPECIALIZED));
            }
            Change::Instrumented(first, names) => numbered(first, names).for_each(|(number, name)| {
                self.put_form(number, name, name.strip_prefix("INSTRUMENTED_").unwrap_or(name), INSTRUMENTED);
            }),
        }
    }

    fn restore(&mut self, name: &str, base: &Self) {
        let old = base.0.get(name);
        debug_assert!(old.is_some(), "the base has no opcode {name}");
        old.into_iter().for_each(|&old| self.put(old));
    }

    fn put_form(&mut self, number: u8, name: &'static str, base: &'static str, doc: &'static str) {
        let found = self.0.get(base);
        debug_assert!(found.is_some(), "no opcode {base} to have a form");
        if let Some(&opcode) = found {
            self.put(Opcode { number, name, doc, form_of: Some(base), ..opcode });
        }
    }

    fn deal_out(&mut self, specialized: u8) {
        /// BINARY_OP_INPLACE_ADD_UNICODE's, which came before there was a rule.
        const IN_PLACE_ADDITION_OF_TEXTS: u8 = 3;
        /// From here on numbers are set by hand.
        const FIRST_OF_INTERPRETER: u8 = 254;
        let stays = |opcode: &Opcode| {
            is_among(opcode.name, "CACHE RESERVED RESUME")
                || opcode.name.starts_with("INSTRUMENTED_")
                || opcode.number >= FIRST_OF_INTERPRETER
                || opcode.form_of.is_some() && opcode.number == IN_PLACE_ADDITION_OF_TEXTS
        };
        let mut taken = [false; 256];
        taken[usize::from(IN_PLACE_ADDITION_OF_TEXTS)] = true;
        self.0.values().filter(|opcode| stays(opcode)).for_each(|opcode| taken[usize::from(opcode.number)] = true);
        let (mut plain, mut forms) = (Vec::new(), Vec::new());
        for opcode in self.0.values_mut().filter(|opcode| !stays(opcode)) {
            if opcode.form_of.is_some() { &mut forms } else { &mut plain }.push(opcode);
        }
        // By the alphabet they are already.
        plain.sort_by_key(|opcode| opcode.operand != Operand::Unused);
        for (opcodes, first) in [(plain, 1), (forms, specialized)] {
            let free = (first..=u8::MAX).filter(|&number| !taken[usize::from(number)]);
            opcodes.into_iter().zip(free).for_each(|(opcode, number)| opcode.number = number);
        }
    }

    /// The outcome. Each form gets what its base has become, since a base may change after its forms were added; a form
    /// without a base goes with it.
    pub(super) fn by_number(&self) -> Box<[Option<Opcode>; 256]> {
        let mut by_number = Box::new([None; 256]);
        for &opcode in self.0.values() {
            let opcode = match opcode.form_of {
                None => Some(opcode),
                Some(base) => self.0.get(base).map(|&base| {
                    let Opcode { number: _, name: _, doc: _, form_of: _, operand, caches, effect, flow, meaning } =
                        base;
                    Opcode { operand, caches, effect, flow, meaning, ..opcode }
                }),
            };
            let Some(opcode) = opcode else { continue };
            let slot: &mut Option<Opcode> = &mut by_number[usize::from(opcode.number)];
            debug_assert!(slot.is_none(), "{} takes the place of {slot:?}", opcode.name);
            *slot = Some(opcode);
        }
        by_number
    }
}

/// Names, each with its number: one after the other from `first` on.
fn numbered(first: u8, names: &'static str) -> impl Iterator<Item = (u8, &'static str)> {
    (first..=u8::MAX).zip(names.split(' '))
}

fn is_among(name: &str, names: &str) -> bool {
    names.split(' ').any(|other| other == name)
}
