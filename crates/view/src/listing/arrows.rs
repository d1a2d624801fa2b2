//! Jumps, drawn as arrows in the margin: which lane each has.

use pycxray::{Instruction, Item, NodeId, Pyc};

use crate::bytecode::{Bytecode, Jump};
use crate::protocol::{Lane, LaneShape};

/// How many lanes there are at most, apart from the one where arrows that are not drawn begin and end.
const LANES: u8 = u8::BITS as u8;

/// How many jumps are drawn at most in each direction: far more than any compiler makes in one code object. Of the others
/// only the ends are.
const JUMPS: usize = 5_000;

/// All jumps in one direction to one instruction: they meet, and go the rest of the way together.
#[derive(Clone, Debug, PartialEq, Eq)]
struct Arrow {
    /// The offset in the bytecode that they lead to.
    to: u32,
    /// The offsets of the instructions that jump, ascending.
    from: Vec<u32>,
    backward: bool,
    /// [`LANES`] if none was free for it.
    lane: u8,
}

impl Arrow {
    /// Its first and last instruction, from above.
    fn ends(&self) -> (u32, u32) {
        let (first, last) = (self.from[0], self.from[self.from.len() - 1]);
        (first.min(self.to), last.max(self.to))
    }

    fn length(&self) -> u32 {
        let (first, last) = self.ends();
        last - first
    }
}

/// The arrows in the margin of one code object.
#[derive(Debug)]
pub(super) struct Arrows {
    arrows: Vec<Arrow>,
    /// How many lanes have arrows in them.
    drawn: u8,
    /// Whether there are arrows that no lane was free for.
    any_undrawn: bool,
}

impl Arrows {
    /// Finds lanes for the jumps of a code object. The shortest arrows are next to the instructions, so that those around them
    /// cross as few as may be. Of what finds no lane only the ends are drawn.
    pub(super) fn new(pyc: &Pyc, bytecode: &Bytecode) -> Self {
        let (mut arrows, mut any_undrawn) = gather(pyc, bytecode);
        let mut order: Vec<usize> = (0..arrows.len()).collect();
        order.sort_by_key(|&at| (arrows[at].length(), arrows[at].to));
        let mut taken = Taken::new(&arrows);
        let mut drawn = 0;
        for at in order {
            let arrow = &mut arrows[at];
            arrow.lane = taken.take(arrow.ends());
            match arrow.lane {
                LANES => any_undrawn = true,
                lane => drawn = drawn.max(lane + 1),
            }
        }
        Self { arrows, drawn, any_undrawn }
    }

    /// How many lanes there are, with the one for the ends of arrows that are not drawn.
    pub(super) fn lanes(&self) -> u8 {
        self.drawn + u8::from(self.any_undrawn)
    }

    /// Adds the ends of arrows that are not drawn, on the row of an instruction: `lanes` are those that are.
    pub(super) fn end_undrawn(&self, lanes: &mut Vec<Lane>, pyc: &Pyc, bytecode: &Bytecode, here: &Instruction) {
        if !self.any_undrawn {
            return;
        }
        let leaving = here.target(pyc.python()).filter(|&to| bytecode.begins_at(pyc, to));
        let leaving = leaving.map(|to| Jump { to, from: here.offset });
        let arriving = bytecode.jumps_to(pyc, here.offset);
        let ends = [
            (LaneShape::LeavesUndrawn, leaving),
            (LaneShape::ArrivesUndrawn, arriving.first().copied()),
            (LaneShape::ArrivesUndrawn, arriving.last().copied()),
        ];
        for (shape, jump) in ends {
            let Some(jump) = jump else { continue };
            let target = Item::Instruction(bytecode.code, jump.to).into();
            let backward = jump.is_backward();
            if !lanes.iter().any(|lane| lane.target == target && lane.backward == backward) {
                lanes.push(Lane { lane: self.drawn, shape, target, backward, lit: false });
            }
        }
    }

    /// The arrows that lead past any of the instructions from one offset to another.
    pub(super) fn visible(&self, first: u32, last: u32) -> Visible<'_> {
        let is_visible = |arrow: &&Arrow| {
            let (above, below) = arrow.ends();
            arrow.lane < LANES && above <= last && first <= below
        };
        Visible(self.arrows.iter().filter(is_visible).collect())
    }
}

