//! Requests on the wire: method, URL, headers, body, and what comes of the answer.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

use graph_call_records::graph::Subscription;
use graph_call_records::requests::{GetCallRecord, SubscriptionCreate, SubscriptionUpdate};
use graph_call_records::{CallRecord, CallType, Client, Endpoint, Error, Participant, Segment, Session, clouds};
use odata_runtime::Timestamp;
use odata_runtime::client::StaticToken;
use odata_runtime::http::Method;
use odata_runtime::testing::{Exchange, InMemory};

const ID: &str = "3f0c4d5e-8a51-4c1e-9d2b-6f3f2b1a7c90";

fn client(service: &InMemory) -> Client {
    Client::builder().transport(service.clone()).tokens(StaticToken::new("secret-token")).build().expect("client")
}

fn get(client: &Client) -> GetCallRecord {
    client.communications().call_records().by_id(ID).get()
}

#[tokio::test]
async fn a_record_by_id_with_select_and_nested_expand() {
    let service = InMemory::new();
    let query = "$select=id,type,startDateTime&$expand=sessions($select=id,caller;$expand=segments),participants_v2";
    service.expect(
        Exchange::get(format!("/v1.0/communications/callRecords/{ID}?{query}"))
            .header("request-id", "b2b6")
            .json(include_str!("responses/one-record.json")),
    );

    let record = get(&client(&service))
        .select((CallRecord::ID, CallRecord::TYPE))
        .select(CallRecord::START_DATE_TIME)
        .expand(CallRecord::SESSIONS.select((Session::ID, Session::CALLER)).expand(Session::SEGMENTS))
        .expand(CallRecord::PARTICIPANTS_V2)
        .send()
        .await
        .expect("record");

    service.verify().expect("exactly this request");
    let requests = service.requests();
    let [request] = requests.as_slice() else { panic!("one request, not {}", requests.len()) };
    assert_eq!(request.method(), Method::GET);
    assert_eq!(
        request.uri().to_string(),
        format!("https://graph.microsoft.com/v1.0/communications/callRecords/{ID}?{query}")
    );
    let header = |name: &str| request.headers().get(name).map(|it| it.to_str().expect("ASCII"));
    assert_eq!(header("authorization"), Some("Bearer secret-token"));
    assert_eq!(header("accept"), Some("application/json"));
    assert_eq!(header("prefer"), Some("include-unknown-enum-members"), "W-2");
    assert_eq!(header("client-request-id").map(str::len), Some(36), "E-5");
    assert!(request.body().is_empty());

    assert_eq!(record.r#type, Some(CallType::GroupCall));
    let callers: Vec<&str> = record
        .sessions
        .iter()
        .flatten()
        .filter_map(|session| match &session.caller {
            Some(Endpoint::Participant(it)) => it.associated_identity.as_ref()?.user_principal_name.as_deref(),
            _ => None,
        })
        .collect();
    assert_eq!(callers, ["grace@contoso.example"]);
    assert!(!record.sessions.expect("sessions").is_complete());
}

#[tokio::test]
async fn without_options_there_is_no_query() {
    let service = InMemory::new();
    service.expect(Exchange::get(format!("/v1.0/communications/callRecords/{ID}")).json("{}"));
    let record = get(&client(&service)).send().await.expect("record");
    service.verify().expect("exactly this request");
    assert_eq!(record, CallRecord::default());
}

#[tokio::test]
async fn an_error_answers_questions() {
    let service = InMemory::new();
    let body = r#"{"error": {"code": "Forbidden", "message": "not allowed", "innerError":
        {"date": "2026-03-04T08:15:30", "request-id": "5a1c", "client-request-id": "77"}}}"#;
    service.expect(Exchange::get(format!("/v1.0/communications/callRecords/{ID}")).status(403).json(body));
    let error = get(&client(&service)).send().await.expect_err("refused");
    assert_eq!(error.status().map(|it| it.as_u16()), Some(403));
    assert_eq!(error.code(), Some("Forbidden"));
    assert_eq!(error.request_id(), Some("5a1c"));
    let help = error.help().expect("help");
    assert!(help.contains("CallRecords.Read.All"), "{help}");
    assert!(!format!("{error} {error:?}").contains("secret-token"));
}

