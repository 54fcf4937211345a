//! Names that Rust, the runtime or a file system takes for something else: generated, compared, compiled, and used.
//!
//! `UPDATE_EXPECT=1 cargo test --test goldens_names` writes them anew.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic, clippy::indexing_slicing)]

mod support;

use odata_codegen::compile::compile;
use odata_codegen::input::{InputOptions, read};
use odata_codegen::{lock, output};
use odata_runtime::{from_str, to_string};

// The layout is the generator's, and so is the choice of lints.
#[rustfmt::skip]
#[allow(clippy::pedantic, clippy::enum_variant_names, clippy::module_inception, unreachable_pub, dead_code, unused_imports, unused_qualifications)]
#[path = "goldens/names/src/mod.rs"]
mod names;

use names::sample_names::{Alike, Members, Odd, Self_};

#[test]
fn names_are_as_they_were() {
    let folder = support::here("tests/goldens/names");
    let folder = camino::Utf8PathBuf::try_from(folder).expect("UTF-8");
    let mut diagnostics = Vec::new();
    let input = read(&InputOptions::new(folder.join("codegen.toml")), &mut diagnostics);
    let compiled = compile(&input, &mut diagnostics);
    assert!(!diagnostics.iter().any(odata_codegen::diagnostic::Diagnostic::is_error), "{diagnostics:?}");
    let path = input.lock_file.clone().expect("the configuration's own");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        output::write(&input.output, &compiled.files).expect("written");
        std::fs::write(&path, &compiled.lock).expect("written");
    }
    let differences = output::check(&input.output, &compiled.files).expect("compared");
    let found = std::fs::read_to_string(&path).ok();
    let lock = lock::difference(&path, found.as_deref(), &compiled.lock);
    let shown: String = differences.into_iter().chain(lock).map(|it| it.diff).collect();
    assert!(shown.is_empty(), "{shown}\nif this is meant, run `UPDATE_EXPECT=1 cargo test --test goldens_names`");
}

/// With the lock or without, since nothing has changed since it was written.
#[test]
fn a_first_run_gives_the_same_names() {
    let folder = support::here("tests/goldens/names");
    let folder = camino::Utf8PathBuf::try_from(folder).expect("UTF-8");
    let mut diagnostics = Vec::new();
    let mut input = read(&InputOptions::new(folder.join("codegen.toml")), &mut diagnostics);
    let with = compile(&input, &mut diagnostics);
    assert!(input.lock.take().is_some(), "the lock is there");
    let without = compile(&input, &mut diagnostics);
    assert!(with.files == without.files && with.lock == without.lock);
}

#[test]
fn on_the_wire_they_are_what_they_were() {
    let text = r#"{"type":"a","self":"b","Self":"c","super":"d","crate":"e","async":"f","gen":"g","true":true}"#;
    let it: Self_ = from_str(text).expect("decoded");
    assert_eq!((it.r#type.as_deref(), it.r#gen.as_deref(), it.r#true), (Some("a"), Some("g"), Some(true)));
    assert_eq!(to_string(&it).expect("encoded"), text);

    let text = r#"{"2fa":true,"request-id":"a","_v2":"b","v2":"c","_":"d","__":"e","@at":"f","Café":"g","größe":"h","名前":"i"}"#;
    let it: Odd = from_str(text).expect("decoded");
    assert_eq!((it.café.as_deref(), it.名前.as_deref()), (Some("g"), Some("i")));
    // `@at` is control information on the wire, whatever the metadata declares.
    assert_eq!(to_string(&it).expect("encoded").len(), text.len());

    let text = r#"{"remoteControlSoftware":"a","remote_Control_Software":"b","RemoteControlSoftware":"c","remote_control_software_2":"d"}"#;
    let it: Alike = from_str(text).expect("decoded");
    assert_eq!(it.remote_control_software.as_deref(), Some("c"));
    assert_eq!(to_string(&it).expect("encoded"), text);
    for name in ["unlisted", "Unlisted", "iOS", "Self", "self", "err", "3d", "été", "toBeRenamed"] {
        let member: Members = from_str(&format!("\"{name}\"")).expect("decoded");
        assert!(!matches!(member, Members::Unlisted(_)) && member.as_str() == name, "{name}: {member:?}");
    }
    assert_eq!((Members::Ios.as_str(), Members::Async.as_str()), ("iOS", "toBeRenamed"));
}
