//! Runs flows as an orchestrator would, and reads their results.

use std::{collections::BTreeMap, process::ExitCode};

use sdk::{
    Client,
    types::{
        ArtifactCreate, ArtifactData, ArtifactUpdate, BodyPaginateFlowsFlowsPaginatePost,
        BodyReadEventsEventsFilterPost, BodyReadFlowsFlowsFilterPost, BodyReadLogsLogsFilterPost,
        BodySetFlowRunStateFlowRunsIdSetStatePost, CronSchedule, DeploymentCreate,
        DeploymentScheduleCreate, Event, EventFilter, EventResourceFilter, Flow, FlowCreate,
        FlowFilter, FlowFilterName, FlowRunCreate, FlowUpdate, LogCreate, LogFilter,
        LogFilterFlowRunId, StateCreate, StateType, VariableCreate, VariableUpdate, VariableValue,
        WorkPoolCreate,
    },
};
use serde_json::json;

use crate::tally::{Job, Tally, builder};

#[path = "../tally.rs"]
mod tally;

const NOBODY: &str = "00000000-0000-4000-8000-000000000000";

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let client = builder().build().expect("the address is that of a server");
    let mut tally = Tally::default();
    let _ = general(&client, &mut tally).await;
    let _ = flows(&client, &mut tally).await;
    let _ = pages(&client, &mut tally).await;
    let _ = runs(&client, &mut tally).await;
    let _ = deployments(&client, &mut tally).await;
    let _ = variables(&client, &mut tally).await;
    let _ = artifacts(&client, &mut tally).await;
    let _ = events(&client, &mut tally).await;
    let _ = work_pools(&client, &mut tally).await;
    tally.finish()
}

async fn general(client: &Client, tally: &mut Tally) -> Job {
    let healthy = client.root().check_health().send_raw().await;
    tally.value("health", healthy)?;
    let version = client.admin().get_version().send_raw().await;
    let version = tally.value("version", version)?;
    tally.check("version", version.starts_with("3.9"));
    let settings = client.admin().get_settings().send_raw().await;
    tally.value("settings", settings)?;
    Ok(())
}

async fn create(client: &Client, tally: &mut Tally, name: &str) -> Job<Flow> {
    let body = FlowCreate::new(name).tags(["tests"]);
    let made = client.flows().create(body).send_raw().await;
    tally.value("create a flow", made)
}

async fn flows(client: &Client, tally: &mut Tally) -> Job {
    let flow = create(client, tally, "Größe eins").await?;
    // A repeated request returns 200 instead of 201.
    let again = create(client, tally, "Größe eins").await?;
    tally.check("the same flow", again.id == flow.id);
    let got = client.flows().get(flow.id).send_raw().await;
    let got = tally.value("get the flow", got)?;
    tally.check("its name", got.name == "Größe eins");
    let body = FlowUpdate::new().tags(["tests", "changed"]);
    let updated = client.flows().update(flow.id, body).send_raw().await;
    tally.value("change the flow", updated)?;
    let got = client.flows().get(flow.id).send_raw().await;
    let tags = tally.value("get it again", got)?.tags;
    tally.check("its tags", tags.is_some_and(|tags| tags.len() == 2));
    let count = client.flows().count().send_raw().await;
    tally.value("count flows", count)?;
    let deleted = client.flows().delete(flow.id).send_raw().await;
    tally.value("delete the flow", deleted)?;
    let gone = client.flows().get(flow.id).await;
    tally.refused("the flow that is deleted", 404, gone)?;
    let nameless = client.flows().create(FlowCreate::new("a/b%c&d"));
    tally.refused(
        "a flow with a name that is not allowed",
        422,
        nameless.await,
    )
}

