//! Plane transforms, as PDF writes them.

/// `[a b 0; c d 0; e f 1]`.
#[derive(Clone, Copy)]
pub(super) struct Matrix {
    a: f64,
    b: f64,
    c: f64,
    d: f64,
    pub(super) e: f64,
    pub(super) f: f64,
}

impl Matrix {
    pub(super) const ONE: Self = Self { a: 1.0, b: 0.0, c: 0.0, d: 1.0, e: 0.0, f: 0.0 };

    /// Six numbers.
    pub(super) fn of(numbers: &[f64]) -> Option<Self> {
        match numbers {
            [a, b, c, d, e, f] => Some(Self { a: *a, b: *b, c: *c, d: *d, e: *e, f: *f }),
            _ => None,
        }
    }

    pub(super) fn shift(x: f64, y: f64) -> Self {
        Self { e: x, f: y, ..Self::ONE }
    }

    pub(super) fn scale(x: f64, y: f64) -> Self {
        Self { a: x, d: y, ..Self::ONE }
    }

    /// First `self`, then `next`.
    pub(super) fn then(&self, next: &Self) -> Self {
        Self {
            a: self.a * next.a + self.b * next.c,
            b: self.a * next.b + self.b * next.d,
            c: self.c * next.a + self.d * next.c,
            d: self.c * next.b + self.d * next.d,
            e: self.e * next.a + self.f * next.c + next.e,
            f: self.e * next.b + self.f * next.d + next.f,
        }
    }

    /// Length of a unit along its height.
    pub(super) fn size(&self) -> f64 {
        (self.c * self.c + self.d * self.d).sqrt()
    }

    /// A way as so much along the writing direction, and so much across it.
    pub(super) fn split(&self, x: f64, y: f64) -> (f64, f64) {
        let (a, b) = self.direction();
        (x * a + y * b, y * a - x * b)
    }

    /// The writing direction, of length 1.
    pub(super) fn direction(&self) -> (f64, f64) {
        let length = (self.a * self.a + self.b * self.b).sqrt();
        if length.is_normal() { (self.a / length, self.b / length) } else { (1.0, 0.0) }
    }
}
