//! Short ASCII text in the making, on the stack.

/// Numbers, dates, times and durations: at most 64 bytes.
pub(crate) struct Buffer {
    bytes: [u8; 64],
    len: usize,
}

impl Buffer {
    pub(crate) fn new() -> Self {
        Self { bytes: [0; 64], len: 0 }
    }

    pub(crate) fn push(&mut self, byte: u8) {
        // The longest text is a duration of 40 bytes.
        if let Some(place) = self.bytes.get_mut(self.len) {
            *place = byte;
            self.len += 1;
        }
    }

    /// At least `width` digits.
    pub(crate) fn number(&mut self, value: u64, width: usize) {
        let mut digits = [b'0'; 20];
        let (mut rest, mut count) = (value, 0);
        for place in digits.iter_mut().rev() {
            if rest == 0 && count >= width {
                break;
            }
            *place = b'0' + u8::try_from(rest % 10).unwrap_or(0);
            rest /= 10;
            count += 1;
        }
        for digit in digits.iter().skip(20 - count) {
            self.push(*digit);
        }
    }

    /// A point and as many digits as there are, or nothing.
    pub(crate) fn fraction(&mut self, nanoseconds: u32) {
        if nanoseconds == 0 {
            return;
        }
        self.push(b'.');
        self.number(u64::from(nanoseconds), 9);
        while self.bytes.get(self.len - 1) == Some(&b'0') {
            self.len -= 1;
        }
    }

    pub(crate) fn as_str(&self) -> &str {
        let text = self.bytes.get(..self.len).unwrap_or_default();
        // Only ASCII was pushed.
        std::str::from_utf8(text).unwrap_or_default()
    }
}
