//! Values that are wrong whatever a document says.

use std::collections::BTreeMap;

use heck::{ToSnakeCase, ToUpperCamelCase};

use super::Check;
use crate::diagnostic::Diagnostic;
use crate::source::Span;

impl Check<'_, '_> {
    /// The names that `output` gives. `output.root` shares its folder with `client.rs` and the folders of the modules.
    pub(super) fn root_file(&mut self) {
        self.crate_name();
        let root = self.config.value.output.root_file();
        let cure = "write `lib.rs` for a crate of its own, `mod.rs` for a module";
        let stem = root.strip_suffix(".rs").filter(|stem| {
            !stem.is_empty()
                && !stem.starts_with(['.', '-'])
                && stem.chars().all(|it| it.is_ascii_alphanumeric() || "_-.".contains(it))
        });
        let modules = self.module_names();
        let fault = match stem {
            None => format!("`output.root` is `{}`, which is no plain name of a Rust file", root.escape_debug()),
            Some(stem) => {
                let mut taken = ["client", "clouds", "notifications", "requests"]
                    .into_iter()
                    .chain(modules.values().map(String::as_str));
                let Some(taken) = taken.find(|it| it.eq_ignore_ascii_case(stem)) else { return };
                format!("`output.root` is `{root}`, but `{taken}` is the name of a generated module")
            }
        };
        let place = self.config.value.output.root.as_ref().map(|it| self.config.span(it));
        let fault = Diagnostic::error("config::root-file", fault).help(cure);
        self.diagnostics.push(match place {
            Some(place) => fault.at(place, "here"),
            None => fault,
        });
    }

    /// The crate's name stands in paths of the examples.
    fn crate_name(&mut self) {
        let Some(name) = &self.config.value.output.crate_name else { return };
        let word = name.get_ref().as_str();
        if is_crate(word) {
            return;
        }
        let fault = format!("`{}` cannot be the name of a crate in Rust", word.escape_debug());
        let candidates = [word.replace('-', "_"), word.to_snake_case()];
        let cure = match candidates.iter().find(|it| is_crate(it)) {
            Some(it) => format!("write `{it}`"),
            None => "write letters, digits and `_`, a letter first, or remove the option".to_owned(),
        };
        self.error("config::crate-name", fault, self.config.span(name), cure);
    }

    pub(super) fn service(&mut self) {
        let config = self.config;
        let Some(service) = &config.value.service else { return };
        let roots = std::iter::once(&service.root).chain(service.clouds.iter().map(|it| &it.root));
        for root in roots.filter(|it| !is_service_root(it.get_ref())) {
            self.error(
                "config::service-root",
                format!("`{}` is not the address of a service", root.get_ref().escape_debug()),
                config.span(root),
                "write `https://HOST/PATH`, without user, query and fragment",
            );
        }
        let scopes = std::iter::once(&service.scope).chain(service.clouds.iter().map(|it| &it.scope));
        for scope in scopes.filter(|it| !is_scope(it.get_ref())) {
            let fault = format!("`{}` is no scope of a token", scope.get_ref().escape_debug());
            let help =
                "write what the service documents, such as `https://HOST/.default`; several with one space between";
            self.error("config::scope", fault, config.span(scope), help);
        }
        for it in service.clouds.iter().map(|it| &it.authority).filter(|it| !is_service_root(it.get_ref())) {
            let fault = format!("`{}` is not the address of an authority", it.get_ref().escape_debug());
            self.error("config::authority", fault, config.span(it), "write `https://HOST`");
        }
        if let Some(prefer) = service.prefer.as_ref().filter(|it| !is_header(it.get_ref())) {
            let fault = format!("`{}` cannot be sent as a header", prefer.get_ref().escape_debug());
            self.error("config::prefer", fault, config.span(prefer), "write preferences of ASCII, with commas between");
        }
        if let Some(none) = service.batch.as_ref().filter(|it| *it.get_ref() == 0) {
            let fault = "a batch of no requests".to_owned();
            self.error("config::batch", fault, config.span(none), "write how many the service takes, or remove it");
        }
        let mut first: BTreeMap<String, Span> = BTreeMap::new();
        for name in service.clouds.iter().map(|it| &it.name) {
            let (word, span) = (name.get_ref().to_snake_case(), config.span(name));
            if word.is_empty() || word == "all" || !is_module(&word) {
                let fault = format!("`{}` cannot name a cloud", name.get_ref().escape_debug());
                self.error(
                    "config::cloud",
                    fault,
                    span,
                    "write a word of letters and digits, a letter first; `all` is taken",
                );
                continue;
            }
            let earlier = *first.entry(word).or_insert(span);
            if earlier != span {
                self.diagnostics.push(
                    Diagnostic::error("config::same-cloud", format!("two clouds are called `{}`", name.get_ref()))
                        .at(span, "the second one")
                        .also(earlier, "the first one")
                        .help("give each a name of its own"),
                );
            }
        }
    }

    /// The sum of the document, which `extract` compares.
    pub(super) fn provenance(&mut self) {
        let config = self.config;
        let Some(sum) = &config.value.provenance.sha256 else { return };
        let is_sum = |it: &str| it.len() == 64 && it.bytes().all(|it| matches!(it, b'0'..=b'9' | b'a'..=b'f'));
        if !is_sum(sum.get_ref()) {
            let fault = format!("`{}` is no SHA-256", sum.get_ref().escape_debug());
            let help = "write 64 digits of lower-case hex, as `sha256sum` and `extract` print them, or remove it";
            self.error("config::sha256", fault, config.span(sum), help);
        }
    }

