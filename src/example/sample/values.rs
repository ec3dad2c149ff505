//! Values that people write: by the words of a name, and by what a description mentions.

/// Which names a row describes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NameMatch {
    /// Names that consist of the words.
    Whole,
    /// Names that end with the words, too.
    End,
}

/// A condition of a row.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum If {
    Always,
    /// The owner is a person, or the description speaks of the name of a person.
    Person,
    /// The owner is a postal address.
    Address,
    /// The owner is an error.
    Error,
    /// The description asks for lower case.
    Lowercase,
}

/// A value for a name. Of several rows, the first whose value satisfies the schema counts.
#[derive(Debug)]
pub struct Row {
    pub words: &'static str,
    pub part: NameMatch,
    pub condition: If,
    pub value: &'static str,
}

const fn row(words: &'static str, part: NameMatch, condition: If, value: &'static str) -> Row {
    Row {
        words,
        part,
        condition,
        value,
    }
}

use If::{Address, Always, Error, Lowercase, Person};
use NameMatch::{End, Whole};

const PHONE: &str = "+15555550100";
const TIME: &str = "2026-01-31T09:30:00Z";
const DATE: &str = "2026-01-31";
const ZONE: &str = "America/Los_Angeles";
const UUID: &str = "4b0e1f3c-8a47-4c21-9a56-3d1f0c2b7e90";

