//! Reuses the last run's output if the lock file proves that nothing changed.

use super::{LOCK, Lock, hash};
use crate::config::Job;
use crate::load::Loaded;
use crate::output;
use crate::parallel;
use crate::pipeline::Generated;
use crate::render::Files;
use indexmap::IndexMap;
use std::collections::BTreeSet;
use std::fs::{self, Metadata};
use std::path::Path;

/// Whether the version of this build identifies its sources.
///
/// If it does not, the output of another build is never reused: a template may have changed in between. Tests
/// count as a release.
const VERSION_IDENTIFIES_SOURCES: bool = cfg!(any(released, test));

/// Returns the generated files on the disk with their lock file.
///
/// Returns `None` unless version, inputs and options match and every file has its recorded hash. Timestamps and
/// sizes are ignored. Builds whose version does not identify their sources never reuse output.
pub fn reusable_output(job: &Job, loaded: &Loaded) -> Option<(Generated, Lock)> {
    if !VERSION_IDENTIFIES_SOURCES {
        return None;
    }
    let text = fs::read_to_string(job.out.join(LOCK)).ok()?;
    let lock = Lock::parse(&text)?;
    let now = Lock::before(job, loaded);
    // Two files of the same name share one entry, which records only one of them.
    let is_unambiguous = now.inputs.len() == loaded.sources.files().count();
    let is_same = lock.generator == now.generator
        && lock.options == now.options
        // The order matters, because overlays are applied in order.
        && lock.inputs.iter().eq(now.inputs.iter());
    let has_folders =
        job.docs.is_some() != lock.docs.is_empty() && job.cli.is_some() != lock.cli.is_empty();
    if !is_same || !is_unambiguous || !has_folders || lock.text() != text {
        return None;
    }
    let mut package = files(&job.out, &lock.outputs)?;
    package.insert(LOCK, text);
    let docs = match &job.docs {
        Some(folder) => Some(files(folder, &lock.docs)?),
        None => None,
    };
    let cli = match &job.cli {
        Some(folder) => Some(files(folder, &lock.cli)?),
        None => None,
    };
    let generated = Generated { package, docs, cli };
    // A file that is missing in an edited lock file would be removed as stale.
    let mut folders = generated.folders(job);
    let is_whole = folders.all(|(root, files)| output::is_listed(root, files));
    drop(folders);
    is_whole.then_some((generated, lock))
}

/// Returns the texts of files with these hashes. Returns `None` if a file is missing, changed or behind a link.
fn files(folder: &Path, hashes: &IndexMap<String, String>) -> Option<Files> {
    let hashes: Vec<(&String, &String)> = hashes.iter().collect();
    let ends = hashes
        .iter()
        .flat_map(|(path, _)| path.match_indices('/').map(|(end, _)| &path[..end]));
    let folders: BTreeSet<&str> = ends.collect();
    let is = |path: &str, test: fn(&Metadata) -> bool| {
        fs::symlink_metadata(folder.join(path)).is_ok_and(|found| test(&found))
    };
    if !folders.into_iter().all(|path| is(path, Metadata::is_dir)) {
        return None;
    }
    let texts = parallel::map(&hashes, |(path, known)| {
        let text = fs::read_to_string(folder.join(path)).ok()?;
        let is_same = is(path, Metadata::is_file) && hash(text.as_bytes()) == **known;
        is_same.then_some(text)
    });
    let paths = hashes.iter().map(|(path, _)| (*path).clone());
    let files = paths.zip(texts).map(|(path, text)| Some((path, text?)));
    Some(Files(files.collect::<Option<_>>()?))
}

#[cfg(test)]
mod tests {
    use super::reusable_output;
    use crate::Generator;
    use crate::config::{Job, Overrides, Settings};
    use crate::lock::{LOCK, Lock};
    use crate::pipeline;
    use std::fs;
    use std::path::Path;

    const API: &str = "openapi: 3.1.0\ninfo: {title: Pets, version: '1'}\nservers: [{url: 'https://a.example'}]\n\
        paths: {/a: {get: {operationId: a, responses: {'204': {description: OK}}}}}\n";

    /// Returns whether the output in a folder would be reused.
    fn is_reused(folder: &Path, change: impl FnOnce(&mut Job)) -> bool {
        let overrides = Overrides {
            spec: Some(folder.join("api.yaml")),
            out: Some(folder.join("out")),
            docs: Some(folder.join("docs")),
            ..Overrides::default()
        };
        let settings = Settings::from_arguments(overrides).unwrap();
        let loaded = pipeline::load(settings.job(), &mut Default::default()).unwrap();
        let mut job = settings.settle(&loaded);
        change(&mut job);
        reusable_output(&job, &loaded).is_some()
    }

