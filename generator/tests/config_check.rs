//! `config::check`: every slip in `codegen.toml` is told, with its place and a cure.
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::panic, clippy::unwrap_used)]

mod support;

use odata_codegen::diagnostic::Severity;
use support::slips;

const ZOO: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="zoo" Alias="z" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="animal"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
<Property Name="keeper" Type="Edm.String"><Annotation Term="Org.OData.Core.V1.Revisions"><Collection><Record>
<PropertyValue Property="Kind" EnumMember="Org.OData.Core.V1.RevisionKind/Deprecated"/>
</Record></Collection></Annotation></Property>
<Property Name="keptBy" Type="Edm.String"/>
<NavigationProperty Name="meals" Type="Collection(zoo.meal)" ContainsTarget="true"/></EntityType>
<EntityType Name="parrot" BaseType="zoo.animal"><Property Name="vocabulary" Type="Edm.Int32"/></EntityType>
<EntityType Name="meal"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
<Property Name="taste" Type="zoo.taste"/></EntityType>
<EnumType Name="taste"><Member Name="bitter"/><Member Name="eSpicy"/></EnumType>
<Function Name="seen" IsBound="true"><Parameter Name="animals" Type="Collection(zoo.animal)"/>
<Parameter Name="from" Type="Edm.DateTimeOffset"/><Parameter Name="to" Type="Edm.DateTimeOffset"/>
<Parameter Name="by" Type="Edm.String"/><ReturnType Type="Collection(zoo.meal)"/></Function>
<Function Name="weighed" IsBound="true"><Parameter Name="animals" Type="Collection(zoo.animal)"/>
<ReturnType Type="Edm.Int32"/></Function>
<EntityContainer Name="gate"><EntitySet Name="animals" EntityType="zoo.animal"/></EntityContainer>
</Schema>
<Schema Namespace="shop" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<ComplexType Name="Meal"/><ComplexType Name="till"/>
</Schema>
<Schema Namespace="attic" xmlns="http://docs.oasis-open.org/odata/ns/edm"><ComplexType Name="trunk"/></Schema>
</edmx:DataServices></edmx:Edmx>"#;

/// Goes before each configuration; slips begin on line 5.
const SELECT: &str = "documents = [\"zoo.csdl\"]\n[select]\nnamespaces = [\"zoo\", \"shop\"]\npaths = [\"/animals\"]\n";

fn said_of(text: &str, unknown: Severity) -> Vec<String> {
    slips("zoo.csdl", ZOO, text, unknown)
}

fn said(slips: &str) -> Vec<String> {
    said_of(&format!("{SELECT}{slips}"), Severity::Error)
}

#[test]
fn a_name_of_a_crate_is_a_name_in_rust() {
    let named = |name: &str| said(&format!("[output]\ncrate_name = {name:?}\n"));
    for (name, cure) in [
        ("zoo-client", "write `zoo_client`"),
        ("zoo client", "write `zoo_client`"),
        ("zoo::client", "write `zoo_client`"),
        ("r#zoo", "write `r_zoo`"),
        ("zoo; fn f() {}", "write `zoo_fn_f`"),
        ("crate", "write letters, digits and `_`, a letter first, or remove the option"),
        ("gen", "write letters, digits and `_`, a letter first, or remove the option"),
        ("2zoo", "write letters, digits and `_`, a letter first, or remove the option"),
        ("", "write letters, digits and `_`, a letter first, or remove the option"),
        ("zoé", "write letters, digits and `_`, a letter first, or remove the option"),
    ] {
        assert_eq!(named(name), [format!("error config::crate-name codegen.toml:6:14: {cure}")], "{name}");
    }
    assert_eq!(named("zoo_client"), [""; 0]);
    assert_eq!(named("zoo"), [""; 0]);
}

