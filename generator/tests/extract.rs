//! `extract`: the slice of one document, with the documents that it refers to at hand.
#![cfg(feature = "cli")]
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic)]

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// The document that slices are made of: loans of books, over types and terms of another document.
const LENDING: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx">
<edmx:Reference Uri="https://example.org/common.csdl">
  <edmx:Include Namespace="example.common" Alias="c" />
  <Annotation xmlns="http://docs.oasis-open.org/odata/ns/edm" Term="c.Rank" Int="1" />
</edmx:Reference>
<edmx:Reference Uri="https://example.org/core.csdl"><edmx:Include Namespace="Org.OData.Core.V1" Alias="Core" /></edmx:Reference>
<edmx:DataServices>
<Schema Namespace="example.lending" Alias="self" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="loan" BaseType="c.thing">
    <Property Name="days" Type="Edm.Int32"><Annotation Term="self.Origin"><Record Type="self.detail">
      <PropertyValue Property="by" String="clerk"><Annotation Term="c.Rank" Int="2" /></PropertyValue>
      <Annotation Term="Core.Description" String="prose" />
    </Record><Annotation Term="c.Rank" Int="3" /><Annotation Term="Core.Description" String="prose" /></Annotation></Property>
    <Property Name="bookId" Type="Edm.Guid" />
    <NavigationProperty Name="book" Type="self.book">
      <ReferentialConstraint Property="bookId" ReferencedProperty="id">
        <Annotation Term="c.Rank" Int="4" /><Annotation Term="Core.Description" String="prose" />
      </ReferentialConstraint>
      <OnDelete Action="SetNull"><Annotation Term="c.Rank" Int="5" /><Annotation Term="Core.Description" String="prose" /></OnDelete>
    </NavigationProperty>
  </EntityType>
  <EntityType Name="book" BaseType="c.thing" />
  <ComplexType Name="detail" BaseType="self.note" />
  <ComplexType Name="note"><Property Name="by" Type="Edm.String" /></ComplexType>
  <ComplexType Name="unused" />
  <Term Name="Origin" Type="self.note" BaseTerm="self.Basis" AppliesTo="Property"><Annotation Term="c.Rank" Int="6" /></Term>
  <Term Name="Basis" Type="self.note" />
  <Term Name="Unused" Type="self.unused" />
  <Function Name="overdue" IsBound="true">
    <Parameter Name="loan" Type="self.loan" ><Annotation Term="c.Rank" Int="7" /></Parameter>
    <ReturnType Type="Edm.Boolean"><Annotation Term="c.Rank" Int="8" /><Annotation Term="Core.Description" String="prose" /></ReturnType>
  </Function>
  <EntityContainer Name="service" Extends="c.basis">
    <EntitySet Name="loans" EntityType="self.loan">
      <NavigationPropertyBinding Path="book" Target="books" />
      <NavigationPropertyBinding Path="self.loan/book" Target="things" />
    </EntitySet>
    <EntitySet Name="books" EntityType="self.book" />
    <Annotation Term="c.Rank" Int="9" />
  </EntityContainer>
  <Annotations Target="self.service/loans/book"><Annotation Term="c.Rank" Int="10" /></Annotations>
  <Annotations Target="self.service/books/id"><Annotation Term="c.Rank" Int="11" /></Annotations>
  <Annotations Target="self.loan/id"><Annotation Term="c.Rank" Int="12" /></Annotations>
  <Annotations Target="c.thing/id"><Annotation Term="c.Rank" Int="13" /></Annotations>
  <Annotations Target="self.loan/days/@Core.Description"><Annotation Term="c.Rank" Int="14" /></Annotations>
  <Annotation Term="c.Rank" Int="15" />
</Schema></edmx:DataServices></edmx:Edmx>
"#;

const COMMON: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="example.common" xmlns="http://docs.oasis-open.org/odata/ns/edm">
  <EntityType Name="thing"><Key><PropertyRef Name="id" /></Key><Property Name="id" Type="Edm.Guid" Nullable="false" /></EntityType>
  <Term Name="Rank" Type="Edm.Int32"><Annotation Term="example.common.Rank" Int="20" /></Term>
  <EntityContainer Name="basis"><EntitySet Name="things" EntityType="example.common.thing" /></EntityContainer>
