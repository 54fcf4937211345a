//! N-7, CR-17: duplicates, order, versions.

use graph_call_records::CallRecord;
use odata_runtime::notifications::{InMemoryVersions, Newest, ResourceId, Versions};
use proptest::prelude::*;

fn id(number: u8) -> ResourceId<CallRecord> {
    ResourceId::new(&format!("7d3f1c52-90ab-4e6f-8123-5a6b7c8d9e{number:02x}")).unwrap()
}

#[tokio::test]
async fn n7_an_older_version_is_never_new() {
    let newest = Newest::<CallRecord, _>::new(InMemoryVersions::new(10));
    let one = id(1);
    assert_eq!(newest.is_new(&one, Some(2)).await, Ok(true));
    // Not done yet: another delivery of it is as new.
    assert_eq!(newest.is_new(&one, Some(2)).await, Ok(true));
    assert_eq!(newest.done(&one, Some(2)).await, Ok(true));
    for (version, is_new) in [(2, false), (1, false), (3, true)] {
        assert_eq!(newest.is_new(&one, Some(version)).await, Ok(is_new), "{version}");
    }
    // A task that was slower.
    assert_eq!(newest.done(&one, Some(1)).await, Ok(false));
    assert_eq!(newest.is_new(&one, Some(2)).await, Ok(false));
    // Another call, and one without a version.
    assert_eq!(newest.is_new(&id(2), Some(1)).await, Ok(true));
    assert_eq!(newest.is_new(&one, None).await, Ok(true));
}

#[tokio::test]
async fn n7_the_store_in_memory_is_bounded() {
    let store = InMemoryVersions::new(3);
    for number in 0..=255_u8 {
        assert_eq!(store.raise(id(number).as_str(), 1).await, Ok(true));
    }
    for number in 0..=255_u8 {
        let kept = (number > 252).then_some(1);
        assert_eq!(store.get(id(number).as_str()).await, Ok(kept), "{number}");
    }
}

/// An app's own store, which can fail.
struct Broken;

impl Versions for Broken {
    type Error = &'static str;

    async fn get(&self, _: &str) -> Result<Option<i64>, Self::Error> {
        Err("no table")
    }

    async fn raise(&self, _: &str, _: i64) -> Result<bool, Self::Error> {
        Err("no table")
    }
}

#[tokio::test]
async fn n7_a_store_of_the_app_may_fail() {
    let newest = Newest::<CallRecord, _>::new(Broken);
    assert_eq!(newest.is_new(&id(1), Some(1)).await, Err("no table"));
    assert_eq!(newest.done(&id(1), Some(1)).await, Err("no table"));
}

proptest! {
    /// In whatever order versions come, and however often: what is done rises only, and ends with the highest.
    #[test]
    fn n7_what_is_done_only_rises(versions in prop::collection::vec((0..4_u8, -5..5_i64), 1..60)) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        runtime.block_on(async {
            let newest = Newest::<CallRecord, _>::new(InMemoryVersions::new(4));
            let mut highest = std::collections::HashMap::new();
            for (number, version) in versions {
                let before = highest.get(&number).copied();
                let is_new = newest.is_new(&id(number), Some(version)).await.unwrap();
                prop_assert_eq!(is_new, before.is_none_or(|it| version > it));
                prop_assert_eq!(newest.done(&id(number), Some(version)).await.unwrap(), is_new);
                highest.insert(number, before.unwrap_or(version).max(version));
            }
            Ok(())
        })?;
    }
}
