//! Short ASCII text in the making, on the stack.

/// Dates, times and durations: at most 64 bytes.
pub(crate) struct Buffer {
    bytes: [u8; 64],
    len: usize,
}

impl Buffer {
    pub(crate) fn new() -> Self {
        Self { bytes: [0; 64], len: 0 }
    }

    #[inline]
    pub(crate) fn push(&mut self, byte: u8) {
        self.extend([byte]);
    }

    #[inline]
    fn extend<const N: usize>(&mut self, bytes: [u8; N]) {
        // The longest text is a duration of 40 bytes.
        if let Some(place) = self.bytes.get_mut(self.len..).and_then(|rest| rest.first_chunk_mut()) {
            *place = bytes;
            self.len += N;
        }
    }

    /// Exactly two digits: those of `value`, which is less than 100.
    #[inline]
    pub(crate) fn two(&mut self, value: u8) {
        self.extend([b'0' + value / 10 % 10, b'0' + value % 10]);
    }

    /// At least four digits.
    #[inline]
    pub(crate) fn year(&mut self, value: u16) {
        match u8::try_from(value / 100) {
            Ok(century @ 0..100) => {
                self.two(century);
                self.two(u8::try_from(value % 100).unwrap_or(0));
            }
            _ => self.number(value.into()),
        }
    }

    pub(crate) fn number(&mut self, value: u64) {
        for digit in itoa::Buffer::new().format(value).bytes() {
            self.push(digit);
        }
    }

    /// A point and as many digits as there are, or nothing.
    pub(crate) fn fraction(&mut self, nanoseconds: u32) {
        if nanoseconds == 0 {
            return;
        }
        self.push(b'.');
        let (mut rest, mut width) = (nanoseconds, 9);
        while rest % 1000 == 0 {
            rest /= 1000;
            width -= 3;
        }
        while rest % 10 == 0 {
            rest /= 10;
            width -= 1;
        }
        let places = self.bytes.get_mut(self.len..self.len + width).unwrap_or_default();
        for place in places.iter_mut().rev() {
            *place = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
        }
        self.len += width;
    }

    pub(crate) fn as_str(&self) -> &str {
        let text = self.bytes.get(..self.len).unwrap_or_default();
        // Only ASCII was pushed.
        std::str::from_utf8(text).unwrap_or_default()
    }
}
