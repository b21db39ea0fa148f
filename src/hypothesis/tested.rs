//! Whether a statement was put to the test: the fourth standing. People set it; nothing computes it, and
//! neither evidence nor agreement takes its place.

use serde::{Deserialize, Serialize};

crate::vocabulary! {
    pub enum Test "kind of test" {
        NotTested "not_tested",
        /// Tried in practice and looked at closely, on a small scale.
        Formative "formative",
        /// Put to the test in a trial with its process evaluation.
        Trial "trial",
    }
}

/// The last test and what came of it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Tested {
    pub test: Test,
    /// In the team's words; there unless it is not tested.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub result: Option<String>,
}

impl Tested {
    /// `trial: no evidence of difference`, `not tested`.
    pub fn in_words(&self) -> String {
        let word = self.test.word().replace('_', " ");
        self.result.iter().fold(word, |word, result| format!("{word}: {result}"))
    }
}
