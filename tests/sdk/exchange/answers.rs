//! Responses: what the caller receives for each kind of response.

use crate::{Case, call};
use exchange::{RequestOptions, Client};

const NOTE: &str = "200\ncontent-type: application/json\n\n{\"text\":\"a\"}";

const fn gets(
    name: &'static str,
    run: crate::Run,
    answers: &'static [&'static str],
    outcome: &'static str,
) -> Case {
    Case {
        name,
        run,
        answers,
        request: "",
        outcome,
    }
}

const fn asks(
    name: &'static str,
    run: crate::Run,
    request: &'static str,
    outcome: &'static str,
) -> Case {
    Case {
        name,
        run,
        answers: &[NOTE],
        request,
        outcome,
    }
}

/// Prints each documented header of an error, and its status.
async fn error_headers(client: Client) -> String {
    let options = RequestOptions::new().no_retries();
    let error = client
        .get()
        .get_limited()
        .options(options)
        .await
        .expect_err("an error");
    format!(
        "{:?} {:?} {:?} {:?} {:?}",
        error.retry_after(),
        error.x_rate_limit(),
        error.x_scopes(),
        error.status_header(),
        error.status().map(|status| status.as_u16()),
    )
}

/// Prints a structured header of an error.
async fn refused(client: Client) -> String {
    let options = RequestOptions::new().no_retries();
    let error = client
        .get()
        .list_structured_headers()
        .options(options)
        .await;
    format!("{:?}", error.expect_err("an error").x_refused())
}

/// Prints a 304, as a response and as a value.
async fn not_modified(client: Client) -> Result<String, exchange::Error> {
    let options = RequestOptions::new().header("if-none-match", "\"1\"");
    let raw = client
        .get()
        .get_followed()
        .options(options)
        .send_raw()
        .await?;
    let error = raw.decode().expect_err("no value");
    Ok(format!(
        "{} {}, then api {} undocumented",
        raw.status().as_u16(),
        raw.is_not_modified(),
        error.status().map_or(0, |status| status.as_u16()),
    ))
}

/// Returns a client of a server that does not exist.
fn nowhere() -> Client {
    let builder = Client::builder().base_url("http://127.0.0.1:1");
    builder.build().expect("a client")
}

