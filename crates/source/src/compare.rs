//! Two code objects, of one file and of what its source was compiled to: do they do the same?

use std::collections::HashMap;

use pycxray::Pyc;

use crate::constant::{Constant, Name};
use crate::lift::lift;
use crate::prove::prove;
use crate::unit::{Unit, Units};

/// A file, and the place of one of its code objects in [`Pyc::codes`].
pub type CodeOf<'p> = (&'p Pyc, usize);

/// Looks whether two code objects do the same, whatever instructions they have for it. What they make of the code objects in them
/// is taken for the same if those are called the same, in the same order.
///
/// # Errors
/// What is different; or that there is no such code object.
pub fn compare(first: CodeOf<'_>, second: CodeOf<'_>) -> Result<(), String> {
    let (first_units, mut second_units) = (Units::read(first.0), Units::read(second.0));
    let (Some(unit), Some(again)) = (first_units.units.get(first.1), second_units.units.get(second.1)) else {
        return Err("there is no such code object".to_owned());
    };
    if facts(unit) != facts(again) {
        return Err(format!("it has other parameters or flags: {:?}, not {:?}", facts(again), facts(unit)));
    }
    let consts = with_counterparts(unit, again, (&first_units, &second_units));
    second_units.units[second.1].consts = consts;
    let graph = |(pyc, index): CodeOf<'_>, units: &Units| {
        let code = pyc.codes().get(index).and_then(|&node| pyc.code(node))?;
        let mut graph = lift(&code, &units.units[index]);
        graph.decide_constants();
        graph.normalize();
        graph.order_stores();
        graph.forget_text();
        Some(graph)
    };
    let graphs = (graph(first, &first_units), graph(second, &second_units));
    let (Some(left), Some(right)) = graphs else { return Err("there is no such code object".to_owned()) };
    prove(&left, &right).map(|_| ()).map_err(|difference| difference.reason)
}

/// What a code object is besides its bytecode, as far as it matters.
fn facts(unit: &Unit) -> (&Name, [u32; 4], &[Name]) {
    let numbers = [unit.argcount, unit.posonlyargcount, unit.kwonlyargcount, unit.flags];
    (&unit.name, numbers, &unit.varnames[..unit.parameter_count().min(unit.varnames.len())])
}

/// The constants of the second code object, in which code objects are those of the first.
fn with_counterparts(first: &Unit, second: &Unit, units: (&Units, &Units)) -> Vec<Option<Constant>> {
    let (mut numbers, mut of_first) = (Numbers::default(), HashMap::new());
    for constant in first.consts.iter().flatten() {
        if let Constant::Code(id) = constant {
            of_first.insert(numbers.next(&units.0.get(*id).name), *id);
        }
    }
    let mut numbers = Numbers::default();
    let counterpart = |constant: &Option<Constant>| match constant {
        Some(Constant::Code(id)) => of_first.get(&numbers.next(&units.1.get(*id).name)).map(|&id| Constant::Code(id)),
        other => other.clone(),
    };
    second.consts.iter().map(counterpart).collect()
}

/// Numbers what is called the same.
#[derive(Default)]
struct Numbers(HashMap<Name, usize>);

impl Numbers {
    fn next(&mut self, name: &Name) -> (Name, usize) {
        let count = self.0.entry(name.clone()).or_default();
        *count += 1;
        (name.clone(), *count)
    }
}
