//! Tests of reading REFI-QDA codebooks: the schema's rules one by one, and files that programs wrote.

use super::*;

const GUID: &str = "5215cc69-b628-4e02-afb9-9beeaee55808";

fn lines_of(found: &[Diagnostic]) -> Vec<usize> {
    found.iter().filter_map(|one| one.place.as_ref()?.line).collect()
}

fn book(inside: &str) -> Read {
    let xml = format!("<CodeBook xmlns=\"{NAMESPACE}\">{inside}</CodeBook>");
    read(&xml.replace("GUID", GUID), &Limits::default()).unwrap()
}

#[test]
fn each_rule_of_the_schema_is_held_against_the_file() {
    const CODE: &str = "<Code guid='GUID' name='a' isCodable='true'/>";
    let valid = [
        CODE.to_owned(),
        "<Code guid='{GUID}' name='a' isCodable='0' color='#fff'><Description>x</Description><Code guid='00000000-0000-0000-0000-000000000001' name='b' isCodable='1'/></Code>".to_owned(),
    ];
    for codes in &valid {
        assert_eq!(book(&format!("<Codes>{codes}</Codes>")).invalid, [], "{codes}");
    }
    assert_eq!(
        book(&format!("<Codes>{CODE}</Codes><Sets><Set guid='GUID' name='s'><MemberCode guid='GUID'/></Set></Sets>"))
            .invalid,
        []
    );
    let broken = [
        String::new(),
        "<Codes/>".to_owned(),
        format!("<Codes>{CODE}</Codes><Sets/>"),
        format!("<Sets><Set guid='GUID' name='s'/></Sets><Codes>{CODE}</Codes>"),
        format!("<Codes>{CODE}</Codes><Codes>{CODE}</Codes>"),
        format!("<Codes>{CODE}</Codes><Notes/>"),
        format!("<Codes>{CODE} words</Codes>"),
        format!("<Codes>{CODE}<Note/></Codes>"),
        "<Codes><Code guid='GUID' name='a'/></Codes>".to_owned(),
        "<Codes><Code name='a' isCodable='true'/></Codes>".to_owned(),
        "<Codes><Code guid='GUID' isCodable='true'/></Codes>".to_owned(),
        "<Codes><Code guid='7' name='a' isCodable='true'/></Codes>".to_owned(),
        "<Codes><Code guid='{GUID' name='a' isCodable='true'/></Codes>".to_owned(),
        "<Codes><Code guid='GUID' name='a' isCodable='yes'/></Codes>".to_owned(),
        "<Codes><Code guid='GUID' name='a' isCodable='true' color='red'/></Codes>".to_owned(),
        "<Codes><Code guid='GUID' name='a' isCodable='true' weight='1'/></Codes>".to_owned(),
        "<Codes><Code guid='GUID' name='a' isCodable='true'><Description/><Description/></Code></Codes>".to_owned(),
        "<Codes><Code guid='GUID' name='a' isCodable='true'><Description><b/></Description></Code></Codes>".to_owned(),
        format!("<Codes>{CODE}</Codes><Sets><Set guid='GUID'/></Sets>"),
        format!("<Codes>{CODE}</Codes><Sets><Set guid='GUID' name='s'><MemberCode/></Set></Sets>"),
    ];
    for inside in &broken {
        assert_eq!(book(inside).invalid.len(), 1, "{inside}: {:?}", book(inside).invalid);
    }
    let other =
        read("<CodeBook><Codes><Code guid='GUID' name='a' isCodable='true'/></Codes></CodeBook>", &Limits::default());
    assert_eq!(other.unwrap().invalid.len(), 2, "no namespace, no guid");
}

#[test]
fn what_is_wrong_is_named_by_its_line() {
    let read =
        book("\n<Codes>\n<Code guid='GUID' name='a' isCodable='true' description='said here'/>\n</Codes>\n<Sets/>");
    assert_eq!(lines_of(&read.invalid), [3, 5]);
    assert_eq!(read.outline.entries[0].texts(Field::Definition), ["said here"]);
}

#[test]
fn another_file_is_named() {
    assert_eq!(read("<Project/>", &Limits::default()).unwrap_err().0.code, "wrong-format");
}

/// File, codes, lines of what is against the schema.
const SAMPLES: &[(&str, usize, &[usize])] = &[
    ("portableqda_Atlasti.qdc", 5, &[2]),
    ("portableqda_REFI-QDA-1-5.qdc", 6, &[25]),
    ("portableqda_doorstop-core-tests-files-exported.qdc", 8, &[4]),
    ("portableqda_test_compare_Diff_destAtlas.qdc", 2, &[]),
    ("taguette_1.5.2_generated_codebook.qdc", 2, &[2]),
];

#[test]
fn codebooks_of_other_programs_are_read_and_their_faults_have_lines() {
    let Some(folder) = crate::testdata::real("refi-qda/codebooks") else { return };
    for (name, codes, faults) in SAMPLES {
        let text = std::fs::read_to_string(folder.join(name)).unwrap();
        let read = read(&text, &Limits::default()).unwrap();
        let written = text.matches("<Code ").count();
        assert_eq!((read.outline.entries.len(), written), (*codes, *codes), "{name}");
        assert_eq!(lines_of(&read.invalid).first(), faults.first(), "{name}: {:?}", read.invalid);
        assert_eq!(read.invalid.is_empty(), faults.is_empty(), "{name}");
    }
}

#[test]
fn groups_of_another_program_become_sets() {
    let Some(path) = crate::testdata::real("refi-qda/codebooks/portableqda_Atlasti.qdc") else { return };
    let read = read(&std::fs::read_to_string(path).unwrap(), &Limits::default()).unwrap();
    let entry = |name: &str| read.outline.entries.iter().find(|entry| entry.name == name).unwrap();
    assert_eq!(entry("code1.1").texts(Field::Sets), ["codeGroup1::codeGroup1.1", "codeGroup1::codeGroup1.2"]);
    assert_eq!(entry("code3").texts(Field::Heading), ["yes"]);
    assert_eq!(entry("code:3.1").parent, Some(Parent::Entry(3)));
}
