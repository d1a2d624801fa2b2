//! The strings of all members of an archive that are bytecode, looked for a member at a time.

use std::collections::{HashMap, VecDeque};

use pycxray::{Item, NodeId, StringFound};

use super::VALUE;
use super::list::kind;
use crate::bytecode::subjects;
use crate::constant::constant;
use crate::file::File;
use crate::members::Members;
use crate::number::counted;
use crate::protocol::{MemberName, Place, StringRow, Styled};
use crate::selection::Step;
use crate::{go_to, labels};

/// How many strings are kept.
const KEPT: usize = 100_000;
/// Larger members are not looked into, in bytes: each would hold up the others.
const LARGEST: u64 = 32 << 20;
/// How many instructions of a member are looked at for what they use.
const LOOKED_AT: usize = 1 << 20;

/// The strings that were found up to now.
#[derive(Debug)]
pub(super) struct InMembers {
    waiting: VecDeque<MemberName>,
    looked_at: usize,
    /// What they are. Their objects are those of the members.
    pub(super) all: Vec<StringFound>,
    /// What is said of each.
    told: Vec<Told>,
    is_stopped: bool,
}

#[derive(Debug)]
struct Told {
    member: u32,
    value: Styled,
    code: String,
    /// Where it is used first; where it stands, if nothing uses it.
    place: Place,
}

impl InMembers {
    /// Nothing is looked at before [`InMembers::look_on`].
    pub(super) fn new(members: &Members) -> Self {
        Self { waiting: members.code().into(), looked_at: 0, all: Vec::new(), told: Vec::new(), is_stopped: false }
    }

    /// Looks at no more.
    pub(super) fn stop(&mut self) {
        self.is_stopped = true;
    }

    fn is_full(&self) -> bool {
        self.all.len() >= KEPT
    }

    /// Whether there is nothing more to look at.
    pub(super) fn is_complete(&self) -> bool {
        self.is_stopped || self.is_full() || self.waiting.is_empty()
    }

    /// Looks at the next member.
    pub(super) fn look_on(&mut self, members: &Members) {
        let Some(member) = self.waiting.pop_front() else { return };
        self.looked_at += 1;
        let is_small = member.size.is_none_or(|size| size <= LARGEST);
        let Some(pyc) = is_small.then(|| members.decode(member.number)).flatten() else { return };
        let file = File::new("", pyc, None);
        let uses = first_uses(&file);
        for found in pycxray::strings(&file.pyc).take(KEPT - self.all.len()) {
            let used = uses.get(&found.id).map(|&(code, at)| Item::Instruction(code, at));
            self.told.push(Told {
                member: member.number,
                value: constant(&file.pyc, found.id, VALUE),
                code: found.code.map(|code| labels::code_name(&file.pyc, code)).unwrap_or_default(),
                place: go_to::place(&file, &Step::to(&file, used.unwrap_or(found.item()))),
            });
            self.all.push(found);
        }
    }

    /// Whether what is shown of a string has this in it, in small letters.
    pub(super) fn has(&self, number: u32, wanted: &str) -> bool {
        let told = self.told.get(number as usize);
        told.is_some_and(|told| told.value.to_string().to_lowercase().contains(wanted))
    }

    /// How far this is, in words.
    pub(super) fn message(&self) -> String {
        let all = self.looked_at + self.waiting.len();
        let looked_at = || format!("{} of {} looked at", self.looked_at, counted(all as u64, "member"));
        match (self.is_stopped, self.is_full() && !self.waiting.is_empty()) {
            (_, true) => format!("The list ends after {KEPT} strings: {}", looked_at()),
            (true, _) if !self.waiting.is_empty() => format!("Stopped: {}", looked_at()),
            _ if self.waiting.is_empty() && all == 1 => "Of the one member that is bytecode".to_owned(),
            _ if self.waiting.is_empty() => format!("Of all {all} members that are bytecode"),
            _ => looked_at(),
        }
    }

    /// What is said of a string, with its member and the place in that.
    pub(super) fn row(&self, members: &Members, number: u32) -> Option<StringRow> {
        let (found, told) = (self.all.get(number as usize)?, self.told.get(number as usize)?);
        let member = members.name(told.member)?;
        Some(StringRow {
            kind: kind(found).to_owned(),
            length: found.length,
            value: told.value.clone(),
            holds: None,
            code: told.code.clone(),
            member: Some((member, told.place.clone())),
        })
    }
}

/// The first instruction that uses each constant or name.
fn first_uses(file: &File) -> HashMap<NodeId, (NodeId, u32)> {
    let mut uses = HashMap::new();
    let mut left = LOOKED_AT;
    for &code in file.pyc.codes() {
        let Some(bytecode) = file.bytecode(code) else { continue };
        for instruction in bytecode.from(&file.pyc, 0).take(left) {
            left -= 1;
            for subject in subjects(&bytecode.meaning(&file.pyc, &instruction)).into_iter().flatten() {
                uses.entry(file.pyc.tree().resolve(subject)).or_insert((code, instruction.offset));
            }
        }
    }
    uses
}
