//! What becomes of the output folder and of what stands around it.
#![allow(missing_docs, clippy::expect_used, clippy::unwrap_used, clippy::panic)]

mod support;

use std::fs;
use std::path::Path;
use std::process::Command;

use camino::{Utf8Path, Utf8PathBuf};
use odata_codegen::emit::Files;
use odata_codegen::output::{OutputError, Written, check, write};
use tempfile::TempDir;

/// An output folder, `out`, alone in a folder of its own.
struct Place {
    around: TempDir,
    out: Utf8PathBuf,
}

impl Place {
    fn new() -> Self {
        let around = tempfile::tempdir().expect("folder");
        let out = Utf8PathBuf::try_from(around.path().join("out")).expect("UTF-8");
        Self { around, out }
    }

    fn generated(texts: &[(&str, &str)]) -> Self {
        let place = Self::new();
        write(&place.out, &some(texts)).expect("written");
        place
    }

    fn put(&self, path: &str, text: &str) {
        let path = self.around.path().join(path);
        fs::create_dir_all(path.parent().expect("parent")).expect("folder");
        fs::write(path, text).expect("written");
    }

    fn has(&self, path: &str) -> bool {
        self.around.path().join(path).symlink_metadata().is_ok()
    }

    /// What stands beside the folder, and the folder.
    fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(self.around.path()).expect("folder");
        let mut names: Vec<String> =
            entries.map(|it| it.expect("entry").file_name().to_string_lossy().into_owned()).collect();
        names.sort();
        names
    }
}

fn some(texts: &[(&str, &str)]) -> Files {
    texts.iter().map(|(path, text)| ((*path).to_owned(), (*text).to_owned())).collect()
}

const ONE: &[(&str, &str)] = &[("lib.rs", "// one\n"), ("a/mod.rs", "// a\n")];
const TWO: &[(&str, &str)] = &[("lib.rs", "// two\n"), ("b/mod.rs", "// b\n")];

#[test]
fn a_folder_is_made_replaced_and_left_with_nothing_beside_it() {
    let place = Place::generated(ONE);
    assert_eq!(
        write(&place.out, &some(ONE)).expect("written"),
        Written { written: 0, unchanged: 3, removed: 0 },
        "the manifest counts"
    );
    assert_eq!(write(&place.out, &some(TWO)).expect("written"), Written { written: 3, unchanged: 0, removed: 1 });
    assert!(check(&place.out, &some(TWO)).expect("compared").is_empty());
    assert!(!place.has("out/a"), "a folder goes with the last generated file in it");
    assert_eq!(place.names(), ["out"]);
}

/// What stands beside it is named after it.
#[test]
fn a_folder_without_a_name_is_refused() {
    let place = Place::new();
    for nameless in ["out/..", "", ".."] {
        let folder = if nameless.starts_with("out") {
            Utf8PathBuf::try_from(place.around.path().join(nameless)).expect("UTF-8")
        } else {
            Utf8PathBuf::from(nameless)
        };
        let refused = write(&folder, &some(ONE)).expect_err("it has no name");
        assert!(matches!(refused, OutputError::NoName(_)), "{nameless}: {refused}");
        assert_eq!(place.names(), [""; 0], "{nameless}");
    }
}

#[test]
fn empty_folders_stay() {
    let place = Place::generated(ONE);
    fs::create_dir_all(place.out.join("mine/refs/heads")).expect("folder");
    fs::create_dir(place.out.join("a/empty")).expect("folder");
    write(&place.out, &some(TWO)).expect("written");
    assert!(place.has("out/mine/refs/heads") && place.has("out/a/empty"));
}

#[cfg(unix)]
#[test]
fn folders_keep_their_permissions() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::generated(ONE);
    place.put("out/b/mine.rs", "// mine\n");
    fs::create_dir(place.out.join("empty")).expect("folder");
    let folders = [("", 0o700), ("b", 0o750), ("empty", 0o711)];
    for (folder, mode) in folders {
        fs::set_permissions(place.out.join(folder), fs::Permissions::from_mode(mode)).expect("set");
    }
    write(&place.out, &some(TWO)).expect("written");
    for (folder, mode) in folders {
        let found = fs::metadata(place.out.join(folder)).expect("folder").permissions().mode() & 0o777;
        assert_eq!(found, mode, "{folder:?} has {found:o}");
    }
}