</Schema></edmx:DataServices></edmx:Edmx>
"#;

const CONFIG: &str = r#"documents = ["slice.csdl", "common.csdl"]
[select]
paths = ["/loans"]
types = ["example.lending.loan"]
[service]
root = "https://example.org/v1"
scope = "all"
"#;

/// A project of its own for each test, anew for each run.
struct Project(PathBuf);

impl Project {
    fn new(test: &str) -> Self {
        let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("extract-{test}"));
        if folder.exists() {
            fs::remove_dir_all(&folder).expect("removed");
        }
        fs::create_dir_all(folder.join("metadata")).expect("folder");
        let project = Self(folder);
        project.write("lending.csdl", LENDING);
        project.write("metadata/common.csdl", COMMON);
        project.write("metadata/codegen.toml", CONFIG);
        project
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.0.join(name), text).expect("written");
    }

    fn run(&self, arguments: &[&str]) -> Output {
        let mut command = Command::new(env!("CARGO_BIN_EXE_odata-codegen"));
        command.args(arguments).current_dir(&self.0).env("NO_COLOR", "1").output().expect("run")
    }

    /// Standard output and standard error of a run that ends as asked.
    fn ends(&self, code: i32, arguments: &[&str]) -> (String, String) {
        let output = self.run(arguments);
        let text = |bytes| String::from_utf8(bytes).expect("UTF-8");
        let (out, said) = (text(output.stdout), text(output.stderr));
        assert_eq!(output.status.code(), Some(code), "{arguments:?}: {said}");
        (out, said)
    }

    fn slice(&self, arguments: &[&str]) -> String {
        self.ends(0, &[&["extract", "--from", "lending.csdl"], arguments].concat()).0
    }
}

