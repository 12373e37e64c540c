//! Which edges lie on a path between two nodes: nothing else can bear on the gap between them.
//! With an edge laid between the two, these are the edges of its biconnected block
//! (Hopcroft and Tarjan 1973).

use super::bits::Bits;
use super::build::Network;

const LAID: usize = usize::MAX;

struct Walk {
    found: Vec<usize>,
    low: Vec<usize>,
    /// Node, the edge it was entered by, and how many of its edges have been followed.
    open: Vec<(usize, usize, usize)>,
    edges: Vec<usize>,
}

/// The edges, taken without their sense, of all simple paths from `a` to `b`.
pub(super) fn between(net: &Network, a: usize, b: usize) -> Bits {
    let nodes = net.node_count();
    let mut around: Vec<Vec<usize>> = vec![Vec::new(); nodes];
    for (e, edge) in net.edges.iter().enumerate().filter(|(_, edge)| edge.from != edge.to) {
        around[edge.from as usize].push(e);
        around[edge.to as usize].push(e);
    }
    let mut walk = Walk { found: vec![0; nodes], low: vec![0; nodes], open: vec![], edges: vec![] };
    walk.found[a] = 1;
    walk.found[b] = 2;
    walk.low[b] = 2;
    walk.open.push((b, LAID, 0));
    let mut clock = 2;
    while let Some((v, by, next)) = walk.open.last_mut() {
        let (v, by) = (*v, *by);
        let Some(&e) = around[v].get(*next) else {
            walk.close(v, by);
            continue;
        };
        *next += 1;
        let edge = net.edges[e];
        let to = if edge.from as usize == v { edge.to } else { edge.from } as usize;
        if e == by {
            continue;
        }
        if walk.found[to] == 0 {
            clock += 1;
            walk.found[to] = clock;
            walk.low[to] = clock;
            walk.edges.push(e);
            walk.open.push((to, e, 0));
        } else if walk.found[to] < walk.found[v] {
            walk.edges.push(e);
            walk.low[v] = walk.low[v].min(walk.found[to]);
        }
    }
    let mut on = Bits::new(net.edges.len());
    walk.edges.into_iter().for_each(|e| on.add(e));
    on
}

impl Walk {
    /// Leaves a node; a block that hangs on its parent alone is dropped. What is left when `b`
    /// itself is left is the block of the edge laid.
    fn close(&mut self, v: usize, by: usize) {
        self.open.pop();
        let Some((parent, ..)) = self.open.last() else { return };
        self.low[*parent] = self.low[*parent].min(self.low[v]);
        if self.low[v] >= self.found[*parent] {
            while let Some(e) = self.edges.pop() {
                if e == by {
                    break;
                }
            }
        }
    }
}
