//! Two graphs walked side by side: do they do the same, whatever the values are?
//!
//! Pairs of blocks are walked together from the first. For each value of the right one, it is known which values of the left one
//! are the same. Operations must be equal and on the same values, branches must ask for the same and lead to pairs that hold in
//! turn, and where something can be raised the handlers must be such a pair. A pair that is met again by another way holds for
//! what is the same by both ways; what is the same only becomes less, so this ends. Copies and shared tails need no care.
//!
//! Origins are no evidence: nothing here looks at them, but to say where.

pub(crate) mod facts;
mod relation;
pub(crate) mod scopes;
pub(crate) mod spelling;
mod wording;

use std::collections::HashMap;

use crate::graph::{BlockId, Edge, Graph, Op, OpKind, Origin, Scope, Terminator, ValueId};
use relation::Relation;
use wording::says;

/// What is not the same.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Difference {
    /// Where in the left graph.
    pub origin: Origin,
    /// What it is.
    pub reason: String,
    /// Whether both do another thing with the same values: an operator is another, or its operands are exchanged. No compiler makes
    /// one of the other; of all else it may be that it is the lowering which errs.
    pub is_certain: bool,
}

/// Proves that both graphs, which are in normal form, do the same, or says where they do not. Gives the origins of all pairs of
/// operations.
///
/// # Errors
/// Where they do not, or where following them takes too long.
pub fn prove(left: &Graph, right: &Graph) -> Result<Vec<(Origin, Origin)>, Difference> {
    let size = |graph: &Graph| graph.blocks.iter().map(|block| block.ops.len() + block.params.len() + 1).sum::<usize>();
    let mut proof = Proof {
        left,
        right,
        known: HashMap::new(),
        queue: Vec::new(),
        pairs: Vec::new(),
        budget: (size(left) + size(right)) * 200 + 10_000,
    };
    if left.blocks.is_empty() || right.blocks.is_empty() {
        return Err(differs(Origin::None, "there is no code"));
    }
    proof.meet((BlockId(0), BlockId(0)), Relation::default());
    while let Some(pair) = proof.queue.pop() {
        proof.walk(pair)?;
    }
    Ok(proof.pairs)
}

/// A block of the left graph, one of the right.
type Pair = (BlockId, BlockId);

/// How many blocks one graph may go on alone, when it has jumps where the other has none.
const ALONE: usize = 16;

struct Proof<'g> {
    left: &'g Graph,
    right: &'g Graph,
    /// For each pair that was met, which parameters are the same.
    known: HashMap<Pair, Relation>,
    queue: Vec<Pair>,
    pairs: Vec<(Origin, Origin)>,
    budget: usize,
}

/// Where the walk is in a pair.
struct Place {
    blocks: Pair,
    /// How many operations of each were compared.
    at: (usize, usize),
    same: Relation,
    /// Of which blocks the handlers were compared.
    guarded: Option<Pair>,
}

