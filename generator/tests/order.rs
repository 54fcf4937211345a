//! T-17: the order of definitions, their spread over `Schema` elements and the kind of line ends change no byte of output.
// A test fails by panicking.
#![allow(clippy::expect_used)]

mod support;

use std::sync::OnceLock;

use odata_codegen::compile::compile;
use odata_codegen::config;
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::emit::Files;
use odata_codegen::input::Input;
use odata_codegen::source::Sources;
use proptest::prelude::*;

const CONFIG: &str = r#"
documents = ["rooms.csdl"]
[select]
namespaces = ["rooms", "rooms.booking"]
paths = ["/rooms", "/desk"]
derived = "all"
[service]
root = "https://rooms.example/v1"
scope = "rooms"
[type."rooms.space".add]
floor = "Edm.Int16"
"#;

/// Definitions of namespace `rooms`: forward and backward references, two overloads, annotations apart from their targets.
const ROOMS: &[&str] = &[
    r#"<EntityType Name="space" Abstract="true">
<Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.Guid" Nullable="false"/>
<Property Name="tags" Type="Collection(rooms.tag)"/>
</EntityType>"#,
    r#"<EntityType Name="room" BaseType="rooms.space">
<Property Name="size" Type="rooms.area"/>
<Property Name="mood" Type="rooms.mood"/>
<NavigationProperty Name="bookings" Type="Collection(rooms.booking.booking)" ContainsTarget="true"/>
</EntityType>"#,
    r#"<EntityType Name="hall" BaseType="rooms.room"><Property Name="seats" Type="Edm.Int32"/></EntityType>"#,
    r#"<EntityType Name="garden" BaseType="rooms.space"/>"#,
    r#"<ComplexType Name="tag"><Property Name="text" Type="Edm.String"/><Property Name="inner" Type="rooms.tag"/></ComplexType>"#,
    r#"<EnumType Name="mood"><Member Name="calm"/><Member Name="loud"/></EnumType>"#,
    r#"<EnumType Name="Mood" IsFlags="true"><Member Name="a" Value="1"/><Member Name="b" Value="2"/></EnumType>"#,
    r#"<TypeDefinition Name="area" UnderlyingType="Edm.Decimal" Scale="2"/>"#,
    r#"<Function Name="free" IsBound="true"><Parameter Name="rooms" Type="Collection(rooms.room)"/>
<ReturnType Type="Collection(rooms.room)"/></Function>"#,
    r#"<Function Name="free" IsBound="true"><Parameter Name="rooms" Type="Collection(rooms.room)"/>
<Parameter Name="day" Type="Edm.Date"/><ReturnType Type="Collection(rooms.room)"/></Function>"#,
    r#"<Function Name="nearest" IsBound="true"><Parameter Name="desk" Type="rooms.booking.desk"/>
<ReturnType Type="rooms.room"/></Function>"#,
    r#"<EntityContainer Name="house" Extends="rooms.yard">
<EntitySet Name="rooms" EntityType="rooms.room"/><Singleton Name="desk" Type="rooms.booking.desk"/>
</EntityContainer>"#,
    r#"<EntityContainer Name="yard"><EntitySet Name="gardens" EntityType="rooms.garden"/></EntityContainer>"#,
    r#"<Term Name="secret" Type="Edm.Boolean" DefaultValue="true" AppliesTo="Property"/>"#,
    r#"<Annotations Target="rooms.room/size"><Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
<PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
<PropertyValue Property="Version" String="2020-05/size"/></Record></Collection></Annotation></Annotations>"#,
    r#"<Annotations Target="rooms.hall/id"><Annotation Term="rooms.secret"/></Annotations>"#,
    r#"<Annotations Target="rooms.house/rooms"><Annotation Term="Org.OData.Capabilities.V1.FilterRestrictions"><Record>
<PropertyValue Property="Filterable" Bool="false"/></Record></Annotation></Annotations>"#,
];

/// Definitions of namespace `rooms.booking`.
const BOOKING: &[&str] = &[
    r#"<EntityType Name="booking"><Key><PropertyRef Name="id"/></Key>
<Property Name="id" Type="Edm.String" Nullable="false"/><Property Name="from" Type="Edm.DateTimeOffset"/>
<NavigationProperty Name="room" Type="rooms.room"/></EntityType>"#,
    r#"<EntityType Name="desk"><Property Name="mood" Type="rooms.booking.mood"/>
<NavigationProperty Name="open" Type="Collection(rooms.booking.booking)" ContainsTarget="true"/></EntityType>"#,
    r#"<EnumType Name="mood"><Member Name="type"/><Member Name="self"/></EnumType>"#,
];

