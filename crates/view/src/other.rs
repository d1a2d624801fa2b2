//! Files that are no Python bytecode themselves: archives, frozen programs, source, native code, whatever else.

use std::sync::Arc;

use pycxray::{Diagnostic, DiagnosticCode, Severity, Span};
use pycxray_container::{Container, Kind, Limits, identify};

use crate::members::Members;
use crate::number::{counted, grouped};
use crate::protocol::{Style, Styled, SummaryPart};

/// A file that is no Python bytecode itself.
#[derive(Debug)]
pub(crate) struct Other {
    kind: Kind,
    /// What it holds.
    pub(crate) members: Option<Members>,
}

impl Other {
    /// What a file is by its contents; `None` if it is to be decoded as Python bytecode.
    pub(crate) fn of(bytes: &Arc<Vec<u8>>) -> Option<Self> {
        let kind = identify(bytes);
        if kind.is_code() || matches!(kind, Kind::Unknown | Kind::Empty) {
            return None;
        }
        let container = Container::look_into(Arc::clone(bytes), None, Limits::default());
        // Of a text there is nothing to say but that it is no bytecode, which decoding says of it.
        let is_mere_text = kind == Kind::Text && container.is_none();
        let members = container.map(|container| Members::of(container, bytes));
        (!is_mere_text).then_some(Self { kind, members })
    }

    /// The files of a folder, each with its path and its length.
    pub(crate) fn of_folder(bytes: &Arc<Vec<u8>>, files: Vec<(String, u32)>) -> Self {
        let container = Container::of_folder(Arc::clone(bytes), files, Limits::default());
        Self { kind: Kind::Folder, members: Some(Members::of(container, bytes)) }
    }

    /// What it is, with an article.
    pub(crate) fn name(&self) -> String {
        self.members.as_ref().map_or_else(|| self.kind.name(), |members| members.outermost().name())
    }

    /// What is wrong with it as a container; of what holds nothing, that, and what can be done with it.
    pub(crate) fn diagnostics(&self, size: u32) -> Vec<Diagnostic> {
        let Some(members) = &self.members else {
            let advice = self.kind.advice();
            let next = if advice.is_empty() { "Nothing in it could be opened." } else { advice };
            let message = format!("This is {}, no .pyc file. {next}", self.kind);
            let span = Span::new(0, size.min(4));
            return vec![Diagnostic::new(Severity::Error, DiagnosticCode::NotAPyc, span, message)];
        };
        let mut diagnostics = members.outermost().diagnostics().to_vec();
        if !members.are_spans_in_file() {
            // They are about what the file's stream unpacks to.
            diagnostics.iter_mut().for_each(|said| said.span = Span::new(0, size));
        }
        diagnostics
    }

    /// How many members it has, and how many of them are bytecode.
    pub(crate) fn summary_parts(&self) -> Vec<SummaryPart> {
        let Some(members) = &self.members else { return Vec::new() };
        let counts = [
            (members.len(), counted(members.len() as u64, "member")),
            (members.count_code(), format!("{} of them bytecode", grouped(members.count_code() as u64))),
        ];
        let part = |(_, words): (usize, String)| {
            let (number, rest) = words.split_at(words.find(' ').unwrap_or(words.len()));
            let mut value = Styled::of(Style::Strong, number);
            value.write(Style::Muted, format_args!("{rest}"));
            SummaryPart { term: String::new(), value }
        };
        counts.into_iter().filter(|(count, _)| *count > 0).map(part).collect()
    }
}
