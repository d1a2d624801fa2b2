//! Cards of code objects and their fields: what a function is called, takes, imports and holds.

use pycxray::{Code, Field, Instruction, Instructions, Item, Meaning, NodeId, Operands, Role};

use super::{List, words};
use crate::bytecode::subjects;
use crate::file::File;
use crate::number::counted;
use crate::protocol::{Card, Style, Styled};
use crate::text::text_of;
use crate::{labels, values};

/// How many instructions are looked through for imports, and for what uses a constant.
const LOOKED_THROUGH: usize = 50_000;

/// How many things a list in a card names.
const LISTED: usize = 16;

/// `CO_OPTIMIZED`: the body of a function.
const OPTIMIZED: i64 = 0x1;
const GENERATOR: i64 = 0x20;
const COROUTINE: i64 = 0x80;
const ASYNC_GENERATOR: i64 = 0x200;

impl File {
    pub(super) fn code_card(&self, card: &mut Card, id: NodeId) {
        let Some(code) = self.pyc.code(id) else { return };
        let node = self.pyc.tree().node(id);
        card.set_title(&labels::code_name(&self.pyc, id));
        card.write_subtitle(format_args!("code object · {}", node.kind.name()));
        card.paragraph(&self.what_it_is(&code, &card.title));
        if node.role == Role::Recovered {
            card.damage("It was found behind damage: what it refers to that came before is not known.");
        }
        card.define("qualified name").push(Style::Strong, &labels::qualname(&self.pyc, id));
        values::write_parameters(card.define("parameters"), &code);
        if let Some(file) = code.text(Field::Filename) {
            card.define("source file").push(Style::Plain, &text_of(file, 1_000));
        }
        write_lines(card.define("lines"), &code);
        self.write_names(card.define("imports"), id, &["IMPORT_NAME"]);
        if labels::outer_code(&self.pyc, id).is_none() {
            self.write_imports_inside(card.define("imports inside"), id);
        }
        self.write_inner(card.define("defines"), &code);
        self.write_names(card.define("uses"), id, &["LOAD_GLOBAL", "LOAD_NAME"]);
        if let Some(flags) = code.number(Field::Flags) {
            let names = values::flag_names(&self.pyc, flags as u32);
            let value = card.define("flags");
            value.push_link(Style::Number, format!("{flags:#x}"), Item::Number(id, Field::Flags));
            value.write(Style::Muted, format_args!(" {names}"));
        }
        if let Some(bytecode) = code.object(Field::Code) {
            let count = counted(self.pyc.bytecode_index(id).count() as u64, "instruction");
            card.define("bytecode").push_link(Style::Plain, count, Item::Object(bytecode));
        }
        if let Some(size) = code.number(Field::Stacksize) {
            let values = counted(size.max(0) as u64, "value");
            card.define("stack").write(Style::Plain, format_args!("{values} at most"));
        }
    }

    /// What a code object is, in a sentence.
    fn what_it_is(&self, code: &Code<'_>, name: &str) -> String {
        let flags = code.number(Field::Flags).unwrap_or(0);
        let sentence = match name {
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
            _ if flags & ASYNC_GENERATOR != 0 => "An asynchronous generator: async def with yield.",
            _ if flags & COROUTINE != 0 => "A coroutine: async def. Calling it runs nothing yet; awaiting it does.",
            _ if flags & GENERATOR != 0 => {
                "A generator: it contains yield. Calling it runs nothing yet; looping over it does."
            }
            _ => {
                let number = |field| code.number(field).unwrap_or(0);
                let parameters = number(Field::Argcount) + number(Field::Kwonlyargcount);
                return format!("A function of {}.", counted(parameters.max(0) as u64, "parameter"));
            }
        };
        sentence.to_owned()
    }

    /// The code objects directly in this one's constants.
    fn write_inner(&self, value: &mut Styled, code: &Code<'_>) {
        let mut list = List::new(value, LISTED);
        for item in code.items(Field::Consts) {
            if labels::is_code(&self.pyc, item)
                && let Some(value) = list.next()
            {
                value.push_link(Style::Plain, labels::code_name(&self.pyc, item), Item::Object(item));
            }
        }
        list.end();
    }

    /// The names that instructions with one of these names look up or import in a code object, each once, as links to where
    /// that happens first.
    fn write_names(&self, value: &mut Styled, id: NodeId, opnames: &[&str]) {
        let Some(bytecode) = self.bytecode(id) else { return };
        let mut list = List::new(value, LISTED);
        // By their index in `co_names`.
        let mut seen = Vec::new();
        for instruction in bytecode.from(&self.pyc, 0).take(LOOKED_THROUGH) {
            let opcode = self.pyc.python().opcode(instruction.opcode);
            if !opcode.is_some_and(|known| opnames.contains(&known.name)) {
                continue;
            }
            let Meaning::Name { index, name: Some(name), .. } = bytecode.meaning(&self.pyc, &instruction) else {
                continue;
            };
            let index = index as usize;
            if seen.len() <= index {
                seen.resize(index + 1, false);
            }
            if !std::mem::replace(&mut seen[index], true)
                && let Some(value) = list.next()
            {
                value.push_link(Style::Name, self.module_name(name), Item::Instruction(id, instruction.offset));
            }
        }
        list.end();
    }

