//! What the benchmarks say: divan's table, of which the fastest runs are taken. Whatever else the machine does can only make
//! a run slower.

use crate::failure::{Failure, Result};

/// The fastest time of each benchmark.
pub(super) struct Times(Vec<Time>);

struct Time {
    name: String,
    seconds: f64,
    /// The counter below it, such as `727.1 MB/s` or `21.42 Mitem/s`.
    rate: String,
}

impl Times {
    /// Reads rows such as `├─ decode  1.787 ms │ 30.77 ms │ …`, each with its counter on the row below.
    pub(super) fn read(output: &str) -> Self {
        let mut times: Vec<Time> = Vec::new();
        for line in output.lines() {
            let (is_row, cells) = match line.strip_prefix("├─ ").or_else(|| line.strip_prefix("╰─ ")) {
                Some(row) => (true, row),
                None => (false, line.trim_start_matches(['│', ' '])),
            };
            let first = cells.split('│').next().unwrap_or_default().trim();
            if is_row {
                let mut words = first.split_whitespace();
                if let (Some(name), Some(number), Some(unit)) = (words.next(), words.next(), words.next())
                    && let Some(seconds) = seconds(number, unit)
                {
                    times.push(Time { name: name.to_owned(), seconds, rate: String::new() });
                }
            } else if let Some(time) = times.last_mut().filter(|_| first.ends_with("/s")) {
                first.clone_into(&mut time.rate);
            }
        }
        Self(times)
    }

    fn get(&self, name: &str) -> Result<&Time> {
        let found = self.0.iter().find(|time| time.name == name);
        found.ok_or_else(|| Failure::new(format!("the benchmark `{name}` said nothing")))
    }

    /// How long a benchmark took.
    pub(super) fn seconds(&self, name: &str) -> Result<f64> {
        Ok(self.get(name)?.seconds)
    }

    /// How many of its things a benchmark did in a second.
    pub(super) fn rate(&self, name: &str) -> Result<String> {
        Ok(self.get(name)?.rate.replace("Mitem/s", "million/s").replace("Kitem/s", "thousand/s"))
    }
}

fn seconds(number: &str, unit: &str) -> Option<f64> {
    let factor = match unit {
        "ns" => 1e-9,
        "µs" => 1e-6,
        "ms" => 1e-3,
        "s" => 1.0,
        "m" => 60.0,
        _ => return None,
    };
    Some(number.parse::<f64>().ok()? * factor)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_fastest_runs_are_read() {
        let output = "Timer precision: 20 ns\n\
            speed           fastest       │ slowest       │ median\n\
            ├─ decode       1.787 ms      │ 30.77 ms      │ 6.943 ms\n\
            │               727.1 MB/s    │ 42.25 MB/s    │ 187.2 MB/s\n\
            ╰─ disassemble  37.2 s        │ 57.9 ms       │ 45.69 ms\n                21.42 Mitem/s │ 22.45 MB/s\n";
        let times = Times::read(output);
        assert_eq!(times.seconds("decode").unwrap(), 1.787e-3);
        assert_eq!(times.rate("decode").unwrap(), "727.1 MB/s");
        assert_eq!(times.seconds("disassemble").unwrap(), 37.2);
        assert_eq!(times.rate("disassemble").unwrap(), "21.42 million/s");
        assert!(times.seconds("json").is_err());
    }
}
