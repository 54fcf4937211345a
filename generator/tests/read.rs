//! `csdl::read` and `csdl::write`: what is taken, what is refused, and that nothing is ever half taken.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::format_collect)]

mod support;

use odata_codegen::csdl::{self, Annotation, ConstantKind, Expression, Limits, SchemaItem, Text};
use odata_codegen::source::Sources;
use proptest::prelude::*;
use support::{LIBRARY, any_source, codes, has_error, read, schema, shape};

#[test]
fn the_library_reads_without_a_word() {
    let (document, diagnostics) = read(LIBRARY);
    assert_eq!(diagnostics, []);
    assert_eq!(document.schemas.len(), 2);
    assert_eq!(document.references.len(), 2);
    let items = &document.schemas[0].items;
    assert_eq!(items.iter().filter(|item| matches!(item, SchemaItem::Entity(_))).count(), 5);
    assert_eq!(items.iter().filter(|item| matches!(item, SchemaItem::Operation(_))).count(), 5);
    assert_eq!(document.schemas[0].external.len(), 9);
}

#[test]
fn every_value_knows_its_place() {
    let mut sources = Sources::default();
    let id = sources.add("library.csdl", LIBRARY);
    let document = csdl::read(id, LIBRARY, &Limits::default(), &mut Vec::new());
    let at = |text: &Text<'_>| &LIBRARY[text.span.range()];
    let SchemaItem::Entity(item) = &document.schemas[0].items[0] else { panic!("an entity type comes first") };
    let title = &item.structure.properties[1];
    assert_eq!(at(&title.name), "title");
    assert_eq!(at(&title.ty.name), "Edm.String");
    assert_eq!(sources.place(title.ty.name.span), "library.csdl:22:38");
    let Some(Expression::Constant(ConstantKind::String, text)) = &title.annotations[0].value else {
        panic!("a string was written")
    };
    // The entity is replaced in the value and stands as written in the source.
    assert_eq!(text.value, "What is printed on the cover & spine");
    assert_eq!(at(text), "What is printed on the cover &amp; spine");
}

#[test]
fn t11_text_in_elements_keeps_every_character() {
    let (document, _) = read(LIBRARY);
    let money = document.schemas[0].items.iter().find_map(|item| match item {
        SchemaItem::Definition(it) => it.annotations.first(),
        _ => None,
    });
    let Some(Expression::Constant(ConstantKind::String, text)) = money.and_then(|it| it.value.as_ref()) else {
        panic!("the type definition has a description")
    };
    assert_eq!(text.value, "Money <in> pence & pounds \u{2014} <ok>");
}

#[test]
fn t17_line_ends_make_no_difference() {
    let windows = LIBRARY.replace('\n', "\r\n");
    assert_eq!(shape(&read(&windows).0), shape(&read(LIBRARY).0));
}

#[test]
fn t4_a_byte_order_mark_makes_no_difference() {
    let marked = [b"\xEF\xBB\xBF", LIBRARY.as_bytes()].concat();
    assert_eq!(csdl::decode(&marked).map_err(|fault| fault.message), Ok(LIBRARY));
}

#[test]
fn t4_other_encodings_are_called_by_name() {
    let utf16 = |wide: fn(u16) -> [u8; 2]| LIBRARY.encode_utf16().flat_map(wide).collect::<Vec<u8>>();
    let fault = |bytes: &[u8]| csdl::decode(bytes).expect_err("not UTF-8").message;
    assert_eq!(fault(&utf16(u16::to_le_bytes)), "the document is UTF-16LE, not UTF-8");
    assert_eq!(fault(&utf16(u16::to_be_bytes)), "the document is UTF-16BE, not UTF-8");
    assert_eq!(fault(&[b"\xFF\xFE", &*utf16(u16::to_le_bytes)].concat()), "the document is UTF-16LE, not UTF-8");
    assert_eq!(fault(&[b"\xFE\xFF", &*utf16(u16::to_be_bytes)].concat()), "the document is UTF-16BE, not UTF-8");
    assert_eq!(fault(b"<a>\n<b c='caf\xE9'/></a>"), "byte 0xE9 at line 2, column 10 is not UTF-8");
}

#[test]
fn t2_a_document_cut_anywhere_is_never_a_success() {
    for end in (0..LIBRARY.len()).filter(|end| LIBRARY.is_char_boundary(*end)) {
        let (_, diagnostics) = read(&LIBRARY[..end]);
        assert!(has_error(&diagnostics), "cut at byte {end} reads without an error");
        // Said of the cut itself or of the tag or section that it goes through.
        let section = LIBRARY[..end].rfind("<![CDATA[").filter(|start| !LIBRARY[*start..end].contains("]]>"));
        let tag = section.or(LIBRARY[..end].rfind('<')).unwrap_or_default();
        let errors = diagnostics.iter().filter(|it| it.is_error()).filter_map(|it| it.primary.as_ref());
        let last = errors.map(|(span, _)| span.end as usize).max().expect("an error has a place");
        assert!(last >= tag, "cut at byte {end}, said of byte {last}: {diagnostics:?}");
    }
}

