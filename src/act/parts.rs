//! Parts of a statement: finding one as typed, placing new words, saying more of one.

use crate::diagnostic::{Result, fault};
use crate::history::Fields;
use crate::hypothesis::{Detail, Hypothesis, Part, PartKind};
use serde_json::{Value, json};

/// A detail of a part as a person says it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Saying {
    /// Key or kind of the part.
    pub part: String,
    pub detail: Detail,
    /// Empty: no longer said.
    pub text: String,
}

impl Saying {
    /// Reads `context.level=institutional` or `c1.actor=GPs`; the part's key may hold a full stop.
    pub fn parse(typed: &str) -> Result<Self> {
        let unread = || {
            fault("bad-detail", format!("'{typed}' says nothing of a part"))
                .hint("write it as context.level=institutional or c1.actor=\"GPs\"")
        };
        let (name, text) = typed.split_once('=').ok_or_else(unread)?;
        let (part, detail) = name.trim().rsplit_once('.').ok_or_else(unread)?;
        Ok(Saying { part: part.trim().to_owned(), detail: detail.parse()?, text: text.trim().to_owned() })
    }

    /// Several in one cell or field: `context.level=institutional; outcome.valence=unintended`.
    pub fn list(typed: &str) -> Result<Vec<Self>> {
        typed.split(';').filter(|one| !one.trim().is_empty()).map(Saying::parse).collect()
    }
}

/// A part by its key, or by its kind where there is one of it.
pub fn part<'h>(hypothesis: &'h Hypothesis, typed: &str) -> Result<&'h Part> {
    if let Some(part) = hypothesis.parts.iter().find(|part| part.key == typed) {
        return Ok(part);
    }
    // `c1` where only one coder has one.
    let short: Vec<_> =
        hypothesis.parts.iter().filter(|part| part.key.split_once('.').is_some_and(|(key, _)| key == typed)).collect();
    if let [one] = short.as_slice() {
        return Ok(one);
    }
    let keys: Vec<String> = hypothesis.parts.iter().map(|part| format!("{} ({})", part.key, part.kind)).collect();
    let list = format!("its parts are: {}", keys.join(", "));
    if let Ok(kind) = typed.parse::<PartKind>() {
        let fits: Vec<_> = hypothesis.parts_of(kind).collect();
        return match fits.as_slice() {
            [one] => Ok(one),
            [] => Err(fault("no-part", format!("the statement has no {kind}")).hint(list)),
            _ => Err(fault("ambiguous-part", format!("the statement has several parts of kind {kind}")).hint(list)),
        };
    }
    Err(fault("no-part", format!("the statement has no part '{typed}'")).hint(list))
}

/// What a statement's parts will be once a batch is written, and which of them changed.
#[derive(Debug)]
pub(super) struct Placing<'k> {
    /// As it will be.
    pub statement: Hypothesis,
    /// Every key it ever had, so that evidence on a part taken away never bears on a new one.
    used: Vec<String>,
    coder: &'k str,
    changed: Vec<String>,
}

impl<'k> Placing<'k> {
    pub fn of(statement: Hypothesis, used: Vec<String>, coder: &'k str) -> Self {
        Placing { statement, used, coder, changed: Vec::new() }
    }

    /// `c1.gj`, `c2.gj`, …: the next key of a kind that this coder never used in the statement, so that
    /// two coders never name two parts alike. Answers the key.
    pub fn add(&mut self, part: &Part) -> String {
        let key = |number: usize| format!("{}{number}.{}", part.kind.letter(), self.coder);
        let mut number = 1;
        while self.used.contains(&key(number)) {
            number += 1;
        }
        let key = key(number);
        self.statement.parts.push(Part { key: key.clone(), text: part.text.trim().to_owned(), ..part.clone() });
        self.used.push(key.clone());
        self.changed.push(key.clone());
        key
    }

    /// New words for a part; what is said of it stays.
    pub fn reword(&mut self, typed: &str, text: &str) -> Result<String> {
        self.change(typed, |part| {
            text.trim().clone_into(&mut part.text);
            Ok(())
        })
    }

    /// Says more of a part.
    pub fn say(&mut self, saying: &Saying) -> Result<String> {
        self.change(&saying.part, |part| part.details.say(part.kind, saying.detail, &saying.text))
    }

