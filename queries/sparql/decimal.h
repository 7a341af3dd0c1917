// Exact decimal numbers for xsd:integer and xsd:decimal: 38 significant digits, at most 18 after the point.
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace sitgraph::queries::sparql {

__extension__ using Int128 = __int128;

// mantissa * 10^-scale, with no trailing zero after the point. Operations that would overflow give nullopt.
class Decimal {
 public:
  static constexpr int kMaxScale = 18;

  Decimal() = default;
  explicit Decimal(int64_t value) : mantissa_(value) {}
  // [+-]?[0-9]* with at most one point and at least one digit; digits after the 18th decimal are cut off.
  static std::optional<Decimal> Parse(std::string_view text);
  static std::optional<Decimal> FromDouble(double value);  // exact up to 18 decimals; nullopt for NaN, INF, too large

  bool is_zero() const { return mantissa_ == 0; }
  bool is_negative() const { return mantissa_ < 0; }
  bool is_whole() const { return scale_ == 0; }
  std::optional<int64_t> ToInt64() const;  // nullopt unless whole and in range
  double ToDouble() const;
  std::string ToString() const;  // "-1.5", "7": as xsd:decimal's canonical form of XPath 3 casts

  std::optional<Decimal> Plus(const Decimal& other) const;
  std::optional<Decimal> Minus(const Decimal& other) const;
  std::optional<Decimal> Times(const Decimal& other) const;
  std::optional<Decimal> DividedBy(const Decimal& other) const;  // 18 decimals, cut; nullopt for division by zero too
  Decimal Negated() const;
  Decimal Floor() const;
  Decimal Ceiling() const;
  std::optional<Decimal> Rounded() const;  // halves towards positive infinity

  std::strong_ordering operator<=>(const Decimal& other) const;
  bool operator==(const Decimal& other) const { return (*this <=> other) == 0; }

 private:
  Decimal(Int128 mantissa, int scale);
  Int128 mantissa_ = 0;
  int scale_ = 0;
};

}  // namespace sitgraph::queries::sparql
