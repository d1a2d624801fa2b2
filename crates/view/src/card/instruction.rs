//! Cards of instructions and of their caches.

use pycxray::python::{Flow, InstructionLayout, Opcode, Operand};
use pycxray::{Instruction, Instructions, Item, Meaning, NodeId};

use super::{List, words};
use crate::bytecode::Bytecode;
use crate::file::File;
use crate::number::counted;
use crate::protocol::{Card, Style, Styled};
use crate::{labels, reading, values};

/// How many instructions a list of them names.
const LISTED: usize = 8;

/// How many specialized forms of an opcode are named: more than any has.
const FORMS: usize = 40;

impl File {
    pub(super) fn instruction_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some((bytecode, position, instruction)) = self.instruction(code, offset) else { return };
        let number = instruction.opcode;
        card.set_title(&labels::opname(&self.pyc, number));
        card.write_subtitle(format_args!("opcode {number} · {number:#04x}"));
        let Some(opcode) = self.pyc.python().opcode(number) else {
            let python = reading::python_name(self.pyc.python());
            card.paragraph(&format!("{python} has no opcode {number}: running this would fail."));
            self.define_place(card, &bytecode, &instruction);
            return;
        };
        card.paragraph(opcode.doc);
        if let Some(plain) = opcode.form_of {
            card.paragraph(&format!(
                "It is a form of `{plain}` that the interpreter puts in its place while a program runs. No compiler writes it."
            ));
        }
        if instruction.is_cut {
            card.damage("The bytecode ends inside this instruction.");
        }
        if bytecode.is_unreached(&self.pyc, offset) {
            card.paragraph(
                "Execution never comes here: nothing before it leads on, and no jump or handler leads to it.",
            );
        }
        self.define_argument(card, &bytecode, position, &instruction, opcode);
        write_stack(card.define("stack"), &instruction, opcode);
        self.write_flow(card.define("then"), code, &instruction, opcode);
        self.define_inner(card, &bytecode, &instruction);
        self.define_place(card, &bytecode, &instruction);
        self.define_caches(card, code, &instruction, opcode);
        self.define_forms(card, opcode);
    }

    /// What the interpreter puts in an instruction's place once it has seen what that works on (PEP 659).
    fn define_forms(&self, card: &mut Card, opcode: &Opcode) {
        let mut list = List::new(card.define("specialized as"), FORMS);
        for form in self.pyc.python().specializations(opcode.name) {
            if let Some(value) = list.next() {
                value.push(Style::Opcode, form);
            }
        }
        list.end();
    }

    /// The argument, taken apart.
    fn define_argument(
        &self,
        card: &mut Card,
        bytecode: &Bytecode,
        position: usize,
        instruction: &Instruction,
        opcode: &Opcode,
    ) {
        let Some(arg) = instruction.arg else {
            if opcode.operand == Operand::Unused && self.pyc.python().format.instructions == InstructionLayout::Words {
                card.define("argument").push(Style::Muted, "none: the second byte says nothing");
            }
            return;
        };
        let value = card.define("argument");
        // The sentence above calls it so.
        if opcode.doc.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "N") {
            value.push(Style::Plain, "N = ");
        }
        value.number(arg.into());
        let mut meaning = Styled::default();
        self.write_meaning(&mut meaning, bytecode, instruction, opcode, arg);
        if !meaning.is_empty() {
            value.push(Style::Muted, " → ").append(meaning);
        }
        // The instructions just before may hold its higher bits.
        let extends = |before: &Instruction| {
            self.pyc.python().opcode(before.opcode).is_some_and(|known| known.operand == Operand::Extended)
        };
        if opcode.operand != Operand::Extended
            && let Some(before) = position.checked_sub(1).and_then(|at| bytecode.instruction(&self.pyc, at))
            && extends(&before)
        {
            let name = labels::instruction(&self.pyc, bytecode.code, before.offset);
            let link = Item::Instruction(bytecode.code, before.offset);
            card.define("extended").push(Style::Plain, "higher bits from ").push_link(Style::Opcode, name, link);
        }
    }

    /// What an argument means, part by part, with links.
    fn write_meaning(
        &self,
        value: &mut Styled,
        bytecode: &Bytecode,
        instruction: &Instruction,
        opcode: &Opcode,
        arg: u32,
    ) {
        let pyc = &self.pyc;
        match bytecode.meaning(pyc, instruction) {
            Meaning::Const { index, value: constant } => {
                write_index(value, "co_consts", index, constant);
                if let Some(constant) = constant {
                    value.push(Style::Plain, " ").append(values::of(pyc, Item::Object(constant), values::ROW).value);
                }
            }
            Meaning::Name { index, name, bits } => {
                write_index(value, "co_names", index, name);
                if let Some(name) = name {
                    value.push(Style::Plain, " ").push(Style::Name, &values::name_text(pyc, name));
                    let words = name_bits(opcode.operand, bits);
                    value.push(Style::Plain, if words.is_empty() { "" } else { ", " }).push(Style::Plain, words);
                }
            }
            Meaning::Variable { name: Some(name), .. } => {
                value.push(Style::Plain, self.variable_word(name, opcode.operand)).push(Style::Plain, " ");
                value.push_link(Style::Name, values::name_text(pyc, name), Item::Object(name));
            }
            Meaning::Variable { index, name: None } if bytecode.names_variables(pyc) => {
                value.write(Style::Damage, format_args!("variable {index}, which is not there"));
            }
            Meaning::Variable { index, .. } => {
                value.write(Style::Plain, format_args!("local variable {index}, whose name is not kept"));
            }
            Meaning::Variables { indexes, names } => {
                for (index, name) in indexes.iter().zip(&names) {
                    value.push(Style::Plain, if value.is_empty() { "" } else { ", then " });
                    value.push(Style::Plain, "local variable ");
                    match name {
                        &Some(name) => value.push_link(Style::Name, values::name_text(pyc, name), Item::Object(name)),
                        None => value.write(Style::Damage, format_args!("{index}, which is not there")),
                    };
                }
            }
            Meaning::Target(Some(target)) => {
                self.write_instruction(value, bytecode.code, target);
                let way = if target < instruction.offset { "back" } else { "on" };
                let bytes = counted(target.abs_diff(instruction.offset).into(), "byte");
                value.write(Style::Muted, format_args!(" ({bytes} {way})"));
            }
            Meaning::Target(None) => {
                value.push(Style::Damage, "before the start of the bytecode");
            }
            Meaning::Word(Some(word)) => {
                value.push(Style::Code, word);
            }
            Meaning::Word(None) => {
                value.push(Style::Damage, "nothing that this Python knows");
            }
            Meaning::Packed(_) => words::packed(value, opcode.operand, arg),
            // A number says all by itself.
            _ => {}
        }
    }

    /// `local variable`, `cell`, by where the name stands and what the opcode does with it.
    fn variable_word(&self, name: NodeId, operand: Operand) -> &'static str {
        let role = self.pyc.tree().parent(name).map(|tuple| self.pyc.tree().node(tuple).role);
        match (role, operand) {
            (Some(pycxray::Role::Field(pycxray::Field::Freevars)), _) => "free variable",
            (Some(pycxray::Role::Field(pycxray::Field::Cellvars)), _) => "cell",
            (_, Operand::Cell) => "cell",
            _ => "local variable",
        }
    }

    /// Where execution goes on, where that is not simply the next instruction.
    fn write_flow(&self, value: &mut Styled, code: NodeId, instruction: &Instruction, opcode: &Opcode) {
        value.push(
            Style::Plain,
            match opcode.flow {
                Flow::Next => return,
                Flow::Jump => "always goes on at ",
                Flow::Branch => "goes on at the next instruction or at ",
                Flow::Setup => "goes on at the next instruction; an exception leads to ",
                Flow::End => "leaves this code",
            },
        );
        match instruction.target(self.pyc.python()) {
            _ if opcode.flow == Flow::End => {}
            Some(target) => self.write_instruction(value, code, target),
            None => {
                value.push(Style::Damage, "nowhere");
            }
        }
    }

    /// Of a jump into an instruction: what the interpreter would carry out there, which is in no listing.
    fn define_inner(&self, card: &mut Card, bytecode: &Bytecode, instruction: &Instruction) {
        let python = self.pyc.python();
        let target = instruction.target(python).filter(|&target| !bytecode.begins_at(&self.pyc, target));
        let whole = self.pyc.code(bytecode.code).map_or(&[][..], |code| code.bytecode());
        let Some(inner) = target.and_then(|target| whole.get(target as usize..)) else { return };
        let mut list = List::new(card.define("decoded from there"), LISTED);
        for decoded in Instructions::new(inner, python).take(LISTED) {
            let Some(value) = list.next() else { break };
            value.push(Style::Opcode, &labels::opname(&self.pyc, decoded.opcode));
            if let Some(arg) = decoded.arg {
                value.write(Style::Number, format_args!(" {arg}"));
            }
        }
        list.end();
    }

    /// Where an instruction stands: in the source, among jumps and handlers.
    fn define_place(&self, card: &mut Card, bytecode: &Bytecode, instruction: &Instruction) {
        let code = bytecode.code;
        let position = bytecode.position(&self.pyc, instruction.offset);
        if position.line.is_some() {
            values::write_position(card.define("source"), &position);
        } else if self.pyc.python().format.lines != pycxray::python::LineTable::None {
            card.define("source").push(Style::Muted, "no line: the compiler made it up");
        }
        let jumps = bytecode.jumps_to(&self.pyc, instruction.offset);
        let mut sources = List::new(card.define("reached from"), LISTED);
        for jump in jumps.iter().take(LISTED) {
            if let Some(value) = sources.next() {
                self.write_instruction(value, code, jump.from);
            }
        }
        sources.skip(jumps.len().saturating_sub(LISTED));
        sources.end();
        let entry_at = |offset| values::exception_entry_at(&self.pyc, code, offset);
        let handles = card.define("handles");
        for entry in bytecode.guards.handled_at(instruction.offset).take(LISTED).filter_map(entry_at) {
            handles.push(Style::Plain, if handles.is_empty() { "exceptions raised in " } else { ", " });
            let range = format!("{} to {}", entry.start, entry.end);
            handles.push_link(Style::Jump, range, Item::Exception(code, entry.offset));
        }
        if let Some(entry) = bytecode.guards.innermost_at(instruction.offset).and_then(entry_at) {
            let value = card.define("guarded").push(Style::Plain, "an exception here leads to ");
            self.write_instruction(value, code, entry.target);
        }
    }

    fn define_caches(&self, card: &mut Card, code: NodeId, instruction: &Instruction, opcode: &Opcode) {
        if opcode.caches.is_empty() {
            return;
        }
        let mut value = Styled::default();
        for cache in self.pyc.children(Item::Instruction(code, instruction.offset)) {
            let Item::Cache(_, offset) = cache else { continue };
            if !value.is_empty() {
                value.push(Style::Muted, " · ");
            }
            let name = labels::cache(&self.pyc, code, offset).map_or("cache", |(name, _)| name);
            let number = values::cache_value(&self.pyc, code, offset);
            value.push_link(Style::Plain, name.to_owned(), cache).write(Style::Number, format_args!(" {number}"));
            card.parts.push(self.part(cache));
        }
        card.define("inline cache").append(value);
    }

    pub(super) fn cache_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(instruction) = self.pyc.instruction_at(code, offset) else { return };
        let Some((name, size)) = labels::cache(&self.pyc, code, offset) else { return };
        card.set_title(name);
        card.write_subtitle(format_args!("inline cache of {}", labels::opname(&self.pyc, instruction.opcode)));
        card.paragraph(
            "Room behind an instruction where the interpreter keeps, while the program runs, what it learned when it ran \
            this instruction last. In a file it is empty.",
        );
        let fields = self.pyc.python().opcode(instruction.opcode).map_or(&[][..], |opcode| opcode.caches);
        if let Some(field) = fields.iter().find(|field| field.name == name && !field.doc().is_empty()) {
            card.paragraph(field.doc());
        }
        let value = values::cache_value(&self.pyc, code, offset);
        card.define("value").write(Style::Number, format_args!("{value}"));
        card.define("size").write(Style::Plain, format_args!("{} of 2 bytes", counted(u64::from(size / 2), "unit")));
        let owner = labels::instruction(&self.pyc, code, instruction.offset);
        card.define("belongs to").push_link(Style::Opcode, owner, Item::Instruction(code, instruction.offset));
    }
}

