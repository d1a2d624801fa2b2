//! The texts and byte strings of a file, with what they look like and which code object has them.

use crate::code::Item;
use crate::file::Pyc;
use crate::marshal::{NodeId, Region, Value};

/// What a string looks like.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[non_exhaustive]
pub enum Look {
    /// An address of the web, or such an address in a text.
    Url,
    /// The name or the number of a machine.
    Host,
    /// The path of a file.
    Path,
    /// A key of the registry.
    RegistryKey,
    /// A long text in base64, base16 or the like, or compressed bytes.
    Encoded,
    /// Nothing in particular.
    Plain,
}

impl Look {
    /// A word for it, which stays the same from release to release.
    #[must_use]
    pub const fn word(self) -> &'static str {
        match self {
            Self::Url => "url",
            Self::Host => "host",
            Self::Path => "path",
            Self::RegistryKey => "registry-key",
            Self::Encoded => "encoded",
            Self::Plain => "plain",
        }
    }
}

/// A text or byte string of a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct StringFound {
    /// The object.
    pub id: NodeId,
    /// The code object that it stands in. Others may refer to it.
    pub code: Option<NodeId>,
    /// Whether it is a name of the program, not a constant.
    pub is_name: bool,
    /// Whether it is text; if not, bytes.
    pub is_text: bool,
    /// Its length in bytes.
    pub length: u32,
    /// What it looks like.
    pub look: Look,
}

impl StringFound {
    /// It as an item that can be chosen.
    #[must_use]
    pub fn item(&self) -> Item {
        Item::Object(self.id)
    }
}

/// All strings of a file, each once, in the order of the file: constants and names; bytecode and tables are none.
pub fn strings(pyc: &Pyc) -> impl Iterator<Item = StringFound> + '_ {
    let tree = pyc.tree();
    let mut around: Vec<NodeId> = Vec::new();
    tree.ids().filter_map(move |id| {
        let node = tree.node(id);
        while around.last().is_some_and(|&outer| tree.behind(outer) <= id.index()) {
            around.pop();
        }
        if node.kind.is_code() {
            around.push(id);
        }
        let (text, is_text) = match pyc.value(id) {
            Value::Text(text) => (text, true),
            Value::Bytes(bytes) => (bytes, false),
            _ => return None,
        };
        let is_name = match node.region {
            Region::Constants | Region::Other => false,
            // The kinds of variables are a table.
            Region::Names if is_text || pyc.python().version.major < 3 => true,
            _ => return None,
        };
        let code = around.last().copied();
        Some(StringFound { id, code, is_name, is_text, length: text.len() as u32, look: look(text) })
    })
}

/// How much of a string is looked at, in bytes.
const LOOKED_AT: usize = 1 << 16;
/// From which length on a text of one alphabet is taken for an encoded one.
const ENCODED: usize = 40;
/// Ends of host names that stand in programs.
const DOMAINS: &[&str] = &[
    "com", "net", "org", "io", "dev", "app", "info", "biz", "xyz", "top", "club", "online", "site", "onion", "ru",
    "cn", "de", "uk", "fr", "nl", "eu", "us", "me", "tv", "cc", "tk", "ml", "ga", "pw", "su", "ua", "pl", "br", "in",
    "jp", "kr",
];

/// What a string looks like.
fn look(text: &[u8]) -> Look {
    let head = &text[..text.len().min(LOOKED_AT)];
    if is_compressed(head) {
        return Look::Encoded;
    }
    let Some(words) =
        std::str::from_utf8(head).ok().or_else(|| std::str::from_utf8(head.get(..head.len().saturating_sub(3))?).ok())
    else {
        return Look::Plain;
    };
    if has_url(words) {
        Look::Url
    } else if is_registry_key(words) {
        Look::RegistryKey
    } else if is_path(words) {
        Look::Path
    } else if is_host(words) {
        Look::Host
    } else if is_encoded(head) {
        Look::Encoded
    } else {
        Look::Plain
    }
}

/// `scheme://` with something behind it.
fn has_url(text: &str) -> bool {
    text.match_indices("://").any(|(at, _)| {
        let before = text[..at].bytes().next_back().is_some_and(|byte| byte.is_ascii_alphabetic());
        before
            && text[at + 3..]
                .bytes()
                .next()
                .is_some_and(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'[' | b'%' | b'{'))
    })
}

