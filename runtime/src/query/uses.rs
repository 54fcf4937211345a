//! What a condition asks of which property, for services that take a few filters only (CR-2, CR-21).

use super::expression::{Expression, Path, Quantifier, Step};
use super::render::{arithmetic, comparison};

/// A property, and the operator or the function that it stands under.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    /// The names of the path with slashes, through collections too: `lines/price`.
    pub(crate) path: String,
    /// As it is written: `eq`, `in`, `contains`; `$count` of a number of items; of a collection as such, `any` or `all`.
    pub(crate) by: &'static str,
}

impl Use {
    /// Whether an entry allows it: `lines` all that is asked of lines, `lines/price gt ge` these two of their price.
    pub(crate) fn is_in(&self, entry: &str) -> bool {
        let mut words = entry.split(' ');
        let path = words.next().unwrap_or_default();
        let rest = self.path.strip_prefix(path);
        match words.next() {
            None => rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/')),
            Some(first) => rest == Some("") && (first == self.by || words.any(|word| word == self.by)),
        }
    }
}

impl Expression {
    /// Every use in it, each once.
    pub(super) fn uses(&self) -> Vec<Use> {
        let mut found = Vec::new();
        self.collect(&[], "eq", &mut found);
        found
    }

    fn collect(&self, prefix: &[&'static str], by: &'static str, found: &mut Vec<Use>) {
        match self {
            Self::Path(path) => {
                let by = if path.0.contains(&Step::Count) { "$count" } else { by };
                push(&below(prefix, path), by, found);
            }
            Self::Literal(_) => (),
            Self::Call(name, parts) => parts.iter().for_each(|part| part.collect(prefix, name, found)),
            Self::Junction(_, parts) => parts.iter().for_each(|part| part.collect(prefix, by, found)),
            Self::Arithmetic(operator, operands) => operands_of(operands, prefix, arithmetic(*operator).0, found),
            Self::Compare(operator, operands) => operands_of(operands, prefix, comparison(*operator), found),
            Self::In(part, _) => part.collect(prefix, "in", found),
            Self::Not(part) => part.collect(prefix, by, found),
            Self::Lambda(path, quantifier, condition) => {
                let items = below(prefix, path);
                match (quantifier, condition) {
                    (Quantifier::Any, Some(_)) => (),
                    (Quantifier::Any, None) => push(&items, "any", found),
                    (Quantifier::All, _) => push(&items, "all", found),
                }
                if let Some(condition) = condition {
                    condition.collect(&items, "eq", found);
                }
            }
        }
    }
}

fn operands_of(operands: &(Expression, Expression), prefix: &[&'static str], by: &'static str, found: &mut Vec<Use>) {
    operands.0.collect(prefix, by, found);
    operands.1.collect(prefix, by, found);
}

fn below(prefix: &[&'static str], path: &Path) -> Vec<&'static str> {
    let names = path.0.iter().filter_map(|step| match step {
        Step::Property(name) => Some(*name),
        Step::Type(_) | Step::Count => None,
    });
    prefix.iter().copied().chain(names).collect()
}

fn push(names: &[&'static str], by: &'static str, found: &mut Vec<Use>) {
    let it = Use { path: names.join("/"), by };
    if !names.is_empty() && !found.contains(&it) {
        found.push(it);
    }
}
