//! Where the nodes of a chart are drawn: in layers, each below those that lead to it.
//!
//! Layered layout in the manner of Sugiyama: nodes are put into layers, ways that pass layers get a point in each, the order within a
//! layer is improved by the middle of neighbours, then places are found. The same chart always has the same layout. Crates that do
//! this bring graph libraries along; this one has no dependency.

use super::Chart;

/// A rectangle, in the units of the sizes that were given: from the left, from the top.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Rectangle {
    /// Its left side.
    pub x: u32,
    /// Its top.
    pub y: u32,
    /// How wide it is.
    pub width: u32,
    /// How high it is.
    pub height: u32,
}

/// Where everything in a chart is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Placement {
    /// Of each node.
    pub nodes: Vec<Rectangle>,
    /// Of each way, the points that it leads through, from its node's lower side to the other's upper side; of one that leads back,
    /// from the other's upper side on.
    pub ways: Vec<Vec<(u32, u32)>>,
    /// How wide all of it is.
    pub width: u32,
    /// How high.
    pub height: u32,
}

/// How often the order in layers, and the places, are improved.
const SWEEPS: usize = 8;

/// A node of a layer: one of the chart, or where a way passes.
#[derive(Clone, Debug)]
struct Spot {
    width: u32,
    height: u32,
    /// Its middle.
    x: i64,
    /// Spots of the layer above, and of the one below, that it is tied to.
    above: Vec<usize>,
    below: Vec<usize>,
}

impl Chart {
    /// Lays it out: `sizes` has width and height of each node, `gap` is how far nodes are apart in each direction. Charts are small:
    /// the work grows with nodes times ways.
    #[must_use]
    pub fn place(&self, sizes: &[(u32, u32)], gap: (u32, u32)) -> Placement {
        let layers = self.layers();
        let mut plan =
            Plan { spots: Vec::new(), layers: vec![Vec::new(); layers.iter().max().map_or(0, |last| last + 1)] };
        for (node, &layer) in layers.iter().enumerate() {
            let (width, height) = sizes.get(node).copied().unwrap_or_default();
            plan.add(layer, width.max(1), height.max(1));
        }
        let chains: Vec<Vec<usize>> = self.ways.iter().map(|way| plan.chain(&layers, way.from, way.to)).collect();
        plan.order();
        plan.spread(gap.0);
        self.placement(&plan, &chains, gap)
    }

    /// The layer of each node: below all that lead to it, but for ways that lead back.
    fn layers(&self) -> Vec<usize> {
        let count = self.nodes.len();
        let mut layers = vec![0; count];
        // Ways that were not found to lead back may still go round, in folded charts: each node moves down so often at the most.
        for _ in 0..count {
            let mut has_moved = false;
            for way in self.ways.iter().filter(|way| self.is_downward(way.from, way.to, way.is_back)) {
                if layers[way.to] <= layers[way.from] {
                    layers[way.to] = layers[way.from] + 1;
                    has_moved = true;
                }
            }
            if !has_moved || layers.iter().any(|&layer| layer > count) {
                break;
            }
        }
        let mut used: Vec<usize> = layers.clone();
        used.sort_unstable();
        used.dedup();
        layers.iter().map(|layer| used.partition_point(|used| used < layer)).collect()
    }

    fn is_downward(&self, from: usize, to: usize, is_back: bool) -> bool {
        // What goes up in a chart of runs of blocks may go round.
        let is_folded = self.nodes.iter().any(|node| node.blocks.len() > 1);
        from != to && !is_back && (!is_folded || from < to)
    }

    fn placement(&self, plan: &Plan, chains: &[Vec<usize>], gap: (u32, u32)) -> Placement {
        let height_of = |layer: &Vec<usize>| layer.iter().map(|&spot| plan.spots[spot].height).max().unwrap_or(0);
        let mut places = vec![Rectangle::default(); plan.spots.len()];
        let mut y = 0;
        for layer in &plan.layers {
            let layer_height = height_of(layer);
            for &spot in layer {
                let Spot { width, height, x, .. } = plan.spots[spot];
                let left = (x - i64::from(width) / 2).max(0) as u32;
                // Where a way passes, it does so along the whole height of the layer: nodes beside it are not crossed.
                let height = if spot < self.nodes.len() { height } else { layer_height };
                places[spot] = Rectangle { x: left, y, width, height };
            }
            y += layer_height + gap.1;
        }
        let ports = Ports::new(plan, chains, &places);
        let ways = chains.iter().enumerate().map(|(way, chain)| -> Vec<(u32, u32)> {
            let last = chain.len() - 1;
            if last == 0 {
                // Around the right side of the node that it comes back to.
                let Rectangle { x, y, width, height } = places[chain[0]];
                let (side, out) = (x + width, x + width + gap.0 / 2);
                let (low, high) = (y + height - height / 4, y + height / 4);
                return vec![(side, low), (out, low), (out, high), (side, high)];
            }
            let points = chain.iter().enumerate().flat_map(|(at, &spot)| {
                let Rectangle { x, y, width, height } = places[spot];
                let top = (at > 0).then(|| (if at == last { ports.arrivals[way] } else { x + width / 2 }, y));
                let bottom =
                    (at < last).then(|| (if at == 0 { ports.departures[way] } else { x + width / 2 }, y + height));
                top.into_iter().chain(bottom)
            });
            points.collect()
        });
        let ways: Vec<Vec<(u32, u32)>> = ways.collect();
        let right = places.iter().map(|place| place.x + place.width);
        let width = right.chain(ways.iter().flatten().map(|point| point.0)).max().unwrap_or(0);
        places.truncate(self.nodes.len());
        Placement { nodes: places, ways, width, height: y.saturating_sub(gap.1) }
    }
}

