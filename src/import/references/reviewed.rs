//! What review tools add to a list of references: decisions, codes, archives of several files.

use super::*;

#[test]
fn what_eppi_reviewers_coded_becomes_rows_with_codes_and_remarks() {
    let text = r#"{"CodeSets":[{"SetName":"Themes","SetDescription":"ours","Attributes":{"AttributesList":[
        {"AttributeId":5,"AttributeName":"Trust","AttributeSetDescription":"Reliance",
         "Attributes":{"AttributesList":[{"AttributeId":6,"AttributeName":"Lost trust"}]}}]}}],
        "References":[{"ItemId":1,"Title":"Uncoded","Codes":[]},{"ItemId":2,"Title":"Signals","Codes":[
        {"AttributeId":5,"AdditionalText":"of the\r\nwhole","ArmTitle":"control"},
        {"AttributeId":6,"AdditionalText":"here","ItemAttributeFullTextDetails":[
         {"Text":"Page 3:\n[¬s]\"Lanterns were\"\n\"seen.[¬e]\""},{"Text":"As text."}]},
        {"AttributeId":5,"ItemAttributeFullTextDetails":[{"Text":"As text."}]}],"Outcomes":[{},{}]}]}"#;
    let about = read(text.as_bytes(), None).unwrap().about;
    let coded = about.coded.unwrap();
    assert_eq!(coded.draft.text, "Signals\nLanterns were\nseen.\nAs text.");
    let rows: Vec<_> =
        coded.draft.units.iter().map(|unit| (unit.n, unit.study, unit.page, unit.speech.len())).collect();
    assert_eq!(rows, [(1, Some(0), None, 1), (2, Some(0), Some(3), 2), (3, Some(0), None, 1)]);
    assert_eq!((coded.records, coded.draft.header.studies.len()), (vec![2], 1));
    let names: Vec<_> =
        coded.codes.iter().map(|node| (node.name.as_str(), node.parent, node.definition.as_deref())).collect();
    assert_eq!(
        names,
        [("Themes", None, Some("ours")), ("Trust", Some(0), Some("Reliance")), ("Lost trust", Some(1), None)]
    );
    let codings: Vec<_> = coded.codings.iter().map(|one| (one.row, one.code)).collect();
    assert_eq!(codings, [(1, 1), (2, 2), (3, 1), (3, 2)]);
    let remarks: Vec<_> = coded.remarks.iter().map(|one| (one.on.row, one.text.as_str())).collect();
    assert_eq!(remarks, [(1, "of the\nwhole"), (2, "here")]);
    assert!(about.warnings[0].message.contains("1 name of an arm beside a code, 2 outcomes"), "{:?}", about.warnings);
}

#[test]
fn what_a_review_tool_decided_is_kept_under_its_name() {
    let text = "key,title,authors,year,journal,notes,doi\nrayyan-1,Signals,\"Chapman, A.\",1937,Harbours,\
        \"RAYYAN-INCLUSION: {\"\"Ann\"\"=>\"\"Included\"\"} | RAYYAN-LABELS: rural | seen twice\",10.1000/sea.1\n";
    let reference = only(text);
    assert_eq!(reference.other["rayyan decision"], ["Included by 1"]);
    assert_eq!(
        (&reference.other["rayyan label"][0], &reference.other["notes"][0]),
        (&"rural".to_owned(), &"seen twice".to_owned())
    );
    let text = "Title,Authors,Published Year,Journal,Covidence #,Study,Notes,Tags\nSignals,\"Chapman, A.\",1937,Harbours,#12,Chapman 1937,mind the year,\"rural; cost\"\n";
    let reference = only(text);
    let other = |name: &str| reference.other[name][0].as_str();
    assert_eq!(
        [other("Covidence #"), other("Study"), other("Notes"), other("Tags")],
        ["#12", "Chapman 1937", "mind the year", "rural; cost"]
    );
}

#[test]
fn libraries_in_an_archive_are_read_one_after_the_other() {
    let pack = |parts: &[(&str, &str)]| {
        let mut writer = zip::ZipWriter::new(std::io::Cursor::new(Vec::new()));
        for (name, text) in parts {
            writer.start_file(*name, zip::write::SimpleFileOptions::default()).unwrap();
            std::io::Write::write_all(&mut writer, text.as_bytes()).unwrap();
        }
        writer.finish().unwrap().into_inner()
    };
    let table = "key,title,authors,year,journal,doi\nrayyan-1,Signals,\"Chapman, A.\",1937,Harbours,10.1000/sea.1\n";
    let bytes =
        pack(&[("articles.csv", table), ("log.csv", "at,what\n1,2\n"), ("more.ris", "TY  - JOUR\nTI  - b\nER  - \n")]);
    assert!(is_library(&bytes));
    let library = read(&bytes, None).unwrap();
    assert_eq!(library.records.iter().map(|one| one.number).collect::<Vec<_>>(), [1, 2]);
    assert!(library.about.warnings[0].message.ends_with("left out: log.csv"), "{:?}", library.about.warnings);
    assert!(!is_library(&pack(&[("talk.txt", "Ann: yes")])));
    assert!(!is_library(&pack(&[("a.csv", table), ("word/document.xml", "<w/>")])));
    assert_eq!(read(&pack(&[("a.csv", "x,y\n1,2\n")]), None).unwrap_err().0.code, "unknown-library");
}

/// The one record of a table.
fn only(text: &str) -> Reference {
    let library = read(text.as_bytes(), None).unwrap();
    assert_eq!((library.about.format, library.records.len()), ("table", 1), "{:?}", library.about.warnings);
    library.records[0].read.clone().unwrap()
}
