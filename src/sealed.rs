//! Values that may have to be destroyed, and so are not in the journal.

use serde::{Deserialize, Serialize};

/// Stands in the journal for a value: only the name of the file in `corpus/sealed/` that keeps it.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
pub struct Sealed {
    pub sealed: String,
}
