//! The ids that a webhook was told of, in a file: what was acknowledged is not lost with the process.
//!
//! Lines are `told 7 ID` and `done 7 ID`; the numbers count. A line is on the disk before its notification is answered.
//! A call that is told of while it waits needs no second line; one that is told of while it is fetched does, since what
//! is on its way may be the older version.

use std::collections::{BTreeMap, HashSet, VecDeque};
use std::fs::{self, File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// What is to be fetched.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Told {
    number: u64,
    pub id: String,
    /// How often it was tried.
    pub tries: u32,
}

pub struct Journal {
    /// So many wait at most.
    most: usize,
    open: Mutex<Open>,
}

struct Open {
    file: File,
    /// The length of the file up to its last whole line.
    length: u64,
    last: u64,
    waiting: VecDeque<Told>,
    ids: HashSet<String>,
}

impl Journal {
    /// Reads what is left to do, and writes the file anew with nothing else in it.
    pub fn open(path: &Path, most: usize) -> io::Result<Self> {
        let text = match fs::read(path) {
            Ok(bytes) => String::from_utf8_lossy(&bytes).into_owned(),
            Err(fault) if fault.kind() == io::ErrorKind::NotFound => String::new(),
            Err(fault) => return Err(fault),
        };
        let mut left = BTreeMap::new();
        // What has no line end was cut off by the end of the process, and never acknowledged.
        for line in text.split_inclusive('\n').filter_map(|it| it.strip_suffix('\n')) {
            let mut words = line.split(' ');
            let (Some(what), Some(Ok(number)), Some(id)) = (words.next(), words.next().map(str::parse), words.next())
            else {
                continue;
            };
            match what {
                "told" => left.insert(id.to_owned(), number),
                // Told again in the meantime, it is not done.
                "done" if left.get(id).is_some_and(|told: &u64| *told <= number) => left.remove(id),
                _ => continue,
            };
        }
        let mut waiting: Vec<Told> = left.into_iter().map(|(id, number)| Told { number, id, tries: 0 }).collect();
        waiting.sort_by_key(|it| it.number);
        let lines: String = waiting.iter().map(|it| format!("told {} {}\n", it.number, it.id)).collect();
        let fresh = PathBuf::from(format!("{}.new", path.display()));
        let mut file = File::create(&fresh)?;
        file.write_all(lines.as_bytes())?;
        file.sync_all()?;
        fs::rename(&fresh, path)?;
        // The name is on the disk when its folder is; not every system can open one.
        if let Some(Ok(folder)) = path.canonicalize()?.parent().map(File::open) {
            folder.sync_all()?;
        }
        let open = Open {
            file: OpenOptions::new().append(true).open(path)?,
            length: lines.len() as u64,
            last: waiting.last().map_or(0, |it| it.number),
            ids: waiting.iter().map(|it| it.id.clone()).collect(),
            waiting: waiting.into(),
        };
        Ok(Self { most, open: Mutex::new(open) })
    }

    /// Puts these ids down, all of them or none. Whether they are on the disk now: false if too many wait.
    pub fn tell(&self, ids: impl IntoIterator<Item = String>) -> io::Result<bool> {
        let mut open = self.lock();
        let mut fresh: Vec<String> = ids.into_iter().filter(|it| !open.ids.contains(it)).collect();
        fresh.sort();
        fresh.dedup();
        if fresh.is_empty() {
            return Ok(true);
        }
        if open.waiting.len() + fresh.len() > self.most {
            return Ok(false);
        }
        let number = open.last + 1;
        open.write(&fresh.iter().map(|id| format!("told {number} {id}\n")).collect::<String>())?;
        open.file.sync_data()?;
        open.last = number;
        for id in fresh {
            open.ids.insert(id.clone());
            open.waiting.push_back(Told { number, id, tries: 0 });
        }
        Ok(true)
    }

    /// What has waited longest.
    pub fn next(&self) -> Option<Told> {
        let mut open = self.lock();
        let told = open.waiting.pop_front()?;
        open.ids.remove(&told.id);
        Some(told)
    }

    /// It is fetched. If this line is lost, it is fetched once more, which does no harm.
    pub fn done(&self, told: &Told) -> io::Result<()> {
        self.lock().write(&format!("done {} {}\n", told.number, told.id))
    }

    /// It could not be fetched: it waits again.
    pub fn again(&self, told: Told) {
        let mut open = self.lock();
        if open.ids.insert(told.id.clone()) {
            open.waiting.push_back(Told { tries: told.tries + 1, ..told });
        }
    }

    fn lock(&self) -> MutexGuard<'_, Open> {
        // Nothing panics while the lock is held.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Open {
    fn write(&mut self, lines: &str) -> io::Result<()> {
        if let Err(fault) = self.file.write_all(lines.as_bytes()) {
            // A full disk: half a line must not become the beginning of the next one.
            self.file.set_len(self.length)?;
            return Err(fault);
        }
        self.length += lines.len() as u64;
        Ok(())
    }
}
