//! Cards of code objects and their fields: what a function is called, takes, imports and holds.

use std::collections::HashSet;

use pycxray::{Code, Field, Instructions, Item, Meaning, NodeId, Operands, Role};

use super::{Card, words};
use crate::number::counted;
use crate::safe::text_of;
use crate::{Document, Ink, Styled, labels, values};

/// How many instructions are looked through for imports, and for what uses a constant.
const LOOKED_THROUGH: usize = 50_000;

/// How many things a list in a card names.
const LISTED: usize = 16;

/// `CO_OPTIMIZED`: the body of a function.
const OPTIMIZED: i64 = 0x1;
const GENERATOR: i64 = 0x20;
const COROUTINE: i64 = 0x80;
const ASYNC_GENERATOR: i64 = 0x200;

impl Document {
    pub(super) fn code_card(&self, card: &mut Card, id: NodeId) {
        let Some(code) = self.pyc.code(id) else { return };
        let name = labels::code_name(&self.pyc, id);
        card.subtitle = format!("code object · {}", self.pyc.tree().node(id).kind.name());
        card.text.push(Styled::plain(self.what_it_is(&code, &name)));
        let signature = values::parameters(&code);
        card.title = name;
        if self.pyc.tree().node(id).role == Role::Recovered {
            card.text.push(Styled::of(
                Ink::Damage,
                "It was found behind damage: what it refers to that came before is not known.",
            ));
        }
        card.define("qualified name", Styled::of(Ink::Strong, labels::qualname(&self.pyc, id)));
        card.define("parameters", signature);
        if let Some(file) = code.text(Field::Filename) {
            card.define("source file", Styled::plain(text_of(file, 1_000)));
        }
        card.define("lines", lines(&code));
        let (imports, uses) = self.imports(id);
        card.define("imports", imports);
        if labels::outer_code(&self.pyc, id).is_none() {
            card.define("imports inside", self.imports_inside(id));
        }
        card.define("defines", self.defines(id));
        card.define("uses", uses);
        if let Some(flags) = code.number(Field::Flags) {
            let names = values::flag_names(&self.pyc, flags as u32).join(" | ");
            let names = if names.is_empty() { "none".to_owned() } else { names };
            let value = Styled::default().with_link(Ink::Number, format!("{flags:#x}"), Item::Number(id, Field::Flags));
            card.define("flags", value.with(Ink::Muted, format!(" {names}")));
        }
        if let Some(bytecode) = code.object(Field::Code) {
            let count = counted(self.pyc.bytecode_index(id).count() as u64, "instruction");
            card.define("bytecode", Styled::default().with_link(Ink::Plain, count, Item::Object(bytecode)));
        }
        if let Some(size) = code.number(Field::Stacksize) {
            card.define("stack", Styled::plain(format!("{} at most", counted(size.max(0) as u64, "value"))));
        }
    }

    /// What a code object is, in a sentence.
    fn what_it_is(&self, code: &Code<'_>, name: &str) -> String {
        let flags = code.number(Field::Flags).unwrap_or(0);
        let inner = matches!(name, "<listcomp>" | "<setcomp>" | "<dictcomp>" | "<genexpr>" | "<lambda>");
        let parameters = code.number(Field::Argcount).unwrap_or(0) + code.number(Field::Kwonlyargcount).unwrap_or(0);
        let kind = match name {
            "<listcomp>" => "A list comprehension: it runs as a function of its own, which takes what it loops over.",
            "<setcomp>" => "A set comprehension: it runs as a function of its own, which takes what it loops over.",
            "<dictcomp>" => "A dict comprehension: it runs as a function of its own, which takes what it loops over.",
            "<genexpr>" => "A generator expression: it runs as a generator of its own, which takes what it loops over.",
            "<lambda>" => "A lambda: a function without a name, whose body is one expression.",
            "__annotate__" => "It works out annotations when they are asked for (PEP 649).",
            _ if labels::outer_code(&self.pyc, code.id()).is_none() && flags & OPTIMIZED == 0 => {
                "The body of the module: it runs once, when the module is imported, and defines all that is in it."
            }
            _ if flags & OPTIMIZED == 0 => {
                "The body of a class: it runs once, when the class is defined, and what it assigns becomes the class's attributes."
            }
            _ if flags & ASYNC_GENERATOR != 0 => "An asynchronous generator: `async def` with `yield`.",
            _ if flags & COROUTINE != 0 => "A coroutine: `async def`. Calling it runs nothing yet; awaiting it does.",
            _ if flags & GENERATOR != 0 => {
                "A generator: it contains `yield`. Calling it runs nothing yet; looping over it does."
            }
            _ => "A function.",
        };
        if inner || kind != "A function." {
            return kind.replace('`', "");
        }
        format!("A function of {}.", counted(parameters.max(0) as u64, "parameter"))
    }

