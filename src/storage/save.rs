//! Writing files so that a failure at any moment leaves either the old file or the new one, never half of one.
//!
//! The text goes to a temporary file in the same folder, is brought to the disk, and takes the place of the old file
//! in one step. Links are followed, permissions kept, and the version before stays as `NAME.bak`.

use std::fs::{self, File, Permissions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use tempfile::NamedTempFile;

use super::to_string;
use crate::model::Document;

/// Why a file was not saved. The file of that name, if there is one, is as it was.
#[derive(Debug, thiserror::Error)]
pub enum SaveError {
    /// There is a file of that name, and it was to be a new one.
    #[error("There is a file of this name already; nothing was saved. Choose another name. File: {}", .path.display())]
    AlreadyThere {
        /// Path of the file.
        path: PathBuf,
    },
    /// The file is not as it was when it was last read or written.
    #[error("Another program or window has changed this file since it was opened; nothing was saved. Save under another name, or open it again. File: {}", .path.display())]
    ChangedElsewhere {
        /// Path of the file.
        path: PathBuf,
    },
    /// The path is that of a folder.
    #[error("This is a folder, not a file; nothing was saved. Add a file name to it. File: {}", .path.display())]
    IsFolder {
        /// Path of the folder.
        path: PathBuf,
    },
    /// The folder is not there.
    #[error("There is no folder {}; nothing was saved. Make it, or choose another folder. File: {}", .folder.display(), .path.display())]
    NoFolder {
        /// Path of the file that was to be written.
        path: PathBuf,
        /// Path of the folder.
        folder: PathBuf,
    },
    /// The system refused.
    #[error("{doing} failed: {source}. Nothing was changed. {help}. File: {}", .path.display())]
    Failed {
        /// Path of the file that was to be written.
        path: PathBuf,
        /// The part of saving that failed.
        doing: &'static str,
        /// What to do, in a sentence without its full stop.
        help: &'static str,
        /// What the system said.
        source: io::Error,
    },
}

/// Saves a document over whatever file has this name; the version before stays as `NAME.bak`.
pub fn save(path: &Path, document: &Document) -> Result<(), SaveError> {
    write_bytes(path, to_string(document).as_bytes(), Backup::Keep)
}

/// Saves a document over a file only if that still is as it was when it was last read or written; also where it is gone.
pub fn save_unchanged(path: &Path, document: &Document, known: FileStamp) -> Result<(), SaveError> {
    if file_stamp(path).is_some_and(|found| found != known) {
        return Err(SaveError::ChangedElsewhere { path: path.to_owned() });
    }
    save(path, document)
}

/// Saves a document under a name that no file has yet.
pub fn save_new(path: &Path, document: &Document) -> Result<(), SaveError> {
    write_new(path, to_string(document).as_bytes())
}

/// Writes a file of any content under a name that no file has yet, whole or not at all.
pub fn write_new(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    if fs::symlink_metadata(path).is_ok() {
        return Err(SaveError::AlreadyThere { path: path.to_owned() });
    }
    let temporary = written(path, bytes, None)?;
    temporary.persist_noclobber(path).map_err(|error| match error.error.kind() {
        io::ErrorKind::AlreadyExists => SaveError::AlreadyThere { path: path.to_owned() },
        _ => failed(path, "Putting the file in its place", error.error),
    })?;
    sync_folder(path);
    Ok(())
}

/// Writes a file of any content over whatever has this name, whole or not at all, without a backup.
pub fn write_over(path: &Path, bytes: &[u8]) -> Result<(), SaveError> {
    write_bytes(path, bytes, Backup::None)
}

/// Name of the file that keeps the version before: `bakery.ron.bak`.
pub fn backup_path(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push(".bak");
    PathBuf::from(name)
}

/// What tells whether somebody else changed a file: the time of its last change and its size in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct FileStamp {
    /// When it was last changed, by the clock of the file system.
    pub modified: Option<SystemTime>,
    /// Size in bytes.
    pub size: u64,
}

/// The stamp of a file; none where it cannot be read.
pub fn file_stamp(path: &Path) -> Option<FileStamp> {
    let metadata = fs::metadata(path).ok()?;
    Some(FileStamp { modified: metadata.modified().ok(), size: metadata.len() })
}

/// Whether the file before is kept beside the new one.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Backup {
    Keep,
    None,
}

