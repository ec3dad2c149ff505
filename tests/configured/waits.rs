//! The configuration key `wait`.

use super::refused;

#[test]
fn waits_have_to_fit_their_operations() {
    let config = "wait:
  getJobs: {name: a}
  POST /jobs: {name: b}
  listJobs: {name: c, until: {member: status, values: [done]}}
  getLog: {name: d, until: {member: status, values: [done]}}
  getJob: {name: e, until: {member: state, values: [done]}}
  getState: {name: f, until: {member: work.kind, values: [faild]}}
  GET /jobs/{id}/state: {name: g, until: {member: work.isOver, values: [yes]}}
";
    insta::assert_snapshot!(refused(config, "sdk/ways/openapi.yaml"));
}