    fn generated() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        let at = folder.path();
        fs::write(at.join("api.yaml"), API).unwrap();
        let generator = Generator::new(at.join("api.yaml"));
        let generator = generator.out(at.join("out")).docs(at.join("docs"));
        generator.generate().unwrap();
        folder
    }

    fn edit(path: &Path, change: impl FnOnce(String) -> String) {
        let text = fs::read_to_string(path).unwrap();
        fs::write(path, change(text)).unwrap();
    }

    #[test]
    fn output_is_reused_until_an_input_changes() {
        let folder = generated();
        let at = folder.path();
        assert!(is_reused(at, |_| {}));
        assert!(!is_reused(at, |job| job.docs = None));
        assert!(!is_reused(at, |job| job.docs = Some(at.join("elsewhere"))));
        assert!(!is_reused(at, |job| job.cli = Some(at.join("program"))));
        assert!(!is_reused(at, |job| job.options.keys.wire_tests = true));
        assert!(!is_reused(at, |job| job.filter.exclude.tags = vec!["a".to_owned()]));
        edit(&at.join("api.yaml"), |text| text.replace("'1'", "'2'"));
        assert!(!is_reused(at, |_| {}));
        edit(&at.join("api.yaml"), |text| text.replace("'2'", "'1'"));
        assert!(is_reused(at, |_| {}));
        // The book gets a page for it.
        fs::write(at.join("out/CHANGELOG.md"), "# Changelog\n").unwrap();
        assert!(!is_reused(at, |_| {}));
    }

    #[test]
    fn edited_output_is_not_reused() {
        let add = |text: String| text + "\n";
        for path in [
            "out/src/lib.rs",
            "out/sdkgen.lock",
            "out/.sdkgen-files",
            "docs/src/index.md",
        ] {
            let folder = generated();
            let at = folder.path();
            edit(&at.join(path), add);
            assert!(!is_reused(at, |_| {}), "{path}");
            fs::remove_file(at.join(path)).unwrap();
            assert!(!is_reused(at, |_| {}), "{path}");
        }
    }

    #[cfg(unix)]
    #[test]
    fn output_behind_links_is_not_reused() {
        for path in ["out/src/lib.rs", "out/src"] {
            let folder = generated();
            let at = folder.path();
            fs::rename(at.join(path), at.join("moved")).unwrap();
            std::os::unix::fs::symlink(at.join("moved"), at.join(path)).unwrap();
            assert!(!is_reused(at, |_| {}), "{path}");
        }
    }

    #[test]
    fn output_of_another_version_is_not_reused() {
        let folder = generated();
        let lock = folder.path().join("out").join(LOCK);
        let is_reused_with = |change: fn(&mut Lock)| {
            let text = fs::read_to_string(&lock).unwrap();
            let mut changed = Lock::parse(&text).unwrap();
            change(&mut changed);
            fs::write(&lock, changed.text()).unwrap();
            let is_reused = is_reused(folder.path(), |_| {});
            fs::write(&lock, text).unwrap();
            is_reused
        };
        assert!(is_reused_with(|_| {}));
        assert!(!is_reused_with(|lock| lock.generator = "0.0.1".to_owned()));
        assert!(!is_reused_with(|lock| lock.inputs.clear()));
        // The file would be removed as stale.
        assert!(!is_reused_with(|lock| lock
            .outputs
            .shift_remove("src/lib.rs")
            .map(drop)
            .unwrap()));
    }

    /// Forges the hash of an edited file: `generate` trusts the lock file and writes nothing, `check` does not.
    #[test]
    fn generate_trusts_the_lock_file_and_check_does_not() {
        let folder = generated();
        let at = folder.path();
        let file = at.join("out/src/lib.rs");
        edit(&file, |text| text + "// forged\n");
        let text = fs::read_to_string(&file).unwrap();
        let lock = at.join("out").join(LOCK);
        let mut forged = Lock::parse(&fs::read_to_string(&lock).unwrap()).unwrap();
        let hash = super::hash(text.as_bytes());
        forged.outputs.insert("src/lib.rs".to_owned(), hash);
        fs::write(&lock, forged.text()).unwrap();
        let generator = Generator::new(at.join("api.yaml"));
        let generator = generator.out(at.join("out")).docs(at.join("docs"));
        let report = generator.generate().unwrap();
        assert!(
            report
                .folders
                .iter()
                .all(|folder| folder.updated + folder.created == 0)
        );
        assert_eq!(fs::read_to_string(&file).unwrap(), text);
        assert!(
            generator
                .check()
                .unwrap_err()
                .to_string()
                .contains("changed src/lib.rs")
        );
    }
}
