//! An oracle from elsewhere: JabRef's importer tests with the BibTeX it expects beside them (19 pairs, 23
//! records of RIS, MEDLINE XML and text, EndNote XML). Where we differ, the reason is here and in
//! `docs/import.md`.

use super::read;
use crate::reference::{Reference, folded};

/// Where a record differs from what JabRef makes of it, and why.
const DIFFERS: &[(&str, usize, &str, &str)] = &[
    ("RisImporterTest1.ris", 1, "title", "a subtitle that only repeats words of the title is not appended"),
    ("RisImporterTest1.ris", 1, "authors", "A2 is an editor in RIS, not a further author"),
    ("RisImporterTest1.ris", 1, "journal", "JF, the full name, comes before JO"),
    ("RisImporterTest7.ris", 1, "authors", "A2 is an editor in RIS, not a further author"),
    ("RisImporterTestDate1.1.ris", 1, "journal", "JF, the full name, comes before JO, which is short here"),
    ("RisImporterTestDoiAndJournalTitle.ris", 1, "authors", "BibTeX takes a first word in lower case for a particle"),
    ("MedlineImporterTestBookArticleSet.xml", 1, "authors", "a body without braces is cut into names by BibTeX"),
    ("MedlineImporterTestNbib.xml", 2, "authors", "a body without braces is cut into names by BibTeX"),
];

const PAIRS: &[&str] = &[
    "RisImporterTest1.ris",
    "RisImporterTest4a.ris",
    "RisImporterTest4c.ris",
    "RisImporterTest5b.ris",
    "RisImporterTest7.ris",
    "RisImporterTest9.ris",
    "RisImporterTestDate1.1.ris",
    "RisImporterTestDoiAndJournalTitle.ris",
    "RisImporterTestScopus.ris",
    "MedlineImporterTestArticleItalics.xml",
    "MedlineImporterTestBookArticleSet.xml",
    "MedlineImporterTestMeshHeadingList.xml",
    "MedlineImporterTestNbib.xml",
    "MedlinePlainImporterStringOutOfBounds.txt",
    "MedlinePlainImporterTestDOI.txt",
    "MedlinePlainImporterTestMultiTitle.txt",
    "EndnoteXmlImporterTestArticle2.xml",
    "EndnoteXmlImporterTestReport.xml",
    "EndnoteXmlImporterTest_WithoutUrlStyle.xml",
];

/// The five fields that are compared, folded: LaTeX is gone, names are split.
fn fields(reference: &Reference) -> [(&'static str, String); 5] {
    let text = |field: &Option<String>| field.as_deref().map(folded).unwrap_or_default();
    let authors: Vec<String> = reference.authors.iter().map(|one| folded(&one.to_string())).collect();
    [
        ("title", text(&reference.title)),
        ("authors", authors.join("; ")),
        ("year", reference.year.map(|year| year.to_string()).unwrap_or_default()),
        ("journal", text(&reference.journal)),
        ("doi", text(&reference.doi)),
    ]
}

fn references(path: &std::path::Path, format: Option<&str>) -> Vec<Reference> {
    let library = read(&std::fs::read(path).unwrap(), format).unwrap();
    library.records.into_iter().filter_map(|record| record.read.ok()).collect()
}

#[test]
fn jabrefs_own_tests_agree_or_are_explained() {
    let Some(folder) = crate::testdata::real("bibliographic/jabref-import-tests") else { return };
    let mut records = 0;
    let mut explained = Vec::new();
    let mut wrong = Vec::new();
    for name in PAIRS {
        let input = folder.join(name);
        let (ours, theirs) = (references(&input, None), references(&input.with_extension("bib"), Some("bibtex")));
        assert_eq!(ours.len(), theirs.len(), "{name}");
        for (at, (ours, theirs)) in ours.iter().zip(&theirs).enumerate() {
            records += 1;
            for ((field, our), (_, their)) in fields(ours).into_iter().zip(fields(theirs)) {
                let reason = DIFFERS.iter().find(|one| (one.0, one.1, one.2) == (*name, at + 1, field));
                match (our == their, reason) {
                    (true, None) => {}
                    (false, Some(reason)) => explained.push(reason),
                    _ => wrong.push(format!("{name} {} {field}: ours '{our}', theirs '{their}'", at + 1)),
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
    assert_eq!((PAIRS.len(), records, explained.len()), (19, 23, DIFFERS.len()));
}

/// Formats that are known and not read are named, so that people know what they have.
#[test]
fn formats_that_are_not_read_are_named() {
    let Some(folder) = crate::testdata::real("bibliographic/jabref-import-tests") else { return };
    let named = [
        ("MODSImporterTestAllFields.xml", "MODS"),
        ("MODSImporterTestMinimal.xml", "MODS"),
        ("MODSImporterTestModsCollection.xml", "MODS"),
        ("MarcXMLParserTestInProceedings.xml", "MARCXML"),
        ("MarcXmlParserTestBook.xml", "MARCXML"),
        ("MarcXmlParserTestNotes.xml", "MARCXML"),
        ("MarcXmlParserTestThesis.xml", "MARCXML"),
        ("MsBibImporterTest4.xml", "MSBib"),
        ("MsBibLCID.xml", "MSBib"),
        ("EmptyMsBib_Test.xml", "MSBib"),
        ("CitaviXmlImporterTest1.ctv6bak", "Citavi"),
        ("CitaviXmlImporterTest3.ctv6bak", "Citavi"),
        ("InspecImportTest2.txt", "Inspec"),
        ("CopacImporterTest2.txt", "Copac"),
        ("RepecNepImporterTest1.txt", "RePEc"),
        ("RepecNepImporterTest3.txt", "RePEc"),
        ("BiblioscapeImporterTestComments.txt", "Biblioscape"),
        ("BiblioscapeImporterTestInbook.txt", "Biblioscape"),
        ("OvidImporterTest1.txt", "Ovid"),
        ("OvidImporterTest7.txt", "Ovid"),
        ("CffImporterTestValid.cff", "CFF"),
    ];
    for (file, format) in named {
        let fault = read(&std::fs::read(folder.join(file)).unwrap(), None).unwrap_err();
        assert!(fault.0.code == "foreign-library" && fault.0.message.contains(format), "{file}: {fault}");
    }
}
