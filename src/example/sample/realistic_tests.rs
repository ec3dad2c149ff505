use super::label::SampleLabel;
use super::realistic::text;

fn chosen(owner: &str, name: &str, description: &str) -> String {
    let label = SampleLabel {
        owner,
        description: Some(description).filter(|text| !text.is_empty()),
        ..SampleLabel::named(name)
    };
    text(label, None, |_| true).unwrap_or_else(|| "-".to_owned())
}

#[test]
fn names_select_values() {
    let cases = [
        ("User", "name", "Jane Doe"),
        ("nullable-simple-user", "name", "Jane Doe"),
        ("UpdateCustomerRequest", "displayName", "Jane Doe"),
        ("UserGroup", "name", "example"),
        ("Pet", "name", "example"),
        ("User", "file_name", "report.pdf"),
        ("User", "table_name", "-"),
        ("Pet", "shopperEmail", "jane@example.com"),
        ("Pet", "to_number", "+15555550100"),
        ("Pet", "phoneNumber", "+15555550100"),
        ("Pet", "number", "-"),
        ("address", "state", "CA"),
        ("Pet", "state", "-"),
        ("Pet", "billing_city", "San Francisco"),
        ("ErrorMessage", "message", "The request is invalid."),
        ("Pet", "message", "Hello, world!"),
        ("Pet", "paid", "-"),
    ];
    for (owner, name, expected) in cases {
        assert_eq!(chosen(owner, name, ""), expected, "{owner}.{name}");
    }
}

#[test]
fn identifiers_name_their_thing() {
    let cases = [
        ("", "id", "abc123"),
        ("Call", "id", "call_123"),
        ("CreateUsersResponse", "id", "user_123"),
        ("data", "id", "abc123"),
        ("tax_rate", "id", "tax_rate_123"),
        ("BetaResponse", "id", "abc123"),
        ("Call", "remixed_from_video_id", "video_123"),
        ("Call", "created_by", "-"),
        ("", "X-Request-Id", "request_123"),
        ("Call", "callID", "call_123"),
        ("Call", "default_payment_method_id", "payment_method_123"),
        ("Call", "since_id", "abc123"),
    ];
    for (owner, name, expected) in cases {
        assert_eq!(chosen(owner, name, ""), expected, "{owner}.{name}");
    }
    let described = chosen(
        "Charge",
        "customer",
        "The ID of the customer who will be billed.",
    );
    assert_eq!(described, "customer_123");
    let segment = SampleLabel {
        owner: "customers",
        is_segment: true,
        ..SampleLabel::named("customer")
    };
    let of = |label| text(label, None, |_| true);
    assert_eq!(of(segment).as_deref(), Some("customer_123"));
    assert_eq!(
        of(SampleLabel {
            description: Some("A slug"),
            ..segment
        }),
        None
    );
}

#[test]
fn descriptions_select_values() {
    let cases = [
        (
            "name",
            "The customer's full name or business name.",
            "Jane Doe",
        ),
        ("name", "The name of the user", "Jane Doe"),
        (
            "name",
            "The product's name, meant to be displayable to the customer.",
            "example",
        ),
        (
            "currency",
            "Three-letter ISO currency code, in lowercase.",
            "usd",
        ),
        ("currency", "", "USD"),
        (
            "content",
            "The Base64 encoded content of the attachment.",
            "SGVsbG8=",
        ),
        (
            "to",
            "Phone numbers are in [E.164](https://example.com) format",
            "+15555550100",
        ),
        (
            "browser",
            "The version, e.g. `61.0.3163.100`",
            "61.0.3163.100",
        ),
        ("head", "For example: \"octo:main\".", "octo:main"),
        ("data", "For example `{\"a\": 1}`", "-"),
        ("data", "For example `", "-"),
    ];
    for (name, description, expected) in cases {
        assert_eq!(
            chosen("Thing", name, description),
            expected,
            "{description}"
        );
    }
}

#[test]
fn only_valid_values_are_chosen() {
    let label = SampleLabel::named("country");
    assert_eq!(
        text(label, None, |value| value.len() == 3).as_deref(),
        Some("USA")
    );
    assert_eq!(text(label, None, |_| false), None);
    let items = SampleLabel::named("emails").item();
    assert_eq!(
        text(items, None, |_| true).as_deref(),
        Some("jane@example.com")
    );
    assert_eq!(text(SampleLabel::named("emails"), None, |_| true), None);
    let format = text(SampleLabel::named("to"), Some("phone-number"), |_| true);
    assert_eq!(format.as_deref(), Some("+15555550100"));
    let segment = SampleLabel {
        is_segment: true,
        ..SampleLabel::named("first_title")
    };
    assert_eq!(
        text(
            SampleLabel {
                name: "title",
                ..segment
            },
            None,
            |_| true
        ),
        None
    );
}
