//! `[notifications]` and `[resource]`: what does not fit the document is told, with its place and a cure.
// A test fails by panicking.
#![allow(clippy::panic)]

mod support;

use odata_codegen::diagnostic::Severity;
use support::slips;

const POST: &str = r#"<edmx:Edmx Version="4.0" xmlns:edmx="http://docs.oasis-open.org/odata/ns/edmx"><edmx:DataServices>
<Schema Namespace="post" xmlns="http://docs.oasis-open.org/odata/ns/edm">
<EntityType Name="parcel"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
<Property Name="revision" Type="Edm.Int64"/><Property Name="weight" Type="Edm.Double"/>
<Property Name="handedIn" Type="Edm.DateTimeOffset"/></EntityType>
<EntityType Name="stamp"><Key><PropertyRef Name="year"/><PropertyRef Name="sheet"/></Key>
<Property Name="year" Type="Edm.Int32"/><Property Name="sheet" Type="Edm.Int32"/></EntityType>
<ComplexType Name="news"><Property Name="all" Type="Collection(post.item)"/>
<Property Name="proofs" Type="Collection(Edm.String)"/></ComplexType>
<ComplexType Name="item"><Property Name="of" Type="Edm.Guid"/><Property Name="from" Type="Edm.Guid"/>
<Property Name="secret" Type="Edm.String"/><Property Name="event" Type="post.event"/><Property Name="where" Type="Edm.String"/>
<Property Name="what" Type="post.what"/><Property Name="sealed" Type="post.sealed"/></ComplexType>
<EnumType Name="event"><Member Name="ended"/></EnumType><ComplexType Name="what"/>
<ComplexType Name="sealed"><Property Name="letter" Type="Edm.String"/><Property Name="key" Type="Edm.String"/>
<Property Name="seal" Type="Edm.String"/><Property Name="lock" Type="Edm.String"/></ComplexType>
<ComplexType Name="attic"/>
<EntityType Name="order"><Key><PropertyRef Name="id"/></Key><Property Name="id" Type="Edm.String"/>
<Property Name="what" Type="Edm.String"/><Property Name="to" Type="Edm.String"/><Property Name="secret" Type="Edm.String"/>
<Property Name="until" Type="Edm.DateTimeOffset"/></EntityType>
<Action Name="goOn" IsBound="true"><Parameter Name="order" Type="post.order"/></Action>
<Action Name="move" IsBound="true"><Parameter Name="order" Type="post.order"/><Parameter Name="to" Type="Edm.String"/></Action>
<EntityContainer Name="c"><EntitySet Name="orders" EntityType="post.order"/><EntitySet Name="parcels" EntityType="post.parcel"/><EntitySet Name="stamps" EntityType="post.stamp"/>
</EntityContainer></Schema></edmx:DataServices></edmx:Edmx>"#;

const SERVICE: &str = "[service]\nroot = \"https://post.example\"\nscope = \"post\"\n";

/// Slips begin on line 6 with a service, on line 4 without one.
fn said(service: &str, slip: &str) -> Vec<String> {
    let select = "documents = [\"post.csdl\"]\nselect = { types = [\"post.news\"], paths = [\"/orders\", \"/parcels\", \"/stamps\"] }\n";
    slips("post.csdl", POST, &format!("{select}{service}{slip}"), Severity::Error)
}

const NEWS: &str = r#"[notifications]
collection = "post.news"
items = "all"
validation_tokens = "proofs"
item = { subscription = "of", tenant = "from", state = "secret", event = "event", path = "where", data = "what", content = "sealed" }
content = { data = "letter", key = "key", signature = "seal", certificate = "lock" }
"#;

const ORDER: &str = r#"[notifications.subscription]
path = "orders"
resource = "what"
url = "to"
lifecycle_url = "to"
changes = "what"
state = "secret"
expires = "until"
reauthorize = "goOn"
"#;

const PARCEL: &str = r#"[resource."post.parcel"]
subscription = "parcels"
longest_minutes = 60
version = "revision"
since = "handedIn"
retention_days = 7
"#;

#[test]
fn what_fits_says_nothing() {
    assert_eq!(said(SERVICE, NEWS), [""; 0]);
    assert_eq!(said(SERVICE, PARCEL), [""; 0]);
    assert_eq!(said(SERVICE, &format!("{NEWS}{ORDER}")), [""; 0]);
}

#[test]
fn notifications_need_a_client() {
    let cure = "add `[service]`, or remove the entry";
    assert_eq!(said("", NEWS), [format!("error config::no-service codegen.toml:4:14: {cure}")]);
    assert_eq!(said("", PARCEL), [format!("error config::no-service codegen.toml:3:11: {cure}")]);
}

/// `from` is replaced by `to` in the correct configuration.
fn altered(whole: &str, from: &str, to: &str) -> Vec<String> {
    let slip = whole.replacen(from, to, 1);
    assert_ne!(slip, whole, "{from}");
    said(SERVICE, &slip)
}

