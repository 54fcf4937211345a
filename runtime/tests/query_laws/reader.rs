//! A reader of conditions that knows precedence and nothing of the writer.

use crate::model::{Condition, Number};

/// Reads what is left of a condition: each function takes what it knows, or gives nothing and leaves no trace.
#[derive(Clone, Copy)]
pub(crate) struct Text<'t> {
    pub(crate) rest: &'t str,
    /// What stands before the property: the variable of a lambda.
    pub(crate) property: &'static str,
}

impl Text<'_> {
    fn take(&mut self, text: &str) -> Option<()> {
        self.rest = self.rest.strip_prefix(text)?;
        Some(())
    }

    fn attempt<T>(&mut self, read: impl FnOnce(&mut Self) -> Option<T>) -> Option<T> {
        let mut copy = *self;
        let read = read(&mut copy)?;
        *self = copy;
        Some(read)
    }

    pub(crate) fn or(&mut self) -> Option<Condition> {
        let mut parts = vec![self.and()?];
        while self.take(" or ").is_some() {
            parts.push(self.and()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Condition::Or(parts) })
    }

    fn and(&mut self) -> Option<Condition> {
        let mut parts = vec![self.single()?];
        while self.take(" and ").is_some() {
            parts.push(self.single()?);
        }
        Some(if parts.len() == 1 { parts.remove(0) } else { Condition::And(parts) })
    }

    fn single(&mut self) -> Option<Condition> {
        self.attempt(Self::comparison).or_else(|| self.primary()).or_else(|| {
            self.take("not ")?;
            Some(Condition::Not(Box::new(self.primary()?)))
        })
    }

    fn primary(&mut self) -> Option<Condition> {
        self.attempt(Self::call).or_else(|| self.attempt(Self::lambda)).or_else(|| {
            self.take("(")?;
            let inner = self.or()?;
            self.take(")")?;
            Some(inner)
        })
    }

    fn call(&mut self) -> Option<Condition> {
        let name = self.word(&["contains", "startswith", "endswith"])?;
        self.take("(name,")?;
        let text = self.string()?;
        self.take(")")?;
        Some(Condition::Call(name, text))
    }

    fn lambda(&mut self) -> Option<Condition> {
        self.take("lines/")?;
        let which = self.word(&["any", "all"])?;
        self.take("(a:")?;
        let outer = std::mem::replace(&mut self.property, "a/count");
        let inner = self.or()?;
        self.property = outer;
        self.take(")")?;
        Some(Condition::Lines(which, Box::new(inner)))
    }

    fn comparison(&mut self) -> Option<Condition> {
        if self.take("name in (").is_some() {
            let mut names = vec![self.string()?];
            while self.take(",").is_some() {
                names.push(self.string()?);
            }
            self.take(")")?;
            return Some(Condition::In(names));
        }
        let left = self.sum()?;
        let operator = self.word(&[" eq ", " ne ", " gt ", " ge ", " lt ", " le "])?;
        Some(Condition::Compare(operator.trim().to_owned(), left, self.sum()?))
    }

    fn sum(&mut self) -> Option<Number> {
        self.operators(&[" add ", " sub "], Self::product)
    }

    fn product(&mut self) -> Option<Number> {
        self.operators(&[" mul ", " div ", " mod "], Self::factor)
    }

    /// From left to right.
    fn operators(&mut self, words: &[&str], operand: fn(&mut Self) -> Option<Number>) -> Option<Number> {
        let mut left = operand(self)?;
        while let Some(operator) = self.word(words) {
            left = Number::Of(operator.trim().to_owned(), Box::new((left, operand(self)?)));
        }
        Some(left)
    }

    fn factor(&mut self) -> Option<Number> {
        if self.take(self.property).is_some() {
            return Some(Number::Property);
        }
        if self.take("(").is_some() {
            let inner = self.sum()?;
            self.take(")")?;
            return Some(inner);
        }
        let digits = self.rest.find(|c: char| c != '-' && !c.is_ascii_digit()).unwrap_or(self.rest.len());
        let (number, rest) = self.rest.split_at(digits);
        self.rest = rest;
        number.parse().ok().map(Number::Literal)
    }

    fn string(&mut self) -> Option<String> {
        self.take("'")?;
        let mut text = String::new();
        loop {
            let (part, rest) = self.rest.split_once('\'')?;
            text.push_str(part);
            self.rest = rest;
            if self.take("'").is_none() {
                return Some(text);
            }
            text.push('\'');
        }
    }

    fn word(&mut self, words: &[&str]) -> Option<String> {
        words.iter().find(|word| self.take(word).is_some()).map(|word| (*word).to_owned())
    }
}
