//! Source as plain values that serde can write: what `pycxray source --format json` prints. With the feature `serde`.

use std::borrow::Cow;
use std::collections::HashMap;

use pycxray::{Field, NodeId, Pyc};
use serde::Serialize;

use crate::source::Source;
use crate::verdict::Verdict;

/// The source of a file, or of a part of it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct SourceText<'s> {
    /// The version of this form.
    pub schema: u32,
    /// The text.
    pub text: Cow<'s, str>,
    /// Whether all of it is proved.
    pub is_proved: bool,
    /// How true it is, by code object.
    pub codes: Vec<CodeVerdict>,
    /// Which text stands for which instructions, an inner range before the one around it: text from, text to, number of the code
    /// object in the file, bytecode from, bytecode to. Text is counted in bytes of UTF-8, bytecode in bytes of its own.
    pub ranges: Vec<[u32; 5]>,
}

/// How true the source of a code object is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct CodeVerdict {
    /// The number of the code object in the file, where one comes before those in its constants.
    pub code: u32,
    /// `co_qualname`, or `co_name` where a version has no other.
    pub name: String,
    /// `proved`, `differs`, `not-reconstructed` or `not-compared`.
    pub verdict: &'static str,
    /// Where in the bytecode, in bytes, it differs or begins to be not reconstructed.
    pub offset: Option<u32>,
    /// The same in words.
    pub says: String,
}

impl<'s> SourceText<'s> {
    /// The values of a source that was made of this file.
    #[must_use]
    pub fn of(pyc: &Pyc, source: &'s Source) -> Self {
        let numbers: HashMap<NodeId, u32> = pyc.codes().iter().copied().zip(0..).collect();
        let codes = source
            .verdicts
            .iter()
            .filter_map(|(node, verdict)| Some(CodeVerdict::of(pyc, (*node, *numbers.get(node)?), verdict)));
        let ranges = source.owned.iter().map(|owned| {
            let (text, bytecode) = (&owned.text, &owned.bytecode);
            [text.start as u32, text.end as u32, owned.code.0, bytecode.start, bytecode.end]
        });
        Self {
            schema: 1,
            text: Cow::Borrowed(&source.text),
            is_proved: source.is_proved(),
            codes: codes.collect(),
            ranges: ranges.collect(),
        }
    }

    /// Counts the text in units of UTF-16 instead, as JavaScript does.
    pub fn count_in_utf16(&mut self) {
        if self.text.is_ascii() {
            return;
        }
        // By byte, how many units stand before it.
        let mut units = vec![0; self.text.len() + 1];
        let mut count = 0;
        for (at, letter) in self.text.char_indices() {
            units[at] = count;
            count += letter.len_utf16() as u32;
        }
        units[self.text.len()] = count;
        for [from, to, ..] in &mut self.ranges {
            (*from, *to) = (units[*from as usize], units[*to as usize]);
        }
    }
}

impl CodeVerdict {
    fn of(pyc: &Pyc, (node, code): (NodeId, u32), verdict: &Verdict) -> Self {
        let found = pyc.code(node);
        let name = found.as_ref().and_then(|code| code.text(Field::Qualname).or_else(|| code.text(Field::Name)));
        let (word, offset) = match verdict {
            Verdict::Proved => ("proved", None),
            Verdict::Differs { offset, .. } => ("differs", Some(*offset)),
            Verdict::NotReconstructed { bytecode, .. } => ("not-reconstructed", Some(bytecode.start)),
            Verdict::NotCompared { .. } => ("not-compared", None),
        };
        let name = String::from_utf8_lossy(name.unwrap_or(b"?")).into_owned();
        Self { code, name, verdict: word, offset, says: verdict.to_string() }
    }
}

#[cfg(test)]
mod tests {
    use super::SourceText;

    #[test]
    fn text_is_counted_in_bytes_or_in_units_of_utf_16() {
        let ranges = vec![[0, 1, 0, 0, 2], [1, 5, 0, 2, 4], [5, 6, 0, 4, 6]];
        let mut text = SourceText { schema: 1, text: "a😀b".into(), is_proved: true, codes: Vec::new(), ranges };
        text.count_in_utf16();
        assert_eq!(text.ranges, [[0, 1, 0, 0, 2], [1, 3, 0, 2, 4], [3, 4, 0, 4, 6]]);
    }
}
