//! Which Python: a version number and who made the interpreter.

/// A Python language version, such as 3.12. Micro releases share one bytecode.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Version {
    /// The 3 of 3.12.
    pub major: u8,
    /// The 12 of 3.12.
    pub minor: u8,
}

impl Version {
    /// The version `major.minor`.
    #[must_use]
    pub const fn new(major: u8, minor: u8) -> Self {
        Self { major, minor }
    }
}

impl std::fmt::Display for Version {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}.{}", self.major, self.minor)
    }
}

/// Who made the interpreter that wrote the file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Implementation {
    /// The reference implementation, in C.
    CPython,
    /// PyPy: CPython's containers with opcodes of its own.
    PyPy,
    /// RustPython: a marshal format and bytecode of its own.
    RustPython,
    /// GraalPy, on the Java virtual machine.
    GraalPy,
    /// Jython, on the Java virtual machine.
    Jython,
    /// Pyston: a fork of CPython.
    Pyston,
    /// Dropbox's CPython 2.5 with encrypted code objects.
    Dropbox,
}

impl Implementation {
    /// The name as its makers write it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::CPython => "CPython",
            Self::PyPy => "PyPy",
            Self::RustPython => "RustPython",
            Self::GraalPy => "GraalPy",
            Self::Jython => "Jython",
            Self::Pyston => "Pyston",
            Self::Dropbox => "Dropbox",
        }
    }
}

impl std::fmt::Display for Implementation {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.name())
    }
}
