// The peer of `bench dedup`: gaoya's MinHash index over JSON lines, on one core.
//
//     dedup-gaoya FILE.jsonl [BANDS WIDTH THRESHOLD WORDS]     {"id":...,"cluster":N} a line on standard output
//
// Defaults: 14 bands of 9 at 0.7 over shingles of five lower-case words, which is how its documentation and the usual
// recipes for web text set it. Reading, shingling, signatures, queries and the closure are all in the time.
use fxhash::{FxBuildHasher, FxHashMap};
use gaoya::minhash::{MinHashIndex, MinHasher, MinHasher32};
use std::io::{BufRead, BufReader, BufWriter, Write};

fn root(parents: &mut Vec<u32>, mut i: u32) -> u32 {
    while parents[i as usize] != i {
        parents[i as usize] = parents[parents[i as usize] as usize];
        i = parents[i as usize];
    }
    i
}

fn main() {
    let args: Vec<String> = std::env::args().collect();
    let number = |i: usize, otherwise: f64| args.get(i).map_or(otherwise, |a| a.parse().expect("a number"));
    let (bands, width, words) = (number(2, 14.0) as usize, number(3, 9.0) as usize, number(5, 5.0) as usize);
    let threshold = number(4, 0.7);
    let hasher = MinHasher32::new_with_hasher(bands * width, FxBuildHasher::default());
    let mut index: MinHashIndex<u32, u32> = MinHashIndex::new(bands, width, threshold);
    let (mut ids, mut parents): (Vec<String>, Vec<u32>) = (Vec::new(), Vec::new());
    let mut seen: FxHashMap<u32, u32> = FxHashMap::default();
    let file = std::fs::File::open(&args[1]).expect("a file of JSON lines");
    for line in BufReader::with_capacity(1 << 20, file).lines() {
        let page: serde_json::Value = serde_json::from_str(&line.expect("UTF-8")).expect("JSON");
        let text = page["text"].as_str().expect("text").to_lowercase();
        let tokens: Vec<&str> = text.split_whitespace().collect();
        let n = ids.len() as u32;
        ids.push(page["id"].as_str().unwrap_or("").to_string());
        parents.push(n);
        let signature = if tokens.len() < words {
            hasher.create_signature(std::iter::once(tokens.as_slice()))
        } else {
            hasher.create_signature(tokens.windows(words))
        };
        for id in index.query_owned(&signature) {
            let (a, b) = (root(&mut parents, id), root(&mut parents, n));
            parents[a.max(b) as usize] = a.min(b);
        }
        index.insert(n, signature);
    }
    let mut out = BufWriter::new(std::io::stdout().lock());
    for n in 0..ids.len() as u32 {
        let r = root(&mut parents, n);
        let next = seen.len() as u32;
        let cluster = *seen.entry(r).or_insert(next);
        writeln!(out, "{{\"id\":{},\"cluster\":{}}}", serde_json::to_string(&ids[n as usize]).unwrap(), cluster).unwrap();
    }
}
