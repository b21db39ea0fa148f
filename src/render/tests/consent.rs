//! Whatever people agreed to, and whoever withdrew: their words are in no report for whom they did not agree to.

use super::{disputes, text_of};
use crate::id::{Id, Kind};
use crate::participant::{Audience, Consent};
use crate::render::RENDERERS;
use crate::report::sample::{self, id};
use crate::report::{Brief, REPORTS};
use crate::strand::SourceKind;
use proptest::prelude::*;

/// What each of the seven people of the sample agreed to: nothing recorded, or an answer; and whether they withdrew.
fn answers() -> impl Strategy<Value = Vec<(u8, bool)>> {
    proptest::collection::vec((0u8..4, proptest::bool::weighted(0.2)), 7..8)
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]
    #[test]
    fn no_report_prints_words_it_may_not(answers in answers(), audience in 0usize..3) {
        let audience = Audience::ALL[audience];
        let mut all = sample::synthesis();
        let people: Vec<Id> = (1..=7).map(|number| id(Kind::Participant, number)).collect();
        for (person, (answer, withdrawn)) in people.iter().zip(&answers) {
            let held = all.participants.get_mut(person).unwrap();
            held.withdrawn = *withdrawn;
            held.consent.clear();
            let said = [None, Some(Consent::None), Some(Consent::Anonymous), Some(Consent::Named)][usize::from(*answer)];
            held.consent.extend(said.map(|consent| (audience, consent)));
        }
        let mut forbidden = Vec::new();
        for (number, quotation) in all.quotations.values_mut().enumerate() {
            let words = format!("MARKED{number:03}");
            (quotation.text, quotation.spoken) = (words.clone(), words.clone());
            let person = quotation.participant.and_then(|one| all.participants.get(&one));
            let may = match person {
                Some(person) if audience == Audience::Team => {
                    quotation.not_for_team = person.consent.get(&audience) == Some(&Consent::None);
                    person.may_be_quoted(audience)
                }
                Some(person) => {
                    let own = all.sources.get(&quotation.source).is_none_or(|one: &crate::source::Source| SourceKind::is_own_data(one.kind));
                    !person.withdrawn && (!own || !quotation.voice.is_quotable() || person.may_be_quoted(audience))
                }
                None => true,
            };
            if !may {
                forbidden.push(words);
            }
        }
        let brief = Brief { disagreements: Some(disputes::of(&all)), ..Brief::new(audience) };
        for kind in REPORTS {
            let report = (kind.make)(&all, &brief);
            for renderer in RENDERERS {
                let text = text_of(renderer.render(&report).unwrap());
                for words in &forbidden {
                    prop_assert!(!text.contains(words.as_str()), "{words} in {} as {} for {audience}", kind.key, renderer.key());
                }
            }
        }
    }
}
