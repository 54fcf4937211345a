//! What is written, and what is not.

use odata_runtime::Untyped;
use odata_runtime::http::{Method, StatusCode, Uri};
use odata_runtime::testing::{Exchange, InMemory, Recorder};

use crate::library::{LIBRARY, TOKEN, files, get, record, request, send};

const LOANS: &str = r##"{
  "@odata.context": "https://library.example/v1/$metadata#loans",
  "value": [{
    "@odata.type": "#library.loan",
    "id": "6f1c0e0a-5a0b-4a53-8a3e-0d6d5e1f4b11",
    "due": 1.50,
    "reader": {"@odata.type": "#library.reader", "id": "b1f7b2c4-1111-4222-8333-94f0a1b2c3d4",
               "displayName": "Ann Lee", "kind": "guest", "isStudent": true},
    "mail": "Ann.Lee@corp.example.com",
    "phone": "+44 20 7946 0958",
    "ipAddress": "203.0.113.77",
    "device": {"name": "ANNS-LAPTOP", "ipAddress": "2001:db8:85a3::8a2e:370:7334"},
    "joinUrl": "https://meet.corp.example.com/l/19%3ameeting_QQ?ctx=b1f7b2c4-1111-4222-8333-94f0a1b2c3d4",
    "born": "1971-02-03",
    "age": 53,
    "pin": "hush-4711",
    "note": "Ann Lee called from +44 20 7946 0958 (ann.lee@corp.example.com, 203.0.113.77), pin hush-4711",
    "version": "16.0.12527.20122",
    "driverVersion": "x:23.110.0.5",
    "agent": "RTCC/7.0.0.0"
  }],
  "@odata.nextLink": "https://library.example/v1/loans?$filter=readerId%20eq%20'b1f7b2c4-1111-4222-8333-94f0a1b2c3d4'&$skiptoken=Qw3rty%3D"
}"##;

/// All that must not be found in a file, in lower case.
const HIDDEN: [&str; 22] = [
    "b1f7b2c4",
    "ann lee",
    "ann%20lee",
    "ann.lee",
    "corp.example",
    "7946",
    "0958",
    "203.0.113.77",
    "anns-laptop",
    "85a3",
    "meeting_qq",
    "meet.corp",
    "1971-02",
    ": 53",
    "hush-4711",
    "qw3rty",
    TOKEN,
    "zoe",
    "x-corp",
    "c0ffee00",
    "eyjhbgc",
    "guest",
];

