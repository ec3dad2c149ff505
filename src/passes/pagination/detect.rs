//! Detects common pagination patterns. Both the request and the response have to document what selects the next
//! page, because wrong pagination silently loses items.

use super::page::{ListResponse, PropertyPath};
use crate::ir::{
    NextPage, NumberFormat, PageEnd, PageParameter, Pagination, Parameter, Property, Schema,
    SchemaKind, StringFormat,
};
use serde_json::Value as Json;

/// Parameters that take a cursor.
const CURSORS: [&str; 15] = [
    "after",
    "aftercursor",
    "continuationtoken",
    "continue",
    "cursor",
    "marker",
    "nextcursor",
    "nextpagetoken",
    "nexttoken",
    "pagecursor",
    "pagetoken",
    "paginationtoken",
    "startafter",
    "startcursor",
    "startingafter",
];

/// Properties with the cursor of the next page.
const NEXT_CURSORS: [&str; 11] = [
    "continuationtoken",
    "continue",
    "endcursor",
    "nextcontinuationtoken",
    "nextcursor",
    "nextmarker",
    "nextpagecursor",
    "nextpagetoken",
    "nextpaginationtoken",
    "nextstartingafter",
    "nexttoken",
];

/// Properties with the URL of the next page, whatever their description.
const NEXT_URLS: [&str; 8] = [
    "nexthref",
    "nextlink",
    "nextpagelink",
    "nextpageuri",
    "nextpageurl",
    "nexturi",
    "nexturl",
    "odatanextlink",
];

/// Parameters with the page number, and with the page size.
const PAGES: [&str; 4] = ["page", "pageno", "pagenum", "pagenumber"];
const SIZES: [&str; 12] = [
    "count",
    "itemsperpage",
    "limit",
    "maxresults",
    "pagelimit",
    "pagesize",
    "perpage",
    "resultsperpage",
    "rows",
    "size",
    "take",
    "top",
];

/// Parameters with the number of items before the page.
const OFFSETS: [&str; 4] = ["offset", "pageoffset", "skip", "startat"];

/// Properties with the number of pages, and of items.
const PAGE_COUNTS: [&str; 6] = [
    "lastpage",
    "numpages",
    "pagecount",
    "pages",
    "totalpagecount",
    "totalpages",
];
const ITEM_COUNTS: [&str; 6] = [
    "total",
    "totalcount",
    "totalelements",
    "totalitems",
    "totalrecords",
    "totalresults",
];

/// Boolean properties that are true if there are more pages.
const MORE: [&str; 5] = ["hasmore", "hasnext", "hasnextpage", "more", "moreavailable"];

pub fn paging(page: &ListResponse<'_>) -> Option<Pagination> {
    // Operations with side effects are not repeated implicitly.
    if page.operation.method != "GET" {
        return None;
    }
    let (items, item) = page.items()?;
    let mut all = page.all();
    all.retain(|found| page.describes_list(&items, found));
    let more = all.iter().find(|found| {
        let is_flag = *page.kind_of(&found.member.schema) == SchemaKind::Boolean;
        is_flag && MORE.contains(&&*plain(&found.member.name))
    });
    let until = match more {
        Some(found) => PageEnd::More(found.path()),
        None => PageEnd::Unstated,
    };
    let url = || {
        Some(NextPage::Url {
            at: url(page, &all)?,
        })
    };
    let next = cursor(page, &all, is_next)
        .or_else(|| last(page, item, &all, more.is_some()))
        .or_else(url)
        .or_else(|| cursor(page, &all, is_cursor))
        .or_else(|| page.has_link.then_some(NextPage::Link));
    let (next, end) = match next {
        Some(next) => (next, until),
        None => {
            let (next, total) = counted(page, &all)?;
            let is_ambiguous = more.is_some();
            (next, if is_ambiguous { until } else { total })
        }
    };
    Some(Pagination {
        items,
        item: item.clone(),
        next,
        end,
    })
}

/// Returns a suggested `pagination` value in YAML for a list that has known parameters, but whose response is
/// too ambiguous to be sure.
pub fn suggestion(page: &ListResponse<'_>) -> Option<String> {
    if page.operation.method != "GET" {
        return None;
    }
    let (items, _) = page.items()?;
    let mut all = page.all();
    all.retain(|found| page.describes_list(&items, found));
    let parameter = |names: &[&str], fits: fn(&SchemaKind) -> bool| {
        let mut parameters = page.parameters();
        let found = parameters.find(|parameter| {
            names.contains(&&*plain(&parameter.name)) && fits(page.kind(&parameter.schema))
        });
        found.map(|parameter| quoted(&parameter.name))
    };
    if let Some(page) = parameter(&PAGES, counts) {
        return Some(format!("{{page: {page}, first: 1}}"));
    }
    if let Some(offset) = parameter(&OFFSETS, counts) {
        return Some(format!("{{offset: {offset}}}"));
    }
    let next = all.iter().find(|found| {
        let name = plain(&found.member.name);
        let is_next = name.strip_prefix("next").is_some_and(|what| {
            let whats = [
                "", "cursor", "href", "key", "link", "page", "token", "uri", "url",
            ];
            whats.contains(&what)
        });
        is_next && is_value(page.kind_of(&found.member.schema))
    });
    let next = quoted(&next?.path().join("."));
    Some(match parameter(&CURSORS, is_value) {
        Some(cursor) => format!("{{cursor: {cursor}, next: {next}}}"),
        None => format!("{{next_url: {next}}}"),
    })
}

