//! What is written is read back, field by field, in every format.

use super::render;
use crate::codebook::{Field, Outline, Outlined, Parent, ready};
use crate::id::Id;
use crate::import::codebook::{self, Format};
use proptest::prelude::*;

fn round(format: Format, outline: &Outline) -> Outline {
    let bytes = render(format, outline).unwrap();
    assert_eq!(render(format, outline).unwrap(), bytes, "{format}: the same bytes twice");
    let read = codebook::read(format, &bytes, &codebook::limits()).unwrap();
    assert_eq!((read.invalid, read.notes), (vec![], vec![]), "{format}");
    bare(read.outline)
}

/// Without lines, which are each format's own.
fn bare(mut outline: Outline) -> Outline {
    outline.entries.iter_mut().for_each(|entry| entry.line = 0);
    outline
}

/// A codebook with every field said, names that repeat and texts that look like what a format writes.
fn full() -> Outline {
    let id = |n: u8| Some(Id::from_bytes([n; 16]));
    let mut top = Outlined { id: id(1), ..Outlined::new(0, "Bonds > ties") };
    let mut deep = Outlined { id: id(2), parent: Some(Parent::Entry(0)), ..Outlined::new(0, "Trust & \"faith\" <i>") };
    let same = Outlined { id: id(3), ..Outlined::new(0, "Bonds") };
    let below = Outlined { id: id(4), parent: Some(Parent::Entry(2)), ..Outlined::new(0, "ties") };
    let mut far = Outlined { id: id(5), parent: Some(Parent::Entry(3)), ..Outlined::new(0, "=SUM(A1)") };
    let say = |entry: &mut Outlined, field, texts: &[&str]| {
        entry.say(field, &texts.iter().map(|text| (*text).to_owned()).collect::<Vec<_>>()).unwrap();
    };
    say(&mut top, Field::Heading, &["yes"]);
    say(&mut deep, Field::Kind, &["cmo_part"]);
    say(&mut deep, Field::Colour, &["#33CC99"]);
    say(&mut deep, Field::Definition, &["# One\n\n- two\n[realist]\nAlias: three\n  \\four"]);
    say(&mut deep, Field::Include, &["-first\n\nsecond: \"x\""]);
    say(&mut deep, Field::Exclude, &["'=guarded"]);
    say(&mut deep, Field::Source, &["Pawson R, Tilley N. 1997"]);
    say(&mut deep, Field::Question, &["Who decides?\nAnd how?"]);
    say(&mut deep, Field::Examples, &["CD3.gj (0190c2d1-0000-7000-8000-000000000001)"]);
    say(&mut deep, Field::Aliases, &["Confidence; belief", "say \"so\"", "+1"]);
    say(&mut deep, Field::Sets, &["Group::1", "Group::2"]);
    say(&mut far, Field::Book, &["second"]);
    say(&mut far, Field::Heading, &["yes"]);
    say(&mut far, Field::Retired, &["yes"]);
    say(&mut far, Field::MergedInto, &["02020202-0202-0202-0202-020202020202"]);
    Outline { entries: vec![top, deep, same, below, far] }
}

#[test]
fn every_field_comes_back_in_every_format() {
    let before = full();
    let said: std::collections::BTreeSet<&Field> = before.entries.iter().flat_map(|entry| entry.said.keys()).collect();
    assert_eq!(said.len(), Field::ALL.len(), "the example says every field");
    for format in Format::ALL {
        assert_eq!(round(*format, &before), before, "{format}");
    }
}

#[test]
fn the_ready_codebooks_come_back_too() {
    for ready in ready::all().unwrap() {
        let before = bare(ready.outline);
        for format in Format::ALL {
            assert_eq!(round(*format, &before), before, "{}: {format}", ready.key);
        }
    }
}

#[test]
fn what_other_programs_wrote_comes_back_from_our_own_file() {
    let Some(folder) = crate::testdata::real("refi-qda/codebooks") else { return };
    for file in std::fs::read_dir(folder).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        let before = bare(codebook::read(Format::Qdc, &bytes, &codebook::limits()).unwrap().outline);
        for format in Format::ALL {
            assert_eq!(round(*format, &before), before, "{format}");
        }
    }
}

fn words() -> impl Strategy<Value = String> {
    proptest::collection::vec("[ -~éß😀]{0,9}", 0..4).prop_map(|lines| lines.join("\n"))
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn any_words_come_back(names in proptest::collection::vec("[ -~é]{0,8}[a-z]", 1..5), definition in words(), include in words(), alias in words(), set in "[a-z;\"]{0,6}") {
        let mut outline = Outline::default();
        for (at, name) in names.iter().enumerate() {
            let mut entry = Outlined { id: Some(Id::from_bytes([u8::try_from(at).unwrap() + 1; 16])), ..Outlined::new(0, name) };
            entry.parent = at.checked_sub(1).map(|above| Parent::Entry(above / 2));
            entry.say(Field::Definition, std::slice::from_ref(&definition)).unwrap();
            entry.say(Field::Include, std::slice::from_ref(&include)).unwrap();
            entry.say(Field::Aliases, &[alias.clone(), "other".to_owned()]).unwrap();
            entry.say(Field::Sets, std::slice::from_ref(&set)).unwrap();
            outline.entries.push(entry);
        }
        for format in [Format::Csv, Format::Qdc, Format::Md, Format::Toml] {
            prop_assert_eq!(in_order(&round(format, &outline)), in_order(&outline), "{}", format);
        }
    }
}

/// Each entry with the name above it: a tree may be written in another order than it was given in.
fn in_order(outline: &Outline) -> Vec<String> {
    let above = |entry: &Outlined| match entry.parent {
        Some(Parent::Entry(at)) => Some(outline.entries[at].id),
        _ => None,
    };
    let tell = |entry: &Outlined| format!("{:?} {:?} {:?} {:?}", entry.id, entry.name, above(entry), entry.said);
    let mut told: Vec<String> = outline.entries.iter().map(tell).collect();
    told.sort();
    told
}
