//! Jumps, drawn in the margin: which lane each has.

use pycxray::{Instruction, Item, NodeId, PairSort, Pyc};

use super::{Lane, LaneShape};
use crate::bytecode::{Bytecode, Jump};
use crate::order;

/// How many lanes there are at most, apart from the one where ways that are not drawn begin and end.
const LANES: u8 = u8::BITS as u8;

/// How many jumps are drawn at most in each direction: far more than any compiler makes in one code object. Of the others
/// only the ends are.
const WAYS: usize = 5_000;

/// All jumps in one direction to one instruction: they meet, and go the rest of the way together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Way {
    /// The offset in the bytecode that they lead to.
    to: u32,
    /// The offsets of the instructions that jump, ascending.
    from: Vec<u32>,
    backward: bool,
    /// [`LANES`] if none was free for it.
    lane: u8,
}

impl Way {
    /// Its first and last instruction, from above.
    fn ends(&self) -> (u32, u32) {
        let (first, last) = (self.from[0], self.from[self.from.len() - 1]);
        (first.min(self.to), last.max(self.to))
    }
}

/// The ways through the margin of one code object.
#[derive(Debug)]
pub(crate) struct Lanes {
    ways: Vec<Way>,
    /// How many lanes have ways in them.
    drawn: u8,
    /// Whether there are ways that no lane was free for.
    any_undrawn: bool,
}

impl Lanes {
    /// How many lanes there are, with the one for the ends of ways that are not drawn.
    pub(crate) fn count(&self) -> u8 {
        self.drawn + u8::from(self.any_undrawn)
    }

    /// Adds the ends of ways that are not drawn, on the row of an instruction: `lanes` are those that are.
    pub(crate) fn end_undrawn(&self, lanes: &mut Vec<Lane>, pyc: &Pyc, bytecode: &Bytecode, here: &Instruction) {
        if !self.any_undrawn {
            return;
        }
        let (code, offset) = (bytecode.code, here.offset);
        let is_there = |to: &u32| bytecode.at(pyc, *to).is_some_and(|(_, there)| there.offset == *to);
        let leaving = here.target(pyc.python()).filter(is_there).map(|to| Jump { to, from: offset });
        let mut end = |shape: LaneShape, jump: Option<Jump>| {
            let Some(jump) = jump else { return };
            let (target, backward) = (Item::Instruction(code, jump.to), jump.is_backward());
            let same = |lane: &Lane| lane.target == target && lane.backward == backward;
            if !lanes.iter().any(same) {
                lanes.push(Lane { lane: self.drawn, shape, target, backward, lit: false });
            }
        };
        let mut arriving = bytecode.jumps_to(pyc, offset);
        end(LaneShape::LeavesUndrawn, leaving);
        end(LaneShape::ArrivesUndrawn, arriving.next());
        end(LaneShape::ArrivesUndrawn, arriving.next_back());
    }

    /// The ways that lead past any of the instructions from one offset to another.
    pub(crate) fn within(&self, first: u32, last: u32) -> Window<'_> {
        let mut ways = Vec::new();
        for way in &self.ways {
            let (above, below) = way.ends();
            if way.lane < LANES && above <= last && first <= below {
                ways.push(way);
            }
        }
        Window(ways)
    }
}

/// Finds lanes for the jumps of a code object, in slices.
#[derive(Debug, Default)]
pub(crate) struct LanesIndexer {
    ways: Vec<Way>,
    /// How many jumps there are in them forward, and backward.
    jumps: [usize; 2],
    /// Which of them it has come to forward, and backward.
    last: [usize; 2],
    /// Which jump it has come to.
    at: usize,
    /// The target looked at last, and whether an instruction begins there.
    target: Option<(u32, bool)>,
    any_undrawn: bool,
}

impl LanesIndexer {
    /// Goes on for `budget` jumps. `true` when all have been looked at.
    pub(crate) fn step(&mut self, pyc: &Pyc, bytecode: &Bytecode, budget: usize) -> bool {
        for jump in bytecode.jumps(pyc, self.at).take(budget) {
            self.add(pyc, bytecode, jump);
            self.at += 1;
        }
        self.at == bytecode.jump_count(pyc)
    }

    fn add(&mut self, pyc: &Pyc, bytecode: &Bytecode, jump: Jump) {
        let is_there = match self.target {
            Some((to, is_there)) if to == jump.to => is_there,
            _ => bytecode.at(pyc, jump.to).is_some_and(|(_, there)| there.offset == jump.to),
        };
        self.target = Some((jump.to, is_there));
        let direction = usize::from(jump.is_backward());
        if !is_there {
            return;
        }
        if self.jumps[direction] == WAYS {
            self.any_undrawn = true;
            return;
        }
        self.jumps[direction] += 1;
        let backward = jump.is_backward();
        match self.ways.get_mut(self.last[direction]) {
            Some(way) if way.to == jump.to && way.backward == backward => way.from.push(jump.from),
            _ => {
                self.last[direction] = self.ways.len();
                self.ways.push(Way { to: jump.to, from: vec![jump.from], backward, lane: 0 });
            }
        }
    }

