//! `fetch`, from a server on this machine: what replaces the document, what does not, and what is sent to whom.
#![cfg(all(feature = "cli", feature = "fetch"))]
// A test fails by panicking.
#![allow(clippy::expect_used, clippy::indexing_slicing, clippy::panic)]

#[path = "support/project.rs"]
mod project;
#[path = "support/server.rs"]
mod server;

use std::collections::BTreeMap;

use project::Project;
use server::{Server, answer};

const OLD: &str = "<edmx:Edmx Version=\"4.0\" xmlns:edmx=\"http://docs.oasis-open.org/odata/ns/edmx\"><edmx:DataServices><Schema Namespace=\"n\" xmlns=\"http://docs.oasis-open.org/odata/ns/edm\"/></edmx:DataServices></edmx:Edmx>";

fn new() -> String {
    OLD.replace("Namespace=\"n\"", "Namespace=\"m\"")
}

const CONFIG: &str = "# Mine.\ndocuments = [\"n.csdl\"] # one\n\n[select]\nnamespaces = [\"n\"]\n";

/// A folder in which OLD was fetched from a server before, with an `ETag`.
fn fetched(test: &str) -> (Project, Server) {
    let project = Project::new(test);
    project.write("codegen.toml", CONFIG);
    let server = Server::start();
    server.on("/m", answer(200, &[("ETag", "\"one\""), ("Last-Modified", "Thu, 20 Aug 2026 07:28:00 GMT")], OLD));
    project.succeeds(&["fetch", &server.url("/m")]);
    server.forget();
    (project, server)
}

#[test]
fn a_document_and_where_it_comes_from_are_kept() {
    let (project, server) = fetched("fetch-200");
    assert_eq!(project.read("n.csdl"), OLD);
    let sum = project.sum("n.csdl");
    let url = server.url("/m");
    let expected = format!(
        "{CONFIG}\n[provenance]\nurl = \"{url}\"\netag = \"\\\"one\\\"\"\ndate = \"2026-08-20\"\nsha256 = \"{sum}\"\n"
    );
    assert_eq!(project.read("codegen.toml").replace("'\"one\"'", "\"\\\"one\\\"\""), expected);
    assert_eq!(project.names(), ["codegen.toml", "n.csdl"]);
}

#[test]
fn the_next_run_asks_for_what_is_new_only() {
    let (project, server) = fetched("fetch-304");
    let before = project.all();
    server.on("/m", answer(304, &[], ""));
    // No URL is given: it is recorded.
    assert_eq!(project.succeeds(&["fetch"]), "n.csdl: not modified\n");
    let asked = server.asked();
    assert_eq!(asked.len(), 1);
    assert_eq!(asked[0].line, "GET /m HTTP/1.1");
    assert_eq!(asked[0].header("if-none-match"), Some("\"one\""));
    assert_eq!(asked[0].header("authorization"), None);
    assert_eq!(project.all(), before);

    server.on("/m", answer(200, &[("ETag", "\"two\"")], &new()));
    project.succeeds(&["fetch"]);
    assert_eq!(project.read("n.csdl"), new());
    assert!(project.read("codegen.toml").contains("two"), "{}", project.read("codegen.toml"));
    // What stands elsewhere did not come with that ETag.
    server.forget();
    project.succeeds(&["fetch", "--output", "other.csdl"]);
    assert_eq!(server.asked()[0].header("if-none-match"), None);
    assert_eq!(project.read("other.csdl"), new());
}

