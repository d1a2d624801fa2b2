//! A source that was opened, or that stands in a container beside its file.

use std::ops::Range;

use pycxray_compare::source_path;
use pycxray_compare::text::decode;
use pycxray_container::{Kind, identify};

use crate::file::File;
use crate::protocol::DocumentId;
use crate::python_text::{self, Words};
use crate::text::{displayable, made_displayable};

/// A source that was opened, or that stands in a container beside its file.
#[derive(Debug)]
pub(crate) struct SourceFile {
    /// What the page calls it; `None` where it was found in a container.
    pub(crate) id: Option<DocumentId>,
    /// Another one for each.
    pub(crate) serial: u32,
    /// Its name, displayable.
    pub(crate) name: String,
    pub(crate) bytes: Vec<u8>,
    /// Its text, or why it cannot be read, in a sentence.
    pub(super) text: Result<Text, String>,
}

/// The text of a source.
#[derive(Debug)]
pub(super) struct Text {
    pub(super) text: String,
    pub(super) words: Words,
    /// Its lines, in bytes.
    pub(super) lines: Vec<Range<usize>>,
}

impl Text {
    /// The line that a byte is in.
    pub(super) fn line_at(&self, byte: usize) -> usize {
        self.lines.partition_point(|line| line.start <= byte).saturating_sub(1)
    }
}

impl SourceFile {
    pub(crate) fn new(id: Option<DocumentId>, serial: u32, name: &str, bytes: Vec<u8>) -> Self {
        let text = match decode(&bytes) {
            Ok(text) => Ok(Text { words: python_text::words(&text), lines: python_text::lines(&text).collect(), text }),
            Err(why) => Err(why.sentence()),
        };
        Self { id, serial, name: made_displayable(name.to_owned()), bytes, text }
    }

    /// Whether a file of this name and these bytes is a source.
    pub(crate) fn is_source(name: &str, bytes: &[u8]) -> bool {
        let is_named = name.ends_with(".py") || name.ends_with(".pyw");
        is_named && matches!(identify(bytes), Kind::Source | Kind::Text | Kind::Empty | Kind::Unknown)
    }
}

/// Whether something of this name is called as the source of a file would be.
pub(crate) fn is_source_of(name: &str, file: &File) -> bool {
    let own = last_name(name);
    let own = own.strip_suffix('w').filter(|name| name.ends_with(".py")).unwrap_or(own);
    by_name(file).is_some_and(|name| name == own) || by_contents(file).is_some_and(|name| name == own)
}

/// The name that the source of a file would have: what the file's own name says, or else what it was compiled from.
pub(crate) fn expected_name(file: &File) -> String {
    by_name(file).or_else(|| by_contents(file)).unwrap_or_else(|| "its source".to_owned())
}

/// The name of the source in the container that the file came out of, whose name, as a member, is `path`.
pub(crate) fn name_in_container(path: &str) -> Option<String> {
    match path.rsplit_once('!') {
        Some((around, path)) => Some(format!("{around}!{}", source_path(path)?)),
        None => source_path(path),
    }
}

fn last_name(path: &str) -> &str {
    path.rsplit(['/', '\\', '!']).next().unwrap_or(path)
}

/// What the file's name says. A file alone has left its `__pycache__`, but not the tag of that.
fn by_name(file: &File) -> Option<String> {
    let name = last_name(&file.name);
    let is_tagged = |stem: &str| {
        let tag = |part: &str| ["cpython-", "pypy", "opt-", "graalpy"].iter().any(|tag| part.starts_with(tag));
        stem.rsplit_once('.').is_some_and(|(_, last)| tag(last))
    };
    let stem = name.strip_suffix(".pyc").or_else(|| name.strip_suffix(".pyo"))?;
    source_path(&if is_tagged(stem) { format!("__pycache__/{name}") } else { name.to_owned() })
}

/// The last part of `co_filename`.
fn by_contents(file: &File) -> Option<String> {
    let code = file.pyc.code(*file.pyc.codes().first()?)?;
    let path = String::from_utf8_lossy(code.text(pycxray::Field::Filename)?);
    let name = displayable(last_name(&path)).into_owned();
    name.ends_with(".py").then_some(name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_source_stands_beside_its_file_in_a_container() {
        let name = |path| name_in_container(path);
        assert_eq!(name("pkg/__pycache__/a.cpython-312.pyc").as_deref(), Some("pkg/a.py"));
        assert_eq!(name("lib.whl!__pycache__/a.cpython-312.opt-1.pyc").as_deref(), Some("lib.whl!a.py"));
        assert_eq!(name("pkg/a.txt"), None);
    }

    #[test]
    fn a_source_is_told_by_its_name_and_its_contents() {
        assert!(SourceFile::is_source("a.py", b"import os\n") && SourceFile::is_source("a.pyw", b""));
        assert!(!SourceFile::is_source("a.txt", b"import os\n"));
        assert!(!SourceFile::is_source("a.py", include_bytes!("../../../../tests/fixtures/cpython-3.12/hello.pyc")));
    }
}
