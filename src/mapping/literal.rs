//! `@literal` and `@json`: values as they stand, and as text.

use super::ast::Node;
use super::parse::{self, Compiler, Setting};
use super::tree::Tree;
use crate::error::{self, Error};
use crate::name::Name;
use crate::value::{Kind, Value};
use alloc::boxed::Box;

/// `@literal`, which resolves its value like any other.
pub fn literal<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    if compiler.strict() && !parse::is_json(argument) {
        return Err(compiler.invalid(error::Kind::MappingJson, argument.kind().article()));
    }
    if compiler.strict() && !parse::is_directive(argument) {
        return Ok(compiler.with(false, argument, Compiler::node).0);
    }
    Ok(compiler.node(argument))
}

/// Refuses an option that is given and is not JSON.
pub fn check<V: Value>(compiler: &mut Compiler<V>, name: Name, setting: &Setting<V>) -> Result<(), Error> {
    if compiler.strict() && setting.raw.kind() != Kind::Undefined && !parse::is_json(&setting.raw) {
        return Err(compiler.invalid_at(name, error::Kind::MappingJson, &setting.raw));
    }
    Ok(())
}

/// Refuses the option `value` when it is absent or not JSON.
pub fn require<V: Value>(compiler: &mut Compiler<V>, value: &Setting<V>) -> Result<(), Error> {
    if compiler.strict() && value.raw.kind() == Kind::Undefined {
        return Err(compiler.invalid_at(Name::Value, error::Kind::MappingMissing, &value.raw));
    }
    check(compiler, Name::Value, value)
}

/// `@json`: JSON text, or what it says.
pub struct Json<V> {
    value: Node<V>,
    mode: Mode,
    place: alloc::string::String,
}

#[derive(Clone, Copy, PartialEq)]
enum Mode {
    Encode,
    Decode,
    /// Another spelling or word, for which Segment gives nothing.
    Neither,
}

pub fn json<V: Value>(compiler: &mut Compiler<V>, argument: &V) -> Result<Node<V>, Error> {
    let mut settings = compiler.settings(argument, None)?;
    let value = settings.take(Name::Value);
    let mode = settings.take(Name::Mode).raw;
    require(compiler, &value)?;
    let word = mode.text();
    let is_known = word.eq_ignore_ascii_case("encode") || word.eq_ignore_ascii_case("decode");
    if compiler.strict() && !is_known {
        return Err(compiler.invalid_at(Name::Mode, error::Kind::MappingMode, &mode));
    }
    if !mode.truthy() {
        return Err(compiler.fails_at(Name::Mode, error::Kind::MappingMode, &mode));
    }
    if !value.raw.truthy() {
        return Err(compiler.fails_at(Name::Value, error::Kind::MappingMissing, &value.raw));
    }
    let mode = match &*word {
        "encode" => Mode::Encode,
        "decode" => Mode::Decode,
        _ => {
            if is_known {
                compiler.warn_at(Name::Mode, error::Kind::MappingLetterCase, &word);
            } else {
                compiler.fails_at(Name::Mode, error::Kind::MappingMode, &mode);
            }
            Mode::Neither
        }
    };
    Ok(Node::Json(Box::new(Json { value: value.node, mode, place: compiler.place() })))
}

impl<V: Value> Json<V> {
    pub fn resolve(&self, payload: &V) -> Result<Tree<V>, Error> {
        let value = self.value.resolve_raw(payload)?;
        let kind = value.kind();
        let result = match self.mode {
            Mode::Encode => value.to_json(),
            Mode::Decode => value.parse_json(),
            Mode::Neither => V::undefined(),
        };
        // Cyclic objects and BigInts have no JSON, which is not the same as having nothing.
        let throws = matches!(kind, Kind::Object | Kind::Array) && result.kind() == Kind::Undefined;
        if throws && self.mode == Mode::Encode {
            return Err(Error::new(error::Kind::MappingJson, self.place.as_str(), kind.article()));
        }
        Ok(Tree::Leaf(result))
    }
}
