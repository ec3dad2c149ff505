//! temporary
pub fn signature(indent: &str, head: &str, params: &[String], ret: Option<&str>) -> String {
    let ret = ret.map(|r| format!(" -> {r}")).unwrap_or_default();
    let line = format!("{indent}{head}({}){ret}", params.join(", "));
    if line.len() + 2 <= 100 { return line; }
    let params: String = params.iter().map(|p| format!("{indent}    {p},\n")).collect();
    format!("{indent}{head}(\n{params}{indent}){ret}")
}
pub fn call(indent: &str, prefix: &str, callee: &str, args: &[String], suffix: &str) -> String {
    let joined = args.join(", ");
    let line = format!("{indent}{prefix}{callee}({joined}){suffix}");
    if line.len() <= 100 && joined.len() <= 60 { return line; }
    let args: String = args.iter().map(|p| format!("{indent}    {p},\n")).collect();
    format!("{indent}{prefix}{callee}(\n{args}{indent}){suffix}")
}
pub fn call_arm(indent: &str, pattern: &str, callee: &str, args: &[String], suffix: &str) -> String {
    let joined = args.join(", ");
    let line = format!("{indent}{pattern} => {callee}({joined}){suffix},");
    if line.len() <= 100 && joined.len() <= 60 { return line; }
    let inner = call(&format!("{indent}    "), "", callee, args, suffix);
    format!("{indent}{pattern} => {{\n{inner}\n{indent}}}")
}
pub fn arm(indent: &str, pattern: &str, body: &str) -> String {
    let line = format!("{indent}{pattern} => {body},");
    if line.len() <= 100 { return line; }
    format!("{indent}{pattern} => {{\n{indent}    {body}\n{indent}}}")
}
pub fn assignment(indent: &str, target: &str, value: &str) -> String {
    format!("{indent}{target} = {value};")
}
pub fn alias(ident: &str, ty: &str) -> String { format!("pub type {ident} = {ty};") }
pub fn chain(indent: &str, prefix: &str, root: &str, links: &[String], suffix: &str) -> String {
    let joined = links.concat();
    let line = format!("{indent}{prefix}{root}{joined}{suffix}");
    if line.len() <= 100 && root.len() + joined.len() <= 60 { return line; }
    let links: String = links.iter().map(|p| format!("\n{indent}    {p}")).collect();
    format!("{indent}{prefix}{root}{links}{suffix}")
}
pub fn version_order(a: &str, b: &str) -> std::cmp::Ordering { a.cmp(b) }
pub fn sort_uses(lines: &mut [String]) { lines.sort_by_key(|l| l.replace("use super::", "use aaa::").replace("use crate::", "use aab::")); }
pub fn list(indent: &str, prefix: &str, items: &[String], suffix: &str) -> String {
    let joined = items.join(", ");
    let line = format!("{indent}{prefix}[{joined}]{suffix}");
    if line.len() <= 100 && joined.len() <= 58 { return line; }
    let items: String = items.iter().map(|p| format!("{indent}    {p},\n")).collect();
    format!("{indent}{prefix}[\n{items}{indent}]{suffix}")
}