#[test]
fn a_correct_configuration_says_nothing() {
    let correct = r#"
[output]
root = "mod.rs"
[service]
root = "https://zoo.example/v1.0"
scope = "zoo"
delegated = false
prefer = "include-unknown-enum-members"
keys = "parentheses"
clouds = [{ name = "east", root = "https://east.example/v1", scope = "east", authority = "https://login.east.example" }]
[[service.limits]]
requests = 1500
seconds = 20
[[service.limits]]
requests = 10
seconds = 20
path = "/animals/{id}"
pages = "first"
[[service.limits]]
requests = 50
seconds = 300
path = "/animals/{id}"
pages = "later"
[[service.limits]]
requests = 5
seconds = 20
path = "/animals/seen"
[namespace."zoo"]
module = "the_zoo"
root = true
[namespace."shop"]
module = "shop"
[spelling]
eSpicy = "Spicy"
animals = "Beasts"
[type."zoo.animal"]
add = { weight = "Edm.Double" }
secret = ["id", "weight"]
personal = ["keeper"]
computed = ["id"]
immutable = ["keptBy"]
closed = true
infer = true
successor = { keeper = "keptBy" }
[type."zoo.parrot"]
secret = ["keeper"]
closed = false
[operation."/animals"]
read_only = true
filterable = ["id", "meals"]
sortable = ["keeper"]
required = ["id"]
documentation = { list = "https://zoo.example/list", create = "https://zoo.example/create" }
help = { 404 = "look in the next cage", 503 = "the zoo is closed" }
[operation."/animals/{id}"]
refuse = ["select", "expand", "update", "delete"]
[operation."/animals/{id}/meals"]
refuse = ["list", "create", "filter", "order_by", "top", "skip", "count", "search", "page_size"]
[operation."/animals/{id}/meals/{id}"]
refuse = ["get"]
[operation."/animals/seen"]
refuse = ["call"]
longest_range = { from = "from", to = "to", days = 30, key = "id" }
"#;
    assert_eq!(said(correct), [""; 0]);
}

#[test]
fn types_that_are_unknown_or_not_selected() {
    assert_eq!(
        said("[type.\"zoo.anmial\"]\n[type.\"attic.trunk\"]\n[type.\"z.parrot\"]\n[type.\"elsewhere.thing\"]"),
        [
            "error config::unselected-type codegen.toml:6:7: select it, or remove the entry",
            "error config::unknown-type codegen.toml:8:7: remove the entry",
            "error config::alias codegen.toml:7:7: write `zoo.parrot`",
            "error config::unknown-type codegen.toml:5:7: a similar name is: `zoo.animal`",
        ]
    );
}

#[test]
fn properties_that_a_type_does_not_have() {
    assert_eq!(
        said(
            "[type.\"zoo.parrot\"]\nsecret = [\"vocabulry\", \"id\"]\n[type.\"zoo.animal\"]\n\
             successor = { keeper = \"kept_by\" }\n[type.\"zoo.meal\"]\nsuccessor = { teste = \"id\" }"
        ),
        [
            "error config::unknown-property codegen.toml:8:24: a similar name is: `keptBy`",
            "error config::unknown-property codegen.toml:10:15: a similar name is: `taste`",
            "error config::unknown-property codegen.toml:6:11: a similar name is: `vocabulary`",
        ]
    );
}

#[test]
fn successors_that_nobody_would_be_told_of() {
    assert_eq!(
        said(
            "[type.\"zoo.animal\"]\nsuccessor = { id = \"keptBy\" }\n[type.\"zoo.parrot\"]\n\
             successor = { keeper = \"keptBy\" }"
        ),
        [
            "warning config::not-deprecated codegen.toml:6:15: remove the entry",
            "warning config::inherited-successor codegen.toml:8:15: write it under `[type.\"zoo.animal\"]`",
        ]
    );
}

#[test]
fn closed_bases_that_cannot_be() {
    assert_eq!(
        said(
            "[type.\"zoo.taste\"]\nclosed = true\n[type.\"zoo.parrot\"]\nclosed = true\ninfer = true\n\
             [type.\"zoo.animal\"]\nclosed = false\ninfer = true"
        ),
        [
            "error config::infer-without-closed codegen.toml:12:9: write `closed = true` as well, or remove `infer`",
            "error config::nothing-derived codegen.toml:8:10: \
             select derived types with `select.derived_from`, or remove `closed`",
            "error config::not-structured codegen.toml:6:10: remove `closed`",
        ]
    );
}

#[test]
fn namespaces_that_are_unknown() {
    assert_eq!(
        said("[namespace.\"shpo\"]\n[namespace.\"z\"]\nroot = true"),
        [
            "error config::unknown-namespace codegen.toml:5:12: a similar name is: `shop`",
            "error config::alias codegen.toml:6:12: write `zoo`",
        ]
    );
}