/// Quotes a text for a YAML flow mapping if necessary.
fn quoted(text: &str) -> String {
    let is_plain = |char: char| char.is_ascii_alphanumeric() || "_.-".contains(char);
    match text.starts_with(char::is_alphabetic) && text.chars().all(is_plain) {
        true => text.to_owned(),
        false => Json::from(text).to_string(),
    }
}

/// Normalizes a name: lower case, without separators.
fn plain(name: &str) -> String {
    let letters = name.chars().filter(char::is_ascii_alphanumeric);
    letters.map(|letter| letter.to_ascii_lowercase()).collect()
}

fn is_value(kind: &SchemaKind) -> bool {
    match kind {
        SchemaKind::String(format) => format.format().is_token,
        kind => matches!(kind, SchemaKind::Integer(_)),
    }
}

/// Returns a cursor parameter with the property that has its next value.
fn cursor(
    page: &ListResponse<'_>,
    all: &[PropertyPath<'_>],
    fits: fn(&Parameter, &str, &[&str], &Property) -> bool,
) -> Option<NextPage> {
    page.parameters().find_map(|parameter| {
        let own = plain(&parameter.name);
        let mentions = |found: &&PropertyPath<'_>| {
            let names: Vec<String> = found.path.iter().map(|name| plain(name)).collect();
            let names: Vec<&str> = names.iter().map(String::as_str).collect();
            let schema = page.kind_of(&found.member.schema);
            is_value(schema) && fits(parameter, &own, &names, found.member)
        };
        is_value(page.kind(&parameter.schema)).then_some(())?;
        let at = all.iter().find(mentions)?.path();
        let parameter = PageParameter::Query(parameter.name.clone());
        Some(NextPage::Cursor { parameter, at })
    })
}

/// Returns whether a property is known to have the parameter's value for the next page.
fn is_next(parameter: &Parameter, own: &str, names: &[&str], member: &Property) -> bool {
    let is_cursor = CURSORS.contains(&own);
    match *names {
        [.., name] if is_cursor && NEXT_CURSORS.contains(&name) => true,
        // `next: {after}` and `next_page: {offset}` contain the parameter name.
        [.., "next" | "nextpage", name] if name == own => is_cursor || own == "offset",
        [.., "cursor" | "cursors", "next"] => is_cursor,
        [.., "next"] => {
            let mentions_cursor = mentions(member, &["cursor", "cursors", "token"]);
            is_cursor && mentions_cursor && !is_documented_url(member)
        }
        // A string next to a number is a URL, whether documented or not.
        [.., "nextpage"] => {
            let kinds = (&parameter.schema.kind, &member.schema.kind);
            let is_alike = matches!(
                kinds,
                (SchemaKind::String(_), SchemaKind::String(_))
                    | (SchemaKind::Integer(_), SchemaKind::Integer(_))
            );
            (is_cursor || PAGES.contains(&own)) && is_alike && !is_documented_url(member)
        }
        _ => false,
    }
}

/// `cursors: {after}` contains the parameter name, but is not always the next page. A URL takes precedence.
fn is_cursor(_: &Parameter, own: &str, names: &[&str], _: &Property) -> bool {
    matches!(*names, [.., "cursor" | "cursors", name] if name == own && CURSORS.contains(&own))
}

/// Returns a parameter that takes the id of the last item, if the page states whether there are more: from a
/// property of the page, or from its last item.
fn last<'a>(
    page: &ListResponse<'a>,
    item: &'a Schema,
    all: &[PropertyPath<'_>],
    has_more: bool,
) -> Option<NextPage> {
    let is_after = |parameter: &&Parameter| {
        matches!(
            &*plain(&parameter.name),
            "after" | "afterid" | "startingafter"
        )
    };
    let parameters = page.parameters();
    let mut parameters = parameters.filter(|parameter| is_value(page.kind(&parameter.schema)));
    let parameter = parameters.find(is_after).filter(|_| has_more)?;
    let name = PageParameter::Query(parameter.name.clone());
    let last = all
        .iter()
        .find(|found| plain(&found.member.name) == "lastid");
    if let Some(found) = last.filter(|found| is_value(page.kind_of(&found.member.schema))) {
        let at = found.path();
        return Some(NextPage::Cursor {
            parameter: name,
            at,
        });
    }
    // An ambiguous `next` may be the parameter's value instead.
    let is_next =
        |found: &PropertyPath<'_>| matches!(&*plain(&found.member.name), "next" | "nextpage");
    let is_ambiguous = all.iter().any(is_next);
    (!is_ambiguous && has_id(page, item)).then(|| NextPage::LastItem {
        parameter: name,
        at: vec!["id".to_owned()],
    })
}

