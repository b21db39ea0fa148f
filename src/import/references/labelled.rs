//! Duplicates (`reference/twins`) on pairs of real references labelled by eye: 100 that were proposed,
//! 100 that were not, drawn by what they share, and the likest of those that were not. Rows and verdicts only; the references lie beside
//! the project. Precision and recall by stratum are in `docs/import.md`.

use super::read;
use crate::reference::Reference;
use crate::reference::twins::{Features, LEAST, proposals};
use std::collections::BTreeSet;

/// Files whose records follow each other; a pair is two places, from 0.
struct Set {
    name: &'static str,
    files: &'static [&'static str],
}

static ASYSD: Set = Set { name: "asysd", files: &["asysd-same-library/zotero_export.csv"] };
static WILDFIRE: Set = Set {
    name: "citesource-benchmark",
    files: &[
        "citesource-benchmark/search1_166.ris",
        "citesource-benchmark/search2_278.ris",
        "citesource-benchmark/search3_302.ris",
        "citesource-benchmark/search4_460.ris",
        "citesource-benchmark/search5_495.ris",
    ],
};
static GAMBLING: Set = Set {
    name: "citesource-gambling-harms",
    files: &[
        "citesource-gambling-harms/20221207_gambling-harms_crimjust_41.ris",
        "citesource-gambling-harms/20221207_gambling-harms_psycinfo_124.ris",
        "citesource-gambling-harms/20221207_gambling-harms_scopus_255.ris",
    ],
};

/// Pairs of one stratum and set that a person found to be one report, or two.
struct Drawn {
    stratum: &'static str,
    same: bool,
    library: &'static Set,
    pairs: &'static [(usize, usize)],
}

#[rustfmt::skip]
const DRAWN: &[Drawn] = &[
    Drawn { stratum: "equal DOI", same: true, library: &WILDFIRE, pairs: &[(18, 1308), (38, 236), (67, 1677), (145, 1592), (188, 1289), (262, 936), (265, 1465), (281, 1480), (315, 501), (345, 659), (367, 1082), (419, 1174), (462, 1239), (479, 1276), (516, 862), (521, 1146), (531, 1371), (550, 1400), (631, 986), (631, 1506), (705, 1133), (751, 1210), (775, 1265), (805, 1307), (857, 1351), (862, 1350), (902, 1430), (1013, 1525), (1077, 1584), (1196, 1692)] },
    Drawn { stratum: "equal DOI", same: true, library: &GAMBLING, pairs: &[(47, 268), (48, 311), (51, 300), (54, 345), (58, 299), (63, 388), (88, 240), (93, 290), (98, 278), (113, 293), (114, 346), (118, 302), (125, 378), (135, 342), (153, 385), (158, 398), (160, 400)] },
    Drawn { stratum: "no equal DOI, same first author and year", same: true, library: &WILDFIRE, pairs: &[(52, 1019), (66, 1474), (75, 312), (75, 634), (149, 1622), (163, 742), (163, 1697), (229, 1431), (336, 1019), (380, 691), (440, 742), (440, 1202), (456, 1225), (478, 1270), (490, 1294), (552, 1402), (560, 903), (560, 1431), (760, 1228), (785, 1270), (903, 1431), (948, 1474), (989, 1509), (1118, 1622)] },
    Drawn { stratum: "no equal DOI, same first author and year", same: true, library: &GAMBLING, pairs: &[(6, 375), (7, 388), (8, 9), (10, 407), (16, 68), (20, 232), (24, 69), (28, 87), (29, 108), (30, 107), (34, 144), (34, 369), (35, 376), (36, 385), (39, 412), (60, 401)] },
    Drawn { stratum: "neither", same: true, library: &GAMBLING, pairs: &[(8, 410), (9, 410), (10, 11), (11, 65), (11, 407), (13, 90), (15, 92), (15, 312), (19, 117), (27, 109), (35, 40), (40, 148), (40, 376)] },
    Drawn { stratum: "equal DOI", same: false, library: &ASYSD, pairs: &[(148, 1069), (148, 1089), (400, 514), (1069, 1089)] },
    Drawn { stratum: "titles .6-.9", same: false, library: &ASYSD, pairs: &[(1, 27), (1, 29), (11, 181), (27, 226), (29, 93), (29, 246), (29, 330), (30, 102), (45, 81), (45, 111), (56, 81), (60, 432), (68, 111), (68, 221), (74, 689), (93, 226), (93, 246), (111, 118), (111, 184), (111, 501), (114, 501), (118, 221), (118, 246), (140, 414), (142, 167), (171, 337), (173, 177), (174, 337), (180, 500), (221, 287), (226, 287), (229, 283), (261, 476), (602, 689)] },
    Drawn { stratum: "titles .6-.9", same: false, library: &WILDFIRE, pairs: &[(10, 179), (10, 1265), (34, 1299), (63, 1417), (179, 780), (180, 775), (188, 324), (256, 1327), (477, 481), (481, 1265), (505, 586), (565, 814), (572, 1484), (611, 901)] },
    Drawn { stratum: "same first author and year", same: false, library: &GAMBLING, pairs: &[(4, 138), (29, 281), (41, 210), (51, 314), (112, 302), (123, 372), (138, 345), (139, 373), (146, 381), (147, 355), (180, 194), (192, 214), (194, 222), (260, 273), (279, 284), (281, 282), (300, 303), (302, 314), (360, 363), (372, 381)] },
    Drawn { stratum: "same first author and year", same: false, library: &WILDFIRE, pairs: &[(51, 121), (51, 657), (238, 1380), (244, 576), (246, 574), (246, 911), (317, 893), (332, 953), (354, 899), (536, 1542), (537, 568), (574, 1442), (666, 899), (666, 1427), (887, 899), (893, 997), (899, 1415), (911, 915), (1032, 1378)] },
    Drawn { stratum: "same first author and year", same: false, library: &ASYSD, pairs: &[(13, 22), (102, 150), (109, 382), (122, 375), (124, 361), (172, 420), (173, 433), (512, 530), (1029, 1198)] },
    Drawn { stratum: "the likest of all", same: false, library: &ASYSD, pairs: &[(1, 114), (2, 5), (15, 23), (16, 49), (28, 35), (29, 39), (36, 91), (46, 186), (50, 59), (55, 135), (85, 91), (98, 122), (111, 221), (132, 603), (169, 431), (170, 204), (177, 249), (208, 278), (488, 489), (745, 1205), (1218, 1219), (1218, 1223)] },
    Drawn { stratum: "the likest of all", same: false, library: &WILDFIRE, pairs: &[(57, 899)] },
];

