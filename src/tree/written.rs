//! Serializes a node as JSON without building a value.

use super::{Kind, Node};
use serde::ser::{Serialize, SerializeMap, Serializer};

impl Serialize for Node<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self.kind() {
            Kind::Null => serializer.serialize_unit(),
            Kind::Bool => self.as_bool().serialize(serializer),
            Kind::Number => self.as_number().serialize(serializer),
            Kind::String => self.as_str().serialize(serializer),
            Kind::Array => serializer.collect_seq(self.items()),
            Kind::Object => {
                let mut map = serializer.serialize_map(None)?;
                for (key, value) in self.members() {
                    map.serialize_entry(key, &value)?;
                }
                map.end()
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use crate::load;

    #[test]
    fn nodes_serialize_like_their_value() {
        let text = r#"{"a": [1, 1.50, -0, 12345678901234567890123], "b": {"é\n\"": null, "": true}, "a": "last", "c": []}"#;
        let loaded = load::from_texts(&[("x.json", text)], &mut Default::default()).unwrap();
        let root = loaded.tree.root(loaded.entry).unwrap();
        let written = serde_json::to_string(&root).unwrap();
        assert_eq!(written, root.to_json().to_string());
    }
}
