//! Everything that a file holds, container within container.

use std::sync::Arc;

use pycxray_container::{Container, Kind, Limits};

/// A member, wherever it stands.
pub(crate) struct Place<'a> {
    /// The container that it stands in.
    pub(crate) container: &'a Container,
    /// Which of that one's members it is.
    pub(crate) member: usize,
    /// The names that lead to it: `PYZ-00.pyz!basket`.
    pub(crate) address: &'a str,
    /// What it is.
    pub(crate) kind: Kind,
}

/// Goes through all members of a file, those of containers within it too, in order. `false` from `visit` leaves out what is in a
/// member. Returns the outermost container, if the file is one.
pub(crate) fn walk(
    bytes: Arc<Vec<u8>>,
    limits: Limits,
    visit: &mut dyn FnMut(&Place<'_>) -> bool,
) -> Option<Container> {
    let outermost = Container::look_into(bytes, None, limits)?;
    let mut left = limits.total_bytes;
    inside(&outermost, "", limits.depth, &mut left, visit);
    Some(outermost)
}

fn inside(
    container: &Container,
    around: &str,
    depth: usize,
    left: &mut usize,
    visit: &mut dyn FnMut(&Place<'_>) -> bool,
) {
    for (member, entry) in container.members().iter().enumerate() {
        let address = if around.is_empty() { entry.name.clone() } else { format!("{around}!{}", entry.name) };
        let kind = container.kind_of(member);
        let goes_on = visit(&Place { container, member, address: &address, kind });
        let holds = kind.is_container() || kind == Kind::Source || kind.is_code();
        if !goes_on || !holds || depth == 0 || *left == 0 {
            continue;
        }
        if let Some(inner) = container.open_member(member) {
            *left = left.saturating_sub(inner.bytes().len());
            inside(&inner, &address, depth - 1, left, visit);
        }
    }
}