#[cfg(unix)]
#[test]
fn a_read_only_folder_is_refused_before_it_moves() {
    use std::os::unix::fs::PermissionsExt as _;
    let place = Place::generated(ONE);
    fs::create_dir(place.out.join("locked")).expect("folder");
    fs::set_permissions(place.out.join("locked"), fs::Permissions::from_mode(0o555)).expect("set");
    let refused = write(&place.out, &some(TWO)).expect_err("refused");
    assert!(refused.to_string().contains("locked"), "{refused}");
    assert!(check(&place.out, &some(ONE)).expect("compared").is_empty());
    assert_eq!(place.names(), ["out"]);
}

#[cfg(unix)]
#[test]
fn unchanged_files_stay_the_same_files_and_links_stay_links() {
    use std::os::unix::fs::{MetadataExt as _, symlink};
    let place = Place::generated(ONE);
    let link = place.around.path().join("link");
    symlink(&place.out, &link).expect("link");
    symlink("nowhere", place.out.join("dangling")).expect("link");
    let inode = || fs::metadata(place.out.join("lib.rs")).expect("file").ino();
    let before = inode();
    let link_path = Utf8Path::from_path(&link).expect("UTF-8");
    write(link_path, &some(&[("lib.rs", "// one\n"), ("c.rs", "")])).expect("written");
    assert_eq!(inode(), before);
    assert!(link.is_symlink() && place.has("out/c.rs") && place.has("out/dangling"));
    assert_eq!(place.names(), ["link", "out"]);
}

/// A link to nothing is somebody's too, and reading it says that nothing is there.
#[cfg(unix)]
#[test]
fn a_link_to_nothing_is_in_the_way_of_a_generated_file() {
    use std::os::unix::fs::symlink;
    let place = Place::generated(ONE);
    fs::create_dir(place.out.join("b")).expect("folder");
    symlink("nowhere", place.out.join("b/mod.rs")).expect("link");
    let refused = write(&place.out, &some(TWO)).expect_err("refused");
    assert!(matches!(&refused, OutputError::InTheWay(it) if it.ends_with("b/mod.rs")), "{refused}");
    assert!(place.out.join("b/mod.rs").is_symlink() && check(&place.out, &some(ONE)).expect("compared").is_empty());
    // In the place of a file of ours, it is ours.
    fs::remove_file(place.out.join("b/mod.rs")).expect("removed");
    fs::remove_file(place.out.join("lib.rs")).expect("removed");
    symlink("nowhere", place.out.join("lib.rs")).expect("link");
    write(&place.out, &some(TWO)).expect("written");
    assert!(!place.out.join("lib.rs").is_symlink() && check(&place.out, &some(TWO)).expect("compared").is_empty());
    assert_eq!(place.names(), ["out"]);
}

#[test]
fn a_repository_is_not_replaced() {
    for git in ["out/.git/HEAD", "out/below/.git"] {
        let place = Place::generated(ONE);
        place.put(git, "x");
        let refused = write(&place.out, &some(TWO)).expect_err("refused");
        assert!(matches!(refused, OutputError::Repository(_)), "{refused}");
        assert!(refused.to_string().contains("generate into a folder below it"), "{refused}");
        assert!(place.has(git) && check(&place.out, &some(ONE)).expect("compared").is_empty());
        assert_eq!(place.names(), ["out"]);
    }
}

/// By the command: the current directory is that of all tests of this process.
#[test]
fn the_current_directory_is_not_replaced() {
    let place = Place::new();
    fs::create_dir_all(place.out.join("below")).expect("folder");
    let config = support::here("tests/goldens/shapes/codegen.toml");
    let run = |within: &Path, output: &str| {
        let mut command = Command::new(support::command());
        command.arg("generate").arg("--config").arg(&config).args(["--output", output]);
        let ended = command.current_dir(within).output().expect("run");
        (ended.status.code(), String::from_utf8_lossy(&ended.stderr).into_owned())
    };
    let (nameless, within_it) = ("has no name of its own", "run odata-codegen from outside of it");
    for (within, output, why) in [
        ("out", ".", nameless),
        ("out/below", "..", nameless),
        ("out", "../out", within_it),
        ("out/below", "../../out", within_it),
    ] {
        let (code, said) = run(&place.around.path().join(within), output);
        assert_eq!(code, Some(1), "{said}");
        assert!(said.contains(why), "{said}");
        assert_eq!((place.names(), place.has("out/mod.rs")), (vec!["out".to_owned()], false));
    }
    assert_eq!(run(place.around.path(), "out").0, Some(0), "from outside");
    assert!(place.has("out/mod.rs") && place.has("out/below"));
}

