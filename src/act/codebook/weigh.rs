//! What a file says of a code against what the project says: filled in, in dispute, or an older word.
//!
//! What the project has said before is an older copy and stays as it is; a list only grows; where both say
//! something else the project's word stands, unless the person wants the file's.

use crate::codebook::{Code, Field};
use crate::history::{Fields, Write};
use crate::project::Project;
use crate::text::words::fold;

/// What is to become of a field.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Verdict {
    Same,
    /// The file says what the project once said.
    Older,
    /// To be set to these texts.
    Take(Vec<String>),
    Dispute,
}

/// What each change of a code set.
pub(super) struct Past(Vec<Fields>);

impl Past {
    pub fn of(project: &Project, code: &Code) -> Self {
        let entity = project.state().entity(code.id);
        Past(entity.iter().flat_map(|entity| entity.active_writes()).map(Write::fields).collect())
    }

    /// The field was set to these texts once; they are never none.
    fn said(&self, field: &str, texts: &[String]) -> bool {
        self.0.iter().filter_map(|set| set.get(field)).any(|value| are_same(&Field::texts(value), texts))
    }
}

/// Weighs one field; `there` is never empty.
pub(super) fn weigh(field: Field, code: &Code, there: &[String], past: &Past, replace: bool) -> Verdict {
    let here = field.of(code);
    if field.is_many() {
        let more = there.iter().filter(|text| !is_known(field, code, &here, text)).cloned();
        let all: Vec<String> = here.iter().cloned().chain(more).collect();
        return if all == here { Verdict::Same } else { older_or(past, field.word(), there, Verdict::Take(all)) };
    }
    weigh_one(field.word(), &here, there, past, replace)
}

/// Weighs what is said once: a field, the name, the parent.
pub(super) fn weigh_one(field: &str, here: &[String], there: &[String], past: &Past, replace: bool) -> Verdict {
    if are_same(here, there) {
        return Verdict::Same;
    }
    let news = if here.is_empty() || replace { Verdict::Take(there.to_vec()) } else { Verdict::Dispute };
    if replace { news } else { older_or(past, field, there, news) }
}

/// Word for word: blanks and line breaks around a text say nothing, and some formats keep neither these nor tabs.
fn are_same(some: &[String], others: &[String]) -> bool {
    let all = |texts: &[String]| -> Vec<String> { texts.iter().map(|text| text.trim().replace('\t', " ")).collect() };
    all(some) == all(others)
}

fn older_or(past: &Past, field: &str, there: &[String], news: Verdict) -> Verdict {
    if past.said(field, there) { Verdict::Older } else { news }
}

fn is_known(field: Field, code: &Code, here: &[String], text: &str) -> bool {
    here.iter().any(|one| are_same(std::slice::from_ref(one), &[text.to_owned()]))
        || (field == Field::Aliases
            && (fold(&code.name) == fold(text) || here.iter().any(|one| fold(one) == fold(text))))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn white_space_around_a_text_is_no_other_word() {
        let weighed = |here: &str, there: &str| {
            weigh_one("definition", &[here.to_owned()], &[there.to_owned()], &Past(Vec::new()), false)
        };
        assert_eq!(weighed("\nReliance on\ta word \n", "Reliance on a word"), Verdict::Same);
        assert_eq!(weighed("Reliance on a word", "Reliance on words"), Verdict::Dispute);
    }
}
