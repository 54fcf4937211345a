//! All of CSDL XML 4.0 and 4.01: nothing that the standard knows is lost between reading and writing, and every
//! constant has the form of its kind.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

mod support;

use std::ops::Range;

use odata_codegen::csdl;
use odata_codegen::diagnostic::Diagnostic;
use proptest::prelude::*;
use support::{EVERYTHING, codes, corpus, has_error, read, schema, shape};

#[test]
fn everything_reads_without_a_word_and_survives_writing() {
    let (document, diagnostics) = read(EVERYTHING);
    assert_eq!(diagnostics, []);
    let written = csdl::write(&document);
    let (again, diagnostics) = read(&written);
    assert_eq!(diagnostics, []);
    assert_eq!(shape(&again), shape(&document));
    assert_eq!(csdl::write(&again), written);
}

/// The places of attributes (`name="value"`), without declarations of namespaces.
fn attributes(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let start = text.find("<edmx:Edmx").expect("the root");
    for (equals, _) in text.match_indices("=\"").filter(|(at, _)| *at > start) {
        let name = text[..equals].rfind(' ').expect("white space before an attribute") + 1;
        let end = equals + 2 + text[equals + 2..].find('"').expect("a closing quote") + 1;
        if !text[name..].starts_with("xmlns") {
            found.push(name..end);
        }
    }
    found
}

#[test]
fn no_attribute_can_be_taken_away_unnoticed() {
    let whole = shape(&read(EVERYTHING).0);
    let places = attributes(EVERYTHING);
    assert!(places.len() > 300, "only {} attributes found", places.len());
    for place in places {
        let text = format!("{}{}", &EVERYTHING[..place.start], &EVERYTHING[place.end..]);
        let (document, diagnostics) = read(&text);
        let line = EVERYTHING[..place.start].lines().count();
        let attribute = &EVERYTHING[place];
        assert!(shape(&document) != whole || has_error(&diagnostics), "line {line}: {attribute} was never read");
    }
}

#[test]
fn no_element_can_be_taken_away_unnoticed() {
    let whole = shape(&read(EVERYTHING).0);
    let mut count = 0;
    // Elements without children; that the others are read is what reading these shows.
    for (end, _) in EVERYTHING.match_indices("/>") {
        let start = EVERYTHING[..end].rfind('<').expect("a tag begins somewhere");
        let text = format!("{}{}", &EVERYTHING[..start], &EVERYTHING[end + 2..]);
        let element = &EVERYTHING[start..end + 2];
        assert_ne!(shape(&read(&text).0), whole, "{element} was never read");
        count += 1;
    }
    assert!(count > 100, "only {count} elements found");
}

/// Every name of the standard, with its first letter twice, is told with the name that was meant.
#[test]
fn every_misspelt_name_is_told_with_the_nearest() {
    let helps = |text: &str| -> Vec<String> { read(text).1.into_iter().filter_map(|it| it.help).collect() };
    for place in attributes(EVERYTHING) {
        let name = EVERYTHING[place.clone()].split('=').next().expect("a name");
        let text = format!("{}{}{}", &EVERYTHING[..place.start], &name[..1], &EVERYTHING[place.start..]);
        let line = EVERYTHING[..place.start].lines().count();
        let expected = format!("a similar name exists: `{name}`");
        assert!(helps(&text).contains(&expected), "line {line}: {name}: {:?}", helps(&text));
    }
    for (end, _) in EVERYTHING.match_indices("/>") {
        let start = EVERYTHING[..end].rfind('<').expect("a tag begins somewhere") + 1;
        let qualified = EVERYTHING[start..end].split([' ', '\n']).next().expect("a name");
        let name = qualified.rsplit(':').next().expect("a name");
        let local = start + qualified.len() - name.len();
        let text = format!("{}{}{}", &EVERYTHING[..local], &name[..1], &EVERYTHING[local..]);
        let line = EVERYTHING[..start].lines().count();
        let expected = format!("a similar name exists: `{name}`");
        assert!(helps(&text).contains(&expected), "line {line}: {name}: {:?}", helps(&text));
    }
}

