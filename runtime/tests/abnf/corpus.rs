//! The OASIS grammar, its cases and the names that they narrow it to, as the corpus has them.

use std::path::PathBuf;

use crate::grammar::{Constraints, Grammar};

pub(crate) struct Corpus {
    pub(crate) grammar: Grammar,
    pub(crate) constraints: Constraints,
    pub(crate) cases: Vec<Case>,
}

pub(crate) struct Case {
    /// Its line in oasis-all-testcases.jsonl, from 1 on.
    pub(crate) number: usize,
    pub(crate) rule: String,
    pub(crate) input: String,
    /// Whether the rule accepts the input.
    pub(crate) accepted: bool,
}

impl Corpus {
    /// The corpus, or nothing and a word that the test is skipped.
    pub(crate) fn open(test: &str) -> Option<Self> {
        let Some(folder) = std::env::var_os("ODATA_CORPUS").map(|corpus| PathBuf::from(corpus).join("odata-abnf"))
        else {
            // Not `eprintln!`, which the test harness holds back.
            let line = format!("skipped: {test} needs ODATA_CORPUS\n");
            let _shown = std::io::Write::write_all(&mut std::io::stderr(), line.as_bytes());
            return None;
        };
        let read = |name: &str| std::fs::read_to_string(folder.join(name)).unwrap();
        let cases: Vec<Case> = read("oasis-all-testcases.jsonl").lines().zip(1..).map(case).collect();
        assert_eq!((cases.len(), cases.iter().filter(|it| !it.accepted).count()), (840, 79));
        Some(Self {
            grammar: Grammar::parse(&read("odata-abnf-construction-rules.txt")),
            constraints: constraints(&read("odata-abnf-testcases.yaml")),
            cases,
        })
    }

    /// Whether the grammar alone accepts the text.
    pub(crate) fn accepts(&self, rule: &str, text: &str) -> bool {
        self.grammar.accepts(rule, text, &Constraints::new())
    }
}

fn case((line, number): (&str, usize)) -> Case {
    let case: serde_json::Value = serde_json::from_str(line).unwrap();
    let text = |key: &str| case[key].as_str().unwrap().to_owned();
    Case { number, rule: text("Rule"), input: text("Input"), accepted: case.get("FailAt").is_none() }
}

/// The block `Constraints:` of the YAML: two levels of plain lists.
fn constraints(yaml: &str) -> Constraints {
    let mut found = Constraints::new();
    let mut rule = String::new();
    let block = yaml.lines().skip_while(|line| *line != "Constraints:").skip(1);
    for line in block.take_while(|line| line.is_empty() || line.starts_with(' ')) {
        if let Some(name) = line.strip_prefix("    - ") {
            found.entry(rule.clone()).or_default().push(name.trim().trim_matches(['"', '\'']).to_owned());
        } else if let Some((name, _)) = line.trim().split_once(':') {
            rule = name.to_ascii_lowercase();
            found.insert(rule.clone(), Vec::new());
        }
    }
    found
}
