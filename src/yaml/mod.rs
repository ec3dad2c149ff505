//! Parses YAML into nodes with positions, using the events of `saphyr-parser`.

mod alias;
mod build;
mod offsets;
mod repair;
mod scalar;
mod tag;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::tree::{FileId, Tree};
use build::{NodeBuilder, YamlFault};
use repair::Shifts;
use saphyr_parser::{Event, Parser, StrInput};

const TOO_DEEP_FLOW: &str = "the document nests too many levels of `[` and `{`";

/// Fills the tree from the text of a file. After an error the file has no root.
pub fn load(
    text: &str,
    file: FileId,
    tree: &mut Tree,
    diagnostics: &mut Diagnostics,
) -> Result<(), Box<Diagnostic>> {
    // Diagnostics of a failed attempt are dropped, because the next attempt reports them again.
    let mut found = Diagnostics::default();
    let mut result = attempt(text, text, Shifts::new(), file, tree, &mut found);
    if let Err(Stop::Repairable(_)) = &result
        && let Some(repaired) = repair::repair(text)
    {
        found = Diagnostics::default();
        let shifts = repaired.shifts;
        result = attempt(text, &repaired.text, shifts, file, tree, &mut found);
        let mut builder = NodeBuilder::new(text, Shifts::new(), file, tree, &mut found);
        repaired
            .faults
            .into_iter()
            .for_each(|(marker, missing)| builder.repaired(marker, missing));
    }
    found
        .iter()
        .for_each(|diagnostic| diagnostics.push(diagnostic.clone()));
    match result {
        Err(Stop::Fault(fault) | Stop::Repairable(fault)) => {
            tree.forget(file);
            Err(fault)
        }
        Ok(()) if tree.root(file).is_none() => Err(Box::new(codes::empty_file(file))),
        Ok(()) => Ok(()),
    }
}

/// The reason why an attempt ended.
enum Stop {
    Fault(YamlFault),
    /// A fault that adding blanks may fix.
    Repairable(YamlFault),
}

impl From<YamlFault> for Stop {
    fn from(fault: YamlFault) -> Self {
        Stop::Fault(fault)
    }
}

/// Parses `parsed`, which is `text` with added blanks.
fn attempt(
    text: &str,
    parsed: &str,
    shifts: Shifts,
    file: FileId,
    tree: &mut Tree,
    diagnostics: &mut Diagnostics,
) -> Result<(), Stop> {
    let mut parser = Parser::new_from_str(parsed);
    let mut builder = NodeBuilder::new(text, shifts, file, tree, diagnostics);
    first_document(&mut parser, &mut builder)
}

/// Reads the first document. Reports a second one, unless it is empty.
fn first_document(
    parser: &mut Parser<'_, StrInput<'_>>,
    builder: &mut NodeBuilder<'_>,
) -> Result<(), Stop> {
    let mut second = None;
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|fault| {
            let start = builder.offset(*fault.marker());
            let syntax = builder.fault(start, |place| match fault.info() {
                // The parser's own limit for flow collections is lower than ours.
                "recursion limit exceeded" => codes::too_large(place, TOO_DEEP_FLOW),
                info => codes::syntax(place, "YAML", info),
            });
            if repair::is_repairable(&fault) {
                Stop::Repairable(syntax)
            } else {
                Stop::Fault(syntax)
            }
        })?;
        match event {
            Event::DocumentStart(_) => {
                documents += 1;
                second = (documents > 1).then_some(span);
            }
            Event::Scalar(ref text, ..) if second.is_some() && text.is_empty() => {}
            Event::Nothing | Event::StreamStart | Event::StreamEnd | Event::DocumentEnd => {}
            _ => match second {
                None => builder.event(event, span)?,
                Some(start) => {
                    builder.second_document(start);
                    break;
                }
            },
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests;