#[test]
fn what_stands_in_another_element_is_warned_of() {
    for (text, code) in [
        // The standard annotates neither of these.
        ("<EntityType Name='e'><Key><PropertyRef Name='p'/><Annotation Term='a.b'/></Key></EntityType>", "element"),
        (
            "<EntityType Name='e'><Key><PropertyRef Name='p'><Annotation Term='a.b'/></PropertyRef></Key></EntityType>",
            "element",
        ),
        ("<Annotation Term='a.b'><Collection><Annotation Term='a.b'/></Collection></Annotation>", "element"),
        (
            "<EntityContainer Name='c'><ActionImport Name='i' Action='n.a' IncludeInServiceDocument='true'/></EntityContainer>",
            "attribute",
        ),
        ("<Action Name='a' IsComposable='true'/>", "attribute"),
        ("<Annotation Term='a.b'><Null Type='Edm.String'/></Annotation>", "attribute"),
        ("<Annotation Term='a.b'><Cast Function='f'><Null/></Cast></Annotation>", "attribute"),
        (
            "<Annotation Term='a.b'><LabeledElementReference Name='x'>n.y</LabeledElementReference></Annotation>",
            "attribute",
        ),
    ] {
        assert_eq!(codes(&read(&schema(text)).1), [format!("csdl::unknown-{code}")], "{text}");
    }
}

/// Whether a constant is taken, as an attribute, as an element and in a labelled element alike.
fn is_taken(kind: &str, value: &str) -> bool {
    let verdicts = [
        format!("<Annotation Term='a.b' {kind}='{value}'/>"),
        format!("<Annotation Term='a.b'><{kind}>\n  {value}\n</{kind}></Annotation>"),
        format!("<Annotation Term='a.b'><LabeledElement Name='x' {kind}='{value}'/></Annotation>"),
    ]
    .map(|text| {
        let (_, diagnostics) = read(&schema(&text));
        assert!(codes(&diagnostics).iter().all(|code| *code == "csdl::bad-constant"), "{text}: {diagnostics:?}");
        diagnostics.is_empty()
    });
    assert!(verdicts.iter().all(|verdict| *verdict == verdicts[0]), "{kind} {value}: {verdicts:?}");
    verdicts[0]
}

