//! The directives, a file each: what it takes, what it compiles to, and what that gives for an event.

mod array_path;
mod case;
mod exclude_when_null;
mod flatten;
mod r#if;
mod json;
mod liquid;
mod literal;
mod merge;
mod path;
mod replace;
mod template;
mod transform;

use super::compiler::{Compiled, Compiler};
use crate::name::Name;
use crate::text_enum::{interned, text_enum};
use crate::value::{Search, Value, ValueKind};

/// One row per directive: its name, its key in a mapping, and its file.
macro_rules! directives {
    ($($Directive:ident $key:literal $file:ident)*) => {
        text_enum! {
            /// The directives of the mapping language.
            #[allow(missing_docs)]
            pub enum Directive { $($Directive $key)* }
        }

        impl Directive {
            /// The node for an object with this directive and its argument.
            pub(super) fn compile<V: Value>(self, compiler: &mut Compiler<V>, argument: &V) -> Compiled<V> {
                match self { $(Directive::$Directive => $file::compile(compiler, argument),)* }
            }
        }
    };
}

directives! {
    ArrayPath "@arrayPath" array_path
    Case "@case" case
    ExcludeWhenNull "@excludeWhenNull" exclude_when_null
    Flatten "@flatten" flatten
    If "@if" r#if
    Json "@json" json
    Liquid "@liquid" liquid
    Literal "@literal" literal
    Merge "@merge" merge
    Path "@path" path
    Replace "@replace" replace
    Template "@template" template
    Transform "@transform" transform
}

interned!(Directive, Name::ALL.len());

/// Whether Segment's check takes this for a directive, be it a good one or not.
pub(super) fn is_directive<V: Value>(value: &V) -> bool {
    value.kind() == ValueKind::Object && value.entries().iter().any(|(key, _)| is_directive_key(key))
}

/// Whether a key is that of a directive, known or not.
pub(super) fn is_directive_key<V: Value>(key: &V) -> bool {
    key.as_interned::<Directive>().is_some() || key.search(Search::Prefix, &V::name(Name::At))
}
