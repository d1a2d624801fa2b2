//! The tree of members as the user left it.

use std::ops::Range;

use pycxray::Span;

use super::Members;
use super::nodes::Node;
use crate::moves::moved;
use crate::number::counted;
use crate::protocol::{MemberRow, MembersAction, RowKey};

/// The tree as the user left it.
#[derive(Debug, Default)]
pub(crate) struct MemberList {
    /// Which nodes are open.
    open: Vec<bool>,
    /// While it is narrowed down: which nodes are listed, and which of these are open.
    narrowed: Option<Narrowed>,
    /// The nodes that have rows.
    shown: Vec<u32>,
    /// The node that is chosen.
    chosen: u32,
}

#[derive(Debug)]
struct Narrowed {
    fits: Vec<bool>,
    open: Vec<bool>,
}

impl MemberList {
    /// The author's own laid open, known libraries folded away; nothing of a file that has no members.
    pub(crate) fn new(members: Option<&Members>) -> Self {
        let nodes = members.map_or(&[][..], |members| &members.nodes.0);
        let mut list = Self { open: nodes.iter().map(|node| !node.is_library).collect(), ..Self::default() };
        list.show(nodes);
        list
    }

    fn open(&mut self) -> &mut Vec<bool> {
        match &mut self.narrowed {
            Some(narrowed) => &mut narrowed.open,
            None => &mut self.open,
        }
    }

    fn is_open(&self, node: u32) -> bool {
        let open = self.narrowed.as_ref().map_or(&self.open, |narrowed| &narrowed.open);
        open.get(node as usize).copied().unwrap_or(false)
    }

    /// Finds out which nodes have rows.
    fn show(&mut self, nodes: &[Node]) {
        let mut shown = Vec::new();
        let mut at = 0;
        while let Some(node) = nodes.get(at) {
            let fits = self.narrowed.as_ref().is_none_or(|narrowed| narrowed.fits[at]);
            if fits {
                shown.push(at as u32);
            }
            at = if fits && self.is_open(at as u32) { at + 1 } else { node.end as usize };
        }
        self.shown = shown;
        // What is chosen may be hidden now: then what hides it is chosen.
        let behind = self.shown.partition_point(|&node| node <= self.chosen);
        let is_around = |node: &&u32| nodes[**node as usize].end > self.chosen;
        let around = self.shown[..behind].iter().rev().find(is_around).or(self.shown.first());
        self.chosen = around.copied().unwrap_or(0);
    }

    /// Does what the user did. Answers the bytes of what was chosen, if they are in the file as one piece.
    pub(crate) fn act(&mut self, members: &Members, action: MembersAction) -> Option<Span> {
        let nodes = &members.nodes.0;
        match action {
            MembersAction::Filter(typed) => {
                self.narrow(members, &typed.trim().to_lowercase());
                None
            }
            MembersAction::Select(row) => {
                self.choose(members, *self.shown.get(row.min(self.shown.len().checked_sub(1)?))?)
            }
            MembersAction::Toggle(row) => {
                let node = *self.shown.get(row)?;
                self.set_open(nodes, node..node + 1, !self.is_open(node));
                None
            }
            MembersAction::Key(key, page) => self.key(members, key, page),
            MembersAction::TypeAhead(typed) => self.type_ahead(members, &typed.to_lowercase()),
        }
    }

    fn choose(&mut self, members: &Members, node: u32) -> Option<Span> {
        self.chosen = node;
        members.span(members.nodes.0.get(node as usize)?.member?)
    }

    fn set_open(&mut self, nodes: &[Node], range: Range<u32>, is_open: bool) {
        self.open()[range.start as usize..range.end as usize].fill(is_open);
        self.show(nodes);
    }

    /// Lists those alone whose names hold this, and what they are in.
    fn narrow(&mut self, members: &Members, typed: &str) {
        let nodes = &members.nodes.0;
        self.narrowed = None;
        if !typed.is_empty() {
            let mut fits = vec![false; nodes.len()];
            for at in (0..nodes.len()).rev() {
                let name = nodes[at].member.and_then(|member| members.entries.get(member as usize));
                fits[at] |= name.is_some_and(|entry| entry.name.to_lowercase().contains(typed));
                if let Some(parent) = nodes[at].parent.filter(|_| fits[at]) {
                    fits[parent as usize] = true;
                }
            }
            // The first that holds it by itself is chosen, not what it is in.
            let first = (0..nodes.len()).find(|&at| {
                fits[at] && nodes.get(at + 1).is_none_or(|next| next.depth <= nodes[at].depth || !fits[at + 1])
            });
            self.chosen = first.unwrap_or(0) as u32;
            self.narrowed = Some(Narrowed { fits, open: vec![true; nodes.len()] });
        }
        self.show(nodes);
    }

