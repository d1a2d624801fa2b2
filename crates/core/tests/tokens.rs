//! Whoever takes pieces gets the text that others get, each piece told for what it is.

mod fixtures;

use pycxray::{Field, Item, Operands, Pyc, Reprs, Sink, Token, TokenKind};

#[derive(Default)]
struct Pieces(Vec<(Token, String)>);

impl Sink for Pieces {
    fn push(&mut self, token: Token, text: &str) {
        assert!(!text.is_empty(), "a piece has text");
        self.0.push((token, text.to_owned()));
    }
}

impl Pieces {
    fn text(&self) -> String {
        self.0.iter().map(|(_, text)| text.as_str()).collect()
    }
}

#[test]
fn pieces_joined_are_the_text() {
    for fixture in fixtures::all() {
        let pyc = Pyc::parse(fixture.bytes);
        let mut reprs = Reprs::new(pyc.python().version);
        for code in pyc.codes().iter().filter_map(|&id| pyc.code(id)) {
            for constant in code.items(Field::Consts) {
                let (mut whole, mut pieces) = (String::new(), Pieces::default());
                reprs.write(&mut whole, &pyc, constant, 60);
                reprs.write(&mut pieces, &pyc, constant, 60);
                assert_eq!(pieces.text(), whole, "{}", fixture.name);
            }
            let (mut operands, index) = (Operands::new(&code, 60), pyc.bytecode_index(code.id()));
            for instruction in code.instructions() {
                let (mut whole, mut pieces) = (String::new(), Pieces::default());
                operands.write(&mut whole, &pyc, &instruction, index.labels());
                operands.write(&mut pieces, &pyc, &instruction, index.labels());
                assert_eq!(pieces.text(), whole, "{} {instruction:?}", fixture.name);
            }
        }
    }
}

#[test]
fn pieces_say_what_they_are() {
    let pyc = Pyc::parse(fixtures::bytes("cpython-3.12/hello.pyc"));
    let code = pyc.code(pyc.codes()[0]).unwrap();
    let consts = code.tuple(Field::Consts).unwrap();
    let mut pieces = Pieces::default();
    Reprs::new(pyc.python().version).write(&mut pieces, &pyc, consts, 1000);
    let told: Vec<(TokenKind, &str)> = pieces.0.iter().map(|(token, text)| (token.kind, text.as_str())).collect();
    assert_eq!(told[0], (TokenKind::Plain, "("));
    assert!(told.iter().any(|(kind, text)| *kind == TokenKind::Keyword && *text == "None"), "{told:?}");
    let strings = pieces.0.iter().filter(|(token, _)| token.kind == TokenKind::Number);
    for (token, text) in strings {
        let Some(Item::Object(id)) = token.item else { panic!("{text} stands for no object") };
        assert_eq!(pyc.repr(id, 1000), *text);
    }
    let (mut operands, index) = (Operands::new(&code, 60), pyc.bytecode_index(code.id()));
    let names = code.instructions().filter_map(|instruction| {
        let mut pieces = Pieces::default();
        operands.write(&mut pieces, &pyc, &instruction, index.labels());
        pieces.0.into_iter().find(|(token, _)| token.kind == TokenKind::Name)
    });
    assert!(names.map(|(_, text)| text).any(|name| name == "total"), "it is stored");
}