fn records(files: &[&str], root: &std::path::Path) -> Vec<Reference> {
    let read = |file: &&str| read(&std::fs::read(root.join(file)).unwrap(), None).unwrap().records;
    files.iter().flat_map(read).map(|record| record.read.unwrap()).collect()
}

fn proposed(references: &[Reference]) -> BTreeSet<(usize, usize)> {
    let features: Vec<Features> = references.iter().map(Features::of).collect();
    proposals(&features, LEAST).into_iter().map(|one| (one.first, one.second)).collect()
}

#[test]
fn every_pair_is_judged_as_a_person_judged_it() {
    let Some(root) = crate::testdata::real("bibliographic") else { return };
    let mut wrong = Vec::new();
    for set in [&ASYSD, &WILDFIRE, &GAMBLING] {
        let proposed = proposed(&records(set.files, &root));
        for drawn in DRAWN.iter().filter(|drawn| drawn.library.name == set.name) {
            let misjudged = drawn.pairs.iter().filter(|pair| proposed.contains(pair) != drawn.same);
            wrong.extend(misjudged.map(|pair| (set.name, drawn.stratum, *pair, drawn.same)));
        }
    }
    assert!(wrong.is_empty(), "{wrong:?}");
    let count = |same: bool| -> usize { DRAWN.iter().filter(|one| one.same == same).map(|one| one.pairs.len()).sum() };
    assert!(count(true) >= 100 && count(false) >= 100);
}

/// One library as RIS and as BibTeX: record i is record i.
#[test]
fn one_library_in_two_formats_is_found_whole() {
    let Some(root) = crate::testdata::real("bibliographic/asysd-same-library") else { return };
    let both = records(&["zotero_export.ris", "zotero_export.bib"], &root);
    let proposed = proposed(&both);
    let missed: Vec<usize> = (0..1000).filter(|at| !proposed.contains(&(*at, at + 1000))).collect();
    assert!(missed.is_empty(), "{missed:?}");
    // What else is proposed is repeated within the library: both formats say so alike.
    for (first, second) in proposed.iter().filter(|(first, second)| first + 1000 != *second) {
        let (first, second) = (first % 1000, second % 1000);
        let within = (first.min(second), first.max(second));
        let title = |at: usize| both[at].title.as_deref().map(crate::reference::folded);
        assert!(proposed.contains(&within), "{within:?}");
        assert_eq!(title(within.0), title(within.1), "{within:?}");
    }
}