#[tokio::test]
async fn a_record_that_is_gone_is_not_found() {
    let service = InMemory::new();
    let body = r#"{"error": {"code": "NotFound", "message": ""}}"#;
    service.expect(Exchange::get(format!("/v1.0/communications/callRecords/{ID}")).status(404).json(body));
    let error: Error = get(&client(&service)).send().await.expect_err("gone");
    assert!(error.is_not_found());
}

/// W-31: an empty id would be the whole collection, a dot segment something else altogether.
#[tokio::test]
async fn w_31_empty_ids_and_dot_segments_are_refused_before_anything_is_sent() {
    for id in ["", ".", ".."] {
        let service = InMemory::new();
        let request = client(&service).communications().call_records().by_id(id).get();
        let error = request.send().await.expect_err("refused");
        assert!(error.status().is_none());
        assert!(service.requests().is_empty(), "{id:?} was sent");
    }
}

/// W-31: whatever stands in an id, it stays one segment of the path.
#[tokio::test]
async fn w_31_an_id_is_one_segment() {
    let service = InMemory::new();
    service.expect(Exchange::get("/v1.0/communications/callRecords/a%2Fb%3Fc%23d%20e%3A%40%25f").json("{}"));
    client(&service).communications().call_records().by_id("a/b?c#d e:@%f").get().send().await.expect("sent");
    service.verify().expect("exactly this request");
}

/// Requests own what they need: a task may take them along.
#[test]
fn requests_and_clients_can_be_sent_anywhere() {
    fn anywhere<T: Send + 'static>(_: &T) {}
    fn unpin<T: Unpin>(_: &T) {}
    fn shared<T: Clone + Send + Sync + 'static>(_: &T) {}
    let client = client(&InMemory::new());
    shared(&client);
    let request = get(&client).expand((CallRecord::SESSIONS.expand(Session::SEGMENTS), CallRecord::ORGANIZER_V2));
    shared(&request);
    unpin(&request);
    anywhere(&request.send());
    let _ = (Participant::IDENTITY.name(), Segment::MEDIA.name());
}

/// Where a script's exchanges are; without the origin.
fn at(path: &str) -> String {
    format!("/v1.0/communications/callRecords{path}")
}

fn time(text: &str) -> Timestamp {
    text.parse().expect("a time")
}

/// The headers that every request has (W-2, W-9, E-5), and no body.
fn assert_plain(service: &InMemory) {
    service.verify().expect("exactly these requests");
    for request in service.requests() {
        let header = |name: &str| request.headers().get(name).map(|it| it.to_str().expect("ASCII"));
        assert_eq!(request.uri().host(), Some("graph.microsoft.com"));
        assert_eq!(header("authorization"), Some("Bearer secret-token"));
        assert_eq!(header("accept"), Some("application/json"));
        assert!(header("prefer").is_some_and(|it| it.starts_with("include-unknown-enum-members")), "W-2");
        assert_eq!(header("client-request-id").map(str::len), Some(36), "E-5");
        assert!(request.body().is_empty() && header("content-type").is_none());
    }
}

