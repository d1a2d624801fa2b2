//! Parameters: what a code object says of them, and what the function around it is given for them.

use pycxray_source::ast::{ExprId, Function};
use pycxray_source::constant::Name;
use pycxray_source::unit::{CodeId, Unit};
use ruff_python_ast as ast;

use super::{Converter, Made};

/// The defaults of positional parameters, and of those that come by name.
pub(super) type Defaults = (Vec<ExprId>, Vec<(Name, ExprId)>);

impl<'s> Converter<'s> {
    /// The defaults of parameters: of positional ones, and of those that come by name.
    pub(super) fn defaults(&mut self, parameters: &'s ast::Parameters) -> Made<Defaults> {
        let mut defaults = Vec::new();
        for parameter in parameters.posonlyargs.iter().chain(&parameters.args) {
            defaults.extend(self.optional(parameter.default.as_deref())?);
        }
        let mut by_name = Vec::new();
        for parameter in &parameters.kwonlyargs {
            if let Some(value) = self.optional(parameter.default.as_deref())? {
                by_name.push((self.name(&parameter.parameter.name), value));
            }
        }
        Ok((defaults, by_name))
    }

    /// The annotations of a function, in the order in which they are evaluated.
    pub(super) fn annotations(&mut self, function: &'s ast::StmtFunctionDef) -> Made<Vec<(Name, ExprId)>> {
        let parameters = &*function.parameters;
        let with_default = |parameter: &'s ast::ParameterWithDefault| &parameter.parameter;
        // Since 3.15 they stand as they are written; before, those that come by position alone stand behind the others.
        let (first, second) = match self.since(15) {
            true => (&parameters.posonlyargs, &parameters.args),
            false => (&parameters.args, &parameters.posonlyargs),
        };
        let ordered = first.iter().chain(second).map(with_default);
        let ordered = ordered.chain(parameters.vararg.as_deref());
        let ordered = ordered.chain(parameters.kwonlyargs.iter().map(with_default)).chain(parameters.kwarg.as_deref());
        let mut annotations = Vec::new();
        for parameter in ordered {
            if let Some(annotation) = &parameter.annotation {
                annotations.push((self.name(&parameter.name), self.annotation(annotation)?));
            }
        }
        if let Some(returns) = &function.returns {
            annotations.push(("return".into(), self.annotation(returns)?));
        }
        Ok(annotations)
    }

    /// A function without annotations, of these parts.
    pub(super) fn function_of(code: CodeId, (defaults, kw_defaults): Defaults) -> Function {
        Function { code, defaults, kw_defaults, annotations: Vec::new(), annotate: None }
    }

    /// Notes if the parameters of a code object are others.
    pub(super) fn check_parameters(&mut self, code: CodeId, parameters: Option<&ast::Parameters>) {
        let none = ast::Parameters::default();
        let parameters = parameters.unwrap_or(&none);
        let unit = self.units.get(code);
        let counts = [
            parameters.posonlyargs.len() + parameters.args.len(),
            parameters.posonlyargs.len(),
            parameters.kwonlyargs.len(),
        ];
        let said = [unit.argcount, unit.posonlyargcount, unit.kwonlyargcount];
        let stars = [parameters.vararg.is_some(), parameters.kwarg.is_some()];
        let names = parameters.posonlyargs.iter().chain(&parameters.args).chain(&parameters.kwonlyargs);
        let names = names.map(|parameter| &parameter.parameter.name);
        let rest = [&parameters.vararg, &parameters.kwarg].into_iter().flatten().map(|parameter| &parameter.name);
        let fits = counts.into_iter().eq(said.map(|count| count as usize))
            && stars == [unit.has(Unit::VARARGS), unit.has(Unit::VARKEYWORDS)]
            && unit.parameter_count() <= unit.varnames.len()
            && names
                .chain(rest)
                .map(|name| self.name(name))
                .eq(unit.varnames[..unit.parameter_count()].iter().cloned());
        if !fits {
            self.note(code, "its parameters are others in the source");
        }
    }
}
