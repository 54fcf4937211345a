//! Expressions built by the public methods: the names are those of a case, the types are read off its literals.

use odata_runtime::query::{Filter, Many, Navigation, Numeric, Operand, Ordered, Property, Term, it};
use odata_runtime::{Date, Decimal, Flags, Literal, SignedDuration, Time, Timestamp};

use crate::expression::{Expression, Step};
use crate::types::{Any, Derived, Member, name};

/// The condition, or nothing if it has a form that the methods do not offer.
pub(crate) fn filter(expression: &Expression) -> Option<Filter<Any>> {
    match expression {
        Expression::Binary(word, operands) if word == "and" => Some(filter(&operands.0)?.and(filter(&operands.1)?)),
        Expression::Binary(word, operands) if word == "or" => Some(filter(&operands.0)?.or(filter(&operands.1)?)),
        Expression::Binary(word, operands) => comparison(word, &operands.0, &operands.1),
        Expression::Not(inner) => Some(!filter(inner)?),
        Expression::In(value, among) => {
            let strings: Option<Vec<String>> = among.iter().map(|text| string(text)).collect();
            Some(term::<String>(value)?.in_(strings?))
        }
        Expression::Call(function, arguments) => {
            let [text, part] = &arguments[..] else { return None };
            let text = term::<String>(text)?;
            match (function.as_str(), part) {
                ("contains", Expression::Literal(part)) => Some(text.contains(string(part)?)),
                ("startswith", Expression::Literal(part)) => Some(text.starts_with(string(part)?)),
                ("endswith", Expression::Literal(part)) => Some(text.ends_with(string(part)?)),
                ("contains", part) => Some(text.contains(term(part)?)),
                ("startswith", part) => Some(text.starts_with(term(part)?)),
                ("endswith", part) => Some(text.ends_with(term(part)?)),
                _ => None,
            }
        }
        Expression::Lambda(path, any, condition) => {
            if let ([Step::Property(items), Step::Type], true, None) = (&path[..], any, condition) {
                let items = Navigation::<Any, Any, Many>::new(name(items));
                return Some(items.cast::<Derived>().is_not_empty());
            }
            let items = along::<Vec<Any>>(path)?;
            match (any, condition) {
                (true, None) => Some(items.is_not_empty()),
                (true, Some(condition)) => Some(items.any(filter(condition)?)),
                (false, Some(condition)) => Some(items.all(filter(condition)?)),
                (false, None) => None,
            }
        }
        Expression::Path(_) | Expression::Literal(_) => None,
    }
}

fn comparison(word: &str, left: &Expression, right: &Expression) -> Option<Filter<Any>> {
    let Expression::Literal(text) = right else {
        return compared(word, term::<String>(left)?, term::<String>(right)?);
    };
    if text == "null" {
        let left = term::<String>(left)?;
        return match word {
            "eq" => Some(left.is_null()),
            "ne" => Some(left.is_not_null()),
            _ => None,
        };
    }
    if let Some(right) = string(text) {
        return compared(word, term(left)?, right);
    }
    if let Ok(right) = text.parse::<bool>() {
        return equal(word, term(left)?, right);
    }
    if let Some(members) = flags(text) {
        let left = term::<Flags<Member>>(left)?;
        return if word == "has" { Some(left.has(members)) } else { equal(word, left, members) };
    }
    if let Ok(right) = text.parse::<i64>() {
        return match left {
            Expression::Path(steps) if steps.last() == Some(&Step::Count) => compared(word, size(steps)?, right),
            Expression::Call(..) => compared(word, term(left)?, i32::try_from(right).ok()?),
            _ => compared(word, term(left)?, Decimal::from(right)),
        };
    }
    if let Ok(right) = text.parse::<Decimal>() {
        return compared(word, term(left)?, right);
    }
    let json = format!("\"{text}\"");
    if let Ok(right) = odata_runtime::from_str::<Timestamp>(&json) {
        return compared(word, term(left)?, right);
    }
    compared(word, term(left)?, odata_runtime::from_str::<Date>(&json).ok()?)
}

fn equal<V: Literal>(word: &str, left: Term<Any, V>, right: impl Operand<Any, V>) -> Option<Filter<Any>> {
    match word {
        "eq" => Some(left.eq(right)),
        "ne" => Some(left.ne(right)),
        _ => None,
    }
}

fn compared<V: Ordered>(word: &str, left: Term<Any, V>, right: impl Operand<Any, V>) -> Option<Filter<Any>> {
    match word {
        "gt" => Some(left.gt(right)),
        "ge" => Some(left.ge(right)),
        "lt" => Some(left.lt(right)),
        "le" => Some(left.le(right)),
        _ => equal(word, left, right),
    }
}

/// A value of a type that a case has, worked out.
pub(crate) trait Kind: Sized {
    fn computed(expression: &Expression) -> Option<Term<Any, Self>>;
}

pub(crate) fn term<V: Kind>(expression: &Expression) -> Option<Term<Any, V>> {
    match expression {
        Expression::Path(path) => along(path),
        computed => V::computed(computed),
    }
}

enum Base {
    Any(Term<Any, Any>),
    Derived(Term<Any, Derived>),
}

