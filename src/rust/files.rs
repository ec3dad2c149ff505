//! Renders views to files: each file's template and view.
//!
//! A file of types is rendered as soon as its view exists: most files are files of types, and they do not
//! depend on each other. Resources are rendered in batches.

use super::Plan;
use super::modules::Modules;
use super::tree_shaking;
use super::view::{self, Views, resource, types};
use crate::parallel;
use crate::progress::Progress;
use crate::render::{Files, Templates};
use minijinja::Error;

/// Renders the whole crate.
///
/// # Errors
///
/// Returns an error if a template does not match its view.
pub fn render(
    plan: &Plan<'_>,
    templates: &Templates<'_>,
    progress: &Progress,
) -> Result<Files, Error> {
    let file_of_type = |file: types::TypeFile| {
        let path = format!("src/types/{}.rs", file.module);
        let count = file.items.len();
        let text = templates.render("rust/src/types.rs.j2", file);
        progress.add(count);
        (path, text)
    };
    let files_of_resource = |resource: &resource::Resource| {
        let folder = format!("src/resources/{}", resource.module);
        let handle = templates.render("rust/src/resource.rs.j2", resource);
        let builders = templates.render("rust/src/builders.rs.j2", resource);
        progress.add(resource.operations.len());
        [
            (format!("{folder}.rs"), handle),
            (format!("{folder}/builders.rs"), builders),
        ]
    };
    let modules = Modules::of(*plan);
    let ((resources, mut views), types) = parallel::join(
        || {
            let resources = || resource::each(*plan, files_of_resource);
            parallel::join(resources, || view::around_files(plan, &modules))
        },
        || types::each(*plan, file_of_type),
    );
    let (facts, resources): (Vec<_>, Vec<_>) = resources.into_iter().unzip();
    views.set_resource_facts(facts);
    let jobs = jobs(&views, &modules);
    let texts = parallel::map(&jobs, |job| job.view.render(templates, job.template));
    let mut files = Files::default();
    for (path, text) in types.into_iter().chain(resources.into_iter().flatten()) {
        files.insert(path, text?);
    }
    for (job, text) in jobs.iter().zip(texts) {
        files.insert(&*job.path, text?);
    }
    if views.readme.is_apache {
        files.copy(
            templates,
            "LICENSE-APACHE".to_owned(),
            "rust/LICENSE-APACHE",
        );
    }
    for (path, name) in modules.copied() {
        files.copy(templates, path, &name);
    }
    for (name, _) in templates.copied() {
        if let Some(file) = name.strip_prefix("rust/runtime/") {
            files.copy(templates, format!("src/runtime/{file}"), name);
        }
    }
    drop(jobs);
    parallel::discard(views);
    tree_shaking::shake(&mut files, |path| {
        path.starts_with("src/runtime/") || modules.may_lose_items(path)
    });
    Ok(files)
}

/// A file to render.
struct RenderTask<'v> {
    path: String,
    template: &'static str,
    view: &'v dyn erased::View,
}

/// Lists all files except those of types and resources.
fn jobs<'v>(views: &'v Views, modules: &Modules) -> Vec<RenderTask<'v>> {
    let mut jobs = Vec::new();
    let mut print = |path: &str, template: &'static str, view| {
        let path = path.to_owned();
        jobs.push(RenderTask {
            path,
            template,
            view,
        });
    };
    print("Cargo.toml", "rust/Cargo.toml.j2", &views.manifest);
    print("README.md", "rust/README.md.j2", &views.readme);
    if views.manifest.is_mit {
        print("LICENSE-MIT", "rust/LICENSE-MIT.j2", &views.manifest);
    }
    if views.readme.program.is_some() {
        print(
            "examples/quickstart.rs",
            "rust/quickstart.rs.j2",
            &views.readme,
        );
    }
    if views.readme.workflow_program.is_some() {
        print("examples/workflow.rs", "rust/workflow.rs.j2", &views.readme);
    }
    print("src/lib.rs", "rust/src/lib.rs.j2", &views.library);
    print("src/error.rs", "rust/src/error.rs.j2", &views.error);
    if modules.has("resources") {
        print("src/blocking.rs", "rust/src/blocking.rs.j2", &views.library);
        let recorder = "rust/src/recorder.rs.j2";
        print("src/recorder.rs", recorder, &views.library);
        print("src/client.rs", "rust/src/client.rs.j2", &views.client);
        print(
            "src/resources/mod.rs",
            "rust/src/resources_mod.rs.j2",
            &views.resources_index,
        );
    }
    if let Some(mock) = &views.mock {
        print("src/mock.rs", "rust/src/mock.rs.j2", mock);
        if !mock.samples.types.is_empty() {
            print("src/mock/samples.rs", "rust/src/samples.rs.j2", mock);
        }
    }
    if modules.has("types") {
        print(
            "src/types/mod.rs",
            "rust/src/types_mod.rs.j2",
            &views.types_index,
        );
    }
    if let Some(servers) = views.servers.as_ref().filter(|_| modules.has("servers")) {
        print("src/servers.rs", "rust/src/servers.rs.j2", servers);
    }
    if let Some(wire) = &views.wire {
        print("tests/wire.rs", "rust/tests/wire.rs.j2", wire);
        print("tests/wire/harness.rs", "rust/tests/harness.rs.j2", wire);
        let index = "tests/wire/resources/mod.rs";
        print(index, "rust/tests/resources_mod.rs.j2", wire);
        for file in &wire.files {
            let path = format!("tests/wire/resources/{}.rs", file.module);
            print(&path, "rust/tests/resource.rs.j2", file);
        }
    }
    if let Some(signature) = &views.signature {
        print("src/signature.rs", "rust/src/signature.rs.j2", signature);
    }
    if let Some(webhooks) = &views.webhooks {
        print("src/webhooks.rs", "rust/src/webhooks.rs.j2", webhooks);
    }
    jobs
}

/// Erases the type of a view, so that one closure renders all of them.
mod erased {
    use super::{Error, Templates};

    pub trait View: Sync {
        fn render(&self, templates: &Templates<'_>, name: &str) -> Result<String, Error>;
    }

    impl<T: serde::Serialize + Sync> View for T {
        fn render(&self, templates: &Templates<'_>, name: &str) -> Result<String, Error> {
            templates.render(name, self)
        }
    }
}
