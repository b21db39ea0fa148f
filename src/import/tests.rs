//! Whole files through the whole importer; the real ones are skipped where they are not at hand.

use super::*;
