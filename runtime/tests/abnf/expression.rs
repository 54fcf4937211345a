//! Expressions as the test reads them: out of a case's input and out of what was written for it.

/// An expression without what the grammar leaves open: parentheses, spaces, the case of words, the names of lambda
/// variables.
#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Expression {
    Path(Vec<Step>),
    /// Percent-decoded.
    Literal(String),
    Call(String, Vec<Expression>),
    /// A comparison, a calculation, `and` or `or`, with its word in lower case.
    Binary(String, Box<(Expression, Expression)>),
    In(Box<Expression>, Vec<String>),
    Not(Box<Expression>),
    Lambda(Vec<Step>, bool, Option<Box<Expression>>),
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Step {
    Property(String),
    /// A qualified type name; the tests have one derived type for all.
    Type,
    Count,
}

/// Reads an expression, or nothing if it has a form that cannot be built.
pub(crate) fn read(text: &str) -> Option<Expression> {
    let mut reader = Reader { rest: text, variables: Vec::new() };
    let expression = reader.binary(0)?;
    reader.rest.trim().is_empty().then_some(expression)
}

/// The operators, those that bind least first.
const LEVELS: [&[&str]; 5] =
    [&["or"], &["and"], &["eq", "ne", "gt", "ge", "lt", "le", "has", "in"], &["add", "sub"], &["mul", "div", "mod"]];

struct Reader<'t> {
    rest: &'t str,
    /// Of the lambdas around, the innermost last.
    variables: Vec<&'t str>,
}

impl<'t> Reader<'t> {
    fn binary(&mut self, level: usize) -> Option<Expression> {
        let Some(words) = LEVELS.get(level) else { return self.unary() };
        let mut left = self.binary(level + 1)?;
        while let Some(word) = self.operator(words) {
            left = if word == "in" {
                let mut among = Vec::new();
                self.take("(")?;
                while self.take(")").is_none() {
                    let _comma = self.take(",");
                    among.push(self.literal()?);
                }
                Expression::In(Box::new(left), among)
            } else {
                Expression::Binary(word, Box::new((left, self.binary(level + 1)?)))
            };
        }
        Some(left)
    }

    fn operator(&mut self, words: &[&str]) -> Option<String> {
        let rest = self.rest.trim_start_matches([' ', '\t']);
        let (word, after) = rest.split_at(rest.find([' ', '\t'])?);
        let word = word.to_ascii_lowercase();
        (rest.len() < self.rest.len() && words.contains(&word.as_str())).then(|| self.rest = after)?;
        Some(word)
    }

    fn unary(&mut self) -> Option<Expression> {
        self.rest = self.rest.trim_start();
        if let Some(rest) = self.rest.strip_prefix("not ") {
            self.rest = rest;
            return Some(Expression::Not(Box::new(self.unary()?)));
        }
        if self.take("(").is_some() {
            let inner = self.binary(0)?;
            self.take(")")?;
            return Some(inner);
        }
        let before = self.rest;
        if let Some(literal) = self.literal() {
            return Some(Expression::Literal(literal));
        }
        self.rest = before;
        self.path()
    }

    fn path(&mut self) -> Option<Expression> {
        let mut steps = Vec::new();
        let first = self.name()?;
        if self.take("(").is_some() {
            return self.call(first);
        }
        let relative = match self.variables.last() {
            Some(variable) if *variable == first => true,
            // What is outside of the innermost lambda cannot be reached from inside it.
            Some(_) => return None,
            None => first == "$it",
        };
        if !relative {
            steps.push(step(first)?);
        }
        while self.take("/").is_some() {
            let name = self.name()?;
            if !self.rest.starts_with('(') {
                steps.push(step(name)?);
                continue;
            }
            self.take("(")?;
            let any = match name {
                "any" => true,
                "all" => false,
                _ => return None,
            };
            let condition = if self.take(")").is_some() { None } else { Some(Box::new(self.condition()?)) };
            return Some(Expression::Lambda(steps, any, condition));
        }
        Some(Expression::Path(steps))
    }

    fn condition(&mut self) -> Option<Expression> {
        self.rest = self.rest.trim_start();
        let variable = self.name()?;
        self.take(":")?;
        self.variables.push(variable);
        let condition = self.binary(0)?;
        self.variables.pop();
        self.take(")")?;
        Some(condition)
    }

    fn call(&mut self, name: &str) -> Option<Expression> {
        let mut arguments = Vec::new();
        while self.take(")").is_none() {
            let _comma = self.take(",");
            arguments.push(self.binary(0)?);
        }
        Some(Expression::Call(name.to_owned(), arguments))
    }

    /// A literal of any type, as it stands.
    fn literal(&mut self) -> Option<String> {
        self.rest = self.rest.trim_start();
        let all = self.rest;
        let digits = |c: char| c.is_ascii_alphanumeric() || "-+.:_".contains(c);
        let plain = all.find(|c: char| !digits(c)).unwrap_or(all.len());
        if all[plain..].starts_with('\'') {
            let mut end = plain + 1;
            loop {
                end += all[end..].find('\'')? + 1;
                if !all[end..].starts_with('\'') {
                    break;
                }
                end += 1;
            }
            self.rest = &all[end..];
            // The tests have one enumeration for all.
            let prefix = if all[..plain].contains('.') { "Test.Enumeration" } else { &all[..plain] };
            return Some(format!("{prefix}{}", &all[plain..end]));
        }
        let (word, rest) = all.split_at(plain);
        let number = word.starts_with(|c: char| c.is_ascii_digit() || "-+".contains(c)) && word.len() > 1
            || word.starts_with(|c: char| c.is_ascii_digit());
        let known = number || matches!(word, "null" | "true" | "false" | "INF" | "NaN");
        known.then(|| self.rest = rest)?;
        Some(word.to_owned())
    }

    fn name(&mut self) -> Option<&'t str> {
        let known = |c: char| c.is_ascii_alphanumeric() || "_.$".contains(c);
        let end = self.rest.find(|c| !known(c)).unwrap_or(self.rest.len());
        let (name, rest) = self.rest.split_at(end);
        self.rest = rest;
        (!name.is_empty()).then_some(name)
    }

    fn take(&mut self, what: &str) -> Option<()> {
        self.rest = self.rest.trim_start_matches([' ', '\t']).strip_prefix(what)?;
        Some(())
    }
}

fn step(name: &str) -> Option<Step> {
    match name {
        "$count" => Some(Step::Count),
        _ if name.starts_with('$') => None,
        _ if name.contains('.') => Some(Step::Type),
        _ => Some(Step::Property(name.to_owned())),
    }
}
