// RDF terms as values: what a literal stands for, and how values compare, add up and order (SPARQL 1.1, section 17).
#pragma once

#include <compare>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "graph/term.h"
#include "queries/sparql/decimal.h"

namespace sitgraph::queries::sparql {

// A point or span of the calendar: xsd:dateTime, date, gYear, gYearMonth, gMonthDay, gMonth. Parts that the type lacks
// are as on 1970-01-01T00:00:00.
struct CalendarTime {
  int32_t year = 1970;
  uint8_t month = 1, day = 1, hour = 0, minute = 0;
  Decimal second;
  std::optional<int16_t> zone;  // minutes east of UTC

  // Seconds since 1970-01-01T00:00:00, in UTC where a zone is known.
  Decimal Seconds() const;
};

class Value {
 public:
  enum class Type : uint8_t {
    kError,  // no value: unbound, or an expression's type error
    kBlank,
    kIri,
    kInteger,  // xsd:integer and what derives from it
    kDecimal,
    kFloat,
    kDouble,
    kBoolean,
    kString,
    kLangString,
    kDateTime,
    kDate,
    kYear,
    kYearMonth,
    kMonthDay,
    kMonth,
    kOther,  // literals of unknown datatypes, or ill-formed ones
  };

  Value() = default;
  static Value Of(graph::Term term);
  static Value Iri(std::string iri) { return Of(graph::Term::Iri(std::move(iri))); }
  static Value String(std::string text) { return Of(graph::Term::String(std::move(text))); }
  static Value Boolean(bool value);
  static Value Integer(int64_t value) { return Number(Type::kInteger, Decimal(value)); }
  static Value Number(Type type, const Decimal& value);  // kInteger or kDecimal
  static Value Real(Type type, double value);            // kFloat or kDouble

  Type type() const { return type_; }
  bool is_error() const { return type_ == Type::kError; }
  bool is_numeric() const { return type_ >= Type::kInteger && type_ <= Type::kDouble; }
  bool is_exact() const { return type_ == Type::kInteger || type_ == Type::kDecimal; }
  bool is_literal() const { return type_ >= Type::kInteger; }
  bool is_text() const { return type_ == Type::kString || type_ == Type::kLangString; }  // "string literal", 17.4.3
  bool is_calendar() const { return type_ >= Type::kDateTime && type_ <= Type::kMonth; }

  const graph::Term& term() const { return term_; }
  bool boolean() const { return boolean_; }
  const Decimal& exact() const { return exact_; }
  double ToDouble() const { return is_exact() ? exact_.ToDouble() : real_; }
  const CalendarTime& time() const { return time_; }

 private:
  void Interpret();
  void InterpretCalendar(std::string_view local_type);

  Type type_ = Type::kError;
  graph::Term term_;
  Decimal exact_;
  double real_ = 0;
  bool boolean_ = false;
  CalendarTime time_;
};

// Results of operators that may be type errors: nullopt.
std::optional<bool> EffectiveBoolean(const Value& value);
std::optional<bool> Equal(const Value& a, const Value& b);
// For <, >, <= and >=; unordered (a comparison with NaN) makes all of them false.
std::optional<std::partial_ordering> Compare(const Value& a, const Value& b);

// A total order for ORDER BY, MIN and MAX: unbound, blank nodes, IRIs, then literals by kind and value, then by form.
std::strong_ordering TotalOrder(const Value& a, const Value& b);

enum class Arithmetic : uint8_t { kAdd, kSubtract, kMultiply, kDivide };
Value Calculate(Arithmetic operation, const Value& a, const Value& b);  // an error for what is no number, overflow, x/0

// The XPath constructor named by `datatype` (xsd:integer ...) applied to a value; nullopt where it is not such a name.
std::optional<Value> Cast(std::string_view datatype, const Value& value);

}  // namespace sitgraph::queries::sparql