/// An index in a tuple of the code object, as a link to what is there.
fn write_index(value: &mut Styled, tuple: &str, index: u32, there: Option<NodeId>) {
    match there {
        Some(id) => value.push_link(Style::Plain, format!("{tuple}[{index}]"), Item::Object(id)),
        None => value.write(Style::Damage, format_args!("{tuple}[{index}], which is not there")),
    };
}

/// What the bits of an argument below a name's index say.
fn name_bits(operand: Operand, bits: u32) -> &'static str {
    match (operand, bits) {
        (Operand::GlobalName, 1) => "push NULL too, ready for a call",
        (Operand::AttributeName, 1) => "as a method that is called next",
        (Operand::SuperAttributeName, 0) => "super without arguments",
        (Operand::SuperAttributeName, 1) => "as a method that is called next, super without arguments",
        (Operand::SuperAttributeName, 2) => "super with two arguments",
        (Operand::SuperAttributeName, 3) => "as a method that is called next, super with two arguments",
        (Operand::ImportName, 1) => "lazily",
        (Operand::ImportName, 2) => "at once",
        _ => "",
    }
}

/// How the depth of the stack changes: `+2`; `−1, or 0 when it jumps`.
fn write_stack(value: &mut Styled, instruction: &Instruction, opcode: &Opcode) {
    let arg = instruction.arg.unwrap_or(0);
    let jumps = matches!(opcode.flow, Flow::Branch | Flow::Setup | Flow::Jump);
    match (opcode.effect.of(arg, false), opcode.effect.of(arg, true).filter(|_| jumps)) {
        (None, None) => {}
        (Some(next), Some(jump)) if next != jump && opcode.flow != Flow::Jump => {
            write_change(value, next);
            write_change(value.push(Style::Plain, ", or "), jump);
            value.push(Style::Plain, if opcode.flow == Flow::Setup { " in the handler" } else { " when it jumps" });
        }
        (_, Some(jump)) if opcode.flow == Flow::Jump => write_change(value, jump),
        (Some(next), _) => write_change(value, next),
        (None, Some(jump)) => {
            write_change(value, jump);
            value.push(Style::Plain, " when it jumps");
        }
    }
}

fn write_change(value: &mut Styled, change: i64) {
    let sign = match change {
        0 => "",
        1.. => "+",
        _ => "−",
    };
    value.write(Style::Number, format_args!("{sign}{}", change.unsigned_abs()));
}
