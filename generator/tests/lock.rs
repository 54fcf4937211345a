//! `codegen.lock`: what was named keeps its name, and a name that cannot be kept is told.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

mod support;

use odata_codegen::compile::{Compiled, compile};
use odata_codegen::config;
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::input::Input;
use odata_codegen::lock;
use odata_codegen::source::Sources;
use proptest::prelude::*;
use proptest::sample::select;
use support::{codes, schema};

const CONFIG: &str = "documents = [\"shelves.csdl\"]\n[output]\nroot = \"mod.rs\"\n[select]\nnamespaces = [\"n\"]\n";

/// A run in memory: what comes of it, what is said, and where.
struct Run {
    compiled: Compiled,
    diagnostics: Vec<Diagnostic>,
    sources: Sources,
}

impl Run {
    fn of(definitions: &str, config: &str, lock: Option<&str>, accept_renames: bool) -> Self {
        let mut sources = Sources::default();
        let mut diagnostics = Vec::new();
        let document = sources.add("shelves.csdl", schema(definitions));
        let config_source = sources.add("codegen.toml", config);
        let config = config::read_config(config_source, &sources, &mut diagnostics);
        let lock = lock.map(|text| lock::read(sources.add("codegen.lock", text), &sources, &mut diagnostics));
        let input = Input {
            sources,
            config,
            docs: None,
            lock,
            lock_file: None,
            accept_renames,
            unknown: Severity::Error,
            documents: vec![document],
            sha256: None,
            output: "out".into(),
            files: Vec::new(),
        };
        let compiled = compile(&input, &mut diagnostics);
        Self { compiled, diagnostics, sources: input.sources }
    }

    /// The lock of a run that nothing is said of.
    fn lock(definitions: &str, config: &str, lock: Option<&str>) -> String {
        let run = Self::of(definitions, config, lock, false);
        assert!(run.diagnostics.is_empty(), "{:?}", run.diagnostics);
        run.compiled.lock
    }

    /// Each diagnostic as `code place: message`.
    fn said(&self) -> Vec<String> {
        let place = |it: &Diagnostic| it.primary.as_ref().map_or(String::new(), |(span, _)| self.sources.place(*span));
        self.diagnostics.iter().map(|it| format!("{} {}: {}", it.code, place(it), it.message)).collect()
    }
}

/// The part of a lock that is about names.
fn names(lock: &str) -> &str {
    lock.split_once("[modules]").map_or("", |(_, names)| names)
}

fn complex(name: &str, properties: &[&str]) -> String {
    let properties: Vec<String> =
        properties.iter().map(|it| format!("<Property Name=\"{it}\" Type=\"Edm.String\"/>")).collect();
    format!("<ComplexType Name=\"{name}\">\n{}\n</ComplexType>", properties.join("\n"))
}