async fn pages(client: &Client, tally: &mut Tally) -> Job {
    for name in ["p1", "p2", "p3", "p4", "p5"] {
        create(client, tally, name).await?;
    }
    let those = || FlowFilter::new().name(FlowFilterName::new().like("p"));
    let body = BodyPaginateFlowsFlowsPaginatePost::new()
        .flows(those())
        .limit(2);
    let mut pages = client.flows().paginate().body(body).pages();
    let mut count = 0;
    while let Some(page) = tally.decoded("a page of flows", pages.try_next().await)? {
        count += page.results.len();
    }
    tally.check("five flows on pages", count == 5);
    let body = BodyReadFlowsFlowsFilterPost::new().flows(those()).limit(2);
    let mut items = client.flows().list().body(body).items();
    let mut names = Vec::new();
    while let Some(flow) = tally.decoded("a flow of the list", items.try_next().await)? {
        names.push(flow.name);
    }
    names.sort();
    tally.check(
        "five flows by offset",
        names == ["p1", "p2", "p3", "p4", "p5"],
    );
    Ok(())
}

async fn runs(client: &Client, tally: &mut Tally) -> Job {
    let flow = create(client, tally, "runs").await?;
    let parameters = serde_json::Map::from_iter([("n".to_owned(), json!(3))]);
    let body = FlowRunCreate::new(flow.id)
        .name("first")
        .parameters(parameters)
        .state(StateCreate::new(StateType::Pending));
    let run = client.flow_runs().create(body).send_raw().await;
    let run = tally.value("create a run", run)?;
    for state in [StateType::Running, StateType::Completed] {
        let body = BodySetFlowRunStateFlowRunsIdSetStatePost::new(StateCreate::new(state));
        let set = client.flow_runs().set_state(run.id, body);
        tally.value("set its state", set.send_raw().await)?;
    }
    let got = client.flow_runs().get(run.id).send_raw().await;
    let got = tally.value("get the run", got)?;
    tally.check("its state", got.state_type == Some(StateType::Completed));
    tally.check("its name", got.name.as_deref() == Some("first"));
    let graph = client.flow_runs().get_flow_run_graph(run.id);
    tally.value("its graph", graph.send_raw().await)?;
    let list = client.flow_runs().list().send_raw().await;
    let list = tally.value("list runs", list)?;
    tally.check("it is listed", list.iter().any(|one| one.id == run.id));

    let time = || "2026-11-29T12:00:00+01:00".parse().expect("a time");
    let log = |text: &str| LogCreate::new("tests", 20, text, time()).flow_run_id(run.id);
    let body = vec![log("one"), log("two, with \"quotes\"")];
    let logged = client.logs().create(body).send_raw().await;
    tally.value("write logs", logged)?;
    let of_run = LogFilterFlowRunId::new().any(vec![run.id]);
    let body = BodyReadLogsLogsFilterPost::new().logs(LogFilter::new().flow_run_id(of_run));
    let logs = client.logs().list().body(body).send_raw().await;
    let logs = tally.value("read logs", logs)?;
    tally.check("two logs", logs.len() == 2 && logs[0].timestamp == time());
    // Described as JSON, sent as CSV.
    let file = client.flow_runs().download_logs(run.id);
    let file = tally.value("download logs", file.send_raw().await)?;
    tally.check(
        "CSV",
        file.as_str().is_some_and(|text| text.contains("one")),
    );

    let deleted = client.flow_runs().delete(run.id).send_raw().await;
    tally.value("delete the run", deleted)?;
    let nobody = client.flow_runs().get(NOBODY.parse().expect("an id"));
    tally.refused("a run that is not there", 404, nobody.await)
}

async fn deployments(client: &Client, tally: &mut Tally) -> Job {
    let flow = create(client, tally, "deployed").await?;
    let daily = CronSchedule::new("0 6 * * *").timezone("Europe/Vienna");
    let body = DeploymentCreate::new("daily", flow.id)
        .schedules(vec![DeploymentScheduleCreate::new(daily)])
        .description("each morning")
        .paused(true);
    let made = client.deployments().create(body).send_raw().await;
    let made = tally.value("create a deployment", made)?;
    let got = client.deployments().get_by_name("deployed", "daily");
    let got = tally.value("get it by name", got.send_raw().await)?;
    tally.check("the same", got.id == made.id);
    let schedules = client.deployments().list_schedules(made.id);
    let schedules = tally.value("its schedules", schedules.send_raw().await)?;
    tally.check("one schedule", schedules.len() == 1);
    let resumed = client.deployments().resume(made.id);
    tally.value("resume it", resumed.send_raw().await)?;
    let list = client.deployments().list().send_raw().await;
    tally.value("list deployments", list)?;
    let deleted = client.deployments().delete(made.id);
    tally.value("delete it", deleted.send_raw().await)
}

