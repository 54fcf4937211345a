//! Files that the configuration names, and where the output goes: what is amiss is told where the configuration says so.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::Path;

use camino::Utf8PathBuf;
use odata_codegen::diagnostic::Diagnostic;
use odata_codegen::input::{self, InputOptions};

const DOCUMENT: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="rooms" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="room"/></Schema>
</edmx:DataServices></edmx:Edmx>"#;

/// A folder of its own for each test, anew for each run: `place/metadata` with `rooms.csdl`.
struct Place(Utf8PathBuf);

impl Place {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("places-{test}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("removed");
        }
        fs::create_dir_all(folder.join("metadata")).expect("folder");
        fs::write(folder.join("metadata/rooms.csdl"), DOCUMENT).expect("written");
        Self(Utf8PathBuf::try_from(folder).expect("UTF-8"))
    }

    /// `code places: message => help`, places from the project on.
    fn said(&self, config: &str, change: impl FnOnce(&mut InputOptions)) -> Vec<String> {
        fs::write(self.0.join("metadata/codegen.toml"), config).expect("written");
        let mut options = InputOptions::new(self.0.join("metadata/codegen.toml"));
        change(&mut options);
        let mut diagnostics = Vec::new();
        let input = input::read(&options, &mut diagnostics);
        input::check_output(&input, &mut diagnostics);
        let one = |it: &Diagnostic| {
            assert!(it.is_error(), "{it:?}");
            let places = it.primary.iter().chain(&it.related).map(|(span, _)| input.sources.place(*span));
            let help = it.help.as_deref().expect("a cure");
            let text = format!("{} {}: {} => {help}", it.code, places.collect::<Vec<_>>().join(", "), it.message);
            text.replace(&format!("{}/", self.0), "")
        };
        diagnostics.iter().map(one).collect()
    }
}

#[test]
fn a_file_that_is_not_there_is_told_where_it_is_named() {
    let place = Place::new("missing");
    let said = place.said("documents = [\n  \"rooms.csdl\",\n  \"room.csdl\",\n]\ndocs = \"doc.toml\"\n", |_| {});
    let [document, docs] = said.as_slice() else { panic!("{said:?}") };
    let cure = " => paths go from the folder of the configuration";
    let starts = "input::unreadable metadata/codegen.toml:3:3: cannot read the document `metadata/room.csdl`: ";
    assert!(document.starts_with(starts) && document.ends_with(cure), "{document}");
    let starts = "input::unreadable metadata/codegen.toml:5:8: cannot read the docs `metadata/doc.toml`: ";
    assert!(docs.starts_with(starts) && docs.ends_with(cure), "{docs}");
    // What is no text at all is told there too.
    fs::write(place.0.join("metadata/wide.csdl"), b"\xff\xfe<\0").expect("written");
    let said = place.said("documents = [\"wide.csdl\"]", |_| {});
    assert!(said.len() == 1 && said.concat().contains(" metadata/codegen.toml:1:14: "), "{said:?}");
}

#[test]
fn a_document_that_is_given_twice_is_told_with_both_places() {
    let place = Place::new("twice");
    assert_eq!(
        place.said("documents = [\"rooms.csdl\",\n\"../metadata/rooms.csdl\"]", |_| {}),
        ["input::repeated-document metadata/codegen.toml:2:1, metadata/codegen.toml:1:14: the document \
             `metadata/../metadata/rooms.csdl` is given twice, once as `metadata/rooms.csdl` => remove one of them"]
    );
    let document = place.0.join("metadata/rooms.csdl");
    assert_eq!(
        place.said("documents = [\"rooms.csdl\"]", |it| it.documents = vec![document.clone(), document]),
        ["input::repeated-document : the document `metadata/rooms.csdl` is given twice \
             => give `--document` once for each file"]
    );
}

#[test]
fn an_output_folder_has_a_name_and_holds_no_configuration() {
    let place = Place::new("folder");
    let with = |folder: &str| format!("documents = [\"rooms.csdl\"]\n[output]\nfolder = \"{folder}\"\n");
    let cure = " => name a folder that is the output's alone, such as `folder = \"generated\"`";
    for nameless in ["", ".", "..", "new/..", "../..", "src/.", "/"] {
        assert_eq!(
            place.said(&with(nameless), |_| {}),
            [format!(
                "config::output-folder metadata/codegen.toml:3:10: the output folder `{nameless}` has no name of its own{cure}"
            )]
        );
    }
    let around = place.0.file_name().expect("a name");
    for outer in ["../metadata", &format!("../../{around}"), "new/../../metadata", "../metadata/"] {
        assert_eq!(
            place.said(&with(outer), |_| {}),
            [format!(
                "config::output-folder metadata/codegen.toml:3:10: the output folder `{outer}` is the folder of the \
                 configuration, or one around it{cure}"
            )]
        );
    }
    for fine in ["src", "src/", "./src", "../generated/src", "../generated/../generated", "../metadata2"] {
        assert_eq!(place.said(&with(fine), |_| {}), [""; 0], "{fine}");
    }
    // Given to the command, it has no place.
    let cure = " => give a folder that is the output's alone, such as `--output generated`";
    let out = place.0.clone();
    let said = place.said(&with("src"), |it| it.output = Some(out));
    assert!(said.len() == 1 && said.concat().starts_with("config::output-folder : "), "{said:?}");
    assert!(said.concat().ends_with(cure), "{said:?}");
    let said = place.said(&with("src"), |it| it.output = Some("..".into()));
    assert_eq!(said, [format!("config::output-folder : the output folder `..` has no name of its own{cure}")]);
}

#[test]
fn a_readme_that_is_not_there_is_told_where_it_is_named() {
    let place = Place::new("readme");
    let config = "documents = [\"rooms.csdl\"]\n[output]\nfolder = \"../src\"\nreadme = \"../README.md\"\n";
    assert_eq!(
        place.said(config, |_| {}),
        [
            "config::no-readme metadata/codegen.toml:4:10: there is no file `metadata/../src/../README.md`, and the root file \
          takes it in => write the file, or remove the option; the path goes from the folder of the root file"
        ]
    );
    // Elsewhere it need not be.
    let elsewhere = place.0.join("elsewhere");
    assert_eq!(place.said(config, |it| it.output = Some(elsewhere)), [""; 0]);
    fs::write(place.0.join("README.md"), "Rooms.\n").expect("written");
    assert_eq!(place.said(config, |_| {}), [""; 0], "before the first run");
    fs::create_dir(place.0.join("src")).expect("folder");
    assert_eq!(place.said(config, |_| {}), [""; 0]);
}
