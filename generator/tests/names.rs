//! Names, for whatever a document calls its things: Rust takes them, no two are the same, and they stay.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

use std::collections::{BTreeMap, BTreeSet};

use odata_codegen::compile::{Compiled, compile};
use odata_codegen::config::{self, Loaded};
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::input::Input;
use odata_codegen::lock::{self, Lock, Pins};
use odata_codegen::source::Sources;
use proptest::prelude::*;
use proptest::sample::{select, subsequence};

/// What the names of a document may be: simple identifiers and what services write in their place.
fn name() -> impl Strategy<Value = String> {
    let hazards = select(vec![
        "type",
        "self",
        "Self",
        "super",
        "crate",
        "async",
        "gen",
        "case",
        "Option",
        "vec",
        "String",
        "result",
        "box",
        "unlisted",
        "Unlisted",
        "other",
        "Other",
        "err",
        "extra",
        "is",
        "get",
        "clone",
        "con",
        "LPT1",
        "aux",
        "mod",
        "lib",
        "request-id",
        "2fa",
        "_v2",
        "v2",
        "_",
        "__",
        "_1",
        "1",
        "n1",
        "@at",
        "iOS",
        "base",
        "Base",
        "aBase",
        "remoteControl",
        "remote_Control",
        "RemoteControl",
        "remote_control_2",
        "remoteControl2",
        "TYPE",
        "Type",
        "é",
        "É",
        "é1",
        "ß",
        "SS",
        "ǆ",
        "Ǆ",
        "İ",
        "i̇",
        "名",
        "²",
        "ﬀ",
        "٣",
        "ªº",
        "Requests",
        "client",
        "std",
    ]);
    // Cased alike: who comes first has the plain name.
    let alike = select(vec![
        "aB", "AB", "a_B", "A_b", "a_b", "a-b", "a b", "_aB", "aB_", "aB2", "a_b_2", "a_B_2", "aB2_", "a.b", "a@b",
    ]);
    prop_oneof![
        6 => alike.prop_map(str::to_owned),
        4 => hazards.prop_map(str::to_owned),
        2 => "[a-c_A-C][a-c_A-C0-2]{0,4}",
        1 => r"[\p{L}\p{Nl}_][\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Pc}]{0,6}",
        1 => "[a-zA-Z0-9_@. $/+-]{1,6}",
        1 => "[aA]{100,140}",
    ]
}

/// A definition: its name, what kind it is of, and what it has.
#[derive(Debug, Clone)]
struct Definition {
    name: String,
    kind: Kind,
    has: Vec<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Enum,
    Complex,
    /// Derives from the first complex type.
    Derived,
}

fn definitions() -> impl Strategy<Value = Vec<Definition>> {
    let kind = select(vec![Kind::Enum, Kind::Complex, Kind::Derived]);
    let definition = (name(), kind, prop::collection::btree_set(name(), 0..8))
        .prop_map(|(name, kind, has)| Definition { name, kind, has: has.into_iter().collect() });
    prop::collection::vec(definition, 1..8).prop_map(|mut all| {
        let mut seen = BTreeSet::new();
        all.retain(|it| seen.insert(it.name.clone()));
        all
    })
}

fn escaped(name: &str) -> String {
    name.replace('&', "&amp;").replace('<', "&lt;").replace('"', "&quot;")
}