#[test]
fn t2_cutting_inside_a_character_is_refused_too() {
    let text = schema("<Annotation Term=\"a.b\" String=\"\u{20AC}\"/>");
    let euro = text.find('\u{20AC}').expect("it was put there");
    assert!(csdl::decode(&text.as_bytes()[..=euro]).is_err());
}

#[test]
fn prefixes_mean_what_they_are_bound_to() {
    let prefixed = schema("<ComplexType Name='c'><Property Name='p' Type='Edm.String'/></ComplexType>")
        .replace("<Schema", "<s:Schema")
        .replace("</Schema", "</s:Schema")
        .replace("xmlns=", "xmlns:s=")
        .replace("<ComplexType", "<s:ComplexType")
        .replace("</ComplexType", "</s:ComplexType")
        .replace("<Property", "<s:Property");
    let (document, diagnostics) = read(&prefixed);
    assert_eq!(diagnostics, []);
    assert_eq!(document.schemas[0].items.len(), 1);

    // The same names under another namespace are not ours, whatever the prefix is called.
    let foreign = schema("<edm:ComplexType xmlns:edm='urn:other' Name='c'><EntityType Name='e'/></edm:ComplexType>");
    let (document, diagnostics) = read(&foreign);
    assert_eq!(diagnostics, []);
    assert!(document.schemas[0].items.is_empty());
}

#[test]
fn what_the_standard_does_not_know_is_a_warning() {
    let text = schema("<EntityType Name='e' Colour='red'><Lights/><!-- c --><?pi?></EntityType>stray");
    let (document, diagnostics) = read(&text);
    assert_eq!(codes(&diagnostics), ["csdl::unknown-attribute", "csdl::unknown-element", "csdl::stray-text"]);
    assert!(!has_error(&diagnostics));
    assert_eq!(document.schemas[0].items.len(), 1);
}

#[test]
fn a_bare_schema_reads_with_a_warning() {
    let text = "<Schema Namespace='n' xmlns='http://docs.oasis-open.org/odata/ns/edm'><EnumType Name='e'/></Schema>";
    let (document, diagnostics) = read(text);
    assert_eq!(codes(&diagnostics), ["csdl::bare-schema"]);
    assert_eq!(document.schemas[0].items.len(), 1);
    assert!(document.version.is_none());
}

#[test]
fn t5_nothing_is_expanded() {
    let bomb = format!("<!DOCTYPE edmx:Edmx [<!ENTITY a 'aaaaaaaaaa'><!ENTITY b '&a;&a;&a;'>]>{}", schema("&b;"));
    assert_eq!(codes(&read(&bomb).1), ["csdl::doctype"]);
    assert_eq!(codes(&read(&schema("&b;")).1), ["csdl::unknown-entity"]);
    assert_eq!(codes(&read(&schema("<EnumType Name='&b;'/>")).1), ["csdl::unknown-entity"]);
}

#[test]
fn t6_caps_are_named() {
    let limit = |text: &str, limits: &Limits| {
        let mut diagnostics = Vec::new();
        drop(csdl::read(any_source(), text, limits, &mut diagnostics));
        assert_eq!(codes(&diagnostics), ["csdl::limit"]);
        diagnostics.remove(0).message
    };
    let deep = "<Annotation Term='a.b'>".repeat(100_000);
    assert_eq!(
        limit(&schema(&deep), &Limits::default()),
        "the document has elements nested more than 128 deep, which is the limit"
    );
    // However much is asked for, the stack holds.
    assert_eq!(
        limit(&schema(&deep), &Limits { depth: usize::MAX, ..Limits::default() }),
        "the document has elements nested more than 256 deep, which is the limit"
    );
    let wide: String = (0..100_000).map(|n| format!(" a{n}=''")).collect();
    assert_eq!(
        limit(&schema(&format!("<EnumType{wide}/>")), &Limits::default()),
        "the document has more than 256 attributes on one element, which is the limit"
    );
    let spaces: String = (0..200).map(|n| format!(" xmlns:a{n}='urn:{n}'")).collect();
    assert_eq!(
        limit(&schema(&format!("<EnumType{spaces}/>")), &Limits::default()),
        "the document has more than 128 namespaces in scope, which is the limit"
    );
    assert_eq!(
        limit(LIBRARY, &Limits { nodes: 10, ..Limits::default() }),
        "the document has more than 10 elements, which is the limit"
    );
    assert_eq!(
        limit(LIBRARY, &Limits { bytes: 1000, ..Limits::default() }),
        format!("the document has {} bytes, more than the limit of 1000", LIBRARY.len())
    );
}

