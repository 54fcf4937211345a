//! Expressions of `$filter` and `$orderby` as trees, without the types that they were checked against.

/// What a condition or an order is made of (OASIS URL Conventions 4.01, section 5.1.1).
#[derive(Clone, PartialEq)]
pub enum Expression {
    Path(Path),
    /// As [`Literal`](crate::Literal) writes it, not encoded.
    Literal(Box<str>),
    Call(&'static str, Vec<Expression>),
    Arithmetic(Arithmetic, Box<(Expression, Expression)>),
    Compare(Comparison, Box<(Expression, Expression)>),
    In(Box<Expression>, Vec<Box<str>>),
    Not(Box<Expression>),
    /// Two or more, none of which is the same kind of junction: so that a condition put together from thousands
    /// of others is a list, not a tree that deep.
    Junction(Junction, Vec<Expression>),
    Lambda(Path, Quantifier, Option<Box<Expression>>),
}

/// The way from the current item to a value; without a step, the item itself.
#[derive(Clone, PartialEq, Default)]
pub struct Path(pub(super) Vec<Step>);

#[derive(Clone, Copy, PartialEq)]
pub(super) enum Step {
    /// A property, by its name.
    Property(&'static str),
    /// A derived type, by its qualified name.
    Type(&'static str),
    /// The number of items of a collection.
    Count,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Arithmetic {
    Add,
    Sub,
    Mul,
    Div,
    Mod,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Comparison {
    Eq,
    Ne,
    Gt,
    Ge,
    Lt,
    Le,
    Has,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Junction {
    And,
    Or,
}

#[derive(Clone, Copy, PartialEq)]
pub enum Quantifier {
    Any,
    All,
}

impl Expression {
    pub(super) fn property(name: &'static str) -> Self {
        Self::Path(Path(vec![Step::Property(name)]))
    }

    pub(super) fn literal(text: String) -> Self {
        Self::Literal(text.into())
    }

    pub(super) fn arithmetic(self, operator: Arithmetic, other: Self) -> Self {
        Self::Arithmetic(operator, Box::new((self, other)))
    }

    pub(super) fn compare(self, operator: Comparison, other: Self) -> Self {
        Self::Compare(operator, Box::new((self, other)))
    }

    /// One step further from a path. Only what a path leads to has properties, derived types or items.
    pub(super) fn step(self, step: Step) -> Self {
        match self {
            Self::Path(Path(mut steps)) => {
                steps.push(step);
                Self::Path(Path(steps))
            }
            other => other,
        }
    }

    /// This expression, whose path leads from what `self` leads to, from where `self` starts. Every path in it
    /// that is relative to the item: not those of a lambda, whose items are others.
    pub(super) fn relative_to(self, base: &Self) -> Self {
        let Self::Path(Path(base_steps)) = base else { return self };
        let prefixed = |Path(steps): Path| Path(base_steps.iter().copied().chain(steps).collect());
        let pair = |pair: Box<(Self, Self)>| Box::new((pair.0.relative_to(base), pair.1.relative_to(base)));
        match self {
            Self::Path(path) => Self::Path(prefixed(path)),
            Self::Literal(text) => Self::Literal(text),
            Self::Call(name, arguments) => {
                Self::Call(name, arguments.into_iter().map(|argument| argument.relative_to(base)).collect())
            }
            Self::Arithmetic(operator, operands) => Self::Arithmetic(operator, pair(operands)),
            Self::Compare(operator, operands) => Self::Compare(operator, pair(operands)),
            Self::In(value, among) => Self::In(Box::new(value.relative_to(base)), among),
            Self::Not(condition) => Self::Not(Box::new(condition.relative_to(base))),
            Self::Junction(kind, conditions) => {
                Self::Junction(kind, conditions.into_iter().map(|condition| condition.relative_to(base)).collect())
            }
            Self::Lambda(path, quantifier, condition) => Self::Lambda(prefixed(path), quantifier, condition),
        }
    }

    pub(super) fn negated(self) -> Self {
        match self {
            // Also for null: `not null` is null.
            Self::Not(condition) => *condition,
            other => Self::Not(Box::new(other)),
        }
    }

    pub(super) fn joined(self, kind: Junction, other: Self) -> Self {
        let parts = |expression| match expression {
            Self::Junction(same, parts) if same == kind => parts,
            other => vec![other],
        };
        let mut all = parts(self);
        all.extend(parts(other));
        Self::Junction(kind, all)
    }

    /// Adds the first property of every path that starts at the item asked for; those in a lambda start at its
    /// items.
    pub(super) fn collect_properties(&self, found: &mut Vec<&'static str>) {
        match self {
            Self::Path(path) | Self::Lambda(path, ..) => path.collect_property(found),
            Self::Literal(_) => (),
            Self::Call(_, parts) | Self::Junction(_, parts) => {
                for part in parts {
                    part.collect_properties(found);
                }
            }
            Self::Arithmetic(_, operands) | Self::Compare(_, operands) => {
                operands.0.collect_properties(found);
                operands.1.collect_properties(found);
            }
            Self::In(part, _) | Self::Not(part) => part.collect_properties(found),
        }
    }
}

impl Path {
    fn collect_property(&self, found: &mut Vec<&'static str>) {
        let first = self.0.iter().find_map(|step| match step {
            Step::Property(name) => Some(*name),
            Step::Type(_) | Step::Count => None,
        });
        found.extend(first.filter(|name| !found.contains(name)));
    }
}
