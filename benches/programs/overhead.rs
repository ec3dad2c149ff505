//! Sends the same requests through the generated crate and by hand, in turn.

mod byhand;
mod counting;
mod server;

use counting::{Counting, allocations};
use std::hint::black_box;
use std::time::{Duration, Instant};
use tokio::runtime::Runtime;

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// The number of measurements, whose median counts.
const ROUNDS: usize = 301;
/// The number of requests in a measurement.
const CALLS: u32 = 50;

fn main() {
    // Everything runs on this thread, so that allocations can be counted.
    let runtime = tokio::runtime::Builder::new_current_thread()
        .enable_all()
        .build()
        .expect("a runtime");
    let address = runtime.block_on(server::start());
    let by_hand = byhand::Shop::new(address).expect("a client");
    let builder = shop::Client::builder().base_url(format!("http://{address}/v1"));
    let shop = builder.api_key("key").build().expect("a client");

    compare(
        &runtime,
        "GET of one object",
        async || {
            let item = shop.items().get("item_000017").await;
            black_box(item.expect("an item"));
        },
        async || {
            let item = by_hand.get("item_000017").await;
            black_box(item.expect("an item"));
        },
    );
    compare(
        &runtime,
        "GET of a list of 20, with a query",
        async || {
            let page = shop.items().list().status("in stock").limit(20).await;
            black_box(page.expect("a page"));
        },
        async || {
            let page = by_hand.list("in stock", 20).await;
            black_box(page.expect("a page"));
        },
    );
    compare(
        &runtime,
        "POST of an object",
        async || {
            let item = shop::types::NewItem::new("A thing", 12.5).tags(tags());
            black_box(shop.items().create(item).await.expect("an item"));
        },
        async || {
            let (name, tags) = ("A thing".to_owned(), Some(tags()));
            let price = 12.5;
            let item = byhand::NewItem { name, price, tags };
            black_box(by_hand.create(&item).await.expect("an item"));
        },
    );
}

fn tags() -> Vec<String> {
    vec!["one".to_owned(), "two".to_owned()]
}

/// The time and the allocations of a request.
#[derive(Clone, Copy)]
struct Cost {
    time: Duration,
    allocations: f64,
}

/// Measures both in turn, so that they run under the same load, and prints the comparison. The ratio is the median of
/// all rounds' ratios.
fn compare(runtime: &Runtime, title: &str, ours: impl AsyncFn(), theirs: impl AsyncFn()) {
    let (mut of_ours, mut of_theirs, mut ratios) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..ROUNDS {
        let (one, other) = match round % 2 {
            0 => {
                let one = runtime.block_on(measure(&ours));
                (one, runtime.block_on(measure(&theirs)))
            }
            _ => {
                let other = runtime.block_on(measure(&theirs));
                (runtime.block_on(measure(&ours)), other)
            }
        };
        ratios.push(one.time.as_secs_f64() / other.time.as_secs_f64());
        of_ours.push(one);
        of_theirs.push(other);
    }
    let micros = |costs: &[Cost]| median(costs.iter().map(|cost| cost.time.as_secs_f64() * 1e6));
    let counts = |costs: &[Cost]| median(costs.iter().map(|cost| cost.allocations));
    let (more, less) = (counts(&of_ours), counts(&of_theirs));
    println!(
        "{title}: {:.1} µs to {:.1} µs by hand, ratio {:.3}; {more:.1} allocations to {less:.1}, {:+.1}",
        micros(&of_ours),
        micros(&of_theirs),
        median(ratios),
        more - less,
    );
}

async fn measure(call: &impl AsyncFn()) -> Cost {
    // The first request after the other client's finds cold processor caches.
    call().await;
    let before = allocations();
    let start = Instant::now();
    for _ in 0..CALLS {
        call().await;
    }
    Cost {
        time: start.elapsed() / CALLS,
        allocations: (allocations() - before) as f64 / f64::from(CALLS),
    }
}

fn median(values: impl IntoIterator<Item = f64>) -> f64 {
    let mut sorted: Vec<f64> = values.into_iter().collect();
    sorted.sort_by(f64::total_cmp);
    sorted[sorted.len() / 2]
}