#[test]
fn t6_a_flood_of_faults_ends() {
    let flood = schema(&"<Unknown/>".repeat(50_000));
    let (_, diagnostics) = read(&flood);
    assert_eq!(diagnostics.len(), 10_001);
    assert_eq!(diagnostics.last().map(|last| last.code), Some("csdl::limit"));
}

#[test]
fn writing_and_reading_gives_the_same_document() {
    let (document, _) = read(LIBRARY);
    let written = csdl::write(&document);
    let (again, diagnostics) = read(&written);
    assert_eq!(diagnostics, []);
    assert_eq!(shape(&again), shape(&document));
    assert_eq!(csdl::write(&again), written);
}

#[test]
fn writing_is_canonical() {
    let text = schema(
        "<ComplexType Abstract='false' Name='c'>
           <Annotation String='a &quot;b&quot; &lt; c' Term='self.t'></Annotation>
           <Property Nullable='false' Type='Edm.String' Name='p'/>
         </ComplexType>
         <EntityContainer Name='k'><EntitySet Name='s' IncludeInServiceDocument='true' EntityType='self.e'/></EntityContainer>",
    );
    expect_test::expect![[r#"
        <?xml version="1.0" encoding="utf-8"?>
        <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
          <edmx:DataServices>
            <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="n" Alias="self">
              <ComplexType Name="c">
                <Property Name="p" Type="Edm.String" Nullable="false" />
                <Annotation Term="self.t" String="a &quot;b&quot; &lt; c" />
              </ComplexType>
              <EntityContainer Name="k">
                <EntitySet Name="s" EntityType="self.e" />
              </EntityContainer>
            </Schema>
          </edmx:DataServices>
        </edmx:Edmx>
    "#]]
    .assert_eq(&csdl::write(&read(&text).0));
}

/// Any text that XML can hold.
fn xml_text() -> impl Strategy<Value = String> {
    proptest::collection::vec(
        prop_oneof![
            Just('&'),
            Just('<'),
            Just('>'),
            Just('"'),
            Just('\''),
            Just('\n'),
            Just('\r'),
            Just('\t'),
            Just(' '),
            Just(']'),
            any::<char>()
        ],
        0..40,
    )
    .prop_map(|characters| {
        let allowed = |it: &char| (*it >= ' ' || "\t\r\n".contains(*it)) && *it < '\u{FFFE}' || *it > '\u{FFFF}';
        characters.into_iter().filter(allowed).collect()
    })
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_text_survives_writing(attribute in xml_text(), element in xml_text()) {
        let constant = |value: &str| {
            let text = Text { value: value.to_owned().into(), span: read(LIBRARY).0.schemas[0].namespace.span };
            Expression::Constant(ConstantKind::String, text)
        };
        let (mut document, _) = read(LIBRARY);
        let term = document.schemas[0].namespace.clone();
        let span = term.span;
        let annotation = |value| Annotation { term: term.clone(), qualifier: None, value: Some(value), annotations: Vec::new() };
        document.schemas[0].annotations = vec![
            annotation(constant(&attribute)),
            annotation(Expression::Collection(vec![constant(&element)], span)),
        ];
        let written = csdl::write(&document);
        let (again, diagnostics) = read(&written);
        prop_assert_eq!(diagnostics, []);
        prop_assert_eq!(shape(&again), shape(&document));
    }

    #[test]
    fn t21_mutated_documents_never_panic(
        edits in proptest::collection::vec((any::<prop::sample::Index>(), 0_usize..40, "[<>&;\"'=/ a-zA-Z:!?\\[\\]-]{0,6}"), 1..8)
    ) {
        let mut text = LIBRARY.to_owned();
        for (place, length, replacement) in edits {
            let start = text.floor_char_boundary_at(place.index(text.len() + 1));
            let end = text.floor_char_boundary_at((start + length).min(text.len()));
            text.replace_range(start..end.max(start), &replacement);
        }
        drop(support::report("mutated.csdl", text.as_bytes()));
    }

    #[test]
    fn t21_any_bytes_never_panic(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
        prop_assert!(support::report("bytes.csdl", &bytes).contains("error["));
    }

    #[test]
    fn t21_any_soup_of_tags_never_panics(soup in "(<|>|/>|</|[a-c]|:|=|\"|'| |&|;|xmlns|Edmx|<!--|-->|<!\\[CDATA\\[|\\]\\]>|<\\?|\\?>){0,60}") {
        prop_assert!(support::report("soup.csdl", soup.as_bytes()).contains("error["));
    }
}

trait FloorCharBoundary {
    fn floor_char_boundary_at(&self, index: usize) -> usize;
}

impl FloorCharBoundary for String {
    fn floor_char_boundary_at(&self, index: usize) -> usize {
        (0..=index).rev().find(|index| self.is_char_boundary(*index)).unwrap_or(0)
    }
}