    /// The name of a module, `.` for the package that the importing one is in.
    fn module_name(&self, name: NodeId) -> String {
        let name = values::name_text(&self.pyc, name);
        if name.is_empty() { ".".to_owned() } else { name }
    }

    /// The modules that the functions and classes of a module import when they run, as links to where that happens.
    fn write_imports_inside(&self, value: &mut Styled, module: NodeId) {
        let python = self.pyc.python();
        let is_import = |number: u8| python.opcode(number).is_some_and(|known| known.name == "IMPORT_NAME");
        // What is in it stands right behind it.
        let (codes, end) = (self.pyc.codes(), self.pyc.tree().behind(module));
        let first = codes.partition_point(|code| code.index() <= module.index());
        let mut list = List::new(value, LISTED);
        let mut left = LOOKED_THROUGH;
        for &id in &codes[first..] {
            if id.index() >= end {
                break;
            }
            let Some(code) = self.pyc.code(id) else { continue };
            let Some(less) = left.checked_sub(code.bytecode().len() / 2 + 1) else { break };
            left = less;
            let mut operands = None;
            for instruction in Instructions::new(code.bytecode(), python) {
                if !is_import(instruction.opcode) {
                    continue;
                }
                let operands = operands.get_or_insert_with(|| Operands::new(&code, 0));
                let Meaning::Name { name: Some(name), .. } = operands.meaning(&self.pyc, &instruction) else {
                    continue;
                };
                if let Some(value) = list.next() {
                    let place = Item::Instruction(id, instruction.offset);
                    value.push_link(Style::Name, self.module_name(name), place);
                    value.write(Style::Muted, format_args!(" in {}", labels::code_name(&self.pyc, id)));
                }
            }
        }
        list.end();
    }

    /// The instructions that use a constant or a name, as links.
    pub(super) fn write_users(&self, value: &mut Styled, id: NodeId) {
        let mut list = List::new(value, LISTED / 2);
        for (code, offset) in self.users(id) {
            if let Some(value) = list.next() {
                let name = labels::instruction(&self.pyc, code, offset);
                value.push_link(Style::Opcode, name, Item::Instruction(code, offset));
            }
        }
        list.end();
    }

    /// The instructions that use a constant or a name, in the code object that has it: each with its offset in the bytecode.
    pub(crate) fn users(&self, id: NodeId) -> impl Iterator<Item = (NodeId, u32)> + '_ {
        let tree = self.pyc.tree();
        let code = tree.parent(id).and_then(|tuple| tree.parent(tuple));
        let code = code.filter(|&code| labels::is_code(&self.pyc, code));
        let bytecode = code.and_then(|code| Some((code, self.bytecode(code)?)));
        bytecode.into_iter().flat_map(move |(code, bytecode)| {
            let uses =
                |instruction: &Instruction| subjects(&bytecode.meaning(&self.pyc, instruction)).contains(&Some(id));
            let instructions = bytecode.from(&self.pyc, 0).take(LOOKED_THROUGH);
            let offsets: Vec<u32> = instructions.filter(uses).map(|instruction| instruction.offset).collect();
            offsets.into_iter().map(move |offset| (code, offset))
        })
    }

    pub(super) fn number_card(&self, card: &mut Card, id: NodeId, field: Field) {
        card.write_subtitle(format_args!("co_{} of {}", field.name(), labels::code_name(&self.pyc, id)));
        card.paragraph(words::field(field));
        let Some(number) = self.pyc.code(id).and_then(|code| code.number(field)) else { return };
        if field != Field::Flags {
            card.define("value").number(number);
            return;
        }
        let flags = number as u32;
        card.define("value").write(Style::Number, format_args!("{flags:#x}"));
        for bit in (0..32).map(|bit| 1_u32 << bit).filter(|bit| flags & bit != 0) {
            match pycxray::code_flags(self.pyc.python()).find(|flag| flag.bit == bit) {
                Some(flag) => card.define(&format!("{bit:#x} CO_{}", flag.name)).prose(flag.doc),
                None => card.define(&format!("{bit:#x}")).push(Style::Damage, "this Python gives it no meaning"),
            };
        }
    }
}

/// The source lines that a code object's bytecode belongs to.
fn write_lines(value: &mut Styled, code: &Code<'_>) {
    let Some(first) = code.number(Field::Firstlineno) else { return };
    let mut last = first;
    for entry in code.line_entries().take(LOOKED_THROUGH) {
        last = last.max(entry.position.line.map_or(first, i64::from));
    }
    value.number(first);
    if last > first {
        value.push(Style::Plain, " to ").number(last);
    }
}