/// The arrows of a code object, and whether there are jumps that are not among them.
fn gather(pyc: &Pyc, bytecode: &Bytecode) -> (Vec<Arrow>, bool) {
    let (mut arrows, mut any_undrawn) = (Vec::<Arrow>::new(), false);
    // Forward, and backward: how many jumps there are, and where the last of their arrows is.
    let (mut jumps, mut last) = ([0, 0], [0, 0]);
    // The target looked at last, and whether an instruction begins there.
    let mut target = None;
    for jump in bytecode.jumps(pyc) {
        let is_there = match target {
            Some((to, is_there)) if to == jump.to => is_there,
            _ => bytecode.begins_at(pyc, jump.to),
        };
        target = Some((jump.to, is_there));
        if !is_there {
            continue;
        }
        let backward = jump.is_backward();
        let direction = usize::from(backward);
        if jumps[direction] == JUMPS {
            any_undrawn = true;
            continue;
        }
        jumps[direction] += 1;
        match arrows.get_mut(last[direction]) {
            Some(arrow) if arrow.to == jump.to && arrow.backward == backward => arrow.from.push(jump.from),
            _ => {
                last[direction] = arrows.len();
                arrows.push(Arrow { to: jump.to, from: vec![jump.from], backward, lane: 0 });
            }
        }
    }
    (arrows, any_undrawn)
}

/// Which lanes have arrows in them, and where. Arrows come to it from the shortest on: where one lies in the way of another, at least
/// one of its ends does.
struct Taken {
    /// Where arrows begin and end, in order.
    ends: Vec<u32>,
    /// A binary tree: from `ends.len()` on, in which lanes each of these ends was taken, a bit for each; before that at `n` what is
    /// at `2 * n` or at `2 * n + 1`.
    lanes: Vec<u8>,
}

impl Taken {
    fn new(arrows: &[Arrow]) -> Self {
        let mut ends: Vec<u32> = arrows.iter().flat_map(|arrow| <[u32; 2]>::from(arrow.ends())).collect();
        ends.sort_unstable();
        Self { lanes: vec![0; 2 * ends.len()], ends }
    }

    /// Takes the first lane that is free from one of the ends to another, both included: two arrows may not even share a row of
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

/// The arrows that can be seen.
#[derive(Debug, Default)]
pub(super) struct Visible<'l>(Vec<&'l Arrow>);

impl Visible<'_> {
    /// What the margin shows on the row of the instruction at `offset`; `below` for the rows of its caches, which arrows go
    /// past. `chosen` is the offset of the chosen instruction.
    pub(super) fn lanes(&self, code: NodeId, offset: u32, below: bool, chosen: Option<u32>) -> Vec<Lane> {
        let passes = |arrow: &&&Arrow| {
            let (first, last) = arrow.ends();
            first <= offset && offset <= last && !(below && offset == last)
        };
        let lane = |arrow: &&Arrow| Lane {
            lane: arrow.lane,
            shape: if below { LaneShape::Through } else { shape(arrow, offset) },
            target: Item::Instruction(code, arrow.to).into(),
            backward: arrow.backward,
            lit: chosen.is_some_and(|chosen| is_lit(arrow, offset, chosen)),
        };
        let mut lanes: Vec<Lane> = self.0.iter().filter(passes).map(lane).collect();
        lanes.sort_by_key(|lane| lane.lane);
        lanes
    }
}

fn shape(arrow: &Arrow, offset: u32) -> LaneShape {
    let (first, last) = arrow.ends();
    let leaves = arrow.from.binary_search(&offset).is_ok();
    match (offset == arrow.to, arrow.backward) {
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

/// Whether an arrow leads past `offset` from the chosen instruction, or to it.
fn is_lit(arrow: &Arrow, offset: u32, chosen: u32) -> bool {
    if chosen == arrow.to {
        return true;
    }
    let leaves = arrow.from.binary_search(&chosen).is_ok();
    leaves && offset >= chosen.min(arrow.to) && offset <= chosen.max(arrow.to)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_arrow_has_the_first_lane_that_no_shorter_one_took() {
        let mut state = 1_u32;
        let mut random = |most: u32| {
            state = state.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (state >> 16) % most
        };
        for count in [0, 1, 5, 60] {
            let arrow = |_| Arrow { to: random(100), from: vec![random(100)], backward: false, lane: 0 };
            let mut arrows: Vec<Arrow> = (0..count).map(arrow).collect();
            arrows.sort_by_key(Arrow::length);
            let mut taken = Taken::new(&arrows);
            for at in 0..arrows.len() {
                let (first, last) = arrows[at].ends();
                let meets = |other: &&Arrow| other.ends().0 <= last && first <= other.ends().1;
                let lanes: Vec<u8> = arrows[..at].iter().filter(meets).map(|arrow| arrow.lane).collect();
                let free = (0..LANES).find(|lane| !lanes.contains(lane)).unwrap_or(LANES);
                arrows[at].lane = taken.take((first, last));
                assert_eq!(arrows[at].lane, free, "{first} to {last}");
            }
        }
    }
}
