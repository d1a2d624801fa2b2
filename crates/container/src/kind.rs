//! What a sequence of bytes can be, in words.

use std::fmt;

use pycxray::Version;

/// What a sequence of bytes is, judged by its contents alone.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Kind {
    /// Not a single byte.
    Empty,
    /// A `.pyc` file: it begins with the magic number of this writer.
    Pyc(&'static pycxray::magic::Magic),
    /// A marshalled code object without the header of a `.pyc` file.
    Code,
    /// Python source.
    Source,
    /// A pickle, protocol 2 or later.
    Pickle,
    /// Bytecode of MicroPython: `.mpy`, of this version of the format.
    Mpy(u8),
    /// A zip archive that is none of those below.
    Zip,
    /// A zip archive that pip installs (PEP 427).
    Wheel,
    /// A zip archive that setuptools installed.
    Egg,
    /// A zip archive that Python runs (PEP 441): by zipapp, shiv or pex.
    Zipapp,
    /// The `library.zip` of a program frozen by cx_Freeze.
    CxFreezeLibrary,
    /// A tar archive.
    Tar,
    /// The files of a folder, one behind the other.
    Folder,
    /// One compressed stream.
    Compressed(Compression),
    /// The archive that PyInstaller appends to its loader, alone or behind a program.
    PyInstaller,
    /// The archive of modules within PyInstaller's.
    Pyz,
    /// The resource `PYTHONSCRIPT` of a program frozen by py2exe.
    Py2exeScript,
    /// A script that PyArmor has encrypted, or its runtime.
    PyArmor,
    /// A program or library for Windows, Linux or macOS.
    Native(NativeFormat, Maker),
    /// A file of a kind that has nothing to do with Python.
    Foreign(&'static str),
    /// Text of no particular kind.
    Text,
    /// None of those known.
    Unknown,
}

/// How one stream is compressed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Compression {
    /// Deflate with a header of its own (RFC 1950): what `zlib.compress` writes.
    Zlib,
    /// RFC 1952.
    Gzip,
    /// bzip2.
    Bzip2,
    /// `.xz`: what `lzma.compress` writes.
    Xz,
    /// `.lzma`: what `lzma.compress` writes as `FORMAT_ALONE`.
    Lzma,
    /// Zstandard (RFC 8878), in Python from 3.14 on.
    Zstd,
}

impl Compression {
    /// The name of its Python module or format.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Zlib => "zlib",
            Self::Gzip => "gzip",
            Self::Bzip2 => "bz2",
            Self::Xz => "xz",
            Self::Lzma => "lzma",
            Self::Zstd => "zstd",
        }
    }
}

/// The format of machine code.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum NativeFormat {
    /// Windows.
    Pe,
    /// Linux and most other systems.
    Elf,
    /// macOS.
    MachO,
}

/// What made a native file, as far as its contents tell.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Maker {
    /// Nothing says so.
    Unknown,
    /// Nuitka: Python compiled to machine code by way of C.
    Nuitka,
    /// Nuitka with `--onefile`: a loader with a compressed payload.
    NuitkaOnefile,
    /// Cython: an extension module.
    Cython,
    /// py2exe: a loader with the resource `PYTHONSCRIPT`.
    Py2exe,
    /// cx_Freeze: a loader beside a `library.zip`.
    CxFreeze,
    /// PyOxidizer: a program with an interpreter and packed resources.
    PyOxidizer,
    /// PyArmor's runtime, which decrypts scripts.
    PyArmorRuntime,
}

impl Kind {
    /// What it is, with an article: "a zip archive".
    #[must_use]
    pub fn name(self) -> String {
        match self {
            Self::Pyc(magic) => format!("a .pyc file of {}", magic.writer()),
            Self::Mpy(version) => format!("a MicroPython .mpy file, version {version} of the format"),
            Self::Compressed(compression) => format!("a {} stream", compression.name()),
            Self::Native(format, maker) => native_name(format, maker),
            Self::Foreign(name) => name.to_owned(),
            other => other.fixed_name().to_owned(),
        }
    }

