//! The page of each code: its meaning, an example, and the fix.
//!
//! `tests/explain.rs` completes the examples and checks that each results in its code, and that its fix removes it.

use crate::did_you_mean;

macro_rules! pages {
    ($($code:literal)*) => {
        const PAGES: &[(&str, &str)] =
            &[$(($code, include_str!(concat!("pages/", $code, ".md")))),*];
    };
}

/// Returns the codes that have a page, ordered by number.
pub fn codes() -> impl Iterator<Item = &'static str> {
    PAGES.iter().map(|(code, _)| *code)
}

/// Returns the code that a text names, or a message for an unknown one.
pub fn known(text: &str) -> Result<&'static str, String> {
    let code = text.to_ascii_uppercase();
    if let Some(known) = codes().find(|known| *known == code) {
        return Ok(known);
    }
    // Suggests the code with the same number, if only the letter is wrong.
    let same_number = |known: &&str| code.get(1..) == known.get(1..);
    let near: Vec<&str> = match codes().find(same_number) {
        Some(known) => vec![known],
        None => codes().collect(),
    };
    let hint = did_you_mean::hint(&code, near);
    Err(format!("`{text}` is not the code of a diagnostic{hint}"))
}

/// Returns the page of a code as Markdown.
pub fn page(code: &str) -> Option<&'static str> {
    let found = PAGES.iter().find(|(known, _)| *known == code);
    found.map(|(_, page)| *page)
}

/// Returns the title of a code's page.
pub fn title(code: &str) -> Option<&'static str> {
    let (_, title) = page(code)?.lines().next()?.split_once(": ")?;
    Some(title)
}

pages! {
    "E0001" "E0002" "E0003" "E0004" "W0005" "E0006" "E0007" "E0008" "W0009" "W0010"
    "W0011" "W0012" "W0013"
    "E0101" "E0102" "E0103" "E0104" "W0105" "W0106" "W0107" "W0108" "W0109" "N0110"
    "W0111" "W0112" "W0113" "W0114" "N0115" "N0116" "W0117" "E0118" "W0120" "N0121"
    "W0122" "W0123" "W0124" "W0125" "W0126" "W0127" "W0128" "W0129" "W0130" "W0131" "W0132" "N0133"
    "W0134" "W0135" "W0136" "W0137" "W0138" "N0139" "W0140" "W0141" "W0142" "N0143" "E0144"
    "W0201" "W0202" "E0203" "W0204" "W0205" "W0206" "N0207" "W0208" "N0209"
    "W0210" "W0211" "N0212" "E0213"
    "W0301" "N0302" "W0303" "W0304" "N0305" "N0306" "W0307" "W0308" "W0309" "W0310"
    "W0311" "N0312" "W0318" "W0319" "W0320" "N0321" "W0322" "W0323" "N0324" "W0325"
    "W0326" "W0328" "W0329" "N0330" "W0338" "N0345"
    "N0401" "W0402" "W0403" "N0404" "N0405" "W0406" "W0407" "W0408" "W0409" "W0410"
    "N0411" "W0412" "W0413" "W0414" "W0415" "N0416" "N0417" "W0418" "N0421" "N0422"
    "W0424" "N0425" "N0426" "W0427" "W0428" "N0430" "W0431" "N0432" "N0433" "N0434"
    "W0435" "W0436" "W0437" "N0440" "E0441" "E0442" "E0443" "N0444" "N0445" "W0446" "E0447"
    "W0448" "W0449" "W0450" "N0451" "W0460" "W0461" "W0462" "W0463" "N0464" "N0465" "N0466" "N0467"
    "N0468" "N0469" "E0470"
    "W0501" "N0502" "E0503" "E0504" "N0505"
    "E0601" "E0602" "E0603"
    "E0701" "E0702" "E0703" "W0704" "W0705"
}
