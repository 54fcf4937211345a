//! A matcher for ABNF (RFC 5234, with the case-sensitive strings of RFC 7405): the OASIS grammar is read from the
//! corpus, so that what is written here is judged by somebody else.

use std::collections::{BTreeMap, BTreeSet, HashMap};

pub(crate) struct Grammar {
    names: HashMap<String, usize>,
    rules: Vec<Node>,
}

enum Node {
    /// By its place.
    Rule(usize),
    Text {
        text: Vec<u8>,
        exact: bool,
    },
    Range(u8, u8),
    All(Vec<Node>),
    Either(Vec<Node>),
    Repeat(usize, usize, Box<Node>),
}

/// Names that a rule is narrowed to, as those of a model.
pub(crate) type Constraints = BTreeMap<String, Vec<String>>;

impl Grammar {
    pub(crate) fn parse(text: &str) -> Self {
        let mut definitions: Vec<String> = Vec::new();
        for line in text.lines().map(without_comment).filter(|line| !line.trim().is_empty()) {
            match definitions.last_mut() {
                Some(last) if line.starts_with(' ') => last.push_str(&line),
                _ => definitions.push(line),
            }
        }
        let definitions: Vec<_> = definitions.iter().map(|definition| definition.split_once('=').unwrap()).collect();
        let name = |(name, _): &(&str, &str)| name.trim().to_ascii_lowercase();
        let names: HashMap<_, _> = definitions.iter().map(name).zip(0..).collect();
        let rules = definitions.iter().map(|(name, body)| {
            let mut source = Source(body, &names);
            let node = source.either();
            assert!(source.0.trim().is_empty(), "{name}: {}", source.0);
            node
        });
        Self { rules: rules.collect(), names }
    }

    /// Whether the whole text is what the rule says.
    pub(crate) fn accepts(&self, rule: &str, text: &str, constraints: &Constraints) -> bool {
        let place = |name: &str| self.names[&name.to_ascii_lowercase()];
        let narrowed = constraints.iter().filter(|(name, _)| self.names.contains_key(*name));
        let constraints = narrowed.map(|(name, allowed)| (place(name), allowed)).collect();
        let mut matcher = Matcher { grammar: self, text: text.as_bytes(), constraints, known: HashMap::new() };
        matcher.rule(place(rule), 0).contains(&text.len())
    }
}

fn without_comment(line: &str) -> String {
    let mut quoted = false;
    let code = line.chars().take_while(|c| {
        quoted ^= *c == '"';
        quoted || *c != ';'
    });
    code.collect()
}

/// What is left of a definition.
struct Source<'s>(&'s str, &'s HashMap<String, usize>);

