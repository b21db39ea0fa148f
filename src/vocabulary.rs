//! Closed lists of the field's words: one macro gives an enum its word on disk, its list, and a
//! parser that says "did you mean".

/// `vocabulary! { /// doc pub enum Stance "stance" { Supports "supports", … } }`
#[macro_export]
macro_rules! vocabulary {
    ($(#[$meta:meta])* pub enum $name:ident $what:literal { $($(#[$vmeta:meta])* $variant:ident $word:literal),+ $(,)? }) => {
        $(#[$meta])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize, serde::Deserialize)]
        pub enum $name { $($(#[$vmeta])* #[serde(rename = $word)] $variant),+ }

        impl $name {
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word on disk, in options and in output.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.pad(self.word())
            }
        }

        impl std::str::FromStr for $name {
            type Err = $crate::diagnostic::Fault;

            /// Accepts any case, and `-` or a space for `_`.
            fn from_str(text: &str) -> Result<Self, Self::Err> {
                let wanted = text.trim().to_lowercase().replace(['-', ' '], "_");
                Self::ALL.iter().copied().find(|one| one.word() == wanted).ok_or_else(|| {
                    let words: Vec<&str> = Self::ALL.iter().map(|one| one.word()).collect();
                    let near = $crate::diagnostic::did_you_mean(&wanted, words.iter().copied());
                    let fault = $crate::diagnostic::fault("unknown-word", format!("'{text}' is no {}", $what));
                    match near.first() {
                        Some(near) => fault.hint(format!("did you mean {near}?")),
                        None => fault,
                    }
                    .hint(format!("it is one of: {}", words.join(", ")))
                })
            }
        }
    };
}
