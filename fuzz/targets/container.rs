//! Any bytes as a container: it opens or not, its members are read or not, and nothing is too much.

#![no_main]

use std::sync::Arc;

use pycxray_container::{Container, Limits};

/// So small that a bomb is one at once.
const LIMITS: Limits =
    Limits { members: 64, depth: 3, member_bytes: 1 << 20, total_bytes: 1 << 22, payload_bytes: 1 << 20, payload_depth: 6 };

fn visit(container: &Container, depth: usize) {
    for (index, member) in container.members().iter().enumerate() {
        if let Some(span) = member.span {
            assert!(span.end as usize <= container.bytes().len());
        }
        let read = container.read(index);
        assert!(read.bytes.len() <= LIMITS.member_bytes);
        assert!(container.export(index).bytes.ends_with(&read.bytes));
        assert!(!container.kind_of(index).name().is_empty());
        if let Some(inner) = (depth > 0).then(|| container.open_member(index)).flatten() {
            visit(&inner, depth - 1);
        }
    }
}

libfuzzer_sys::fuzz_target!(|bytes: &[u8]| {
    if let Some(container) = Container::look_into(Arc::new(bytes.to_vec()), None, LIMITS) {
        visit(&container, 2);
    }
});
