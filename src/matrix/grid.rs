//! A rectangle of counts.

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Grid {
    width: usize,
    counts: Vec<usize>,
}

impl Grid {
    pub fn new(rows: usize, columns: usize) -> Self {
        Grid { width: columns, counts: vec![0; rows * columns] }
    }

    pub fn at(&self, row: usize, column: usize) -> usize {
        self.counts[row * self.width + column]
    }

    pub fn set(&mut self, row: usize, column: usize, count: usize) {
        self.counts[row * self.width + column] = count;
    }

    pub fn add(&mut self, row: usize, column: usize) {
        self.counts[row * self.width + column] += 1;
    }
}

/// Which rows each code counts for: its own and, where asked, those of the codes above it.
#[derive(Debug, Clone, Default)]
pub struct Rows {
    /// By ordinal of the code; ascending, each once.
    of_code: Vec<Vec<usize>>,
    count: usize,
}

impl Rows {
    /// From the rows of each code, by its ordinal.
    pub fn new(of_code: Vec<Vec<usize>>) -> Self {
        let count = of_code.iter().flatten().max().map_or(0, |last| last + 1);
        Rows { of_code, count }
    }

    pub fn count(&self) -> usize {
        self.count
    }

    pub fn of(&self, code: u32) -> &[usize] {
        self.of_code.get(code as usize).map_or(&[], Vec::as_slice)
    }
}