    /// The shortest ways are next to the instructions, so that those around them cross as few as may be. Of what finds no
    /// lane only the ends are drawn.
    pub(crate) fn finish(self) -> Lanes {
        let mut ways = self.ways;
        let size = |way: &Way| way.ends().1 - way.ends().0;
        let mut taken = Taken::new(&ways);
        for at in order::by(ways.len(), &[&|at| ways[at].to, &|at| size(&ways[at])]) {
            let way = &mut ways[at as usize];
            way.lane = taken.take(way.ends());
        }
        let (mut drawn, mut any_undrawn) = (0, self.any_undrawn);
        for way in &ways {
            match way.lane {
                LANES => any_undrawn = true,
                lane => drawn = drawn.max(lane + 1),
            }
        }
        Lanes { ways, drawn, any_undrawn }
    }
}

/// Which lanes have ways in them, and where. Ways come to it from the shortest on: where one lies in the way of another, at least
/// one of its ends does.
struct Taken {
    /// Where ways begin and end, in order.
    ends: Vec<u32>,
    /// A binary tree: from `ends.len()` on, in which lanes each of these ends was taken, a bit for each; before that at `n` what is
    /// at `2 * n` or at `2 * n + 1`.
    lanes: Vec<u8>,
}

impl Taken {
    fn new(ways: &[Way]) -> Self {
        let mut sort = PairSort::default();
        for way in ways {
            sort.push(way.ends().0, 0);
            sort.push(way.ends().1, 0);
        }
        let ends: Vec<u32> = sort.into_pairs().iter().map(|pair| pair.0).collect();
        Self { lanes: vec![0; 2 * ends.len()], ends }
    }

    /// Takes the first lane that is free from one of the ends to another, both included: two ways may not even share a row of
    /// one lane. [`LANES`] if none is.
    fn take(&mut self, (first, last): (u32, u32)) -> u8 {
        let count = self.ends.len();
        let start = count + self.ends.partition_point(|&end| end < first);
        let behind = count + self.ends.partition_point(|&end| end <= last);
        let (mut from, mut to, mut taken) = (start, behind, 0);
        while from < to {
            if from % 2 == 1 {
                taken |= self.lanes[from];
                from += 1;
            }
            if to % 2 == 1 {
                to -= 1;
                taken |= self.lanes[to];
            }
            (from, to) = (from / 2, to / 2);
        }
        let lane = taken.trailing_ones() as u8;
        if lane < LANES {
            self.mark(start, lane);
            self.mark(behind - 1, lane);
        }
        lane
    }

    fn mark(&mut self, mut at: usize, lane: u8) {
        while at > 0 {
            self.lanes[at] |= 1 << lane;
            at /= 2;
        }
    }
}

/// The ways that can be seen.
#[derive(Debug)]
pub(crate) struct Window<'l>(Vec<&'l Way>);

impl Window<'_> {
    /// Adds what the margin shows on the row of the instruction at `offset`; `below` for the rows of its caches, which it goes
    /// past. `chosen` is the offset of the chosen instruction.
    pub(crate) fn cross(&self, lanes: &mut Vec<Lane>, code: NodeId, offset: u32, below: bool, chosen: Option<u32>) {
        for way in &self.0 {
            let (first, last) = way.ends();
            if offset < first || offset > last || below && offset == last {
                continue;
            }
            let shape = if below { LaneShape::Through } else { shape(way, offset) };
            let lane = Lane {
                lane: way.lane,
                shape,
                target: Item::Instruction(code, way.to),
                backward: way.backward,
                lit: chosen.is_some_and(|chosen| is_lit(way, offset, chosen)),
            };
            lanes.insert(lanes.partition_point(|known| known.lane <= lane.lane), lane);
        }
    }
}

fn shape(way: &Way, offset: u32) -> LaneShape {
    let (first, last) = way.ends();
    let leaves = way.from.binary_search(&offset).is_ok();
    match (offset == way.to, way.backward) {
        (true, _) if first == last => LaneShape::Loop,
        (true, false) => LaneShape::ArrivesFromAbove,
        (true, true) => LaneShape::ArrivesFromBelow,
        _ if !leaves => LaneShape::Through,
        (_, false) if offset == first => LaneShape::LeavesDown,
        (_, false) => LaneShape::JoinsDown,
        (_, true) if offset == last => LaneShape::LeavesUp,
        (_, true) => LaneShape::JoinsUp,
    }
}

/// Whether a way leads past `offset` from the chosen instruction, or to it.
fn is_lit(way: &Way, offset: u32, chosen: u32) -> bool {
    if chosen == way.to {
        return true;
    }
    let leaves = way.from.binary_search(&chosen).is_ok();
    leaves && offset >= chosen.min(way.to) && offset <= chosen.max(way.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_way_has_the_first_lane_that_no_shorter_one_took() {
        let mut state = 1_u32;
        let mut random = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % most
        };
        for count in [0, 1, 5, 60] {
            let way = |_| Way { to: random(100), from: vec![random(100)], backward: false, lane: 0 };
            let mut ways: Vec<Way> = (0..count).map(way).collect();
            ways.sort_by_key(|way| way.ends().1 - way.ends().0);
            let mut taken = Taken::new(&ways);
            for at in 0..ways.len() {
                let (first, last) = ways[at].ends();
                let meets = |other: &&Way| other.ends().0 <= last && first <= other.ends().1;
                let lanes: Vec<u8> = ways[..at].iter().filter(meets).map(|way| way.lane).collect();
                let free = (0..LANES).find(|lane| !lanes.contains(lane)).unwrap_or(LANES);
                ways[at].lane = taken.take((first, last));
                assert_eq!(ways[at].lane, free, "{first} to {last}");
            }
        }
    }
}
