//! Nominal group technique: each member gives the best item the most points, the next one fewer, down to 1.

#[derive(Debug, Clone, PartialEq)]
pub struct Scored {
    /// Its place in the list of items.
    pub item: usize,
    pub score: f64,
    /// Members who gave it any points.
    pub votes: usize,
    /// Share of all points that could be given.
    pub relative: f64,
    /// Share of what it would have if everybody put it first.
    pub of_max: f64,
    /// Members who put it first.
    pub firsts: usize,
    /// From 1; items no count can tell apart share the better place.
    pub rank: usize,
}

/// `points[item]` are the points members gave; each of `members` picks `picks` items.
///
/// `score = Σ points`, `relative = score / (m K (K + 1) / 2)`, `of_max = score / (m K)`. Order: score, then votes,
/// then first places. Worked, seven members, five picks: points 4 5 0 5 5 3 4 are 26 with 6 votes, 24.76 % and .743.
pub fn score(points: &[Vec<f64>], members: usize, picks: usize) -> Vec<Scored> {
    let (m, k) = (members as f64, picks as f64);
    let mut scored: Vec<Scored> = points
        .iter()
        .enumerate()
        .map(|(item, points)| {
            // The sum of nothing is -0.
            let score: f64 = points.iter().fold(0.0, |sum, points| sum + points);
            Scored {
                item,
                score,
                votes: points.iter().filter(|points| **points > 0.0).count(),
                relative: score / (m * k * (k + 1.0) / 2.0),
                of_max: score / (m * k),
                firsts: points.iter().filter(|points| (**points - k).abs() < 1e-9).count(),
                rank: 0,
            }
        })
        .collect();
    let better =
        |a: &Scored, b: &Scored| b.score.total_cmp(&a.score).then(b.votes.cmp(&a.votes)).then(b.firsts.cmp(&a.firsts));
    scored.sort_by(|a, b| better(a, b).then(a.item.cmp(&b.item)));
    for at in 0..scored.len() {
        let ties = at > 0 && better(&scored[at - 1], &scored[at]).is_eq();
        scored[at].rank = if ties { scored[at - 1].rank } else { at + 1 };
    }
    scored
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::stats::close;

    #[test]
    fn oracle_n1() {
        let points = [
            [0, 0, 1, 0, 0, 0, 0],
            [4, 5, 0, 5, 5, 3, 4],
            [5, 4, 5, 0, 3, 5, 2],
            [2, 3, 3, 3, 4, 4, 0],
            [3, 0, 4, 4, 0, 2, 5],
            [1, 2, 0, 2, 2, 1, 3],
            [0, 1, 2, 1, 1, 0, 1],
        ];
        let points: Vec<Vec<f64>> = points.iter().map(|row| row.iter().copied().map(f64::from).collect()).collect();
        let scored = score(&points, 7, 5);
        let wanted = [
            (1, 26.0, 6, 24.76, 0.743),
            (2, 24.0, 6, 22.86, 0.686),
            (3, 19.0, 6, 18.10, 0.543),
            (4, 18.0, 5, 17.14, 0.514),
            (5, 11.0, 6, 10.48, 0.314),
            (6, 6.0, 5, 5.71, 0.171),
            (0, 1.0, 1, 0.95, 0.029),
        ];
        for (at, (one, (item, score, votes, relative, of_max))) in scored.iter().zip(wanted).enumerate() {
            assert_eq!((one.item, one.score, one.votes, one.rank), (item, score, votes, at + 1));
            close(one.relative * 100.0, relative, 0.005);
            close(one.of_max, of_max, 0.0005);
        }
        close(scored.iter().map(|one| one.score).sum(), 105.0, 1e-9);
    }

    #[test]
    fn ties_go_by_votes_then_first_places_and_else_stay_ties() {
        let points = [vec![3.0, 0.0, 0.0], vec![1.0, 2.0, 0.0], vec![2.0, 0.0, 1.0], vec![0.0, 0.0, 3.0]];
        let order: Vec<(usize, usize)> = score(&points, 3, 3).iter().map(|one| (one.item, one.rank)).collect();
        assert_eq!(order, [(1, 1), (2, 1), (0, 3), (3, 3)]);
        assert_eq!(score(&[vec![2.0, 2.0], vec![3.0, 1.0]], 2, 3)[0].item, 1, "a first place decides");
    }
}