    /// What a key does, as in every tree (WAI-ARIA's treeview pattern).
    fn key(&mut self, members: &Members, key: RowKey, page: usize) -> Option<Span> {
        let nodes = &members.nodes.0;
        let (row, last) = (self.chosen()?, self.shown.len().checked_sub(1)?);
        let (node, is_open) = (self.chosen, self.is_open(self.chosen));
        let has_more = nodes[node as usize].end > node + 1;
        let to = match key {
            RowKey::Right if has_more && is_open => *self.shown.get(row + 1)?,
            RowKey::Left if !(has_more && is_open) => nodes[node as usize].parent?,
            RowKey::Left | RowKey::Right | RowKey::Toggle | RowKey::Enter => {
                self.set_open(nodes, node..node + 1, !is_open && has_more);
                return None;
            }
            RowKey::ExpandAll => {
                self.set_open(nodes, node..nodes[node as usize].end, true);
                return None;
            }
            _ => *self.shown.get(moved(key, row, last, page)?)?,
        };
        self.choose(members, to)
    }

    /// The next row that begins with what was typed, from the chosen one on and round.
    fn type_ahead(&mut self, members: &Members, typed: &str) -> Option<Span> {
        let from = self.chosen()? + usize::from(typed.chars().count() <= 1);
        let rows = (from..self.shown.len()).chain(0..from.min(self.shown.len()));
        let begins = |node: &u32| members.nodes.0[*node as usize].label.to_lowercase().starts_with(typed);
        let node = rows.map(|row| self.shown[row]).find(begins)?;
        self.choose(members, node)
    }

    /// Chooses the member of this name and lays open what it is in; `None` if there is none. Then its bytes, if they are in the
    /// file as one piece.
    pub(crate) fn go_to(&mut self, members: &Members, name: &str) -> Option<Option<Span>> {
        let is_it = |member: &u32| members.entries[*member as usize].name == name;
        let member = members.nodes.0.iter().filter_map(|node| node.member).find(is_it)?;
        self.go_to_member(members, member)
    }

    /// The same for the member of this number.
    pub(crate) fn go_to_member(&mut self, members: &Members, member: u32) -> Option<Option<Span>> {
        let nodes = &members.nodes;
        let node = nodes.0.iter().position(|node| node.member == Some(member))? as u32;
        self.narrowed = None;
        for outer in nodes.way_to(node).skip(1) {
            self.open[outer as usize] = true;
        }
        self.chosen = node;
        self.show(&nodes.0);
        Some(self.choose(members, node))
    }

    /// The member that is chosen; `None` where that is what members are gathered under.
    pub(crate) fn member(&self, members: &Members) -> Option<u32> {
        members.nodes.0.get(self.chosen as usize)?.member
    }

    /// The name of the member that is chosen.
    pub(crate) fn name<'m>(&self, members: &'m Members) -> Option<&'m str> {
        let member = self.member(members)?;
        Some(&members.entries[member as usize].name)
    }

    pub(crate) fn len(&self) -> usize {
        self.shown.len()
    }

    /// The row that is chosen.
    pub(crate) fn chosen(&self) -> Option<usize> {
        self.shown.binary_search(&self.chosen).ok()
    }

    /// Rows, as far as there are so many.
    pub(crate) fn rows(&self, members: &Members, range: Range<usize>) -> Vec<MemberRow> {
        let end = range.end.min(self.shown.len());
        let shown = self.shown.get(range.start..end).unwrap_or(&[]);
        shown.iter().map(|&node| self.row(members, node)).collect()
    }

    fn row(&self, members: &Members, at: u32) -> MemberRow {
        let node = &members.nodes.0[at as usize];
        let member = node.member.and_then(|member| members.name(member));
        let held = counted(node.held.into(), "member");
        let (kind, python) = match &member {
            Some(member) => members.kind(member.number),
            None => (held, None),
        };
        MemberRow {
            label: node.label.clone(),
            kind,
            python,
            size: member.as_ref().and_then(|member| member.size),
            member,
            is_library: node.is_library,
            depth: node.depth,
            expandable: node.end > at + 1,
            expanded: node.end > at + 1 && self.is_open(at),
            position: node.position,
            set_size: node.set_size,
        }
    }
}
