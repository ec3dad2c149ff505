//! The options and the folders of a job, from the configuration file and the command line.

use super::Overrides;
use super::place::Places;
use crate::config::changelog::Inclusion;
use crate::config::file::{ConfigFile, PackageFile};
use crate::config::{
    Options, Package, auth, changelog, check, client_parameters, command_line, modules, names,
    own_types, pagination, retry, streams, wait, webhooks, workspace,
};
use crate::diag::{Diagnostic, Location, codes};
use crate::naming;
use crate::source::normalise;
use std::path::{Path, PathBuf};

/// The folders that a job writes, and the changelog.
pub(super) struct Folders {
    pub(super) out: Option<PathBuf>,
    pub(super) docs: Option<PathBuf>,
    pub(super) cli: Option<PathBuf>,
    pub(super) changelog: Option<PathBuf>,
    /// The key of the configuration that the path of the changelog comes from. `None` is the command line.
    changelog_key: Option<&'static str>,
}

impl Folders {
    pub(super) fn new(
        file: &mut ConfigFile,
        given: &Overrides,
        beside: impl Fn(PathBuf) -> PathBuf,
    ) -> Result<Self, check::Fault> {
        // The configured book documents the configured crate, so it is not written for another folder.
        let is_elsewhere = given.out.is_some();
        let out = given.out.clone().or(file.out.take().map(&beside));
        let docs = file.docs.take().map(&beside).filter(|_| !is_elsewhere);
        let docs = given.docs.clone().or(docs);
        if out.is_some() && same_folder(out.as_deref(), docs.as_deref()) {
            return Err((
                vec!["docs".into()],
                "the crate and its book need different folders".to_owned(),
            ));
        }
        // The same holds for the configured program, which depends on the configured crate.
        let cli = file.cli.dir.take().map(&beside);
        let cli = given.cli.clone().or(cli.filter(|_| !is_elsewhere));
        let others = [out.as_deref(), docs.as_deref()];
        if cli.is_some() && others.iter().any(|it| same_folder(*it, cli.as_deref())) {
            return Err((
                vec!["cli".into(), "dir".into()],
                "the crate and its command line need two folders".to_owned(),
            ));
        }
        let changelog_key = match file.changelog {
            Some(_) => Some("changelog"),
            None => (!is_elsewhere).then_some("out"),
        };
        let in_crate = || out.as_ref().map(|out| out.join(changelog::DEFAULT));
        let changelog = file.changelog.take().map(beside).or_else(in_crate);
        Ok(Folders {
            out,
            docs,
            cli,
            changelog,
            changelog_key,
        })
    }
}

impl Folders {
    /// Returns whether the book includes the changelog. `new` is a changelog that is written after the crate.
    pub(super) fn inclusion(&self, new: Option<&Path>) -> Inclusion {
        match (&self.docs, &self.changelog) {
            (Some(docs), Some(path)) => {
                changelog::inclusion(docs, path, new == Some(path.as_path()))
            }
            _ => Inclusion::None,
        }
    }

    /// Returns the finding about a changelog that the book cannot include.
    pub(super) fn changelog_finding(
        &self,
        inclusion: &Inclusion,
        places: &Places<'_>,
    ) -> Option<Diagnostic> {
        let (Inclusion::Unreadable(char), Some(path)) = (inclusion, &self.changelog) else {
            return None;
        };
        let key = self.changelog_key.map(str::to_owned);
        let place = match key {
            Some(key) => places.value(&[key]),
            None => Location::Path(path.display().to_string()),
        };
        Some(codes::unreadable_changelog(place, path, *char))
    }
}

