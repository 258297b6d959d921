//! Snapshots of unsaved work in the program's data folder, never in the user's own file.
//!
//! There is one snapshot a project. Its first line says which file it belongs to, the rest is the project's text. No
//! clock is asked: the time of a snapshot is that of its file.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use super::save::{SaveError, write_over};
use super::{LoadError, load_str, to_string};
use crate::model::Document;
use crate::model::integrity::Problem;

const EXTENSION: &str = "snapshot";
const HEADER: &str = "// unsaved work of: ";

/// A snapshot that was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Snapshot {
    /// The file of the snapshot.
    pub path: PathBuf,
    /// The project's own file; none for work that was never saved.
    pub original: Option<PathBuf>,
    /// When it was written, by the clock of the file system.
    pub time: Option<SystemTime>,
}

/// Writes a snapshot over the last one of the same project and says where it is.
///
/// Projects that were never saved are told apart by `untitled`, a number for each.
pub fn write_snapshot(
    folder: &Path,
    original: Option<&Path>,
    untitled: u32,
    document: &Document,
) -> Result<PathBuf, SaveError> {
    let path = snapshot_path(folder, original, untitled);
    fs::create_dir_all(folder).map_err(|source| SaveError::Failed {
        path: path.clone(),
        doing: "Making the folder for unsaved work",
        help: "Save the project itself soon",
        source,
    })?;
    let name = original.map(|path| path.to_string_lossy().into_owned()).unwrap_or_default();
    let mut text = format!("{HEADER}{}\n", escaped(&name));
    text.push_str(&to_string(document));
    write_over(&path, text.as_bytes())?;
    Ok(path)
}

/// Where the snapshot of a project is written: its name is made of the path of the project's file.
pub fn snapshot_path(folder: &Path, original: Option<&Path>, untitled: u32) -> PathBuf {
    match original {
        Some(path) => {
            let stem = path.file_stem().map_or_else(String::new, |stem| stem.to_string_lossy().into_owned());
            let stem: String =
                stem.chars().filter(|c| c.is_alphanumeric() || matches!(c, '-' | '_')).take(40).collect();
            let hash = fnv1a(path.to_string_lossy().as_bytes());
            folder.join(format!("{stem}-{hash:016x}.{EXTENSION}"))
        }
        None => folder.join(format!("untitled-{untitled}.{EXTENSION}")),
    }
}

/// Every snapshot in a folder, the newest first. A folder that cannot be read has none.
pub fn list_snapshots(folder: &Path) -> Vec<Snapshot> {
    let Ok(entries) = fs::read_dir(folder) else { return Vec::new() };
    let paths = entries.filter_map(|entry| Some(entry.ok()?.path()));
    let snapshots = paths.filter(|path| path.extension().is_some_and(|extension| extension == EXTENSION));
    let mut found: Vec<Snapshot> = snapshots.filter_map(|path| look_at(&path)).collect();
    found.sort_by(|a, b| b.time.cmp(&a.time).then_with(|| a.path.cmp(&b.path)));
    found
}

/// Reads the project in a snapshot.
pub fn load_snapshot(snapshot: &Snapshot) -> Result<(Document, Vec<Problem>), LoadError> {
    let name = snapshot.path.display().to_string();
    load_str(&super::read_text(&snapshot.path, &name)?, &name)
}

/// Removes a snapshot: its work was saved or given up. One that is gone already is no error.
pub fn discard_snapshot(path: &Path) -> Result<(), SaveError> {
    match fs::remove_file(path) {
        Err(source) if source.kind() != std::io::ErrorKind::NotFound => Err(SaveError::Failed {
            path: path.to_owned(),
            doing: "Removing the snapshot",
            help: "Remove the file by hand",
            source,
        }),
        _ => Ok(()),
    }
}

fn look_at(path: &Path) -> Option<Snapshot> {
    use std::io::{BufRead as _, BufReader, Read as _};
    let file = fs::File::open(path).ok()?;
    let time = file.metadata().ok()?.modified().ok();
    let mut line = Vec::new();
    BufReader::new(file.take(64 * 1024)).read_until(b'\n', &mut line).ok()?;
    let line = String::from_utf8_lossy(&line);
    let name = unescaped(line.strip_prefix(HEADER)?.trim_end_matches('\n'));
    let original = (!name.is_empty()).then(|| PathBuf::from(name));
    Some(Snapshot { path: path.to_owned(), original, time })
}

/// A path in one line.
fn escaped(path: &str) -> String {
    path.replace('%', "%25").replace('\n', "%0A").replace('\r', "%0D")
}

fn unescaped(line: &str) -> String {
    line.replace("%0D", "\r").replace("%0A", "\n").replace("%25", "%")
}

/// A hash that stays the same between versions of the program: FNV-1a, 64 bits.
fn fnv1a(bytes: &[u8]) -> u64 {
    bytes.iter().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::new_document;

    #[test]
    fn snapshots_are_listed_loaded_and_discarded() {
        let folder = tempfile::tempdir().unwrap();
        let data = folder.path().join("unsaved");
        assert_eq!(list_snapshots(&data), []);
        let original = Path::new("/home/ana/50 %\nodd/bakery.ron");
        let first = write_snapshot(&data, Some(original), 0, &new_document("Bakery")).unwrap();
        let untitled = write_snapshot(&data, None, 1, &new_document("New")).unwrap();
        assert_ne!(first, untitled);
        assert_eq!(first, write_snapshot(&data, Some(original), 0, &new_document("Bakery 2")).unwrap());
        let found = list_snapshots(&data);
        assert_eq!(found.len(), 2);
        let of_file = found.iter().find(|snapshot| snapshot.original.is_some()).unwrap();
        assert_eq!(of_file.original.as_deref(), Some(original));
        assert!(of_file.time.is_some());
        assert_eq!(load_snapshot(of_file).unwrap().0.project().name, "Bakery 2");
        discard_snapshot(&first).unwrap();
        discard_snapshot(&first).unwrap();
        assert_eq!(list_snapshots(&data).len(), 1);
    }

    #[test]
    fn files_of_the_same_name_in_two_folders_have_two_snapshots() {
        let path = |original| snapshot_path(Path::new("data"), Some(Path::new(original)), 0);
        assert_ne!(path("a/bakery.ron"), path("b/bakery.ron"));
        assert!(path("a/bakery.ron").to_string_lossy().contains("bakery-"));
    }
}
