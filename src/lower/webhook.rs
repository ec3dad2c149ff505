//! Lowers webhooks and callbacks, the requests that the API's server sends.

use super::Lowering;
use crate::diag::codes;
use crate::ir::{Callback, Content, ContentKind, OperationId, Owner, Webhook};
use crate::openapi::{self, PathItem};
use crate::tree::Node;

impl<'t> Lowering<'t, '_> {
    pub(super) fn webhooks(&mut self) {
        for (name, node) in &self.document.webhooks {
            self.requests(name, *node, None);
        }
    }

    /// Lowers the callbacks of all operations. A callback that several operations share is lowered once.
    pub(super) fn callbacks(&mut self) {
        let operations = self.api.operations.iter().map(|operation| operation.at);
        let operations: Vec<_> = operations.collect();
        for (index, at) in operations.into_iter().enumerate() {
            let callbacks = at.map(|at| self.resolver.tree.node(at));
            let callbacks = callbacks.and_then(|node| self.reader.object(node, "callbacks"));
            for (name, node) in callbacks.into_iter().flat_map(Node::members) {
                let Some(target) = self.follow(node) else {
                    continue;
                };
                for (expression, item) in target.members() {
                    if expression.starts_with("x-") {
                        continue;
                    }
                    let callback = Callback {
                        operation: OperationId(index as u32),
                        expression: expression.to_owned(),
                    };
                    self.requests(name, item, Some(callback));
                }
            }
        }
    }

    /// Lowers the requests of a path item.
    fn requests(&mut self, name: &str, node: Node<'t>, callback: Option<Callback>) {
        let item = PathItem::resolved(node, self.resolver, &mut self.reader);
        for (method, operation) in &item.operations {
            if let Some(operation) = self.follow(*operation) {
                self.request(name, method, operation, callback.clone());
            }
        }
    }

    fn request(&mut self, name: &str, method: &str, node: Node<'t>, callback: Option<Callback>) {
        if !self.index.webhooks.insert(node.id()) {
            return;
        }
        let operation = openapi::Operation::read(node, &mut self.reader);
        let owner = Owner::Webhook(name.to_owned());
        let body = operation
            .request_body
            .and_then(|body| self.body(body, owner));
        let json = |content: &Content| content.kind == ContentKind::Json;
        let reads = body
            .as_ref()
            .is_some_and(|body| body.contents.iter().any(json));
        if !reads {
            self.diagnostics()
                .push(codes::webhook_without_json(operation.node));
        }
        let inferred = operation
            .node
            .get("x-sdkgen-inferred")
            .and_then(Node::as_bool);
        self.api.webhooks.push(Webhook {
            name: name.to_owned(),
            callback,
            method: method.to_owned(),
            docs: super::docs(operation.node, &mut self.reader),
            inferred: inferred.unwrap_or_default(),
            body,
            at: Some(operation.node.id()),
        });
    }
}
