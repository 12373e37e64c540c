//! Object identifiers, as the bytes of their DER, and in dotted form.

pub(super) const SHA256: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 1];
pub(super) const SHA384: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 2];
pub(super) const SHA512: &[u8] = &[0x60, 0x86, 0x48, 1, 0x65, 3, 4, 2, 3];
/// 1.2.156.10197.1.401 (GM/T 0006).
pub(super) const SM3: &[u8] = &[0x2a, 0x81, 0x1c, 0xcf, 0x55, 1, 0x83, 0x11];

pub(super) const RSA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 1];
pub(super) const RSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 11];
pub(super) const RSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 12];
pub(super) const RSA_SHA512: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 1, 13];
pub(super) const EC: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 2, 1];
pub(super) const P256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 3, 1, 7];
pub(super) const ECDSA_SHA256: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 2];
pub(super) const ECDSA_SHA384: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 3];
pub(super) const ECDSA_SHA512: &[u8] = &[0x2a, 0x86, 0x48, 0xce, 0x3d, 4, 3, 4];

pub(super) const SIGNED_DATA: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 7, 2];
pub(super) const TST_INFO: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 1, 4];
pub(super) const CONTENT_TYPE: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 3];
pub(super) const MESSAGE_DIGEST: &[u8] = &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 4];
pub(super) const SIGNING_CERTIFICATE_V2: &[u8] =
    &[0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 1, 9, 16, 2, 47];

pub(super) const SUBJECT_KEY_ID: &[u8] = &[0x55, 0x1d, 14];
pub(super) const KEY_USAGE: &[u8] = &[0x55, 0x1d, 15];
pub(super) const BASIC_CONSTRAINTS: &[u8] = &[0x55, 0x1d, 19];
pub(super) const CERTIFICATE_POLICIES: &[u8] = &[0x55, 0x1d, 32];
pub(super) const EXTENDED_KEY_USAGE: &[u8] = &[0x55, 0x1d, 37];
pub(super) const TIME_STAMPING: &[u8] = &[0x2b, 6, 1, 5, 5, 7, 3, 8];

/// Dotted form; `None` where the bytes are no identifier or a number is larger than 64 bits.
pub(super) fn dotted(bytes: &[u8]) -> Option<String> {
    let mut numbers: Vec<u64> = Vec::new();
    let mut number: Option<u64> = None;
    for byte in bytes {
        if number.is_none() && *byte == 0x80 {
            return None;
        }
        let next = number.unwrap_or(0).checked_mul(128)?.checked_add(u64::from(byte & 0x7f))?;
        number = if byte & 0x80 == 0 {
            numbers.push(next);
            None
        } else {
            Some(next)
        };
    }
    let (first, rest) = numbers.split_first()?;
    if number.is_some() {
        return None;
    }
    let top = (*first / 40).min(2);
    let mut text = format!("{top}.{}", first - top * 40);
    rest.iter().for_each(|number| text.push_str(&format!(".{number}")));
    Some(text)
}

/// Bytes of a dotted identifier.
pub(super) fn undotted(text: &str) -> Option<Vec<u8>> {
    let numbers: Vec<u64> = text.split('.').map(crate::text::decimal).collect::<Option<_>>()?;
    let (top, second, rest) = match numbers.as_slice() {
        [top, second, rest @ ..] if *top < 2 && *second < 40 || *top == 2 => (top, second, rest),
        _ => return None,
    };
    let first = second.checked_add(top * 40)?;
    let mut bytes = Vec::new();
    for number in std::iter::once(&first).chain(rest) {
        let groups = (64 - number.leading_zeros()).div_ceil(7).max(1);
        for group in (0..groups).rev() {
            let low = u8::try_from(number >> (7 * group) & 0x7f).unwrap_or(0);
            bytes.push(if group == 0 { low } else { low | 0x80 });
        }
    }
    Some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifiers_come_back() {
        for text in ["1.2.156.10197.1.401", "2.16.840.1.101.3.4.2.1", "0.0", "2.999.3", "1.39"] {
            assert_eq!(dotted(&undotted(text).unwrap()).as_deref(), Some(text));
        }
        assert_eq!(undotted("1.2.156.10197.1.401").unwrap(), SM3);
        assert_eq!(dotted(TST_INFO).unwrap(), "1.2.840.113549.1.9.16.1.4");
        for bad in ["", "1", "3.1", "1.40", "1..2", "1.02"] {
            assert_eq!(undotted(bad), None, "{bad}");
        }
        for bad in [&[][..], &[0x80, 1], &[0x2a, 0x81], &[0xff; 12]] {
            assert_eq!(dotted(bad), None);
        }
    }
}
