//! Small inputs and what is generated from them: compared, compiled, and used.
//!
//! `UPDATE_EXPECT=1 cargo test --test goldens` writes them anew.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use odata_codegen::compile::compile;
use odata_codegen::input::{InputOptions, read};
use odata_codegen::output;
use odata_codegen::report::{Style, render};
use odata_runtime::{Decimal, Extra, Flags, Value, from_str, to_string};

// The layout is the generator's, and so is the choice of lints.
#[rustfmt::skip]
#[allow(clippy::pedantic, unreachable_pub, dead_code, unused_imports, unused_qualifications)]
#[path = "goldens/shapes/src/mod.rs"]
mod shapes;

/// One folder a construct, compiled as it is.
#[path = "goldens/constructs.rs"]
mod constructs;

use shapes::sample_shapes::{
    Access, Drawing, Empty, Node, Option_, Primitives, RoundedSquare, Shape, Square, Thing, Tricky,
};

/// Generates a folder's input anew and compares; what is said of it, and what differs.
fn golden(name: &str) -> String {
    let folder = support::here("tests/goldens").join(name);
    let folder = camino::Utf8PathBuf::try_from(folder).expect("UTF-8");
    let mut diagnostics = Vec::new();
    let input = read(&InputOptions::new(folder.join("codegen.toml")), &mut diagnostics);
    let compiled = compile(&input, &mut diagnostics);
    if !diagnostics.is_empty() {
        return format!("{name}:\n{}", render(&diagnostics, &input.sources, Style::default()));
    }
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        output::write(&input.output, &compiled.files).expect("written");
    }
    output::check(&input.output, &compiled.files).expect("compared").into_iter().map(|it| it.diff).collect()
}

#[test]
fn shapes_are_as_they_were() {
    let shown = golden("shapes");
    assert!(shown.is_empty(), "{shown}\n{IF_MEANT}");
}

const IF_MEANT: &str = "if this is meant, run `UPDATE_EXPECT=1 cargo test --test goldens`";

/// Golden folders that another test takes.
const ELSEWHERE: [&str; 3] = ["features", "names", "shapes"];

#[test]
fn constructs_are_as_they_were() {
    let compiled = support::read("tests/goldens/constructs.rs");
    let entries = std::fs::read_dir(support::here("tests/goldens")).expect("folder");
    let mut names: Vec<String> = (entries.map(|it| it.expect("entry").path()).filter(|it| it.is_dir()))
        .map(|it| it.file_name().expect("name").to_string_lossy().into_owned())
        .filter(|it| !ELSEWHERE.contains(&it.as_str()))
        .collect();
    names.sort();
    assert!(names.len() >= 40, "only {names:?}");
    let mut shown = String::new();
    for name in &names {
        assert!(compiled.contains(&format!("#[path = \"{name}/src/mod.rs\"]")), "{name} is not in constructs.rs");
        shown += &golden(name);
    }
    assert!(shown.is_empty(), "{shown}\n{IF_MEANT}");
}

fn both_ways<T: Value + PartialEq + std::fmt::Debug>(text: &str) -> T {
    let value: T = from_str(text).expect("decoded");
    let written = to_string(&value).expect("encoded");
    assert_eq!(written, text);
    value
}

