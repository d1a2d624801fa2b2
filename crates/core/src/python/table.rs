//! The opcodes of a version while changes are applied to them.

use super::opcode::{Opcode, Operand};
use super::packed::{Reader, Word};

/// What is said of a form that [`Word::Specialized`] adds.
const SPECIALIZED: &str = "A faster form of the instruction it is named after, put in its place while the program \
    runs, once the types it meets are known. Files do not hold it.";

/// What is said of a form that [`Word::Instrumented`] adds.
const INSTRUMENTED: &str = "The instruction it is named after, put in its place while a debugger, profiler or \
    coverage tool listens to it. Files do not hold it.";

/// The opcodes while changes are applied to them. A change that names an opcode which is not there is a mistake in a
/// version's file: tests build every version and stop at it; a released build skips it.
#[derive(Clone, Default)]
pub(super) struct Table {
    opcodes: Vec<Opcode>,
    /// The key of each one's name. Names are looked for some 1,500 times a version, and telling keys apart takes a tenth of
    /// the time that telling names apart takes.
    keys: Vec<u32>,
}

/// A number that is nearly always another for another name: made of its last eight letters and its length.
fn key(name: &str) -> u32 {
    let (rest, last) = name.as_bytes().split_last_chunk::<4>().unwrap_or((&[], &[0; 4]));
    let before = rest.last_chunk::<4>().unwrap_or(&[0; 4]);
    u32::from_le_bytes(*last) ^ u32::from_le_bytes(*before).rotate_left(3) ^ name.len() as u32
}

impl Table {
    fn position(&self, name: &str) -> Option<usize> {
        let key = key(name);
        let mut from = 0;
        loop {
            let found = from + self.keys[from..].iter().position(|&other| other == key)?;
            if self.opcodes[found].name == name {
                return Some(found);
            }
            from = found + 1;
        }
    }

    fn find(&self, name: &str) -> Option<Opcode> {
        self.position(name).map(|position| self.opcodes[position])
    }

    fn edit(&mut self, name: &str, change: impl FnOnce(&mut Opcode)) {
        let found = self.position(name);
        debug_assert!(found.is_some(), "no opcode {name} to change");
        if let Some(position) = found {
            change(&mut self.opcodes[position]);
        }
    }

    /// Adds an opcode, or puts it in the place of the one of its name.
    fn put(&mut self, new: Opcode) {
        match self.position(new.name) {
            Some(position) => self.opcodes[position] = new,
            None => {
                self.opcodes.push(new);
                self.keys.push(key(new.name));
            }
        }
    }

    fn remove(&mut self, name: &str) {
        let found = self.position(name);
        debug_assert!(found.is_some(), "no opcode {name} to remove");
        if let Some(position) = found {
            self.opcodes.swap_remove(position);
            self.keys.swap_remove(position);
        }
    }

    fn rename(&mut self, old: &str, new: &'static str) {
        let found = self.find(old);
        debug_assert!(found.is_some(), "no opcode {old} to rename");
        if let Some(opcode) = found {
            self.remove(old);
            self.put(Opcode { name: new, ..opcode });
        }
    }

    /// Applies what the next release, or row of pre-releases, states of opcodes: then `base` is what the release started from.
    pub(super) fn apply(&mut self, stated: &mut Reader, base: &Self) {
        for _ in 0..stated.byte() {
            self.change(stated, base);
        }
    }

    fn change(&mut self, stated: &mut Reader, base: &Self) {
        match stated.word() {
            Word::Add => self.put(stated.opcode()),
            Word::Remove => stated.names().for_each(|name| self.remove(name)),
            Word::Restore => stated.names().for_each(|name| self.restore(name, base)),
            Word::RestoreAll => self.clone_from(base),
            Word::Renumber => {
                stated.numbered().for_each(|(number, name)| self.edit(name, |opcode| opcode.number = number))
            }
            Word::DealOut => self.deal_out(stated.byte()),
            Word::Rename => self.rename(stated.name(), stated.name()),
            Word::Operand => self.edit(stated.name(), |opcode| opcode.operand = stated.operand()),
            Word::Caches => self.edit(stated.name(), |opcode| opcode.caches = stated.caches()),
            Word::Effect => self.edit(stated.name(), |opcode| opcode.effect = stated.effect()),
            Word::Doc => self.edit(stated.name(), |opcode| opcode.doc = stated.sentence()),
            Word::Specialized => {
                let base = stated.name();
                stated.numbered().for_each(|(number, name)| self.put_form(number, name, base, SPECIALIZED));
            }
            Word::Instrumented => stated.numbered().for_each(|(number, name)| {
                self.put_form(number, name, name.strip_prefix("INSTRUMENTED_").unwrap_or(name), INSTRUMENTED);
            }),
        }
    }

    fn restore(&mut self, name: &str, base: &Self) {
        let old = base.find(name);
        debug_assert!(old.is_some(), "the base has no opcode {name}");
        if let Some(old) = old {
            self.put(old);
        }
    }

    fn put_form(&mut self, number: u8, name: &'static str, base: &'static str, doc: &'static str) {
        let found = self.find(base);
        debug_assert!(found.is_some(), "no opcode {base} to have a form");
        if let Some(opcode) = found {
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
        self.opcodes.iter().filter(|opcode| stays(opcode)).for_each(|opcode| taken[usize::from(opcode.number)] = true);
        let is_after = |one: &Opcode, other: &Opcode| {
            let of = |opcode: &Opcode| opcode.form_of.is_none() && opcode.operand != Operand::Unused;
            (of(one), one.name) > (of(other), other.name)
        };
        let (mut plain, mut forms) = (Vec::new(), Vec::new());
        for opcode in self.opcodes.iter_mut().filter(|opcode| !stays(opcode)) {
            let dealt: &mut Vec<&mut Opcode> = if opcode.form_of.is_some() { &mut forms } else { &mut plain };
            dealt.insert(dealt.partition_point(|known| is_after(opcode, known)), opcode);
        }
        for (opcodes, first) in [(plain, 1), (forms, specialized)] {
            let free = (first..=u8::MAX).filter(|&number| !taken[usize::from(number)]);
            opcodes.into_iter().zip(free).for_each(|(opcode, number)| opcode.number = number);
        }
    }

    /// The outcome. Each form gets what its base has become, since a base may change after its forms were added; a form
    /// without a base goes with it.
    pub(super) fn by_number(&self) -> Box<[Option<Opcode>; 256]> {
        let mut by_number = Box::new([None; 256]);
        for &opcode in &self.opcodes {
            let opcode = match opcode.form_of {
                None => Some(opcode),
                Some(base) => self.find(base).map(|base| {
                    let Opcode { number: _, name: _, doc: _, form_of: _, operand, caches, effect, flow } = base;
                    Opcode { operand, caches, effect, flow, ..opcode }
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

fn is_among(name: &str, names: &str) -> bool {
    names.split(' ').any(|other| other == name)
}