fn write_bytes(path: &Path, bytes: &[u8], backup: Backup) -> Result<(), SaveError> {
    // The link stays a link: what it leads to is replaced.
    let target = followed(path)?;
    let old = fs::metadata(&target).ok();
    if old.as_ref().is_some_and(fs::Metadata::is_dir) {
        return Err(SaveError::IsFolder { path: path.to_owned() });
    }
    let permissions = old.map(|metadata| metadata.permissions());
    if permissions.as_ref().is_some_and(Permissions::readonly) {
        let refused = io::Error::new(io::ErrorKind::PermissionDenied, "the file is read-only");
        return Err(failed(path, "Writing", refused));
    }
    let temporary = written(&target, bytes, permissions.clone())?;
    if backup == Backup::Keep && permissions.is_some() {
        keep_backup(&target)?;
    }
    temporary.persist(&target).map_err(|error| failed(path, "Putting the file in its place", error.error))?;
    sync_folder(&target);
    Ok(())
}

/// The path behind links; the path itself where there is no file yet.
fn followed(path: &Path) -> Result<PathBuf, SaveError> {
    let mut current = path.to_owned();
    for _ in 0..40 {
        let Ok(leads_to) = fs::read_link(&current) else { return Ok(current) };
        current = folder_of(&current).join(leads_to);
    }
    Err(failed(path, "Following its links", io::Error::other("the links lead in a circle")))
}

fn folder_of(path: &Path) -> &Path {
    match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    }
}

/// A temporary file beside `path` with this content, on the disk.
fn written(path: &Path, bytes: &[u8], permissions: Option<Permissions>) -> Result<NamedTempFile, SaveError> {
    if path.file_name().is_none() {
        return Err(SaveError::IsFolder { path: path.to_owned() });
    }
    let folder = folder_of(path);
    if !folder.is_dir() {
        return Err(SaveError::NoFolder { path: path.to_owned(), folder: folder.to_owned() });
    }
    let mut builder = tempfile::Builder::new();
    builder.prefix(".remit-").suffix(".part");
    #[cfg(unix)]
    if permissions.is_none() {
        use std::os::unix::fs::PermissionsExt as _;
        // As any program would make it; the system takes away what the user's mask forbids.
        builder.permissions(Permissions::from_mode(0o666));
    }
    let mut file = builder.tempfile_in(folder).map_err(|error| failed(path, "Making a file", error))?;
    file.write_all(bytes).map_err(|error| failed(path, "Writing", error))?;
    if let Some(permissions) = permissions {
        file.as_file().set_permissions(permissions).map_err(|error| failed(path, "Keeping its permissions", error))?;
    }
    file.as_file().sync_all().map_err(|error| failed(path, "Bringing it to the disk", error))?;
    Ok(file)
}

/// Copies the old file to its backup, itself whole or not at all.
fn keep_backup(path: &Path) -> Result<(), SaveError> {
    let failed = |error| failed(path, "Keeping the version before", error);
    let mut copy =
        tempfile::Builder::new().prefix(".remit-").suffix(".part").tempfile_in(folder_of(path)).map_err(failed)?;
    let mut old = File::open(path).map_err(failed)?;
    io::copy(&mut old, copy.as_file_mut()).map_err(failed)?;
    let permissions = old.metadata().map_err(failed)?.permissions();
    copy.as_file().set_permissions(permissions).map_err(failed)?;
    copy.persist(backup_path(path)).map_err(|error| failed(error.error))?;
    Ok(())
}

/// Brings the new name to the disk; what cannot be synced (some systems have no such call) is safe enough without.
fn sync_folder(path: &Path) {
    if cfg!(unix)
        && let Err(error) = File::open(folder_of(path)).and_then(|folder| folder.sync_all())
    {
        log::debug!("The folder of {} was not synced: {error}", path.display());
    }
}

