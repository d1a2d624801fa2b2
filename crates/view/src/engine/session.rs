//! The opened files, one of which is on screen.

use crate::document::Document;
use crate::protocol::{DocumentId, Tab, Tabs};

/// The opened files, from left to right.
#[derive(Debug, Default)]
pub(super) struct Session {
    documents: Vec<(DocumentId, Document)>,
    /// The position of the one on screen.
    active: usize,
}

impl Session {
    /// What the tabs say.
    pub(super) fn tabs(&self) -> Tabs {
        let tab = |(id, document): &(DocumentId, Document)| Tab {
            id: *id,
            name: document.file.name.clone(),
            python: document.file.read_as(),
            problems: document.problems.count(),
        };
        Tabs { tabs: self.documents.iter().map(tab).collect(), active: self.active().map(|(id, _)| id) }
    }

    fn position(&self, id: DocumentId) -> Option<usize> {
        self.documents.iter().position(|(known, _)| *known == id)
    }

    /// Adds a tab behind the others, or puts another document in the place of the one that has this id.
    pub(super) fn add(&mut self, id: DocumentId, document: Document, on_screen: bool) {
        let at = self.position(id);
        match at {
            Some(at) => self.documents[at].1 = document,
            None => self.documents.push((id, document)),
        }
        if on_screen {
            self.active = at.unwrap_or(self.documents.len() - 1);
        }
    }

    /// Closes a tab. If it was on screen, its right neighbour follows, else its left one.
    pub(super) fn close(&mut self, id: DocumentId) {
        let Some(at) = self.position(id) else { return };
        self.documents.remove(at);
        if at < self.active {
            self.active -= 1;
        }
        self.active = self.active.min(self.documents.len().saturating_sub(1));
    }

    /// Puts a tab on screen.
    pub(super) fn activate(&mut self, id: DocumentId) {
        if let Some(at) = self.position(id) {
            self.active = at;
        }
    }

    /// The document on screen.
    pub(super) fn active(&self) -> Option<(DocumentId, &Document)> {
        self.documents.get(self.active).map(|(id, document)| (*id, document))
    }

    /// The document on screen, to be changed.
    pub(super) fn active_mut(&mut self) -> Option<&mut Document> {
        self.documents.get_mut(self.active).map(|(_, document)| document)
    }

    /// All documents, to be changed.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = (DocumentId, &mut Document)> {
        self.documents.iter_mut().map(|(id, document)| (*id, document))
    }

    /// All documents, from left to right.
    pub(super) fn all(&self) -> &[(DocumentId, Document)] {
        &self.documents
    }

    /// A document.
    pub(super) fn get(&self, id: DocumentId) -> Option<&Document> {
        self.documents.iter().find(|(known, _)| *known == id).map(|(_, document)| document)
    }

    /// A document, to be changed.
    pub(super) fn get_mut(&mut self, id: DocumentId) -> Option<&mut Document> {
        self.documents.iter_mut().find(|(known, _)| *known == id).map(|(_, document)| document)
    }
}

#[cfg(test)]
mod tests {
    use pycxray::Pyc;

    use super::*;
    use crate::file::File;

    fn names(session: &Session) -> Vec<(String, bool)> {
        let Tabs { tabs, active } = session.tabs();
        tabs.into_iter().map(|tab| (tab.name, Some(tab.id) == active)).collect()
    }

    #[test]
    fn closing_a_tab_leaves_the_others_as_they_are() {
        let mut session = Session::default();
        let document = |name| Document::new(File::new(name, Pyc::parse(Vec::new()), None), 0, 0);
        let [a, b, c] = [0, 1, 2].map(DocumentId);
        session.add(a, document("a"), false);
        session.add(b, document("b"), false);
        assert_eq!(names(&session), [("a".into(), true), ("b".into(), false)], "the first one is on screen");
        session.add(c, document("c"), true);
        assert_eq!(session.tabs().active, Some(c));
        session.activate(b);
        session.close(a);
        assert_eq!(names(&session), [("b".into(), true), ("c".into(), false)]);
        session.activate(c);
        session.close(c);
        assert_eq!(session.tabs().active, Some(b));
        session.close(c);
        session.close(b);
        assert_eq!(session.tabs(), Tabs::default());
    }
}
