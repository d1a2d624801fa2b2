//! Containers and loaders with bytes changed, put in and cut off: whatever comes of them, listing, reading, addressing and taking
//! out hold what they promise.

mod files;

use std::sync::Arc;

use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};
use pycxray::Pyc;
use pycxray_container::{Address, Container, Limits, identify, payloads, payloads_in_text};

/// So small that whatever is too much is so at once.
const LIMITS: Limits = Limits {
    members: 64,
    depth: 3,
    member_bytes: 1 << 20,
    total_bytes: 1 << 22,
    payload_bytes: 1 << 20,
    payload_depth: 6,
};

const CONTAINERS: [&str; 18] = [
    "containers/cx_freeze-6.15-3.9.zip",
    "containers/cx_freeze-8.7-3.12.zip",
    "containers/folder.tar.bz2",
    "containers/folder.tar.gz",
    "containers/folder.tar.xz",
    "containers/folder.tar.zst",
    "containers/pex-2.105-3.12.pex",
    "containers/py2exe-2.7.bin",
    "containers/pyinstaller-3.6-2.7.bin",
    "containers/pyinstaller-3.6-3.7.bin",
    "containers/pyinstaller-4.10-3.9.bin",
    "containers/pyinstaller-5.13-3.11.bin",
    "containers/pyinstaller-6-3.12.bin",
    "containers/shiv-1.0-3.12.pyz",
    "containers/shop-1.0-py3-none-any.whl",
    "containers/zipapp-3.12.pyz",
    "field/folder.tar",
    "field/stream.pyc.gz",
];

const LOADERS: [&str; 8] = [
    "containers/loader-3.11.pyc",
    "field/loader-added-2.7.pyc",
    "field/loader-join-3.13.pyc",
    "field/loader-numbers-3.12.pyc",
    "field/loader-added.py",
    "field/loader-lambda.py",
    "field/loader-xor.py",
    "field/uuencoded.txt",
];

/// One change: where, how, and with what.
type Change = (Index, u8, [u8; 4]);

fn changes() -> impl Strategy<Value = Vec<Change>> {
    vec((any::<Index>(), any::<u8>(), any::<[u8; 4]>()), 0..6)
}

/// The file with these changes. Archives say what they hold at their end, so half of the changes are there.
fn changed(name: &str, changes: &[Change]) -> Vec<u8> {
    let mut bytes = files::bytes(name).to_vec();
    for (place, how, with) in changes {
        if bytes.is_empty() {
            break;
        }
        let last = bytes.len().min(600);
        let at = if how & 1 == 0 { place.index(bytes.len()) } else { bytes.len() - 1 - place.index(last) };
        match how >> 1 & 7 {
            0..3 => bytes[at] = with[0],
            3 => bytes[at] ^= 1 << (with[0] & 7),
            4 => _ = bytes.splice(at..(at + 4).min(bytes.len()), *with),
            5 => _ = bytes.splice(at..(at + 4).min(bytes.len()), if with[0] & 1 == 0 { [0xff; 4] } else { [0; 4] }),
            6 => _ = bytes.drain(at..(at + usize::from(with[0])).min(bytes.len())),
            _ if with[0] & 7 == 0 => bytes.truncate(at),
            _ => _ = bytes.splice(at..at, *with),
        }
    }
    bytes
}

/// Looks at every member, and at what is in them.
fn visit(container: &Container, depth: usize) -> Result<(), TestCaseError> {
    prop_assert!(container.members().len() <= LIMITS.members);
    for (index, member) in container.members().iter().enumerate() {
        if let Some(span) = member.span {
            prop_assert!(span.start <= span.end && span.end as usize <= container.bytes().len());
        }
        let read = container.read(index);
        prop_assert!(read.bytes.len() <= LIMITS.member_bytes);
        let taken = container.export(index);
        // A header at most is put in front of it.
        prop_assert!(taken.bytes.ends_with(&read.bytes) && taken.bytes.len() <= read.bytes.len() + 16);
        prop_assert!(!container.kind_of(index).name().is_empty());
        let inner = container.open_member(index);
        prop_assert!(depth < LIMITS.depth || inner.is_none(), "deeper than {depth}");
        if let Some(inner) = inner {
            visit(&inner, depth + 1)?;
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 1500, ..ProptestConfig::default() })]

    #[test]
    fn every_member_is_read_within_limits(name in select(&CONTAINERS[..]), changes in changes()) {
        if let Some(container) = Container::look_into(Arc::new(changed(name, &changes)), None, LIMITS) {
            visit(&container, 1)?;
        }
    }

    /// What is listed under a name of its own is what its address leads to.
    #[test]
    fn an_address_leads_to_what_is_listed(name in select(&CONTAINERS[..]), changes in changes()) {
        let bytes = Arc::new(changed(name, &changes));
        let Some(container) = Container::look_into(bytes.clone(), None, LIMITS) else { return Ok(()) };
        for (index, member) in container.members().iter().enumerate() {
            if container.find(&member.name) == Some(index) {
                let found = Address::resolve(bytes.clone(), &member.name, LIMITS);
                prop_assert_eq!(found.map(|found| found.unpacked), Ok(container.read(index)), "{}", member.name);
            }
        }
    }

    /// What was found in a loader comes out again, and is what it was said to be.
    #[test]
    fn what_is_found_comes_out(name in select(&LOADERS[..]), changes in changes()) {
        let bytes = changed(name, &changes);
        let found = match name.ends_with(".pyc") {
            true => payloads(&Pyc::parse(bytes.clone()), &LIMITS),
            false => payloads_in_text(&bytes, &LIMITS),
        };
        for payload in found.found {
            let out = payload.chain.decode(&bytes, LIMITS.member_bytes);
            if payload.trouble.is_none() {
                prop_assert_eq!((out.bytes.len(), identify(&out.bytes)), (payload.size, payload.kind));
            }
        }
    }
}