/// A document of `Schema` elements: the namespace of each and what stands in it.
fn document(schemas: &[(&str, Vec<&str>)]) -> String {
    let schema = |(namespace, definitions): &(&str, Vec<&str>)| {
        let body = definitions.join("\n");
        format!(
            "<Schema Namespace=\"{namespace}\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\">\n{body}\n</Schema>\n"
        )
    };
    let schemas: Vec<String> = schemas.iter().map(schema).collect();
    format!(
        "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\">\n<edmx:DataServices>\n{}\
         </edmx:DataServices>\n</edmx:Edmx>\n",
        schemas.concat()
    )
}

fn compiled(text: &str) -> (Files, Vec<Diagnostic>) {
    let mut sources = Sources::default();
    let mut diagnostics = Vec::new();
    let toml = sources.add("codegen.toml", CONFIG);
    let documents = vec![sources.add("rooms.csdl", text)];
    let config = config::read_config(toml, &sources, &mut diagnostics);
    let input = Input {
        sources,
        config,
        docs: None,
        lock: None,
        lock_file: None,
        accept_renames: false,
        unknown: Severity::Error,
        documents,
        sha256: None,
        output: "generated".into(),
        files: Vec::new(),
    };
    let files = compile(&input, &mut diagnostics).files;
    (files, diagnostics)
}

/// Definitions in any order, each with the number of the `Schema` element that it goes into.
fn shuffled(definitions: &'static [&'static str]) -> impl Strategy<Value = Vec<(usize, &'static str)>> {
    let order = Just(definitions.to_vec()).prop_shuffle();
    let places = prop::collection::vec(0_usize..3, definitions.len());
    (order, places).prop_map(|(order, places)| places.into_iter().zip(order).collect())
}

/// One document without `Schema` elements that hold nothing; those of the two namespaces stand in each other's midst.
fn spread(rooms: &[(usize, &'static str)], booking: &[(usize, &'static str)]) -> String {
    let part = |of: &[(usize, &'static str)], wanted: usize| {
        of.iter().filter(|(place, _)| *place == wanted).map(|(_, it)| *it).collect::<Vec<_>>()
    };
    let schemas = (0..3).flat_map(|at| [("rooms.booking", part(booking, at)), ("rooms", part(rooms, at))]);
    document(&schemas.filter(|(_, it)| !it.is_empty()).collect::<Vec<_>>())
}

/// What the definitions give in the order in which they stand above.
fn straight() -> &'static Files {
    static FILES: OnceLock<Files> = OnceLock::new();
    FILES.get_or_init(in_order)
}

fn in_order() -> Files {
    let (files, diagnostics) = compiled(&document(&[("rooms", ROOMS.to_vec()), ("rooms.booking", BOOKING.to_vec())]));
    assert!(!support::has_error(&diagnostics), "{diagnostics:?}");
    assert!(files.len() > 8, "{:?}", files.keys());
    files
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn t17_no_order_of_definitions_shows_in_the_output(
        rooms in shuffled(ROOMS),
        booking in shuffled(BOOKING),
        windows in any::<bool>(),
    ) {
        let text = spread(&rooms, &booking);
        let text = if windows { text.replace('\n', "\r\n") } else { text };
        let (files, diagnostics) = compiled(&text);
        prop_assert!(!support::has_error(&diagnostics), "{:?}", diagnostics);
        prop_assert_eq!(&files, straight());
    }
}

#[test]
fn properties_keep_the_order_that_they_are_declared_in() {
    let text = document(&[("rooms", ROOMS.to_vec()), ("rooms.booking", BOOKING.to_vec())]);
    let size = "<Property Name=\"size\" Type=\"rooms.area\"/>\n";
    let mood = "<Property Name=\"mood\" Type=\"rooms.mood\"/>\n";
    let swapped = text.replace(&format!("{size}{mood}"), &format!("{mood}{size}"));
    assert_ne!(swapped, text);
    assert_ne!(&compiled(&swapped).0, straight());
}
