//! Forms of YAML that several parts of a rule share: one value or a list of them, a map with one key.
//!
//! Every type here has two encodings: the YAML an author writes, read strictly with exact places in errors, and the compact
//! form the built-in rules are kept in, which must not ask a deserializer what comes next.

use serde::de::{self, Deserialize, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use std::fmt;
use std::marker::PhantomData;

/// Reads one value, or a list of at least one.
pub fn one_or_many<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Vec<T>, D::Error> {
    struct OneOrMany<T>(PhantomData<T>);

    impl<'de, T: Deserialize<'de>> Visitor<'de> for OneOrMany<T> {
        type Value = Vec<T>;

        fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
            f.write_str("一个值或一个列表")
        }

        fn visit_str<E: de::Error>(self, value: &str) -> Result<Vec<T>, E> {
            T::deserialize(value.into_deserializer()).map(|value| vec![value])
        }

        fn visit_u64<E: de::Error>(self, value: u64) -> Result<Vec<T>, E> {
            T::deserialize(value.to_string().into_deserializer()).map(|value| vec![value])
        }

        fn visit_seq<A: SeqAccess<'de>>(self, mut sequence: A) -> Result<Vec<T>, A::Error> {
            let mut values = Vec::new();
            while let Some(value) = sequence.next_element()? {
                values.push(value);
            }
            if values.is_empty() {
                return Err(de::Error::custom("列表不能为空"));
            }
            Ok(values)
        }

        fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Vec<T>, A::Error> {
            T::deserialize(de::value::MapAccessDeserializer::new(map)).map(|value| vec![value])
        }
    }

    if deserializer.is_human_readable() {
        deserializer.deserialize_any(OneOrMany(PhantomData))
    } else {
        Vec::deserialize(deserializer)
    }
}

/// The schema of [`one_or_many`].
#[cfg(feature = "cli")]
pub fn one_or_many_schema<T: schemars::JsonSchema>(generator: &mut schemars::SchemaGenerator) -> schemars::Schema {
    let one = generator.subschema_for::<T>();
    schemars::json_schema!({ "anyOf": [one, { "type": "array", "items": one, "minItems": 1 }] })
}

/// A map with one key that names a variant: `then: {sum: {…}}`. In the compact form, the variant's number.
pub mod one_key {
    use serde::{Deserialize, Deserializer, Serialize, Serializer};

    /// Writes the variant's number and content.
    pub fn serialize<T: Serialize, S: Serializer>(value: &T, serializer: S) -> Result<S::Ok, S::Error> {
        if serializer.is_human_readable() {
            serde_yaml::with::singleton_map::serialize(value, serializer)
        } else {
            value.serialize(serializer)
        }
    }

    /// Reads a map with one key; errors keep the place of what is wrong inside it.
    pub fn deserialize<'de, T: Deserialize<'de>, D: Deserializer<'de>>(deserializer: D) -> Result<T, D::Error> {
        if deserializer.is_human_readable() {
            serde_yaml::with::singleton_map::deserialize(deserializer)
        } else {
            T::deserialize(deserializer)
        }
    }
}

/// An exact number written in a rule: `100`, `0.5`, `99.9`.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Exact(pub rust_decimal::Decimal);

impl serde::Serialize for Exact {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(&self.0.to_string())
    }
}

impl<'de> Deserialize<'de> for Exact {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Exact, D::Error> {
        struct ExactVisitor;

        impl Visitor<'_> for ExactVisitor {
            type Value = Exact;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("数")
            }

            fn visit_str<E: de::Error>(self, text: &str) -> Result<Exact, E> {
                text.parse().map(Exact).map_err(|_| E::custom(format!("“{text}”不是数")))
            }
        }

        deserializer.deserialize_str(ExactVisitor)
    }
}

#[cfg(feature = "cli")]
impl schemars::JsonSchema for Exact {
    fn schema_name() -> std::borrow::Cow<'static, str> {
        "Exact".into()
    }

    fn json_schema(_: &mut schemars::SchemaGenerator) -> schemars::Schema {
        schemars::json_schema!({ "type": ["number", "string"] })
    }
}
