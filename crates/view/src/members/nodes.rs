//! The members as a tree: folders, packages, containers within containers, and what is no author's apart from it.

use std::collections::HashMap;

use pycxray_container::{Kind, Member, Role};

use crate::text::made_displayable;

/// Folders beyond these are not made: their members stand where the last one is, by the rest of their names.
const FOLDERS: usize = 100_000;
/// How deep folders are nested at most.
const DEPTH: usize = 64;
/// What the members of known libraries are gathered under.
const LIBRARIES: &str = "Known libraries and packaging";

/// Something that has a row.
#[derive(Debug)]
pub(super) struct Node {
    /// What its row says: the last part of a member's name.
    pub(super) label: String,
    /// Which member it is; `None` for what members are only gathered under.
    pub(super) member: Option<u32>,
    pub(super) parent: Option<u32>,
    pub(super) depth: u32,
    /// Its place among its siblings, counted from 1, and how many these are.
    pub(super) position: u32,
    pub(super) set_size: u32,
    /// The first node behind it that is not in it.
    pub(super) end: u32,
    /// How many members are in it.
    pub(super) held: u32,
    /// Whether it is of no author's own.
    pub(super) is_library: bool,
}

/// All of them: each is followed by what is in it.
#[derive(Debug, Default)]
pub(super) struct Nodes(pub(super) Vec<Node>);

impl Nodes {
    /// Those on the way to a node, the innermost first, itself among them.
    pub(super) fn way_to(&self, node: u32) -> impl Iterator<Item = u32> + '_ {
        std::iter::successors(Some(node), |&inner| self.0.get(inner as usize)?.parent)
    }
}

/// Which come first among siblings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Rank {
    /// What the program begins with.
    Script,
    /// What members are in.
    Group,
    Code,
    Other,
    Libraries,
}

#[derive(Debug)]
struct Draft {
    label: String,
    member: Option<u32>,
    rank: Rank,
    is_library: bool,
    children: Vec<u32>,
}

/// Takes the members one after the other.
#[derive(Debug, Default)]
pub(super) struct Builder {
    drafts: Vec<Draft>,
    outermost: Vec<u32>,
    /// By what they are in and their label.
    known: HashMap<(Option<u32>, String), u32>,
}

impl Builder {
    /// Adds a member of the container that stands at a node; gives the node of it.
    pub(super) fn add(&mut self, container: Option<u32>, member: &Member, kind: Kind, number: u32) -> u32 {
        let separators: &[char] =
            if matches!(member.role, Role::Module | Role::Package) { &['.'] } else { &['/', '\\'] };
        let parts = member.name.split(separators).filter(|part| !part.is_empty() && *part != ".");
        let mut parts: Vec<String> = parts.map(|part| made_displayable(part.to_owned())).collect();
        if parts.len() > DEPTH || self.drafts.len() > FOLDERS || parts.is_empty() {
            parts = vec![made_displayable(member.name.clone())];
        }
        let label = parts.pop().unwrap_or_default();
        let mut parent = container;
        if member.is_library {
            parent = Some(self.group(container, LIBRARIES.to_owned(), Rank::Libraries, true));
        }
        for part in parts {
            parent = Some(self.group(parent, part, Rank::Group, member.is_library));
        }
        if member.name.ends_with(['/', '\\']) {
            return self.group(parent, label, Rank::Group, member.is_library);
        }
        let rank = match (member.role, kind) {
            (Role::Script, _) => Rank::Script,
            _ if kind.is_container() => Rank::Group,
            (_, kind) if kind.is_code() || kind == Kind::Source => Rank::Code,
            _ => Rank::Other,
        };
        // A package may be known by its modules already.
        let known = self.known.get(&(parent, label.clone())).copied();
        if let Some(known) = known.filter(|&known| self.drafts[known as usize].member.is_none()) {
            self.drafts[known as usize].member = Some(number);
            return known;
        }
        let draft = Draft { label, member: Some(number), rank, is_library: member.is_library, children: Vec::new() };
        self.push(parent, draft)
    }

    /// What members are gathered under, by its label.
    fn group(&mut self, parent: Option<u32>, label: String, rank: Rank, is_library: bool) -> u32 {
        if let Some(&known) = self.known.get(&(parent, label.clone())) {
            let draft = &mut self.drafts[known as usize];
            draft.rank = if draft.rank == Rank::Code { Rank::Group } else { draft.rank };
            return known;
        }
        self.push(parent, Draft { label, member: None, rank, is_library, children: Vec::new() })
    }

    fn push(&mut self, parent: Option<u32>, draft: Draft) -> u32 {
        let node = self.drafts.len() as u32;
        self.known.entry((parent, draft.label.clone())).or_insert(node);
        self.drafts.push(draft);
        match parent {
            Some(parent) => self.drafts[parent as usize].children.push(node),
            None => self.outermost.push(node),
        }
        node
    }

    /// Puts each behind what it is in.
    pub(super) fn finish(mut self) -> Nodes {
        let mut nodes: Vec<Node> = Vec::with_capacity(self.drafts.len());
        let outermost = std::mem::take(&mut self.outermost);
        // Siblings that are still to be put, the last one first, with their parent's place.
        let mut waiting: Vec<(u32, Option<u32>, u32, u32)> = Vec::new();
        self.wait(outermost, None, &mut waiting);
        while let Some((draft, parent, position, set_size)) = waiting.pop() {
            let place = nodes.len() as u32;
            let draft = &mut self.drafts[draft as usize];
            let depth = parent.map_or(0, |parent| nodes[parent as usize].depth + 1);
            nodes.push(Node {
                label: std::mem::take(&mut draft.label),
                member: draft.member,
                parent,
                depth,
                position,
                set_size,
                end: place + 1,
                held: 0,
                is_library: draft.is_library,
            });
            let children = std::mem::take(&mut draft.children);
            self.wait(children, Some(place), &mut waiting);
        }
        for place in (0..nodes.len()).rev() {
            let Node { end, held, parent, member, .. } = nodes[place];
            if let Some(parent) = parent {
                let parent = &mut nodes[parent as usize];
                parent.end = parent.end.max(end);
                parent.held += held + u32::from(member.is_some());
            }
        }
        Nodes(nodes)
    }

    fn wait(&self, mut siblings: Vec<u32>, parent: Option<u32>, waiting: &mut Vec<(u32, Option<u32>, u32, u32)>) {
        siblings.sort_by_key(|&node| self.drafts[node as usize].rank);
        let count = siblings.len() as u32;
        let numbered = siblings.into_iter().zip(1..).map(|(node, position)| (node, parent, position, count));
        let first = waiting.len();
        waiting.extend(numbered);
        waiting[first..].reverse();
    }
}
