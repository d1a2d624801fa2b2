//! Constants as Python writes them, in the styles of what they are made of.

use pycxray::{NodeId, Pyc, Region, Reprs, Sink, Token, Value};

use crate::protocol::{Style, Styled};

/// A constant as Python writes it, of about `limit` characters at most.
pub(crate) fn constant(pyc: &Pyc, id: NodeId, limit: usize) -> Styled {
    let mut text = Unlinked::default();
    Reprs::new(pyc.python().version).write(&mut text, pyc, id, limit);
    let is_name = pyc.tree().node(id).region == Region::Names;
    match pyc.value(id) {
        Value::Text(_) | Value::Bytes(_) if is_name => Styled::of(Style::Name, &text.0.to_string()),
        _ => text.0,
    }
}

/// Text of which nothing leads anywhere: it stands where the constant itself does.
#[derive(Default)]
struct Unlinked(Styled);

impl Sink for Unlinked {
    fn push(&mut self, token: Token, text: &str) {
        self.0.push(token.kind.into(), text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_part_of_a_constant_has_its_style() {
        let pyc =
            Pyc::parse(b"\xcb\r\r\n\0\0\0\0\0\0\0\0\0\0\0\0)\x04i\x01\0\0\0z\x03it'Ng\0\0\0\0\0\0\x04\xc0".to_vec());
        let root = pyc.tree().id(0).expect("a tuple");
        let text = constant(&pyc, root, 99);
        assert_eq!(text.to_string(), "(1, \"it'\", None, -2.5)");
        let styles: Vec<(Style, &str)> = text.0.iter().map(|run| (run.style, run.text.as_str())).collect();
        assert!(styles.contains(&(Style::Number, "1")));
        assert!(styles.contains(&(Style::Str, "\"it'\"")));
        assert!(styles.contains(&(Style::Keyword, "None")));
        assert!(styles.contains(&(Style::Number, "-2.5")));
        assert_eq!(text.link(), None);
    }
}