#[test]
fn the_slice_is_of_one_document_and_keeps_all_but_prose() {
    let project = Project::new("golden");
    expect_test::expect![[r#"
        <?xml version="1.0" encoding="utf-8"?>
        <edmx:Edmx xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx" Version="4.0">
          <edmx:Reference Uri="https://example.org/common.csdl">
            <edmx:Include Namespace="example.common" Alias="c" />
            <Annotation xmlns="http://docs.oasis-open.org/odata/ns/edm" Term="example.common.Rank" Int="1" />
          </edmx:Reference>
          <edmx:Reference Uri="https://example.org/core.csdl">
            <edmx:Include Namespace="Org.OData.Core.V1" Alias="Core" />
          </edmx:Reference>
          <edmx:DataServices>
            <Schema xmlns="http://docs.oasis-open.org/odata/ns/edm" Namespace="example.lending" Alias="self">
              <ComplexType Name="detail" BaseType="example.lending.note" />
              <ComplexType Name="note">
                <Property Name="by" Type="Edm.String" />
              </ComplexType>
              <EntityType Name="book" BaseType="example.common.thing" />
              <EntityType Name="loan" BaseType="example.common.thing">
                <Property Name="days" Type="Edm.Int32" />
                <Property Name="bookId" Type="Edm.Guid" />
                <NavigationProperty Name="book" Type="example.lending.book">
                  <ReferentialConstraint Property="bookId" ReferencedProperty="id">
                    <Annotation Term="example.common.Rank" Int="4" />
                  </ReferentialConstraint>
                  <OnDelete Action="SetNull">
                    <Annotation Term="example.common.Rank" Int="5" />
                  </OnDelete>
                </NavigationProperty>
              </EntityType>
              <Function Name="overdue" IsBound="true">
                <Parameter Name="loan" Type="example.lending.loan" />
                <ReturnType Type="Edm.Boolean">
                  <Annotation Term="example.common.Rank" Int="8" />
                </ReturnType>
              </Function>
              <Term Name="Basis" Type="example.lending.note" />
              <Term Name="Origin" Type="example.lending.note" BaseTerm="example.lending.Basis" AppliesTo="Property" />
              <EntityContainer Name="service" Extends="example.common.basis">
                <EntitySet Name="loans" EntityType="example.lending.loan">
                  <NavigationPropertyBinding Path="self.loan/book" Target="things" />
                </EntitySet>
              </EntityContainer>
              <Annotations Target="example.common.thing/id">
                <Annotation Term="example.common.Rank" Int="13" />
              </Annotations>
              <Annotations Target="example.lending.Origin">
                <Annotation Term="example.common.Rank" Int="6" />
              </Annotations>
              <Annotations Target="example.lending.loan/days">
                <Annotation Term="example.lending.Origin">
                  <Record Type="self.detail">
                    <PropertyValue Property="by" String="clerk">
                      <Annotation Term="example.common.Rank" Int="2" />
                    </PropertyValue>
                  </Record>
                  <Annotation Term="example.common.Rank" Int="3" />
                </Annotation>
              </Annotations>
              <Annotations Target="example.lending.loan/id">
                <Annotation Term="example.common.Rank" Int="12" />
              </Annotations>
              <Annotations Target="example.lending.overdue(example.lending.loan)/loan">
                <Annotation Term="example.common.Rank" Int="7" />
              </Annotations>
              <Annotations Target="example.lending.service">
                <Annotation Term="example.common.Rank" Int="9" />
              </Annotations>
              <Annotations Target="example.lending.service/loans/book">
                <Annotation Term="example.common.Rank" Int="10" />
              </Annotations>
              <Annotation Term="example.common.Rank" Int="15" />
            </Schema>
          </edmx:DataServices>
        </edmx:Edmx>
    "#]]
    .assert_eq(&project.slice(&[]));
}

#[test]
fn the_slice_is_a_fixed_point_and_generates_the_same() {
    let project = Project::new("fixed-point");
    let slice = project.slice(&[]);
    project.write("metadata/slice.csdl", &slice);
    let (again, said) = project.ends(0, &["extract", "--from", "metadata/slice.csdl"]);
    assert_eq!(again, slice);
    assert!(!said.contains("resolve::"), "the slice does not stand with the other document: {said}");
    let generate = |output: &str, documents: &[&str]| {
        project.ends(0, &[&["generate", "--output", output][..], documents].concat());
        let mut files: Vec<(PathBuf, String)> = Vec::new();
        let mut open = vec![project.0.join(output)];
        while let Some(folder) = open.pop() {
            for entry in fs::read_dir(&folder).expect("folder") {
                let path = entry.expect("entry").path();
                if path.is_dir() {
                    open.push(path);
                } else {
                    let name = path.strip_prefix(project.0.join(output)).expect("inside").to_owned();
                    files.push((name, fs::read_to_string(&path).expect("text")));
                }
            }
        }
        files.sort();
        files
    };
    let whole = generate("whole", &["--document", "lending.csdl", "--document", "metadata/common.csdl"]);
    assert!(whole.len() > 3, "little is generated: {whole:?}");
    assert_eq!(generate("sliced", &[]), whole);
}

#[test]
fn documents_of_the_command_line_are_in_place_of_the_configured_ones() {
    let project = Project::new("command-line");
    let expected = project.slice(&[]);
    fs::rename(project.0.join("metadata/common.csdl"), project.0.join("elsewhere.csdl")).expect("moved");
    assert_eq!(project.slice(&["--document", "elsewhere.csdl"]), expected);
    // The first of all is given again: it is read once.
    assert_eq!(project.slice(&["--document", "lending.csdl", "--document", "elsewhere.csdl"]), expected);
    let (out, said) = project.ends(1, &["extract", "--from", "lending.csdl"]);
    assert_eq!(out, "");
    assert!(said.contains("cannot read the document `metadata/common.csdl`"), "{said}");
}

#[test]
fn a_document_that_is_missing_is_named() {
    let project = Project::new("missing");
    project.write("metadata/codegen.toml", &CONFIG.replace(", \"common.csdl\"", ""));
    let (_, said) = project.ends(1, &["extract", "--from", "lending.csdl"]);
    assert!(said.contains("error[resolve::unknown-type]: `loan` refers to type `c.thing`"), "{said}");
    assert!(said.contains("give it with `--document`"), "{said}");
}

#[test]
fn a_document_that_was_read_is_not_replaced() {
    let project = Project::new("replace");
    let (_, said) = project.ends(1, &["extract", "--from", "lending.csdl", "--output", "metadata/common.csdl"]);
    assert!(said.contains("was read by this run and is not replaced"), "{said}");
    assert_eq!(fs::read_to_string(project.0.join("metadata/common.csdl")).expect("text"), COMMON);
}
