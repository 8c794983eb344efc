//! `@literal`: anything, which Segment resolves like any other value.

use super::is_directive;
use crate::error::ErrorKind;
use crate::mapping::compiler::{Compiled, Compiler};
use crate::mapping::rule::{JSON, Rule, When, argument};
use crate::value::Value;

const ARGUMENT: Rule = argument(When::Check, JSON, ErrorKind::MappingJson);

pub(super) fn compile<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
    compiler.check(&ARGUMENT, argument)?;
    let strict = compiler.strict;
    compiler.strict = strict && is_directive(argument);
    let node = compiler.node(argument);
    compiler.strict = strict;
    Ok(node)
}