    const fn fixed_name(self) -> &'static str {
        match self {
            Self::Empty => "an empty file",
            Self::Code => "a marshalled code object",
            Self::Source => "Python source",
            Self::Pickle => "a pickle",
            Self::Zip => "a zip archive",
            Self::Wheel => "a wheel (a zip archive)",
            Self::Egg => "an egg (a zip archive)",
            Self::Zipapp => "a Python application (a zip archive)",
            Self::CxFreezeLibrary => "a library.zip of cx_Freeze",
            Self::Tar => "a tar archive",
            Self::Folder => "a folder",
            Self::PyInstaller => "a program frozen by PyInstaller",
            Self::Pyz => "a PYZ archive of PyInstaller",
            Self::Py2exeScript => "a PYTHONSCRIPT resource of py2exe",
            Self::PyArmor => "a script encrypted by PyArmor",
            Self::Text => "text",
            _ => "of no known kind",
        }
    }

    /// What can be done with it here, as a sentence; empty where nothing is to be said.
    #[must_use]
    pub const fn advice(self) -> &'static str {
        match self {
            Self::Empty => "There is nothing to read.",
            Self::Source => "Source has no bytecode yet; encoded code among its literals is listed as its payloads.",
            Self::Pickle => {
                "It holds data and calls for pickle, no code objects of its own: python -m pickletools shows it."
            }
            Self::Mpy(_) => "MicroPython's bytecode is not CPython's: mpy-tool.py of MicroPython reads it.",
            Self::PyArmor => {
                "The code is encrypted; only PyArmor's runtime, which is native code, decrypts it while it runs."
            }
            Self::Native(_, maker) => maker.advice(),
            Self::Foreign(_) | Self::Text | Self::Unknown => "It holds no Python bytecode that could be shown.",
            _ => "",
        }
    }

    /// Whether [`Container::open`](crate::Container::open) finds members in it.
    #[must_use]
    pub const fn is_container(self) -> bool {
        matches!(
            self,
            Self::Zip
                | Self::Wheel
                | Self::Egg
                | Self::Zipapp
                | Self::CxFreezeLibrary
                | Self::Tar
                | Self::Compressed(_)
                | Self::PyInstaller
                | Self::Pyz
                | Self::Native(_, Maker::Py2exe | Maker::NuitkaOnefile)
        )
    }

    /// Whether it is to be decoded as marshalled code.
    #[must_use]
    pub const fn is_code(self) -> bool {
        matches!(self, Self::Pyc(_) | Self::Code | Self::Py2exeScript)
    }

    /// What is to stand behind the name of a file with such bytes: `.pyc`, unless the name says already that it is bytecode.
    #[must_use]
    pub fn ending(self, name: &str) -> &'static str {
        let is_said = name.ends_with(".pyc") || name.ends_with(".pyo");
        if self.is_code() && !is_said { ".pyc" } else { "" }
    }

    /// The Python that wrote it, where its first bytes say so.
    #[must_use]
    pub fn version(self) -> Option<Version> {
        match self {
            Self::Pyc(magic) => Some(magic.version),
            _ => None,
        }
    }
}

impl fmt::Display for Kind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.name())
    }
}

fn native_name(format: NativeFormat, maker: Maker) -> String {
    let file = match format {
        NativeFormat::Pe => "a Windows program or library (PE)",
        NativeFormat::Elf => "a program or library for Linux (ELF)",
        NativeFormat::MachO => "a program or library for macOS (Mach-O)",
    };
    match maker {
        Maker::Unknown => file.to_owned(),
        Maker::Nuitka => format!("{file} compiled by Nuitka"),
        Maker::NuitkaOnefile => format!("{file}: a one-file program of Nuitka"),
        Maker::Cython => format!("{file}: an extension module made by Cython"),
        Maker::Py2exe => format!("{file} frozen by py2exe"),
        Maker::CxFreeze => format!("{file}: the loader of a program frozen by cx_Freeze"),
        Maker::PyOxidizer => format!("{file} made by PyOxidizer"),
        Maker::PyArmorRuntime => format!("{file}: the runtime of PyArmor"),
    }
}

impl Maker {
    const fn advice(self) -> &'static str {
        match self {
            Self::Unknown => "It is native code; no Python program that could be opened was found in it.",
            Self::Nuitka => "Nuitka makes native code of Python: there is no bytecode inside, and no .pyc file.",
            Self::NuitkaOnefile => {
                "Nuitka makes native code of Python: there is no .pyc file inside. The payload holds the program and its libraries."
            }
            Self::Cython => "Cython makes native code of Python: there is no bytecode inside.",
            Self::Py2exe => {
                "Its scripts are in the resource PYTHONSCRIPT, its modules in a zip archive, behind it or beside it."
            }
            Self::CxFreeze => "It is only the loader: the bytecode is in lib/library.zip and the folders beside it.",
            Self::PyOxidizer => "Its modules are in a resource blob of PyOxidizer's own, which is not opened here.",
            Self::PyArmorRuntime => "It is native code that decrypts scripts; it holds none itself.",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytecode_is_called_so() {
        let endings = |kind: Kind| ["shop", "shop.pyc", "shop.pyo", "shop.txt"].map(|name| kind.ending(name));
        assert_eq!(endings(Kind::Code), [".pyc", "", "", ".pyc"]);
        assert_eq!(endings(Kind::Text), [""; 4]);
    }
}