fn document(definitions: &[Definition], base: Option<&str>) -> String {
    let mut text = String::from(
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices>\n\
         <Schema Namespace=\"n\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n",
    );
    let inherited: Vec<&String> =
        (definitions.iter().filter(|it| Some(it.name.as_str()) == base)).flat_map(|it| &it.has).collect();
    for it in definitions {
        let name = escaped(&it.name);
        let base = base.filter(|base| it.kind == Kind::Derived && *base != it.name);
        let derives = base.map(|base| format!(" BaseType=\"n.{}\"", escaped(base))).unwrap_or_default();
        let open = match it.kind {
            Kind::Enum => format!("<EnumType Name=\"{name}\">\n"),
            Kind::Complex | Kind::Derived => format!("<ComplexType Name=\"{name}\"{derives}>\n"),
        };
        text.push_str(&open);
        for has in it.has.iter().filter(|has| derives.is_empty() || !inherited.contains(has)) {
            let child = match it.kind {
                Kind::Enum => format!("<Member Name=\"{}\"/>\n", escaped(has)),
                Kind::Complex | Kind::Derived => format!("<Property Name=\"{}\" Type=\"Edm.String\"/>\n", escaped(has)),
            };
            text.push_str(&child);
        }
        text.push_str(if it.kind == Kind::Enum { "</EnumType>\n" } else { "</ComplexType>\n" });
    }
    text + "</Schema></edmx:DataServices></edmx:Edmx>"
}

/// The base of all that derives: the first complex type in the order of names.
fn base(definitions: &[Definition]) -> Option<String> {
    definitions.iter().filter(|it| it.kind == Kind::Complex).map(|it| it.name.clone()).min()
}

/// What comes of definitions; the base is closed where something derives from it.
fn run(definitions: &[Definition], base: Option<&str>, lock: Option<&str>) -> (Compiled, Vec<Diagnostic>) {
    let derives = definitions.iter().any(|it| it.kind == Kind::Derived && Some(it.name.as_str()) != base);
    let closed = base.filter(|_| derives).map(|it| format!("[type.{:?}]\nclosed = true\n", format!("n.{it}")));
    let config = format!(
        "documents = [\"n.csdl\"]\n[output]\nroot = \"mod.rs\"\n[select]\nnamespaces = [\"n\"]\n\
         [service]\nroot = \"https://names.example\"\nscope = \"s\"\n{}",
        closed.unwrap_or_default()
    );
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let document = sources.add("n.csdl", document(definitions, base));
    let config_source = sources.add("codegen.toml", config);
    let config = config::read_config(config_source, &sources, &mut diagnostics);
    let lock = lock.map(|text| lock::read(sources.add("codegen.lock", text), &sources, &mut diagnostics));
    let input = Input {
        sources,
        config,
        docs: None,
        lock,
        lock_file: None,
        accept_renames: false,
        unknown: Severity::Error,
        documents: vec![document],
        sha256: None,
        output: "out".into(),
        files: Vec::new(),
    };
    let compiled = compile(&input, &mut diagnostics);
    (compiled, diagnostics)
}

fn errors(diagnostics: &[Diagnostic]) -> Vec<&Diagnostic> {
    diagnostics.iter().filter(|it| it.is_error()).collect()
}

fn read(lock: &str) -> (Loaded<Lock>, Sources) {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let lock = lock::read(sources.add("codegen.lock", lock), &sources, &mut diagnostics);
    assert!(diagnostics.is_empty(), "{diagnostics:?}");
    (lock, sources)
}

/// Every name of a run by what it names, asked of the lock as a next run would ask.
fn every_name(definitions: &[Definition], base: Option<&str>, lock: &str) -> BTreeMap<String, String> {
    let (lock, _sources) = read(lock);
    let pins = Pins { lock: Some(&lock), accept_renames: false };
    let inherited: Vec<&String> =
        definitions.iter().filter(|it| Some(it.name.as_str()) == base).flat_map(|it| &it.has).collect();
    let mut names = BTreeMap::new();
    let mut add = |what: String, pin: Option<lock::Pin>| {
        let pin = pin.unwrap_or_else(|| panic!("{what} has no name"));
        names.insert(what, pin.text);
    };
    for it in definitions {
        let qualified = format!("n.{}", it.name);
        add(format!("type {qualified}"), pins.name(&qualified));
        add(format!("file {qualified}"), pins.file(&qualified));
        let derives = it.kind == Kind::Derived && base.is_some();
        for has in it.has.iter().chain(inherited.iter().copied().filter(|_| derives)) {
            if it.kind == Kind::Enum {
                add(format!("member {qualified}/{has}"), pins.member(&qualified, has));
            } else {
                add(format!("field {qualified}/{has}"), pins.field(&qualified, has));
                add(format!("constant {qualified}/{has}"), pins.constant(&qualified, has));
            }
        }
        if let Some(base) = base.filter(|_| derives) {
            add(format!("variant {qualified}"), pins.variant(&format!("n.{base}"), &qualified));
        }
    }
    names
}

