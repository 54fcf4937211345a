//! Every public type of the runtime, in every way of showing it: no token, no secret, no skip token (E-4). The list is
//! held against the source, so that a new type has to come here.

use std::fmt::{Debug, Display};
use std::path::Path as File;

use odata_runtime::bytes::Bytes;
use odata_runtime::client::{
    Body, Builder, Cursor, ReqwestTransport, StaticToken, Token, TokenError, Transport as _, TransportError,
};
use odata_runtime::http::Request;
use odata_runtime::query::{Options, Search};
use odata_runtime::testing::{Exchange, InMemory, Loopback, Recorder, Replay};
use odata_runtime::{Changes, EncodeError, Expanded, Extra, Page, Redacted, Single, Untyped, from_str};

use crate::orders::{Client, Line, Order, ROOT, SERVICE, answer, get, scripted};

/// No word of any text that is shown on purpose.
const SECRET: &str = "hu5hhu5h";

/// Types that show nothing of this kind, and why.
const OTHERS: &[(&str, &str)] = &[
    ("Annotation", "two names"),
    ("Answers", "shown in the tests of batches"),
    ("Arithmetic", "no Debug"),
    ("Authority", "the address of who gives the tokens"),
    ("AzureCredential", "shown in the tests of the feature azure, with a credential in it"),
    ("Backfill", "shown in tests/notifications/backfill.rs, on the way through a list"),
    ("Batch", "shown in the tests of batches"),
    ("Binary", "a value: a property that is a secret is shown through Redacted"),
    ("Choice", "names in generated code"),
    ("Choices", "names in generated code"),
    ("ClientStates", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("Cloud", "a constant"),
    ("Comparison", "no Debug"),
    ("Counted", "a constant"),
    ("DecryptionKeys", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("Delivery", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("Expression", "no Debug"),
    ("Flags", "a value: as Binary"),
    ("IdForm", "has no value"),
    ("InMemoryVersions", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("Incoming", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("Json", "a value: as Binary"),
    ("Junction", "no Debug"),
    ("Keeper", "shown in tests/notifications/keeper.rs, with secrets in it"),
    ("KeeperNews", "shown in tests/notifications/keeper.rs, with secrets in it"),
    ("KeeperStep", "has no value"),
    ("Kept", "shown in tests/notifications/keeper.rs, with secrets in it"),
    ("KeysFault", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("Limit", "a constant"),
    ("Many", "has no value"),
    ("Navigation", "a name in generated code"),
    ("NewConnection", "has no value"),
    ("Newest", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("NoAuthority", "says what is wrong with an address"),
    ("NoClientStates", "counts"),
    ("NoKey", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("NotDecrypted", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("NotGenuine", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("NotResource", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("One", "has no value"),
    ("Operation", "a constant"),
    ("Part", "shown in the tests of batches"),
    ("Prepared", "shown in the tests of batches"),
    ("Property", "a name in generated code"),
    ("Quantifier", "no Debug"),
    ("Reader", "no Debug"),
    ("Refused", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("ResourceId", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("Service", "a constant"),
    ("SubscriptionNames", "names in generated code"),
    ("TokenValidator", "shown in tests/notifications/secrets.rs, with secrets in it"),
    ("TypeInfo", "names in generated code"),
    ("Unlisted", "a value: as Binary"),
    ("Written", "no Debug"),
];

fn debug(value: &impl Debug) -> String {
    format!("{value:?} {value:#?}")
}

fn both(value: &(impl Debug + Display)) -> String {
    format!("{} {value} {value:#}", debug(value))
}

/// What each type shows when there is a secret in it.
async fn shown() -> Vec<(&'static str, String)> {
    let link = format!("{ROOT}/orders?$skiptoken={SECRET}");
    let page = format!(r#"{{"value": [{{"id": "1"}}, {{"id": "2"}}], "@odata.nextLink": "{link}", "x": "{SECRET}"}}"#);
    let (client, service) = scripted(Exchange::get("/v1.0/orders").json(page.clone()));
    service.expect(Exchange::get("/v1.0/orders").json(page.clone()));
    let mut pages = client.orders().list().pages();
    pages.next().await.unwrap().unwrap();
    let mut items = client.orders().list().stream();
    items.next().await.unwrap().unwrap();
    let failed = items.next().await.unwrap().unwrap();
    assert_eq!(failed.id.as_deref(), Some("2"));
    // The link is asked for and answered with an error that repeats it.
    service.expect(Exchange::get(format!("/v1.0/orders?$skiptoken={SECRET}")).status(410).json(format!(
        r#"{{"error": {{"code": "resync", "message": "{link}", "innerError": {{"clientState": "{SECRET}"}}}}}}"#
    )));
    let error = items.next().await.unwrap().unwrap_err();
    let error = format!("{} {:?} {:?} {:?}", both(&error), error.help(), error.message(), error.body_excerpt());

    let mut list = client.orders().list();
    list.filter(Order::ID.eq(SECRET));
    list.resume(Cursor::new(link.clone()));
    let mut range = client.orders().between("2031-01-01T00:00:00Z", "2031-01-02T00:00:00Z");
    range.filter(Order::ID.eq(SECRET));
    let mut options = Options::<Order>::new();
    options.raw_query("key", SECRET);
    options.search(SECRET);
    options.expand(Order::LINES.search(SECRET));
    let mut changes = Changes::new();
    changes.set("clientState", &SECRET.to_owned());
    let order: Order = from_str(&format!(
        r#"{{"id": "1", "clientState": "{SECRET}", "lines": [], "lines@odata.nextLink": "{link}"}}"#
    ))
    .unwrap();
    let lines: Expanded<Line> = order.lines.clone().unwrap();
    let extra: Extra = order.extra.clone();
    let asked = client.orders().by_id("1").get().expand(Order::LINES.search(SECRET));
    let builder: Builder<Client> =
        Client::builder().tokens(StaticToken::new(SECRET)).root(format!("https://h.example/{SECRET}"));

    let folder = tempfile::tempdir().unwrap();
    let stored = InMemory::new();
    stored.expect(Exchange::get(format!("/v1.0/orders?$skiptoken={SECRET}")).json(page.clone()));
    let recorder = Recorder::new(stored, folder.path(), &SERVICE);
    let asks = Client::builder().tokens(StaticToken::new(SECRET)).transport(recorder.clone()).build().unwrap();
    let mut again = asks.orders().list();
    again.resume(Cursor::new(link.clone()));
    again.send().await.unwrap();
    recorder.finish().unwrap();
    let replay = Replay::open(folder.path()).unwrap();
    let request = Request::get(link.replace("orders", "other")).body(Bytes::new()).unwrap();
    let unexpected = replay.send(request).await.unwrap_err();
    let broken = get(answer(200).fails(TransportError::connect(format!("{link} Bearer {SECRET}")))).await.unwrap_err();

    vec![
        ("Body", debug(&Body::from(Bytes::from(SECRET)))),
        ("Builder", debug(&builder)),
        ("Changes", debug(&changes)),
        ("Client", debug(client.as_ref())),
        ("Cursor", debug(&Cursor::new(link.clone()))),
        ("DecodeError", both(&from_str::<Vec<i32>>(&format!("[\"{SECRET}\"]")).unwrap_err())),
        ("EncodeError", both(&EncodeError::new("not a text"))),
        ("Error", error),
        ("Exchange", debug(&Exchange::get(format!("/a?$skiptoken={SECRET}")).body(SECRET).header("x", SECRET))),
        ("Expanded", debug(&lines)),
        ("Expansion", debug(&Order::LINES.filter(Line::PRICE.eq(7)).search(SECRET))),
        ("Extra", debug(&extra)),
        ("Filter", debug(&Order::ID.eq(SECRET))),
        ("Get", debug(&asked)),
        ("InMemory", debug(&service)),
        ("Items", debug(&items)),
        ("List", debug(&list)),
        ("Loopback", debug(&Loopback::new(([127, 0, 0, 1], 9)).unwrap())),
        ("Options", debug(&options)),
        ("Order", debug(&Order::ID.concat(SECRET).descending())),
        ("Page", debug(&from_str::<Page<Order>>(&page).unwrap())),
        ("Pages", debug(&pages)),
        ("Path", debug(&client.as_ref().path().segment("orders"))),
        ("Ranged", debug(&range)),
        ("Recorder", debug(&recorder)),
        ("Redacted", debug(&Redacted(&Some(SECRET)))),
        ("Replay", format!("{} {}", debug(&replay), both(&unexpected))),
        ("ReqwestTransport", debug(&ReqwestTransport::new().unwrap())),
        ("Search", debug(&Search::phrase(SECRET))),
        ("Send", debug(&client.orders().create(&changes))),
        ("Single", debug(&from_str::<Single<Untyped>>(&format!(r#"{{"value": "{SECRET}"}}"#)).unwrap())),
        ("StaticToken", debug(&StaticToken::new(SECRET))),
        ("Term", debug(&Order::ID.concat(SECRET))),
        ("Token", debug(&Token::new(SECRET))),
        ("TokenError", both(&TokenError::new(format!("client_secret={SECRET}")))),
        ("TransportError", both(broken.transport().unwrap())),
        ("Untyped", debug(&Untyped::from_json(&format!("\"{SECRET}\"")).unwrap())),
    ]
}

#[tokio::test]
async fn e4_no_public_type_shows_a_secret() {
    for (name, text) in shown().await {
        assert!(!text.contains(SECRET), "{name}: {text}");
        assert!(!text.trim().is_empty());
    }
}

#[tokio::test]
async fn e4_every_public_type_is_looked_at() {
    let mut declared = Vec::new();
    types(&File::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut declared);
    assert!(declared.len() > 50, "{declared:?}");
    let shown = shown().await;
    let known = |name: &str| shown.iter().any(|it| it.0 == name) || OTHERS.iter().any(|it| it.0 == name);
    let unknown: Vec<_> = declared.iter().filter(|it| !known(it)).collect();
    assert!(unknown.is_empty(), "show them above with a secret inside, or say why there is none: {unknown:?}");
    let gone = shown.iter().map(|it| it.0).chain(OTHERS.iter().map(|it| it.0));
    let gone: Vec<_> = gone.filter(|name| !declared.iter().any(|it| it == name)).collect();
    assert!(gone.is_empty(), "no longer there: {gone:?}");
}

/// The names of all structs and enumerations that a folder of source declares with a plain `pub`.
fn types(folder: &File, names: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            types(&path, names);
        } else {
            let text = std::fs::read_to_string(&path).unwrap();
            let declared = text.lines().filter_map(|line| {
                let name = ["pub struct ", "pub enum "].iter().find_map(|it| line.strip_prefix(it))?;
                name.split(|c: char| !c.is_alphanumeric()).next()
            });
            names.extend(declared.map(str::to_owned));
        }
    }
}
