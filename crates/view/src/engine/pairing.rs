//! Which source goes beside which file: the one that is named as its source would be, in the same container or, where both came
//! alone, among what is open.

use std::rc::Rc;

use super::Engine;
use crate::companion::{SourceFile, is_source_of, name_in_container};
use crate::document::Document;
use crate::protocol::{DocumentId, Update};

impl Engine {
    /// Puts a source beside the files that it belongs to. `Err` with its bytes if it is no source, or belongs to none.
    pub(super) fn put_beside(
        &mut self,
        id: DocumentId,
        name: &str,
        bytes: Vec<u8>,
        on_screen: bool,
    ) -> Result<Option<Update>, Vec<u8>> {
        if !SourceFile::is_source(name, &bytes) {
            return Err(bytes);
        }
        let active = self.session.active().map(|(id, _)| id);
        // What came out of a container has its own source there: another one is meant for what is being looked at.
        let is_meant = |id: DocumentId, document: &Document| !is_member(document) || Some(id) == active;
        let belongs = |(id, document): &(DocumentId, &Document)| {
            document.can_have_companion() && is_meant(*id, document) && is_source_of(name, &document.file)
        };
        let files: Vec<DocumentId> = self.session.files().filter(belongs).map(|(id, _)| id).collect();
        let Some(&first) = files.first() else { return Err(bytes) };
        if on_screen && active.is_none_or(|active| !files.contains(&active)) {
            self.session.activate(first);
        }
        Ok(self.pair_all(id, name, bytes, &files))
    }

    /// Puts a source beside the files that it is said to be of. `Err` with its bytes if none of them is there.
    pub(super) fn put_beside_these(
        &mut self,
        id: DocumentId,
        name: &str,
        bytes: Vec<u8>,
        mut files: Vec<DocumentId>,
    ) -> Result<Option<Update>, Vec<u8>> {
        files.retain(|file| self.session.file(*file).is_some_and(Document::can_have_companion));
        if files.is_empty() {
            return Err(bytes);
        }
        Ok(self.pair_all(id, name, bytes, &files))
    }

    /// Puts a source that was opened beside these files.
    fn pair_all(&mut self, id: DocumentId, name: &str, bytes: Vec<u8>, files: &[DocumentId]) -> Option<Update> {
        let source = Rc::new(SourceFile::new(Some(id), self.serial(), name, bytes));
        for &file in files {
            self.pair(file, Rc::clone(&source));
        }
        self.paired(files, id)
    }

    /// Looks for the source of a file that was opened: in the container that it came out of, else among what is open.
    pub(super) fn find_source(&mut self, id: DocumentId) -> Option<Update> {
        let document = self.session.file(id).filter(|document| document.can_have_companion())?;
        if is_member(document) {
            let source = self.source_in_container(id)?;
            self.pair(id, source);
            return None;
        }
        let is_it = |(_, other): &(DocumentId, &Document)| is_source_of(&other.file.name, &document.file);
        let beside_another = || {
            let sources = self.session.files().filter_map(|(_, other)| other.companion());
            sources.filter(|source| is_source_of(&source.name, &document.file)).last().cloned()
        };
        let alone = self
            .session
            .files()
            .filter(is_it)
            .find(|(_, other)| SourceFile::is_source(&other.file.name, other.pyc().bytes()));
        let source = match alone.map(|(id, other)| (id, other.file.name.clone(), other.pyc().bytes().to_vec())) {
            Some((waiting, name, bytes)) => {
                self.session.close(waiting);
                Rc::new(SourceFile::new(Some(waiting), self.serial(), &name, bytes))
            }
            None => beside_another()?,
        };
        let source_id = source.id;
        self.pair(id, source);
        self.paired(&[id], source_id?)
    }

    /// The source of a member, which stands in the same container.
    fn source_in_container(&mut self, id: DocumentId) -> Option<Rc<SourceFile>> {
        let name = self.session.file(id)?.file.name.clone();
        let (path, bytes) = self.session.files().find_map(|(_, outer)| {
            let members = outer.file.members()?;
            let member = name.strip_prefix(&outer.file.name)?.strip_prefix('!')?;
            let source = name_in_container(member)?;
            let unpacked = members.export(members.named(&source)?)?;
            unpacked.trouble.is_none().then_some((source, unpacked.bytes))
        })?;
        Some(Rc::new(SourceFile::new(None, self.serial(), &path, bytes)))
    }

    fn pair(&mut self, id: DocumentId, source: Rc<SourceFile>) {
        if let Some(document) = self.session.file_mut(id) {
            document.pair(source);
        }
    }

    /// What to say when a source came beside these files.
    fn paired(&self, files: &[DocumentId], source: DocumentId) -> Option<Update> {
        let file = self.session.active().map(|(id, _)| id)?;
        files.contains(&file).then_some(Update::Paired { file, source })
    }
}

/// Whether it came out of a container.
fn is_member(document: &Document) -> bool {
    document.file.name.contains('!')
}
