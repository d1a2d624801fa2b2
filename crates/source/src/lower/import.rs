//! `import` and `from … import`.

use super::frame::Frame;
use super::{Lowered, Lowerer};
use crate::ast::Alias;
use crate::constant::{Constant, Name};
use crate::graph::{ImportTime, OpKind};

impl Lowerer<'_> {
    pub(super) fn import(&mut self, alias: &Alias, is_lazy: bool) -> Lowered {
        let time = self.import_time(is_lazy, false)?;
        self.push_constant(Constant::Int(self.import_level(0)));
        self.push_constant(Constant::None);
        self.push_op(OpKind::ImportName(alias.name.clone(), time), 2);
        let mut parts = alias.name.split('.');
        let first = parts.next().unwrap_or_default();
        match &alias.asname {
            // `import a.b as c` gets `b` from `a`.
            Some(asname) => {
                let ask = if self.since(7) { OpKind::ImportFrom } else { OpKind::LoadAttr };
                parts.for_each(|part| self.push_op(ask(part.into()), 1));
                self.store_name(asname);
            }
            None => self.store_name(&first.into()),
        }
        Ok(())
    }

    pub(super) fn import_from(&mut self, module: &Name, names: &[Alias], level: u32, is_lazy: bool) -> Lowered {
        let is_star = names.iter().any(|alias| &*alias.name == "*");
        if is_lazy && &**module == "__future__" {
            return Err("what is of the future is imported lazily".to_owned());
        }
        let time = self.import_time(is_lazy, is_star)?;
        self.push_constant(Constant::Int(self.import_level(level)));
        // In the tuple they stand as they are written; private ones of a class are mangled in all else.
        let written = |alias: &Alias| Constant::text(&self.unit.unmangled(&alias.name));
        let all = names.iter().map(written).collect::<Vec<_>>();
        self.push_constant(Constant::Tuple(all.into()));
        self.push_op(OpKind::ImportName(module.clone(), time), 2);
        if is_star {
            self.do_op(OpKind::ImportStar, 1);
            return Ok(());
        }
        for alias in names {
            let module = self.peek(1);
            self.push(module);
            self.push_op(OpKind::ImportFrom(alias.name.clone()), 1);
            self.store_name(alias.asname.as_ref().unwrap_or(&alias.name));
        }
        self.pop();
        Ok(())
    }

    /// When an import that stands here is done: from 3.15 on the compiler says so (PEP 810).
    fn import_time(&self, is_lazy: bool, is_star: bool) -> Result<ImportTime, super::Stop> {
        let is_module = self.unit.kind.is_module();
        if is_lazy {
            let fits = self.since(15) && is_module && self.tries == 0 && !is_star;
            return if fits { Ok(ImportTime::Lazy) } else { Err("a lazy import stands where none may".to_owned()) };
        }
        // The copy of a `finally` clause that ends without an exception is outside of its `try`, as is an `else`.
        let is_tried = self
            .frames
            .iter()
            .any(|frame| matches!(frame, Frame::Try | Frame::Finally(_) | Frame::FinallyEnd | Frame::Except(_)));
        let is_eager = self.since(15) && (is_star || is_tried || !is_module);
        Ok(if is_eager { ImportTime::Eager } else { ImportTime::Any })
    }
}