    /// The code objects directly in this one's constants.
    fn defines(&self, id: NodeId) -> Styled {
        let Some(code) = self.pyc.code(id) else { return Styled::default() };
        let inner = code.items(Field::Consts).filter(|&item| self.pyc.tree().node(item).kind.is_code());
        let mut value = Styled::default();
        let mut count = 0;
        for item in inner {
            count += 1;
            if count <= LISTED {
                if count > 1 {
                    value.push(Ink::Plain, ", ");
                }
                value = value.with_link(Ink::Plain, labels::code_name(&self.pyc, item), Item::Object(item));
            }
        }
        if count > LISTED {
            value.push(Ink::Muted, format!(" and {} more", count - LISTED));
        }
        value
    }

    /// The modules that a code object imports, and the globals that it looks up, as links to where that happens.
    fn imports(&self, id: NodeId) -> (Styled, Styled) {
        let Some(bytecode) = self.bytecodes.get(&self.pyc, id) else { return Default::default() };
        let mut lists = [Styled::default(), Styled::default()];
        let mut seen = [HashSet::new(), HashSet::new()];
        for instruction in bytecode.from(&self.pyc, 0).take(LOOKED_THROUGH) {
            let opname = self.pyc.python().opcode(instruction.opcode).map_or("", |known| known.name);
            let list = match opname {
                "IMPORT_NAME" => 0,
                "LOAD_GLOBAL" | "LOAD_NAME" => 1,
                _ => continue,
            };
            let Meaning::Name { name: Some(name), .. } = bytecode.meaning(&self.pyc, &instruction) else {
                continue;
            };
            if !seen[list].insert(name) || seen[list].len() > LISTED {
                continue;
            }
            let mut text = std::mem::take(&mut lists[list]);
            if !text.is_empty() {
                text.push(Ink::Plain, ", ");
            }
            let to = Item::Instruction(id, instruction.offset);
            lists[list] = text.with_link(Ink::Name, self.module_name(name), to);
        }
        for (list, seen) in lists.iter_mut().zip(seen) {
            if seen.len() > LISTED {
                list.push(Ink::Muted, format!(" and {} more", seen.len() - LISTED));
            }
        }
        lists.into()
    }

    /// The name of a module, `.` for the package that the importing one is in.
    fn module_name(&self, name: NodeId) -> String {
        let name = values::name_text(&self.pyc, name);
        if name.is_empty() { ".".to_owned() } else { name }
    }

