//! Words that turn what follows round (`not watched`, `less shame`, `nobody sees`), words that say a thing
//! goes on growing, and words too general to tell statements apart. Small lists by language, to be read and
//! argued with; a language without a list has no signs, and `not` counts like any other word there.

use crate::language::Language;

/// What a word does to the words around it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sign {
    /// Turns the next telling word of its clause round.
    Denies,
    /// The same; at the end of a clause it turns the last one round instead (`shame drops`).
    Lowers,
    /// Says nothing that its absence would not say (`more trust`, `trust grows`).
    Raises,
    /// Ends the reach of the words before it (`and`, `but`).
    Parts,
    /// Too general to tell anything (`people`, `someone`, `feel`).
    Light,
    /// No word of these lists.
    Plain,
}

struct Words {
    denies: &'static [&'static str],
    lowers: &'static [&'static str],
    raises: &'static [&'static str],
    parts: &'static [&'static str],
    light: &'static [&'static str],
    /// Written out, from one on.
    numbers: &'static [&'static str],
}

const NONE: Words = Words { denies: &[], lowers: &[], raises: &[], parts: &[], light: &[], numbers: &[] };

const ENGLISH: Words = Words {
    denies: &[
        "not", "no", "never", "nobody", "nothing", "none", "neither", "nor", "without", "cannot", "hardly", "instead",
        "lack", "lacks", "lacking", "stop", "stops", "prevent", "prevents", "unable", "refuse", "refuses",
    ],
    lowers: &[
        "less",
        "fewer",
        "lower",
        "lowers",
        "lowered",
        "reduce",
        "reduces",
        "reduced",
        "reducing",
        "reduction",
        "decrease",
        "decreases",
        "decreased",
        "decreasing",
        "drop",
        "drops",
        "dropped",
        "fall",
        "falls",
        "falling",
        "decline",
        "declines",
        "declined",
        "lessen",
        "lessens",
        "ease",
        "eases",
        "eased",
        "shrink",
        "shrinks",
        "worse",
        "worsens",
        "worsening",
        "lose",
        "loses",
        "losing",
        "miss",
        "misses",
        "missed",
        "missing",
        "avoid",
        "avoids",
        "avoided",
        "fail",
        "fails",
        "failed",
    ],
    raises: &[
        "more",
        "higher",
        "increase",
        "increases",
        "increased",
        "increasing",
        "rise",
        "rises",
        "rising",
        "grow",
        "grows",
        "growing",
        "better",
        "improve",
        "improves",
        "improved",
        "improving",
        "improvement",
        "gain",
        "gains",
    ],
    parts: &["and", "but", "or", "because", "so", "while"],
    light: &[
        "people",
        "person",
        "persons",
        "someone",
        "somebody",
        "anyone",
        "anybody",
        "everyone",
        "everybody",
        "thing",
        "things",
        "something",
        "anything",
        "everything",
        "ones",
        "may",
        "can",
        "get",
        "gets",
        "longer",
        "others",
        "way",
        "feel",
        "feels",
        "felt",
        "feeling",
        "also",
        "still",
        "even",
        "many",
        "much",
        "whose",
        "would",
        "could",
        "might",
        "must",
        "us",
    ],
    numbers: &["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"],
};

const GERMAN: Words = Words {
    denies: &["nicht", "kein", "keine", "keinen", "keiner", "keines", "nie", "niemals", "niemand", "nichts", "ohne"],
    lowers: &["weniger", "geringer", "sinkt", "sinken", "verringert", "abnimmt"],
    raises: &["mehr", "größer", "steigt", "steigen", "besser", "wächst"],
    parts: &["und", "aber", "oder", "weil"],
    light: &["menschen", "leute", "jemand", "etwas", "alle", "alles"],
    numbers: &["ein", "zwei", "drei", "vier", "fünf", "sechs", "sieben", "acht", "neun", "zehn", "elf", "zwölf"],
};