fn is_registry_key(text: &str) -> bool {
    let text = text.to_ascii_lowercase();
    ["hkey_", "hklm\\", "hkcu\\", "software\\", "system\\currentcontrolset"].iter().any(|start| text.starts_with(start))
}

fn is_path(text: &str) -> bool {
    let is_line = !text.contains(['\n', '<', '>', '"']) && text.len() <= 1000;
    let starts = text.starts_with("~/")
        || text.starts_with("\\\\")
        || text.starts_with("%APPDATA%")
        || text.starts_with("%TEMP%");
    let is_drive = matches!(text.as_bytes(), [drive, b':', b'\\' | b'/', ..] if drive.is_ascii_alphabetic());
    let is_absolute = text.strip_prefix('/').is_some_and(|rest| {
        rest.starts_with(|c: char| c.is_ascii_alphanumeric()) && !rest.contains(' ') && rest.contains('/')
    });
    is_line && (starts || is_drive || is_absolute)
}

/// An IPv4 address, or a name that ends in a known domain; a port may follow.
fn is_host(text: &str) -> bool {
    let (host, port) = text.split_once(':').unwrap_or((text, "0"));
    if port.is_empty() || !port.bytes().all(|byte| byte.is_ascii_digit()) || host.len() > 253 {
        return false;
    }
    let labels: Vec<&str> = host.split('.').collect();
    let is_number = |label: &&str| label.parse::<u8>().is_ok();
    if labels.len() == 4 && labels.iter().all(is_number) {
        return true;
    }
    let is_label =
        |label: &&str| !label.is_empty() && label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    let is_lower = host.bytes().all(|byte| !byte.is_ascii_uppercase());
    labels.len() >= 2
        && is_lower
        && labels.iter().all(is_label)
        && labels.last().is_some_and(|last| DOMAINS.contains(last))
}

/// Many letters and digits of one alphabet, without a blank; words of a language have fewer sorts of them.
fn is_encoded(text: &[u8]) -> bool {
    let text = text.trim_ascii();
    if text.len() < ENCODED {
        return false;
    }
    let is_hex = text.iter().all(u8::is_ascii_hexdigit) && text.iter().any(u8::is_ascii_digit);
    let in_base64 =
        |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/' | b'-' | b'_' | b'=' | b'\n');
    let has = |test: fn(&u8) -> bool| text.iter().any(test);
    let is_mixed = has(u8::is_ascii_digit) && has(u8::is_ascii_uppercase) && has(u8::is_ascii_lowercase);
    is_hex || (is_mixed && text.iter().all(in_base64))
}

/// It begins as streams of zlib, gzip, bz2, xz do.
fn is_compressed(bytes: &[u8]) -> bool {
    bytes.len() >= ENCODED
        && (matches!(bytes, [0x78, 0x01 | 0x5e | 0x9c | 0xda, ..])
            || [&b"\x1f\x8b\x08"[..], b"BZh", b"\xfd7zXZ\0"].iter().any(|start| bytes.starts_with(start)))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_told_by_their_looks() {
        for (text, expected) in [
            ("see https://example.org/x for more", Look::Url),
            ("://", Look::Plain),
            ("203.0.113.7:8080", Look::Host),
            ("mail.example.org", Look::Host),
            ("os.path", Look::Plain),
            ("1.2.3.400", Look::Plain),
            ("/etc/passwd", Look::Path),
            ("C:\\Windows\\Temp", Look::Path),
            ("/", Look::Plain),
            ("a/b", Look::Plain),
            ("Software\\Microsoft\\Windows\\CurrentVersion\\Run", Look::RegistryKey),
            ("TVqQAAMAAAAEAAAA//8AALgAAAAAAAAAQAAAAAAAAAAAAAAA", Look::Encoded),
            ("abcdefghijklmnopqrstuvwxyzabcdefghijklmnopqrstuvwxyz", Look::Plain),
            ("A sentence that is rather long, and says nothing that a machine would.", Look::Plain),
        ] {
            assert_eq!(look(text.as_bytes()), expected, "{text}");
        }
        assert_eq!(look(&[&b"\x78\x9c"[..], &[0x80; 60]].concat()), Look::Encoded);
    }
}