#[test]
fn modules_that_cannot_be_named_so() {
    const REMOVE: &str = "remove the option, and the module is called after its namespace";
    let cures = [
        ("my-graph", "write `my_graph`"),
        ("MyGraph", "write `my_graph`"),
        (" zoo", "write `zoo`"),
        ("type", "write `type_`"),
        ("r#type", "write `r_type`"),
        ("gen", "write `gen_`"),
        ("crate", "write `crate_`"),
    ];
    let hopeless = ["", "_", "1st", "zoó"].map(|it| (it, REMOVE));
    for (module, cure) in cures.into_iter().chain(hopeless) {
        assert_eq!(
            said(&format!("[namespace.\"zoo\"]\nmodule = \"{module}\"")),
            [format!("error config::module-name codegen.toml:6:10: {cure}")],
            "{module:?}"
        );
    }
}

#[test]
fn a_module_for_two_namespaces() {
    assert_eq!(
        said("[namespace.\"zoo\"]\nmodule = \"both\"\n[namespace.\"shop\"]\nmodule = \"both\""),
        ["error config::same-module codegen.toml:6:10, codegen.toml:8:10: give each namespace a module of its own"]
    );
    assert_eq!(
        said("[namespace.\"zoo\"]\nmodule = \"shop\""),
        ["error config::same-module codegen.toml:6:10: \
          `shop` has this module without being told; give either namespace another one"]
    );
}

#[test]
fn paths_without_operations() {
    assert_eq!(
        said("[operation.\"/animal/{id}\"]\n[operation.\"/animals/{animal-id}/meals\"]\n[operation.\"/far/away\"]"),
        [
            "error config::unknown-operation codegen.toml:5:12: a similar name is: `/animals/{id}`",
            "error config::unknown-operation codegen.toml:6:12: write `/animals/{id}/meals`",
            "error config::unknown-operation codegen.toml:7:12: remove the entry",
        ]
    );
}

#[test]
fn refusals_of_what_nobody_offers() {
    assert_eq!(
        said("[operation.\"/animals/{id}\"]\nrefuse = [\"get\", \"selct\"]"),
        ["error config::unknown-refusal codegen.toml:6:18: a similar word is: `select`"]
    );
}

#[test]
fn words_of_operations() {
    assert_eq!(
        said(
            "[operation.\"/animals\"]\nrefuse = [\"lst\", \"everything\"]\nhelp = { 200 = \"well\", soon = \"x\", 404 = \"y\" }\n\
             documentation = { lists = \"https://zoo.example\" }"
        ),
        [
            "error config::unknown-refusal codegen.toml:6:11: a similar word is: `list`",
            "error config::unknown-refusal codegen.toml:6:18: these can be: `get`, `list`, `create`, `update`, `delete`, `call`, \
             `select`, `expand`, `filter`, `order_by`, `top`, `skip`, `count`, `search`, `page_size`",
            "error config::unknown-word codegen.toml:8:19: a similar word is: `list`",
            "error config::help-status codegen.toml:7:10: write a number from 400 to 599",
            "error config::help-status codegen.toml:7:24: write a number from 400 to 599",
        ]
    );
}

#[test]
fn properties_that_operations_name() {
    assert_eq!(
        said(
            "[operation.\"/animals\"]\nfilterable = [\"keepr\"]\nsortable = [\"nothing\"]\nrequired = [\"idd\"]\n\
             longest_range = { from = \"a\", to = \"b\", days = 1, key = \"id\" }\n\
             [type.\"zoo.animal\"]\npersonal = [\"keper\"]\ncomputed = [\"ids\"]\nimmutable = [\"keptBi\"]"
        ),
        [
            "error config::unknown-property codegen.toml:11:13: a similar name is: `keeper`",
            "error config::unknown-property codegen.toml:12:13: a similar name is: `id`",
            "error config::unknown-property codegen.toml:13:14: a similar name is: `keptBy`",
            "error config::unknown-property codegen.toml:6:15: a similar name is: `keeper`",
            "error config::unknown-property codegen.toml:7:13: remove the entry",
            "error config::unknown-property codegen.toml:8:13: a similar name is: `id`",
            "error config::range codegen.toml:9:48: write it under the path of the function: where it is bound, and its name",
        ]
    );
}

/// CR-2: paths that a filter may use, and what they may stand under.
#[test]
fn filters_that_operations_name() {
    assert_eq!(
        said("[operation.\"/animals\"]\nfilterable = [\"id eq ge\", \"id equals\", \"id/x eq\", \"keeper/nme\"]"),
        [
            "error config::unknown-operator codegen.toml:6:27: remove the entry",
            "error config::unknown-property codegen.toml:6:40: remove the entry",
            "error config::unknown-property codegen.toml:6:51: remove the entry",
        ]
    );
}

