//! What is known of a code object besides its bytecode.

mod compiler;
mod damage;
mod learn;
mod private;
mod read;

pub use crate::constant::CodeId;
pub use compiler::{Compiler, Patterns};
pub use private::mangled;
pub(crate) use read::qualname;

use std::collections::HashSet;
use std::rc::Rc;

use pycxray::Version;

use crate::constant::{Constant, Name};

/// What a code object is the body of, as told by its flags and its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum UnitKind {
    /// A module, or what `exec` is given.
    Module,
    /// What is typed at the prompt: expressions are shown.
    Interactive,
    /// What `eval` is given: one expression.
    Expression,
    /// `def` or `async def`.
    Function,
    /// `lambda`.
    Lambda,
    /// `class`.
    Class,
    /// `[… for …]` (own code object up to 3.11, and since then in class bodies).
    ListComp,
    /// `{… for …}`
    SetComp,
    /// `{…: … for …}`
    DictComp,
    /// `(… for …)`
    GeneratorExp,
    /// The scope that holds the type parameters of a function or class: `<generic parameters of f>` (3.12+).
    TypeParameters,
    /// Evaluated when asked for: the value of a `type` statement, the bound or default of a type parameter (3.12+).
    TypeValue,
    /// Annotations evaluated when asked for: `__annotate__` (3.14+).
    Annotate,
}

impl UnitKind {
    /// Whether its names are those of a module.
    #[must_use]
    pub fn is_module(self) -> bool {
        matches!(self, Self::Module | Self::Interactive | Self::Expression)
    }

    /// Whether it is a comprehension or generator expression.
    #[must_use]
    pub fn is_comprehension(self) -> bool {
        matches!(self, Self::ListComp | Self::SetComp | Self::DictComp | Self::GeneratorExp)
    }
}

/// All code objects of a file.
#[derive(Clone, Debug)]
pub struct Units {
    /// The Python that wrote them.
    pub version: Version,
    /// What their compiler does in its own way.
    pub compiler: Compiler,
    /// Each, by its [`CodeId`].
    pub units: Vec<Unit>,
}

impl Units {
    /// The code object of this number.
    ///
    /// # Panics
    /// If it is one of another file.
    #[must_use]
    pub fn get(&self, id: CodeId) -> &Unit {
        &self.units[id.0 as usize]
    }

    /// Whether the version is this one or a later one.
    #[must_use]
    pub fn since(&self, major: u8, minor: u8) -> bool {
        self.version >= Version::new(major, minor)
    }

    /// Whether its compiler does what CPython's does since this version of Python 3.
    #[must_use]
    pub fn compiles_since(&self, minor: u8) -> bool {
        self.compiler.like.unwrap_or(self.version) >= Version::new(3, minor)
    }
}

/// A code object without its bytecode.
#[derive(Clone, Debug)]
pub struct Unit {
    /// Which it is.
    pub id: CodeId,
    /// What it is the body of.
    pub kind: UnitKind,
    /// The code object in whose constants it stands.
    pub parent: Option<CodeId>,
    /// The name of the innermost class around it or of itself, which private names (`__x`) are mangled with; of type parameters of a class,
    /// that class.
    pub class: Option<Name>,
    /// The names that are mangled with it, where others are not: in what belongs to the type parameters of a class.
    pub mangled_alone: Option<Rc<[Name]>>,
    /// `co_name`.
    pub name: Name,
    /// `co_qualname`, as the file has it (3.11+), or as the compiler would have made it.
    pub qualname: Name,
    /// `co_argcount`: positional parameters, those before `/` among them.
    pub argcount: u32,
    /// `co_posonlyargcount`.
    pub posonlyargcount: u32,
    /// `co_kwonlyargcount`.
    pub kwonlyargcount: u32,
    /// `co_flags`.
    pub flags: u32,
    /// `co_firstlineno`.
    pub firstlineno: u32,
    /// The size of `co_code`, in bytes: code that nothing leads to is counted.
    pub code_size: u32,
    /// `co_varnames`: parameters (positional, keyword-only, `*args`, `**kwargs`), then other local variables.
    pub varnames: Vec<Name>,
    /// `co_cellvars`.
    pub cellvars: Vec<Name>,
    /// `co_freevars`.
    pub freevars: Vec<Name>,
    /// `co_names`.
    pub names: Vec<Name>,
    /// What a class body binds `__static_attributes__` to (3.13+): names in an order that only the compiler's run knew.
    pub static_attributes: Option<Constant>,
    /// The variables of a function, which functions inside see. What comprehensions borrow that are inlined is not among them.
    pub seen_inside: HashSet<Name>,
    /// `co_consts`. Those that cannot be read are `None`.
    pub consts: Vec<Option<Constant>>,
    /// What is damaged in it, so that no interpreter would run it as it is read here.
    pub damage: Option<String>,
    /// Whether nothing of it was read, since code objects share so much that all of it comes to far more than the file.
    pub is_left_out: bool,
}

