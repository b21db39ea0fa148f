//! The terms of the field in plain words: each paper explains those it uses, and no others.

use super::block::{Block, Run, Side};
use crate::participant::Audience;

/// A term, the beginnings of words that show it is used, and what it means.
struct Term {
    title: &'static str,
    signs: &'static [&'static str],
    meaning: &'static str,
}

const fn term(title: &'static str, signs: &'static [&'static str], meaning: &'static str) -> Term {
    Term { title, signs, meaning }
}

/// In the order of the alphabet.
static TERMS: &[Term] = &[
    term("Annex", &["annex"], "pages at the end, for those who want to look something up"),
    term("Appraised", &["appraised"], "somebody has judged how relevant, rich and rigorous the passage is"),
    term("Component", &["component"], "one part of the help that is offered, such as supervision"),
    term("Configuration", &["configuration"], "context, mechanism and outcome told together"),
    term("Contested", &["contested"], "some sources speak for it and some against it"),
    term("Context", &["context"], "what has to be in place for something to work"),
    term("Coverage", &["coverage"], "how many sources speak of each part of a statement"),
    term("Dissent", &["dissent"], "what people say who do not agree with a decision"),
    term("Lead view", &["lead view"], "the statement put first for discussion; not yet the agreed one"),
    term("Mechanism", &["mechanism"], "what is offered, and what that changes in people's thinking"),
    term("Median", &["median"], "the middle one, when all are put in order of size"),
    term("Outcome", &["outcome"], "what happens as a result"),
    term("Passage", &["passage"], "a few sentences somebody said or wrote"),
    term(
        "Programme theory",
        &["programme theory"],
        "all the statements together: why the help should work, for whom, and when",
    ),
    term("Provisional", &["provisional"], "it may change, since not every passage has been judged yet"),
    term("Reasoning", &["reasoning"], "what changes in people's thinking or feeling"),
    term("Refines", &["refine"], "neither for nor against: it makes the statement more exact"),
    term("Refuted only", &["refuted only"], "sources speak against it and none for it"),
    term("Relevance", &["relevance"], "how much a passage has to do with the statement, from 0 to 3"),
    term("Resource", &["resource"], "what is offered to people: time, a person, information"),
    term("Richness", &["richness"], "how much detail a passage gives on why something happens, from 0 to 3"),
    term("Rigour", &["rigour"], "how far one can rely on how the source came to say it, from 0 to 3"),
    term("Rival view", &["rival"], "a statement that explains the same thing another way"),
    term("Single source", &["single source"], "only one source speaks for it, and none against"),
    term("Source", &["source"], "one study, one interview, one group or one household; each counts once"),
    term("Standing", &["standing"], "what the sources amount to, by a rule; not whether it is true"),
    term("Statement", &["statement"], "one claim: if this is done here, then that happens, because of this"),
    term("Strand", &["strand"], "sources of one kind, such as all the focus groups"),
    term("Supported", &["supported"], "two or more sources speak for it and none against"),
    term("Synthetic", &["synthetic"], "made up for practice: nobody said it"),
    term("Uncertainty", &["uncertaint"], "a question that is not settled yet"),
    term("Withheld", &["withheld"], "kept back, because the person has not agreed to it being shown"),
    term(
        "Works differently",
        &["works differently"],
        "told of people or places other than those the statement speaks of: it may show for whom it does not work",
    ),
];

/// The terms that a paper itself uses, in plain words; what people said in their own words is not the paper's. Readers of a
/// publication know them.
pub fn section(blocks: &[Block], audience: Audience) -> Vec<Block> {
    if audience == Audience::Publication {
        return Vec::new();
    }
    let text = blocks.iter().map(own_words).collect::<Vec<_>>().join("\n").to_lowercase();
    let used = |term: &&Term| term.signs.iter().any(|sign| begins_a_word(&text, sign));
    let pair = |term: &Term| (term.title.to_owned(), vec![Run::plain(term.meaning)]);
    let pairs: Vec<(String, Vec<Run>)> = TERMS.iter().filter(used).map(pair).collect();
    if pairs.is_empty() {
        return Vec::new();
    }
    vec![Block::heading(2, "Words used", "glossary"), Block::Pairs(pairs)]
}

/// What stands in a block but quotations, and in the table beside a drawing.
fn own_words(block: &Block) -> String {
    let of_sides = |sides: &[Side]| {
        let said =
            sides.iter().flat_map(|side| std::iter::once(side.title.clone()).chain(side.blocks.iter().map(own_words)));
        said.collect::<Vec<_>>().join("\n")
    };
    match block {
        Block::Quote(quote) => quote.attribution.clone(),
        Block::Facing(sides) => of_sides(sides.as_slice()),
        Block::Sides(sides) => of_sides(sides),
        Block::Figure(figure) => {
            format!("{}\n{}", block.text(), Block::table("", figure.table.clone()).text())
        }
        other => other.text(),
    }
}

/// `resource` does not begin a word in "human-resourced", nor does `source` in "resource".
fn begins_a_word(text: &str, sign: &str) -> bool {
    text.match_indices(sign).any(|(at, _)| !text[..at].ends_with(|c: char| c.is_alphanumeric() || c == '-'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Voice;
    use crate::report::block::Quote;

    fn listed(text: &str, audience: Audience) -> Vec<String> {
        let blocks = section(&[Block::paragraph(text)], audience);
        let pairs =
            blocks.into_iter().filter_map(|block| if let Block::Pairs(pairs) = block { Some(pairs) } else { None });
        pairs.flatten().map(|(term, _)| term).collect()
    }

    #[test]
    fn a_paper_explains_the_terms_it_uses_and_no_others() {
        assert_eq!(listed("Strands: contested.", Audience::Meeting), ["Contested", "Strand"]);
        assert_eq!(listed("Human resources.", Audience::Team), ["Resource"], "and no source");
        assert_eq!(
            listed("It works differently elsewhere.", Audience::Meeting),
            ["Works differently"],
            "by the word it has"
        );
        assert!(listed("Nothing of the kind.", Audience::Meeting).is_empty());
        assert!(listed("Contested.", Audience::Publication).is_empty());
    }

    #[test]
    fn what_people_say_is_not_explained_to_them() {
        let words = Quote {
            text: "The context was contested.".to_owned(),
            attribution: "GPs".to_owned(),
            voice: Voice::Participant,
            withheld: false,
        };
        assert!(section(&[Block::Quote(words)], Audience::Meeting).is_empty());
    }

    #[test]
    fn terms_stand_in_order_and_are_not_explained_by_one_another() {
        assert!(TERMS.windows(2).all(|two| two[0].title < two[1].title));
        for term in TERMS {
            let jargon = ["mechanism", "strand", "configuration", "provisional"];
            assert!(
                !jargon.iter().any(|word| *word != term.title.to_lowercase()
                    && term.meaning.contains(word)
                    && term.title != "Configuration"),
                "{}",
                term.title
            );
        }
    }
}