    /// Roots that are named twice: one of the two was perhaps meant to be another.
    pub(super) fn repeated_roots(&mut self) {
        let config = self.config;
        let select = &config.value.select;
        for list in [&select.namespaces, &select.types, &select.paths] {
            let mut first: BTreeMap<&str, Span> = BTreeMap::new();
            for root in list {
                let span = config.span(root);
                let earlier = *first.entry(root.get_ref()).or_insert(span);
                if earlier != span {
                    let fault = format!("`{}` is selected twice", root.get_ref());
                    self.diagnostics.push(
                        Diagnostic::warning("config::repeated-root", fault)
                            .at(span, "the second time")
                            .also(earlier, "the first time")
                            .help("remove one of them"),
                    );
                }
            }
        }
    }

    /// The module of each namespace that has selected types or an option `module`.
    fn module_names(&self) -> BTreeMap<&str, String> {
        let selected = self.selection.order.iter().map(|id| self.model.schema(self.model.ty(*id).schema).namespace);
        let mut modules: BTreeMap<&str, String> =
            selected.map(|it| (it, it.replace('.', "_").to_snake_case())).collect();
        for (namespace, options) in &self.config.value.namespaces {
            if let Some(module) = &options.module {
                modules.insert(namespace.get_ref(), module.get_ref().clone());
            }
        }
        modules
    }

    pub(super) fn modules(&mut self) {
        let config = self.config;
        let mut faults = Vec::new();
        let names = self.module_names();
        let mut first: BTreeMap<&str, Span> = BTreeMap::new();
        for (namespace, options) in &config.value.namespaces {
            let Some(module) = &options.module else { continue };
            let (word, span) = (module.get_ref().as_str(), config.span(module));
            if !is_module(word) {
                let candidate = word.to_snake_case();
                let cure = [format!("{candidate}_"), candidate].into_iter().rfind(|it| is_module(it));
                let fault = format!("`{}` cannot name a module", word.escape_debug());
                faults.push(Diagnostic::error("config::module-name", fault).at(span, "here").help(cure.map_or_else(
                    || "remove the option, and the module is called after its namespace".to_owned(),
                    |it| format!("write `{it}`"),
                )));
                continue;
            }
            let computed = |it: &str| config.value.namespaces.get(it).is_none_or(|it| it.module.is_none());
            let other = names.iter().find(|(it, name)| computed(it) && name.as_str() == word).map(|(it, _)| *it);
            let same = Diagnostic::error("config::same-module", format!("module `{word}` belongs to two namespaces"))
                .at(span, format!("for `{}`", namespace.get_ref()))
                .help("give each namespace a module of its own");
            match (first.get(word), other) {
                (Some(earlier), _) => faults.push(same.also(*earlier, "given first here")),
                (None, Some(other)) => {
                    let help =
                        format!("`{other}` has this module without being told; give either namespace another one");
                    faults.push(same.help(help));
                }
                (None, None) => {}
            }
            first.entry(word).or_insert(span);
        }
        self.diagnostics.append(&mut faults);
    }

    /// Words that refuse and words that spell.
    pub(super) fn words(&mut self) {
        let config = self.config;
        self.operation_words();
        for word in config.value.spelling.values().filter(|it| !is_identifier(it.get_ref())) {
            let fault = format!("`{}` is no Rust identifier", word.get_ref().escape_debug());
            let candidate = word.get_ref().to_upper_camel_case();
            let cure = if is_identifier(&candidate) {
                format!("write `{candidate}`")
            } else {
                "write an `UpperCamelCase` word: letters and digits, a letter first".to_owned()
            };
            self.error("config::spelling", fault, config.span(word), cure);
        }
    }
}

/// syn knows the keywords, and would also take blanks, comments and `r#`.
fn is_identifier(word: &str) -> bool {
    !word.starts_with("r#") && syn::parse_str::<syn::Ident>(word).is_ok_and(|it| it == *word)
}

/// cargo takes ASCII only.
fn is_crate(word: &str) -> bool {
    word.is_ascii() && word != "gen" && is_identifier(word)
}

/// A module has a file of its name, which rustc wants in ASCII; `gen` is a keyword since 2024.
fn is_module(word: &str) -> bool {
    let plain = |it: char| it.is_ascii_lowercase() || it.is_ascii_digit() || it == '_';
    word != "gen" && word.chars().all(plain) && is_identifier(word)
}

fn is_service_root(root: &str) -> bool {
    let Some(rest) = root.strip_prefix("https://").or_else(|| root.strip_prefix("http://")) else { return false };
    let host = rest.split(['/', ':']).next().unwrap_or_default();
    let foreign = |it: char| it.is_whitespace() || it.is_control() || "?#@\\".contains(it);
    !host.is_empty() && !rest.contains(foreign)
}

/// RFC 6749, 3.3: tokens of visible ASCII without quotes and backslashes, one space between.
fn is_scope(scope: &str) -> bool {
    let is_token = |it: &str| !it.is_empty() && it.chars().all(|it| it.is_ascii_graphic() && !matches!(it, '"' | '\\'));
    scope.split(' ').all(is_token)
}

fn is_header(text: &str) -> bool {
    !text.trim().is_empty() && text.chars().all(|it| it == ' ' || it.is_ascii_graphic())
}
