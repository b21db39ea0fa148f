//! What queries are asked of, read in two ways.

use crate::act::retrieval::Retrieval;
use crate::codebook::Code;
use crate::coding::Coding;
use crate::document::{Document, Unit, UnitKind};
use crate::index::Index;
use crate::project::{Project, Shard};
use crate::retrieve::{Ground, Layout};
use crate::text::words;

/// What queries are asked of, as it is read.
pub fn told(project: &Project, index: &Index) -> Vec<String> {
    let ground = Retrieval::new(project, index).unwrap();
    let texts = ground.texts();
    let mut told = vec![format!("{} missing, {} astray", ground.missing, ground.astray)];
    for unit in 0..texts.count() {
        let (document, n) = ground.place_of(unit);
        let (at, text) = (texts.unit(unit), texts.text_of(unit));
        let source = ground.source_of(unit).unwrap();
        told.push(format!("{} {n}: {}..{} {:?} {:?} {source}", document.id, at.start, at.end, at.speech, at.time));
        told.push(format!("{:?}", ground.paragraph(text, at.start + 3).unwrap()));
        if texts.units_of(text).start == unit {
            told.push(format!("{:?}", ground.words(text).unwrap()));
        }
    }
    let mut stretches = Vec::new();
    for one in ground.codings() {
        let (document, first) = ground.place_of(texts.units_of(one.text).start);
        let code = ground.code(one).unwrap().name.clone();
        let (coding, coder, day) = (ground.coding(one).unwrap(), ground.coder(one).unwrap(), ground.day(one));
        let place = format!("{} from {first}: {}..{}", document.id, one.start, one.end);
        stretches.push((place, format!("{coding} {code} {coder} {day:?}")));
    }
    assert!(ground.codings().is_sorted());
    stretches.sort();
    told.extend(stretches.into_iter().map(|(place, coding)| format!("{place} {coding}")));
    told
}

/// The same from journal and texts, thing by thing.
pub fn plainly(project: &Project) -> Vec<String> {
    let state = project.state();
    let mut documents = state.all::<Document>();
    documents.retain(|document| !document.purged);
    documents.sort_by_key(|one| (state.label_of(one.id), one.id));
    let codes = state.all::<Code>();
    let lookup = project.lookup();
    let (mut units, mut missing, mut astray) = (Vec::new(), 0, 0);
    let mut stretches = Vec::new();
    for document in &documents {
        let Some(shard) = project.read_shard(document, &document.version, 0).unwrap() else {
            missing += 1;
            continue;
        };
        for unit in &shard.units {
            let base = if unit.kind == UnitKind::Row { unit.span.start() } else { 0 };
            let place = |at: usize| at - base;
            let (speech, source) = (unit.speech_span(), lookup.source_of(document, unit));
            units.push(format!(
                "{} {}: {}..{} {:?} {:?} {source}",
                document.id,
                unit.n,
                place(unit.span.start()),
                place(unit.span.end()),
                (place(speech.start()), place(speech.end())),
                unit.time
            ));
            units.push(format!("{:?}", paragraph(&shard, base, unit.span.start() + 3)));
            if base > 0 || unit.n == 1 {
                let of_text = shard.units.iter().filter(|one| unit.kind != UnitKind::Row || one.n == unit.n);
                units.push(format!("{:?}", all_words(&shard, base, of_text)));
            }
        }
        for coding in state.all::<Coding>().into_iter().filter(|coding| coding.anchor.document == document.id) {
            let Some(code) = codes.iter().find(|code| code.id == coding.code) else { continue };
            let in_force = project.in_force(document, &coding.anchor).unwrap();
            let Some((anchor, _)) = coding.anchor.carried(document).zip(in_force) else {
                astray += 1;
                continue;
            };
            let entity = state.entity(coding.id).unwrap();
            let made = state.note(entity.active_writes().next().unwrap().op.id).unwrap();
            for span in &anchor.spans {
                let first = anchor.row.unwrap_or(1);
                let place = format!("{} from {first}: {}..{}", document.id, span.start(), span.end());
                let day: jiff::civil::Date = made.time[..10].parse().unwrap();
                stretches.push((place, format!("{} {} {} {:?}", coding.id, code.name, coding.coder, Some(day))));
            }
        }
    }
    stretches.sort();
    let mut told = vec![format!("{missing} missing, {astray} astray")];
    told.extend(units);
    told.extend(stretches.into_iter().map(|(place, coding)| format!("{place} {coding}")));
    told
}

fn paragraph(shard: &Shard, base: usize, place: usize) -> (usize, usize) {
    let start = shard.text[..place].rfind('\n').map_or(0, |at| at + 1).max(base);
    let end = shard.text[place..].find('\n').map_or(shard.text.len(), |at| place + at);
    (start - base, end - base)
}

fn all_words<'s>(shard: &Shard, base: usize, units: impl Iterator<Item = &'s Unit>) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for segment in units.flat_map(|unit| &unit.speech) {
        let start = segment.span.start() - base;
        let words = words::words(segment.span.of(&shard.text).unwrap());
        all.extend(words.map(|(word, _)| (start + word.start(), start + word.end())));
    }
    all
}
