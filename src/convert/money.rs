//! Amounts of money: from a currency's units to its cents.

/// `revenue` × 100 as an integer, rounded on the decimal number that JavaScript shows for it, halves away from zero:
/// 19.99 is 1999 and 1.005 is 101, though neither product is exact in binary.
pub fn cents(revenue: f64) -> f64 {
    let size = revenue.abs();
    let product = size * 100.0;
    let whole = floor(product);
    // The product may be off by rounding, the quotient is the very number that the decimal half reads as.
    let cents = if size >= (whole + 0.5) / 100.0 { whole + 1.0 } else { whole };
    if cents == 0.0 || revenue > 0.0 { cents } else { -cents }
}

/// `f64::floor` for numbers from 0 on, which `core` does not have.
fn floor(number: f64) -> f64 {
    const INTEGERS_FROM: f64 = 4_503_599_627_370_496.0;
    if number >= INTEGERS_FROM {
        return number;
    }
    let nearest = number + INTEGERS_FROM - INTEGERS_FROM;
    if nearest > number { nearest - 1.0 } else { nearest }
}

#[cfg(test)]
mod tests {
    use super::cents;

    #[test]
    fn rounds_on_the_decimal_value() {
        for (revenue, expected) in [
            (19.99, 1999.0),
            (1.005, 101.0),
            (0.29, 29.0),
            (1.1, 110.0),
            (4.35, 435.0),
            (64.1, 6410.0),
            (1.1549, 115.0),
            (0.004, 0.0),
            (0.005, 1.0),
            (-19.99, -1999.0),
            (-0.001, 0.0),
            (1e6, 1e8),
            (1e21, 1e23),
            (123_456_789.125, 12_345_678_913.0),
        ] {
            assert_eq!(cents(revenue), expected, "{revenue}");
        }
    }

    #[test]
    fn every_price_in_whole_cents_is_exact() {
        for whole in 0..2_000_000u32 {
            assert_eq!(cents(f64::from(whole) / 100.0), f64::from(whole));
        }
    }

    #[test]
    fn zero_is_never_negative() {
        assert!(cents(-0.001).is_sign_positive());
    }
}
