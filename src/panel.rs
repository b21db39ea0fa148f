//! Panels: who is asked, by stakeholder group. A member is a pseudonymous token; who that is stands nowhere in a
//! project.

use crate::diagnostic::{Fault, fault};
use crate::id::Id;
use crate::sealed::Sealed;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Panel {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub name: String,
    #[serde(default)]
    pub purpose: Option<String>,
    #[serde(default)]
    pub author: Option<String>,
}

/// One seat of a panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Member {
    #[serde(skip, default = "crate::source::nobody")]
    pub id: Id,
    pub panel: Id,
    /// Key of a stakeholder group.
    pub group: String,
    /// `gp1`: see [`token`].
    pub token: String,
    /// Sealed: 64 random hexadecimal digits. It marks this member's ballots and names the files that keep them. It goes with the
    /// member, and then nobody can test a guess at what they answered.
    pub key: Sealed,
    /// Sealed: interests they declared, in their words.
    #[serde(default)]
    pub interests: Option<Sealed>,
    /// Day they were invited.
    #[serde(default)]
    pub invited: Option<String>,
    #[serde(default)]
    pub left: Option<Leaving>,
}

/// A member is no longer of the panel.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Leaving {
    pub on: String,
    /// What they had answered was destroyed too.
    #[serde(default)]
    pub with_ballots: bool,
}

impl Member {
    pub fn is_here(&self) -> bool {
        self.left.is_none()
    }
}

/// A token as it is kept: one to eight letters, then a number, as in `gp1`. Names have no number, so that none slips
/// in. Fault `bad-token`.
///
/// ```
/// use realist::panel::token;
/// assert_eq!(token(" GP1 ").unwrap(), "gp1");
/// assert!(token("Anna").is_err() && token("gp 1").is_err());
/// ```
pub fn token(typed: &str) -> Result<String, Fault> {
    let token = typed.trim().to_lowercase();
    let letters = token.bytes().take_while(u8::is_ascii_lowercase).count();
    let digits = &token[letters..];
    let is_number = (1..=4).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    if (1..=8).contains(&letters) && is_number {
        return Ok(token);
    }
    // What was typed may be a name: it is not repeated.
    Err(fault("bad-token", "a token is one to eight letters and a number, such as gp1; never a name")
        .hint("keep the list of who is who outside the project"))
}

/// How tokens of a group begin: the first letters of its words, or the first two of its only word.
///
/// ```
/// assert_eq!(realist::panel::prefix("service_users"), "su");
/// assert_eq!(realist::panel::prefix("gps"), "gp");
/// ```
pub fn prefix(group: &str) -> String {
    let words: Vec<&str> = group.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| !word.is_empty()).collect();
    let letters: String = match words.as_slice() {
        [one] => one.chars().take(2).collect(),
        many => many.iter().filter_map(|word| word.chars().next()).take(8).collect(),
    };
    if letters.is_empty() { "m".to_owned() } else { letters.to_lowercase() }
}