fn failed(path: &Path, doing: &'static str, source: io::Error) -> SaveError {
    let help = match source.kind() {
        io::ErrorKind::PermissionDenied | io::ErrorKind::ReadOnlyFilesystem => "Save a copy in a folder of your own",
        io::ErrorKind::NotFound => "Check that the folder is still there, or save a copy elsewhere",
        io::ErrorKind::StorageFull => "Make room on the disk, or save a copy elsewhere",
        _ => "Try again, or save a copy elsewhere",
    };
    SaveError::Failed { path: path.to_owned(), doing, help, source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::storage::{load, new_document};

    fn folder() -> tempfile::TempDir {
        tempfile::tempdir().unwrap()
    }

    fn names_in(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> =
            fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
        names.sort();
        names
    }

    #[test]
    fn saving_keeps_the_version_before_and_leaves_nothing_else() {
        let folder = folder();
        let path = folder.path().join("bakery.ron");
        save(&path, &new_document("First")).unwrap();
        assert_eq!(names_in(folder.path()), ["bakery.ron"]);
        let first = fs::read(&path).unwrap();
        save(&path, &new_document("Second")).unwrap();
        assert_eq!(names_in(folder.path()), ["bakery.ron", "bakery.ron.bak"]);
        assert_eq!(fs::read(backup_path(&path)).unwrap(), first);
        assert_eq!(load(&path).unwrap().0.project().name, "Second");
    }

    #[test]
    fn a_new_file_never_replaces_another() {
        let folder = folder();
        let path = folder.path().join("bakery.ron");
        save_new(&path, &new_document("First")).unwrap();
        let error = save_new(&path, &new_document("Second")).unwrap_err();
        assert!(matches!(error, SaveError::AlreadyThere { .. }));
        assert_eq!(load(&path).unwrap().0.project().name, "First");
        assert_eq!(names_in(folder.path()), ["bakery.ron"]);
    }

    #[test]
    fn saving_in_a_folder_that_is_not_there_or_onto_a_folder_says_so() {
        let folder = folder();
        let error = save(&folder.path().join("gone").join("bakery.ron"), &new_document("A")).unwrap_err();
        assert!(matches!(&error, SaveError::NoFolder { folder: gone, .. } if *gone == folder.path().join("gone")));
        assert!(error.to_string().starts_with("There is no folder "), "{error}");
        let error = save(folder.path(), &new_document("A")).unwrap_err();
        assert!(matches!(error, SaveError::IsFolder { .. }), "{error}");
        assert_eq!(names_in(folder.path()), [] as [&str; 0]);
    }

    #[test]
    fn a_read_only_file_stays_as_it_was() {
        let folder = folder();
        let path = folder.path().join("bakery.ron");
        save(&path, &new_document("First")).unwrap();
        let mut permissions = fs::metadata(&path).unwrap().permissions();
        permissions.set_readonly(true);
        fs::set_permissions(&path, permissions).unwrap();
        let error = save(&path, &new_document("Second")).unwrap_err();
        assert!(error.to_string().contains("read-only"), "{error}");
        assert_eq!(load(&path).unwrap().0.project().name, "First");
        assert_eq!(names_in(folder.path()), ["bakery.ron"]);
    }

    #[test]
    fn a_backup_that_cannot_be_kept_stops_the_save_before_the_file_changes() {
        let folder = folder();
        let path = folder.path().join("bakery.ron");
        save(&path, &new_document("First")).unwrap();
        fs::create_dir(backup_path(&path)).unwrap();
        let error = save(&path, &new_document("Second")).unwrap_err();
        assert!(error.to_string().contains("Nothing was changed"), "{error}");
        assert_eq!(load(&path).unwrap().0.project().name, "First");
        assert_eq!(names_in(folder.path()), ["bakery.ron", "bakery.ron.bak"]);
    }

    #[cfg(unix)]
    #[test]
    fn links_are_followed_and_permissions_kept() {
        use std::os::unix::fs::{PermissionsExt as _, symlink};
        let folder = folder();
        let (path, link) = (folder.path().join("bakery.ron"), folder.path().join("link.ron"));
        save(&path, &new_document("First")).unwrap();
        fs::set_permissions(&path, Permissions::from_mode(0o640)).unwrap();
        symlink("bakery.ron", &link).unwrap();
        save(&link, &new_document("Second")).unwrap();
        assert!(fs::symlink_metadata(&link).unwrap().is_symlink());
        assert_eq!(load(&path).unwrap().0.project().name, "Second");
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o640);
    }

    #[test]
    fn the_stamp_changes_with_the_file() {
        let folder = folder();
        let path = folder.path().join("bakery.ron");
        assert_eq!(file_stamp(&path), None);
        save(&path, &new_document("First")).unwrap();
        let before = file_stamp(&path);
        save(&path, &new_document("A longer name")).unwrap();
        assert_ne!(file_stamp(&path), before);
    }
}