async fn variables(client: &Client, tally: &mut Tally) -> Job {
    let values = [
        json!("text"),
        json!(true),
        json!(2.5),
        json!({"a": [1, null]}),
        json!([1, "b"]),
    ];
    for (index, value) in values.into_iter().enumerate() {
        let name = format!("v{index}");
        let typed: VariableValue = serde_json::from_value(value.clone()).expect("a value");
        let body = VariableCreate::new(&name).value(typed.clone());
        let made = client.variables().create(body).send_raw().await;
        tally.value("create a variable", made)?;
        let got = client.variables().get_by_name(&name);
        let got = tally.value("get it by name", got.send_raw().await)?;
        tally.check("its value", got.value == Some(typed));
    }
    let body = VariableUpdate::new()
        .value("changed".to_owned())
        .tags(["x"]);
    let changed = client.variables().update_by_name("v0", body);
    tally.value("change a variable", changed.send_raw().await)?;
    let twice = client.variables().create(VariableCreate::new("v0")).await;
    tally.refused("a variable that is there", 409, twice)?;
    let deleted = client.variables().delete_by_name("v0");
    tally.value("delete a variable", deleted.send_raw().await)
}

async fn artifacts(client: &Client, tally: &mut Tally) -> Job {
    let body = ArtifactCreate::new()
        .key("report")
        .type_("markdown")
        .data(ArtifactData::Any(json!("# Größe")))
        .metadata(BTreeMap::from([("by".to_owned(), "tests".to_owned())]));
    let made = client.artifacts().create(body).send_raw().await;
    let made = tally.value("create an artifact", made)?;
    let id = tally.some("its id", made.id)?;
    let got = client.artifacts().get_latest("report");
    let got = tally.value("the latest of its key", got.send_raw().await)?;
    tally.check("its key", got.key.as_deref() == Some("report"));
    let body = ArtifactUpdate::new().description("long");
    let changed = client.artifacts().update(id, body).send_raw().await;
    tally.value("change it", changed)?;
    let deleted = client.artifacts().delete(id).send_raw().await;
    tally.value("delete it", deleted)
}

async fn events(client: &Client, tally: &mut Tally) -> Job {
    let resource = "tests.thing.1";
    let at = || "2026-11-29T12:00:00Z".parse().expect("a time");
    let event = |number: u8| {
        let id = format!("00000000-0000-4000-8000-0000000000{number:02}");
        let name = format!("tests.{number}");
        let it = BTreeMap::from([("prefect.resource.id".to_owned(), resource.to_owned())]);
        Event::new(at(), name, it, id.parse().expect("an id"))
    };
    let sent = client.events().create((1..=5).map(event).collect());
    tally.value("send events", sent.send_raw().await)?;
    let those = || EventFilter::new().resource(EventResourceFilter::new().id([resource]));
    // The server stores them with a delay.
    for _ in 0..100 {
        let body = BodyReadEventsEventsFilterPost::new().filter(those());
        let found = client.events().list().body(body).await;
        if found.is_ok_and(|page| page.events.len() == 5) {
            break;
        }
        tokio::time::sleep(std::time::Duration::from_millis(200)).await;
    }
    let body = BodyReadEventsEventsFilterPost::new()
        .filter(those())
        .limit(2);
    let mut pages = client.events().list().body(body).pages();
    let mut count = 0;
    while let Some(page) = tally.decoded("a page of events", pages.try_next().await)? {
        count += page.events.len();
    }
    tally.check("five events", count == 5);
    Ok(())
}

async fn work_pools(client: &Client, tally: &mut Tally) -> Job {
    let body = WorkPoolCreate::new("pool")
        .type_("process")
        .concurrency_limit(2);
    let made = client.work_pools().create(body).send_raw().await;
    tally.value("create a work pool", made)?;
    let got = client.work_pools().get("pool").send_raw().await;
    let got = tally.value("get it", got)?;
    tally.check("its limit", got.concurrency_limit == Some(2));
    let deleted = client.work_pools().delete("pool");
    tally.value("delete it", deleted.send_raw().await)
}
