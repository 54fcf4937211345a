// The shop of `diff`'s tests and every change that is made to it; shared with tests/verdict.rs at the root.

/// The shop that every change is made to.
pub(crate) const SHOP: &str = include_str!("shop.csdl");
/// What it is generated with.
pub(crate) const CONFIG: &str = include_str!("codegen.toml");
/// Changes, one a block: a line `# what it is`, then pairs of lines `- old` and `+ new`.
const CHANGES: &str = include_str!("changes.txt");

/// Each change with its name, which begins with what it means, and the document that comes of it.
pub(crate) fn changes() -> Vec<(&'static str, String)> {
    let blocks = CHANGES.split("\n# ").map(|it| it.trim_start_matches("# "));
    let changed = blocks.map(|block| {
        let (name, edits) = block.split_once('\n').expect("a name and edits");
        let mut document = SHOP.to_owned();
        let mut old = "";
        for line in edits.lines().filter(|it| !it.is_empty()) {
            if let Some(it) = line.strip_prefix("- ") {
                old = it;
            } else {
                let new = line.strip_prefix('+').expect("+").trim_start();
                assert_eq!(document.matches(old).count(), 1, "{name}: {old}");
                document = document.replacen(old, new, 1);
            }
        }
        (name, document)
    });
    changed.collect()
}