#[test]
fn flags_are_sets_that_keep_unknown_names() {
    let it: Primitives = both_ways(r#"{"access":"read,admin","accesses":["write","none"]}"#);
    let access: &Flags<Access> = it.access.as_ref().expect("access");
    assert!(access.contains(&Access::Read) && !access.contains(&Access::Write));
    assert_eq!(access.iter().map(Access::as_str).collect::<Vec<_>>(), ["read", "admin"]);
}

#[test]
fn names_that_rust_takes_for_something_else_stay_what_they_are_on_the_wire() {
    let text = r#"{"type":"remote_Control","self":"a","async":"b","request-id":"c","_v2":"d","Café":"e","2fa":true,"extra":"f","other":{"option":{"self":"g"}},"unknown":1}"#;
    let it: Option_ = both_ways(text);
    assert_eq!(it.r#type, Some(Tricky::RemoteControl2));
    assert_eq!(it.café.as_deref(), Some("e"));
    assert_eq!((it._2fa, it.extra_.as_deref(), it.extra.len()), (Some(true), Some("f"), 1));
    let inner = it.other.and_then(|it| it.option).expect("inner");
    assert_eq!(inner.self_.as_deref(), Some("g"));
    assert_eq!("anything".parse::<Empty>().map(|it| it.as_str().to_owned()), Ok("anything".to_owned()));
}

#[test]
fn types_that_hold_themselves_are_boxed() {
    let it: Node = both_ways(r#"{"next":{"next":{}},"children":[{},{"children":[]}],"there":{"back":{}}}"#);
    assert_eq!(it.children.map(|it| it.len()), Some(2));
}

#[test]
fn a_closed_base_takes_what_is_stated_or_what_alone_fits() {
    let stated: Shape = both_ways(r##"{"@odata.type":"#Sample.Shapes.roundedSquare","side":2.0,"corner":0.5}"##);
    let Shape::RoundedSquare(it) = &stated else { panic!("{stated:?}") };
    assert_eq!((it.side, it.corner), (Some(2.0), Some(0.5)));
    // By alias, in another place, in the wrong case: the same type, and its own spelling back.
    let alias: Shape = from_str(r##"{"radius":1.0,"@odata.type":"#SELF.CircleShape"}"##).expect("decoded");
    assert!(matches!(&alias, Shape::Circle(it) if it.radius == Some(1.0)), "{alias:?}");
    // Only a circle has a radius; a side may be that of either square; null decides nothing.
    assert!(matches!(both_ways::<Shape>(r#"{"radius":1.0}"#), Shape::Circle(_)));
    assert!(matches!(from_str::<Shape>(r#"{"side":1.0}"#), Ok(Shape::Other(_))));
    assert!(matches!(from_str::<Shape>(r#"{"radius":null}"#), Ok(Shape::Other(_))));
    assert_eq!(both_ways::<Shape>(r#"{"label":"x"}"#).label().map(String::as_str), Some("x"));
    // What the app builds is stated.
    let built = RoundedSquare { corner: Some(1.0), ..RoundedSquare::default() };
    let written = to_string(&Shape::from(built)).expect("encoded");
    assert_eq!(written, r##"{"@odata.type":"#Sample.Shapes.roundedSquare","corner":1.0}"##);
    // A derived type of a variant can be had from it too.
    let square: Square =
        from_str(r##"{"@odata.type":"#Sample.Shapes.roundedSquare","side":2.0,"corner":0.5}"##).expect("decoded");
    let rounded = square.downcast::<RoundedSquare>().expect("sound").expect("stated");
    assert_eq!(rounded.corner, Some(0.5));
}

#[test]
fn a_base_downcasts_without_loss() {
    let text =
        r##"{"@odata.type":"#Sample.Shapes.drawing","id":"1","shapes":[{"radius":1.0}],"tags":["a"],"more":[1,2]}"##;
    let thing: Thing = both_ways(text);
    assert!(thing.is::<Drawing>());
    let drawing = thing.downcast::<Drawing>().expect("sound").expect("stated");
    assert_eq!(drawing.tags.as_deref(), Some(&["a".to_owned()][..]));
    assert_eq!(to_string(&drawing).expect("encoded"), text);
    let faulty: Thing =
        from_str(r##"{"@odata.type":"#Sample.Shapes.drawing","shapes":[{"radius":"x"}]}"##).expect("decoded");
    let fault = faulty.downcast::<Drawing>().expect_err("a radius is a number");
    assert!(fault.to_string().contains("$.shapes[0].radius"), "{fault}");
}

#[test]
fn secrets_are_not_shown() {
    let drawing: Drawing = from_str(r#"{"password":"hunter2","undeclared":"private"}"#).expect("decoded");
    let shown = format!("{drawing:?}");
    assert!(shown.contains("***") && shown.contains("undeclared"), "{shown}");
    assert!(!shown.contains("hunter2") && !shown.contains("private"), "{shown}");
}

#[test]
fn every_primitive_survives() {
    let text = concat!(
        r#"{"binary":"AAEC/w==","boolean":false,"byte":255,"date":"2026-03-04","dateTimeOffset":"2026-03-04T05:06:07.1234567Z","#,
        r#""decimal":1234567890123456789012345.678,"double":"NaN","duration":"PT1.5S","guid":"0a1b2c3d-1111-4222-8333-444455556666","#,
        r#""int16":-32768,"int32":2147483647,"int64":9223372036854775807,"point":{"type":"Point","coordinates":[1.50,2]},"#,
        r#""sbyte":-128,"single":0.1,"string":"\u0000\"é","timeOfDay":"07:08:09.5","untyped":[1.10,null],"weights":[1.20]}"#
    );
    let value: Primitives = from_str(text).expect("decoded");
    assert!(value.double.is_some_and(f64::is_nan));
    assert_eq!(value.weights, Some(vec![Decimal::new(120, 2)]));
    let written = to_string(&value).expect("encoded");
    let again: Primitives = from_str(&written).expect("decoded again");
    assert_eq!(to_string(&again).expect("encoded again"), written);
    assert_eq!(size_of::<Extra>(), size_of::<usize>());
}