/// Values by name. Telephone numbers, addresses and domains are those reserved for fiction and documentation.
pub const BY_NAME: &[Row] = &[
    // People.
    row("name", Whole, Person, "Jane Doe"),
    row("display name", Whole, Person, "Jane Doe"),
    row("title", Whole, Person, "Engineer"),
    row("full name", Whole, Person, "Jane Doe"),
    row("holder name", End, Always, "Jane Doe"),
    row("cardholder name", End, Always, "Jane Doe"),
    row("contact name", End, Always, "Jane Doe"),
    row("customer name", End, Always, "Jane Doe"),
    row("first name", End, Always, "Jane"),
    row("given name", End, Always, "Jane"),
    row("last name", End, Always, "Doe"),
    row("family name", End, Always, "Doe"),
    row("surname", Whole, Always, "Doe"),
    row("maiden name", End, Always, "Smith"),
    row("middle name", End, Always, "Marie"),
    row("nickname", Whole, Person, "Jane"),
    row("username", End, Always, "janedoe"),
    row("user name", End, Always, "janedoe"),
    row("login", Whole, Person, "janedoe"),
    row("job title", End, Always, "Engineer"),
    row("birthday", End, Always, "1990-01-31"),
    row("birth date", End, Always, "1990-01-31"),
    row("date of birth", End, Always, "1990-01-31"),
    row("dob", Whole, Always, "1990-01-31"),
    // Contact.
    row("email", End, Always, "jane@example.com"),
    row("email address", End, Always, "jane@example.com"),
    row("phone", End, Always, PHONE),
    row("phone number", End, Always, PHONE),
    row("telephone", End, Always, PHONE),
    row("telephone number", End, Always, PHONE),
    row("mobile", Whole, Always, PHONE),
    row("mobile number", End, Always, PHONE),
    row("to number", Whole, Always, PHONE),
    row("from number", Whole, Always, "+15555550101"),
    row("caller id", Whole, Always, "+15555550101"),
    row("company", Whole, Always, "Example Inc."),
    row("company name", End, Always, "Example Inc."),
    row("business name", End, Always, "Example Inc."),
    row("organization name", End, Always, "Example Inc."),
    // Places.
    row("address", Whole, Person, "123 Main Street"),
    row("street", End, Always, "123 Main Street"),
    row("street address", End, Always, "123 Main Street"),
    row("line1", End, Always, "123 Main Street"),
    row("line2", End, Always, "Apartment 4"),
    row("address1", Whole, Always, "123 Main Street"),
    row("address2", Whole, Always, "Apartment 4"),
    row("city", End, Always, "San Francisco"),
    row("postal code", End, Always, "94105"),
    row("post code", End, Always, "94105"),
    row("postcode", End, Always, "94105"),
    row("zip", End, Always, "94105"),
    row("zip code", End, Always, "94105"),
    row("state", Whole, Address, "CA"),
    row("address state", End, Always, "CA"),
    row("region", Whole, Address, "CA"),
    row("country", End, Lowercase, "us"),
    row("country", End, Always, "US"),
    row("country", End, Always, "USA"),
    row("country code", End, Lowercase, "us"),
    row("country code", End, Always, "US"),
    row("country code", End, Always, "USA"),
    row("country name", End, Always, "United States"),
    row("timezone", End, Always, ZONE),
    row("time zone", End, Always, ZONE),
    row("locale", End, Always, "en-US"),
    row("locale", End, Always, "en"),
    row("language code", End, Always, "en"),
    // Money.
    row("currency", End, Lowercase, "usd"),
    row("currency", End, Always, "USD"),
    row("currency code", End, Lowercase, "usd"),
    row("currency code", End, Always, "USD"),
    row("amount", End, Always, "10.00"),
    row("amount decimal", End, Always, "10.00"),
    row("price", Whole, Always, "10.00"),
    row("last4", End, Always, "4242"),
    // Texts.
    row("message", Whole, Error, "The request is invalid."),
    row("error message", Whole, Always, "The request is invalid."),
    row("message", Whole, Always, "Hello, world!"),
    row("text", Whole, Always, "Hello, world!"),
    row("content", Whole, Always, "Hello, world!"),
    row("transcript", Whole, Always, "Hello, world!"),
    row("subject", Whole, Always, "Hello"),
    row("prompt", Whole, Always, "Write a haiku about the sea."),
    row("instructions", Whole, Always, "Answer briefly."),
    row("system prompt", End, Always, "Answer briefly."),
    row("title", Whole, Always, "Example title"),
    row("description", End, Always, "A short description"),
    row("summary", Whole, Always, "A short summary"),
    row("comment", Whole, Always, "Looks good"),
    row("note", Whole, Always, "A short note"),
    row("commit message", End, Always, "Fix a typo"),
    row("question", Whole, Always, "What is the capital of France?"),
    row("name", Whole, Always, "example"),
    row("display name", Whole, Always, "Example"),
    row("friendly name", Whole, Always, "Example"),
    row("slug", Whole, Always, "example"),
    row("q", Whole, Always, "example"),
    row("search", Whole, Always, "example"),
    row("keyword", Whole, Always, "example"),
    // The web.
    row("uri", Whole, Always, "https://example.com"),
    row("website", End, Always, "https://example.com"),
    row("homepage", End, Always, "https://example.com"),
    row("webhook url", End, Always, "https://example.com/webhook"),
    row("callback url", End, Always, "https://example.com/callback"),
    row("redirect url", End, Always, "https://example.com/callback"),
    row("redirect uri", End, Always, "https://example.com/callback"),
    row("return url", End, Always, "https://example.com/return"),
    row("success url", End, Always, "https://example.com/success"),
    row("cancel url", End, Always, "https://example.com/cancel"),
    row("image url", End, Always, "https://example.com/image.png"),
    row("avatar url", End, Always, "https://example.com/avatar.png"),
    row("logo url", End, Always, "https://example.com/logo.png"),
    row(
        "recording url",
        End,
        Always,
        "https://example.com/recording.mp3",
    ),
    row(
        "audio url",
        End,
        Always,
        "https://example.com/recording.mp3",
    ),
    row("url", End, Always, "https://example.com"),
    row("domain", Whole, Always, "example.com"),
    row("domain name", End, Always, "example.com"),
    row("hostname", End, Always, "example.com"),
    row("host", Whole, Always, "example.com"),
    row("ip", End, Always, "192.0.2.1"),
    row("ip address", End, Always, "192.0.2.1"),
    row("user agent", End, Always, "Mozilla/5.0"),
    row("mime type", End, Always, "text/plain"),
    row("content type", End, Always, "text/plain"),
    row("file name", Whole, Always, "report.pdf"),
    row("filename", Whole, Always, "report.pdf"),
    // Times and identifiers.
    row("created at", End, Always, TIME),
    row("updated at", End, Always, TIME),
    row("deleted at", End, Always, TIME),
    row("started at", End, Always, TIME),
    row("ended at", End, Always, TIME),
    row("finished at", End, Always, TIME),
    row("completed at", End, Always, TIME),
    row("closed at", End, Always, TIME),
    row("expires at", End, Always, TIME),
    row("start date", End, Always, DATE),
    row("end date", End, Always, DATE),
    row("due date", End, Always, DATE),
    row("uuid", End, Always, UUID),
    row(
        "sha",
        End,
        Always,
        "6dcb09b5b57875f334f61aebed695e2e4193db5e",
    ),
    row(
        "commit id",
        End,
        Always,
        "6dcb09b5b57875f334f61aebed695e2e4193db5e",
    ),
    row("spdx id", Whole, Always, "MIT"),
    row("ghsa id", Whole, Always, "GHSA-r9px-m959-cxf4"),
];