    pub fn drop(&mut self, typed: &str) -> Result<String> {
        let key = part(&self.statement, typed)?.key.clone();
        self.statement.parts.retain(|part| part.key != key);
        self.changed.push(key.clone());
        Ok(key)
    }

    fn change(&mut self, typed: &str, change: impl FnOnce(&mut Part) -> Result<()>) -> Result<String> {
        let key = part(&self.statement, typed)?.key.clone();
        self.statement.parts.iter_mut().find(|part| part.key == key).map_or(Ok(()), change)?;
        self.changed.push(key.clone());
        Ok(key)
    }

    /// Parts given by kind: those that reword the one part of their kind, and those that are the first.
    /// Answers the keys reworded and added.
    pub fn place(&mut self, given: &[(PartKind, String)]) -> Result<(Vec<String>, Vec<String>)> {
        let (mut reworded, mut fresh) = (Vec::new(), Vec::new());
        for (kind, text) in given {
            let there: Vec<String> = self.statement.parts_of(*kind).map(|part| part.key.clone()).collect();
            let wanted = given.iter().filter(|(other, _)| other == kind).count();
            match there.as_slice() {
                [] => fresh.push(Part::new("", *kind, text)),
                [key] if wanted == 1 => reworded.push(self.reword(key, text)?),
                keys => {
                    return Err(fault("ambiguous-part", format!("which {kind}? there is {}", keys.join(", ")))
                        .hint(format!("reword one: --set {}=\"...\"", keys[0]))
                        .hint(format!("or add one: --add {kind}=\"...\"")));
                }
            }
        }
        let added = fresh.iter().map(|part| self.add(part)).collect();
        Ok((reworded, added))
    }

    /// The fields to write: each part that changed, `null` where it was taken away.
    pub fn fields(&self) -> Fields {
        let field = |key: &String| {
            let part = self.statement.parts.iter().find(|part| part.key == *key);
            (format!("part:{key}"), part.map_or(Value::Null, |part| json!(part)))
        };
        self.changed.iter().map(field).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(keys: &[&str]) -> Placing<'static> {
        let mut held: Hypothesis = serde_json::from_value(json!({})).unwrap();
        held.parts = keys.iter().map(|key| Part::new(*key, PartKind::Outcome, "x")).collect();
        Placing::of(held, keys.iter().map(|key| (*key).to_owned()).collect(), "gj")
    }

    #[test]
    fn a_part_given_by_kind_rewords_the_one_there_is() {
        let given = [(PartKind::Outcome, "y".to_owned())];
        assert_eq!(held(&[]).place(&given).unwrap(), (vec![], vec!["o1.gj".to_owned()]));
        assert_eq!(held(&["o1"]).place(&given).unwrap(), (vec!["o1".to_owned()], vec![]));
        let refused = held(&["o1", "o2"]).place(&given).unwrap_err();
        assert_eq!(refused.0.message, "which outcome? there is o1, o2");
        assert!(refused.0.hints[1].contains("--add outcome="));
    }

    #[test]
    fn what_is_said_of_a_part_outlives_new_words_and_is_written_with_them() {
        let mut placing = held(&["o1.gj"]);
        placing.say(&Saying::parse("o1.gj.valence=unintended").unwrap()).unwrap();
        placing.reword("outcome", "y").unwrap();
        assert_eq!(
            serde_json::to_string(&placing.fields()).unwrap(),
            r#"{"part:o1.gj":{"kind":"outcome","text":"y","valence":"unintended"}}"#
        );
        placing.drop("o1").unwrap();
        assert_eq!(placing.add(&Part::new("", PartKind::Outcome, "z")), "o2.gj");
        assert_eq!(placing.fields()["part:o1.gj"], Value::Null);
    }

    #[test]
    fn a_detail_is_read_as_typed() {
        let read = |typed| Saying::parse(typed).map(|one| (one.part, one.detail, one.text));
        assert_eq!(read("c1.gj.actor = GPs").unwrap(), ("c1.gj".to_owned(), Detail::Actor, "GPs".to_owned()));
        assert_eq!(Saying::list("c1.level=individual; o1.affects=carers;").unwrap().len(), 2);
        assert_eq!(read("context.level").unwrap_err().0.code, "bad-detail");
        assert_eq!(read("context.lvel=x").unwrap_err().0.hints[0], "did you mean level?");
    }
}
