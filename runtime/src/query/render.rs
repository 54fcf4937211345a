//! How expressions are written: parentheses where precedence needs them, and nowhere else.

use std::fmt::{self, Write};

use super::encode::encode;
use super::expression::{Arithmetic, Comparison, Expression, Junction, Path, Quantifier, Step};

/// For whom something is written.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Style {
    /// For the URL: names and literals percent-encoded, `%20` for a space.
    Url,
    /// For `Debug`: no value, which may be personal data or a secret.
    Shown,
}

impl Style {
    pub(super) fn space(self, to: &mut dyn Write) -> fmt::Result {
        to.write_str(if self == Self::Url { "%20" } else { " " })
    }

    pub(super) fn word(self, to: &mut dyn Write, word: &str) -> fmt::Result {
        self.space(to)?;
        to.write_str(word)?;
        self.space(to)
    }

    pub(super) fn name(self, to: &mut dyn Write, name: &str) -> fmt::Result {
        if self == Self::Url { write!(to, "{}", encode(name)) } else { to.write_str(name) }
    }

    pub(super) fn value(self, to: &mut dyn Write, text: &str) -> fmt::Result {
        if self == Self::Url { write!(to, "{}", encode(text)) } else { to.write_str("***") }
    }
}

/// How tightly an operator binds, the loosest first (OASIS URL Conventions 4.01, section 5.1.1.17).
///
/// `in` and `has` stand with the comparisons here: it costs a pair of parentheses after `not`, and services that
/// disagree about them understand that too.
#[derive(Clone, Copy, PartialEq, PartialOrd)]
pub(super) enum Level {
    Or,
    And,
    Comparison,
    Additive,
    Multiplicative,
    Not,
    Primary,
}

impl Expression {
    fn level(&self) -> Level {
        match self {
            Self::Junction(Junction::Or, _) => Level::Or,
            Self::Junction(Junction::And, _) => Level::And,
            Self::Compare(..) | Self::In(..) => Level::Comparison,
            Self::Arithmetic(Arithmetic::Add | Arithmetic::Sub, _) => Level::Additive,
            Self::Arithmetic(..) => Level::Multiplicative,
            Self::Not(_) => Level::Not,
            Self::Path(_) | Self::Literal(_) | Self::Call(..) | Self::Lambda(..) => Level::Primary,
        }
    }

    /// Writes it as it stands at the top of an option.
    pub(super) fn write(&self, to: &mut dyn Write, style: Style) -> fmt::Result {
        Pen { to, style, depth: 0 }.expression(self)
    }
}

struct Pen<'w> {
    to: &'w mut dyn Write,
    style: Style,
    /// How many lambdas stand around.
    depth: u32,
}