pub const CASES: &[Case] = &[
    asks(
        "JSON",
        call!(c => c.get().get_one()),
        "GET /one\naccept: application/json\n\n",
        "Note { text: \"a\", stars: None, extra: {} }",
    ),
    gets(
        "JSON that is none",
        call!(c => c.get().get_one()),
        &["200\n\n{"],
        "decode 200: EOF while parsing an object \"{\"",
    ),
    gets(
        "JSON behind a byte order mark",
        call!(c => c.get().get_one()),
        &["200\n\n\u{feff}{\"text\":\"a\"}"],
        "Note { text: \"a\", stars: None, extra: {} }",
    ),
    gets(
        "a fault behind a byte order mark",
        call!(c => c.get().get_one()),
        &["200\n\n\u{feff}{\"stars\":{}}"],
        "decode 200: invalid type: map, expected i64 \"\\u{feff}{\\\"stars\\\":{}}\"",
    ),
    gets(
        "a byte order mark alone",
        call!(c => c.get().get_one()),
        &["200\n\n\u{feff}"],
        "decode 200: it is empty \"\\u{feff}\"",
    ),
    gets(
        "JSON of another shape",
        call!(c => c.get().get_one()),
        &["200\n\n{\"stars\":{}}"],
        "decode 200: invalid type: map, expected i64 \"{\\\"stars\\\":{}}\"",
    ),
    gets(
        "an empty body without a media type",
        call!(c => c.get().get_one()),
        &["200\n\n"],
        "decode 200: it is empty \"\"",
    ),
    gets(
        "an empty body",
        call!(c => c.get().get_one()),
        &["200\ncontent-type: application/json\n\n"],
        "decode 200: it is empty \"\"",
    ),
    gets(
        "HEAD",
        call!(c => c.get().probe()),
        &["200\ncontent-length: 5\n"],
        "()",
    ),
    gets(
        "HEAD, not there",
        call!(c => c.get().probe()),
        &["404\ncontent-length: 5\n"],
        "api 404 undocumented \"\"",
    ),
    gets(
        "several: 200",
        call!(c => c.get().list()),
        &[NOTE],
        "Ok(Note { text: \"a\", stars: None, extra: {} })",
    ),
    gets(
        "several: 201",
        call!(c => c.get().list()),
        &["201\n\n[]"],
        "Created([])",
    ),
    gets(
        "several: 202",
        call!(c => c.get().list()),
        &["202\n\nlater"],
        "Accepted(\"later\")",
    ),
    gets(
        "several: 204",
        call!(c => c.get().list()),
        &["204\n"],
        "NoContent",
    ),
    gets(
        "several: the range",
        call!(c => c.get().list()),
        &["299\n\n\0"],
        "Success(b\"\\0\")",
    ),
    gets(
        "several: not of the range",
        call!(c => c.get().list()),
        &["300\n\nx"],
        "api 300 undocumented \"x\"",
    ),
    gets(
        "several: the body of another status",
        call!(c => c.get().list()),
        &["201\n\n{\"text\":\"a\"}"],
        "Created([Note { text: \"a\", stars: None, extra: {} }])",
    ),
    asks(
        "several: what is asked for",
        call!(c => c.get().list()),
        "GET /several\naccept: application/json, text/plain, application/octet-stream\n\n",
        "Ok(Note { text: \"a\", stars: None, extra: {} })",
    ),
    asks(
        "media types: what is asked for, JSON first and XML never",
        call!(c => c.get().export()),
        concat!(
            "GET /export\naccept: application/json, application/hal+json, ",
            "application/vnd.notes.v2+json, text/*, application/pdf, */*\n\n"
        ),
        "Json(Note { text: \"a\", stars: None, extra: {} })",
    ),
    gets(
        "media types: another name of one",
        call!(c => c.get().export()),
        &["200\ncontent-type: application/hal+json\n\n{\"text\":\"a\"}"],
        "Json(Note { text: \"a\", stars: None, extra: {} })",
    ),
    gets(
        "media types: JSON of another schema, with parameters and capitals",
        call!(c => c.get().export()),
        &["200\ncontent-type: Application/vnd.Notes.v2+JSON; charset=utf-8\n\n[]"],
        "NotesV2Json([])",
    ),
    gets(
        "media types: bytes",
        call!(c => c.get().export()),
        &["200\ncontent-type: application/pdf\n\n%PDF"],
        "Pdf(b\"%PDF\")",
    ),
    gets(
        "media types: a range",
        call!(c => c.get().export()),
        &["200\ncontent-type: text/csv;header=present\n\na,b"],
        "Text(\"a,b\")",
    ),
    gets(
        "media types: what is in no other range",
        call!(c => c.get().export()),
        &["200\ncontent-type: application/zip\n\nPK"],
        "Bytes(b\"PK\")",
    ),
    gets(
        "media types: none is said",
        call!(c => c.get().export()),
        &["200\n\n{\"text\":\"a\"}"],
        "Json(Note { text: \"a\", stars: None, extra: {} })",
    ),
    gets(
        "media types and statuses",
        call!(c => c.get().render()),
        &["200\ncontent-type: text/html\n\n<p>"],
        "OkHtml(\"<p>\")",
    ),
    gets(
        "media types and statuses: the first",
        call!(c => c.get().render()),
        &[NOTE],
        "OkJson(Note { text: \"a\", stars: None, extra: {} })",
    ),
    gets(
        "media types and statuses: none of the described",
        call!(c => c.get().render()),
        &["200\ncontent-type: image/png\n\n\0"],
        "decode 200: expected value (its type is image/png; `send_raw` returns the body) \"\\0\"",
    ),
    gets(
        "media types and statuses: another status has its own",
        call!(c => c.get().render()),
        &["202\ncontent-type: text/html\n\n{\"other\":\"o\"}"],
        "Accepted(Other { other: \"o\", extra: {} })",
    ),
    gets(
        "media types and statuses: nothing",
        call!(c => c.get().render()),
        &["204\n"],
        "NoContent",
    ),
    asks(
        "one schema in several forms is no choice",
        call!(c => c.get().get_one_form()),
        "GET /forms\naccept: application/json, text/json\n\n",
        "Note { text: \"a\", stars: None, extra: {} }",
    ),
    gets(
        "bytes of several media types are bytes",
        call!(c => c.get().get_picture("1")),
        &["200\ncontent-type: image/webp\n\nRIFF"],
        "b\"RIFF\"",
    ),
    gets(
        "an undescribed 2xx is read as the described success",
        call!(c => c.get().get_followed()),
        &["201\n\n{\"text\":\"a\"}"],
        "Note { text: \"a\", stars: None, extra: {} }",
    ),
    gets(
        "an undescribed 2xx without a body",
        call!(c => c.get().get_followed()),
        &["204\n"],
        "Note { text: \"\", stars: None, extra: {} }",
    ),
    gets(
        "an undescribed 2xx where a success has no body",
        call!(c => c.get().get_maybe()),
        &["202\n\n"],
        "None",
    ),
    gets(
        "an undescribed 2xx with a body where none is described",
        call!(c => c.get().get_nothing()),
        &["200\ncontent-type: text/html\n\n<p>"],
        "()",
    ),
    gets(
        "an undescribed 2xx, by its media type",
        call!(c => c.get().render()),
        &["201\ncontent-type: text/html\n\n<p>"],
        "OkHtml(\"<p>\")",
    ),
    gets(
        "an undescribed 2xx without a body, of several",
        call!(c => c.get().render()),
        &["205\n\n"],
        "NoContent",
    ),
    gets(
        "an undescribed 2xx with a body and no media type, of several",
        call!(c => c.get().render()),
        &["206\n\n{\"text\":\"a\"}"],
        "OkJson(Note { text: \"a\", stars: None, extra: {} })",
    ),
    gets(
        "not modified",
        |client| Box::pin(async move { not_modified(client).await }),
        &["304\netag: \"1\"\n"],
        "304 true, then api 304 undocumented",
    ),
    gets(
        "not modified, where only the value is asked for",
        call!(c => c.get().get_one()),
        &["304\netag: \"1\"\n"],
        "api 304 undocumented \"\"",
    ),
    gets(
        "an error, exact",
        call!(c => c.get().get_one()),
        &["404\n\n{\"title\":\"t\"}"],
        "api 404 Problem(Problem { title: \"t\", extra: {} }) \"{\\\"title\\\":\\\"t\\\"}\"",
    ),
    gets(
        "headers of an error",
        |client| Box::pin(async move { Ok(error_headers(client).await) }),
        &["429\nretry-after: 7\nx-rate-limit: day\nx-scopes: a, b\nstatus: 2\n\n"],
        "Some(7s) Some(\"day\") Some([\"a\", \"b\"]) Some(\"2\") Some(429)",
    ),
    gets(
        "headers of an error that are not there, or do not fit",
        |client| Box::pin(async move { Ok(error_headers(client).await) }),
        &["429\nretry-after: soon\n\n"],
        "None None None None Some(429)",
    ),
    gets(
        "headers of an error that no server sent",
        |_| Box::pin(async move { Ok(error_headers(nowhere()).await) }),
        &[],
        "None None None None None",
    ),
    gets(
        "cookies, one a line, and a list with quoted items",
        call!(c => c.get().login().send_with_headers()),
        &[
            "204\nset-cookie: sid=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT\nset-cookie: b=2\n\
           www-authenticate: Digest realm=\"a, \\\", b\", Basic\nwww-authenticate: Bearer\n\n",
        ],
        "LoginHeaders { set_cookie: Some([\"sid=1; Expires=Wed, 09 Jun 2027 10:18:14 GMT\", \"b=2\"]), www_authenticate: Some([\"Digest realm=\\\"a, \\\\\\\", b\\\"\", \"Basic\", \"Bearer\"]) }",
    ),
    gets(
        "the first cookie",
        call!(c => c.get().logout().send_with_headers()),
        &["204\nset-cookie: sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT\nset-cookie: b=2\n\n"],
        "LogoutHeaders { set_cookie: Some(\"sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT\") }",
    ),
    gets(
        "no cookie",
        call!(c => c.get().logout().send_with_headers()),
        &["204\n\n"],
        "LogoutHeaders { set_cookie: None }",
    ),
    gets(
        "an error of a range",
        call!(c => c.get().get_one()),
        &["409\n\n{\"fault\":\"f\"}"],
        "api 409 Fault(Fault { fault: \"f\", extra: {} }) \"{\\\"fault\\\":\\\"f\\\"}\"",
    ),
    gets(
        "an error by default",
        call!(c => c.get().get_one()),
        &["501\n\n{\"other\":\"o\"}"],
        "api 501 Other2(Other { other: \"o\", extra: {} }) \"{\\\"other\\\":\\\"o\\\"}\"",
    ),
    gets(
        "an error of another shape",
        call!(c => c.get().get_one()),
        &["404\n\n<html>"],
        "api 404 undocumented \"<html>\"",
    ),
    gets(
        "an error after another attempt",
        call!(c => c.get().get_one()),
        &["500\n\n{\"other\":\"o\"}", "500\n\n{\"other\":\"p\"}"],
        "api 500 Other2(Other { other: \"p\", extra: {} }) \"{\\\"other\\\":\\\"p\\\"}\"",
    ),
    gets(
        "a redirect that is an error",
        call!(c => c.get().get_one()),
        &["300\n\n{\"other\":\"o\"}"],
        "api 300 Other2(Other { other: \"o\", extra: {} }) \"{\\\"other\\\":\\\"o\\\"}\"",
    ),
    gets(
        "an error that is not described",
        call!(c => c.get().get_followed()),
        &["418\n\nteapot"],
        "api 418 undocumented \"teapot\"",
    ),
    gets(
        "one type for two statuses: 200",
        call!(c => c.get().create_same()),
        &[NOTE],
        "Note { text: \"a\", stars: None, extra: {} }",
    ),
    gets(
        "one type for two statuses: 201",
        call!(c => c.get().create_same()),
        &["201\n\n{\"text\":\"b\"}"],
        "Note { text: \"b\", stars: None, extra: {} }",
    ),
    gets(
        "a range",
        call!(c => c.get().get_ranged()),
        &["206\n\n{\"text\":\"b\"}"],
        "Note { text: \"b\", stars: None, extra: {} }",
    ),
    gets(
        "a range, and a status outside",
        call!(c => c.get().get_ranged()),
        &["400\n\nx"],
        "api 400 undocumented \"x\"",
    ),
    gets(
        "default, a success",
        call!(c => c.get().get_defaulted()),
        &["203\n\n{\"text\":\"b\"}"],
        "Note { text: \"b\", stars: None, extra: {} }",
    ),
    gets(
        "default, an error",
        call!(c => c.get().get_defaulted()),
        &["400\n\n{\"text\":\"b\"}"],
        "api 400 Note(Note { text: \"b\", stars: None, extra: {} }) \"{\\\"text\\\":\\\"b\\\"}\"",
    ),
    gets(
        "a body or none: some",
        call!(c => c.get().get_maybe()),
        &[NOTE],
        "Some(Note { text: \"a\", stars: None, extra: {} })",
    ),
    gets(
        "a body or none: none",
        call!(c => c.get().get_maybe()),
        &["204\n"],
        "None",
    ),
    gets("204", call!(c => c.get().get_nothing()), &["204\n"], "()"),
    gets(
        "205",
        call!(c => c.get().get_nothing()),
        &["205\ncontent-length: 0\n"],
        "()",
    ),
    gets(
        "205 with the body that it cannot have",
        call!(c => c.get().get_nothing()),
        &["205\n\n{}"],
        "()",
    ),
    asks(
        "text is asked for",
        call!(c => c.get().get_textual()),
        "GET /textual\naccept: text/plain\n\n",
        "\"{\\\"text\\\":\\\"a\\\"}\"",
    ),
    gets(
        "text",
        call!(c => c.get().get_textual()),
        &["200\n\nä"],
        "\"ä\"",
    ),
    asks(
        "XML, as text",
        call!(c => c.get().get_document()),
        "GET /document\naccept: application/xml\n\n",
        "\"{\\\"text\\\":\\\"a\\\"}\"",
    ),
    asks(
        "media types with a wildcard",
        call!(c => c.get().get_file()),
        "GET /file\naccept: image/png, image/*\n\n",
        "b\"{\\\"text\\\":\\\"a\\\"}\"",
    ),
    gets(
        "bytes",
        call!(c => c.get().get_file()),
        &["200\n\n\0\n"],
        "b\"\\0\\n\"",
    ),
    gets(
        "bytes, not found",
        call!(c => c.get().get_file()),
        &["404\n\n{\"title\":\"t\"}"],
        "api 404 Problem(Problem { title: \"t\", extra: {} }) \"{\\\"title\\\":\\\"t\\\"}\"",
    ),
    asks(
        "any media type",
        call!(c => c.get().get_whatever()),
        "GET /whatever\n\n",
        "b\"{\\\"text\\\":\\\"a\\\"}\"",
    ),
    asks(
        "JSON before other forms",
        call!(c => c.get().get_either()),
        "GET /either\naccept: application/json, text/csv\n\n",
        "Json(Note { text: \"a\", stars: None, extra: {} })",
    ),
    Case {
        name: "another form, as the caller asks",
        run: call!(c => c.get().get_either().options(RequestOptions::new().header("accept", "text/csv"))),
        answers: &["200\ncontent-type: text/csv\n\na,b"],
        request: "GET /either\naccept: text/csv\n\n",
        outcome: "Csv(\"a,b\")",
    },
    gets(
        "a redirect as data",
        call!(c => c.get().list_leads()),
        &["302\nlocation: /one?a=b#c\n"],
        "\"/one?a=b#c\"",
    ),
    gets(
        "a redirect as data, without an address",
        call!(c => c.get().list_leads()),
        &["302\n"],
        "decode 302: there is no header `location` \"\"",
    ),
    gets(
        "a redirect as data, not found",
        call!(c => c.get().list_leads()),
        &["404\n\n{\"title\":\"t\"}"],
        "api 404 Problem(Problem { title: \"t\", extra: {} }) \"{\\\"title\\\":\\\"t\\\"}\"",
    ),
    gets(
        "a redirect of POST as data",
        call!(c => c.get().create_moved()),
        &["303\nlocation: /x\n"],
        "SeeOther(\"/x\")",
    ),
    gets(
        "a redirect of POST, made",
        call!(c => c.get().create_moved()),
        &["201\n\n{\"text\":\"a\"}"],
        "Created(Note { text: \"a\", stars: None, extra: {} })",
    ),
    Case {
        name: "a redirect that is followed",
        run: call!(c => c.get().get_followed()),
        answers: &["301\nlocation: /one\n", NOTE],
        request: "GET /followed\naccept: application/json\n\n\n----\nGET /one\naccept: application/json\n\n",
        outcome: "Note { text: \"a\", stars: None, extra: {} }",
    },
    gets(
        "a redirect that leads nowhere",
        call!(c => c.get().get_followed()),
        &["301\n"],
        "api 301 undocumented \"\"",
    ),
    gets(
        "a body at the limit",
        call!(c => c.get().get_textual()),
        &["200\n\n0123456789012345678901234567890123456789012345678901234567890123"],
        "\"0123456789012345678901234567890123456789012345678901234567890123\"",
    ),
    gets(
        "a body beyond the limit",
        call!(c => c.get().get_textual()),
        &["200\n\n01234567890123456789012345678901234567890123456789012345678901234"],
        "transport: the response is too large",
    ),
    gets(
        "a limit of one call",
        call!(c => c.get().get_textual().options(RequestOptions::new().max_response_size(2))),
        &["200\n\nabc"],
        "transport: the response is too large",
    ),
    gets(
        "a limit of one call that allows more",
        call!(c => c.get().get_textual().options(RequestOptions::new().max_response_size(65))),
        &["200\n\n01234567890123456789012345678901234567890123456789012345678901234"],
        "\"01234567890123456789012345678901234567890123456789012345678901234\"",
    ),
    gets(
        "an error beyond the limit",
        call!(c => c.get().get_one()),
        &["404\n\n01234567890123456789012345678901234567890123456789012345678901234"],
        "api 404 undocumented \"\"",
    ),
    gets(
        "chunks",
        call!(c => c.get().get_textual()),
        &["200\ntransfer-encoding: chunked\n\n1\r\na\r\n2\r\nbc\r\n0\r\n\r\n"],
        "\"abc\"",
    ),
    gets(
        "headers, all of them",
        call!(c => c.get().get_headed().send_with_headers()),
        &[
            "200\nx-total: 5\nx-ratio: 0.5\nx-done: true\nx-tags: a, b\nx-tags: c\nx-kind: b\nx-at: 2026-01-31T12:00:00Z\nx-map: a=1,b=2\nx-note: {\"text\":\"n\"}\n\n{\"text\":\"a\"}",
        ],
        "(Note { text: \"a\", stars: None, extra: {} }, HeadedHeaders { x_total: 5, x_ratio: Some(0.5), x_done: Some(true), x_tags: Some([\"a\", \"b\", \"c\"]), x_kind: Some(\"b\"), x_at: Some(2026-01-31T12:00:00Z), x_map: Some({\"a\": \"1\", \"b\": \"2\"}), x_note: Some(Note { text: \"n\", stars: None, extra: {} }) })",
    ),
    gets(
        "headers with structure",
        call!(c => c.get().list_structured_headers().send_with_headers()),
        &[
            "204\nx-flat: name,a=b,count,5\nx-pairs: is_on=true,name=7,kind=b,more=x\nx-note: {\"text\":\"a, b\"}\n\n",
        ],
        "StructuredHeadersHeaders { x_flat: Flat { name: \"a=b\", count: Some(5), is_on: None, kind: None, extra: {} }, x_pairs: Some(Flat { name: \"7\", count: None, is_on: Some(true), kind: Some(\"b\"), extra: {\"more\": String(\"x\")} }), x_note: Some(Note { text: \"a, b\", stars: None, extra: {} }) }",
    ),
    gets(
        "a header whose structure is another",
        call!(c => c.get().list_structured_headers().send_with_headers()),
        &["204\nx-flat: name,a\nx-note: text\n\n"],
        "decode 204: the header `X-Note`: expected ident at line 1 column 2 \"\"",
    ),
    gets(
        "a header of an error that is JSON",
        |client| Box::pin(async move { Ok(refused(client).await) }),
        &["429\nx-refused: {\"text\":\"no\"}\n\n"],
        "Some(Note { text: \"no\", stars: None, extra: {} })",
    ),
    gets(
        "headers, those that have to be there",
        call!(c => c.get().get_headed().send_with_headers()),
        &["200\nX-TOTAL: -1\n\n{\"text\":\"a\"}"],
        "(Note { text: \"a\", stars: None, extra: {} }, HeadedHeaders { x_total: -1, x_ratio: None, x_done: None, x_tags: None, x_kind: None, x_at: None, x_map: None, x_note: None })",
    ),
    gets(
        "a header that is missing",
        call!(c => c.get().get_headed().send_with_headers()),
        &[NOTE],
        "decode 200: the header `X-Total`: it is missing \"{\\\"text\\\":\\\"a\\\"}\"",
    ),
    gets(
        "a header of another type",
        call!(c => c.get().get_headed().send_with_headers()),
        &["200\nx-total: many\n\n{\"text\":\"a\"}"],
        "decode 200: the header `X-Total`: `many` does not fit its type \"{\\\"text\\\":\\\"a\\\"}\"",
    ),
    gets(
        "a header with a value that is not described",
        call!(c => c.get().get_headed().send_with_headers()),
        &["200\nx-total: 1\nx-kind: z\n\n{\"text\":\"a\"}"],
        "(Note { text: \"a\", stars: None, extra: {} }, HeadedHeaders { x_total: 1, x_ratio: None, x_done: None, x_tags: None, x_kind: Some(\"z\"), x_at: None, x_map: None, x_note: None })",
    ),
    gets(
        "headers that nobody asks for",
        call!(c => c.get().get_headed()),
        &[NOTE],
        "Note { text: \"a\", stars: None, extra: {} }",
    ),
    gets(
        "headers of bytes",
        call!(c => c.get().get_file().send_with_headers()),
        &["200\n\nabc"],
        "(b\"abc\", FileHeaders { content_length: Some(3) })",
    ),
];