#[test]
fn names_that_are_not_ours_are_left_alone() {
    let place = Place::generated(ONE);
    for mine in [".out.old/mine", ".out.new/mine", ".out.lock"] {
        place.put(mine, "mine");
    }
    write(&place.out, &some(TWO)).expect("written");
    assert_eq!(place.names(), [".out.lock", ".out.new", ".out.old", "out"]);
    assert!(place.has(".out.old/mine") && place.has(".out.new/mine"));
}

/// Killed between the two renames.
#[test]
fn a_folder_that_was_moved_away_is_put_back() {
    let place = Place::generated(ONE);
    place.put("out/mine.rs", "// mine\n");
    fs::rename(&place.out, place.around.path().join(".out.odata-codegen-old")).expect("moved");
    place.put(".out.odata-codegen-new/lib.rs", "// half\n");
    place.put(".out.odata-codegen-lock", "");
    write(&place.out, &some(TWO)).expect("written");
    assert!(place.has("out/mine.rs") && check(&place.out, &some(TWO)).expect("compared").is_empty());
    assert_eq!(place.names(), ["out"]);
}

/// Killed after both renames: the replaced folder is removed only if that loses nothing.
#[test]
fn a_replaced_folder_is_removed_only_if_nothing_is_lost() {
    let place = Place::generated(TWO);
    place.put("out/mine.rs", "// mine\n");
    place.put(".out.odata-codegen-old/.odata-codegen", "lib.rs\na/mod.rs\n");
    for file in ["lib.rs", "a/mod.rs", "mine.rs", "late/later.rs"] {
        place.put(&format!(".out.odata-codegen-old/{file}"), "// old\n");
    }
    let before = support::files(place.around.path());

    let stopped = write(&place.out, &some(ONE)).expect_err("stopped");
    let said = stopped.to_string();
    assert!(matches!(stopped, OutputError::LeftOver { .. }), "{said}");
    for part in [".out.odata-codegen-old`", "/out`", "later.rs`", "then delete"] {
        assert!(said.replace('\\', "/").contains(part), "{part:?} is not in {said}");
    }
    assert_eq!(support::files(place.around.path()), before);

    place.put("out/late/later.rs", "// moved\n");
    write(&place.out, &some(ONE)).expect("written");
    assert_eq!(place.names(), ["out"]);
    assert!(place.has("out/mine.rs") && place.has("out/late/later.rs"));
}

/// Whoever comes second is refused; what stands there in the end is the work of one run.
#[test]
fn runs_at_the_same_time_do_not_mix() {
    let place = Place::new();
    let results: Vec<_> = std::thread::scope(|scope| {
        let runs: Vec<_> = (0..8)
            .map(|run| {
                let out = &place.out;
                scope.spawn(move || {
                    let text = format!("// {run}\n");
                    let files = (0..20).map(|file| (format!("f{file}.rs"), text.clone())).collect::<Files>();
                    (write(out, &files), files)
                })
            })
            .collect();
        runs.into_iter().map(|it| it.join().expect("no panic")).collect()
    });
    for (result, _) in &results {
        assert!(matches!(result, Ok(_) | Err(OutputError::Busy(_))), "{result:?}");
    }
    let fits = |files: &Files| check(&place.out, files).expect("compared").is_empty();
    assert!(results.iter().any(|(result, files)| result.is_ok() && fits(files)));
    assert_eq!(place.names(), ["out"]);
}

#[test]
fn a_path_that_is_not_within_the_folder_is_refused_before_anything_is_written() {
    let paths = [
        "",
        ".",
        "..",
        "../x.rs",
        "a/../../x.rs",
        "a/./x.rs",
        "a//x.rs",
        "a/",
        "/x.rs",
        "a\\x.rs",
        "C:/x.rs",
        "C:x.rs",
        "a\nb.rs",
        "#x.rs",
        ".odata-codegen",
    ];
    for path in paths {
        let place = Place::new();
        let files = some(&[("lib.rs", "// one\n"), (path, "")]);
        for refused in [write(&place.out, &files).map(|_| ()), check(&place.out, &files).map(|_| ())] {
            assert!(matches!(&refused, Err(OutputError::Outside(it)) if it == path), "{path:?}: {refused:?}");
        }
        assert!(place.names().is_empty(), "{path:?}");
    }
}

/// T-18: a manifest that was tampered with does not make other files ours.
#[test]
fn a_manifest_cannot_name_files_outside_of_the_folder() {
    let place = Place::generated(ONE);
    place.put("mine.rs", "// mine\n");
    place.put("out/.odata-codegen", "lib.rs\na/mod.rs\n../mine.rs\n");
    let written = write(&place.out, &some(TWO)).expect("written");
    assert_eq!((written.removed, place.has("mine.rs")), (1, true));
}