#[test]
fn ranges_of_functions() {
    let said = |path: &str, range: &str| said(&format!("[operation.\"{path}\"]\nlongest_range = {range}"));
    assert_eq!(
        said("/animals/seen", "{ from = \"form\", to = \"by\", days = 0, key = \"ID\" }"),
        [
            "error config::unknown-property codegen.toml:6:61: a similar name is: `id`",
            "error config::unknown-parameter codegen.toml:6:26: a similar name is: `from`",
            "error config::unknown-parameter codegen.toml:6:39: these can be: `from`, `to`",
            "error config::range codegen.toml:6:52: write how many days it may have",
        ]
    );
    assert_eq!(
        said("/animals/seen", "{ from = \"from\", to = \"to\", days = 1, key = \"taste\" }"),
        ["error config::range codegen.toml:6:61: name a property that is a string, a Guid or a whole number"]
    );
    assert_eq!(
        said("/animals/weighed", "{ from = \"from\", to = \"to\", days = 1, key = \"id\" }"),
        ["error config::range codegen.toml:6:52: remove it"]
    );
    assert_eq!(
        said("/animals/sen", "{ from = \"from\", to = \"to\", days = 1, key = \"id\" }"),
        ["error config::unknown-operation codegen.toml:5:12: a similar name is: `/animals/seen`"]
    );
}

#[test]
fn clouds_and_preferences() {
    let service = |more: &str| said(&format!("[service]\nroot = \"https://zoo.example\"\nscope = \"zoo\"\n{more}"));
    let cloud = |name: &str, root: &str, authority: &str| {
        format!("{{ name = \"{name}\", root = \"{root}\", scope = \"s\", authority = \"{authority}\" }}")
    };
    let good = |name: &str| cloud(name, "https://east.example", "https://login.example");
    assert_eq!(service(&format!("clouds = [{}, {}]", good("east"), good("west"))), [""; 0]);
    assert_eq!(
        service(&format!("clouds = [{}, {}]", good("far-east"), good("far_east"))),
        ["error config::same-cloud codegen.toml:8:124, codegen.toml:8:20: give each a name of its own"]
    );
    for name in ["", "all", "2", "ALL"] {
        let cure = "write a word of letters and digits, a letter first; `all` is taken";
        let wanted = format!("error config::cloud codegen.toml:8:20: {cure}");
        assert_eq!(service(&format!("clouds = [{}]", good(name))), [wanted], "{name}");
    }
    assert_eq!(
        service(&format!("clouds = [{}]", cloud("x", "ftp://x", "login"))),
        [
            "error config::service-root codegen.toml:8:32: write `https://HOST/PATH`, without user, query and fragment",
            "error config::authority codegen.toml:8:68: write `https://HOST`",
        ]
    );
    assert_eq!(
        service("prefer = \"a\\nb\""),
        ["error config::prefer codegen.toml:8:10: write preferences of ASCII, with commas between"]
    );
    assert_eq!(
        service("batch = 0"),
        ["error config::batch codegen.toml:8:9: write how many the service takes, or remove it"]
    );
    assert_eq!(
        service("keys = \"segment\""),
        ["error config::invalid codegen.toml:8:8: a similar word is: `segments`"]
    );
}

#[test]
fn limits_that_nobody_can_keep_to() {
    let limits = |limits: &[&str]| {
        let service = "[service]\nroot = \"https://zoo.example\"\nscope = \"zoo\"\n";
        said(&format!("{service}limits = [{}]", limits.join(", ")))
    };
    assert_eq!(
        limits(&["{ requests = 0, seconds = 0 }"]),
        [
            "error config::limit codegen.toml:8:24: \
             write how many there may be; what the service refuses is a `refuse` of an operation",
            "error config::limit codegen.toml:8:37: write how many seconds it is for",
        ]
    );
    for (path, cure) in [
        ("/animals/{animal-id}", "write `/animals/{id}`"),
        ("/animls", "a similar name is: `/animals`"),
        ("/far/away", "remove the entry"),
        ("animals", "a similar name is: `/animals`"),
        ("", "remove the entry"),
    ] {
        assert_eq!(
            limits(&[&format!("{{ requests = 1, seconds = 1, path = \"{path}\" }}")]),
            [format!("error config::unknown-limit codegen.toml:8:47: {cure}")],
            "{path:?}"
        );
    }
    assert_eq!(
        limits(&["{ requests = 1, seconds = 9 }", "{ requests = 2, seconds = 9 }"]),
        ["error config::same-limit codegen.toml:8:55, codegen.toml:8:24: keep the lower one"]
    );
    // A burst and a sustained rate, or first and later pages, are two limits.
    let (burst, rate) = ("{ requests = 9, seconds = 1 }", "{ requests = 90, seconds = 60 }");
    let later = "{ requests = 9, seconds = 1, pages = \"later\" }";
    assert_eq!(limits(&[burst, rate, later]), [""; 0]);
    assert_eq!(
        limits(&["{ requests = 1, seconds = 9, pages = \"frist\" }"]),
        ["error config::invalid codegen.toml:8:48: a similar word is: `first`"]
    );
    assert_eq!(
        limits(&["{ requests = 1, second = 9 }"]),
        ["error config::invalid codegen.toml:8:27: a similar key is: `seconds`"]
    );
    let [fault] = limits(&["{ requests = -1, seconds = 9 }"]).try_into().expect("one");
    assert!(fault.starts_with("error config::invalid codegen.toml:8:24"), "{fault}");
}

