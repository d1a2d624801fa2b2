//! Where a member stands: `FILE!member`, `FILE!archive!member`.

use std::fmt;
use std::sync::Arc;

use pycxray::python::Python;

use crate::container::Container;
use crate::limits::Limits;
use crate::unpack::Unpacked;

/// What stands between a container and its member.
pub(crate) const SEPARATOR: char = '!';

/// A member that an address leads to.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Address {
    /// Its bytes.
    pub unpacked: Unpacked,
    /// The Python of its siblings, for a member that lacks a header.
    pub python: Option<&'static Python>,
    /// The container that it stands in.
    pub container: Container,
    /// Which of that one's members it is.
    pub member: usize,
}

/// Why an address leads nowhere: a sentence.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AddressError(String);

impl fmt::Display for AddressError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for AddressError {}

impl Address {
    /// Follows an address from a file's bytes on: the names of members, with `!` between them.
    ///
    /// # Errors
    ///
    /// A name that leads to no member, or to something that holds none.
    pub fn resolve(bytes: Arc<Vec<u8>>, names: &str, limits: Limits) -> Result<Self, AddressError> {
        let mut container = Container::look_into(bytes, None, limits)
            .ok_or_else(|| AddressError("It holds no members and no payloads.".to_owned()))?;
        let mut rest = names;
        loop {
            let (member, behind) = step(&container, rest)?;
            if behind.is_empty() {
                let (unpacked, python) = (container.read(member), container.python_of(member));
                return Ok(Self { unpacked, python, container, member });
            }
            let name = container.members()[member].name.clone();
            container = container
                .open_member(member)
                .ok_or_else(|| AddressError(format!("{name:?} holds no members and no payloads.")))?;
            rest = behind;
        }
    }
}

/// The member that the address names first, and what is left of the address. A name may hold the separator: the longest that
/// fits is taken.
fn step<'a>(container: &Container, names: &'a str) -> Result<(usize, &'a str), AddressError> {
    let mut best: Option<(usize, &str)> = None;
    for (index, member) in container.members().iter().enumerate() {
        let Some(rest) = names.strip_prefix(member.name.as_str()) else { continue };
        let behind = if rest.is_empty() { Some(rest) } else { rest.strip_prefix(SEPARATOR) };
        if let Some(behind) = behind.filter(|behind| best.is_none_or(|(_, least)| behind.len() < least.len())) {
            best = Some((index, behind));
        }
    }
    best.ok_or_else(|| AddressError(format!("There is no member {names:?} in {}.", container.name())))
}
