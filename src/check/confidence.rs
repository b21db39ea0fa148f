//! **confidence**: what was judged of a finding (GRADE-CERQual) was judged of its present wording.
//!
//! Only noted: whether the judgement still holds is for who made it to say.

use crate::cerqual::Worksheet;
use crate::diagnostic::{Diagnostic, Result};
use crate::project::Project;
use crate::synthesis::Synthesis;

pub(super) fn look(_: &Project, synthesis: &Synthesis) -> Result<Vec<Diagnostic>> {
    let judged = synthesis.living_hypotheses().filter_map(|one| {
        let sheet = synthesis.worksheets.get(&Worksheet::id_of(one.id))?;
        let earlier = sheet.of_earlier_wording(one);
        (!earlier.is_empty()).then(|| (synthesis.label(one.id), earlier.join(", ")))
    });
    let said = |(label, earlier): (String, String)| {
        let said = format!("{label}: {earlier} judged for an earlier wording, to be looked at again");
        Diagnostic::note("judged-earlier", said).hint(format!("realist cerqual show {label}"))
    };
    Ok(judged.map(said).collect())
}
