//! The opened files.

use std::fmt;

use crate::Document;

/// An opened file, for as long as it is open.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct DocumentId(u32);

/// Its number alone: the page makes keys of it.
impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(&self.0, f)
    }
}

/// A file's tab.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tab {
    /// Whose it is.
    pub id: DocumentId,
    /// The file's name, displayable.
    pub name: String,
    /// Whether its document is the one on screen.
    pub active: bool,
    /// How many errors and warnings its file has.
    pub problems: usize,
}

/// The opened files, one of which is on screen.
#[derive(Debug, Default)]
pub struct Session {
    documents: Vec<(DocumentId, Document)>,
    active: usize,
    next: u32,
}

impl Session {
    /// No file at all.
    #[must_use]
    pub fn new() -> Self {
        Self::default()
    }

    /// How many files are open.
    #[must_use]
    pub fn len(&self) -> usize {
        self.documents.len()
    }

    /// Whether none is.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.documents.is_empty()
    }

    /// The tabs from left to right.
    #[must_use]
    pub fn tabs(&self) -> Vec<Tab> {
        let mut tabs = Vec::new();
        for (id, document) in &self.documents {
            tabs.push(Tab {
                id: *id,
                name: document.name().to_owned(),
                active: tabs.len() == self.active,
                problems: document.trouble_count(),
            });
        }
        tabs
    }

    /// Opens a tab behind the others and puts it on screen.
    pub fn add(&mut self, document: Document) -> DocumentId {
        let id = DocumentId(self.next);
        self.next += 1;
        self.documents.push((id, document));
        self.active = self.documents.len() - 1;
        id
    }

    /// Puts another document in a tab's place: the same file, read as another Python.
    pub fn replace(&mut self, id: DocumentId, document: Document) {
        if let Some((_, place)) = self.documents.iter_mut().find(|(known, _)| *known == id) {
            *place = document;
        }
    }

    /// Closes a tab. If it was on screen, its right neighbour follows, else its left one.
    pub fn close(&mut self, id: DocumentId) {
        let Some(at) = self.documents.iter().position(|(known, _)| *known == id) else { return };
        self.documents.remove(at);
        if at < self.active {
            self.active -= 1;
        }
        self.active = self.active.min(self.documents.len().saturating_sub(1));
    }

    /// Puts a tab on screen.
    pub fn activate(&mut self, id: DocumentId) {
        if let Some(at) = self.documents.iter().position(|(known, _)| *known == id) {
            self.active = at;
        }
    }

    /// Puts the next tab on screen, or the one before: `steps` tabs to the right, round and round.
    pub fn cycle(&mut self, steps: isize) {
        if !self.documents.is_empty() {
            self.active = (self.active as isize + steps).rem_euclid(self.documents.len() as isize) as usize;
        }
    }

    /// The document on screen.
    #[must_use]
    pub fn active(&self) -> Option<&Document> {
        self.documents.get(self.active).map(|(_, document)| document)
    }

    /// The document on screen, to be changed.
    pub fn active_mut(&mut self) -> Option<&mut Document> {
        self.documents.get_mut(self.active).map(|(_, document)| document)
    }

    /// Which document is on screen.
    #[must_use]
    pub fn active_id(&self) -> Option<DocumentId> {
        self.documents.get(self.active).map(|(id, _)| *id)
    }

    /// A document.
    #[must_use]
    pub fn get(&self, id: DocumentId) -> Option<&Document> {
        self.documents.iter().find(|(known, _)| *known == id).map(|(_, document)| document)
    }

    /// A document, to be changed.
    pub fn get_mut(&mut self, id: DocumentId) -> Option<&mut Document> {
        self.documents.iter_mut().find(|(known, _)| *known == id).map(|(_, document)| document)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(session: &Session) -> Vec<(String, bool)> {
        session.tabs().into_iter().map(|tab| (tab.name, tab.active)).collect()
    }

    #[test]
    fn closing_a_tab_leaves_the_others_as_they_are() {
        let mut session = Session::new();
        let [a, b, c] = ["a", "b", "c"].map(|name| session.add(Document::open(name, Vec::new())));
        assert_eq!(session.active_id(), Some(c));
        session.activate(b);
        session.close(a);
        assert_eq!(names(&session), [("b".into(), true), ("c".into(), false)]);
        session.cycle(-1);
        assert_eq!(session.active_id(), Some(c));
        session.close(c);
        assert_eq!(session.active_id(), Some(b));
        session.close(b);
        assert!(session.is_empty() && session.active().is_none());
        let d = session.add(Document::open("d", Vec::new()));
        assert!(d != a, "an id is never given twice");
    }
}
