//! Compiles crates of random documents, as only rustc detects that names or types conflict.

use super::check;
use super::made::Maker;
use super::run::{self, Plan};
use crate::support::cargo::report;
use crate::support::generate::{Attempt, Outcome};
use crate::support::{Workshop, say};
use sdkgen::generator::STACK;
use std::thread;
use std::time::Duration;

/// Generates crates of the first `count` valid documents, and checks them with clippy. Returns whether all are clean.
pub fn are_clean(plan: &Plan, count: usize) -> bool {
    let name = format!("fuzz-{:?}", plan.kind).to_lowercase();
    let mut workshop = Workshop::new(&name);
    let maker = Maker::new(plan.kind, plan.seed);
    let numbers = plan.first..plan.first + plan.count;
    let crates = numbers.filter_map(|number| attempt(&maker, number, plan.seed));
    for attempt in crates.take(count) {
        workshop.add(&attempt);
    }
    workshop.finish();
    let members: Vec<&str> = workshop.members().iter().map(String::as_str).collect();
    let found = workshop.clippy(&members);
    for member in found.keys() {
        let number = member
            .rsplit('-')
            .next()
            .and_then(|number| number.parse().ok());
        if let Some(number) = number {
            run::written(member, &maker.document(number));
        }
    }
    say(&format!(
        "{name}: {} crates compiled, {} of them with findings{}",
        members.len(),
        found.len(),
        report(&found)
    ));
    found.is_empty()
}

/// Generates the crate of a document, if it is valid.
fn attempt(maker: &Maker, number: u64, seed: u64) -> Option<Attempt> {
    let document = maker.document(number);
    let package = format!("fuzzed-{seed}-{number}");
    let name = package.clone();
    let work = move || check::document(&document, &name);
    let thread = thread::Builder::new().stack_size(STACK).spawn(work);
    let generated = thread.expect("a thread").join().ok().flatten()?;
    Some(Attempt {
        package,
        outcome: Outcome::Generated(Box::new(generated)),
        time: Duration::ZERO,
    })
}
