//! EndNote XML, also as Bookends, Zotero and others write it.

use super::builder::{Builder, Field};
use super::element::{self, Element};
use super::{Cut, Reader};
use crate::reference::Name;

pub struct EndNote;

/// Where a record has what, from the record down.
const PATHS: &[(&[&str], Field)] = &[
    (&["titles", "title"], Field::Title),
    (&["titles", "secondary-title"], Field::Journal(0)),
    (&["periodical", "full-title"], Field::Journal(1)),
    (&["titles", "alt-title"], Field::Journal(2)),
    (&["periodical", "abbr-1"], Field::ShortJournal),
    (&["dates", "year"], Field::Year(0)),
    (&["dates", "pub-dates", "date"], Field::Year(1)),
    (&["volume"], Field::Volume),
    (&["number"], Field::Issue),
    (&["pages"], Field::Pages),
    (&["electronic-resource-num"], Field::Doi),
    (&["isbn"], Field::Issn),
    (&["abstract"], Field::Abstract),
    (&["language"], Field::Language),
    (&["notes"], Field::Note),
    (&["research-notes"], Field::Note),
];

impl Reader for EndNote {
    fn key(&self) -> &'static str {
        "endnote"
    }

    fn title(&self) -> &'static str {
        "EndNote XML"
    }

    fn claims(&self, start: &str, _: &str) -> bool {
        start.contains("<record>") && start.contains("<ref-type")
    }

    fn read(&self, text: &str, cut: &mut Cut) {
        for (line, xml) in element::cut(text, "record") {
            cut.push(line, || Element::read(xml).map(|record| builder(&record)));
        }
    }
}

fn builder(record: &Element) -> Builder {
    let mut builder = Builder::new();
    if let Some(kind) = record.at(&["ref-type"]) {
        let name = kind.attribute("name").map_or_else(|| kind.text(), str::to_owned);
        builder.put(Some(Field::Kind), "ref-type", &name);
    }
    for (path, field) in PATHS {
        if let Some(found) = record.at(path) {
            builder.put(Some(*field), &found.name, &found.text());
        }
    }
    people(record, "authors").for_each(|author| builder.author(author));
    for list in ["secondary-authors", "tertiary-authors"] {
        people(record, list).for_each(|editor| builder.editor(editor));
    }
    for keyword in record.at(&["keywords"]).into_iter().flat_map(|list| list.all("keyword")) {
        builder.put(Some(Field::Keyword), "keyword", &keyword.text());
    }
    for list in record.at(&["urls"]).into_iter().flat_map(Element::elements) {
        let is_file = list.name == "pdf-urls";
        for url in list.elements() {
            builder.put((!is_file).then_some(Field::Url), &list.name, &url.text());
        }
    }
    for element in record.elements().filter(|element| !is_known(&element.name)) {
        builder.put(None, &element.name, &element.text());
    }
    builder
}

fn is_known(name: &str) -> bool {
    const LISTS: &[&str] = &["ref-type", "contributors", "keywords", "urls", "titles", "dates", "periodical"];
    const OF_THE_FILE: &[&str] = &["database", "source-app", "rec-number", "foreign-keys", "alt-periodical"];
    LISTS.contains(&name) || OF_THE_FILE.contains(&name) || PATHS.iter().any(|(path, _)| *path == [name])
}

fn people<'r>(record: &'r Element, list: &'r str) -> impl Iterator<Item = Name> + 'r {
    let lists = record.at(&["contributors"]).into_iter().flat_map(move |people| people.all(list));
    lists.flat_map(Element::elements).filter_map(|author| Name::read(&author.text()))
}