impl Proof<'_> {
    /// Notes that a way leads to a pair, with these values the same.
    fn meet(&mut self, pair: Pair, same: Relation) {
        match self.known.get_mut(&pair) {
            None => {
                self.known.insert(pair, same);
                self.queue.push(pair);
            }
            Some(known) => {
                if known.restrict(&same) {
                    self.queue.push(pair);
                }
            }
        }
    }

    fn walk(&mut self, pair: Pair) -> Result<(), Difference> {
        let same = self.known.get(&pair).cloned().unwrap_or_default();
        let mut place = Place { blocks: pair, at: (0, 0), same, guarded: None };
        let mut alone = 0;
        loop {
            let (left, right) = (self.left.block(place.blocks.0), self.right.block(place.blocks.1));
            let origin = left.ops.get(place.at.0).map_or(left.origin, |op| op.origin);
            self.budget = self.budget.checked_sub(1).ok_or_else(|| differs(origin, "comparing it takes too long"))?;
            match (left.ops.get(place.at.0), right.ops.get(place.at.1)) {
                (Some(left), Some(right)) => self.operation(&mut place, left, right)?,
                (left_op, right_op) => {
                    let left_jumps = left_op.is_none() && matches!(left.terminator, Terminator::Jump(_));
                    let right_jumps = right_op.is_none() && matches!(right.terminator, Terminator::Jump(_));
                    if left_jumps == right_jumps {
                        return self.end(&mut place, left_op, right_op);
                    }
                    alone += 1;
                    if alone > ALONE {
                        return Err(differs(origin, "only one of both goes on"));
                    }
                    self.go_on_alone(&mut place, left_jumps);
                }
            }
        }
    }

    fn operation(&mut self, place: &mut Place, left: &Op, right: &Op) -> Result<(), Difference> {
        let is_same = |&(left, right): &(ValueId, ValueId)| self.is_same(&place.same, left, right);
        let operands: Vec<(ValueId, ValueId)> =
            left.operands.iter().copied().zip(right.operands.iter().copied()).collect();
        let have_same = left.operands.len() == right.operands.len() && operands.iter().all(is_same);
        if left.kind != right.kind {
            let reason = format!("{} is {} in the source", says(&left.kind), says(&right.kind));
            let is_certain = have_same && are_operators(&left.kind, &right.kind);
            return Err(Difference { is_certain, ..differs(left.origin, &reason) });
        }
        if left.operands.len() != right.operands.len() {
            return Err(differs(left.origin, &format!("{} has other operands in the source", says(&left.kind))));
        }
        if !have_same {
            if let (&[(a, x), (b, y)], true) = (&operands[..], are_operators(&left.kind, &right.kind)) {
                if is_same(&(a, y)) && is_same(&(b, x)) {
                    let reason = format!("the operands of {} are exchanged in the source", says(&left.kind));
                    return Err(Difference { is_certain: true, ..differs(left.origin, &reason) });
                }
            }
            return Err(differs(left.origin, &format!("{} uses another value in the source", says(&left.kind))));
        }
        if can_raise(&left.kind) {
            self.handlers(place, left.origin)?;
        }
        for (left_value, right_value) in left.results().zip(right.results()) {
            place.same.set(right_value, vec![left_value]);
        }
        self.pairs.push((left.origin, right.origin));
        place.at = (place.at.0 + 1, place.at.1 + 1);
        Ok(())
    }

    /// Whether a value of the left graph is the same as one of the right.
    fn is_same(&self, same: &Relation, left: ValueId, right: ValueId) -> bool {
        match (self.left.as_constant(left), self.right.as_constant(right)) {
            (Some(left), Some(right)) => left == right,
            _ => same.has(right, left),
        }
    }

    /// What is the same at the end of two edges. `more` values are passed besides the arguments: the same on both sides.
    fn at_end(&self, same: &Relation, left: &Edge, right: &Edge) -> Relation {
        let (left_params, right_params) =
            (&self.left.block(left.target).params, &self.right.block(right.target).params);
        let mut at_end = Relation::default();
        for (&param, &arg) in right_params.iter().zip(&right.args) {
            let passed = left_params.iter().zip(&left.args);
            let passed = passed.filter(|(_, left)| self.is_same(same, **left, arg)).map(|(param, _)| *param);
            // A constant is the same wherever it is not passed, too.
            let known = self.left_values(same, arg).into_iter().filter(|&left| self.left.as_constant(left).is_some());
            at_end.set(param, passed.chain(known).collect());
        }
        self.constants_passed(same, left_params.iter().zip(&left.args), &mut at_end);
        if let (Some(&left), Some(&right)) = (left_params.get(left.args.len()), right_params.get(right.args.len())) {
            at_end.set(right, vec![left]);
        }
        at_end
    }

    /// Notes which parameters of the left graph are passed a constant, or what is known to be one.
    fn constants_passed<'v>(
        &self,
        same: &Relation,
        passed: impl Iterator<Item = (&'v ValueId, &'v ValueId)>,
        at_end: &mut Relation,
    ) {
        for (&param, &arg) in passed {
            match self.left.as_constant(arg) {
                Some(constant) => self.right.find_constant(constant).iter().for_each(|&right| at_end.add(right, param)),
                None => same
                    .rights_of(arg)
                    .filter(|&right| self.right.as_constant(right).is_some())
                    .for_each(|right| at_end.add(right, param)),
            }
        }
    }

    fn edge(&mut self, same: &Relation, left: &Edge, right: &Edge) {
        let at_end = self.at_end(same, left, right);
        self.meet((left.target, right.target), at_end);
    }

    /// Compares the handlers of the blocks, once for each pair of blocks.
    fn handlers(&mut self, place: &mut Place, origin: Origin) -> Result<(), Difference> {
        if place.guarded.replace(place.blocks) == Some(place.blocks) {
            return Ok(());
        }
        let (left, right) = (&self.left.block(place.blocks.0).guard, &self.right.block(place.blocks.1).guard);
        match (left, right) {
            (None, None) => Ok(()),
            (Some(left), Some(right)) => {
                let (left, right) = (left.clone(), right.clone());
                self.edge(&place.same, &left, &right);
                Ok(())
            }
            (Some(_), None) => Err(differs(origin, "an exception here is handled in the bytecode alone")),
            (None, Some(_)) => Err(differs(origin, "an exception here is handled in the source alone")),
        }
    }

    /// One side follows its jump, while the other is amid a block.
    fn go_on_alone(&self, place: &mut Place, is_left: bool) {
        let (graph, block) = if is_left { (self.left, place.blocks.0) } else { (self.right, place.blocks.1) };
        let Terminator::Jump(edge) = &graph.block(block).terminator else { return };
        let params = &graph.block(edge.target).params;
        if is_left {
            let before = place.same.clone();
            place.same.pass_left(params, &edge.args, |value| graph.as_constant(value).is_some());
            self.constants_passed(&before, params.iter().zip(&edge.args), &mut place.same);
            (place.blocks.0, place.at.0) = (edge.target, 0);
        } else {
            let passed: Vec<(ValueId, Vec<ValueId>)> = params
                .iter()
                .zip(&edge.args)
                .map(|(&param, &arg)| (param, self.left_values(&place.same, arg)))
                .collect();
            passed.into_iter().for_each(|(param, values)| place.same.set(param, values));
            (place.blocks.1, place.at.1) = (edge.target, 0);
        }
    }

    /// The values of the left graph that one of the right is the same as.
    fn left_values(&self, same: &Relation, right: ValueId) -> Vec<ValueId> {
        match self.right.as_constant(right) {
            Some(constant) => self.left.find_constant(constant).into_iter().collect(),
            None => same.get(right).to_vec(),
        }
    }

    fn end(&mut self, place: &mut Place, left_op: Option<&Op>, right_op: Option<&Op>) -> Result<(), Difference> {
        let (left, right) = (self.left.block(place.blocks.0), self.right.block(place.blocks.1));
        if let Some(op) = left_op {
            return Err(differs(op.origin, &format!("{} is not in the source", says(&op.kind))));
        }
        if let Some(op) = right_op {
            return Err(differs(left.origin, &format!("{} is in the source alone", says(&op.kind))));
        }
        let operands: (Vec<_>, Vec<_>) = (left.terminator.operands().collect(), right.terminator.operands().collect());
        let are_same = operands.0.len() == operands.1.len()
            && operands.0.iter().zip(&operands.1).all(|(&left, &right)| self.is_same(&place.same, left, right));
        if !is_alike(&left.terminator, &right.terminator) {
            return Err(differs(left.origin, "the way on is another in the source"));
        }
        if !are_same {
            return Err(differs(left.origin, "the way on depends on another value in the source"));
        }
        if !matches!(left.terminator, Terminator::Jump(_) | Terminator::Return(_)) {
            self.handlers(place, left.origin)?;
        }
        self.pairs.push((left.origin, right.origin));
        let (left, right) = (left.terminator.clone(), right.terminator.clone());
        for (left, right) in left.edges().zip(right.edges()) {
            self.edge(&place.same, left, right);
        }
        Ok(())
    }
}