impl Source<'_> {
    fn either(&mut self) -> Node {
        let mut options = vec![self.all()];
        while self.eat('/') {
            options.push(self.all());
        }
        if options.len() == 1 { options.remove(0) } else { Node::Either(options) }
    }

    fn all(&mut self) -> Node {
        let mut parts = Vec::new();
        while !matches!(self.0.trim_start().chars().next(), None | Some('/' | ')' | ']')) {
            parts.push(self.repetition());
        }
        if parts.len() == 1 { parts.remove(0) } else { Node::All(parts) }
    }

    fn repetition(&mut self) -> Node {
        self.0 = self.0.trim_start();
        let least = self.number(10);
        if self.0.starts_with('*') {
            self.0 = &self.0[1..];
            let most = self.number(10).unwrap_or(usize::MAX);
            return Node::Repeat(least.unwrap_or(0), most, Box::new(self.element()));
        }
        match least {
            Some(count) => Node::Repeat(count, count, Box::new(self.element())),
            None => self.element(),
        }
    }

    fn element(&mut self) -> Node {
        if self.eat('(') {
            let inner = self.either();
            assert!(self.eat(')'), "{}", self.0);
            return inner;
        }
        if self.eat('[') {
            let inner = self.either();
            assert!(self.eat(']'), "{}", self.0);
            return Node::Repeat(0, 1, Box::new(inner));
        }
        if let Some(rest) = self.0.strip_prefix("%x") {
            self.0 = rest;
            let first = self.number(16).unwrap();
            let last = if self.0.starts_with('-') { self.skip(1).number(16).unwrap() } else { first };
            return Node::Range(u8::try_from(first).unwrap(), u8::try_from(last).unwrap());
        }
        let exact = self.0.starts_with("%s");
        if exact {
            self.skip(2);
        }
        if self.0.starts_with('"') {
            let (text, rest) = self.0[1..].split_once('"').unwrap();
            self.0 = rest;
            return Node::Text { text: text.as_bytes().to_vec(), exact };
        }
        let end = self.0.find(|c: char| !c.is_ascii_alphanumeric() && c != '-').unwrap_or(self.0.len());
        let (name, rest) = self.0.split_at(end);
        assert!(!name.is_empty(), "{}", self.0);
        self.0 = rest;
        Node::Rule(self.1[&name.to_ascii_lowercase()])
    }

    fn eat(&mut self, what: char) -> bool {
        let trimmed = self.0.trim_start();
        trimmed.strip_prefix(what).inspect(|rest| self.0 = rest).is_some()
    }

    fn skip(&mut self, bytes: usize) -> &mut Self {
        self.0 = &self.0[bytes..];
        self
    }

    fn number(&mut self, radix: u32) -> Option<usize> {
        let end = self.0.find(|c: char| !c.is_digit(radix)).unwrap_or(self.0.len());
        let (digits, rest) = self.0.split_at(end);
        let number = usize::from_str_radix(digits, radix).ok()?;
        self.0 = rest;
        Some(number)
    }
}

/// All ends that a match can have: with every choice open, the order of choices does not matter.
type Ends = BTreeSet<usize>;

struct Matcher<'m> {
    grammar: &'m Grammar,
    text: &'m [u8],
    constraints: HashMap<usize, &'m Vec<String>>,
    known: HashMap<(usize, usize), Ends>,
}

impl<'m> Matcher<'m> {
    fn rule(&mut self, rule: usize, at: usize) -> Ends {
        if let Some(known) = self.known.get(&(rule, at)) {
            return known.clone();
        }
        let grammar = self.grammar;
        // No rule of the grammar begins with itself; if one did, that way would lead nowhere.
        self.known.insert((rule, at), Ends::new());
        let mut ends = self.node(&grammar.rules[rule], at);
        if let Some(allowed) = self.constraints.get(&rule) {
            let text = self.text;
            ends.retain(|end| allowed.iter().any(|allowed| allowed.as_bytes() == &text[at..*end]));
        }
        self.known.insert((rule, at), ends.clone());
        ends
    }

    fn node(&mut self, node: &'m Node, at: usize) -> Ends {
        match node {
            Node::Rule(rule) => self.rule(*rule, at),
            Node::Text { text, exact } => {
                let found = self.text.get(at..at + text.len());
                let same = found.is_some_and(|it| if *exact { it == text } else { it.eq_ignore_ascii_case(text) });
                same.then_some(at + text.len()).into_iter().collect()
            }
            Node::Range(first, last) => {
                let found = self.text.get(at).filter(|byte| (first..=last).contains(byte));
                found.map(|_| at + 1).into_iter().collect()
            }
            Node::All(parts) => parts.iter().fold(Ends::from([at]), |ends, part| self.each(part, &ends)),
            Node::Either(options) => options.iter().flat_map(|option| self.node(option, at)).collect(),
            Node::Repeat(least, most, inner) => {
                let (mut ends, mut all) = (Ends::from([at]), Ends::new());
                let mut count = 0;
                while !ends.is_empty() {
                    if count >= *least {
                        all.extend(&ends);
                    }
                    if count == *most {
                        break;
                    }
                    count += 1;
                    ends = self.each(inner, &ends);
                    ends.retain(|end| !all.contains(end));
                }
                all
            }
        }
    }

    fn each(&mut self, node: &'m Node, starts: &Ends) -> Ends {
        if let (1, Some(start)) = (starts.len(), starts.first()) {
            return self.node(node, *start);
        }
        starts.iter().flat_map(|start| self.node(node, *start)).collect()
    }
}
