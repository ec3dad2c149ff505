//! The configuration key `wait`.

use super::refused;

#[test]
fn waits_have_to_fit_their_operations() {
    let config = "wait:
  getJobs: {name: a}
  POST /jobs: {name: b}
  listJobs: {name: c, until: {property: status, values: [done]}}
  getLog: {name: d, until: {property: status, values: [done]}}
  getJob: {name: e, until: {property: state, values: [done]}}
  getState: {name: f, until: {property: work.kind, values: [faild]}}
  GET /jobs/{id}/state: {name: g, until: {property: work.isOver, values: [yes]}}
";
    insta::assert_snapshot!(refused(config, "sdk/ways/openapi.yaml"));
}
