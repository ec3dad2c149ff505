//! A server that takes webhooks.

use crate::rust::{Plan, layout};

/// A server of axum's that takes webhooks: the text that the documentation shows.
///
/// `reader` is the function that reads a body; without it the body is left as it is.
pub fn handler(plan: Plan<'_>, reader: Option<&str>) -> Vec<String> {
    let name = plan.crate_name();
    let import = match reader {
        Some(_) => format!("use {name}::webhooks::{{self, Verifier}};"),
        None => format!("use {name}::webhooks::Verifier;"),
    };
    let mut uses = vec![
        "use axum::Router;".to_owned(),
        "use axum::body::Bytes;".to_owned(),
        "use axum::extract::State;".to_owned(),
        "use axum::http::{HeaderMap, StatusCode};".to_owned(),
        "use axum::routing::post;".to_owned(),
        import,
    ];
    layout::sort_uses(&mut uses);
    let read = match reader {
        None => vec!["    StatusCode::NO_CONTENT".to_owned()],
        Some(reader) => vec![
            format!("    match webhooks::{reader}(&body) {{"),
            "        Ok(payload) => {".to_owned(),
            "            println!(\"{payload:?}\");".to_owned(),
            "            StatusCode::NO_CONTENT".to_owned(),
            "        }".to_owned(),
            "        Err(_) => StatusCode::BAD_REQUEST,".to_owned(),
            "    }".to_owned(),
        ],
    };
    let fixed = "
fn router(verifier: Verifier) -> Router {
    Router::new()
        .route(\"/webhooks\", post(receive))
        .with_state(verifier)
}

async fn receive(State(verifier): State<Verifier>, headers: HeaderMap, body: Bytes) -> StatusCode {
    // What is signed is the body as it came, not what JSON makes of it.
    if verifier.verify(&headers, &body).is_err() {
        return StatusCode::UNAUTHORIZED;
    }";
    let fixed = fixed.lines().map(str::to_owned);
    let end = ["}".to_owned()];
    uses.into_iter()
        .chain(fixed)
        .chain(read)
        .chain(end)
        .collect()
}
