// Decimal arithmetic over 128-bit integers; every step that can overflow is checked.
#include "queries/sparql/decimal.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>

namespace sitgraph::queries::sparql {
namespace {

constexpr Int128 kMaximum = ~(Int128{1} << 127);

Int128 PowerOfTen(int exponent) {  // up to 38
  Int128 power = 1;
  for (int i = 0; i < exponent; ++i) power *= 10;
  return power;
}

std::optional<Int128> Scaled(Int128 mantissa, int by) {
  Int128 out = 0;
  if (by > 38 || __builtin_mul_overflow(mantissa, PowerOfTen(by), &out)) return std::nullopt;
  return out;
}

}  // namespace

Decimal::Decimal(Int128 mantissa, int scale) : mantissa_(mantissa), scale_(scale) {
  while (scale_ > 0 && mantissa_ % 10 == 0) {
    mantissa_ /= 10;
    --scale_;
  }
}

std::optional<Decimal> Decimal::Parse(std::string_view text) {
  bool negative = text.starts_with('-');
  if (negative || text.starts_with('+')) text.remove_prefix(1);
  Int128 mantissa = 0;
  int scale = 0;
  bool point = false, digits = false;
  for (char c : text) {
    if (c == '.' && !point) {
      point = true;
      continue;
    }
    if (c < '0' || c > '9') return std::nullopt;
    digits = true;
    if (point && scale == kMaxScale) continue;
    if (__builtin_mul_overflow(mantissa, Int128{10}, &mantissa) ||
        __builtin_add_overflow(mantissa, Int128{c - '0'}, &mantissa)) {
      return std::nullopt;
    }
    if (point) ++scale;
  }
  if (!digits) return std::nullopt;
  return Decimal(negative ? -mantissa : mantissa, scale);
}

std::optional<Decimal> Decimal::FromDouble(double value) {
  if (!std::isfinite(value) || std::abs(value) > 1e30) return std::nullopt;
  char buffer[400];
  auto result = std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::fixed);
  if (result.ec != std::errc()) return std::nullopt;
  return Parse(std::string_view(buffer, static_cast<size_t>(result.ptr - buffer)));
}

std::optional<int64_t> Decimal::ToInt64() const {
  if (scale_ != 0 || mantissa_ < INT64_MIN || mantissa_ > INT64_MAX) return std::nullopt;
  return static_cast<int64_t>(mantissa_);
}

double Decimal::ToDouble() const {
  const std::string text = ToString();
  double value = 0;
  std::from_chars(text.data(), text.data() + text.size(), value);
  return value;
}

std::string Decimal::ToString() const {
  std::string digits;
  Int128 rest = mantissa_;
  do {
    auto digit = static_cast<int>(rest % 10);
    digits += static_cast<char>('0' + (digit < 0 ? -digit : digit));
    rest /= 10;
  } while (rest != 0 || static_cast<int>(digits.size()) <= scale_);
  if (scale_ > 0) digits.insert(static_cast<size_t>(scale_), ".");
  if (mantissa_ < 0) digits += '-';
  std::reverse(digits.begin(), digits.end());
  return digits;
}

std::optional<Decimal> Decimal::Plus(const Decimal& other) const {
  int scale = std::max(scale_, other.scale_);
  std::optional<Int128> a = Scaled(mantissa_, scale - scale_);
  std::optional<Int128> b = Scaled(other.mantissa_, scale - other.scale_);
  Int128 sum = 0;
  if (!a || !b || __builtin_add_overflow(*a, *b, &sum)) return std::nullopt;
  return Decimal(sum, scale);
}

std::optional<Decimal> Decimal::Minus(const Decimal& other) const { return Plus(other.Negated()); }

std::optional<Decimal> Decimal::Times(const Decimal& other) const {
  Int128 product = 0;
  if (__builtin_mul_overflow(mantissa_, other.mantissa_, &product)) return std::nullopt;
  int scale = scale_ + other.scale_;
  while (scale > kMaxScale) {
    product /= 10;
    --scale;
  }
  return Decimal(product, scale);
}

std::optional<Decimal> Decimal::DividedBy(const Decimal& other) const {
  if (other.mantissa_ == 0) return std::nullopt;
  // Long division, digit by digit, so that nothing but the remainder times ten has to fit.
  int scale = scale_ - other.scale_;
  Int128 quotient = mantissa_ / other.mantissa_;
  Int128 remainder = mantissa_ % other.mantissa_;
  while (scale < 0 || (remainder != 0 && scale < kMaxScale)) {
    Int128 next = 0;
    if (__builtin_mul_overflow(remainder, Int128{10}, &remainder)) break;
    if (__builtin_mul_overflow(quotient, Int128{10}, &next) ||
        __builtin_add_overflow(next, remainder / other.mantissa_, &next)) {
      break;
    }
    quotient = next;
    remainder %= other.mantissa_;
    ++scale;
  }
  if (scale < 0) return std::nullopt;
  return Decimal(quotient, scale);
}

Decimal Decimal::Negated() const {
  Decimal out = *this;
  out.mantissa_ = -(mantissa_ < -kMaximum ? -kMaximum : mantissa_);
  return out;
}

Decimal Decimal::Floor() const {
  Int128 power = PowerOfTen(scale_);
  Int128 whole = mantissa_ / power;
  return Decimal(mantissa_ < 0 && mantissa_ % power != 0 ? whole - 1 : whole, 0);
}

Decimal Decimal::Ceiling() const {
  Int128 power = PowerOfTen(scale_);
  Int128 whole = mantissa_ / power;
  return Decimal(mantissa_ > 0 && mantissa_ % power != 0 ? whole + 1 : whole, 0);
}

std::optional<Decimal> Decimal::Rounded() const {
  std::optional<Decimal> half_up = Plus(Decimal(5, 1));
  if (!half_up) return std::nullopt;
  return half_up->Floor();
}

std::strong_ordering Decimal::operator<=>(const Decimal& other) const {
  // Compare whole parts, then fractions at the same scale; neither can overflow.
  Int128 power = PowerOfTen(scale_), other_power = PowerOfTen(other.scale_);
  if (auto order = mantissa_ / power <=> other.mantissa_ / other_power; order != 0) return order;
  int scale = std::max(scale_, other.scale_);
  return mantissa_ % power * PowerOfTen(scale - scale_) <=>
         other.mantissa_ % other_power * PowerOfTen(scale - other.scale_);
}

}  // namespace sitgraph::queries::sparql