const FRENCH: Words = Words {
    denies: &["ne", "pas", "jamais", "rien", "personne", "aucun", "aucune", "sans"],
    lowers: &["moins", "diminue", "diminuent", "baisse", "réduit"],
    raises: &["plus", "davantage", "augmente", "augmentent", "mieux", "améliore"],
    parts: &["et", "mais", "ou", "car"],
    light: &["gens", "personnes", "chose", "choses", "tout", "tous"],
    numbers: &["un", "deux", "trois", "quatre", "cinq", "six", "sept", "huit", "neuf", "dix", "onze", "douze"],
};

const SPANISH: Words = Words {
    denies: &["no", "nunca", "nadie", "nada", "ningún", "ninguna", "sin", "ni"],
    lowers: &["menos", "menor", "disminuye", "reduce", "baja"],
    raises: &["más", "mayor", "aumenta", "mejor", "mejora", "crece"],
    parts: &["y", "pero", "o", "porque"],
    light: &["personas", "gente", "alguien", "algo", "todos", "todo", "cosa", "cosas"],
    numbers: &["uno", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"],
};

/// The plainest words that deny, none for a language without a list.
pub fn denials(language: Language) -> &'static [&'static str] {
    const PLAINEST: usize = 4;
    let all = words_of(language).denies;
    &all[..all.len().min(PLAINEST)]
}

fn words_of(language: Language) -> &'static Words {
    match language.code() {
        "en" => &ENGLISH,
        "de" => &GERMAN,
        "fr" => &FRENCH,
        "es" => &SPANISH,
        _ => &NONE,
    }
}

/// What a folded word does.
pub fn sign(word: &str, language: Language) -> Sign {
    let words = words_of(language);
    let lists = [
        (words.denies, Sign::Denies),
        (words.lowers, Sign::Lowers),
        (words.raises, Sign::Raises),
        (words.parts, Sign::Parts),
        (words.light, Sign::Light),
    ];
    let shortened = language == Language::ENGLISH && word.ends_with("n't");
    if shortened {
        return Sign::Denies;
    }
    lists.into_iter().find(|(list, _)| list.contains(&word)).map_or(Sign::Plain, |(_, sign)| sign)
}

/// Irregular forms that no stemmer brings together, each before what it is a form of.
const IRREGULAR: &[(&str, &str)] = &[
    ("ate", "eat"),
    ("eaten", "eat"),
    ("became", "become"),
    ("began", "begin"),
    ("begun", "begin"),
    ("bought", "buy"),
    ("broke", "break"),
    ("broken", "break"),
    ("brought", "bring"),
    ("came", "come"),
    ("chose", "choose"),
    ("chosen", "choose"),
    ("forgot", "forget"),
    ("forgotten", "forget"),
    ("found", "find"),
    ("gave", "give"),
    ("given", "give"),
    ("gone", "go"),
    ("went", "go"),
    ("heard", "hear"),
    ("held", "hold"),
    ("kept", "keep"),
    ("knew", "know"),
    ("known", "know"),
    ("led", "lead"),
    ("left", "leave"),
    ("lent", "lend"),
    ("lost", "lose"),
    ("made", "make"),
    ("meant", "mean"),
    ("met", "meet"),
    ("paid", "pay"),
    ("said", "say"),
    ("saw", "see"),
    ("seen", "see"),
    ("sent", "send"),
    ("shown", "show"),
    ("slept", "sleep"),
    ("spoke", "speak"),
    ("spoken", "speak"),
    ("spent", "spend"),
    ("taken", "take"),
    ("took", "take"),
    ("taught", "teach"),
    ("thought", "think"),
    ("told", "tell"),
    ("understood", "understand"),
    ("written", "write"),
    ("wrote", "write"),
];

/// The word an irregular form is of; any other word as it stands.
pub fn regular(word: &str, language: Language) -> &str {
    let of = |(form, _): &&(&str, &str)| *form == word && language == Language::ENGLISH;
    IRREGULAR.iter().find(of).map_or(word, |(_, regular)| regular)
}

/// A number in digits or, up to twelve, in words.
pub fn number(word: &str, language: Language) -> Option<u32> {
    let written = words_of(language).numbers.iter().position(|one| *one == word);
    word.parse().ok().or_else(|| u32::try_from(written? + 1).ok())
}
