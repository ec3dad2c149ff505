//! `mock/samples.rs`: a sample of every type, for tests that need values.

use super::docs::spaced;
use crate::example::sample;
use crate::example::validate::Direction;
use crate::ir::{Schema, SchemaKind, Shape, TypeId};
use crate::parallel;
use crate::rust::snippets::memory;
use crate::rust::{Plan, layout, literal};
use serde::Serialize;
use serde_json::Value as Json;

#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SampleFunctions {
    /// Lines of a program that changes one property of a sample; empty if no type has a text property.
    pub example: Vec<String>,
    pub types: Vec<SampleView>,
}

/// The sample of one type.
#[derive(Debug, Serialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
pub struct SampleView {
    /// The `cfg` attribute; empty if the type is always compiled.
    pub cfg: String,
    pub ident: String,
    /// The JSON, as a literal.
    pub json: String,
}

/// A longer sample has no optional properties beside those of the document's examples.
const LONGEST: usize = 2_000;

pub fn samples(plan: Plan<'_>) -> SampleFunctions {
    let is_declared = |id: &TypeId| !matches!(plan.api.ty(*id).shape, Shape::Alias(_));
    let ids: Vec<TypeId> = plan.api.type_ids().filter(is_declared).collect();
    SampleFunctions {
        example: spaced(memory::sampled_value(plan).source()),
        types: parallel::map(&ids, |id| view(plan, *id)),
    }
}

fn view(plan: Plan<'_>, id: TypeId) -> SampleView {
    let gate = plan.names.features.of_type(id);
    SampleView {
        cfg: layout::cfg("    ", gate.as_deref().unwrap_or_default()),
        ident: plan.names.ty(id).ident.clone(),
        json: literal::quoting(&json(plan, id).to_string()),
    }
}

fn json(plan: Plan<'_>, id: TypeId) -> Json {
    let schema = Schema::new(SchemaKind::Declared(id));
    let way = match plan.api.ty(id).usage.response {
        true => Direction::Response,
        false => Direction::Request,
    };
    let full = sample::full(plan.api, &schema, way);
    match full.to_string().len() > LONGEST {
        true => sample::brief(plan.api, &schema, way),
        false => full,
    }
}
