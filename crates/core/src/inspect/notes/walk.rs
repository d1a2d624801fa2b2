//! The walk through the instructions: dotted names as they are loaded, and what names were bound to.

use std::collections::HashMap;

use super::known::subject;
use super::{Noted, Notes, Subject};
use crate::bytecode::Instruction;
use crate::code::tables::LineIndex;
use crate::code::{Code, Sharing};
use crate::file::Pyc;
use crate::marshal::{Field, NodeId, Value};
use crate::python::{Meaning as Means, Variable};
use crate::text::{Meaning, Operands};

/// Dotted names longer than this, in bytes, are not followed.
const LONGEST: usize = 200;

/// What names are bound to, as far as that is known.
type Bindings = HashMap<String, String>;

/// What is on top of the stack.
#[derive(Clone, Debug, PartialEq, Eq)]
enum Top {
    /// Something else.
    Other,
    /// A value with this dotted name; the instruction that gave it its last part.
    Named(String, u32),
    /// What was taken from a module, which is below it: the dotted name of the module, and its own.
    Taken(String, String),
    /// A module that was imported: its dotted name, and whether names are taken from it.
    Module(String, bool),
}

/// Taking the notes of a file, some code objects at a time, so that whoever does it can do other things between.
#[derive(Debug)]
pub struct NoteTaking {
    notes: Notes,
    /// What names of the module are bound to.
    globals: Bindings,
    sharing: Sharing,
    /// The next code object.
    next: usize,
}

impl NoteTaking {
    /// Nothing is looked at before [`NoteTaking::step`].
    #[must_use]
    pub fn new(pyc: &Pyc) -> Self {
        Self { notes: Notes::default(), globals: Bindings::new(), sharing: Sharing::new(pyc), next: 0 }
    }

    /// Looks at the next code objects: as many as have about so many bytes of bytecode, and one at the least. `true` when all
    /// are looked at.
    pub fn step(&mut self, pyc: &Pyc, bytes: usize) -> bool {
        let mut left = bytes;
        while let Some(&id) = pyc.codes().get(self.next) {
            self.next += 1;
            if let Some(code) = pyc.code(id).filter(|code| self.sharing.admits(code)) {
                Walk { pyc, notes: &mut self.notes, globals: &mut self.globals }.code(&code);
                match left.checked_sub(code.bytecode().len()) {
                    Some(less) => left = less,
                    None => break,
                }
            }
        }
        self.next >= pyc.codes().len()
    }

    /// What was noted.
    #[must_use]
    pub fn finish(self) -> Notes {
        self.notes
    }
}

struct Walk<'p> {
    pyc: &'p Pyc,
    notes: &'p mut Notes,
    globals: &'p mut Bindings,
}

