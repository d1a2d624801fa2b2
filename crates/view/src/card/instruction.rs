//! Cards of instructions and of their caches.

use pycxray::python::{Flow, InstructionLayout, Opcode, Operand};
use pycxray::{Instruction, Item, Meaning, NodeId};

use super::{Card, words};
use crate::bytecode::Bytecode;
use crate::number::counted;
use crate::{Document, Ink, Styled, labels, summary, values};

/// How many instructions a list of them names.
const LISTED: usize = 8;

impl Document {
    pub(super) fn instruction_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(bytecode) = self.bytecodes.get(&self.pyc, code) else { return };
        let Some((position, instruction)) = bytecode.at(&self.pyc, offset) else { return };
        let number = instruction.opcode;
        card.title = labels::opname(&self.pyc, number);
        card.subtitle = format!("opcode {number} · {number:#04x}");
        let Some(opcode) = self.pyc.python().opcode(number) else {
            let python = summary::python_name(self.pyc.python());
            card.text.push(Styled::plain(format!("{python} has no opcode {number}: running this would fail.")));
            self.define_place(card, &bytecode, &instruction);
            return;
        };
        card.text.push(Styled::prose(opcode.doc));
        if let Some(plain) = opcode.form_of {
            card.text.push(Styled::prose(&format!(
                "It is a form of `{plain}` that the interpreter puts in its place while a program runs. No compiler writes it."
            )));
        }
        if instruction.is_cut {
            card.text.push(Styled::of(Ink::Damage, "The bytecode ends inside this instruction."));
        }
        self.define_argument(card, &bytecode, position, &instruction, opcode);
        card.define("stack", stack(&instruction, opcode));
        card.define("then", self.flow(&bytecode, &instruction, opcode));
        self.define_place(card, &bytecode, &instruction);
        self.define_caches(card, code, &instruction, opcode);
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
                card.define("argument", Styled::of(Ink::Muted, "none: the second byte says nothing"));
            }
            return;
        };
        let mut value = Styled::of(Ink::Number, arg.to_string());
        // The sentence above calls it so.
        if opcode.doc.split(|c: char| !c.is_alphanumeric()).any(|word| word == "N") {
            value = Styled::plain("N = ").and(value);
        }
        let meaning = self.argument_meaning(bytecode, instruction, opcode, arg);
        if !meaning.is_empty() {
            value = value.with(Ink::Muted, " → ").and(meaning);
        }
        card.define("argument", value);
        // The instructions just before may hold its higher bits.
        let extends = |before: &Instruction| {
            self.pyc.python().opcode(before.opcode).is_some_and(|known| known.operand == Operand::Extended)
        };
        if opcode.operand != Operand::Extended
            && let Some(before) = position.checked_sub(1).and_then(|at| bytecode.from(&self.pyc, at).next())
            && extends(&before)
        {
            let link = labels::instruction(&self.pyc, bytecode.code, before.offset);
            let value = Styled::plain("higher bits from ").with_link(
                Ink::Opcode,
                link,
                Item::Instruction(bytecode.code, before.offset),
            );
            card.define("extended", value);
        }
    }

    /// What an argument means, part by part, with links.
    fn argument_meaning(&self, bytecode: &Bytecode, instruction: &Instruction, opcode: &Opcode, arg: u32) -> Styled {
        let pyc = &self.pyc;
        let missing = |place: String| Styled::of(Ink::Damage, format!("{place}, which is not there"));
        match bytecode.meaning(pyc, instruction) {
            Meaning::Const { index, value: Some(value) } => Styled::default()
                .with_link(Ink::Plain, format!("co_consts[{index}]"), Item::Object(value))
                .with(Ink::Plain, " ")
                .and(values::of(pyc, Item::Object(value), values::ROW).value),
            Meaning::Const { index, value: None } => missing(format!("co_consts[{index}]")),
            Meaning::Name { index, name, bits } => {
                let Some(name) = name else { return missing(format!("co_names[{index}]")) };
                let text = Styled::default()
                    .with_link(Ink::Plain, format!("co_names[{index}]"), Item::Object(name))
                    .with(Ink::Plain, " ")
                    .with(Ink::Name, values::name_text(pyc, name));
                match name_bits(opcode.operand, bits) {
                    "" => text,
                    words => text.with(Ink::Plain, format!(", {words}")),
                }
            }
            Meaning::Variable { index, name: None } if !bytecode.names_variables(pyc) => {
                Styled::plain(format!("local variable {index}, whose name is not kept"))
            }
            Meaning::Variable { index, name } => {
                let Some(name) = name else { return missing(format!("variable {index}")) };
                let what = self.variable_word(name, opcode.operand);
                Styled::plain(format!("{what} ")).with_link(Ink::Name, values::name_text(pyc, name), Item::Object(name))
            }
            Meaning::Variables { indexes, names } => {
                let mut text = Styled::default();
                for (at, (index, name)) in indexes.into_iter().zip(names).enumerate() {
                    text.push(Ink::Plain, if at > 0 { ", then local variable " } else { "local variable " });
                    text = match name {
                        Some(name) => text.with_link(Ink::Name, values::name_text(pyc, name), Item::Object(name)),
                        None => text.and(missing(index.to_string())),
                    };
                }
                text
            }
            Meaning::Target(Some(target)) => {
                let distance = i64::from(target) - i64::from(instruction.offset);
                let way = if distance < 0 { "back" } else { "on" };
                let bytes = counted(distance.unsigned_abs(), "byte");
                self.instruction_link(bytecode, target).with(Ink::Muted, format!(" ({bytes} {way})"))
            }
            Meaning::Target(None) => Styled::of(Ink::Damage, "before the start of the bytecode"),
            Meaning::Word(Some(word)) => Styled::of(Ink::Code, word),
            Meaning::Word(None) => Styled::of(Ink::Damage, "nothing that this Python knows"),
            Meaning::Packed(_) => Styled::plain(words::packed(opcode.operand, arg)),
            Meaning::Nothing | Meaning::Number(_) => Styled::default(),
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

    /// An instruction, named and linked.
    fn instruction_link(&self, bytecode: &Bytecode, offset: u32) -> Styled {
        match bytecode.at(&self.pyc, offset) {
            Some((_, there)) if there.offset == offset => {
                let name = labels::instruction(&self.pyc, bytecode.code, offset);
                Styled::default().with_link(Ink::Jump, name, Item::Instruction(bytecode.code, offset))
            }
            Some(_) => Styled::of(Ink::Damage, format!("{offset}, inside an instruction")),
            None => Styled::of(Ink::Damage, format!("{offset}, outside of the bytecode")),
        }
    }

    /// Where execution goes on, where that is not simply the next instruction.
    fn flow(&self, bytecode: &Bytecode, instruction: &Instruction, opcode: &Opcode) -> Styled {
        let target = instruction.target(self.pyc.python()).map(|target| self.instruction_link(bytecode, target));
        let target = target.unwrap_or_else(|| Styled::of(Ink::Damage, "nowhere"));
        match opcode.flow {
            Flow::Next => Styled::default(),
            Flow::Jump => Styled::plain("always goes on at ").and(target),
            Flow::Branch => Styled::plain("goes on at the next instruction or at ").and(target),
            Flow::Setup => Styled::plain("goes on at the next instruction; an exception leads to ").and(target),
            Flow::End => Styled::plain("leaves this code"),
        }
    }

    /// Where an instruction stands: in the source, among jumps and handlers.
    fn define_place(&self, card: &mut Card, bytecode: &Bytecode, instruction: &Instruction) {
        let position = bytecode.position(&self.pyc, instruction.offset);
        if position.line.is_some() {
            card.define("source", values::source_position(&position));
        } else if self.pyc.python().format.lines != pycxray::python::LineTable::None {
            card.define("source", Styled::of(Ink::Muted, "no line: the compiler made it up"));
        }
        let mut sources = bytecode.jumps_to(&self.pyc, instruction.offset);
        let mut from = Styled::default();
        for jump in sources.by_ref().take(LISTED) {
            if !from.is_empty() {
                from.push(Ink::Plain, ", ");
            }
            from = from.and(self.instruction_link(bytecode, jump.from));
        }
        if sources.len() > 0 {
            from.push(Ink::Muted, format!(" and {} more", sources.len()));
        }
        card.define("reached from", from);
        let entry_at = |offset| values::exception_entry_at(&self.pyc, bytecode.code, offset);
        let mut handles = Styled::default();
        for entry in bytecode.guards.handled_at(instruction.offset).take(LISTED).filter_map(entry_at) {
            handles.push(Ink::Plain, if handles.is_empty() { "exceptions raised in " } else { ", " });
            let link = Item::Exception(bytecode.code, entry.offset);
            handles = handles.with_link(Ink::Jump, format!("{} to {}", entry.start, entry.end), link);
        }
        card.define("handles", handles);
        if let Some(entry) = bytecode.guards.innermost_at(instruction.offset).and_then(entry_at) {
            let value = Styled::plain("an exception here leads to ").and(self.instruction_link(bytecode, entry.target));
            card.define("guarded", value);
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
                value.push(Ink::Muted, " · ");
            }
            let name = labels::cache(&self.pyc, code, offset).map_or("cache", |(name, _)| name);
            let number = values::cache_value(&self.pyc, code, offset);
            value = value.with_link(Ink::Plain, name, cache).with(Ink::Number, format!(" {number}"));
            card.parts.push(self.part(cache));
        }
        card.define("inline cache", value);
    }

    pub(super) fn cache_card(&self, card: &mut Card, code: NodeId, offset: u32) {
        let Some(instruction) = self.pyc.instruction_at(code, offset) else { return };
        let Some((name, size)) = labels::cache(&self.pyc, code, offset) else { return };
        card.title = name.to_owned();
        card.subtitle = format!("inline cache of {}", labels::opname(&self.pyc, instruction.opcode));
        card.text.push(Styled::plain(
            "Room behind an instruction where the interpreter keeps, while the program runs, what it learned when it ran \
            this instruction last. In a file it is empty.",
        ));
        let fields = self.pyc.python().opcode(instruction.opcode).map_or(&[][..], |opcode| opcode.caches);
        if let Some(field) = fields.iter().find(|field| field.name == name && !field.doc().is_empty()) {
            card.text.push(Styled::prose(field.doc()));
        }
        card.define("value", Styled::of(Ink::Number, values::cache_value(&self.pyc, code, offset).to_string()));
        card.define("size", Styled::plain(format!("{} of 2 bytes", counted(u64::from(size / 2), "unit"))));
        let owner = labels::instruction(&self.pyc, code, instruction.offset);
        let link = Item::Instruction(code, instruction.offset);
        card.define("belongs to", Styled::default().with_link(Ink::Opcode, owner, link));
    }
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
fn stack(instruction: &Instruction, opcode: &Opcode) -> Styled {
    let signed = |change: i64| match change {
        0 => "0".to_owned(),
        1.. => format!("+{change}"),
        _ => format!("−{}", change.unsigned_abs()),
    };
    let arg = instruction.arg.unwrap_or(0);
    let jumps = matches!(opcode.flow, Flow::Branch | Flow::Setup | Flow::Jump);
    match (opcode.effect.of(arg, false), opcode.effect.of(arg, true).filter(|_| jumps)) {
        (None, None) => Styled::default(),
        (Some(next), Some(jump)) if next != jump && opcode.flow != Flow::Jump => {
            let when = if opcode.flow == Flow::Setup { "in the handler" } else { "when it jumps" };
            Styled::of(Ink::Number, signed(next))
                .with(Ink::Plain, ", or ")
                .with(Ink::Number, signed(jump))
                .with(Ink::Plain, format!(" {when}"))
        }
        (_, Some(jump)) if opcode.flow == Flow::Jump => Styled::of(Ink::Number, signed(jump)),
        (Some(next), _) => Styled::of(Ink::Number, signed(next)),
        (None, Some(jump)) => Styled::of(Ink::Number, signed(jump)).with(Ink::Plain, " when it jumps"),
    }
}
