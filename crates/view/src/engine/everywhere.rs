//! Searching through all open files and the members of archives, a part at a time.

use std::collections::VecDeque;

use pycxray::Pyc;

use super::session::Session;
use crate::protocol::{self, DocumentId, FoundIn, MemberName};
use crate::search::Search;

/// How many files and members are listed in which something was found.
const LISTED: usize = 200;
/// Larger members are not looked into, in bytes: each would hold up the others.
const LARGEST: u64 = 32 << 20;

/// A search through everything that is open.
#[derive(Debug)]
pub(super) struct Everywhere {
    typed: String,
    /// What is still to be looked at.
    waiting: VecDeque<Target>,
    /// The member that is being looked at: open files are looked at where they are.
    inside: Option<Inside>,
    /// How many were looked at.
    looked_at: usize,
    found: Vec<FoundIn>,
    /// In how many more something was found.
    more: usize,
    is_stopped: bool,
}

/// Something to be looked at.
#[derive(Clone, Debug)]
struct Target {
    document: DocumentId,
    name: String,
    member: Option<MemberName>,
}

/// What is being looked at.
#[derive(Debug)]
struct Inside {
    target: Target,
    search: Search,
    /// The member, decoded; `None` for an open file.
    pyc: Option<Pyc>,
}

impl Everywhere {
    /// Begins; `None` where nothing is searched for. Nothing is looked at before [`Everywhere::step`].
    pub(super) fn new(session: &Session, typed: &str) -> Option<Self> {
        let mut waiting = VecDeque::new();
        for (document, opened) in session.files() {
            let target = Target { document, name: opened.file.name.clone(), member: None };
            let members = opened.file.members();
            if members.is_none() {
                waiting.push_back(target.clone());
            }
            let code = members.into_iter().flat_map(|members| members.code());
            waiting.extend(code.map(|member| Target { member: Some(member), ..target.clone() }));
        }
        let typed = typed.trim().to_owned();
        (!typed.is_empty()).then_some(Self {
            typed,
            waiting,
            inside: None,
            looked_at: 0,
            found: Vec::new(),
            more: 0,
            is_stopped: false,
        })
    }

    /// Looks at no more.
    pub(super) fn stop(&mut self) {
        self.is_stopped = true;
        self.inside = None;
    }

    /// Whether there is nothing more to look at.
    pub(super) fn is_complete(&self) -> bool {
        self.is_stopped || self.inside.is_none() && self.waiting.is_empty()
    }

    /// Looks at the next part.
    pub(super) fn step(&mut self, session: &Session) {
        let Some(mut inside) = self.inside.take() else {
            self.inside = self.waiting.pop_front().and_then(|target| self.begin(session, target));
            return;
        };
        let opened = session.get(inside.target.document).map(|document| document.pyc());
        // A file that was closed meanwhile is left.
        let Some(pyc) = inside.pyc.as_ref().or(opened) else { return };
        if inside.search.step(pyc, None) {
            self.end(inside);
        } else {
            self.inside = Some(inside);
        }
    }

    fn begin(&mut self, session: &Session, target: Target) -> Option<Inside> {
        self.looked_at += 1;
        let document = session.get(target.document)?;
        let pyc = match &target.member {
            None => None,
            Some(member) if member.size.is_some_and(|size| size > LARGEST) => return None,
            Some(member) => Some(document.file.members()?.decode(member.number)?),
        };
        let search = Search::new(pyc.as_ref().unwrap_or(document.pyc()), &self.typed)?;
        Some(Inside { target, search, pyc })
    }

    fn end(&mut self, inside: Inside) {
        let Inside { target: Target { document, name, member }, search, .. } = inside;
        let words = search.counts_in_words();
        if words.is_empty() {
            return;
        }
        match self.found.len() < LISTED {
            true => self.found.push(FoundIn { document, name, member, words }),
            false => self.more += 1,
        }
    }

    /// What the page is told of it.
    pub(super) fn shown(&self) -> protocol::Everywhere {
        let all = self.looked_at + self.waiting.len();
        let count = self.found.len() + self.more;
        let message = match (self.is_complete(), self.is_stopped) {
            (_, true) => format!("Stopped: found in {count} of the {} looked at", self.looked_at),
            (true, _) => format!("Found in {count} of {all}"),
            (false, _) => format!("Found in {count}; {} of {all} looked at", self.looked_at),
        };
        protocol::Everywhere {
            query: self.typed.clone(),
            found: self.found.clone(),
            more: self.more,
            message,
            complete: self.is_complete(),
        }
    }
}