/// Returns the options that the file and the command line give.
pub(super) fn options(
    file: ConfigFile,
    given: Overrides,
    spec: &Path,
    folders: &Folders,
    inclusion: Inclusion,
    places: &Places<'_>,
) -> Result<Options, check::Fault> {
    let mut keys = file.keys();
    keys.wire_tests |= given.wire_tests;
    let cli = folders.cli.as_deref().map(|cli| {
        // Commands that write no files need no folder of the crate.
        let client = folders.out.as_deref().unwrap_or(cli);
        command_line::command_line(file.cli, cli, client)
    });
    let package = package(file.package, given.package, spec, folders)?;
    let env_prefix = env_prefix(&package.name, "");
    Ok(Options {
        changelog: match inclusion {
            Inclusion::Path(path) => Some(path),
            Inclusion::None | Inclusion::Unreadable(_) => None,
        },
        auth: auth::auth(&file.auth, places)?,
        auth_env: match file.auth.env {
            Some(env) => {
                check::env(&env).map_err(|fault| (vec!["auth".into(), "env".into()], fault))?;
                env
            }
            None => default_env(&env_prefix),
        },
        package,
        env_prefix,
        keys,
        signatures: webhooks::scheme(file.webhooks)?,
        retry: retry::retry(file.retry)?,
        name_overrides: names::overrides(file.names, places)?,
        allow_empty: names::listed("allow_empty", file.allow_empty, places),
        extra_modules: modules::modules(file.extra_modules)?,
        pagination: pagination::rules(file.pagination, places)?,
        polling: wait::polling(file.wait, places)?,
        client_parameters: client_parameters::client_parameters(file.client_parameters, places)?,
        streams: streams::streams(file.streams, places),
        derives: own_types::derives(file.derives, places)?,
        types: own_types::types(file.types, places)?,
        dependencies: own_types::dependencies(file.dependencies)?,
        quick_start: names::value("quick_start", file.quick_start, places),
        cli: cli.transpose()?,
    })
}

/// Returns the package. Without a name, it has that of the document's file until the document's title is known.
fn package(
    file: PackageFile,
    given: Option<String>,
    spec: &Path,
    folders: &Folders,
) -> Result<Package, check::Fault> {
    if let Some(name) = &given {
        check::name(name).map_err(|fault| (vec![], fault))?;
    }
    let name = given.or(file.name).or_else(|| named_after(&stem(spec)));
    let package = Package {
        name: name.unwrap_or_else(|| "api-client".to_owned()),
        version: file.version.unwrap_or_else(|| "0.1.0".to_owned()),
        license: file
            .license
            .unwrap_or_else(|| "MIT OR Apache-2.0".to_owned()),
        description: file.description,
        repository: file.repository,
        homepage: file.homepage,
        documentation: file.documentation,
        authors: file.authors,
        keywords: file.keywords,
        categories: file.categories,
        workspace_member: folders
            .out
            .as_deref()
            .is_some_and(workspace::workspace_lists),
    };
    check::package(&package)?;
    Ok(package)
}

/// Returns the package name for a title, if it is valid.
pub(super) fn named_after(title: &str) -> Option<String> {
    Some(naming::package_name(title)).filter(|name| check::name(name).is_ok())
}

/// What environment variables begin with: the first of the names that has letters for it.
pub(super) fn env_prefix(title: &str, package: &str) -> String {
    let names = [title, package, "api-client"].map(naming::env_prefix);
    let [.., usual] = &names;
    let mut all = names.iter();
    all.find(|name| !name.is_empty()).unwrap_or(usual).clone()
}

pub(super) fn default_env(prefix: &str) -> String {
    format!("{prefix}_API_KEY")
}

fn stem(spec: &Path) -> String {
    spec.file_stem()
        .map(|stem| stem.to_string_lossy().into_owned())
        .unwrap_or_default()
}

pub(super) fn same_folder(a: Option<&Path>, b: Option<&Path>) -> bool {
    // Without a current folder, in WebAssembly or after it was removed, paths stay relative.
    let absolute = |path: &Path| normalise(&std::path::absolute(path).unwrap_or(path.to_owned()));
    a.map(absolute) == b.map(absolute)
}