#[test]
fn types_and_properties_that_do_not_fit() {
    for (from, to, wanted) in [
        ("post.news", "post.new", "error config::unknown-type codegen.toml:7:14: a similar name is: `post.news`"),
        ("post.news", "post.attic", "error config::unselected-type codegen.toml:7:14: select it, or remove the entry"),
        (
            "post.news",
            "post.event",
            "error config::not-structured codegen.toml:7:14: name a complex or entity type that is not `closed`",
        ),
        ("\"all\"", "\"al\"", "error config::unknown-property codegen.toml:8:9: a similar name is: `all`"),
        (
            "\"all\"",
            "\"proofs\"",
            "error config::property-type codegen.toml:8:9: name a property that is a collection of a complex or entity type that is not `closed`",
        ),
        (
            "\"proofs\"",
            "\"all\"",
            "error config::property-type codegen.toml:9:21: name a property that is a `Collection(Edm.String)`",
        ),
        (
            "\"of\"",
            "\"secret\"",
            "error config::property-type codegen.toml:10:25: name a property that is an `Edm.Guid`",
        ),
        (
            "\"secret\"",
            "\"from\"",
            "error config::property-type codegen.toml:10:56: name a property that is an `Edm.String`",
        ),
        (
            "event = \"event\"",
            "event = \"of\"",
            "error config::property-type codegen.toml:10:74: name a property that is an enumeration or an `Edm.String`",
        ),
        (
            "\"sealed\"",
            "\"where\"",
            "error config::property-type codegen.toml:10:124: name a property that is one value of a complex or entity type that is not `closed`",
        ),
        ("\"seal\"", "\"seel\"", "error config::unknown-property codegen.toml:11:55: a similar name is: `seal`"),
    ] {
        assert_eq!(altered(NEWS, from, to), [wanted], "{from} -> {to}");
    }
}

#[test]
fn resources_that_cannot_be_asked_for() {
    for (from, to, wanted) in [
        (
            "post.parcel",
            "post.parcels",
            "error config::unknown-type codegen.toml:6:11: a similar name is: `post.parcel`",
        ),
        ("\"parcels\"", "\"parcel\"", "error config::unknown-path codegen.toml:7:16: a similar name is: `parcels`"),
        ("\"parcels\"", "\"/parcels\"", "error config::unknown-path codegen.toml:7:16: a similar name is: `parcels`"),
        ("\"parcels\"", "\"stamps\"", "error config::unknown-path codegen.toml:7:16: remove the entry"),
        ("= 60", "= 0", "error config::no-time codegen.toml:8:19: write a number above 0"),
        (
            "\"revision\"",
            "\"weight\"",
            "error config::property-type codegen.toml:9:11: name a property that is an `Edm.Int64` or an `Edm.Int32`",
        ),
        (
            "\"handedIn\"",
            "\"weight\"",
            "error config::property-type codegen.toml:10:9: name a property that is an `Edm.DateTimeOffset`",
        ),
        ("= 7", "= 0", "error config::no-time codegen.toml:11:18: write a number above 0"),
    ] {
        assert_eq!(altered(PARCEL, from, to), [wanted], "{from} -> {to}");
    }
    let stamp = "[resource.\"post.stamp\"]\nsubscription = \"stamps\"\nlongest_minutes = 60\n";
    assert_eq!(said(SERVICE, stamp), ["error config::no-key codegen.toml:7:16: remove the entry"]);
    let keyed = format!("{SERVICE}keys = \"parentheses\"\n");
    assert_eq!(said(&keyed, PARCEL), ["error config::no-key codegen.toml:8:16: remove the entry"]);
    let refused = format!("{PARCEL}[operation.\"/parcels\"]\nrefuse = [\"list\"]\n");
    assert_eq!(said(SERVICE, &refused), ["error config::not-listed codegen.toml:10:9: remove it"]);
}

#[test]
fn subscriptions_that_cannot_be_kept_alive() {
    let whole = format!("{NEWS}{ORDER}");
    for (from, to, wanted) in [
        ("\"orders\"", "\"order\"", "error config::unknown-path codegen.toml:13:8: a similar name is: `orders`"),
        ("\"orders\"", "\"stamps\"", "error config::no-key codegen.toml:13:8: remove `subscription`"),
        ("url = \"to\"", "url = \"too\"", "error config::unknown-property codegen.toml:15:7: a similar name is: `to`"),
        (
            "\"until\"",
            "\"what\"",
            "error config::property-type codegen.toml:19:11: name a property that is an `Edm.DateTimeOffset`",
        ),
        ("\"goOn\"", "\"goOnn\"", "error config::unknown-operation codegen.toml:20:15: a similar name is: `goOn`"),
        ("\"goOn\"", "\"move\"", "error config::unknown-operation codegen.toml:20:15: remove the entry"),
    ] {
        let told = altered(&whole, from, to);
        assert!(told.iter().any(|it| it == wanted), "{from} -> {to}: {told:?}");
    }
    let refused = format!("{whole}[operation.\"/orders\"]\nrefuse = [\"create\"]\n");
    let cure = "offer its list, create, update and delete, or remove `subscription`";
    assert_eq!(said(SERVICE, &refused), [format!("error config::no-request codegen.toml:13:8: {cure}")]);
}