impl Unit {
    /// `CO_VARARGS`: there is a `*args`.
    pub const VARARGS: u32 = 0x04;
    /// `CO_VARKEYWORDS`: there is a `**kwargs`.
    pub const VARKEYWORDS: u32 = 0x08;
    /// `CO_GENERATOR`.
    pub const GENERATOR: u32 = 0x20;
    /// `CO_COROUTINE`.
    pub const COROUTINE: u32 = 0x80;
    /// `CO_ASYNC_GENERATOR`.
    pub const ASYNC_GENERATOR: u32 = 0x200;
    /// `CO_OPTIMIZED`: local variables are numbered.
    pub const OPTIMIZED: u32 = 0x01;
    /// `CO_FUTURE_DIVISION` (Python 2).
    pub const FUTURE_DIVISION: u32 = 0x2000;
    /// `CO_FUTURE_ABSOLUTE_IMPORT` (Python 2).
    pub const FUTURE_ABSOLUTE_IMPORT: u32 = 0x4000;
    /// `CO_FUTURE_PRINT_FUNCTION` (Python 2).
    pub const FUTURE_PRINT_FUNCTION: u32 = 0x1_0000;
    /// `CO_FUTURE_UNICODE_LITERALS` (Python 2).
    pub const FUTURE_UNICODE_LITERALS: u32 = 0x2_0000;
    /// `CO_FUTURE_ANNOTATIONS` since 3.8.2 (`Include/cpython/code.h`).
    pub const FUTURE_ANNOTATIONS: u32 = 0x100_0000;
    /// The same up to 3.8.1.
    pub const FUTURE_ANNOTATIONS_3_8: u32 = 0x10_0000;
    /// `CO_HAS_DOCSTRING` (3.14+).
    pub const HAS_DOCSTRING: u32 = 0x400_0000;

    /// One of which nothing is known.
    fn left_out(id: CodeId, around: Option<&Self>) -> Self {
        Self {
            id,
            kind: UnitKind::Function,
            parent: around.map(|unit| unit.id),
            class: None,
            mangled_alone: None,
            name: "left_out".into(),
            qualname: "left_out".into(),
            argcount: 0,
            posonlyargcount: 0,
            kwonlyargcount: 0,
            flags: 0,
            firstlineno: 0,
            code_size: 0,
            varnames: Vec::new(),
            cellvars: Vec::new(),
            freevars: Vec::new(),
            names: Vec::new(),
            static_attributes: None,
            seen_inside: HashSet::new(),
            consts: Vec::new(),
            damage: None,
            is_left_out: true,
        }
    }

    /// Whether `flag` is set in `co_flags`.
    #[must_use]
    pub fn has(&self, flag: u32) -> bool {
        self.flags & flag != 0
    }

    /// How many of `varnames` are parameters.
    #[must_use]
    pub fn parameter_count(&self) -> usize {
        let stars = u32::from(self.has(Self::VARARGS)) + u32::from(self.has(Self::VARKEYWORDS));
        self.argcount.saturating_add(self.kwonlyargcount).saturating_add(stars) as usize
    }
}