#[test]
fn constants_have_the_form_of_their_kind() {
    const GUID: &str = "21EC2020-3aea-1069-A2DD-08002b30309d";
    let cases: &[(&str, &[&str], &[&str])] = &[
        (
            "Binary",
            &["", "QQ", "QQ==", "QUI", "QUI=", "QUJD", "-_-_"],
            &["Q", "QQ=", "QUI==", "QR", "Q+/D", "0x4A1", "QU D"],
        ),
        ("Bool", &["true", "false"], &["", "0", "1", "True", "yes", "truefalse"]),
        (
            "Int",
            &["0", "-1", "+1", "007", "9223372036854775807", "-9223372036854775808"],
            &["", "-", "1.0", "1e3", "0x1F", "9223372036854775808"],
        ),
        (
            "Decimal",
            &["0", "-1.50", "+3", "1E5", "1.5e-3", "INF", "-INF", "NaN"],
            &["", ".5", "5.", "1,5", "1e", "inf", "+INF", "1.2.3"],
        ),
        (
            "Float",
            &["0", "-1.5", ".5", "5.", "1E5", "1.5e-3", "INF", "-INF", "NaN"],
            &["", ".", "e5", "1e", "nan", "infinity", "0x1p3"],
        ),
        (
            "Guid",
            &[GUID],
            &[
                "",
                "21EC20203aea1069A2DD08002b30309d",
                "{21EC2020-3aea-1069-A2DD-08002b30309d}",
                "21EC2020-3aea-1069-A2DD-08002b30309g",
                "21EC2020-3aea-1069-A2DD-08002b30309d-",
            ],
        ),
        (
            "Date",
            &["2024-02-29", "2000-02-29", "0000-01-01", "-0001-12-31", "12024-02-29"],
            &[
                "",
                "2023-02-29",
                "1900-02-29",
                "2024-13-01",
                "2024-04-31",
                "2024-00-10",
                "2024-01-00",
                "24-01-01",
                "02024-01-01",
                "2024-1-1",
                "2024-01-01Z",
                "2024/01/01",
            ],
        ),
        (
            "TimeOfDay",
            &["00:00", "23:59:59", "07:59:59.999999999999"],
            &["", "24:00", "7:59", "07:60", "07:59:60", "07:59:59.", "07:59:59.1234567890123", "07:59:59Z"],
        ),
        (
            "DateTimeOffset",
            &["2024-02-29T00:00Z", "2024-02-29T23:59:59.5-14:00", "2024-02-29T23:59:59+01:30"],
            &[
                "",
                "2024-02-29",
                "2024-02-29T00:00",
                "2024-02-30T00:00Z",
                "2024-02-29 00:00Z",
                "2024-02-29T00:00+1",
                "2024-02-29T00:00+15:00",
                "2024-02-29T00:00ZZ",
            ],
        ),
        (
            "Duration",
            &["P1D", "PT1H", "PT1M", "PT1S", "-P1DT2H3M4.5S", "P0D"],
            &[
                "", "P", "PT", "P1", "P1DT", "P1Y", "P1M", "P1W", "1D", "PT1S1M", "PT.5S", "PT1.S", "PT1", "P1.5D",
                "PTH",
            ],
        ),
        (
            "EnumMember",
            &["n.E/a", "a.b.E/a a.b.E/b"],
            &["", "a", "n.E", "E/a", "n.E/", "/a", "n.E/a/b", "n..E/a", "n.E/a,n.E/b", "1"],
        ),
        ("String", &["", "anything at all"], &[]),
    ];
    for (kind, sound, malformed) in cases {
        sound.iter().for_each(|value| assert!(is_taken(kind, value), "{kind} `{value}` is refused"));
        malformed.iter().for_each(|value| assert!(!is_taken(kind, value), "{kind} `{value}` is taken"));
    }
}

#[test]
fn sound_documents_have_sound_constants() {
    let Some(corpus) = corpus() else { return };
    let mut constants = 0;
    for folder in ["csdl/valid", "metadata", "history"] {
        for entry in std::fs::read_dir(corpus.join(folder)).expect("a folder of the corpus") {
            let path = entry.expect("a readable folder").path();
            if path.extension().is_some_and(|it| it == "md") {
                continue;
            }
            let bytes = std::fs::read(&path).expect("a readable file");
            let (_, diagnostics) = read(csdl::decode(&bytes).expect("UTF-8"));
            // Those of the history are parts of documents; the rest has the declarations of prefixes.
            let is_fault = |it: &&Diagnostic| it.is_error() && it.code != "csdl::undeclared-prefix";
            let errors: Vec<_> = diagnostics.iter().filter(is_fault).collect();
            assert!(errors.is_empty(), "{}: {errors:?}", path.display());
            constants += String::from_utf8_lossy(&bytes).matches(" Bool=\"").count();
        }
    }
    assert!(constants > 1000, "the corpus has {constants} constants");
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn numbers_of_rust_are_constants(int in any::<i64>(), float in any::<f64>().prop_filter("finite", |it| it.is_finite())) {
        prop_assert!(is_taken("Int", &int.to_string()));
        prop_assert!(is_taken("Decimal", &int.to_string()));
        prop_assert!(is_taken("Float", &float.to_string()));
        let scientific = format!("{float:e}");
        prop_assert!(is_taken("Decimal", &scientific));
    }

    #[test]
    fn any_constant_is_judged_without_a_panic(kind in 0..11_usize, value in "[-+0-9A-Za-z:./_= TPZé]{0,20}") {
        const KINDS: [&str; 11] = [
            "Binary", "Bool", "Date", "DateTimeOffset", "Decimal", "Duration", "EnumMember", "Float", "Guid", "Int",
            "TimeOfDay",
        ];
        is_taken(KINDS[kind], &value);
    }
}