#[test]
fn spellings_of_nothing_and_spellings_that_are_no_word() {
    assert_eq!(
        said("[spelling]\neSpicey = \"Spicy\"\nbitter = \"very-bitter\"\ntaste = \"\""),
        [
            "error config::spelling codegen.toml:7:10: write `VeryBitter`",
            "error config::spelling codegen.toml:8:9: write an `UpperCamelCase` word: letters and digits, a letter first",
            "warning config::unknown-name codegen.toml:6:1: a similar name is: `eSpicy`",
        ]
    );
}

#[test]
fn service_roots_that_are_no_address() {
    let service = |root: &str| said(&format!("[service]\nroot = \"{root}\"\nscope = \"zoo\""));
    for root in ["http://localhost:8080", "https://zoo.example/", "https://[::1]/v1.0"] {
        assert_eq!(service(root), [""; 0], "{root}");
    }
    let wrong = "|zoo.example|ftp://zoo.example|https://|https:///v1.0|https://:80/|https://zoo.example/?x=y|\
         https://zoo.example/#x|https://me:secret@zoo.example|https://zoo.example/a b";
    for root in wrong.split('|') {
        let [fault] = service(root).try_into().unwrap_or_else(|said| panic!("{root}: {said:?}"));
        assert!(fault.starts_with("error config::service-root codegen.toml:6:8: write `https://HOST/PATH`"), "{fault}");
    }
}

#[test]
fn root_files_that_cannot_be() {
    let root = |root: &str| said(&format!("[output]\nroot = '{root}'\n[namespace.\"zoo\"]\nmodule = \"the_zoo\""));
    for name in ["lib.rs", "main.rs", "zoo-types.rs"] {
        assert_eq!(root(name), [""; 0], "{name}");
    }
    let wrong = "|.rs|lib|lib.txt|src/lib.rs|..\\lib.rs|../lib.rs|C:lib.rs|client.rs|Client.rs|requests.rs|\
         the_zoo.rs|shop.rs";
    for name in wrong.split('|') {
        let [fault] = root(name).try_into().unwrap_or_else(|said| panic!("{name}: {said:?}"));
        assert!(fault.starts_with("error config::root-file "), "{name}: {fault}");
        assert!(fault.ends_with(": write `lib.rs` for a crate of its own, `mod.rs` for a module"), "{name}: {fault}");
    }
}

#[test]
fn names_that_another_document_lacks_are_warnings() {
    let slips = "[namespace.\"far\"]\n[type.\"far.thing\"]\n[type.\"zoo.meal\"]\nsecret = [\"recipe\"]\n\
                 [type.\"zoo.parrot\"]\nclosed = true\n[operation.\"/far\"]\nrefuse = [\"gets\"]";
    let severities = |unknown| -> Vec<String> {
        let said = said_of(&format!("{SELECT}{slips}"), unknown);
        said.iter().map(|it| it.split_whitespace().take(2).collect::<Vec<_>>().join(" ")).collect()
    };
    assert_eq!(
        severities(Severity::Warning),
        [
            "error config::unknown-refusal",
            "warning config::unknown-namespace",
            "warning config::unknown-type",
            "warning config::unknown-property",
            "warning config::nothing-derived",
            "warning config::unknown-operation",
        ]
    );
    assert_eq!(severities(Severity::Error).iter().filter(|it| it.starts_with("error")).count(), 6);
}