/// Every scope of a generated file, by what declares it: the names in it are all different.
fn scopes(file: &str, text: &str) -> Vec<(String, Vec<String>)> {
    let parsed = syn::parse_file(text).unwrap_or_else(|fault| panic!("{file}: {fault}\n{text}"));
    let mut scopes: Vec<(String, Vec<String>)> = Vec::new();
    let mut items = Vec::new();
    let mut inherent: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for item in &parsed.items {
        match item {
            syn::Item::Struct(it) => {
                items.push(it.ident.to_string());
                scopes.push((format!("struct {}", it.ident), fields(&it.fields)));
            }
            syn::Item::Enum(it) => {
                items.push(it.ident.to_string());
                scopes
                    .push((format!("enum {}", it.ident), it.variants.iter().map(|it| it.ident.to_string()).collect()));
            }
            syn::Item::Mod(it) => items.push(it.ident.to_string()),
            syn::Item::Use(it) => used(&it.tree, &mut items),
            syn::Item::Impl(it) if it.trait_.is_none() => {
                let syn::Type::Path(ty) = &*it.self_ty else { panic!("{file}: an impl of no path") };
                let owner = ty.path.segments.last().expect("a segment").ident.to_string();
                let names = it.items.iter().filter_map(|it| match it {
                    syn::ImplItem::Fn(it) => Some(it.sig.ident.to_string()),
                    syn::ImplItem::Const(it) => Some(it.ident.to_string()),
                    _ => None,
                });
                inherent.entry(owner).or_default().extend(names);
            }
            _ => {}
        }
    }
    scopes.push(("the file".to_owned(), items));
    scopes.extend(inherent.into_iter().map(|(owner, names)| (format!("impl {owner}"), names)));
    scopes
}

/// The names of the fields of the only type.
fn fields_of(has: &[&str]) -> Vec<String> {
    let has = has.iter().map(|it| (*it).to_owned()).collect();
    let (compiled, diagnostics) = run(&[Definition { name: "t".to_owned(), kind: Kind::Complex, has }], None, None);
    assert!(errors(&diagnostics).is_empty(), "{diagnostics:?}");
    let text = compiled.files.get("n/t.rs").expect("the file");
    let found = scopes("t", text).into_iter().find(|(scope, _)| scope == "struct T").expect("the struct").1;
    found.into_iter().filter(|it| it != "extra").collect()
}

#[test]
fn marks_stay_on_their_letters() {
    // Thai and Devanagari: a vowel sign or a tone is a mark, and no end of a word.
    assert_eq!(
        fields_of(&["\u{e19}\u{e48}\u{e33}", "\u{e19}\u{e49}\u{e33}"]),
        ["\u{e19}\u{e48}\u{e4d}\u{e32}", "\u{e19}\u{e49}\u{e4d}\u{e32}",]
    );
    assert_eq!(fields_of(&["\u{92e}\u{942}\u{932}\u{94d}\u{92f}"]), ["\u{92e}\u{942}\u{932}\u{94d}\u{92f}"]);
    // Compatible letters are the plain ones, which is what rustc wants.
    assert_eq!(fields_of(&["\u{b5}Farad", "\u{ff21}b"]), ["\u{3bc}_farad", "ab"]);
}

