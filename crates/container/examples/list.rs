//! Lists what a file holds: `cargo run --example list -- FILE`.

use pycxray_container::{Container, Limits, identify};

fn main() -> std::io::Result<()> {
    for path in std::env::args().skip(1) {
        let bytes = std::fs::read(&path)?;
        let kind = identify(&bytes);
        println!("{path}: {kind}. {}", kind.advice());
        let Some(container) = Container::look_into(bytes.into(), None, Limits::default()) else { continue };
        for (index, member) in container.members().iter().enumerate() {
            let origin = if member.is_library { "library" } else { "own" };
            let size = member.size.map(|size| size.to_string()).unwrap_or_default();
            println!("{size:>10} {:8} {origin:8} {}: {}", member.role.name(), member.name, container.kind_of(index));
        }
        for said in container.diagnostics() {
            println!("{}: {}", said.severity.name(), said.message);
        }
    }
    Ok(())
}
