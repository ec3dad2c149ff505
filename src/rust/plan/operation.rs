//! The facts about one operation. They are made once; views, snippets, the book, the program and the comparison of two
//! descriptions read them.

use super::Plan;
use super::arguments::ArgumentPlan;
use super::body::BodyPlan;
use super::errors::ErrorPlan;
use super::headers::HeaderPlan;
use super::pagination::PaginationPlan;
use super::polling::PollingPlan;
use super::result::ResultPlan;
use super::stream::StreamPlan;
use crate::ir::OperationId;
use crate::rust::Expr;

/// What an operation takes, sends and returns.
#[derive(Debug)]
pub struct OperationPlan<'a> {
    /// The parameters, in the order of the document.
    pub arguments: Vec<ArgumentPlan<'a>>,
    pub body: Option<BodyPlan<'a>>,
    pub result: ResultPlan<'a>,
    /// The documented headers of successes.
    pub headers: Vec<HeaderPlan<'a>>,
    pub errors: Vec<ErrorPlan<'a>>,
    pub streams: Vec<StreamPlan<'a>>,
    pub pagination: Option<PaginationPlan<'a>>,
    pub polling: Option<PollingPlan<'a>>,
    /// The server, if it differs from the client's: an absolute URL, or one relative to the client's.
    pub server: Option<String>,
    /// The header with the idempotency key that the client generates.
    pub key_header: Option<&'a str>,
}

impl<'a> OperationPlan<'a> {
    pub fn of(plan: Plan<'a>, id: OperationId) -> Self {
        let operation = plan.api.operation(id);
        OperationPlan {
            arguments: plan.plan_arguments(id),
            body: plan.plan_body(id),
            result: plan.plan_result(id),
            headers: plan.plan_headers(id),
            errors: plan.plan_errors(id),
            streams: plan.plan_streams(id),
            pagination: plan.plan_pagination(id),
            polling: plan.plan_polling(id),
            server: plan.api.own_server(operation),
            key_header: operation.key_header(),
        }
    }

    /// Lists the arguments of the method, in their order.
    pub fn positional(&self) -> impl Iterator<Item = &'a str> {
        let arguments = self.arguments.iter();
        let parameters = arguments.filter(|argument| argument.is_positional());
        let body = self.body.iter().filter(|body| body.is_positional);
        let parameters = parameters.map(|argument| argument.ident);
        parameters.chain(body.map(|_| "body"))
    }

    /// Returns the expressions that prepare `request` before the arguments are added.
    pub fn preparation(&self) -> impl Iterator<Item = Expr> {
        let request = Expr::variable("request");
        let key = self.key_header.map(|header| {
            let arguments = [request.clone().reference_mut(), Expr::string(header)];
            Expr::call("idempotency::make", arguments)
        });
        let server = self.server.as_deref();
        let server = server.map(|server| request.method("server", [Expr::string(server)]));
        key.into_iter().chain(server)
    }
}

impl<'a> Plan<'a> {
    /// Returns the facts about an operation.
    pub fn operation(self, id: OperationId) -> &'a OperationPlan<'a> {
        &self.operations[id.0 as usize]
    }
}
