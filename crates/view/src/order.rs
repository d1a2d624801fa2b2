//! The order of lists by what numbers say of their items: one way for all kinds of items, where each would be a copy of a whole
//! sort in the page.

use pycxray::PairSort;

/// The order of `count` items by the last of `keys`, of what is equal by it by the one before, and so on, as their positions.
/// What is equal by all stays in its order.
pub(crate) fn by(count: usize, keys: &[&dyn Fn(usize) -> u32]) -> Vec<u32> {
    let mut order: Vec<u32> = (0..count as u32).collect();
    for key in keys {
        let mut sort = PairSort::default();
        for &at in &order {
            sort.push(key(at as usize), at);
        }
        for (place, (_, at)) in order.iter_mut().zip(sort.into_pairs()) {
            *place = at;
        }
    }
    order
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_key_decides_first_and_equals_stay_as_they_were() {
        let list = [(1, 2, 'a'), (0, 2, 'b'), (0, 1, 'c'), (1, 2, 'd'), (0, 1, 'e')];
        let order = by(list.len(), &[&|at| list[at].0, &|at| list[at].1]);
        let letters: String = order.iter().map(|&at| list[at as usize].2).collect();
        assert_eq!(letters, "cebad");
    }
}