#[test]
fn scopes_that_no_token_has() {
    let service = |scope: &str| said(&format!("[service]\nroot = \"https://zoo.example\"\nscope = '{scope}'"));
    for scope in ["zoo", "https://zoo.example/.default", "Animals.Read offline_access"] {
        assert_eq!(service(scope), [""; 0], "{scope}");
    }
    for scope in ["", " ", " zoo", "a  b", "a\tb", "zoé", "a\"b", "a\\b"] {
        let [fault] = service(scope).try_into().unwrap_or_else(|said| panic!("{scope}: {said:?}"));
        assert!(fault.starts_with("error config::scope codegen.toml:7:9: write what the service documents"), "{fault}");
    }
    let cloud = "clouds = [{ name = \"x\", root = \"https://x\", scope = \"\", authority = \"https://x\" }]";
    let [fault] = said(&format!("[service]\nroot = \"https://x\"\nscope = \"s\"\n{cloud}")).try_into().unwrap();
    assert!(fault.starts_with("error config::scope codegen.toml:8:53"), "{fault}");
}

#[test]
fn a_sum_that_is_none() {
    let sum = |sum: &str| said(&format!("[provenance]\nsha256 = \"{sum}\""));
    assert_eq!(sum(&"0a".repeat(32)), [""; 0]);
    for wrong in ["", "abc", &"0A".repeat(32), &"0g".repeat(32), &"0a".repeat(33)] {
        let [fault] = sum(wrong).try_into().unwrap_or_else(|said| panic!("{wrong}: {said:?}"));
        assert!(fault.starts_with("error config::sha256 codegen.toml:6:10: write 64 digits"), "{fault}");
    }
}

#[test]
fn roots_that_are_named_twice() {
    let text = "[select]\nnamespaces = [\"zoo\", \"shop\", \"zoo\"]\ntypes = [\"zoo.meal\", \"zoo.meal\"]\n\
                paths = [\"/animals\", \"/animals\"]\n";
    assert_eq!(
        said_of(text, Severity::Error),
        [
            "warning config::repeated-root codegen.toml:2:30, codegen.toml:2:15: remove one of them",
            "warning config::repeated-root codegen.toml:3:22, codegen.toml:3:10: remove one of them",
            "warning config::repeated-root codegen.toml:4:22, codegen.toml:4:10: remove one of them",
        ]
    );
}

#[test]
fn one_fault_of_the_configuration_hides_no_other() {
    let text = "[select]\nnamespaces = [\"zoo\", \"shpo\"]\npaths = [\"/animls\"]\n[type.\"zoo.animal\"]\n\
                secret = [\"nothing\", \"weight\"]\nadd = { keeper = \"Edm.String\", weight = \"Edm.Duoble\" }\n\
                [type.\"zoo.anmial\"]\nadd = { id = \"Edm.String\" }\n[type.\"zoo.parot\"]\n\
                [namespace.\"shopp\"]\n[operation.\"/animals\"]\nrefuse = [\"gte\"]\n[type.\"attic.trunk\"]\n\
                rename = { a = \"b\" }\n";
    let said = said_of(text, Severity::Error);
    let mut told: Vec<String> = said
        .iter()
        .map(|it| it.split_whitespace().skip(1).take(2).collect::<Vec<_>>().join(" "))
        .map(|it| it.trim_end_matches([':', ',']).to_owned())
        .collect();
    told.sort();
    // Nothing is told of what the missing roots would have selected.
    assert_eq!(
        told,
        [
            "config::unknown-name codegen.toml:14:12",
            "config::unknown-namespace codegen.toml:10:12",
            "config::unknown-property codegen.toml:5:11",
            "config::unknown-refusal codegen.toml:12:11",
            "config::unknown-type codegen.toml:9:7",
            "resolve::stale-overlay codegen.toml:6:9",
            "resolve::unknown-type codegen.toml:6:41",
            "resolve::unknown-type codegen.toml:7:7",
            "select::unknown-namespace codegen.toml:2:22",
            "select::unknown-path codegen.toml:3:10",
        ]
    );
}

#[test]
fn after_an_error_in_a_document_names_are_not_missed_again() {
    let text = format!("{SELECT}[type.\"zoo.animal\"]\nsecret = [\"nothing\"]\n[namespace.\"zoo\"]\nmodule = \"\"");
    let broken = ZOO.replacen("zoo.taste", "zoo.tast", 1);
    let said = slips("zoo.csdl", &broken, &text, Severity::Error);
    let codes: Vec<&str> = said.iter().filter_map(|it| it.split_whitespace().nth(1)).collect();
    assert_eq!(codes, ["resolve::unknown-type", "config::module-name"]);
}
