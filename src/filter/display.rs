//! A filter's canonical text.

use super::ast::{Condition, Field, Filter, Literal, Operator, Root};
use core::fmt::{self, Display, Formatter, Write};

impl Display for Filter {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let (children, conjunction) = match self {
            Filter::Condition(condition) => return condition.fmt(f),
            Filter::And(children) => (children, " and "),
            Filter::Or(children) => (children, " or "),
        };
        for (i, child) in children.iter().enumerate() {
            if i > 0 {
                f.write_str(conjunction)?;
            }
            match child {
                Filter::Condition(condition) => condition.fmt(f)?,
                group => {
                    f.write_char('(')?;
                    group.fmt(f)?;
                    f.write_char(')')?;
                }
            }
        }
        Ok(())
    }
}

impl Display for Condition {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        let Condition { field, operator, operand } = self;
        // The functions do not take `type`; the operators do.
        let function = match operator {
            Operator::Contains if field.root != Root::Type => "contains",
            Operator::NotContains if field.root != Root::Type => "!contains",
            Operator::Match | Operator::NotMatch => operator.text(),
            _ => return write!(f, "{field} {} {operand}", operator.text()),
        };
        write!(f, "{function}({field}, {operand})")
    }
}

impl Display for Field {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        f.write_str(self.root.text())?;
        for key in &self.keys {
            f.write_char('.')?;
            write_word(f, key, matches!(key.as_str(), "and" | "or" | "null"))?;
        }
        Ok(())
    }
}

impl Display for Literal {
    fn fmt(&self, f: &mut Formatter<'_>) -> fmt::Result {
        match self {
            // Only text in single quotes holds double quotes, and it is its own literal.
            Literal::Text(text) if text.contains('"') => f.write_str(text),
            Literal::Text(text) => write!(f, "\"{text}\""),
            Literal::Number(source) => f.write_str(source),
            Literal::Boolean(value) => value.fmt(f),
            Literal::Null => f.write_str("null"),
            // At the end of a filter, a word that starts like `and`, `or` or `null` would lose letters.
            Literal::Word(word) => write_word(f, word, word.starts_with(['a', 'o', 'n'])),
        }
    }
}

fn write_word(f: &mut Formatter<'_>, word: &str, escape_first: bool) -> fmt::Result {
    for (i, c) in word.chars().enumerate() {
        let plain = match i {
            0 => c.is_ascii_alphabetic() && !escape_first || c == '_',
            _ => c.is_ascii_alphanumeric() || c == '_' || c == '-',
        };
        if !plain {
            f.write_char('\\')?;
        }
        f.write_char(c)?;
    }
    Ok(())
}
