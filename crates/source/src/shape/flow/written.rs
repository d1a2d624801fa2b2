//! What instructions tell that are no operations: jumps, and what nothing leads to. Up to 3.9 compilers leave them as they are written,
//! but that jumps are led past others.

use super::Flow;
use crate::graph::{BlockId, WrittenJump};

impl Flow<'_> {
    /// The instruction that jumps at the end of a node.
    fn jump_of(&self, id: BlockId) -> Option<&WrittenJump> {
        self.jump_at(self.node(id).origin.start()?)
    }

    /// The instruction that jumps which begins at an offset.
    fn jump_at(&self, start: u32) -> Option<&WrittenJump> {
        let jumps = &self.graph.jumps;
        jumps.binary_search_by_key(&start, |jump| jump.start).ok().map(|at| &jumps[at])
    }

    /// The jumps behind the end of a node that nothing leads to, up to the next code that something leads to.
    fn dead_behind(&self, id: BlockId) -> impl Iterator<Item = &WrittenJump> {
        let behind = self.node(id).origin.end();
        let next = behind.map_or(0, |behind| self.next_start(behind));
        let jumps = &self.graph.jumps;
        let at = behind.map_or(jumps.len(), |behind| jumps.partition_point(|jump| jump.start < behind));
        jumps[at..].iter().take_while(move |jump| jump.start < next).filter(|jump| jump.is_dead)
    }

    /// Whether a jump is the last one to where it leads: the one that a loop ends with.
    fn is_last_to_its_target(&self, jump: &WrittenJump) -> bool {
        self.graph.jumps.iter().rev().find(|other| other.target == jump.target).is_some_and(|last| last == jump)
    }

    /// Whether nothing leads to what stands behind the end of a node.
    pub(in crate::shape) fn is_before_dead(&self, id: BlockId) -> bool {
        let behind = self.node(id).origin.end();
        behind.is_some_and(|behind| self.graph.dead.binary_search(&behind).is_ok())
    }

    /// Whether a node, by which a handler is left, ends with a jump that is written: behind it the clause is left once more (up to 3.9).
    pub(in crate::shape) fn jumps_out_of_clause(&self, id: BlockId) -> bool {
        self.dead_behind(id).any(|jump| jump.leaves_handler)
    }

    /// The same of a clause with a name: behind a jump that is written, nothing leads to the unbinding of the name.
    pub(in crate::shape) fn jumps_out_of_named_clause(&self, id: BlockId) -> bool {
        let Some(behind) = self.node(id).origin.end() else { return false };
        if self.jump_of(id).is_some() || self.is_before_dead(id) {
            return self.is_before_dead(id);
        }
        let jumps = &self.graph.jumps;
        let next = jumps[jumps.partition_point(|jump| jump.start < behind)..].iter().find(|jump| !jump.is_dead);
        next.is_some_and(|jump| self.graph.dead.binary_search(&jump.end).is_ok())
    }

    /// Whether a node ends with a `continue` that is written, in the loop that begins with `head` (up to 3.9): the jump that the loop ends with
    /// stands behind it, or it leads to the start of the loop where one to its end would be shorter.
    pub(in crate::shape) fn is_continue_written(&self, id: BlockId, head: BlockId) -> bool {
        let head = self.next_start(self.node(head).offset);
        let behind = self.node(id).origin.end();
        let leads_back = |jump: &WrittenJump| self.next_start(jump.target) == head;
        if self.is_python2 {
            return false;
        }
        if self.dead_behind(id).any(|jump| Some(jump.start) == behind && leads_back(jump)) {
            return true;
        }
        // An argument of one byte is not made longer when a jump is led past another.
        const LONG: u32 = 256;
        let Some(jump) = self.jump_of(id).filter(|jump| leads_back(jump)) else { return false };
        let last = self.graph.jumps.iter().rev().find(|other| other.target == jump.target).unwrap_or(jump);
        jump.target >= LONG && last.start > jump.end && last.start - jump.end < LONG
    }

    /// Whether a jump stands right behind the branch that a node ends with which is no part of that: it is on another line.
    pub(in crate::shape) fn jumps_behind(&self, id: BlockId) -> bool {
        let origin = self.node(id).origin;
        let jump = origin.end().and_then(|end| self.jump_at(end));
        !self.branches_forward || jump.is_some_and(|jump| jump.line.is_some() && jump.line != origin.line())
    }

    /// Whether a node ends with a jump, and another one to the same place stands right behind that.
    pub(in crate::shape) fn is_jump_repeated(&self, id: BlockId) -> bool {
        let Some(jump) = self.jump_of(id) else { return false };
        self.jump_at(jump.end).is_some_and(|next| self.next_start(next.target) == self.next_start(jump.target))
    }

    /// Whether a node ends with a jump, behind which two more stand: one over an `else`, which is the other (up to 3.9).
    pub(in crate::shape) fn jumps_before_else(&self, id: BlockId) -> bool {
        let over = self.jump_of(id).and_then(|jump| self.jump_at(jump.end)).filter(|over| over.is_dead);
        let other = over.and_then(|over| self.jump_at(over.end));
        other.is_some_and(|other| !self.is_last_to_its_target(other))
    }

    /// Whether a node ends with a jump over nothing: `else: pass` (up to 3.9).
    pub(in crate::shape) fn jumps_over_nothing(&self, id: BlockId) -> bool {
        self.jump_of(id).is_some_and(|jump| jump.target == jump.end && !self.is_python2)
    }

    /// Where what follows a `try` begins, of which all clauses end otherwise: their ends would lead there (up to 3.9). The clauses stand
    /// between a handler and an offset.
    pub(in crate::shape) fn behind_clauses(&self, handler: BlockId, until: u32) -> Option<u32> {
        let from = self.node(handler).offset;
        let leaves = |jump: &&WrittenJump| jump.leaves_handler && jump.is_dead && (from..until).contains(&jump.start);
        self.graph.jumps.iter().filter(leaves).map(|jump| jump.target).find(|&target| target > until)
    }

    /// How many of the `try`s that begin right before a node stand in the loop that begins there: that leads back to before them (up to
    /// 3.10).
    pub(in crate::shape) fn tries_in_loop(&self, head: BlockId) -> usize {
        let mut behind = self.node(head).offset;
        let (mut count, mut found) = (0, 0);
        let tries = &self.graph.tries;
        while let Ok(at) = tries.binary_search_by_key(&behind, |&(_, end)| end) {
            let (start, _) = tries[at];
            count += 1;
            if self.graph.jumps.iter().any(|jump| jump.target == start && jump.start > start) {
                found = count;
            }
            behind = start;
        }
        found
    }
}
