//! Where to go on.

use odata_runtime::client::Cursor;
use proptest::prelude::*;

use crate::orders::Order;
use crate::pages::{FIRST, ids, link, page, served, target};

/// Pages of these sizes, and the ids of all items.
fn book(sizes: &[u32]) -> (Vec<(String, String)>, Vec<String>) {
    let (mut pages, mut next) = (Vec::new(), 0);
    for (at, size) in sizes.iter().enumerate() {
        let ids: Vec<_> = (next..next + size).collect();
        next += size;
        let address = if at == 0 { FIRST.to_owned() } else { target(&at.to_string()) };
        let link = if at + 1 == sizes.len() { "null".to_owned() } else { link(&(at + 1).to_string()) };
        pages.push((address, page(&ids, &link)));
    }
    (pages, (0..next).map(|id| id.to_string()).collect())
}

fn client_of(pages: &[(String, String)]) -> crate::orders::Client {
    let pages: Vec<_> = pages.iter().map(|(target, json)| (&**target, &**json)).collect();
    served(&pages).0
}

proptest! {
    /// Stopped after any item and resumed from the cursor's text: every item comes once, in order.
    #[test]
    fn a_list_may_be_stopped_anywhere(sizes in prop::collection::vec(0_u32..5, 1..6), stop in 0_usize..25) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (pages, all) = book(&sizes);
        runtime.block_on(async {
            let mut items = client_of(&pages).orders().list().stream();
            let mut seen = Vec::new();
            while seen.len() < stop && let Some(item) = items.next().await {
                seen.push(item.unwrap().id.unwrap());
            }
            if let Some(cursor) = items.cursor() {
                let mut list = client_of(&pages).orders().list();
                list.resume(Cursor::new(cursor.expose()));
                let (rest, error) = ids(list.stream()).await;
                prop_assert_eq!(error, None);
                seen.extend(rest);
            }
            prop_assert_eq!(seen, all);
            Ok(())
        })?;
    }

    /// Any text is a cursor that is refused or asked for, and never a panic.
    #[test]
    fn any_text_is_taken(text in "\\PC{0,40}") {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (client, service) = served(&[]);
        let mut list = client.orders().list();
        list.resume(Cursor::new(text.clone()));
        runtime.block_on(list.send()).unwrap_err();
        prop_assert!(service.requests().iter().all(|request| request.uri().host() == Some("shop.example.com")), "{text}");
    }
}

#[tokio::test]
async fn a_cursor_of_pages_goes_on_after_the_pages() {
    let (pages, _) = book(&[2, 2, 1]);
    let client = client_of(&pages);
    let mut stream = client.orders().list().pages();
    let start = stream.cursor().unwrap();
    assert_eq!(stream.next().await.unwrap().unwrap().len(), 2);
    let after = stream.cursor().unwrap();
    assert_ne!(start, after);
    for (cursor, expected) in [(start, vec!["0", "1", "2", "3", "4"]), (after, vec!["2", "3", "4"])] {
        let mut list = client_of(&pages).orders().list();
        list.resume(cursor);
        assert_eq!(ids(list.stream()).await.0, expected);
    }
}

#[tokio::test]
async fn a_cursor_in_the_middle_of_a_page_counts_for_pages_too() {
    let (pages, _) = book(&[3, 1]);
    let mut items = client_of(&pages).orders().list().stream();
    items.next().await.unwrap().unwrap();
    let mut list = client_of(&pages).orders().list();
    list.resume(items.cursor().unwrap());
    let mut stream = list.pages();
    let rest: Vec<Order> = stream.next().await.unwrap().unwrap().into_items();
    assert_eq!(rest.iter().map(|order| order.id.as_deref().unwrap()).collect::<Vec<_>>(), ["1", "2"]);
}

#[test]
fn e4_a_cursor_does_not_show_itself() {
    let cursor = Cursor::new("https://shop.example.com/v1.0/orders?$skiptoken=k3y");
    assert_eq!(format!("{cursor:?}"), "Cursor(***)");
}

#[cfg(feature = "serde")]
#[tokio::test]
async fn a_cursor_is_its_text_to_serde() {
    let (pages, _) = book(&[3]);
    let mut items = client_of(&pages).orders().list().stream();
    items.next().await.unwrap().unwrap();
    let cursor = items.cursor().unwrap();
    let json = serde_json::to_string(&cursor).unwrap();
    assert_eq!(json, serde_json::to_string(cursor.expose()).unwrap());
    assert_eq!(serde_json::from_str::<Cursor>(&json).unwrap(), cursor);
}
