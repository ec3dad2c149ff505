//! `pagination`: pagination of single operations.

use super::check::Fault;
use super::settings::place::Places;
use crate::ir::{
    ConfigPosition, NextPage, PageEnd, PaginationConfig, PaginationHint, PaginationRule,
};
use indexmap::IndexMap;
use serde::de::value::MapAccessDeserializer;
use serde::de::{Error, MapAccess, Unexpected, Visitor};
use serde::{Deserialize, Deserializer};
use std::fmt;

/// Pagination of an operation, as written in the file.
#[derive(Debug)]
pub enum RuleFile {
    /// `none`
    None,
    /// `link`
    Link,
    Own(Box<OwnRule>),
}

/// Parameters are in the query or in the JSON body of the request. Properties are paths separated by dots.
#[derive(Debug, Default, Deserialize)]
#[cfg_attr(test, derive(schemars::JsonSchema))]
#[serde(deny_unknown_fields)]
pub struct OwnRule {
    /// The property with the items. The default is the only array of the page.
    items: Option<String>,
    /// The parameter for the cursor. Needs `next` or `last_item`.
    cursor: Option<String>,
    /// The property of the page with the next cursor.
    next: Option<String>,
    /// The property of the page's last item with the next cursor.
    last_item: Option<String>,
    /// The parameter for the page number.
    page: Option<String>,
    /// The number of the first page.
    first: Option<i64>,
    /// The parameter for the number of items to skip.
    offset: Option<String>,
    /// The property with the URL of the next page, which is requested with `GET`.
    next_url: Option<String>,
    /// Whether the URL of the next page is in the header `Link`.
    #[serde(default)]
    link: bool,
    /// The property that says whether there are more pages.
    more: Option<String>,
    /// The property with the number of pages, or of items if `offset` is used.
    total: Option<String>,
}

impl<'de> Deserialize<'de> for RuleFile {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(RuleVisitor)
    }
}

struct RuleVisitor;

