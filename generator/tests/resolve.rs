//! `model::resolve`: names to ids, inheritance, annotations on their targets, overlays.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic, clippy::format_collect)]

mod support;

use odata_codegen::csdl::{self, Document, Expression, Limits, OperationKind};
use odata_codegen::diagnostic::{Diagnostic, Severity};
use odata_codegen::model::{
    Annotations, ContainerMemberKind, ItemType, Model, Overlay, Primitive, Property, PropertyKind, TypeKind, resolve,
};
use odata_codegen::source::Sources;
use support::{LIBRARY, any_source, codes, has_error, read, schema};

const DESCRIPTION: &str = "Org.OData.Core.V1.Description";

/// Resolves texts together, with overlays, and looks at the model.
fn with<T>(texts: &[&str], overlays: &[Overlay], look: impl FnOnce(&Model<'_>, Vec<Diagnostic>) -> T) -> T {
    let documents: Vec<Document<'_>> = texts
        .iter()
        .map(|text| {
            let (document, diagnostics) = read(text);
            assert!(!has_error(&diagnostics), "{diagnostics:?}");
            document
        })
        .collect();
    let mut diagnostics = Vec::new();
    let model = resolve(&documents, overlays, &mut diagnostics);
    look(&model, diagnostics)
}

fn library<T>(look: impl FnOnce(&Model<'_>) -> T) -> T {
    with(&[LIBRARY], &[], |model, diagnostics| {
        assert_eq!(diagnostics, []);
        look(model)
    })
}

fn property<'p, 'm>(model: &'p Model<'m>, ty: &str, name: &str) -> &'p Property<'m> {
    let id = model.find_type(ty).expect("a declared type");
    let all = model.all_properties(id);
    all.into_iter().find(|(_, property)| property.name == name).expect("a declared property").1
}

fn said(annotations: &Annotations<'_>, term: &str) -> Option<String> {
    match &annotations.get(term)?.value {
        Some(Expression::Constant(_, text)) => Some(text.value.clone().into_owned()),
        _ => None,
    }
}

#[test]
fn names_are_found_by_namespace_and_by_alias() {
    library(|model| {
        let book = model.find_type("example.lending.book");
        assert!(book.is_some());
        assert_eq!(model.find_type("self.book"), book);
        assert_eq!(model.find_type("book"), None);
        assert_eq!(model.find_type("example.lending.Book"), None);
        assert_eq!(
            model.schemas().map(|(_, schema)| schema.namespace).collect::<Vec<_>>(),
            ["example.lending", "example.people"]
        );
    });
}

#[test]
fn types_of_properties_are_ids() {
    library(|model| {
        let genres = property(model, "self.book", "genres").ty;
        assert!(genres.is_collection);
        assert_eq!(genres.item, ItemType::Declared(model.find_type("self.genre").expect("declared")));
        assert_eq!(property(model, "self.book", "id").ty.item, ItemType::Primitive(Primitive::Guid));
        let PropertyKind::Navigation { contains_target, partner, on_delete, .. } =
            &property(model, "self.item", "loans").kind
        else {
            panic!("loans is a navigation property")
        };
        let action = on_delete.as_ref().map(|it| it.action);
        assert_eq!((*contains_target, *partner, action), (true, Some("item"), Some("Cascade")));
    });
}

#[test]
fn inheritance_is_linked_both_ways_and_handed_down() {
    library(|model| {
        let [item, book, recording] =
            ["self.item", "self.book", "self.recording"].map(|name| model.find_type(name).expect("declared"));
        assert_eq!(model.descendants(item), [book, recording]);
        assert_eq!(model.ancestry(book).collect::<Vec<_>>(), [book, item]);
        assert_eq!(model.key(book), [("id", None), ("location/shelf", Some("shelf"))]);
        let names: Vec<&str> = model.all_properties(recording).iter().map(|(_, property)| property.name).collect();
        assert_eq!(names, ["id", "title", "location", "request-count", "loans", "length"]);
    });
    let text = schema(
        "<EntityType Name='c' BaseType='n.b'/><EntityType Name='b' BaseType='n.a'/>
         <EntityType Name='a' OpenType='true' HasStream='true'/>",
    );
    with(&[&text], &[], |model, diagnostics| {
        assert_eq!(diagnostics, []);
        let last = model.structured(model.find_type("n.c").expect("declared")).expect("structured");
        assert!(last.is_open && last.has_stream);
    });
}

#[test]
fn t12_members_without_values_count_on() {
    let values = |text: &str| {
        with(&[&schema(text)], &[], |model, diagnostics| {
            let TypeKind::Enum(it) = &model.ty(model.find_type("n.e").expect("declared")).kind else {
                panic!("an enumeration was written")
            };
            (it.members.iter().map(|member| member.value).collect::<Vec<i64>>(), codes(&diagnostics))
        })
    };
    library(|model| {
        let TypeKind::Enum(it) = &model.ty(model.find_type("self.state").expect("declared")).kind else {
            panic!("an enumeration was written")
        };
        assert_eq!(it.members.iter().map(|member| member.value).collect::<Vec<i64>>(), [0, 1, -7, -6]);
        assert_eq!(it.underlying, Primitive::Int32);
    });
    assert_eq!(values("<EnumType Name='e'/>"), (vec![], vec![]));
    // Two names for one value are legal.
    assert_eq!(
        values("<EnumType Name='e'><Member Name='a' Value='1'/><Member Name='b' Value='1'/></EnumType>").1,
        [""; 0]
    );
    let full = "<EnumType Name='e' UnderlyingType='Edm.Int64'><Member Name='a' Value='9223372036854775807'/><Member Name='b'/></EnumType>";
    assert_eq!(values(full), (vec![i64::MAX], vec!["resolve::member-value"]));
    let narrow =
        "<EnumType Name='e' UnderlyingType='Edm.SByte'><Member Name='a' Value='127'/><Member Name='b'/></EnumType>";
    assert_eq!(values(narrow), (vec![127], vec!["resolve::member-value"]));
    let wide = "<EnumType Name='e'><Member Name='a' Value='2147483648'/></EnumType>";
    assert_eq!(values(wide), (vec![], vec!["resolve::member-value"]));
}

#[test]
fn t14_operations_keep_their_overloads() {
    library(|model| {
        let similar: Vec<_> = model.operations().filter(|(_, it)| it.name == "similar").collect();
        assert_eq!(similar.len(), 2);
        assert!(similar.iter().all(|(_, it)| it.is_bound && it.kind == OperationKind::Function));
        let desk = &model.containers()[0];
        let opening = desk.members.iter().find(|it| it.name == "opening").expect("declared");
        let ContainerMemberKind::Import { operations, .. } = &opening.kind else { panic!("an import was written") };
        assert_eq!(model.operation(operations[0]).name, "opening");
    });
}

#[test]
fn annotations_find_their_targets() {
    library(|model| {
        let book = model.find_type("self.book").expect("declared");
        let price = property(model, "self.book", "price");
        let bound: Vec<_> = price.annotations.iter().map(|it| (&*it.term, it.qualifier)).collect();
        assert_eq!(bound, [("example.lending.rule", Some("Phone")), (DESCRIPTION, Some("Desk"))]);
        assert_eq!(model.ty(book).annotations.iter().count(), 0);

        let title = property(model, "self.item", "title");
        assert_eq!(said(&title.annotations, DESCRIPTION).as_deref(), Some("What is printed on the cover & spine"));
        assert!(title.annotations.is_set("Org.OData.Core.V1.Immutable"));

        let TypeKind::Enum(state) = &model.ty(model.find_type("self.state").expect("declared")).kind else {
            panic!("an enumeration was written")
        };
        assert_eq!(said(&state.members[2].annotations, DESCRIPTION).as_deref(), Some("gone"));

        let similar: Vec<_> = model.operations().map(|(_, it)| it).filter(|it| it.name == "similar").collect();
        for overload in &similar {
            assert_eq!(said(&overload.annotations, DESCRIPTION).as_deref(), Some("every overload"));
        }
        let rules: Vec<_> = similar.iter().map(|it| said(&it.annotations, "example.lending.rule")).collect();
        assert_eq!(rules, [None, Some("this overload".to_owned())]);
        let returned = similar[0].return_type.as_ref().expect("declared");
        assert_eq!(said(&returned.annotations, "example.lending.rule").as_deref(), Some("best first"));

        let (_, renew) = model.operations().find(|(_, it)| it.name == "renew").expect("declared");
        assert_eq!(said(&renew.parameters[1].annotations, DESCRIPTION).as_deref(), Some("at most 28"));
        let returned = renew.return_type.as_ref().expect("declared");
        assert_eq!(said(&returned.annotations, DESCRIPTION).as_deref(), Some("the longer loan"));

        let desk = &model.containers()[0];
        assert_eq!(said(&desk.members[0].annotations, DESCRIPTION).as_deref(), Some("all we have"));
        assert!(desk.annotations.is_set("example.lending.rule"));
        assert_eq!(said(&desk.annotations, DESCRIPTION).as_deref(), Some("The \"front\" desk"));
        let (_, schema) = model.schemas().next().expect("declared");
        assert_eq!(said(&schema.annotations, DESCRIPTION).as_deref(), Some("Two lines\nand a tab\t."));
    });
}

#[test]
fn one_namespace_may_be_written_in_many_places() {
    let first = schema("<ComplexType Name='a'><Property Name='b' Type='self.b'/></ComplexType>");
    let second = schema("<ComplexType Name='b'/>").replace("Alias=\"self\"", "Alias=\"other\"");
    with(&[&first, &second], &[], |model, diagnostics| {
        assert_eq!(diagnostics, []);
        assert_eq!(model.schemas().count(), 1);
        assert_eq!(model.find_type("other.a"), model.find_type("self.a"));
    });
    // T-7: the same type in two of them is an error with both places.
    with(&[&first, &first], &[], |model, diagnostics| {
        // What the second refers to is looked at as well.
        assert_eq!(codes(&diagnostics), ["resolve::duplicate", "resolve::unknown-type", "resolve::unknown-type"]);
        assert_eq!(diagnostics[0].related.len(), 1);
        assert_eq!(model.types().count(), 1);
    });
}

#[test]
fn t8_an_alias_counts_in_its_own_document_only() {
    let first = schema("<ComplexType Name='a'/>").replace("Alias=\"self\"", "Alias=\"mine\"");
    let second = schema("<ComplexType Name='b' BaseType='mine.a'/>").replace("\"n\"", "\"m\"");
    let included = second.replacen(
        "<edmx:DataServices>",
        "<edmx:Reference Uri='first'><edmx:Include Namespace='n' Alias='mine'/></edmx:Reference><edmx:DataServices>",
        1,
    );
    with(&[&first, &second], &[], |_, diagnostics| assert_eq!(codes(&diagnostics), ["resolve::unknown-type"]));
    with(&[&first, &included], &[], |_, diagnostics| assert_eq!(diagnostics, []));
}

#[test]
fn t8_faults_are_reported_together_with_the_nearest_name() {
    let text = schema(
        "<ComplexType Name='session'/>
         <ComplexType Name='call' BaseType='self.cal'><Property Name='s' Type='Collection(self.sesion)'/></ComplexType>",
    );
    with(&[&text], &[], |_, diagnostics| {
        let told: Vec<(&str, Option<&str>)> =
            diagnostics.iter().map(|it| (it.message.as_str(), it.help.as_deref())).collect();
        assert_eq!(
            told,
            [
                (
                    "`call` refers to type `self.cal`, which is not declared",
                    Some("a type with a similar name exists: `n.call`")
                ),
                (
                    "`call/s` refers to type `self.sesion`, which is not declared",
                    Some("a type with a similar name exists: `n.session`")
                ),
            ]
        );
    });
}

#[test]
fn t9_circles_of_base_types_are_cut() {
    for count in [1, 2, 3] {
        let types: String =
            (0..count).map(|n| format!("<ComplexType Name='t{n}' BaseType='n.t{}'/>", (n + 1) % count)).collect();
        let text = schema(&format!("{types}<ComplexType Name='u' BaseType='n.t0'/>"));
        with(&[&text], &[], |model, diagnostics| {
            assert_eq!(codes(&diagnostics), ["resolve::base-cycle"]);
            assert_eq!(diagnostics[0].related.len(), count - 1);
            for (id, _) in model.types() {
                assert!(model.ancestry(id).count() <= count + 1);
            }
        });
    }
}

#[test]
fn t6_a_line_of_bases_of_any_length_resolves() {
    let types: String = (0..20_000).map(|n| format!("<ComplexType Name='t{n}' BaseType='n.t{}'/>", n + 1)).collect();
    let text = schema(&format!("{types}<ComplexType Name='t20000' OpenType='true'/>"));
    with(&[&text], &[], |model, diagnostics| {
        assert_eq!(diagnostics, []);
        let first = model.find_type("n.t0").expect("declared");
        assert!(model.structured(first).expect("structured").is_open);
    });
}

#[test]
fn t6_a_flood_of_unknown_names_ends() {
    let properties: String = (0..30_000).map(|n| format!("<Property Name='p{n}' Type='n.unknown{n}'/>")).collect();
    let text = schema(&format!("<ComplexType Name='unknown'>{properties}</ComplexType>"));
    with(&[&text], &[], |_, diagnostics| assert_eq!(diagnostics.len(), 10_000));
}

fn overlay(sources: &mut Sources, ty: &str, name: &str, of: &str) -> Overlay {
    let id = sources.add("codegen.toml", format!("{ty} {name} {of}"));
    let span = odata_codegen::source::Span::new(id, 0..ty.len());
    Overlay {
        type_name: ty.to_owned(),
        type_span: span,
        property: name.to_owned(),
        property_span: span,
        ty: of.to_owned(),
        ty_span: span,
        unknown: Severity::Error,
    }
}

#[test]
fn overlays_add_what_the_metadata_leaves_out() {
    let mut sources = Sources::default();
    let mut laid = |ty: &str, name: &str, of: &str| {
        let overlays = [overlay(&mut sources, ty, name, of)];
        with(&[LIBRARY], &overlays, |model, diagnostics| {
            let found = model.find_type(ty).map(|id| model.all_properties(id)).unwrap_or_default();
            let added = found.iter().any(|(_, it)| it.name == name && matches!(it.kind, PropertyKind::Overlay));
            (added, diagnostics.first().map(|it| (it.code, it.help.clone().unwrap_or_default())))
        })
    };
    assert_eq!(laid("self.person", "card", "Collection(self.genre)"), (true, None));
    // A derived type that declares the name wins: `authorId` is the book's own.
    assert_eq!(laid("example.lending.item", "authorId", "Edm.String"), (true, None));
    let remove = "remove it from the configuration".to_owned();
    assert_eq!(laid("self.person", "name", "Edm.String"), (false, Some(("resolve::stale-overlay", remove.clone()))));
    assert_eq!(laid("self.book", "title", "Edm.String"), (false, Some(("resolve::stale-overlay", remove))));
    let similar = |name: &str| Some(("resolve::unknown-type", format!("a type with a similar name exists: `{name}`")));
    assert_eq!(laid("self.persn", "card", "Edm.String"), (false, similar("example.lending.person")));
    assert_eq!(laid("self.person", "card", "Edm.Strin"), (false, similar("Edm.String")));
    assert_eq!(laid("self.genre", "card", "Edm.String").1.map(|it| it.0), Some("resolve::overlay"));
}

#[test]
fn overlays_are_doubts_for_a_document_that_they_were_not_written_for() {
    let severity = |unknown: Severity, ty: &str, of: &str| {
        let mut sources = Sources::default();
        let overlays = [Overlay { unknown, ..overlay(&mut sources, ty, "card", of) }];
        with(&[LIBRARY], &overlays, |_, diagnostics| {
            diagnostics.iter().map(|it| (it.code, it.severity)).collect::<Vec<_>>()
        })
    };
    for unknown in [Severity::Error, Severity::Warning] {
        assert_eq!(severity(unknown, "self.annex", "Edm.String"), [("resolve::unknown-type", unknown)]);
        assert_eq!(severity(unknown, "self.person", "self.annex"), [("resolve::unknown-type", unknown)]);
    }
}

#[test]
fn containers_have_the_members_of_those_that_they_extend() {
    let entity = "<EntityType Name='e'><Key><PropertyRef Name='id'/></Key><Property Name='id' Type='Edm.Guid' Nullable='false'/></EntityType>";
    let members = |model: &Model<'_>, name: &str| {
        let container = model.containers().iter().find(|it| it.name == name).expect("declared");
        container.members.iter().map(|it| it.name.to_owned()).collect::<Vec<_>>()
    };
    // The base stands in another Schema element, after it, or in another document.
    let last =
        "<EntityContainer Name='last' Extends='m.middle'><EntitySet Name='c' EntityType='self.e'/></EntityContainer>";
    let middle = "<EntityContainer Name='middle' Extends='n.first'><EntitySet Name='b' EntityType='n.e'>
        <NavigationPropertyBinding Path='n.e/unsaid' Target='a'/></EntitySet></EntityContainer>";
    let first = "<EntityContainer Name='first'><EntitySet Name='a' EntityType='n.e'/><Singleton Name='z' Type='n.e'/></EntityContainer>";
    let one = schema(&format!("{last}{entity}{first}"));
    let other = schema(middle).replace("\"n\" Alias=\"self\"", "\"m\"");
    for texts in [[one.as_str(), other.as_str()], [other.as_str(), one.as_str()]] {
        with(&texts, &[], |model, diagnostics| {
            assert_eq!(codes(&diagnostics), ["resolve::binding"]);
            assert_eq!(members(model, "first"), ["a", "z"]);
            assert_eq!(members(model, "middle"), ["a", "z", "b"]);
            assert_eq!(members(model, "last"), ["a", "z", "b", "c"]);
            let last = model.containers().iter().find(|it| it.name == "last").expect("declared");
            assert_eq!(last.extends.map(|at| model.containers()[at].name), Some("middle"));
        });
    }
}

/// Each container extends the one before.
fn line_of_containers(length: usize) -> String {
    let container = |at: usize| {
        let extends = at.checked_sub(1).map_or(String::new(), |base| format!(" Extends='n.c{base}'"));
        format!("<EntityContainer Name='c{at}'{extends}/>")
    };
    schema(&(0..length).map(container).collect::<String>())
}

#[test]
fn a_line_of_containers_ends_somewhere() {
    with(&[&line_of_containers(101)], &[], |_, diagnostics| assert_eq!(diagnostics, []));
    with(&[&line_of_containers(5_000)], &[], |_, diagnostics| {
        assert!(!diagnostics.is_empty());
        assert!(codes(&diagnostics).iter().all(|it| *it == "resolve::extends"));
    });
}

#[test]
fn a_type_with_very_many_properties_finds_each_of_them() {
    let count = 3_000;
    let properties: String =
        (0..count).map(|at| format!("<NavigationProperty Name='p{at}' Type='n.e' Partner='p{at}'/>")).collect();
    let targets: String = (0..count)
        .map(|at| format!("<Annotations Target='n.e/p{at}'><Annotation Term='n.t'/></Annotations>"))
        .collect();
    let text = schema(&format!("<EntityType Name='e'>{properties}</EntityType>{targets}"));
    with(&[&text], &[], |model, diagnostics| {
        assert_eq!(diagnostics, []);
        assert!(!property(model, "n.e", "p2999").annotations.is_empty());
    });
}

const ROOMS: &str = "
    <Term Name='note' Type='Edm.String'/>
    <EntityType Name='space' OpenType='true'><Property Name='size' Type='self.area'/>
        <NavigationProperty Name='keeper' Type='self.person'/></EntityType>
    <EntityType Name='room' BaseType='self.space'/>
    <EntityType Name='person'><Property Name='address' Type='self.address'/></EntityType>
    <ComplexType Name='address'><Property Name='street' Type='Edm.String'/></ComplexType>
    <ComplexType Name='far' BaseType='self.address'><Property Name='country' Type='Edm.String'/></ComplexType>
    <TypeDefinition Name='area' UnderlyingType='Edm.Decimal'/>
    <EnumType Name='mood'><Member Name='calm'/></EnumType>
    <Action Name='open' IsBound='true'><Parameter Name='room' Type='self.room'/><Parameter Name='by' Type='self.person'/>
        <ReturnType Type='self.person'/></Action>
    <Action Name='open' IsBound='true'><Parameter Name='room' Type='self.person'/></Action>
    <EntityContainer Name='house'><Singleton Name='rooms' Type='self.room'/></EntityContainer>";

#[test]
fn every_form_of_target_is_found_and_nothing_said_is_lost() {
    use odata_codegen::model::Element;
    let targets = [
        "n",
        "self.area",
        "self.area/@self.note",
        "self.note",
        "self.note/@self.note#q",
        "self.mood",
        "self.mood/calm",
        "self.mood/calm/@self.note",
        "self.room",
        "self.room/@self.note",
        "self.room/size",
        "self.space/size",
        "self.space/size/@self.note",
        "self.room/keeper/address",
        "self.room/keeper/address/street",
        "self.room/keeper/address/self.far/country",
        "self.house",
        "self.house/rooms",
        "self.house/rooms/size",
        "self.house/rooms/keeper/address/self.far/country",
        "self.house/rooms/n.room/size",
        "self.house/rooms/@self.note",
        "self.open(self.room)",
        "self.open(self.room,self.person)/by",
        "self.open(self.person)/room",
        "self.open/room",
        "self.open(self.room)/$ReturnType",
        "self.open(self.room)/$ReturnType/address",
        "self.open(self.room)/by/address/street",
        "self.open(self.room)/@self.note",
    ];
    let external: String = targets
        .iter()
        .enumerate()
        .map(|(at, target)| format!("<Annotations Target='{target}' Qualifier='q{at}'><Annotation Term='self.note' String='{target}'/></Annotations>"))
        .collect();
    with(&[&schema(&format!("{ROOMS}{external}"))], &[], |model, diagnostics| {
        assert_eq!(diagnostics, []);
        let mut kept: Vec<&Annotations<'_>> = model.deeper().iter().map(|it| &it.annotations).collect();
        kept.extend(model.schemas().map(|(_, it)| &it.annotations));
        kept.extend(model.terms().map(|(_, it)| &it.annotations));
        for (_, ty) in model.types() {
            kept.push(&ty.annotations);
            match &ty.kind {
                TypeKind::Structured(it) => kept.extend(it.properties.iter().map(|it| &it.annotations)),
                TypeKind::Enum(it) => kept.extend(it.members.iter().map(|it| &it.annotations)),
                TypeKind::Definition(_) => {}
            }
        }
        for (_, it) in model.operations() {
            kept.push(&it.annotations);
            kept.extend(it.parameters.iter().map(|it| &it.annotations));
            kept.extend(it.return_type.as_ref().map(|it| &it.annotations));
        }
        for it in model.containers() {
            kept.push(&it.annotations);
            kept.extend(it.members.iter().map(|it| &it.annotations));
        }
        let mut places = std::collections::BTreeMap::new();
        for bound in kept.iter().flat_map(|it| it.iter()) {
            *places.entry(bound.qualifier.expect("all have one")).or_insert(0) += 1;
        }
        for (at, target) in targets.iter().enumerate() {
            let both = if *target == "self.open/room" { 2 } else { 1 };
            assert_eq!(places.get(format!("q{at}").as_str()), Some(&both), "{target}");
        }
        let [room, space] = ["n.room", "n.space"].map(|name| Element::Type(model.find_type(name).expect("declared")));
        // Said of the inherited property in the derived type, not in the base.
        assert_eq!(model.said_of(room, "size").count(), 1);
        assert_eq!(model.said_of(space, "size").count(), 0);
        assert_eq!(property(model, "n.space", "size").annotations.iter().count(), 1);
        assert_eq!(model.said_of(Element::Container(0), "rooms/keeper/address/self.far/country").count(), 1);
    });
}

#[test]
fn a_term_is_known_where_its_document_is_given() {
    let vocabulary = schema("<Term Name='size' Type='Edm.Int32'/>");
    let text = schema("<ComplexType Name='c'><Annotation Term='n.size' String='big'/></ComplexType>")
        .replace("\"n\" Alias=\"self\"", "\"m\"");
    with(&[&text], &[], |_, diagnostics| assert_eq!(diagnostics, []));
    with(&[&text, &vocabulary], &[], |model, diagnostics| {
        assert_eq!(codes(&diagnostics), ["resolve::annotation-value"]);
        assert!(!has_error(&diagnostics));
        let term = model.term(model.find_term("n.size").expect("declared"));
        assert_eq!(term.ty.map(|it| it.item), Some(ItemType::Primitive(Primitive::Int32)));
    });
}

/// How many of each there are: entity types, complex types, structural and navigation properties, enumerations, members,
/// operations, parameters and return types, sets and singletons.
fn census(model: &Model<'_>) -> [usize; 9] {
    let mut counts = [0; 9];
    for (_, ty) in model.types() {
        match &ty.kind {
            TypeKind::Structured(it) => {
                counts[usize::from(!it.is_entity)] += 1;
                for property in &it.properties {
                    counts[if matches!(property.kind, PropertyKind::Navigation { .. }) { 3 } else { 2 }] += 1;
                }
            }
            TypeKind::Enum(it) => {
                counts[4] += 1;
                counts[5] += it.members.len();
            }
            TypeKind::Definition(_) => {}
        }
    }
    for (_, it) in model.operations() {
        counts[6] += 1;
        counts[7] += it.parameters.len() + usize::from(it.return_type.is_some());
    }
    counts[8] = model.containers().iter().map(|it| it.members.len()).sum();
    counts
}

#[test]
fn t20_all_of_graph_reads_and_resolves() {
    let Some(corpus) = support::corpus() else { return };
    // What is wrong with each of them: a term for a type that is misspelt, paths of bindings that lead nowhere, terms said
    // twice of one element, annotations of what is gone.
    let prod = [("applies-to", 1), ("binding", 1), ("duplicate-annotation", 5)];
    let annotated = [("applies-to", 1), ("binding", 1), ("duplicate-annotation", 11), ("unknown-target", 6)];
    let counts = [
        ("v1.0-Prod.csdl", Some([1182, 1779, 10525, 1432, 861, 6347, 1183, 3921, 72]), prod.as_slice()),
        ("v1.0-annotated.xml", Some([1182, 1780, 10528, 1432, 861, 6347, 1181, 3910, 70]), &annotated),
        ("v1.0-Fairfax.csdl", None, &[]),
        ("v1.0-Mooncake.csdl", None, &[]),
    ];
    for (name, expected, warnings) in counts {
        let bytes = std::fs::read(corpus.join("metadata").join(name)).expect("the corpus has it");
        let text = csdl::decode(&bytes).expect("UTF-8");
        let mut diagnostics = Vec::new();
        let documents = [csdl::read(any_source(), text, &Limits::default(), &mut diagnostics)];
        assert_eq!(diagnostics, [], "{name} reads");
        let model = resolve(&documents, &[], &mut diagnostics);
        assert!(!has_error(&diagnostics), "{name}: {diagnostics:?}");
        let mut found = std::collections::BTreeMap::new();
        for code in codes(&diagnostics) {
            *found.entry(code.trim_start_matches("resolve::")).or_insert(0) += 1;
        }
        assert_eq!(found.into_iter().collect::<Vec<_>>(), warnings, "{name}");
        if let Some(expected) = expected {
            assert_eq!(census(&model), expected, "{name}");
        }

        // What is written of it means the same.
        let written = csdl::write(&documents[0]);
        let again = [csdl::read(any_source(), &written, &Limits::default(), &mut Vec::new())];
        assert_eq!(census(&resolve(&again, &[], &mut Vec::new())), census(&model), "{name}");
        assert_eq!(csdl::write(&again[0]), written, "{name}");
    }
}
