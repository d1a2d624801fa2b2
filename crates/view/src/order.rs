//! Lists put in order by what numbers say of their items: one way for all kinds of items, where each would be a copy of a
//! whole sort in the page.

use pycxray::PairSort;

/// Puts a list in the order of the last of `keys`, what is equal by it in that of the one before, and so on. What is equal by
/// all stays in its order.
pub(crate) fn sort<T>(list: &mut Vec<T>, keys: &[fn(&T) -> u32]) {
    let mut order: Vec<u32> = (0..list.len() as u32).collect();
    for key in keys {
        let mut sort = PairSort::default();
        order.iter().for_each(|&at| sort.push(key(&list[at as usize]), at));
        order = sort.into_pairs().into_iter().map(|(_, at)| at).collect();
    }
    let mut items: Vec<Option<T>> = std::mem::take(list).into_iter().map(Some).collect();
    *list = order.into_iter().filter_map(|at| items[at as usize].take()).collect();
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_key_decides_first_and_equals_stay_as_they_were() {
        let mut list = vec![(1, 2, 'a'), (0, 2, 'b'), (0, 1, 'c'), (1, 2, 'd'), (0, 1, 'e')];
        sort(&mut list, &[|item| item.0, |item| item.1]);
        let letters: String = list.iter().map(|item| item.2).collect();
        assert_eq!(letters, "cebad");
    }
}
