//! Requests that JavaScript runs through this program.

use std::time::Duration;
use wasm_bindgen::prelude::wasm_bindgen;
use ways::types::Job;
use ways::{RequestOptions, Client, RetryPolicy};

/// Returns the result of each request, one a line.
#[wasm_bindgen]
pub async fn run(base_url: String) -> String {
    let retry = RetryPolicy::new(3).initial_backoff(Duration::from_millis(5));
    let client = Client::builder()
        .base_url(base_url)
        .api_key("s3cret")
        .retry(retry);
    let client = client.build().expect("a client");
    let mut told = Vec::new();

    let jobs = client.jobs().list().owner("jane d").await;
    told.push(format!("{:?}", jobs.map(|jobs| jobs.len())));
    let job = client.jobs().create(Job::new("a", "new")).await;
    told.push(format!("{:?}", job.map(|job| job.status)));
    let error = client.jobs().get("gone").await.expect_err("an error");
    told.push(error.to_string());
    let options = RequestOptions::new()
        .no_retries()
        .timeout(Duration::from_millis(50));
    let error = client.jobs().get("slow").options(options).await;
    told.push(error.expect_err("no answer").to_string());
    let mut lines = client
        .jobs()
        .listen_to_job("a")
        .send_lines()
        .await
        .expect("a stream");
    while let Some(job) = lines.try_next().await.expect("a line") {
        told.push(job.status);
    }
    let wait = client
        .jobs()
        .get("work")
        .wait_until(|job| job.status == "done");
    let job = wait.interval(Duration::from_millis(5)).await;
    told.push(format!("{:?}", job.map(|job| job.status)));
    told.join("\n")
}