fn along<V>(path: &[Step]) -> Option<Term<Any, V>> {
    let (Step::Property(last), way) = path.split_last()? else { return None };
    let mut base = Base::Any(it());
    for step in way {
        base = match (base, step) {
            (Base::Any(base), Step::Property(property)) => {
                Base::Any(base.at(Property::<Any, Any>::new(name(property))))
            }
            (Base::Derived(base), Step::Property(property)) => {
                Base::Any(base.at(Property::<Derived, Any>::new(name(property))))
            }
            (Base::Any(base), Step::Type) => Base::Derived(base.cast()),
            _ => return None,
        };
    }
    Some(match base {
        Base::Any(base) => base.at(Property::new(name(last))),
        Base::Derived(base) => base.at(Property::new(name(last))),
    })
}

/// The number of items at the path.
pub(crate) fn size(path: &[Step]) -> Option<Term<Any, i64>> {
    let (Step::Count, items) = path.split_last()? else { return None };
    Some(along::<Vec<Any>>(items)?.size())
}

fn call(expression: &Expression) -> Option<(&str, &[Expression])> {
    if let Expression::Call(name, arguments) = expression { Some((name, arguments)) } else { None }
}

/// The literal, if it is one of this type.
fn constant<V>(expression: &Expression, read: fn(&str) -> Option<V>) -> Option<V> {
    if let Expression::Literal(text) = expression { read(text) } else { None }
}

fn integer(text: &str) -> Option<i32> {
    text.parse().ok()
}

impl Kind for String {
    fn computed(expression: &Expression) -> Option<Term<Any, Self>> {
        match call(expression)? {
            ("tolower", [text]) => Some(term::<Self>(text)?.to_lower()),
            ("toupper", [text]) => Some(term::<Self>(text)?.to_upper()),
            ("trim", [text]) => Some(term::<Self>(text)?.trim()),
            ("concat", [text, end]) => match constant(end, string) {
                Some(end) => Some(term::<Self>(text)?.concat(end)),
                None => Some(term::<Self>(text)?.concat(term::<Self>(end)?)),
            },
            ("substring", [text, from]) => Some(term::<Self>(text)?.substring(constant(from, integer)?)),
            ("substring", [text, from, length]) => {
                Some(term::<Self>(text)?.substring_of_length(constant(from, integer)?, constant(length, integer)?))
            }
            _ => None,
        }
    }
}

impl Kind for i32 {
    fn computed(expression: &Expression) -> Option<Term<Any, Self>> {
        match call(expression)? {
            ("length", [text]) => Some(term::<String>(text)?.length()),
            ("indexof", [text, part]) => Some(term::<String>(text)?.index_of(constant(part, string)?)),
            ("year", [at]) => Some(term::<Timestamp>(at)?.year()),
            ("month", [at]) => Some(term::<Timestamp>(at)?.month()),
            ("day", [at]) => Some(term::<Timestamp>(at)?.day()),
            ("hour", [at]) => Some(term::<Timestamp>(at)?.hour()),
            ("minute", [at]) => Some(term::<Timestamp>(at)?.minute()),
            ("second", [at]) => Some(term::<Timestamp>(at)?.second()),
            _ => None,
        }
    }
}

impl Kind for Decimal {
    fn computed(expression: &Expression) -> Option<Term<Any, Self>> {
        if let Expression::Binary(word, operands) = expression {
            let (left, right) = (term::<Self>(&operands.0)?, &operands.1);
            return match constant(right, |text| text.parse::<Self>().ok()) {
                Some(right) => calculated(word, left, right),
                None => calculated(word, left, term::<Self>(right)?),
            };
        }
        match call(expression)? {
            ("round", [number]) => Some(term::<Self>(number)?.round()),
            ("floor", [number]) => Some(term::<Self>(number)?.floor()),
            ("ceiling", [number]) => Some(term::<Self>(number)?.ceiling()),
            ("fractionalseconds", [at]) => Some(term::<Timestamp>(at)?.fractional_seconds()),
            ("totalseconds", [duration]) => Some(term::<SignedDuration>(duration)?.total_seconds()),
            _ => None,
        }
    }
}

fn calculated<V: Numeric>(word: &str, left: Term<Any, V>, right: impl Operand<Any, V>) -> Option<Term<Any, V>> {
    match word {
        "add" => Some(left.add(right)),
        "sub" => Some(left.sub(right)),
        "mul" => Some(left.mul(right)),
        "div" => Some(left.div(right)),
        "mod" => Some(left.modulo(right)),
        _ => None,
    }
}

impl Kind for Date {
    fn computed(expression: &Expression) -> Option<Term<Any, Self>> {
        if let ("date", [at]) = call(expression)? { Some(term::<Timestamp>(at)?.date()) } else { None }
    }
}

impl Kind for Time {
    fn computed(expression: &Expression) -> Option<Term<Any, Self>> {
        if let ("time", [at]) = call(expression)? { Some(term::<Timestamp>(at)?.time()) } else { None }
    }
}

macro_rules! only_paths {
    ($($type:ty)*) => {$(
        impl Kind for $type {
            fn computed(_: &Expression) -> Option<Term<Any, Self>> {
                None
            }
        }
    )*};
}

only_paths! { bool Timestamp SignedDuration Flags<Member> }

/// The text of a string literal.
pub(crate) fn string(literal: &str) -> Option<String> {
    Some(literal.strip_prefix('\'')?.strip_suffix('\'')?.replace("''", "'"))
}

/// The members of an enumeration literal that says its type.
pub(crate) fn flags(literal: &str) -> Option<Flags<Member>> {
    let (of, members) = literal.strip_suffix('\'')?.split_once('\'')?;
    of.contains('.').then(|| Flags::from_wire(members))
}
