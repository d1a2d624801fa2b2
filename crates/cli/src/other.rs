//! Files that are no Python bytecode themselves: archives, programs, source, whatever else.

use std::sync::Arc;

use pycxray::counted;
use pycxray_container::{Container, Kind, Limits};

use crate::output::{Output, Style, complain};

/// A file that is no Python bytecode itself.
pub(crate) struct Other {
    title: String,
    kind: Kind,
    bytes: Arc<Vec<u8>>,
    /// What it holds.
    container: Option<Container>,
}

impl Other {
    pub(crate) fn new(title: String, kind: Kind, bytes: Arc<Vec<u8>>) -> Self {
        let container = Container::look_into(Arc::clone(&bytes), None, Limits::default());
        Self { title, kind, bytes, container }
    }

    /// What to call it on a terminal.
    pub(crate) fn title(&self) -> &str {
        &self.title
    }

    /// Its bytes.
    pub(crate) fn bytes(&self) -> Arc<Vec<u8>> {
        Arc::clone(&self.bytes)
    }

    /// What it is and what can be done with it, on standard error: a command was asked for that it is not for.
    pub(crate) fn complain(&self) {
        complain(format_args!("{}: it is {}. {}", self.title, self.name(), self.what_next()));
    }

    /// What it is, what it holds and what can be done with it.
    pub(crate) fn write(&self, out: &mut Output) {
        out.styled(Style::Bold, &self.title);
        out.put(format_args!(": {}, {}\n", self.name(), counted(self.bytes.len(), "byte")));
        out.put(format_args!("  {}\n", self.what_next()));
        for said in self.container.iter().flat_map(Container::diagnostics) {
            out.put(format_args!(
                "  {} at {:#x}: {} [{}]\n",
                said.severity.name(),
                said.span.start,
                said.message,
                said.code
            ));
        }
    }

    fn name(&self) -> String {
        self.container.as_ref().map_or_else(|| self.kind.name(), Container::name)
    }

    fn what_next(&self) -> String {
        let advice = self.kind.advice();
        match &self.container {
            Some(container) if container.members().is_empty() => {
                format!("{advice} It holds nothing.").trim_start().to_owned()
            }
            Some(container) => {
                let what = if self.kind.is_container() { "member" } else { "payload" };
                let count = counted(container.members().len(), what);
                let title = &self.title;
                let next = format!(
                    "It holds {count}: 'pycxray list {title}' shows what, and '{title}!NAME' is the one of that name."
                );
                if advice.is_empty() { next } else { format!("{advice} {next}") }
            }
            None if advice.is_empty() => "Nothing in it could be opened.".to_owned(),
            None => advice.to_owned(),
        }
    }
}