/// Whether two terminators are of one kind.
fn is_alike(left: &Terminator, right: &Terminator) -> bool {
    match (left, right) {
        (Terminator::Jump(_), Terminator::Jump(_))
        | (Terminator::Branch { .. }, Terminator::Branch { .. })
        | (Terminator::Return(_), Terminator::Return(_))
        | (Terminator::Reraise(_), Terminator::Reraise(_)) => true,
        (Terminator::ForIter { is_async: left, .. }, Terminator::ForIter { is_async: right, .. }) => left == right,
        (Terminator::Raise { exception: left, cause: a }, Terminator::Raise { exception: right, cause: b }) => {
            left.is_some() == right.is_some() && a.is_some() == b.is_some()
        }
        _ => false,
    }
}

/// Whether an operation can raise an exception. Of these none can, but when memory runs out.
pub(crate) fn can_raise(kind: &OpKind) -> bool {
    !matches!(
        kind,
        OpKind::Store(Scope::Fast | Scope::Deref, _)
            | OpKind::PopExcept
            | OpKind::SaveAndClear(_)
            | OpKind::MakeCell(_)
            | OpKind::LoadClosure(_)
            | OpKind::CommonConstant(_)
    )
}

/// Whether both are operators of one sort.
fn are_operators(left: &OpKind, right: &OpKind) -> bool {
    matches!(
        (left, right),
        (OpKind::Binary { .. }, OpKind::Binary { .. })
            | (OpKind::Compare(_), OpKind::Compare(_))
            | (OpKind::Unary(_), OpKind::Unary(_))
    )
}

fn differs(origin: Origin, reason: &str) -> Difference {
    Difference { origin, reason: reason.to_owned(), is_certain: false }
}