impl Pen<'_> {
    fn expression(&mut self, expression: &Expression) -> fmt::Result {
        match expression {
            Expression::Path(path) => self.path(path),
            Expression::Literal(text) => self.style.value(self.to, text),
            Expression::Call(name, arguments) => {
                self.to.write_str(name)?;
                self.list(arguments, Self::expression)
            }
            Expression::Arithmetic(operator, operands) => {
                let (word, left, right) = arithmetic(*operator);
                self.operand(&operands.0, left)?;
                self.style.word(self.to, word)?;
                self.operand(&operands.1, right)
            }
            Expression::Compare(operator, operands) => {
                self.operand(&operands.0, Level::Additive)?;
                self.style.word(self.to, comparison(*operator))?;
                self.operand(&operands.1, Level::Additive)
            }
            Expression::In(value, among) => {
                self.operand(value, Level::Additive)?;
                self.style.word(self.to, "in")?;
                self.list(among, |pen, literal| pen.style.value(pen.to, literal))
            }
            Expression::Not(condition) => {
                self.to.write_str("not")?;
                self.style.space(self.to)?;
                self.operand(condition, Level::Primary)
            }
            Expression::Junction(kind, conditions) => self.junction(*kind, conditions),
            Expression::Lambda(path, quantifier, condition) => self.lambda(path, *quantifier, condition.as_deref()),
        }
    }

    /// An operand, in parentheses if it binds less tightly than it must.
    fn operand(&mut self, operand: &Expression, at_least: Level) -> fmt::Result {
        if operand.level() >= at_least {
            return self.expression(operand);
        }
        self.to.write_char('(')?;
        self.expression(operand)?;
        self.to.write_char(')')
    }

    fn junction(&mut self, kind: Junction, conditions: &[Expression]) -> fmt::Result {
        let (word, level) = match kind {
            Junction::And => ("and", Level::And),
            Junction::Or => ("or", Level::Or),
        };
        for (index, condition) in conditions.iter().enumerate() {
            if index > 0 {
                self.style.word(self.to, word)?;
            }
            self.operand(condition, level)?;
        }
        Ok(())
    }

    fn lambda(&mut self, path: &Path, quantifier: Quantifier, condition: Option<&Expression>) -> fmt::Result {
        self.path(path)?;
        self.to.write_str(match quantifier {
            Quantifier::Any => "/any(",
            Quantifier::All => "/all(",
        })?;
        if let Some(condition) = condition {
            self.depth += 1;
            self.variable()?;
            self.to.write_char(':')?;
            self.expression(condition)?;
            self.depth -= 1;
        }
        self.to.write_char(')')
    }

    fn list<T>(&mut self, items: &[T], mut write: impl FnMut(&mut Self, &T) -> fmt::Result) -> fmt::Result {
        self.to.write_char('(')?;
        for (index, item) in items.iter().enumerate() {
            if index > 0 {
                self.to.write_char(',')?;
            }
            write(self, item)?;
        }
        self.to.write_char(')')
    }

    /// From the item asked for a path is written as it is; from that of a lambda, after its variable.
    fn path(&mut self, path: &Path) -> fmt::Result {
        let item = self.depth > 0 || path.0.is_empty();
        if item {
            self.variable()?;
        }
        for (index, step) in path.0.iter().enumerate() {
            if item || index > 0 {
                self.to.write_char('/')?;
            }
            match step {
                Step::Property(name) | Step::Type(name) => self.style.name(self.to, name)?,
                Step::Count => self.to.write_str("$count")?,
            }
        }
        Ok(())
    }

    /// The variable of the innermost lambda: `a`, inside it `b`, after `z` comes `a1`. Outside of all, `$it`.
    fn variable(&mut self) -> fmt::Result {
        let Some(inner) = self.depth.checked_sub(1) else { return self.to.write_str("$it") };
        let letter = char::from_u32(u32::from(b'a') + inner % 26).unwrap_or('a');
        self.to.write_char(letter)?;
        match inner / 26 {
            0 => Ok(()),
            round => write!(self.to, "{round}"),
        }
    }
}

/// The word, and how tightly the operands must bind: on the right more, since these operators associate to the left.
pub(super) fn arithmetic(operator: Arithmetic) -> (&'static str, Level, Level) {
    match operator {
        Arithmetic::Add => ("add", Level::Additive, Level::Multiplicative),
        Arithmetic::Sub => ("sub", Level::Additive, Level::Multiplicative),
        Arithmetic::Mul => ("mul", Level::Multiplicative, Level::Not),
        Arithmetic::Div => ("div", Level::Multiplicative, Level::Not),
        Arithmetic::Mod => ("mod", Level::Multiplicative, Level::Not),
    }
}

pub(super) fn comparison(operator: Comparison) -> &'static str {
    match operator {
        Comparison::Eq => "eq",
        Comparison::Ne => "ne",
        Comparison::Gt => "gt",
        Comparison::Ge => "ge",
        Comparison::Lt => "lt",
        Comparison::Le => "le",
        Comparison::Has => "has",
    }
}