impl Walk<'_> {
    fn code(&mut self, code: &Code<'_>) {
        // What a class or function binds is its own.
        let is_module = code.number(Field::Flags).unwrap_or(0) & 1 == 0 && code.text(Field::Name) == Some(b"<module>")
            || self.pyc.codes().first() == Some(&code.id());
        let mut locals = Bindings::new();
        let (operands, mut lines) = (Operands::new(code, 0), None);
        let (mut top, mut constant) = (Top::Other, None);
        for instruction in code.instructions() {
            let Some(opcode) = code.python().opcode(instruction.opcode) else { continue };
            if matches!(opcode.meaning, Means::Nothing | Means::PushNull) {
                continue;
            }
            let meaning = operands.meaning(self.pyc, &instruction);
            let found = self.follow(&top, opcode.meaning, meaning, &instruction, constant, &locals);
            // A dotted name that goes on is not told before its end.
            let goes_on = matches!((&top, &found), (Top::Named(..), Top::Named(..)))
                && matches!(opcode.meaning, Means::LoadAttr | Means::LoadMethod);
            if let Top::Named(name, offset) = &top
                && !goes_on
                && let Some(about) = subject(name)
            {
                self.tell(code, &mut lines, name, about, *offset, false);
            }
            if let (Means::Store(place), Some(name)) = (opcode.meaning, self.name(meaning)) {
                let is_global = is_module || place == Variable::Global;
                bind(if is_global { self.globals } else { &mut locals }, name, &top);
            }
            // Two in one (3.13+): the first is stored, or the second is what is loaded.
            let found = match (opcode.meaning, meaning) {
                (Means::StoreAndLoad, Meaning::Variables { names: [stored, loaded], .. }) => {
                    if let Some(name) = stored.and_then(|id| self.text(id)) {
                        bind(&mut locals, name, &top);
                    }
                    self.local(loaded, &locals, instruction.offset)
                }
                (Means::LoadPair, Meaning::Variables { names: [_, loaded], .. }) => {
                    self.local(loaded, &locals, instruction.offset)
                }
                (Means::StorePair, Meaning::Variables { names, .. }) => {
                    for (name, value) in names.into_iter().zip([&top, &Top::Other]) {
                        if let Some(name) = name.and_then(|id| self.text(id)) {
                            bind(&mut locals, name, value);
                        }
                    }
                    Top::Other
                }
                _ => found,
            };
            if let (Means::ImportName, Top::Module(name, _)) = (opcode.meaning, &found) {
                let about = subject(name).or_else(|| subject(&format!("{name}."))).unwrap_or(Subject::Module);
                self.tell(code, &mut lines, &name.clone(), about, instruction.offset, true);
            }
            // Up to the names taken from it, a module stays where it is.
            top = match (found, top) {
                (Top::Other, Top::Taken(module, _)) if matches!(opcode.meaning, Means::Store(_)) => {
                    Top::Module(module, true)
                }
                (found, _) => found,
            };
            constant = match meaning {
                Meaning::Const { value, .. } => value,
                _ => None,
            };
        }
        if let Top::Named(name, offset) = &top
            && let Some(about) = subject(name)
        {
            self.tell(code, &mut lines, &name.clone(), about, *offset, false);
        }
    }

    /// What is on top of the stack behind an instruction.
    fn follow(
        &self,
        top: &Top,
        means: Means,
        meaning: Meaning,
        instruction: &Instruction,
        constant: Option<NodeId>,
        locals: &Bindings,
    ) -> Top {
        let Some(name) = self.name(meaning) else { return Top::Other };
        let named =
            |name: String| if name.len() <= LONGEST { Top::Named(name, instruction.offset) } else { Top::Other };
        match (means, top) {
            (Means::Load(place), _) => {
                let global = || self.globals.get(&name).filter(|_| matches!(place, Variable::Global | Variable::Name));
                match locals.get(&name).or_else(global) {
                    Some(value) => named(value.clone()),
                    // A local variable that nothing is known of is no function of that name.
                    None if matches!(place, Variable::Fast | Variable::Cell) => Top::Other,
                    None => named(name),
                }
            }
            (Means::LoadAttr | Means::LoadMethod, Top::Named(value, _)) => named(format!("{value}.{name}")),
            (Means::ImportName, _) if name.len() <= LONGEST => {
                let takes_names =
                    constant.is_some_and(|id| self.pyc.value(self.pyc.tree().resolve(id)) == Value::Container);
                Top::Module(name, takes_names)
            }
            (Means::ImportFrom, Top::Module(module, true)) => Top::Taken(module.clone(), format!("{module}.{name}")),
            // `import a.b as c` takes `b` from `a.b`.
            (Means::ImportFrom, Top::Module(module, false)) => Top::Module(module.clone(), false),
            _ => Top::Other,
        }
    }

    /// What a local variable is bound to.
    fn local(&self, name: Option<NodeId>, locals: &Bindings, offset: u32) -> Top {
        let value = name.and_then(|id| self.text(id)).and_then(|name| locals.get(&name));
        value.map_or(Top::Other, |value| Top::Named(value.clone(), offset))
    }

    /// The name that an argument stands for.
    fn name(&self, meaning: Meaning) -> Option<String> {
        let id = match meaning {
            Meaning::Name { name, .. } | Meaning::Variable { name, .. } => name?,
            _ => return None,
        };
        self.text(id)
    }

    fn text(&self, id: NodeId) -> Option<String> {
        // Not even looked at if it is long: each instruction may refer to it.
        let text = self.pyc.text(id).filter(|text| text.len() <= LONGEST)?;
        std::str::from_utf8(text).ok().map(str::to_owned)
    }

    fn tell(
        &mut self,
        code: &Code<'_>,
        lines: &mut Option<LineIndex>,
        name: &str,
        subject: Subject,
        offset: u32,
        is_import: bool,
    ) {
        let lines = lines.get_or_insert_with(|| LineIndex::new(code));
        let line = lines.position(&code.line_entries(), offset).line;
        self.notes.keep(Noted { name: name.to_owned(), subject, code: code.id(), offset, line }, is_import);
    }
}

/// Binds a name to what is on top of the stack.
fn bind(bindings: &mut Bindings, name: String, top: &Top) {
    match bound(top, &name) {
        Some(value) => bindings.insert(name, value),
        None => bindings.remove(&name),
    };
}

/// What a name is bound to by storing what is on top of the stack.
fn bound(top: &Top, name: &str) -> Option<String> {
    match top {
        Top::Other => None,
        Top::Named(value, _) | Top::Taken(_, value) => Some(value.clone()),
        // `import a.b` binds `a`.
        Top::Module(module, _) if module.split('.').next() == Some(name) => Some(name.to_owned()),
        Top::Module(module, _) => Some(module.clone()),
    }
}
