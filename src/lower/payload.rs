//! Lowers request bodies and media types of Swagger 2.0, which are described separately.

use super::Lowering;
use crate::ir::{Body, Encoding, Owner, ParameterLocation};
use crate::openapi::swagger::{self, Medium};
use crate::openapi::{self, Form, PathItem, Version};

impl<'t> Lowering<'t, '_> {
    /// Lowers the request body of an operation.
    pub(super) fn request_body(
        &mut self,
        item: &PathItem<'t>,
        operation: &openapi::Operation<'t>,
        owner: Owner,
    ) -> Option<Body> {
        match self.reader.version {
            Version::V20 => self.payload(item, operation, owner),
            _ => self.body(operation.request_body?, owner),
        }
    }

    /// Lowers the request body that the parameters of a Swagger 2.0 operation describe.
    fn payload(
        &mut self,
        item: &PathItem<'t>,
        operation: &openapi::Operation<'t>,
        owner: Owner,
    ) -> Option<Body> {
        let root = self.document.root;
        let consumes = swagger::consumes(operation.node, root, &mut self.reader);
        let resolver = self.resolver;
        let payload = swagger::payload(item, operation, &consumes, resolver, &mut self.reader)?;
        let owner = self.owner_of(payload.node, owner);
        self.described_body(payload.body, payload.node, owner)
    }

    /// Returns the media types of the responses of a Swagger 2.0 operation.
    pub(super) fn produces(&mut self, operation: &openapi::Operation<'t>) -> Vec<Medium<'t>> {
        let root = self.document.root;
        match self.reader.version {
            Version::V20 => swagger::produces(operation.node, root, &mut self.reader),
            _ => Vec::new(),
        }
    }

    /// Returns how the lists of a form are serialized, by their `collectionFormat`.
    pub(super) fn form_encoding(&mut self, form: &Form<'t>) -> Vec<Encoding> {
        let mut encodings = Vec::new();
        for field in form.fields(&mut self.reader) {
            // Files are separate parts. So is each list item by default.
            let is_list = field.style.is_some() || field.explode.is_some();
            let is_default = swagger::holds_file(field.node);
            if !is_list || is_default {
                continue;
            }
            let (style, explodes) = self.style(&field, ParameterLocation::Query);
            let explode = field.explode.unwrap_or(explodes);
            encodings.push(Encoding {
                name: field.name,
                content_type: None,
                style: Some((style, explode, false)),
                headers: Vec::new(),
                at: Some(field.node.id()),
            });
        }
        encodings
    }
}
