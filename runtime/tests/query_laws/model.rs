//! Conditions as the test sees them, and how they are built.

use odata_runtime::query::{Filter, Operand, Term, it};

use crate::shop::{Line, Order};

/// A condition as the test sees it.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Condition {
    Compare(String, Number, Number),
    /// A function of the name and a text.
    Call(String, String),
    In(Vec<String>),
    Not(Box<Condition>),
    And(Vec<Condition>),
    Or(Vec<Condition>),
    /// `any` or `all`, about the prices of lines.
    Lines(String, Box<Condition>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Number {
    /// `total`, or of a line `price`.
    Property,
    Literal(i32),
    Of(String, Box<(Number, Number)>),
}

/// Without what reading cannot tell: the grouping of equal junctions, and what is denied twice.
pub(crate) fn normal(condition: Condition) -> Condition {
    fn flat(parts: Vec<Condition>, own: fn(&Condition) -> Option<&Vec<Condition>>) -> Vec<Condition> {
        let parts = parts.into_iter().map(normal);
        parts.flat_map(|part| own(&part).cloned().unwrap_or_else(|| vec![part])).collect()
    }
    match condition {
        Condition::And(parts) => {
            Condition::And(flat(parts, |it| if let Condition::And(parts) = it { Some(parts) } else { None }))
        }
        Condition::Or(parts) => {
            Condition::Or(flat(parts, |it| if let Condition::Or(parts) = it { Some(parts) } else { None }))
        }
        Condition::Not(inner) => match normal(*inner) {
            Condition::Not(inner) => *inner,
            other => Condition::Not(Box::new(other)),
        },
        Condition::Lines(which, inner) => Condition::Lines(which, Box::new(normal(*inner))),
        other => other,
    }
}

/// What is compared in conditions on a `T`.
pub(crate) trait Item: Sized + 'static {
    fn number() -> Term<Self, i32>;
    fn leaf(condition: &Condition) -> Filter<Self>;
}

impl Item for Order {
    fn number() -> Term<Self, i32> {
        it::<Self>().at(Self::TOTAL)
    }

    fn leaf(condition: &Condition) -> Filter<Self> {
        match condition {
            Condition::Call(name, text) => match name.as_str() {
                "contains" => Self::NAME.contains(text),
                "startswith" => Self::NAME.starts_with(text),
                _ => Self::NAME.ends_with(text),
            },
            Condition::In(names) => Self::NAME.in_(names),
            Condition::Lines(which, inner) if which == "any" => Self::LINES.any(built(inner)),
            Condition::Lines(_, inner) => Self::LINES.all(built(inner)),
            other => panic!("{other:?} is no leaf"),
        }
    }
}

impl Item for Line {
    fn number() -> Term<Self, i32> {
        it::<Self>().at(Self::COUNT)
    }

    fn leaf(condition: &Condition) -> Filter<Self> {
        panic!("{condition:?} is not about lines")
    }
}

pub(crate) fn built<T: Item>(condition: &Condition) -> Filter<T> {
    match condition {
        Condition::Compare(operator, left, Number::Literal(right)) => compare(operator, number(left), *right),
        Condition::Compare(operator, left, right) => compare(operator, number(left), number(right)),
        Condition::Not(inner) => !built(inner),
        Condition::And(parts) => parts.iter().map(built).reduce(Filter::and).unwrap(),
        // From the right, unlike `and`: the order of joining is not the order of the parts.
        Condition::Or(parts) => parts.iter().map(built).rev().reduce(|right, left| left.or(right)).unwrap(),
        leaf => T::leaf(leaf),
    }
}

fn number<T: Item>(number: &Number) -> Term<T, i32> {
    match number {
        Number::Of(operator, operands) => match &**operands {
            (left, Number::Literal(right)) => calculate(operator, self::number(left), *right),
            (left, right) => calculate(operator, self::number(left), self::number::<T>(right)),
        },
        _ => T::number(),
    }
}

fn calculate<T>(operator: &str, left: Term<T, i32>, right: impl Operand<T, i32>) -> Term<T, i32> {
    match operator {
        "add" => left.add(right),
        "sub" => left.sub(right),
        "mul" => left.mul(right),
        "div" => left.div(right),
        _ => left.modulo(right),
    }
}

fn compare<T>(operator: &str, left: Term<T, i32>, right: impl Operand<T, i32>) -> Filter<T> {
    match operator {
        "eq" => left.eq(right),
        "ne" => left.ne(right),
        "gt" => left.gt(right),
        "ge" => left.ge(right),
        "lt" => left.lt(right),
        _ => left.le(right),
    }
}
