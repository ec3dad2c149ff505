//! YAML text to nodes with their positions, from the events of `saphyr-parser`.

mod alias;
mod build;
mod offsets;
mod repair;
mod scalar;
mod tag;

use crate::diag::{Diagnostic, Diagnostics, codes};
use crate::tree::{FileId, Tree};
use build::{Builder, Fault};
use repair::Shifts;
use saphyr_parser::{Event, Parser, StrInput};

const TOO_DEEP_FLOW: &str = "the document nests too many levels of `[` and `{`";

/// Fills the tree from a file's text. After an error the file has no root.
pub fn load(
    text: &str,
    file: FileId,
    tree: &mut Tree,
    diagnostics: &mut Diagnostics,
) -> Result<(), Box<Diagnostic>> {
    // What a failed attempt has to say would be said again by the next.
    let mut found = Diagnostics::default();
    let mut result = attempt(text, text, Shifts::new(), file, tree, &mut found);
    if let Err(Stop::Mendable(_)) = &result
        && let Some(repaired) = repair::repair(text)
    {
        found = Diagnostics::default();
        let shifts = repaired.shifts;
        result = attempt(text, &repaired.text, shifts, file, tree, &mut found);
        let mut builder = Builder::new(text, Shifts::new(), file, tree, &mut found);
        repaired
            .faults
            .into_iter()
            .for_each(|(marker, missing)| builder.repaired(marker, missing));
    }
    found
        .iter()
        .for_each(|diagnostic| diagnostics.push(diagnostic.clone()));
    match result {
        Err(Stop::Fault(fault) | Stop::Mendable(fault)) => {
            tree.forget(file);
            Err(fault)
        }
        Ok(()) if tree.root(file).is_none() => Err(Box::new(codes::empty_file(file))),
        Ok(()) => Ok(()),
    }
}

/// Why an attempt ended.
enum Stop {
    Fault(Fault),
    /// A fault that more blanks at some place may mend.
    Mendable(Fault),
}

impl From<Fault> for Stop {
    fn from(fault: Fault) -> Self {
        Stop::Fault(fault)
    }
}

/// Parses `parsed`, which is `text` with the shifts.
fn attempt(
    text: &str,
    parsed: &str,
    shifts: Shifts,
    file: FileId,
    tree: &mut Tree,
    diagnostics: &mut Diagnostics,
) -> Result<(), Stop> {
    let mut parser = Parser::new_from_str(parsed);
    let mut builder = Builder::new(text, shifts, file, tree, diagnostics);
    first_document(&mut parser, &mut builder)
}

/// Reads the first document; a second one is reported, an empty second one is not.
fn first_document(
    parser: &mut Parser<'_, StrInput<'_>>,
    builder: &mut Builder<'_>,
) -> Result<(), Stop> {
    let mut second = None;
    let mut documents = 0;
    while let Some(event) = parser.next_event() {
        let (event, span) = event.map_err(|fault| {
            let start = builder.offset(*fault.marker());
            let syntax = builder.fault(start, |place| match fault.info() {
                // The parser's own limit, which is lower in `[` and `{` than elsewhere.
                "recursion limit exceeded" => codes::too_large(place, TOO_DEEP_FLOW),
                info => codes::syntax(place, "YAML", info),
            });
            if repair::mendable(&fault) {
                Stop::Mendable(syntax)
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