    /// The modules that the functions and classes of a module import when they run, as links to where that happens.
    fn imports_inside(&self, module: NodeId) -> Styled {
        let python = self.pyc.python();
        let is_import = |number: u8| python.opcode(number).is_some_and(|known| known.name == "IMPORT_NAME");
        // What is in it stands right behind it.
        let (codes, end) = (self.pyc.codes(), self.pyc.tree().behind(module));
        let first = codes.partition_point(|code| code.index() <= module.index());
        let inner = codes[first..].iter().copied().take_while(|code| code.index() < end);
        let (mut value, mut count, mut left) = (Styled::default(), 0, LOOKED_THROUGH);
        for id in inner {
            let Some(code) = self.pyc.code(id) else { continue };
            let Some(less) = left.checked_sub(code.bytecode().len() / 2 + 1) else { break };
            left = less;
            let mut operands = None;
            let instructions = Instructions::new(code.bytecode(), python);
            for instruction in instructions.filter(|instruction| is_import(instruction.opcode)) {
                let operands = operands.get_or_insert_with(|| Operands::new(&code, 0));
                let Meaning::Name { name: Some(name), .. } = operands.meaning(&self.pyc, &instruction) else {
                    continue;
                };
                count += 1;
                if count > LISTED {
                    continue;
                }
                if count > 1 {
                    value.push(Ink::Plain, ", ");
                }
                let to = Item::Instruction(id, instruction.offset);
                let place = format!(" in {}", labels::code_name(&self.pyc, id));
                value = value.with_link(Ink::Name, self.module_name(name), to).with(Ink::Muted, place);
            }
        }
        if count > LISTED {
            value.push(Ink::Muted, format!(" and {} more", count - LISTED));
        }
        value
    }

    /// The instructions that use a constant or a name, as links.
    pub(super) fn used_by(&self, id: NodeId) -> Styled {
        let Some(tuple) = self.pyc.tree().parent(id) else { return Styled::default() };
        let Some(code) = self.pyc.tree().parent(tuple).filter(|&code| self.pyc.tree().node(code).kind.is_code()) else {
            return Styled::default();
        };
        let Some(bytecode) = self.bytecodes.get(&self.pyc, code) else { return Styled::default() };
        let mut value = Styled::default();
        let mut count = 0;
        for instruction in bytecode.from(&self.pyc, 0).take(LOOKED_THROUGH) {
            let uses = match bytecode.meaning(&self.pyc, &instruction) {
                Meaning::Const { value, .. } => value == Some(id),
                Meaning::Name { name, .. } | Meaning::Variable { name, .. } => name == Some(id),
                Meaning::Variables { names, .. } => names.contains(&Some(id)),
                _ => false,
            };
            if uses {
                count += 1;
                if count <= LISTED / 2 {
                    if count > 1 {
                        value.push(Ink::Plain, ", ");
                    }
                    let name = labels::instruction(&self.pyc, code, instruction.offset);
                    value = value.with_link(Ink::Opcode, name, Item::Instruction(code, instruction.offset));
                }
            }
        }
        if count > LISTED / 2 {
            value.push(Ink::Muted, format!(" and {} more", count - LISTED / 2));
        }
        value
    }

    pub(super) fn number_card(&self, card: &mut Card, id: NodeId, field: Field) {
        card.subtitle = format!("co_{} of {}", field.name(), labels::code_name(&self.pyc, id));
        card.text.push(Styled::prose(words::field(field)));
        let Some(number) = self.pyc.code(id).and_then(|code| code.number(field)) else { return };
        if field != Field::Flags {
            card.define("value", Styled::of(Ink::Number, number.to_string()));
            return;
        }
        let flags = number as u32;
        card.define("value", Styled::of(Ink::Number, format!("{flags:#x}")));
        for bit in (0..32).map(|bit| 1_u32 << bit).filter(|bit| flags & bit != 0) {
            match pycxray::code_flags(self.pyc.python()).find(|flag| flag.bit == bit) {
                Some(flag) => card.define(&format!("{bit:#x} CO_{}", flag.name), Styled::prose(flag.doc)),
                None => card.define(&format!("{bit:#x}"), Styled::of(Ink::Damage, "this Python gives it no meaning")),
            }
        }
    }
}

/// The source lines that a code object's bytecode belongs to.
fn lines(code: &Code<'_>) -> Styled {
    let Some(first) = code.number(Field::Firstlineno) else { return Styled::default() };
    let entries = code.line_entries().take(LOOKED_THROUGH);
    let last = entries.filter_map(|entry| entry.position.line).map(i64::from).max().unwrap_or(first).max(first);
    if last == first {
        return Styled::of(Ink::Number, first.to_string());
    }
    Styled::of(Ink::Number, first.to_string()).with(Ink::Plain, " to ").with(Ink::Number, last.to_string())
}