async fn recorded(folder: &std::path::Path) -> Recorder<InMemory> {
    let by_reader = "/v1/loans?$filter=readerId%20eq%20'b1f7b2c4-1111-4222-8333-94f0a1b2c3d4'";
    let next = format!("{by_reader}&$skiptoken=Qw3rty%3D");
    let unheard = "/v1/loans?$filter=readerId%20eq%20c0ffee00-0000-4000-8000-000000000001";
    let named = "/v1/readers/Ann%20Lee/loans?mail=ann.lee%40corp.example.com";
    record(
        folder,
        vec![
            // Nobody has said yet whose id this is.
            (get(by_reader), Exchange::get(by_reader).json(LOANS)),
            (get(&next), Exchange::get(&next).json(r#"{"value": []}"#).header("x-set", "zoe").header("date", "now")),
            (get(unheard), Exchange::get(unheard).json(r#"{"value": []}"#)),
            (get(named), Exchange::get(named).status(404).header("content-type", "text/html").body("<p>Ann Lee\r\n</p>")),
            (
                request(Method::POST, "/v1/loans", r#"{"mail":"zoe@x-corp.example","pin":"hush-4711","copies":2}"#),
                Exchange::new(Method::POST, "/v1/loans")
                    .status(201)
                    .header("location", "/v1/loans/7?for=zoe@x-corp.example")
                    .body(r#"{"error": "token op4que-t0ken, assertion eyJhbGciOiJub25l.eyJ4Ijoi.c2ln", "age": 53, "reader": {"displayName": "Zoe Cut o"#),
            ),
        ],
    )
    .await
}

#[tokio::test]
async fn nothing_personal_and_no_secret_is_in_any_file() {
    let folder = tempfile::tempdir().unwrap();
    recorded(folder.path()).await;
    let files = files(folder.path());
    assert_eq!(files.len(), 5);
    for (name, text) in files {
        for hidden in HIDDEN {
            assert!(!text.to_lowercase().contains(hidden), "{hidden} in {name}:\n{text}");
            assert!(!name.to_lowercase().contains(hidden), "{hidden} in {name}");
        }
    }
}

#[tokio::test]
async fn what_is_not_personal_stays_and_shapes_are_kept() {
    let folder = tempfile::tempdir().unwrap();
    let recorder = recorded(folder.path()).await;
    let (name, first) = files(folder.path()).remove(0);
    assert_eq!(name, "0001-get-v1-loans.exchange");
    for kept in [
        "request GET /v1/loans?$filter=readerId%20eq%20'",
        "\naccept: application/json\n",
        "\nauthorization: ***\n",
        "\nx-reader: ***\n",
        "\nanswer 200\n",
        r#""id": "6f1c0e0a-5a0b-4a53-8a3e-0d6d5e1f4b11""#,
        r##""@odata.type": "#library.reader""##,
        r#""due": 1.50,"#,
        r#""isStudent": true"#,
        r#""version": "16.0.12527.20122""#,
        r#""agent": "RTCC/7.0.0.0""#,
        r#""driverVersion": "x:23.110.0.5""#,
        r#""pin": "***""#,
        r#", pin ***""#,
    ] {
        assert!(first.contains(kept), "{kept} in\n{first}");
    }
    // The same everywhere: as a value, in text, in a link, in a URL of a request.
    let id = recorder.pseudonym("b1f7b2c4-1111-4222-8333-94f0a1b2c3d4");
    assert!(odata_runtime::Uuid::parse_str(&id).is_ok());
    assert_eq!(first.matches(&id).count(), 4, "{id} in\n{first}");
    let mail = recorder.pseudonym("ann.lee@corp.example.com");
    assert!(mail.contains('@') && mail.ends_with(".example"), "{mail}");
    assert_eq!(first.to_lowercase().matches(&mail).count(), 2, "{mail} in\n{first}");
    let address = recorder.pseudonym("203.0.113.77");
    assert!(address.starts_with("10.") && address.parse::<std::net::Ipv4Addr>().is_ok());
    assert_eq!(first.matches(&address).count(), 2);
    assert!(recorder.pseudonym("2001:db8::1").parse::<std::net::Ipv6Addr>().is_ok());
    let url = recorder.pseudonym("https://meet.corp.example.com/l/1?a=b");
    assert!(url.starts_with("https://") && url.parse::<Uri>().is_ok(), "{url}");
    assert!(odata_runtime::Date::strptime("%Y-%m-%d", recorder.pseudonym("1971-02-03")).is_ok());
    let phone = recorder.pseudonym("+44 20 7946 0958");
    let shape: String = phone.chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect();
    assert_eq!(shape, "+00 00 0000 0000");
}

#[tokio::test]
async fn a_link_in_an_answer_is_the_url_of_the_next_request() {
    let folder = tempfile::tempdir().unwrap();
    recorded(folder.path()).await;
    let files = files(folder.path());
    let (_, link) = files[0].1.split_once(r#""@odata.nextLink": "https://library.example"#).unwrap();
    let (link, _) = link.split_once('"').unwrap();
    assert!(link.contains("&$skiptoken="), "{link}");
    assert!(files[1].1.starts_with(&format!("exchange 1\nrequest GET {link}\n")), "{link} in\n{}", files[1].1);
    assert!(files[1].1.contains("\nx-set: ***\n") && files[1].1.contains("\ndate: now\n"));
}

#[tokio::test]
async fn a_person_may_be_called_like_the_service() {
    let folder = tempfile::tempdir().unwrap();
    let body =
        r#"{"reader": "Library", "@odata.nextLink": "https://library.example/v1/library?a=Library", "as": "LIBRARY"}"#;
    let recorder = record(folder.path(), vec![(get("/v1/a"), Exchange::get("/v1/a").json(body))]).await;
    let (_, text) = files(folder.path()).remove(0);
    let [upper, lower] = ["Library", "library"].map(|it| recorder.pseudonym(it));
    assert!(text.to_lowercase().contains(&format!("https://library.example/v1/{lower}?a={lower}\"")), "{text}");
    assert_eq!(text.matches(&upper).count() + text.matches(&lower).count(), 4, "{text}");
}

#[tokio::test]
async fn what_stands_within_a_secret_goes_and_its_ordinary_words_stay_elsewhere() {
    let folder = tempfile::tempdir().unwrap();
    let id = "6f1c0e0a-5a0b-4a53-8a3e-0d6d5e1f4b11";
    let body = format!(
        r#"{{"pin": {{"kind": "short", "of": "{id}", "codes": ["Hush-1", 7]}}, "id": "{id}", "kind": "short", "said": "Hush-1!"}}"#
    );
    record(folder.path(), vec![(get("/v1/a"), Exchange::get("/v1/a").json(body))]).await;
    let (_, text) = files(folder.path()).remove(0);
    let (_, text) = text.split_once("body json\n").unwrap();
    let compact: String = text.split_whitespace().collect();
    let pin = r#"{"pin":{"kind":"***","of":"***","codes":["***",0]}"#;
    assert_eq!(compact, format!(r#"{pin},"id":"{id}","kind":"short","said":"***!"}}end"#));
}

#[tokio::test]
async fn values_that_overlap_leave_nothing_of_either() {
    let folder = tempfile::tempdir().unwrap();
    let body =
        r#"{"reader": ["Lee, ann", "Ann"], "over": "by Lee, ann.lee@corp.example!", "longer": "by ann@corp.example!"}"#;
    let recorder = record(folder.path(), vec![(get("/v1/a"), Exchange::get("/v1/a").json(body))]).await;
    let (_, text) = files(folder.path()).remove(0);
    let over = text.lines().find(|line| line.contains("\"over\"")).unwrap();
    assert!(!over.contains("lee") && !over.contains("corp") && over.contains("by ") && over.contains('!'), "{over}");
    let longer = recorder.pseudonym("ann@corp.example");
    assert!(text.contains(&format!("\"longer\": \"by {longer}!\"")), "{longer} in {text}");
}

#[tokio::test]
async fn salts_make_pseudonyms() {
    let folder = tempfile::tempdir().unwrap();
    let of = |salt: Option<&str>| {
        let recorder = Recorder::new(InMemory::new(), folder.path(), &LIBRARY);
        salt.map_or_else(|| recorder.clone(), |salt| recorder.clone().salt(salt)).pseudonym("Ann Lee")
    };
    assert_eq!(of(Some("a")), of(Some("a")));
    assert_ne!(of(Some("a")), of(Some("b")));
    assert_ne!(of(None), of(None));
    assert!(!format!("{:?}", Recorder::new(InMemory::new(), "x", &LIBRARY).salt("pepper")).contains("pepper"));
}

#[tokio::test]
async fn a_recording_takes_the_place_of_the_last_and_is_there_only_when_it_is_finished() {
    let folder = tempfile::tempdir().unwrap();
    let library = InMemory::new();
    library.expect(Exchange::get("/v1/a").json("{}"));
    library.expect(Exchange::get("/v1/b(c=1)/x.y.d").json("{}"));
    library.expect(Exchange::get("/").json("{}"));
    let old = folder.path().join("0009-get-old.exchange");
    std::fs::write(&old, "old").unwrap();
    let recorder = Recorder::new(library, folder.path(), &LIBRARY);
    send(&recorder, get("/v1/a")).await.unwrap();
    send(&recorder, get("/v1/b(c=1)/x.y.d")).await.unwrap();
    assert_eq!(files(folder.path()).len(), 1, "nothing but the old one");
    assert_eq!(recorder.finish().unwrap().len(), 2);
    assert!(!old.exists());
    // What comes later is added; the last clone that goes writes it.
    let clone = recorder.clone();
    assert_eq!(send(&clone, get("/")).await.unwrap().status, StatusCode::OK);
    drop(clone);
    assert_eq!(files(folder.path()).len(), 2);
    drop(recorder);
    let names: Vec<_> = files(folder.path()).into_iter().map(|it| it.0).collect();
    assert_eq!(names, ["0001-get-v1-a.exchange", "0002-get-b-d.exchange", "0003-get.exchange"]);
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_is_told_and_nothing_is_lost() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let library = InMemory::new();
    library.expect(Exchange::get("/v1/a").json("{}"));
    let recorder = Recorder::new(library, file.join("recording"), &LIBRARY);
    send(&recorder, get("/v1/a")).await.unwrap();
    let error = recorder.finish().unwrap_err();
    assert!(error.to_string().contains("recording"), "{error}");
    std::fs::remove_file(&file).unwrap();
    assert_eq!(recorder.finish().unwrap().len(), 1);
}

#[test]
fn the_bodies_of_the_test_are_json() {
    Untyped::from_json(LOANS).unwrap();
}
