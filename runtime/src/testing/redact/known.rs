//! The values that are known to be secret or personal, found again wherever they stand.

use std::collections::BTreeSet;
use std::ops::Range;

use aho_corasick::{AhoCorasick, Input, MatchKind};
use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};

use super::shape::stands_apart;
use crate::client::Service;
use crate::query::encode::encode;

/// What a URL cannot hold as it is; what else is encoded is a matter of taste, and of the service.
const NEEDED: &AsciiSet = &CONTROLS.add(b' ').add(b'"').add(b'<').add(b'>').add(b'`').add(b'{').add(b'}').add(b'#');
/// Shorter values are everywhere.
const SHORTEST: usize = 3;

/// How a value is spelt where it was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Spelling {
    Plain,
    /// As a literal: every quote twice.
    Quoted,
    Encoded,
    EncodedQuoted,
    EncodedAsNeeded,
    /// With a plus for every space.
    Form,
}

impl Spelling {
    const ALL: [Self; 6] =
        [Self::Plain, Self::Quoted, Self::Encoded, Self::EncodedQuoted, Self::EncodedAsNeeded, Self::Form];

    pub(super) fn spell(self, value: &str) -> String {
        match self {
            Self::Plain => value.to_owned(),
            Self::Quoted => value.replace('\'', "''"),
            Self::Encoded => encode(value).to_string(),
            Self::EncodedQuoted => encode(&value.replace('\'', "''")).to_string(),
            Self::EncodedAsNeeded => utf8_percent_encode(value, NEEDED).to_string(),
            Self::Form => value.replace(' ', "+"),
        }
    }
}

/// Values, and whether each is a secret.
#[derive(Default)]
pub(super) struct Known {
    values: BTreeSet<(String, bool)>,
    /// Where the service is: a replayed run could not follow a link to anywhere else.
    hosts: Vec<String>,
    search: Option<(AhoCorasick, Vec<Spelt>)>,
}

/// One spelling of one value.
#[derive(Debug, Clone)]
pub(super) struct Spelt {
    pub(super) value: String,
    pub(super) is_secret: bool,
    pub(super) spelling: Spelling,
}

impl Known {
    pub(super) fn at(service: &Service) -> Self {
        let roots = service.clouds.iter().map(|cloud| cloud.root).chain([service.root]);
        let hosts = roots.filter_map(|root| root.parse::<http::Uri>().ok()?.host().map(|host| format!("://{host}")));
        Self { hosts: hosts.collect(), ..Self::default() }
    }

    pub(super) fn learn(&mut self, value: &str, is_secret: bool) {
        let says_something = value.contains(char::is_alphanumeric) && value.chars().nth(SHORTEST - 1).is_some();
        if says_something && self.values.insert((value.to_owned(), is_secret)) {
            self.search = None;
        }
    }

    /// Makes what was learnt searchable. `Err`: there is too much of it.
    pub(super) fn prepare(&mut self) -> Result<(), String> {
        if self.search.is_some() || self.values.is_empty() {
            return Ok(());
        }
        let mut texts = BTreeSet::new();
        let mut spelt = Vec::new();
        let mut patterns = Vec::new();
        // Secrets first: of two that are alike the first is found.
        for (value, is_secret) in
            self.values.iter().rev().filter(|it| it.1).chain(self.values.iter().filter(|it| !it.1))
        {
            for spelling in Spelling::ALL {
                let text = spelling.spell(value);
                if texts.insert(text.clone()) {
                    patterns.push(text);
                    spelt.push(Spelt { value: value.clone(), is_secret: *is_secret, spelling });
                }
            }
        }
        let search = AhoCorasick::builder()
            .ascii_case_insensitive(true)
            .match_kind(MatchKind::LeftmostLongest)
            .build(&patterns)
            .map_err(|error| error.to_string())?;
        self.search = Some((search, spelt));
        Ok(())
    }

    /// Where known values stand as words of their own.
    pub(super) fn find(&self, text: &str) -> Vec<(Range<usize>, Spelt)> {
        let mut found = Vec::new();
        let Some((search, spelt)) = &self.search else {
            return found;
        };
        let hosts: Vec<_> = self.hosts.iter().flat_map(|host| text.match_indices(host)).collect();
        let is_host = |at: usize| hosts.iter().any(|(from, host)| (*from..from + host.len()).contains(&at));
        let mut from = 0;
        while let Some(next) = search.find(Input::new(text).range(from..)) {
            let (before, after) = (text.get(..next.start()), text.get(next.end()..));
            let is_word =
                before.zip(after).is_some_and(|(before, after)| stands_apart(before, after)) && !is_host(next.start());
            match spelt.get(next.pattern().as_usize()).filter(|_| is_word) {
                Some(spelt) => {
                    found.push((next.range(), spelt.clone()));
                    from = next.end();
                }
                None => from = next.start() + 1,
            }
        }
        found
    }
}
