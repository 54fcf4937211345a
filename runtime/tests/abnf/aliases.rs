//! Cases of parameters that stand in the query as JSON.

use odata_runtime::client::{Argument, Client, Json, Operation, StaticToken};
use odata_runtime::testing::{Exchange, InMemory};
use odata_runtime::{Untyped, from_str};

use crate::requests::{SERVICE, decoded};
use crate::types::name;

const CALL: Operation = Operation::new("/call");

/// A call of a function with one such parameter, sent and taken from its URL; nothing if it is none.
pub(crate) fn called(text: &str) -> Option<String> {
    let (call, query) = text.split_once('?')?;
    let (alias, json) = query.split_once('=')?;
    let (path, arguments) = call.strip_suffix(')')?.split_once('(')?;
    let parameter = arguments.strip_suffix(alias)?.strip_suffix('=')?;
    let value: Untyped = from_str(json).ok().filter(|_| json.starts_with(['[', '{']))?;
    let service = InMemory::new();
    let client: Client =
        Client::builder(&SERVICE).tokens(StaticToken::new("t")).transport(service.clone()).build().unwrap();
    let mut segments: Vec<&str> = path.split('/').collect();
    let function = segments.pop()?;
    let base = segments.into_iter().fold(client.path(), |path, segment| path.segment(segment));
    let arguments: [(_, &dyn Argument); 1] = [(name(parameter), &Json(&value))];
    service.expect(Exchange::get("/").json("{}"));
    let runtime = tokio::runtime::Builder::new_current_thread().enable_time().build().unwrap();
    let _unexpected = runtime.block_on(base.function(function, &arguments).get::<Untyped>(&CALL).send());
    let url = service.requests().first().unwrap().uri().to_string();
    let written = url.strip_prefix("https://shop.example.com/").unwrap().to_owned();
    let wanted = format!("{path}({parameter}=@{parameter})?@{parameter}={json}");
    assert_eq!(decoded(&written), wanted);
    Some(written)
}
