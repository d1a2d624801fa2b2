//! What operations are called in sentences.

use pycxray::counted;

use crate::ast::WITHOUT_CODE;
use crate::graph::{BinaryOp, BuildKind, CompareOp, OpKind, UnaryOp};

/// What an operation does: `a + b`, `reading total`.
pub(super) fn says(kind: &OpKind) -> String {
    match kind {
        OpKind::Load(_, name) => format!("reading {}", shown(name)),
        OpKind::Store(_, name) => format!("setting {}", shown(name)),
        OpKind::Delete(_, name) => format!("deleting {}", shown(name)),
        OpKind::LoadFromDictOrGlobals(name) | OpKind::LoadFromDictOrDeref(name) => {
            format!("reading {} in a class", shown(name))
        }
        OpKind::LoadAttr(name) if &**name == WITHOUT_CODE => "making what the file has no code object for".to_owned(),
        OpKind::LoadAttr(name) => format!("reading .{}", shown(name)),
        OpKind::StoreAttr(name) => format!("setting .{}", shown(name)),
        OpKind::DeleteAttr(name) => format!("deleting .{}", shown(name)),
        OpKind::GetItem => "reading an item".to_owned(),
        OpKind::SetItem => "setting an item".to_owned(),
        OpKind::DelItem => "deleting an item".to_owned(),
        OpKind::Unary(op) => unary(*op).to_owned(),
        OpKind::Binary { op, inplace } => format!("a {}{} b", binary(*op), if *inplace { "=" } else { "" }),
        OpKind::Compare(op) => format!("a {} b", compare(*op)),
        OpKind::Contains { negated } => if *negated { "a not in b" } else { "a in b" }.to_owned(),
        OpKind::Is { negated } => if *negated { "a is not b" } else { "a is b" }.to_owned(),
        OpKind::Build(kind, count) => format!("building a {} of {count}", built(*kind)),
        OpKind::Call { positional, keywords } => {
            format!("a call with {}", counted(*positional as usize + keywords.len(), "argument"))
        }
        OpKind::CallEx { .. } => "a call with unpacked arguments".to_owned(),
        OpKind::MakeFunction(_) => "making a function".to_owned(),
        OpKind::LoadBuildClass => "making a class".to_owned(),
        OpKind::ImportName(name, _) => format!("importing {}", shown(name)),
        OpKind::ImportFrom(name) => format!("importing {} from a module", shown(name)),
        OpKind::Await => "await".to_owned(),
        OpKind::Yield => "yield".to_owned(),
        OpKind::YieldFrom => "yield from".to_owned(),
        OpKind::GetIter => "beginning a loop".to_owned(),
        OpKind::Unpack(count) => format!("unpacking {}", counted(*count, "item")),
        OpKind::WithEnter { .. } => "entering a with statement".to_owned(),
        OpKind::WithExit => "leaving a with statement".to_owned(),
        other => format!("{other:?}"),
    }
}

/// How much of a name is shown, in letters: files may have any.
const NAME: usize = 60;

fn shown(name: &str) -> String {
    pycxray::shown(name.as_bytes(), NAME)
}

fn built(kind: BuildKind) -> &'static str {
    match kind {
        BuildKind::Tuple => "tuple",
        BuildKind::List => "list",
        BuildKind::Set => "set",
        BuildKind::Dict => "dict",
        BuildKind::String => "string",
        BuildKind::Slice => "slice",
    }
}

fn unary(op: UnaryOp) -> &'static str {
    match op {
        UnaryOp::Not => "not a",
        UnaryOp::Invert => "~a",
        UnaryOp::USub => "-a",
        UnaryOp::UAdd => "+a",
    }
}

fn compare(op: CompareOp) -> &'static str {
    match op {
        CompareOp::Lt => "<",
        CompareOp::LtE => "<=",
        CompareOp::Eq => "==",
        CompareOp::NotEq => "!=",
        CompareOp::Gt => ">",
        CompareOp::GtE => ">=",
    }
}

fn binary(op: BinaryOp) -> &'static str {
    match op {
        BinaryOp::Add => "+",
        BinaryOp::Sub => "-",
        BinaryOp::Mult => "*",
        BinaryOp::MatMult => "@",
        BinaryOp::Div | BinaryOp::ClassicDiv => "/",
        BinaryOp::FloorDiv => "//",
        BinaryOp::Mod => "%",
        BinaryOp::Pow => "**",
        BinaryOp::LShift => "<<",
        BinaryOp::RShift => ">>",
        BinaryOp::BitOr => "|",
        BinaryOp::BitXor => "^",
        BinaryOp::BitAnd => "&",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_of_a_thing_is_no_plural() {
        let call = |positional| says(&OpKind::Call { positional, keywords: [].into() });
        assert_eq!([call(0), call(1)], ["a call with 0 arguments", "a call with 1 argument"]);
        assert_eq!([1, 2].map(|count| says(&OpKind::Unpack(count))), ["unpacking 1 item", "unpacking 2 items"]);
    }
}
