//! A job for documents that only tests read.

use sdkgen::config::{Job, Options, Package};
use std::path::Path;

/// Returns a job with default options. It writes nothing.
pub fn job(spec: &Path, docs: Option<&str>) -> Job {
    Job {
        overlays: Vec::new(),
        filter: Default::default(),
        spec: spec.to_owned(),
        out: "generated".into(),
        docs: docs.map(Into::into),
        cli: None,
        remotes: Vec::new(),
        allow_files: Vec::new(),
        templates: None,
        changelog: None,
        options: Options {
            package: Package {
                name: "fixture".to_owned(),
                version: "0.1.0".to_owned(),
                license: "MIT".to_owned(),
                workspace_member: true,
                ..Package::default()
            },
            auth_env: "FIXTURE_API_KEY".to_owned(),
            env_prefix: "FIXTURE".to_owned(),
            ..Options::default()
        },
    }
}
