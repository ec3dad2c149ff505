//! Fires alerts, reads them back, and silences them.

use std::{collections::BTreeMap, process::ExitCode};

use sdk::{
    Client,
    types::{Matcher, PostableAlert, PostableSilence},
};

use crate::tally::{Job, Tally, builder};

#[path = "../tally.rs"]
mod tally;

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let client = builder().build().expect("the address is that of a server");
    let mut tally = Tally::default();
    let _ = general(&client, &mut tally).await;
    let _ = alerts(&client, &mut tally).await;
    let _ = silences(&client, &mut tally).await;
    tally.finish()
}

async fn general(client: &Client, tally: &mut Tally) -> Job {
    let status = client.general().get_status().send_raw().await;
    let status = tally.value("status", status)?;
    let version = &status.version_info.version;
    tally.check("version", version.starts_with("0.25"));
    let receivers = client.receivers().list().send_raw().await;
    let receivers = tally.value("receivers", receivers)?;
    tally.check("two receivers", receivers.len() == 2);
    Ok(())
}

fn alert(name: &str, severity: &str) -> PostableAlert {
    let pairs = [("alertname", name), ("severity", severity)];
    let text = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    let summary = BTreeMap::from([text(("summary", "Größe > 90 %"))]);
    PostableAlert::new(pairs.map(text).into()).annotations(summary)
}

async fn alerts(client: &Client, tally: &mut Tally) -> Job {
    let body = vec![
        alert("Disk", "page"),
        alert("Disk", "info"),
        alert("Load", "info"),
    ];
    let posted = client.alerts().create(body).send_raw().await;
    tally.value("fire alerts", posted)?;
    let all = client.alerts().list().send_raw().await;
    let all = tally.value("list alerts", all)?;
    tally.check("three alerts", all.len() == 3);
    let summary = all[0].annotations.get("summary");
    tally.check(
        "annotation",
        summary.is_some_and(|text| text == "Größe > 90 %"),
    );

    let filter = ["alertname=\"Disk\"", "severity=~\"in.*\""];
    let some = client
        .alerts()
        .list()
        .filter(filter)
        .active(true)
        .send_raw()
        .await;
    let some = tally.value("filter alerts", some)?;
    tally.check("one alert", some.len() == 1);
    let none = client.alerts().list().receiver("nobody").send_raw().await;
    let none = tally.value("alerts of a receiver", none)?;
    tally.check("no alert", none.is_empty());

    let groups = client.alertgroup().list().send_raw().await;
    let groups = tally.value("groups of alerts", groups)?;
    let count: usize = groups.iter().map(|group| group.alerts.len()).sum();
    tally.check(
        "three alerts in two groups",
        (groups.len(), count) == (2, 3),
    );

    let refused = client.alerts().list().filter(["=~"]).await;
    tally.refused("filter that is none", 400, refused)?;
    let empty = PostableAlert::new(BTreeMap::new());
    tally.refused(
        "alert without labels",
        400,
        client.alerts().create(vec![empty]).await,
    )
}

async fn silences(client: &Client, tally: &mut Tally) -> Job {
    let disk = Matcher::new("alertname", "Disk", false).is_equal(true);
    let end = "2100-01-01T00:00:00+01:00".parse().expect("a time");
    let begin = "2020-01-01T00:00:00Z".parse().expect("a time");
    let silence = PostableSilence::new(vec![disk], begin, end, "tests", "while disks are changed");
    let posted = client.silences().create(silence.clone()).send_raw().await;
    let id = tally.value("create a silence", posted)?.silence_id;
    let text = tally.some("id of the silence", id)?;
    let id = tally.some("id of the silence", text.parse().ok())?;

    let got = client.silences().get(id).send_raw().await;
    let got = tally.value("get the silence", got)?;
    tally.check("comment", got.comment == silence.comment);
    tally.check("end", got.ends_at == silence.ends_at);

    let mut changed = silence.clone().id(text.as_str());
    changed.comment = "longer".to_owned();
    let posted = client.silences().create(changed).send_raw().await;
    tally.value("change the silence", posted)?;
    let list = client
        .silences()
        .list()
        .filter(["alertname=\"Disk\""])
        .send_raw()
        .await;
    let list = tally.value("list silences", list)?;
    tally.check(
        "changed",
        list.iter().any(|silence| silence.comment == "longer"),
    );

    let quiet = client.alerts().list().active(false).send_raw().await;
    let quiet = tally.value("silenced alerts", quiet)?;
    let by_it = |alert: &sdk::types::GettableAlert| !alert.status.silenced_by.is_empty();
    tally.check("silenced", quiet.len() == 2 && quiet.iter().all(by_it));

    for silence in list.iter().filter(|silence| silence.id == text) {
        let id = tally.some("id of the silence", silence.id.parse().ok())?;
        let deleted = client.silences().delete(id).send_raw().await;
        tally.value("delete the silence", deleted)?;
    }
    let unknown = "3b8a5f4e-0000-4000-8000-000000000000"
        .parse()
        .expect("an id");
    tally.refused(
        "silence that is not there",
        404,
        client.silences().get(unknown).await,
    )?;
    let mut open = silence;
    open.matchers.clear();
    let refused = client.silences().create(open).await;
    tally.refused("silence without matchers", 422, refused)
}