/// CR-2: two filters, `$select`, and pages of the size that is asked for; the next page by its link, to the letter.
#[tokio::test]
async fn cr_2_a_list_of_records() {
    let service = InMemory::in_order();
    let filter = "startDateTime%20ge%202026-03-01T00%3A00%3A00Z%20and%20participants_v2/any(a:a/id%20eq%20%27u-1%27)";
    let next = "https://graph.microsoft.com/v1.0/communications/callRecords?$skiptoken=p2";
    service.expect(
        Exchange::get(at(&format!("?$select=id,version&$filter={filter}")))
            .expects_header("prefer", "include-unknown-enum-members, odata.maxpagesize=50")
            .json(format!(r#"{{"value":[{{"id":"a","version":1}}],"@odata.nextLink":"{next}"}}"#)),
    );
    service.expect(Exchange::get(at("?$skiptoken=p2")).json(r#"{"value":[{"id":"b"}]}"#));
    let records = client(&service)
        .communications()
        .call_records()
        .list()
        .select((CallRecord::ID, CallRecord::VERSION))
        .filter(CallRecord::START_DATE_TIME.ge(time("2026-03-01T00:00:00Z")))
        .filter(CallRecord::PARTICIPANTS_V2.any(Participant::ID.eq("u-1")))
        .page_size(50);
    let records: Vec<CallRecord> = records.stream().try_collect().await.expect("records");
    assert_plain(&service);
    assert_eq!(records.iter().filter_map(|it| it.id.as_deref()).collect::<Vec<_>>(), ["a", "b"]);
}

/// CR-21: what the service ignores without a word is refused, and told.
#[tokio::test]
async fn cr_21_filters_that_the_service_ignores_are_refused() {
    let service = InMemory::new();
    let list = client(&service).communications().call_records().list();
    let error = list.filter(CallRecord::JOIN_WEB_URL.eq("https://x.example")).send().await.expect_err("refused");
    assert!(error.to_string().contains("joinWebUrl"), "{error}");
    assert!(service.requests().is_empty());
}

/// CR-2, CR-21: of the two properties, the few forms that the service documents; anything else it might ignore.
#[tokio::test]
async fn cr_2_other_filters_by_the_same_properties_are_refused() {
    let service = InMemory::new();
    let records = client(&service).communications().call_records();
    let (start, of) = (CallRecord::START_DATE_TIME, CallRecord::PARTICIPANTS_V2);
    let at = time("2026-03-01T00:00:00Z");
    for (condition, said) in [
        (start.eq(at), "`startDateTime` with `eq`, only with: lt le gt ge"),
        (start.ge(at).and(!start.in_([at])), "`startDateTime` with `in`"),
        (start.year().eq(2026), "`startDateTime` with `year`"),
        (start.is_not_null(), "`startDateTime` with `ne`"),
        (of.any(Participant::ID.ne("u-1")), "`participants_v2/id` with `ne`, only with: eq"),
        (of.any(Participant::ID.starts_with("u")), "`participants_v2/id` with `startswith`"),
        (of.all(Participant::ID.eq("u-1")), "`participants_v2`"),
        (of.is_not_empty(), "`participants_v2`"),
        (of.size().gt(2), "`participants_v2`"),
        (of.any(Participant::ADMINISTRATIVE_UNIT_INFOS.is_not_empty()), "`participants_v2/administrativeUnitInfos`"),
        (CallRecord::ID.eq("x").or(start.ge(at)), "`id`"),
    ] {
        let error = records.list().filter(condition).send().await.expect_err("refused");
        assert!(error.to_string().contains(&format!("the service does not filter by {said}")), "{error}");
    }
    assert!(service.requests().is_empty());
    for condition in [start.lt(at), start.le(at), start.gt(at).or(start.ge(at)), of.any(Participant::ID.eq("u-1"))] {
        let before = service.requests().len();
        // Nobody answers; that it is sent is all there is to see.
        records.list().filter(condition).send().await.expect_err("unexpected");
        assert!(service.requests().len() > before);
    }
}

/// CR-3 to CR-6: what stands below a record.
#[tokio::test]
async fn cr_3_to_6_what_stands_below_a_record() {
    let service = InMemory::in_order();
    let record = client(&service).communications().call_records().by_id(ID);
    let below = |path: &str| Exchange::get(at(&format!("/{ID}{path}")));
    service.expect(below("/sessions?$select=id&$expand=segments($select=id)").json(r#"{"value":[{"id":"s"}]}"#));
    service.expect(below("/sessions/s/segments?$select=id").json(r#"{"value":[{"id":"g"}]}"#));
    service.expect(below("/participants_v2?$select=id").json(r#"{"value":[{"id":"p"}]}"#));
    service.expect(below("/organizer_v2?$select=id").json(r#"{"id":"o"}"#));
    let sessions = record.sessions().list().select(Session::ID).expand(Session::SEGMENTS.select(Segment::ID));
    let sessions = sessions.send().await.expect("sessions");
    assert_eq!(sessions.items().first().and_then(|it| it.id.as_deref()), Some("s"));
    let segments = record.sessions().by_id("s").segments().list().select(Segment::ID).send().await.expect("segments");
    assert_eq!(segments.len(), 1);
    let participants = record.participants_v2().list().select(Participant::ID).send().await.expect("participants");
    assert_eq!(participants.len(), 1);
    let organizer = record.organizer_v2().get().select(graph_call_records::Organizer::ID).send().await.expect("one");
    assert_eq!(organizer.id.as_deref(), Some("o"));
    assert_plain(&service);
}

/// CR-7, CR-8, CR-14, CR-15: the functions by their full names, the ends of the range as full points in time.
#[tokio::test]
async fn cr_7_and_8_rows_of_a_range() {
    let service = InMemory::in_order();
    let records = client(&service).communications().call_records();
    let (from, to) = (time("2026-03-01T00:00:00Z"), time("2026-03-31T12:30:00.5Z"));
    let range = "(fromDateTime=2026-03-01T00%3A00%3A00Z,toDateTime=2026-03-31T12%3A30%3A00.5Z)";
    let function = |name: &str| Exchange::get(at(&format!("/microsoft.graph.callRecords.{name}{range}")));
    service.expect(function("getPstnCalls").json(r#"{"@odata.count":1,"value":[{"id":"1","charge":0.10}]}"#));
    service.expect(function("getDirectRoutingCalls").json(r#"{"value":[{"id":"2"}]}"#));
    let rows = records.get_pstn_calls(from, to).send().await.expect("rows");
    assert_eq!((rows.count(), rows.len()), (Some(1), 1));
    let rows = records.get_direct_routing_calls(from, to).send().await.expect("rows");
    assert_eq!(rows.items().first().and_then(|it| it.id.as_deref()), Some("2"));
    assert_plain(&service);
}

/// CR-12: 90 days and no more.
#[tokio::test]
async fn cr_12_more_than_90_days_are_refused() {
    let service = InMemory::new();
    let records = client(&service).communications().call_records();
    let (from, to) = (time("2026-01-01T00:00:00Z"), time("2026-04-01T00:00:01Z"));
    let error = records.get_pstn_calls(from, to).send().await.expect_err("refused");
    assert!(error.to_string().contains("90 days"), "{error}");
    records.get_direct_routing_calls(to, from).send().await.expect_err("it ends before it begins");
    assert!(service.requests().is_empty());
}

/// CR-13: an end belongs to the span of the one function and not to that of the other; rows are told by their id.
#[tokio::test]
async fn cr_13_a_year_in_pieces() {
    let service = InMemory::in_order();
    let records = client(&service).communications().call_records();
    let ends = ["2026-01-01", "2026-04-01", "2026-06-30", "2026-07-01"];
    for (at_piece, pair) in ends.windows(2).enumerate() {
        let [from, to] = pair else { panic!("a pair") };
        let range = format!("(fromDateTime={from}T00%3A00%3A00Z,toDateTime={to}T00%3A00%3A00Z)");
        let rows = format!(r#"{{"value":[{{"id":"{at_piece}"}},{{"id":"{}"}}]}}"#, at_piece + 1);
        service.expect(Exchange::get(at(&format!("/microsoft.graph.callRecords.getPstnCalls{range}"))).json(rows));
    }
    let (from, to) = (time("2026-01-01T00:00:00Z"), time("2026-07-01T00:00:00Z"));
    let rows = records.get_pstn_calls(from, to).split().try_collect::<Vec<_>>().await.expect("rows");
    let ids: Vec<&str> = rows.iter().filter_map(|it| it.id.as_deref()).collect();
    assert_eq!(ids, ["0", "1", "2", "3"]);
    service.verify().expect("three pieces");
}

/// CR-9: the life of a subscription.
#[tokio::test]
async fn cr_9_subscriptions() {
    let service = InMemory::in_order();
    let subscriptions = client(&service).subscriptions();
    let body = r#"{"changeType":"created","notificationUrl":"https://app.example/n","resource":"communications/callRecords","expirationDateTime":"2026-03-04T08:00:00Z","clientState":"whisper"}"#;
    service.expect(Exchange::get("/v1.0/subscriptions").json(r#"{"value":[{"id":"s-1"}]}"#));
    service.expect(
        Exchange::post("/v1.0/subscriptions")
            .expects_header("content-type", "application/json")
            .expects_json(body)
            .status(201)
            .json(r#"{"id":"s-2","clientState":null}"#),
    );
    service.expect(Exchange::get("/v1.0/subscriptions/s-2").json(r#"{"id":"s-2"}"#));
    service.expect(
        Exchange::patch("/v1.0/subscriptions/s-2")
            .expects_json(r#"{"expirationDateTime":"2026-03-06T08:00:00Z","lifecycleNotificationUrl":null}"#)
            .json(r#"{"id":"s-2"}"#),
    );
    service.expect(Exchange::post("/v1.0/subscriptions/s-2/microsoft.graph.reauthorize").expects_body("").status(204));
    service.expect(Exchange::delete("/v1.0/subscriptions/s-2").status(204));

    assert_eq!(subscriptions.list().send().await.expect("list").len(), 1);
    let new = SubscriptionCreate::new()
        .with_change_type("created")
        .with_notification_url("https://app.example/n")
        .with_resource("communications/callRecords")
        .with_expiration_date_time(time("2026-03-04T08:00:00Z"))
        .with_client_state("whisper");
    assert!(!format!("{new:?}").contains("whisper"), "{new:?}");
    let request = subscriptions.create(new);
    assert!(!format!("{request:?}").contains("whisper"), "{request:?}");
    let made: Subscription = request.send().await.expect("made");
    let one = subscriptions.by_id(made.id.expect("id"));
    assert_eq!(one.get().send().await.expect("read").id.as_deref(), Some("s-2"));
    let changes = SubscriptionUpdate::new()
        .with_expiration_date_time(time("2026-03-06T08:00:00Z"))
        .clear_lifecycle_notification_url();
    assert!(one.update(changes).send().await.expect("changed").is_some());
    one.reauthorize().send().await.expect("authorized again");
    one.delete().send().await.expect("deleted");
    service.verify().expect("exactly these requests");
}

#[tokio::test]
async fn a_subscription_without_what_it_must_have_is_not_sent() {
    let service = InMemory::new();
    let new = SubscriptionCreate::new().with_change_type("created").with_resource("communications/callRecords");
    let error = client(&service).subscriptions().create(new).send().await.expect_err("refused");
    let text = error.to_string();
    assert!(text.contains("notificationUrl") && text.contains("expirationDateTime"), "{text}");
    assert!(service.requests().is_empty());
}

/// CR-11: a record that is not found has three causes, and the help names them.
#[tokio::test]
async fn cr_11_help_names_the_causes() {
    let service = InMemory::new();
    let body = r#"{"error": {"code": "NotFound", "message": ""}}"#;
    service.expect(Exchange::get(at(&format!("/{ID}"))).status(404).json(body));
    let error = get(&client(&service)).send().await.expect_err("gone");
    // What is below a record is asked for by its id too.
    service.expect(Exchange::get(at(&format!("/{ID}/sessions"))).status(404).json(body));
    service.expect(Exchange::get(at(&format!("/{ID}/participants_v2"))).status(404).json(body));
    let record = client(&service).communications().call_records().by_id(ID);
    let sessions = record.sessions().list().send().await.expect_err("gone");
    let participants = record.participants_v2().list().send().await.expect_err("gone");
    for error in [error, sessions, participants] {
        let help = error.help().expect("help");
        assert!(help.contains("30 days") && help.contains("hour") && help.contains("outage"), "{help}");
    }
}

/// CR-28: four clouds, each with a root, a scope and an authority of its own.
#[tokio::test]
async fn cr_28_another_cloud() {
    let hosts: Vec<&str> = clouds::ALL.iter().map(|it| it.root).collect();
    assert_eq!(
        hosts,
        [
            "https://graph.microsoft.com/v1.0",
            "https://graph.microsoft.us/v1.0",
            "https://dod-graph.microsoft.us/v1.0",
            "https://microsoftgraph.chinacloudapi.cn/v1.0"
        ]
    );
    assert!(clouds::ALL.iter().all(|it| it.scope == it.root.replace("/v1.0", "/.default")));
    let service = InMemory::new();
    service.expect(Exchange::get(at(&format!("/{ID}"))).json("{}"));
    let client = Client::builder().cloud(clouds::US_GOVERNMENT_L5).transport(service.clone());
    let client = client.tokens(StaticToken::new("t")).build().expect("client");
    get(&client).send().await.expect("record");
    let [request] = service.requests().try_into().expect("one request");
    assert_eq!(request.uri().host(), Some("dod-graph.microsoft.us"));
}