/// Values by a standard that the first sentence of a description mentions, in lower case.
pub const BY_STANDARD: &[(&str, &str)] = &[
    ("base64", "SGVsbG8="),
    ("e.164", PHONE),
    ("iso 4217", "USD"),
    ("iso currency code", "USD"),
    ("iso 3166-1", "US"),
    ("bcp 47", "en-US"),
    ("bcp-47", "en-US"),
    ("ietf language tag", "en-US"),
    ("iso-639-1", "en"),
    ("iso 639-1", "en"),
    ("iana time zone", ZONE),
    ("iana timezone", ZONE),
    ("yyyy-mm-dd", DATE),
    ("iso 8601 duration", "PT1H"),
    ("rfc 3339", TIME),
    ("rfc 2822", "Sat, 31 Jan 2026 09:30:00 +0000"),
];

/// The words for people, in the singular.
pub const PEOPLE: &[&str] = &[
    "actor",
    "applicant",
    "assignee",
    "attendee",
    "author",
    "candidate",
    "cardholder",
    "collaborator",
    "committer",
    "consumer",
    "contact",
    "contributor",
    "customer",
    "employee",
    "guest",
    "holder",
    "individual",
    "invitee",
    "member",
    "merchant",
    "organizer",
    "owner",
    "participant",
    "passenger",
    "patient",
    "payer",
    "person",
    "pusher",
    "recipient",
    "requester",
    "reviewer",
    "sender",
    "shopper",
    "signer",
    "speaker",
    "student",
    "subscriber",
    "tagger",
    "teacher",
    "traveler",
    "traveller",
    "user",
    "visitor",
];

/// The words for errors.
pub const ERRORS: &[&str] = &["error", "exception", "failure", "fault", "problem"];

/// Words at the end of a type's name that do not say what the type describes.
pub const NOISE: &[&str] = &[
    "attributes",
    "base",
    "body",
    "canceled",
    "cancelled",
    "completed",
    "create",
    "data",
    "delete",
    "deleted",
    "deletion",
    "detail",
    "details",
    "dto",
    "event",
    "expired",
    "failed",
    "full",
    "in",
    "incomplete",
    "info",
    "input",
    "item",
    "items",
    "list",
    "model",
    "object",
    "out",
    "output",
    "param",
    "params",
    "payload",
    "public",
    "read",
    "representation",
    "request",
    "resource",
    "response",
    "result",
    "results",
    "schema",
    "succeeded",
    "summary",
    "update",
    "view",
];

/// Words before the noun of a type's name that do not say what the type describes.
pub const MODIFIERS: &[&str] = &[
    "base", "beta", "current", "deleted", "full", "inline", "minimal", "my", "new", "nullable",
    "partial", "private", "public", "simple", "webhooks",
];

/// Words before `id` that do not name a thing.
pub const POSITIONS: &[&str] = &[
    "after", "before", "external", "first", "last", "max", "min", "next", "previous", "since",
];

/// Words that a thing is not named by, although its description speaks of an identifier.
pub const NOT_THINGS: &[&str] = &[
    "by", "for", "key", "model", "name", "number", "object", "of", "type",
];

/// Words directly before the thing in a name: prepositions, and the `x` of headers.
pub const BEFORE_THINGS: &[&str] = &["by", "for", "from", "in", "of", "on", "to", "x"];

#[cfg(test)]
mod tests {
    use super::{BY_NAME, NameMatch, PEOPLE};
    use crate::naming::words;

    #[test]
    fn rows_are_words_and_reachable() {
        for (at, row) in BY_NAME.iter().enumerate() {
            assert_eq!(words(row.words).join(" "), row.words);
            // A shorter name with the same value would hide the row.
            let hides = |other: &&super::Row| {
                let same = other.words == row.words && other.condition == super::If::Always;
                let ends = other.part == NameMatch::End
                    && row.words.ends_with(&format!(" {}", other.words));
                (same && other.value.len() == row.value.len())
                    || ends && other.condition == super::If::Always
            };
            let hidden = BY_NAME[..at].iter().find(hides);
            assert!(hidden.is_none(), "{row:?} is hidden by {hidden:?}");
        }
        assert!(PEOPLE.is_sorted());
    }
}