/// Returns whether all values of a type have an `id`.
fn has_id<'a>(page: &ListResponse<'a>, item: &'a Schema) -> bool {
    let is_id = |member: &Property| member.name == "id" && is_value(page.kind_of(&member.schema));
    let branches = page.branches(item);
    let has_id = |schema: &'a Schema| page.members(schema).iter().any(is_id);
    match branches.is_empty() {
        true => has_id(item),
        false => branches.into_iter().all(has_id),
    }
}

/// Returns a property with the URL of the next page. A body with an `id` is a single resource, and the rest of
/// its lists may have another schema.
fn url(page: &ListResponse<'_>, all: &[PropertyPath<'_>]) -> Option<Vec<String>> {
    if has_id(page, page.schema) {
        return None;
    }
    let is_url = |found: &&PropertyPath<'_>| {
        let is_text = matches!(
            page.kind_of(&found.member.schema),
            SchemaKind::String(StringFormat::Plain)
        );
        let names: Vec<String> = found.path.iter().map(|name| plain(name)).collect();
        let names: Vec<&str> = names.iter().map(String::as_str).collect();
        is_text
            && match names[..] {
                [.., name] if NEXT_URLS.contains(&name) => true,
                [.., "links", "next"] | [.., "links", "next", "href" | "url"] => true,
                [.., "next" | "nextpage"] => is_documented_url(found.member),
                _ => false,
            }
    };
    Some(all.iter().find(is_url)?.path())
}

/// Returns whether a string is documented as a URL, by format, example or description.
fn is_documented_url(member: &Property) -> bool {
    let facts = member.schema.facts.as_deref();
    let format = facts.and_then(|facts| facts.format.as_deref());
    let is_format = format.is_some_and(|format| matches!(format, "uri" | "url" | "uri-reference"));
    let mut examples = facts.iter().flat_map(|facts| &facts.examples);
    let is_example = |example: &Json| {
        let text = example.as_str().unwrap_or_default();
        text.starts_with("http") || text.starts_with('/')
    };
    is_format || examples.any(is_example) || mentions(member, &["url", "uri", "link", "href"])
}

/// Returns whether a description contains one of these words.
fn mentions(member: &Property, words: &[&str]) -> bool {
    let text = member.docs.description.as_deref().unwrap_or_default();
    let mut said = text.split(|letter: char| !letter.is_ascii_alphanumeric());
    said.any(|word| words.contains(&&*word.to_ascii_lowercase()))
}

/// Returns a parameter that counts pages or items, next to one with the page size.
fn counted(page: &ListResponse<'_>, all: &[PropertyPath<'_>]) -> Option<(NextPage, PageEnd)> {
    let is_number = |parameter: &&Parameter| counts(page.kind(&parameter.schema));
    let find = |names: &[&str]| {
        let mut parameters = page.parameters().filter(is_number);
        parameters.find(|parameter| names.contains(&&*plain(&parameter.name)))
    };
    find(&SIZES)?;
    let total = |names: &[&str]| {
        let is_total = |found: &&PropertyPath<'_>| {
            counts(page.kind_of(&found.member.schema))
                && names.contains(&&*plain(&found.member.name))
        };
        match all.iter().find(is_total) {
            Some(found) => PageEnd::Total(found.path()),
            None => PageEnd::Unstated,
        }
    };
    let number = find(&PAGES).and_then(|parameter| Some((parameter, first(&parameter.schema)?)));
    if let Some((parameter, first)) = number {
        let parameter = PageParameter::Query(parameter.name.clone());
        return Some((NextPage::Page { parameter, first }, total(&PAGE_COUNTS)));
    }
    let parameter = find(&OFFSETS).filter(|parameter| begins_at_zero(&parameter.schema))?;
    let parameter = PageParameter::Query(parameter.name.clone());
    Some((NextPage::Offset { parameter }, total(&ITEM_COUNTS)))
}

/// Documents often use `number` for integers.
fn counts(kind: &SchemaKind) -> bool {
    matches!(
        kind,
        SchemaKind::Integer(_) | SchemaKind::Number(NumberFormat::Double)
    )
}

/// Returns the number of the first page: the default, else a minimum of 1. Otherwise pages might start at 0,
/// and one would be skipped.
fn first(schema: &Schema) -> Option<i64> {
    match fact(schema, "minimum") {
        _ if default(schema).is_some() => default(schema),
        Some(1) => Some(1),
        _ => None,
    }
}

fn begins_at_zero(schema: &Schema) -> bool {
    default(schema).unwrap_or(0) == 0 && fact(schema, "minimum").unwrap_or(0) == 0
}

pub fn default(schema: &Schema) -> Option<i64> {
    schema.facts.as_ref()?.default.as_ref()?.as_i64()
}

fn fact(schema: &Schema, keyword: &str) -> Option<i64> {
    let mut limits = schema.facts.as_ref()?.limits.iter();
    let (_, limit) = limits.find(|(known, _)| known == keyword)?;
    limit.as_i64()
}