#[test]
fn a_lock_has_every_name_once() {
    let definitions = r#"
<EntityType Name="item" Abstract="true"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String"/><Property Name="self" Type="Edm.String"/></EntityType>
<EntityType Name="book" BaseType="n.item"><Property Name="type" Type="n.kind"/>
<Property Name="release-date" Type="Edm.Date"/></EntityType>
<EnumType Name="kind"><Member Name="unlisted"/><Member Name="paper-back"/></EnumType>
<EntityContainer Name="c"><EntitySet Name="books" EntityType="n.book"/></EntityContainer>"#;
    let config = format!("{CONFIG}paths = [\"/books\"]\n[type.\"n.item\"]\nclosed = true\n");
    let lock = Run::lock(definitions, &config, None);
    expect_test::expect![[r#"

        n = "n"

        [types."n.book"]
        name = "Book"
        file = "book"
        inherits = "n.item"

        [types."n.book".fields]
        release-date = "release_date"
        type = "r#type"

        [types."n.item"]
        name = "Item"
        file = "item"
        base = "ItemBase"

        [types."n.item".fields]
        id = "id"
        self = "self_"

        [types."n.item".constants]
        self = "SELF"

        [types."n.item".variants]
        "n.book" = "Book"

        [types."n.kind"]
        name = "Kind"
        file = "kind"

        [types."n.kind".members]
        paper-back = "PaperBack"
        unlisted = "Unlisted_"

        [resources."/books"]
        name = "BooksResource"
        file = "books"
        method = "books"
        list = "ListBooks"
        create = "CreateBook"

        [resources."/books/{id}"]
        name = "BookResource"
        file = "book"
        method = "by_id"
        get = "GetBook"
        update = "UpdateBook"
        delete = "DeleteBook"

        [models."n.book"]
        create = "BookCreate"
        create_file = "book_create"
        update = "BookUpdate"
        update_file = "book_update"
    "#]]
    .assert_eq(names(&lock));
    // Read again, it says the same.
    assert_eq!(Run::lock(definitions, &config, Some(&lock)), lock);
}

#[test]
fn the_sums_are_of_what_a_text_says_and_not_of_its_line_ends() {
    let definitions = complex("shelf", &["row"]);
    let lock = Run::lock(&definitions, CONFIG, None);
    assert_eq!(Run::lock(&definitions.replace('\n', "\r\n"), &CONFIG.replace('\n', "\r\n"), None), {
        // The wrapper's own line ends stay as they are: mixed ones count no more.
        lock.clone()
    });
    assert_eq!(Run::lock(&definitions, &format!("\u{feff}{CONFIG}"), None), lock);
    assert_ne!(Run::lock(&format!("{definitions} "), CONFIG, None), lock);
    assert!(lock.contains("\n[inputs]\n\"codegen.toml\" = \"") && lock.contains("\n\"shelves.csdl\" = \""), "{lock}");
}

/// The newcomer would be first in the order of wire names, and would have taken the name.
#[test]
fn who_comes_later_takes_another_name() {
    let before = complex("shelf", &["remote_Control"]);
    let lock = Run::lock(&before, CONFIG, None);
    let after = format!("{}\n{}", complex("shelf", &["remoteControl", "remote_Control"]), complex("Shelf", &[]));
    assert!(names(&Run::lock(&after, CONFIG, None)).contains("remote_Control = \"remote_control_2\""));
    let kept = Run::lock(&after, CONFIG, Some(&lock));
    for line in ["remoteControl = \"remote_control_2\"", "remote_Control = \"remote_control\"", "name = \"Shelf2\""] {
        assert!(names(&kept).contains(line), "{line} is missing in {kept}");
    }
    assert!(names(&kept).contains("[types.\"n.shelf\"]\nname = \"Shelf\"\nfile = \"shelf\""), "{kept}");
    // The first one goes, the other keeps its number; the first comes back and has its name again.
    let one = Run::lock(&complex("shelf", &["remoteControl"]), CONFIG, Some(&kept));
    let (there, gone) = names(&one).split_once("[gone.").expect("names of what is gone");
    assert!(there.contains("remoteControl = \"remote_control_2\"") && !there.contains("remote_Control"), "{one}");
    assert!(gone.contains("remote_Control = \"remote_control\""), "{one}");
    let back = Run::lock(&after, CONFIG, Some(&one));
    assert_eq!(names(&back), names(&kept));
}

/// What is gone keeps its name through any number of runs, with the numbers that it had, until something else takes it.
#[test]
fn what_is_gone_has_its_names_again_when_it_comes_back() {
    let closed = format!("{CONFIG}[type.\"n.shape\"]\nclosed = true\n");
    let shape = "<ComplexType Name=\"shape\"><Property Name=\"a-b\" Type=\"Edm.String\"/>\
                 <Property Name=\"a_b\" Type=\"Edm.String\"/></ComplexType>\
                 <ComplexType Name=\"square\" BaseType=\"n.shape\"/>";
    let circle =
        "<ComplexType Name=\"circle\" BaseType=\"n.shape\"><Property Name=\"r\" Type=\"Edm.Int32\"/></ComplexType>";
    let color = "<EnumType Name=\"colour\"><Member Name=\"red\"/><Member Name=\"Red\"/></EnumType>";
    let all = format!("{shape}\n{circle}\n{color}");
    let first = Run::lock(&all, &closed, None);
    let without = Run::lock(shape, &closed, Some(&first));
    assert!(without.contains("[gone.types.\"n.colour\".members]"), "{without}");
    assert!(without.contains("[gone.types.\"n.shape\".variants]\n\"n.circle\" = \"Circle\""), "{without}");
    let still_without = Run::lock(shape, &closed, Some(&without));
    assert_eq!(still_without, without);
    assert_eq!(names(&Run::lock(&all, &closed, Some(&still_without))), names(&first));
    // A number of before stays although nothing else asks for the name any more.
    let one = color.replace("<Member Name=\"red\"/>", "");
    let number = Run::lock(&format!("{shape}\n{one}"), &closed, Some(&first));
    assert_eq!(names(&Run::lock(&all, &closed, Some(&number))), names(&first));
}

/// A name of what is gone is free; who takes it has it for good, and what comes back is named anew, without an error.
#[test]
fn a_name_that_was_given_away_is_not_given_back() {
    let before = Run::lock(&complex("shelf", &["remote_Control"]), CONFIG, None);
    let without = Run::lock(&complex("shelf", &["row"]), CONFIG, Some(&before));
    assert!(without.contains("[gone.types.\"n.shelf\".fields]\nremote_Control = \"remote_control\""), "{without}");
    let taken = Run::lock(&complex("shelf", &["row", "remoteControl"]), CONFIG, Some(&without));
    assert!(taken.contains("remoteControl = \"remote_control\"") && !taken.contains("gone"), "{taken}");
    let back = Run::lock(&complex("shelf", &["row", "remoteControl", "remote_Control"]), CONFIG, Some(&taken));
    assert!(back.contains("remoteControl = \"remote_control\"\nremote_Control = \"remote_control_2\""), "{back}");
}

#[test]
fn a_struct_behind_a_closed_base_keeps_its_name_too() {
    let closed = format!("{CONFIG}[type.\"n.shape\"]\nclosed = true\n");
    let shapes = "<ComplexType Name=\"shape\"/>\n<ComplexType Name=\"circle\" BaseType=\"n.shape\"/>";
    let lock = Run::lock(shapes, &closed, None);
    let kept = Run::lock(&format!("{shapes}\n<ComplexType Name=\"shapeBase\"/>"), &closed, Some(&lock));
    assert!(names(&kept).contains("base = \"ShapeBase\"") && names(&kept).contains("name = \"ShapeBase2\""), "{kept}");
}

#[test]
fn paths_keep_their_methods_and_requests() {
    let set = |name: &str| format!("<EntitySet Name=\"{name}\" EntityType=\"n.book\"/>");
    let definitions = |sets: &[&str]| {
        let sets: Vec<String> = sets.iter().map(|it| set(it)).collect();
        format!(
            "<EntityType Name=\"book\"><Key><PropertyRef Name=\"id\"/></Key><Property Name=\"id\" Type=\"Edm.String\"/>\n\
             <NavigationProperty Name=\"remote_Control\" Type=\"n.book\" ContainsTarget=\"true\"/></EntityType>\n\
             <EntityContainer Name=\"c\">{}</EntityContainer>",
            sets.join("\n")
        )
    };
    let config = |paths: &str| {
        format!("{CONFIG}paths = [{paths}]\n[service]\nroot = \"https://books.example\"\nscope = \"s\"\n")
    };
    let resources = |lock: &str| -> Vec<String> {
        let found = lock.split("\n[resources.").skip(1);
        found.map(|it| it.trim_end().to_owned()).collect()
    };
    let lock = Run::lock(&definitions(&["remote_Control"]), &config("\"/remote_Control\""), None);
    let before = resources(&lock);
    assert_eq!(before.len(), 3, "{before:?}");
    let (more, config) =
        (definitions(&["remote_Control", "remoteControl"]), config("\"/remote_Control\", \"/remoteControl\""));
    let kept = resources(&Run::lock(&more, &config, Some(&lock)));
    assert!(kept.len() == 6 && before.iter().all(|it| kept.contains(it)), "{before:#?} became {kept:#?}");
    let anew = resources(&Run::lock(&more, &config, None));
    assert!(!before.iter().all(|it| anew.contains(it)), "the newcomer would have been first: {anew:#?}");
    // What a resource is called cannot be made up either.
    for (from, to) in [
        ("name = \"RemoteControlResource\"", "name = \"Option\""),
        ("method = \"remote_control\"", "method = \"new\""),
        ("get = \"GetRemoteControl\"", "get = \"fn()\""),
        ("file = \"remote_control\"", "file = \"/etc\""),
    ] {
        let run = Run::of(&more, &config, Some(&lock.replacen(from, to, 1)), false);
        assert_eq!(codes(&run.diagnostics), ["lock::renamed"], "{to}: {:?}", run.said());
    }
}

/// Overloads have one name in the metadata: the first keeps it in Rust, whichever comes to stand before it later.
#[test]
fn overloads_keep_their_numbers() {
    let function = |parameters: &[&str]| {
        let more: Vec<String> =
            parameters.iter().map(|it| format!("<Parameter Name=\"{it}\" Type=\"Edm.String\"/>")).collect();
        format!(
            "<Function Name=\"find\" IsBound=\"true\"><Parameter Name=\"b\" Type=\"Collection(n.book)\"/>{}\
             <ReturnType Type=\"Edm.String\"/></Function>",
            more.join("")
        )
    };
    let definitions = |functions: &[String]| {
        format!(
            "<EntityType Name=\"book\"><Key><PropertyRef Name=\"id\"/></Key><Property Name=\"id\" Type=\"Edm.String\"/>\n\
             </EntityType>{}<EntityContainer Name=\"c\"><EntitySet Name=\"books\" EntityType=\"n.book\"/>\n\
             </EntityContainer>",
            functions.join("\n")
        )
    };
    let config = format!("{CONFIG}paths = [\"/books\"]\n[service]\nroot = \"https://books.example\"\nscope = \"s\"\n");
    let one = Run::lock(&definitions(&[function(&["word"])]), &config, None);
    let entry = |lock: &str, key: &str| {
        let found = lock.split("\n[").find(|it| it.starts_with(&format!("calls.\"{key}\"]")));
        found.unwrap_or_else(|| panic!("{key} is not in {lock}")).lines().skip(1).take(2).collect::<Vec<_>>().join(" ")
    };
    let word = "/books/n.find(word)";
    assert_eq!(entry(&one, word), "method = \"find\" request = \"Find\"");
    let all = definitions(&[function(&["word"]), function(&[]), function(&["from", "to"])]);
    let kept = Run::lock(&all, &config, Some(&one));
    assert_eq!(entry(&kept, word), "method = \"find\" request = \"Find\"");
    assert_eq!(entry(&kept, "/books/n.find()"), "method = \"find_2\" request = \"BooksFind\"");
    assert_eq!(entry(&kept, "/books/n.find(from,to)"), "method = \"find_3\" request = \"BooksFind2\"");
    let anew = Run::lock(&all, &config, None);
    assert_eq!(entry(&anew, "/books/n.find()"), "method = \"find\" request = \"Find\"", "it is first in the order");
    let run = Run::of(&all, &config, Some(&kept.replace("\"find_2\"", "\"new\"").replace("BooksFind2", "fn()")), false);
    assert_eq!(codes(&run.diagnostics), ["lock::renamed"], "{:?}", run.said());
}

#[test]
fn a_property_that_moves_between_a_base_and_its_heirs_keeps_its_name() {
    let types = |base: &[&str], derived: &[&str]| {
        let derived = complex("paper", derived).replace("Name=\"paper\"", "Name=\"paper\" BaseType=\"n.thing\"");
        format!("{}\n{derived}", complex("thing", base))
    };
    // Numbered where it is inherited: what follows of it is seen.
    let lock = Run::lock(&types(&["remoteControl", "remote_Control"], &[]), CONFIG, None);
    assert!(!names(&lock).contains("[types.\"n.paper\".fields]"), "inherited names are not repeated: {lock}");
    let moved = Run::lock(&types(&[], &["remote_Control"]), CONFIG, Some(&lock));
    assert!(names(&moved).contains("[types.\"n.paper\".fields]\nremote_Control = \"remote_control_2\""), "{moved}");
}

#[test]
fn what_the_configuration_asks_for_is_an_error_until_it_is_accepted() {
    let definitions = format!(
        "{}\n<EnumType Name=\"system\"><Member Name=\"iOS\"/><Member Name=\"other\"/></EnumType>",
        complex("shelf", &["row"])
    );
    let lock = Run::lock(&definitions, CONFIG, None);
    let config = format!(
        "{CONFIG}[namespace.n]\nmodule = \"store\"\n[spelling]\niOS = \"Ios\"\n[type.\"n.shelf\"]\nname = \"Board\"\n\
         rename = {{ row = \"storey\" }}\n"
    );
    let run = Run::of(&definitions, &config, Some(&lock), false);
    let said = run.said();
    for wanted in [
        "namespace `n` was `n` and would be `store`",
        "type `n.shelf` was `Shelf` and would be `Board`",
        "property `n.shelf/row` was `row` and would be `storey`",
        "member `n.system/iOS` was `IOs` and would be `Ios`",
    ] {
        let place = |it: &&String| it.starts_with("lock::renamed codegen.lock:") && it.ends_with(wanted);
        assert!(said.iter().any(|it| place(&it)), "`{wanted}` is not said: {said:#?}");
    }
    assert_eq!(said.len(), 4, "{said:#?}");
    let first = run.diagnostics.first().expect("a diagnostic");
    assert!(first.help.as_deref().is_some_and(|it| it.contains("--accept-renames")), "{first:?}");
    assert!(run.compiled.files.is_empty() && run.compiled.lock.is_empty(), "after an error there is no output");

    let accepted = Run::of(&definitions, &config, Some(&lock), true);
    assert_eq!(accepted.said(), Vec::<String>::new());
    assert_eq!(Run::lock(&definitions, &config, Some(&accepted.compiled.lock)), accepted.compiled.lock);
    assert!(accepted.compiled.files.contains_key("store/board.rs"), "{:?}", accepted.compiled.files.keys());
    assert!(names(&accepted.compiled.lock).contains("row = \"storey\""));
    // Once it is so, the configuration need not ask any more.
    let kept = Run::lock(&definitions, CONFIG, Some(&accepted.compiled.lock));
    assert_eq!(names(&kept), names(&accepted.compiled.lock));
}

#[test]
fn a_name_that_heirs_cannot_keep_either_is_told_once() {
    let definitions = "<ComplexType Name=\"shelf\"><Property Name=\"width\" Type=\"Edm.Int32\"/></ComplexType>\
                       <ComplexType Name=\"big\" BaseType=\"n.shelf\"/><ComplexType Name=\"bigger\" BaseType=\"n.big\"/>";
    let lock = Run::lock(definitions, CONFIG, None).replace("width = \"width\"", "width = \"9x\"");
    let said = Run::of(definitions, CONFIG, Some(&lock), false).said();
    let [told] = said.as_slice() else { panic!("{said:?}") };
    assert!(told.contains("property `n.shelf/width` was `9x` and would be `width`"), "{told}");
}

#[test]
fn a_rename_holds_for_heirs_and_gets_its_word_before_anything_else() {
    let heir =
        "<ComplexType Name=\"paper\" BaseType=\"n.thing\"><Property Name=\"other\" Type=\"Edm.String\"/></ComplexType>";
    let definitions = format!("{}\n{heir}", complex("thing", &["weird", "title"]));
    let config = format!("{CONFIG}[type.\"n.thing\"]\nrename = {{ weird = \"title\" }}\n");
    let run = Run::of(&definitions, &config, None, false);
    assert_eq!(run.said(), Vec::<String>::new());
    for file in ["n/thing.rs", "n/paper.rs"] {
        let text = run.compiled.files.get(file).expect("generated");
        assert!(text.contains("(\"weird\", &self.title), (\"title\", &self.title_2)"), "{text}");
    }
}

/// Whatever is written there, nothing of it gets into the output.
#[test]
fn a_lock_with_names_that_are_none_is_refused_with_a_place() {
    let definitions = complex("shelf", &["row", "self", "type"]);
    let lock = Run::lock(&definitions, CONFIG, None);
    let cases = [
        ("name = \"Shelf\"", "name = \"fn main(){}\""),
        ("name = \"Shelf\"", "name = \"Self\""),
        ("name = \"Shelf\"", "name = \"r#Shelf\""),
        ("name = \"Shelf\"", "name = \"Option\""),
        ("name = \"Shelf\"", "name = \"\""),
        ("name = \"Shelf\"", "name = \"_\""),
        ("name = \"Shelf\"", "name = \"Shelf \""),
        ("name = \"Shelf\"", "name = \"shelf\""),
        ("name = \"Shelf\"", "name = \"Shelf_Board\""),
        ("name = \"Shelf\"", "name = \"Shelf_board\""),
        // One letter and a mark on it, which rustc takes for the one letter that they compose to.
        ("name = \"Shelf\"", "name = \"E\\u0301tage\""),
        ("row = \"row\"", "row = \"e\\u0301tage\""),
        ("row = \"row\"", "row = \"Row\""),
        ("row = \"row\"", "row = \"topRow\""),
        ("self = \"SELF\"", "self = \"Self_\""),
        ("self = \"SELF\"", "self = \"mine\""),
        ("file = \"shelf\"", "file = \"../../shelf\""),
        ("file = \"shelf\"", "file = \"con\""),
        ("file = \"shelf\"", "file = \"Shelf\""),
        ("file = \"shelf\"", "file = \"étagère\""),
        ("row = \"row\"", "row = \"type\""),
        ("row = \"row\"", "row = \"gen\""),
        ("row = \"row\"", "row = \"r#self\""),
        ("row = \"row\"", "row = \"crate\""),
        ("row = \"row\"", "row = \"1st\""),
        ("row = \"row\"", "row = \"a/*\""),
        ("row = \"row\"", "row = \"a\\u202eb\""),
        ("type = \"r#type\"", "type = \"type\""),
        ("self = \"SELF\"", "self = \"S E L F\""),
        ("n = \"n\"", "n = \"..\""),
        ("n = \"n\"", "n = \"std\""),
    ];
    for (from, to) in cases {
        let hostile = lock.replacen(from, to, 1);
        assert_ne!(hostile, lock, "{from} is not there");
        let run = Run::of(&definitions, CONFIG, Some(&hostile), false);
        let line = hostile.lines().position(|it| it == to).expect("the line") + 1;
        let said = run.said();
        assert!(
            said.iter().any(|it| it.starts_with(&format!("lock::renamed codegen.lock:{line}:"))),
            "{to} at {line}: {said:?}"
        );
        assert!(run.compiled.files.is_empty(), "{to}");
        // Accepted, it is forgotten.
        let accepted = Run::of(&definitions, CONFIG, Some(&hostile), true);
        assert_eq!(accepted.said(), Vec::<String>::new(), "{to}");
        assert_eq!(accepted.compiled.lock, lock, "{to}");
    }
    // The label says which form it should have.
    let run = Run::of(&definitions, CONFIG, Some(&lock.replacen("name = \"Shelf\"", "name = \"shelf\"", 1)), false);
    let label = run.diagnostics.first().and_then(|it| it.primary.as_ref()).map(|(_, label)| label.as_str());
    assert_eq!(label, Some("names like this are in `UpperCamelCase`"));
    // One name for two: the first in the order of wire names keeps it.
    let run = Run::of(&definitions, CONFIG, Some(&lock.replacen("row = \"row\"", "row = \"self_\"", 1)), false);
    assert_eq!(run.diagnostics.len(), 1);
    assert!(
        run.said().concat().ends_with("property `n.shelf/self` was `self_` and would be `self_2`"),
        "{:?}",
        run.said()
    );
}

#[test]
fn a_lock_that_cannot_be_read_is_told_and_nothing_is_generated() {
    let cases = [
        ("<<<<<<< HEAD\nformat = 1\n", "lock::invalid"),
        ("format = 2\nnews = true\n", "lock::format"),
        ("format = -1\n", "lock::format"),
        ("format = \"1\"\n", "lock::invalid"),
        ("format = 1\nnews = true\n", "lock::invalid"),
        ("format = 1\n[types.\"n.shelf\"]\nname = 1\n", "lock::invalid"),
        ("format = 1\n[types]\n\"n.shelf\" = \"Shelf\"\n", "lock::invalid"),
        ("\0", "lock::invalid"),
        ("", "lock::invalid"),
        ("[modules]\nn = \"n\"\n", "lock::invalid"),
    ];
    for (text, code) in cases {
        let run = Run::of(&complex("shelf", &[]), CONFIG, Some(text), false);
        assert_eq!(codes(&run.diagnostics), [code], "{text}");
        let fault = run.diagnostics.first().expect("a diagnostic");
        assert!(fault.primary.is_some() && fault.help.is_some(), "{fault:?}");
        assert!(run.compiled.files.is_empty(), "{text}");
    }
    // Types that inherit in a circle, and things that are not there, are no trouble.
    let circle =
        "format = 1\n[types.\"n.shelf\"]\ninherits = \"n.a\"\n[types.\"n.a\"]\nname = \"fn\"\ninherits = \"n.shelf\"\n";
    let plain = Run::lock(&complex("shelf", &["row"]), CONFIG, None);
    let carried = format!("{plain}\n[gone.types.\"n.a\"]\ninherits = \"n.shelf\"\nname = \"fn\"\n");
    assert_eq!(Run::lock(&complex("shelf", &["row"]), CONFIG, Some(circle)), carried);
    assert_eq!(Run::lock(&complex("shelf", &["row"]), CONFIG, Some("format = 1\n")), plain);
}

#[test]
fn names_that_the_configuration_gives_are_checked() {
    let definitions = format!("{}\n{}", complex("shelf", &["row", "side"]), complex("board", &[]));
    let cases = [
        ("[type.\"n.shelf\"]\nname = \"fn main(){}\"\n", "config::type-name"),
        ("[type.\"n.shelf\"]\nname = \"lower\"\n", "config::type-name"),
        ("[type.\"n.shelf\"]\nname = \"One\"\n[type.\"n.board\"]\nname = \"One\"\n", "config::same-name"),
        ("[type.\"n.shelf\".rename]\nrow = \"a b\"\n", "config::rename"),
        ("[type.\"n.shelf\".rename]\nrow = \"\"\n", "config::rename"),
        ("[type.\"n.shelf\".rename]\nrow = \"_\"\n", "config::rename"),
        ("[type.\"n.shelf\".rename]\nrow = \"one\"\nside = \"One\"\n", "config::same-word"),
        ("[type.\"n.shelf\".rename]\nrows = \"one\"\n", "config::unknown-name"),
    ];
    for (options, code) in cases {
        let run = Run::of(&definitions, &format!("{CONFIG}{options}"), None, false);
        assert_eq!(codes(&run.diagnostics), [code], "{options}");
        assert!(
            run.diagnostics.iter().all(|it| it.is_error() && it.primary.is_some() && it.help.is_some()),
            "{options}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 256, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever stands in a lock, a run ends with Rust or with a diagnostic that has a place.
    #[test]
    fn no_lock_gets_anything_but_names_into_the_output(
        at in any::<prop::sample::Index>(),
        length in 0_usize..6,
        text in prop_oneof![
            select(vec!["fn", "\"", "\\u0000", "\\", "\n", "[", "]", "=", "self", "r#", "é", "\u{202e}", "'", "../", "{}"])
                .prop_map(str::to_owned),
            any::<String>(),
        ],
    ) {
        let definitions = complex("shelf", &["row", "self", "type", "remoteControl", "remote_Control"]);
        let mut lock: Vec<char> = Run::lock(&definitions, CONFIG, None).chars().collect();
        let start = at.index(lock.len());
        let end = (start + length).min(lock.len());
        lock.splice(start..end, text.chars());
        let lock: String = lock.into_iter().collect();
        for accept in [false, true] {
            let run = Run::of(&definitions, CONFIG, Some(&lock), accept);
            for fault in &run.diagnostics {
                prop_assert!(fault.code.starts_with("lock::") && fault.primary.is_some(), "{:?}", fault);
            }
            prop_assert_eq!(run.diagnostics.is_empty(), !run.compiled.files.is_empty());
            for (path, text) in &run.compiled.files {
                prop_assert!(path.chars().all(|it| it.is_ascii_alphanumeric() || "_/.".contains(it)), "{}", path);
                prop_assert!(syn::parse_file(text).is_ok(), "{}", text);
            }
        }
    }
}