impl<'de> Visitor<'de> for RuleVisitor {
    type Value = RuleFile;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(
            "`none`, `link`, or a map with `cursor`, `page`, `offset`, `next_url` or `link`",
        )
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<RuleFile, E> {
        match text {
            "none" => Ok(RuleFile::None),
            "link" => Ok(RuleFile::Link),
            _ => Err(E::invalid_value(Unexpected::Str(text), &self)),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<RuleFile, A::Error> {
        OwnRule::deserialize(MapAccessDeserializer::new(map))
            .map(|own| RuleFile::Own(Box::new(own)))
    }
}

/// Returns the pagination of single operations.
pub fn rules(
    file: IndexMap<String, RuleFile>,
    places: &Places<'_>,
) -> Result<PaginationConfig, Fault> {
    let mut rules = PaginationConfig::default();
    for (operation, rule) in file {
        let steps = vec!["pagination".to_owned(), operation.clone()];
        let at = ConfigPosition(places.key(&steps));
        let hint = match rule {
            RuleFile::None => None,
            RuleFile::Link => Some(PaginationHint {
                items: None,
                next: NextPage::Link,
                end: PageEnd::Unstated,
            }),
            RuleFile::Own(own) => Some(own.hint().map_err(|why| (steps, why.to_owned()))?),
        };
        rules.insert(operation, PaginationRule { at, hint });
    }
    Ok(rules)
}

/// Returns the pagination that a rule describes, or `None` if it is inconsistent.
pub fn pagination_hint(rule: serde_json::Value) -> Option<PaginationHint> {
    OwnRule::deserialize(rule).ok()?.hint().ok()
}

impl OwnRule {
    fn hint(self) -> Result<PaginationHint, &'static str> {
        let ways = [
            self.cursor.is_some(),
            self.page.is_some(),
            self.offset.is_some(),
            self.next_url.is_some(),
            self.link,
        ];
        if ways.into_iter().filter(|is_there| *is_there).count() != 1 {
            return Err("set one of `cursor`, `page`, `offset`, `next_url` and `link`");
        }
        if self.cursor.is_none() && (self.next.is_some() || self.last_item.is_some()) {
            return Err("`next` and `last_item` require `cursor`");
        }
        if self.page.is_none() && self.first.is_some() {
            return Err("`first` requires `page`");
        }
        let is_counted = self.page.is_some() || self.offset.is_some();
        let next = if let Some(parameter) = self.cursor {
            match (self.next, self.last_item) {
                (Some(at), None) => NextPage::Cursor {
                    parameter,
                    at: vec![at],
                },
                (None, Some(at)) => NextPage::LastItem {
                    parameter,
                    at: vec![at],
                },
                _ => {
                    return Err(
                        "`cursor` requires `next`, the property of the page with the next cursor, or `last_item`, the property of an item",
                    );
                }
            }
        } else if let Some(parameter) = self.page {
            NextPage::Page {
                parameter,
                first: self.first.unwrap_or(1),
            }
        } else if let Some(parameter) = self.offset {
            NextPage::Offset { parameter }
        } else if let Some(at) = self.next_url {
            NextPage::Url { at: vec![at] }
        } else {
            NextPage::Link
        };
        let end = match (self.more, self.total) {
            (None, None) => PageEnd::Unstated,
            (Some(at), None) => PageEnd::More(vec![at]),
            (None, Some(at)) if is_counted => PageEnd::Total(vec![at]),
            (None, Some(_)) => return Err("`total` requires `page` or `offset`"),
            (Some(_), Some(_)) => {
                return Err("`more` and `total` exclude each other");
            }
        };
        Ok(PaginationHint {
            items: self.items,
            next,
            end,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::super::{Overrides, Settings};
    use crate::diag::Location;
    use crate::ir::{NextPage, PageEnd, PaginationHint, PaginationRule};
    use std::path::Path;

    fn rule(text: &str) -> Result<PaginationRule, String> {
        let text = format!("spec: a.yaml\npagination:\n  list: {text}\n");
        let settings = Settings::from_file(Path::new("sdkgen.yaml"), &text, Overrides::default());
        let settings = settings.map_err(|fault| fault.to_string())?;
        Ok(settings.job().options.pagination["list"].clone())
    }

    #[test]
    fn every_kind_is_parsed() {
        let cursor =
            rule("{cursor: after, next: meta.next, items: data, more: meta.more}").unwrap();
        assert!(
            matches!(&cursor.at.0, Location::Line(line) if (line.number, line.column) == (3, 3))
        );
        let (items, more) = (Some("data".to_owned()), vec!["meta.more".to_owned()]);
        let hint = PaginationHint {
            items,
            next: NextPage::Cursor {
                parameter: "after".to_owned(),
                at: vec!["meta.next".to_owned()],
            },
            end: PageEnd::More(more),
        };
        assert_eq!(cursor.hint, Some(hint));
        assert_eq!(rule("none").unwrap().hint, None);
        let next = |text| rule(text).unwrap().hint.unwrap().next;
        assert_eq!(next("link"), NextPage::Link);
        assert_eq!(next("{link: true, items: data}"), NextPage::Link);
        let parameter = "p".to_owned();
        assert_eq!(
            next("{page: p}"),
            NextPage::Page {
                parameter: parameter.clone(),
                first: 1
            }
        );
        assert_eq!(
            next("{page: p, first: 0}"),
            NextPage::Page {
                parameter: parameter.clone(),
                first: 0
            }
        );
        assert_eq!(
            next("{offset: p, total: n}"),
            NextPage::Offset { parameter }
        );
        assert_eq!(
            next("{next_url: n}"),
            NextPage::Url {
                at: vec!["n".to_owned()]
            }
        );
    }

    #[test]
    fn inconsistent_rules_are_refused() {
        for (text, fault) in [
            (
                "{items: data}",
                "set one of `cursor`, `page`, `offset`, `next_url` and `link`",
            ),
            (
                "{page: p, link: true}",
                "set one of `cursor`, `page`, `offset`, `next_url` and `link`",
            ),
            (
                "{cursor: c}",
                "`cursor` requires `next`, the property of the page with the next cursor, or `last_item`, the property of an item",
            ),
            (
                "{page: p, next: n}",
                "`next` and `last_item` require `cursor`",
            ),
            ("{offset: p, first: 0}", "`first` requires `page`"),
            (
                "{next_url: p, total: n}",
                "`total` requires `page` or `offset`",
            ),
            (
                "{page: p, total: n, more: m}",
                "`more` and `total` exclude each other",
            ),
        ] {
            assert_eq!(rule(text).unwrap_err(), format!("sdkgen.yaml:3:9: {fault}"));
        }
        assert_eq!(
            rule("nothing").unwrap_err(),
            "sdkgen.yaml:3:9: `pagination.list` must be `none`, `link`, or a map with `cursor`, `page`, \
             `offset`, `next_url` or `link`, but is the string \"nothing\""
        );
    }

    #[test]
    fn the_guide_shows_rules_that_can_be_read() {
        let guide = include_str!("../../docs/guide/src/pagination.md");
        let (_, rest) = guide.split_once("```yaml config\npagination:\n").unwrap();
        let (rules, _) = rest.split_once("```").unwrap();
        let text = format!("spec: a.yaml\npagination:\n{rules}");
        let settings = Settings::from_file(Path::new("x.yaml"), &text, Overrides::default());
        let rules = settings.unwrap().job().options.pagination.clone();
        assert_eq!(rules.len(), 8);
    }
}
