//! The opened files, one of which is on screen.

use super::opened::Opened;
use crate::document::Document;
use crate::protocol::{DocumentId, Source, Tab, Tabs};
use std::collections::BTreeMap;

/// The opened files, from left to right, in the order of their numbers: files that are read at the same time come as the browser
/// has read them, and keep the order in which they were opened.
#[derive(Debug, Default)]
pub(super) struct Session {
    tabs: Vec<(DocumentId, Opened)>,
    /// The position of the one on screen.
    active: usize,
}

impl Session {
    /// What the tabs say.
    pub(super) fn tabs(&self) -> Tabs {
        let tab = |(id, opened): &(DocumentId, Opened)| Tab {
            id: *id,
            name: opened.name(),
            python: opened.document().file.read_as(),
            problems: opened.document().problems.count(),
            is_comparison: opened.is_comparison(),
            is_container: opened.document().file.members().is_some(),
        };
        let tabs = self.tabs.iter().map(tab).collect();
        Tabs { tabs, active: self.active().map(|(id, _)| id), sources: self.sources() }
    }

    /// The opened sources that are beside files.
    fn sources(&self) -> Vec<Source> {
        let mut sources: BTreeMap<DocumentId, Vec<DocumentId>> = BTreeMap::new();
        for (file, document) in self.files() {
            if let Some(id) = document.companion().and_then(|companion| companion.id) {
                sources.entry(id).or_default().push(file);
            }
        }
        sources.into_iter().map(|(id, files)| Source { id, files }).collect()
    }

    fn position(&self, id: DocumentId) -> Option<usize> {
        self.tabs.iter().position(|(known, _)| *known == id)
    }

    /// Adds a tab, or has the one of this id show something else.
    pub(super) fn add(&mut self, id: DocumentId, opened: Opened, on_screen: bool) {
        let found = self.tabs.binary_search_by_key(&id, |(known, _)| *known);
        let (Ok(at) | Err(at)) = found;
        if found.is_ok() {
            self.tabs[at].1 = opened;
        } else {
            self.active += usize::from(!self.tabs.is_empty() && at <= self.active);
            self.tabs.insert(at, (id, opened));
        }
        if on_screen {
            self.active = at;
        }
    }

    /// Closes a tab. If it was on screen, its right neighbour follows, else its left one.
    pub(super) fn close(&mut self, id: DocumentId) {
        let Some(at) = self.position(id) else { return };
        self.tabs.remove(at);
        if at < self.active {
            self.active -= 1;
        }
        self.active = self.active.min(self.tabs.len().saturating_sub(1));
    }

    /// Puts a tab on screen.
    pub(super) fn activate(&mut self, id: DocumentId) {
        if let Some(at) = self.position(id) {
            self.active = at;
        }
    }

    /// What is on screen.
    pub(super) fn active(&self) -> Option<(DocumentId, &Opened)> {
        self.tabs.get(self.active).map(|(id, opened)| (*id, opened))
    }

    /// What is on screen, to be changed.
    pub(super) fn active_mut(&mut self) -> Option<&mut Opened> {
        self.tabs.get_mut(self.active).map(|(_, opened)| opened)
    }

    /// All files, to be changed.
    pub(super) fn all_mut(&mut self) -> impl Iterator<Item = (DocumentId, &mut Document)> {
        self.tabs.iter_mut().flat_map(|(id, opened)| opened.documents_mut().iter_mut().map(|document| (*id, document)))
    }

    /// All files that are alone in their tabs, from left to right.
    pub(super) fn files(&self) -> impl Iterator<Item = (DocumentId, &Document)> {
        self.tabs.iter().filter_map(|(id, opened)| match opened {
            Opened::File(document) => Some((*id, &**document)),
            Opened::Comparison(_) | Opened::Containers(_) => None,
        })
    }

    /// A file; of two that are compared, the one on screen.
    pub(super) fn get(&self, id: DocumentId) -> Option<&Document> {
        self.tabs.iter().find(|(known, _)| *known == id).map(|(_, opened)| opened.document())
    }

    /// The file of this serial number, to be changed.
    pub(super) fn of_serial(&mut self, serial: u32) -> Option<&mut Document> {
        self.all_mut().map(|(_, document)| document).find(|document| document.serial() == serial)
    }

    /// A file that is alone in its tab.
    pub(super) fn file(&self, id: DocumentId) -> Option<&Document> {
        self.files().find(|(known, _)| *known == id).map(|(_, document)| document)
    }

    /// A file that is alone in its tab, to be changed.
    pub(super) fn file_mut(&mut self, id: DocumentId) -> Option<&mut Document> {
        match self.get_mut(id)? {
            Opened::File(document) => Some(document),
            Opened::Comparison(_) | Opened::Containers(_) => None,
        }
    }

    /// What a tab shows, to be changed.
    pub(super) fn get_mut(&mut self, id: DocumentId) -> Option<&mut Opened> {
        self.tabs.iter_mut().find(|(known, _)| *known == id).map(|(_, opened)| opened)
    }
}

#[cfg(test)]
mod tests {
    use pycxray::Pyc;

    use super::*;
    use crate::file::File;

    fn names(session: &Session) -> Vec<(String, bool)> {
        let Tabs { tabs, active, .. } = session.tabs();
        tabs.into_iter().map(|tab| (tab.name, Some(tab.id) == active)).collect()
    }

    #[test]
    fn closing_a_tab_leaves_the_others_as_they_are() {
        let mut session = Session::default();
        let document = |name| Document::new(File::new(name, Pyc::parse(Vec::new()), None).into(), 0, 0).into();
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

    #[test]
    fn tabs_stand_in_the_order_of_their_numbers_whenever_they_come() {
        let mut session = Session::default();
        let document = |name| Document::new(File::new(name, Pyc::parse(Vec::new()), None).into(), 0, 0).into();
        session.add(DocumentId(1), document("b"), false);
        session.add(DocumentId(0), document("a"), false);
        assert_eq!(names(&session), [("a".into(), false), ("b".into(), true)], "what is on screen stays there");
        session.add(DocumentId(3), document("d"), true);
        session.add(DocumentId(2), document("c"), false);
        let names: Vec<String> = names(&session).into_iter().map(|(name, _)| name).collect();
        assert_eq!((names.concat(), session.tabs().active), ("abcd".to_owned(), Some(DocumentId(3))));
        session.add(DocumentId(2), document("e"), false);
        assert_eq!((session.tabs().tabs.len(), session.tabs().active), (4, Some(DocumentId(3))));
    }
}
