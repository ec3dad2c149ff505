//! Replaces decimals with floats, if the configuration asks for numbers to calculate with.

use crate::ir::{Api, NumberFormat, Schema, SchemaKind};

pub fn run(api: &mut Api) {
    api.each_schema_mut(&mut soften);
}

fn soften(schema: &mut Schema) {
    if schema.kind == SchemaKind::Number(NumberFormat::Decimal) {
        schema.kind = SchemaKind::Number(NumberFormat::Double);
    }
    schema.kind.parts_mut().iter_mut().for_each(soften);
}