/// Whatever comes instead of a document, everything stays as it was and nothing is left beside it.
#[test]
fn what_is_no_document_replaces_nothing() {
    let cut = &OLD[..OLD.len() / 2];
    let html = "<!DOCTYPE html><html><body>Sign in</body></html>";
    let cases: Vec<(&str, Vec<u8>, &[&str], &str)> = vec![
        ("404", answer(404, &[], "{}"), &[], "answers 404 Not Found\nhelp: give the URL or a file, or mend `url`"),
        ("401", answer(401, &[], ""), &[], "--token-env NAME"),
        ("500", answer(500, &[], OLD), &[], "answers 500"),
        // Nobody asked for what is not there.
        ("html", answer(200, &[("Content-Type", "text/html")], html), &[], "error[csdl::"),
        ("json", answer(200, &[], "{\"$Version\":\"4.0\"}"), &[], "error[csdl::"),
        ("empty", answer(200, &[], ""), &[], "error[csdl::"),
        // The announced length does not come.
        ("cut", [head(OLD.len()).as_bytes(), cut.as_bytes()].concat(), &[], "error: "),
        // Nothing is announced, so that only the text shows that it is cut.
        ("truncated", format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{cut}").into_bytes(), &[], "error[csdl::"),
        (
            "chunked",
            format!("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n{:x}\r\n{OLD}\r\n", OLD.len()).into_bytes(),
            &[],
            "error: ",
        ),
        ("large", answer(200, &[], OLD), &["--most-bytes", "64"], "sends more than 64 bytes"),
        (
            "unannounced",
            format!("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\n{OLD}").into_bytes(),
            &["--most-bytes", "64"],
            "sends more than 64 bytes",
        ),
        ("garbage", b"SSH-2.0-OpenSSH\r\n".to_vec(), &[], "get it by other means and give the file"),
    ];
    let (project, server) = fetched("fetch-nothing");
    let before = project.all();
    for (case, bytes, options, said) in cases {
        server.on("/x", bytes);
        let url = server.url("/x");
        let arguments: Vec<&str> = ["fetch", &url].into_iter().chain(options.iter().copied()).collect();
        let (out, err) = project.fails(&arguments);
        assert!(err.contains(said), "{case}: {err}");
        assert_eq!(out, "", "{case}");
        assert_eq!(project.all(), before, "{case}");
    }
}

fn head(length: usize) -> String {
    format!("HTTP/1.1 200 OK\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n")
}

/// A body of just the longest length is not too long.
#[test]
fn the_longest_document_is_let_in() {
    let (project, server) = fetched("fetch-longest");
    server.on("/m", answer(200, &[], &new()));
    project.succeeds(&["fetch", "--most-bytes", &new().len().to_string()]);
    assert_eq!(project.read("n.csdl"), new());
}

#[test]
fn what_takes_too_long_replaces_nothing() {
    let (project, server) = fetched("fetch-slow");
    let before = project.all();
    server.stall("/x", head(OLD.len()).into_bytes());
    let (_, err) = project.fails(&["fetch", &server.url("/x"), "--timeout", "1"]);
    assert!(err.contains("takes more than 1 s") && err.contains("--timeout SECONDS"), "{err}");
    assert_eq!(project.all(), before);
}

#[test]
fn a_token_goes_to_its_host_alone() {
    let (project, server) = fetched("fetch-token");
    let elsewhere = Server::start();
    elsewhere.on("/m", answer(200, &[], &new()));
    let with_token =
        |url: &str| project.run_with(&["fetch", url, "--token-env", "MY_TOKEN"], &[("MY_TOKEN", "s3cret")]);

    // The same host: the token goes along.
    server.on("/here", answer(302, &[("Location", "/there")], ""));
    server.on("/there", answer(200, &[], &new()));
    assert!(with_token(&server.url("/here")).status.success());
    let sent: Vec<_> =
        server.asked().iter().map(|it| (it.line.clone(), it.header("authorization").map(str::to_owned))).collect();
    let token = Some("Bearer s3cret".to_owned());
    assert_eq!(sent, [("GET /here HTTP/1.1".to_owned(), token.clone()), ("GET /there HTTP/1.1".to_owned(), token)]);

    // Another one, another port is enough: neither the token nor the request.
    let before = project.all();
    for status in [301, 302, 303, 307, 308] {
        server.on("/away", answer(status, &[("Location", &elsewhere.url("/m"))], ""));
        let refused = with_token(&server.url("/away"));
        let err = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert_eq!(refused.status.code(), Some(1));
        assert!(err.contains("redirects to what is neither https nor the same host"), "{err}");
        assert!(!err.contains("s3cret"), "{err}");
    }
    assert!(elsewhere.asked().is_empty());
    assert_eq!(project.all(), before);

    // A variable without a token is no reason to ask without one.
    server.forget();
    let (_, err) = project.fails(&["fetch", &server.url("/here"), "--token-env", "NO_SUCH_TOKEN"]);
    assert!(err.contains("`NO_SUCH_TOKEN` has no token"), "{err}");
    assert!(server.asked().is_empty());
}

#[test]
fn redirects_end() {
    let (project, server) = fetched("fetch-loop");
    server.on("/loop", answer(302, &[("Location", "/loop")], ""));
    let (_, err) = project.fails(&["fetch", &server.url("/loop")]);
    assert!(err.contains("redirects again and again"), "{err}");
    assert_eq!(server.asked().len(), 6);
}

/// What a document refers to is for the maintainer to fetch.
#[test]
fn references_are_told_and_not_followed() {
    let (project, server) = fetched("fetch-references");
    let other = server.url("/other");
    let reference =
        format!("<edmx:Reference Uri=\"{other}\"><edmx:Include Namespace=\"o\"/></edmx:Reference><edmx:DataServices>");
    server.on("/m", answer(200, &[], &OLD.replace("<edmx:DataServices>", &reference)));
    let said = project.succeeds(&["fetch"]);
    assert!(said.contains(&format!("it refers to `{other}`, which is not fetched")), "{said}");
    assert_eq!(server.asked().len(), 1);
}

#[test]
fn a_file_is_checked_and_recorded_alike() {
    let (project, server) = fetched("fetch-file");
    project.write("new.csdl", &new());
    project.succeeds(&["fetch", "new.csdl", "--date", "2026-09-01", "--commit", "c0ffee"]);
    assert_eq!(project.read("n.csdl"), new());
    let sum = project.sum("n.csdl");
    // Where the next one can be had stays; the ETag was of the one before.
    let url = server.url("/m");
    let expected = format!(
        "{CONFIG}\n[provenance]\nurl = \"{url}\"\ndate = \"2026-09-01\"\nsha256 = \"{sum}\"\ncommit = \"c0ffee\"\n"
    );
    assert_eq!(project.read("codegen.toml"), expected);
    let before = project.all();
    project.write("bad.csdl", "no document");
    project.fails(&["fetch", "bad.csdl"]);
    project.fails(&["fetch", "nowhere.csdl"]);
    let after: BTreeMap<_, _> = project.all().into_iter().filter(|(name, _)| name != "bad.csdl").collect();
    assert_eq!(after, before);
}

/// A slice, or what somebody edited, would be lost.
#[test]
fn what_was_not_fetched_is_not_replaced() {
    let (project, server) = fetched("fetch-edited");
    project.write("n.csdl", &format!("{OLD}<!-- mine -->"));
    let before = project.all();
    let (_, err) = project.fails(&["fetch"]);
    assert!(err.contains("is not what was fetched before") && err.contains("--output FILE"), "{err}");
    assert!(server.asked().is_empty());
    assert_eq!(project.all(), before);
}

#[test]
fn plain_http_is_for_this_machine() {
    let (project, _server) = fetched("fetch-http");
    let (_, err) = project.fails(&["fetch", "http://service.example/m?sig=s3cret"]);
    assert!(err.contains("is not https") && !err.contains("s3cret"), "{err}");
}