/// Where ways touch their nodes, from the left: those at one side of a node are apart from each other, in the order of what they
/// lead to.
struct Ports {
    /// Of each way, on the lower side of its upper node.
    departures: Vec<u32>,
    /// Of each way, on the upper side of its lower node.
    arrivals: Vec<u32>,
}

impl Ports {
    fn new(plan: &Plan, chains: &[Vec<usize>], places: &[Rectangle]) -> Self {
        let upper = |way: usize| (chains[way][0], chains[way].get(1).copied());
        let lower = |way: usize| {
            let chain = &chains[way];
            (chain[chain.len() - 1], chain.len().checked_sub(2).map(|at| chain[at]))
        };
        let spread = |end: &dyn Fn(usize) -> (usize, Option<usize>)| {
            let mut order: Vec<usize> = (0..chains.len()).collect();
            order.sort_by_key(|&way| {
                let (node, beyond) = end(way);
                (node, beyond.map_or(0, |spot| plan.spots[spot].x), way)
            });
            let mut ports = vec![0; chains.len()];
            for ways in order.chunk_by(|&one, &other| end(one).0 == end(other).0) {
                let place = places[end(ways[0]).0];
                for (number, &way) in (1_u64..).zip(ways) {
                    ports[way] = place.x + (u64::from(place.width) * number / (ways.len() as u64 + 1)) as u32;
                }
            }
            ports
        };
        Self { departures: spread(&upper), arrivals: spread(&lower) }
    }
}

/// What is being laid out.
struct Plan {
    spots: Vec<Spot>,
    layers: Vec<Vec<usize>>,
}

impl Plan {
    fn add(&mut self, layer: usize, width: u32, height: u32) -> usize {
        self.spots.push(Spot { width, height, x: 0, above: Vec::new(), below: Vec::new() });
        self.layers[layer].push(self.spots.len() - 1);
        self.spots.len() - 1
    }

    /// The spots that a way passes, from the upper node to the lower one. One between nodes of one layer has its ends alone.
    fn chain(&mut self, layers: &[usize], from: usize, to: usize) -> Vec<usize> {
        if from == to {
            return vec![from];
        }
        let (upper, lower) = if layers[from] <= layers[to] { (from, to) } else { (to, from) };
        let mut chain = vec![upper];
        for layer in layers[upper] + 1..layers[lower] {
            let spot = self.add(layer, 1, 1);
            chain.push(spot);
        }
        chain.push(lower);
        if layers[upper] < layers[lower] {
            for pair in chain.windows(2) {
                self.spots[pair[0]].below.push(pair[1]);
                self.spots[pair[1]].above.push(pair[0]);
            }
        }
        chain
    }

    /// Puts each layer into the order of the middles of what its spots are tied to, downwards and upwards in turn.
    fn order(&mut self) {
        let mut rank = vec![0_usize; self.spots.len()];
        for layer in &self.layers {
            layer.iter().enumerate().for_each(|(at, &spot)| rank[spot] = at);
        }
        for sweep in 0..SWEEPS {
            let count = self.layers.len();
            for at in 0..count {
                let is_down = sweep % 2 == 0;
                let layer = if is_down { at } else { count - 1 - at };
                let mut spots = std::mem::take(&mut self.layers[layer]);
                let middle = |spot: usize| {
                    let tied = if is_down { &self.spots[spot].above } else { &self.spots[spot].below };
                    match tied.len() {
                        0 => rank[spot] * 1000,
                        count => tied.iter().map(|&other| rank[other] * 1000).sum::<usize>() / count,
                    }
                };
                spots.sort_by_cached_key(|&spot| (middle(spot), rank[spot]));
                spots.iter().enumerate().for_each(|(at, &spot)| rank[spot] = at);
                self.layers[layer] = spots;
            }
        }
    }

    /// Finds places in each layer: as near to the middle of what a spot is tied to as the others let it be.
    fn spread(&mut self, gap: u32) {
        for sweep in 0..SWEEPS {
            // Those that are in the way are pushed to the right and to the left in turn: otherwise all of it would drift.
            let sign = if sweep % 2 == 0 { 1 } else { -1 };
            for layer in 0..self.layers.len() {
                let mut spots = self.layers[layer].clone();
                if sign < 0 {
                    spots.reverse();
                }
                let wanted: Vec<i64> = spots.iter().map(|&spot| self.wanted(spot)).collect();
                let mut edge = i64::MIN / 2;
                for (&spot, wanted) in spots.iter().zip(wanted) {
                    let half = i64::from(self.spots[spot].width).div_euclid(2) + 1;
                    let middle = (sign * wanted).max(edge + half);
                    self.spots[spot].x = sign * middle;
                    edge = middle + half + i64::from(gap);
                }
            }
        }
        let left = self.spots.iter().map(|spot| spot.x - i64::from(spot.width) / 2).min().unwrap_or(0);
        self.spots.iter_mut().for_each(|spot| spot.x -= left);
    }

    fn wanted(&self, spot: usize) -> i64 {
        let Spot { x, above, below, .. } = &self.spots[spot];
        let tied = above.len() + below.len();
        let sum: i64 = above.iter().chain(below).map(|&other| self.spots[other].x).sum();
        if tied == 0 { *x } else { sum / tied as i64 }
    }
}