#[test]
fn a_number_after_a_digit_stands_apart() {
    let types = ["HTTPServer2", "HttpServer2", "HttpServer22"];
    let types = types.map(|it| Definition { name: it.to_owned(), kind: Kind::Complex, has: Vec::new() });
    let (compiled, _) = run(&types, None, None);
    let text = compiled.files.get("n/mod.rs").expect("the module");
    for name in ["HttpServer2;", "HttpServer2_2;", "HttpServer22;"] {
        assert!(text.contains(&format!("::{name}")), "{name}: {text}");
    }
}

fn fields(fields: &syn::Fields) -> Vec<String> {
    fields.iter().filter_map(|it| it.ident.as_ref()).map(ToString::to_string).collect()
}

fn used(tree: &syn::UseTree, names: &mut Vec<String>) {
    match tree {
        syn::UseTree::Path(it) => used(&it.tree, names),
        syn::UseTree::Name(it) => names.push(it.ident.to_string()),
        syn::UseTree::Group(it) => it.items.iter().for_each(|it| used(it, names)),
        syn::UseTree::Rename(_) | syn::UseTree::Glob(_) => panic!("neither is generated"),
    }
}

proptest! {
    // `PROPTEST_CASES` asks for more.
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn names_are_rust_and_no_two_in_a_scope_are_the_same(definitions in definitions()) {
        let base = base(&definitions);
        let (compiled, diagnostics) = run(&definitions, base.as_deref(), None);
        // What is no name at all may be refused, but never for what it comes to in Rust.
        prop_assume!(errors(&diagnostics).is_empty());
        let mut seen = BTreeSet::new();
        for (file, text) in &compiled.files {
            prop_assert!(file.is_ascii() && file.len() < 160 && seen.insert(file.to_lowercase()), "{}", file);
            for (scope, names) in scopes(file, text) {
                let distinct: BTreeSet<&String> = names.iter().collect();
                prop_assert_eq!(distinct.len(), names.len(), "{} in {}: {:?}", scope, file, names);
                for name in &names {
                    prop_assert!(syn::parse_str::<syn::Ident>(name).is_ok(), "{} in {}", name, file);
                }
            }
        }
        // Nothing is left out.
        let text: String = compiled.files.values().map(String::as_str).collect();
        for has in definitions.iter().flat_map(|it| &it.has) {
            prop_assert!(text.contains(&format!("{has:?}")) || text.contains(&escaped_rust(has)), "{} is missing", has);
        }
    }

    #[test]
    fn names_do_not_depend_on_the_order_of_definitions(definitions in definitions(), seed in any::<u64>()) {
        let base = base(&definitions);
        let (first, diagnostics) = run(&definitions, base.as_deref(), None);
        prop_assume!(errors(&diagnostics).is_empty());
        let mut shuffled = definitions.clone();
        shuffle(&mut shuffled, seed);
        for it in &mut shuffled {
            shuffle(&mut it.has, seed.rotate_left(7));
        }
        let (second, _) = run(&shuffled, base.as_deref(), None);
        let names = |lock: &str| lock.split_once("[modules]").map(|(_, names)| names.to_owned());
        prop_assert!(names(&first.lock).is_some());
        prop_assert_eq!(names(&first.lock), names(&second.lock));
        let (again, _) = run(&definitions, base.as_deref(), None);
        prop_assert!(first.files == again.files && first.lock == again.lock);
    }

    /// What is in both documents has in the second the names of the first, whatever came, went or moved.
    #[test]
    fn what_stays_keeps_its_names(
        (all, before, after) in definitions().prop_flat_map(|all| {
            let some = subsequence(all.clone(), 0..=all.len());
            (Just(all), some.clone(), some)
        }),
        parts in any::<(u64, u64)>(),
    ) {
        // One base for both, so that nothing changes what it is.
        let base = base(&all);
        let thin = |definitions: Vec<Definition>, bits: u64| -> Vec<Definition> {
            let mut kept: Vec<Definition> = definitions;
            for (at, it) in kept.iter_mut().enumerate() {
                let mut place = at * 8;
                it.has.retain(|_| { place += 1; bits.rotate_left(u32::try_from(place % 64).unwrap_or(0)) & 1 == 0 });
            }
            let missing = all.iter().filter(|it| Some(&it.name) == base.as_ref());
            let missing: Vec<Definition> = missing.filter(|it| kept.iter().all(|kept| kept.name != it.name)).cloned().collect();
            kept.extend(missing);
            shuffle(&mut kept, bits);
            kept
        };
        let (before, after) = (thin(before, parts.0), thin(after, parts.1));
        prop_assume!(!before.is_empty() && !after.is_empty());
        let (first, diagnostics) = run(&before, base.as_deref(), None);
        prop_assume!(errors(&diagnostics).is_empty());
        let (second, diagnostics) = run(&after, base.as_deref(), Some(&first.lock));
        prop_assume!(errors(&diagnostics).iter().all(|it| it.code.starts_with("lock::")));
        prop_assert!(errors(&diagnostics).is_empty(), "{:?}", diagnostics);
        let names = every_name(&before, base.as_deref(), &first.lock);
        for (what, name) in every_name(&after, base.as_deref(), &second.lock) {
            prop_assert!(names.get(&what).is_none_or(|it| *it == name), "{} was {:?}, is {}", what, names.get(&what), name);
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 4 * cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// rustc takes both spellings for one name, so a document may write either.
    #[test]
    fn letters_and_their_marks_give_the_same_names_composed_or_not(
        name in prop_oneof![
            3 => r"[a-zA-Zéàñüçåěř_]{1,8}",
            1 => r"[\p{L}][\p{L}\p{Mn}\p{Nd}]{0,6}",
            1 => select(vec!["libellé", "Éditeur", "İstanbul", "Ångström", "ệtage", "ǰ", "가격", "q\u{301}"])
                .prop_map(str::to_owned),
        ],
    ) {
        use unicode_normalization::UnicodeNormalization as _;
        let rust = |name: String| -> Result<Vec<String>, TestCaseError> {
            let definitions = [
                Definition { name: name.clone(), kind: Kind::Complex, has: vec![name.clone()] },
                Definition { name: format!("{name}State"), kind: Kind::Enum, has: vec![name] },
            ];
            let (compiled, diagnostics) = run(&definitions, None, None);
            prop_assume!(errors(&diagnostics).is_empty());
            Ok(every_name(&definitions, None, &compiled.lock).into_values().collect())
        };
        let sorted = |mut names: Vec<String>| { names.sort(); names };
        prop_assert_eq!(sorted(rust(name.nfd().collect())?), sorted(rust(name.nfc().collect())?));
    }

    /// What a run names, the next one takes for a name of the right form.
    #[test]
    fn a_lock_is_kept_by_the_run_that_wrote_it(definitions in definitions()) {
        let base = base(&definitions);
        let (first, diagnostics) = run(&definitions, base.as_deref(), None);
        prop_assume!(errors(&diagnostics).is_empty());
        let (second, diagnostics) = run(&definitions, base.as_deref(), Some(&first.lock));
        prop_assert!(errors(&diagnostics).is_empty(), "{:?}", diagnostics);
        prop_assert_eq!(first.lock, second.lock);
    }
}

fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|it| it.parse().ok()).unwrap_or(48)
}

/// As a string literal of generated code.
fn escaped_rust(text: &str) -> String {
    format!("\"{}\"", text.replace('\\', "\\\\").replace('"', "\\\""))
}

/// Fisher and Yates, with a generator that is good enough for a test.
fn shuffle<T>(items: &mut [T], mut seed: u64) {
    for at in (1..items.len()).rev() {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        let other = usize::try_from(seed >> 33).unwrap_or(0) % (at + 1);
        items.swap(at, other);
    }
}
