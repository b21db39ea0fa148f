//! Breaking cycles and choosing layers.

/// A graph without cycles, each node in a layer, arrows turned where that broke a cycle.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Layered {
    pub layer: Vec<usize>,
    /// Ends of each arrow with the smaller layer first, and whether it was turned.
    pub arrows: Vec<(usize, usize, bool)>,
}

/// `fixed` gives the layer of nodes that must stand in one; then all must. An arrow of a node with itself, or within one
/// layer, is left out by the caller.
pub fn layered(nodes: usize, arrows: &[(usize, usize)], fixed: &[Option<usize>]) -> Layered {
    if let Some(layer) = fixed.iter().copied().collect::<Option<Vec<usize>>>()
        && !layer.is_empty()
    {
        let turn =
            |&(from, to): &(usize, usize)| if layer[from] <= layer[to] { (from, to, false) } else { (to, from, true) };
        let arrows = arrows.iter().map(turn).collect();
        return Layered { layer, arrows };
    }
    let arrows = acyclic(nodes, arrows);
    let layer = longest_paths(nodes, &arrows);
    Layered { layer, arrows }
}

/// Turns the arrows that lead back to where a walk in depth came from. Walks begin where nothing leads, then anywhere.
fn acyclic(nodes: usize, arrows: &[(usize, usize)]) -> Vec<(usize, usize, bool)> {
    let mut leaving = vec![Vec::new(); nodes];
    let mut is_led_to = vec![false; nodes];
    for (at, (from, to)) in arrows.iter().enumerate() {
        leaving[*from].push(at);
        is_led_to[*to] = true;
    }
    let mut turned = vec![false; arrows.len()];
    // 0 not met, 1 on the way, 2 done.
    let mut state = vec![0_u8; nodes];
    let first = (0..nodes).filter(|node| !is_led_to[*node]);
    let roots: Vec<usize> = first.chain(0..nodes).collect();
    for root in roots {
        if state[root] != 0 {
            continue;
        }
        state[root] = 1;
        let mut way = vec![(root, 0)];
        while let Some((node, turn)) = way.last_mut() {
            if let Some(&arrow) = leaving[*node].get(*turn) {
                *turn += 1;
                let next = arrows[arrow].1;
                match state[next] {
                    0 => {
                        state[next] = 1;
                        way.push((next, 0));
                    }
                    1 => turned[arrow] = true,
                    _ => {}
                }
            } else {
                state[*node] = 2;
                way.pop();
            }
        }
    }
    let turn =
        |(at, (from, to)): (usize, &(usize, usize))| if turned[at] { (*to, *from, true) } else { (*from, *to, false) };
    arrows.iter().enumerate().map(turn).collect()
}

/// Each node one layer behind the last that leads to it; what nothing leads to stands just before what it leads to.
fn longest_paths(nodes: usize, arrows: &[(usize, usize, bool)]) -> Vec<usize> {
    let mut leaving = vec![Vec::new(); nodes];
    let mut waiting = vec![0; nodes];
    for (from, to, _) in arrows {
        leaving[*from].push(*to);
        waiting[*to] += 1;
    }
    let mut layer = vec![0; nodes];
    let mut ready: Vec<usize> = (0..nodes).filter(|node| waiting[*node] == 0).collect();
    let begins = ready.clone();
    let mut at = 0;
    while let Some(node) = ready.get(at).copied() {
        at += 1;
        for next in leaving[node].clone() {
            layer[next] = layer[next].max(layer[node] + 1);
            waiting[next] -= 1;
            if waiting[next] == 0 {
                ready.push(next);
            }
        }
    }
    for node in begins {
        if let Some(nearest) = leaving[node].iter().map(|next| layer[*next]).min() {
            layer[node] = nearest - 1;
        }
    }
    layer
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn every_arrow_leads_to_a_later_layer(nodes in 1_usize..15, ends in prop::collection::vec((0_usize..15, 0_usize..15), 0..40)) {
            let arrows: Vec<(usize, usize)> =
                ends.into_iter().map(|(from, to)| (from % nodes, to % nodes)).filter(|(from, to)| from != to).collect();
            let found = layered(nodes, &arrows, &vec![None; nodes]);
            for ((from, to, turned), given) in found.arrows.iter().zip(&arrows) {
                prop_assert!(found.layer[*from] < found.layer[*to]);
                prop_assert_eq!(if *turned { (*to, *from) } else { (*from, *to) }, *given);
            }
        }
    }
}
