// Lexical forms of XML Schema datatypes to values and back; comparisons and arithmetic after SPARQL 1.1, 17.3.
#include "queries/sparql/value.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <cmath>
#include <limits>

#include "base/date.h"
#include "base/text.h"
#include "graph/vocabulary.h"

namespace sitgraph::queries::sparql {
namespace {

using graph::Term;
using Type = Value::Type;

std::string Xsd(std::string_view local) { return graph::vocabulary::Iri(graph::vocabulary::kXsd, local); }

// XML Schema collapses white space around all but strings.
std::string_view TrimXml(std::string_view text) {
  size_t begin = text.find_first_not_of(" \t\n\r");
  if (begin == std::string_view::npos) return {};
  return text.substr(begin, text.find_last_not_of(" \t\n\r") - begin + 1);
}

struct IntegerType {
  std::string_view name;
  std::string_view least, most;  // empty: unbounded
};
constexpr std::array<IntegerType, 13> kIntegerTypes = {{
    {"integer", "", ""},
    {"int", "-2147483648", "2147483647"},
    {"long", "-9223372036854775808", "9223372036854775807"},
    {"short", "-32768", "32767"},
    {"byte", "-128", "127"},
    {"nonNegativeInteger", "0", ""},
    {"positiveInteger", "1", ""},
    {"nonPositiveInteger", "", "0"},
    {"negativeInteger", "", "-1"},
    {"unsignedLong", "0", "18446744073709551615"},
    {"unsignedInt", "0", "4294967295"},
    {"unsignedShort", "0", "65535"},
    {"unsignedByte", "0", "255"},
}};

const IntegerType* FindIntegerType(std::string_view local) {
  for (const IntegerType& type : kIntegerTypes) {
    if (type.name == local) return &type;
  }
  return nullptr;
}

std::optional<Decimal> ParseInteger(std::string_view text, const IntegerType& type) {
  if (text.find('.') != std::string_view::npos) return std::nullopt;
  std::optional<Decimal> value = Decimal::Parse(text);
  if (!value) return std::nullopt;
  if (!type.least.empty() && *value < *Decimal::Parse(type.least)) return std::nullopt;
  if (!type.most.empty() && *value > *Decimal::Parse(type.most)) return std::nullopt;
  return value;
}

std::optional<double> ParseReal(std::string_view text) {
  if (text == "INF" || text == "+INF") return std::numeric_limits<double>::infinity();
  if (text == "-INF") return -std::numeric_limits<double>::infinity();
  if (text == "NaN") return std::numeric_limits<double>::quiet_NaN();
  if (text.starts_with('+')) text.remove_prefix(1);
  if (text.empty() || text.find_first_not_of("0123456789.eE+-") != std::string_view::npos) return std::nullopt;
  double value = 0;
  auto result = std::from_chars(text.data(), text.data() + text.size(), value);
  if (result.ptr != text.data() + text.size()) return std::nullopt;
  if (result.ec == std::errc::result_out_of_range) {
    // from_chars tells overflow from underflow by nothing; a negative exponent or a leading zero means underflow.
    bool tiny = text.find("e-") != std::string_view::npos || text.find("E-") != std::string_view::npos;
    double limit = tiny ? 0.0 : std::numeric_limits<double>::infinity();
    return text.starts_with('-') ? -limit : limit;
  }
  if (result.ec != std::errc()) return std::nullopt;
  return value;
}

// XSD's canonical form with a mantissa and an exponent: 1.0E0, -2.5E-3, INF.
std::string FormatReal(double value, bool is_float) {
  if (std::isnan(value)) return "NaN";
  if (std::isinf(value)) return value < 0 ? "-INF" : "INF";
  char buffer[64];
  auto result =
      is_float ? std::to_chars(buffer, buffer + sizeof buffer, static_cast<float>(value), std::chars_format::scientific)
               : std::to_chars(buffer, buffer + sizeof buffer, value, std::chars_format::scientific);
  std::string_view text(buffer, static_cast<size_t>(result.ptr - buffer));
  size_t e = text.find('e');
  std::string out(text.substr(0, e));
  if (out.find('.') == std::string::npos) out += ".0";
  int exponent = 0;
  std::string_view digits = text.substr(e + 1);
  if (digits.starts_with('+')) digits.remove_prefix(1);
  std::from_chars(digits.data(), digits.data() + digits.size(), exponent);
  return out + fmt::format("E{}", exponent);
}

// Cuts `count` digits off the front.
std::optional<int> Digits(std::string_view& text, size_t count) {
  if (text.size() < count) return std::nullopt;
  int value = 0;
  for (size_t i = 0; i < count; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  text.remove_prefix(count);
  return value;
}

bool Accept(std::string_view& text, char c) {
  if (!text.starts_with(c)) return false;
  text.remove_prefix(1);
  return true;
}

// At least four digits, after a sign; years of more than nine digits are not held.
bool ReadYear(std::string_view& text, CalendarTime& time) {
  bool negative = Accept(text, '-');
  size_t count = 0;
  while (count < text.size() && text[count] >= '0' && text[count] <= '9') ++count;
  if (count < 4 || count > 9 || (count > 4 && text[0] == '0')) return false;
  int year = *Digits(text, count);
  time.year = negative ? -year : year;
  return true;
}

bool ReadMonth(std::string_view& text, CalendarTime& time) {
  std::optional<int> month = Digits(text, 2);
  if (!month || *month < 1 || *month > 12) return false;
  time.month = static_cast<uint8_t>(*month);
  return true;
}

bool ReadDay(std::string_view& text, CalendarTime& time, int year_for_length) {
  std::optional<int> day = Digits(text, 2);
  if (!day || *day < 1 || *day > base::DaysInMonth(year_for_length, time.month)) return false;
  time.day = static_cast<uint8_t>(*day);
  return true;
}

bool ReadClock(std::string_view& text, CalendarTime& time) {
  std::optional<int> hour = Digits(text, 2);
  if (!hour || !Accept(text, ':')) return false;
  std::optional<int> minute = Digits(text, 2);
  if (!minute || !Accept(text, ':')) return false;
  std::string_view seconds = text;
  if (!Digits(text, 2)) return false;
  size_t length = 2;
  if (Accept(text, '.')) {
    size_t digits = 0;
    while (digits < text.size() && text[digits] >= '0' && text[digits] <= '9') ++digits;
    if (digits == 0) return false;
    text.remove_prefix(digits);
    length += 1 + digits;
  }
  std::optional<Decimal> second = Decimal::Parse(seconds.substr(0, length));
  if (!second || *second >= Decimal(60) || *minute > 59) return false;
  if (*hour > 24 || (*hour == 24 && (*minute != 0 || !second->is_zero()))) return false;
  time.hour = static_cast<uint8_t>(*hour);
  time.minute = static_cast<uint8_t>(*minute);
  time.second = *second;
  return true;
}

bool ReadZone(std::string_view& text, CalendarTime& time) {
  if (text.empty()) return true;
  if (Accept(text, 'Z')) {
    time.zone = 0;
    return text.empty();
  }
  bool west = text.starts_with('-');
  if (!west && !text.starts_with('+')) return false;
  text.remove_prefix(1);
  std::optional<int> hours = Digits(text, 2);
  if (!hours || !Accept(text, ':')) return false;
  std::optional<int> minutes = Digits(text, 2);
  if (!minutes || *minutes > 59 || *hours > 14 || !text.empty()) return false;
  int total = *hours * 60 + *minutes;
  if (total > 14 * 60) return false;
  time.zone = static_cast<int16_t>(west ? -total : total);
  return true;
}

// A leap-year test that works for all years; base::DaysInMonth wants a year from 1 on, and 400 years are a whole cycle.
int YearInCycle(int year) { return 2000 + ((year % 400) + 400) % 400; }

struct CalendarType {
  std::string_view name;
  Type type;
};
constexpr std::array<CalendarType, 6> kCalendarTypes = {{{"dateTime", Type::kDateTime},
                                                         {"date", Type::kDate},
                                                         {"gYear", Type::kYear},
                                                         {"gYearMonth", Type::kYearMonth},
                                                         {"gMonthDay", Type::kMonthDay},
                                                         {"gMonth", Type::kMonth}}};

bool ReadCalendar(std::string_view text, Type type, CalendarTime& time) {
  if (type == Type::kMonthDay || type == Type::kMonth) {
    if (!Accept(text, '-') || !Accept(text, '-') || !ReadMonth(text, time)) return false;
    if (type == Type::kMonthDay && (!Accept(text, '-') || !ReadDay(text, time, 2000))) return false;
    return ReadZone(text, time);
  }
  if (!ReadYear(text, time)) return false;
  if (type != Type::kYear && (!Accept(text, '-') || !ReadMonth(text, time))) return false;
  if (type == Type::kDate || type == Type::kDateTime) {
    if (!Accept(text, '-') || !ReadDay(text, time, YearInCycle(time.year))) return false;
  }
  if (type == Type::kDateTime && (!Accept(text, 'T') || !ReadClock(text, time))) return false;
  return ReadZone(text, time);
}

std::partial_ordering CompareNumbers(const Value& a, const Value& b) {
  if (a.is_exact() && b.is_exact()) return a.exact() <=> b.exact();
  if (a.type() == Type::kDouble || b.type() == Type::kDouble) return a.ToDouble() <=> b.ToDouble();
  return static_cast<float>(a.ToDouble()) <=> static_cast<float>(b.ToDouble());
}

// XML Schema 3.2.7.4: with only one zone known, the order holds where the other's zone cannot change it.
std::optional<std::partial_ordering> CompareTimes(const Value& a, const Value& b) {
  const Decimal left = a.time().Seconds(), right = b.time().Seconds();
  if (a.time().zone.has_value() == b.time().zone.has_value()) return left <=> right;
  static constexpr int64_t kFourteenHours = 14 * 3600;
  std::optional<Decimal> difference = left.Minus(right);
  if (!difference) return std::nullopt;
  if (*difference > Decimal(kFourteenHours)) return std::partial_ordering::greater;
  if (*difference < Decimal(-kFourteenHours)) return std::partial_ordering::less;
  return std::nullopt;
}

Type Promoted(const Value& a, const Value& b) { return std::max(a.type(), b.type()); }

}  // namespace

Decimal CalendarTime::Seconds() const {
  // Days from civil, after Howard Hinnant's algorithm, for any year.
  int64_t y = month <= 2 ? int64_t{year} - 1 : int64_t{year};
  int64_t era = (y >= 0 ? y : y - 399) / 400;
  int64_t year_of_era = y - era * 400;
  int64_t day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
  int64_t day_of_era = year_of_era * 365 + year_of_era / 4 - year_of_era / 100 + day_of_year;
  int64_t days = era * 146097 + day_of_era - 719468;
  int64_t whole = days * 86400 + int64_t{hour} * 3600 + int64_t{minute} * 60 - int64_t{zone.value_or(0)} * 60;
  return Decimal(whole).Plus(second).value_or(Decimal(whole));
}

Value Value::Of(Term term) {
  Value value;
  value.term_ = std::move(term);
  value.Interpret();
  return value;
}

void Value::Interpret() {
  if (!term_.is_literal()) {
    type_ = term_.is_iri() ? Type::kIri : Type::kBlank;
    return;
  }
  type_ = Type::kOther;
  if (!term_.language().empty()) {
    type_ = Type::kLangString;
    return;
  }
  std::string_view datatype = term_.datatype();
  if (!datatype.starts_with(graph::vocabulary::kXsd)) return;
  std::string_view local = datatype.substr(graph::vocabulary::kXsd.size());
  std::string_view text = TrimXml(term_.value());
  if (local == "string") {
    type_ = Type::kString;
  } else if (local == "boolean") {
    boolean_ = text == "true" || text == "1";
    if (boolean_ || text == "false" || text == "0") type_ = Type::kBoolean;
  } else if (local == "decimal") {
    if (std::optional<Decimal> number = Decimal::Parse(text)) {
      type_ = Type::kDecimal;
      exact_ = *number;
    }
  } else if (local == "double" || local == "float") {
    if (std::optional<double> number = ParseReal(text)) {
      type_ = local == "double" ? Type::kDouble : Type::kFloat;
      real_ = type_ == Type::kFloat ? static_cast<double>(static_cast<float>(*number)) : *number;
    }
  } else if (const IntegerType* integer = FindIntegerType(local)) {
    if (std::optional<Decimal> number = ParseInteger(text, *integer)) {
      type_ = Type::kInteger;
      exact_ = *number;
    }
  } else {
    InterpretCalendar(local);
  }
}

void Value::InterpretCalendar(std::string_view local_type) {
  for (const auto& [name, type] : kCalendarTypes) {
    if (name == local_type && ReadCalendar(TrimXml(term_.value()), type, time_)) type_ = type;
  }
}

Value Value::Boolean(bool boolean) {
  Value value;
  value.type_ = Type::kBoolean;
  value.boolean_ = boolean;
  value.term_ = Term::Boolean(boolean);
  return value;
}

Value Value::Number(Type type, const Decimal& number) {
  Value value;
  value.type_ = type;
  value.exact_ = number;
  value.term_ = Term::Typed(number.ToString(), Xsd(type == Type::kInteger ? "integer" : "decimal"));
  return value;
}

Value Value::Real(Type type, double number) {
  Value value;
  value.type_ = type;
  value.real_ = type == Type::kFloat ? static_cast<double>(static_cast<float>(number)) : number;
  value.term_ =
      Term::Typed(FormatReal(value.real_, type == Type::kFloat), Xsd(type == Type::kFloat ? "float" : "double"));
  return value;
}

std::optional<bool> EffectiveBoolean(const Value& value) {
  if (value.type() == Type::kBoolean) return value.boolean();
  if (value.type() == Type::kString) return !value.term().value().empty();
  if (value.is_exact()) return !value.exact().is_zero();
  if (value.is_numeric()) return value.ToDouble() != 0 && !std::isnan(value.ToDouble());
  if (value.type() == Type::kOther && value.term().datatype().starts_with(graph::vocabulary::kXsd)) {
    // Ill-formed booleans and numbers are false (17.2.2).
    std::string_view local = std::string_view(value.term().datatype()).substr(graph::vocabulary::kXsd.size());
    if (local == "boolean" || local == "decimal" || local == "double" || local == "float" || FindIntegerType(local)) {
      return false;
    }
  }
  return std::nullopt;
}

std::optional<bool> Equal(const Value& a, const Value& b) {
  if (a.is_error() || b.is_error()) return std::nullopt;
  if (a.is_numeric() && b.is_numeric()) return CompareNumbers(a, b) == 0;
  if (a.type() == Type::kBoolean && b.type() == Type::kBoolean) return a.boolean() == b.boolean();
  if (a.is_calendar() && a.type() == b.type()) {
    std::optional<std::partial_ordering> order = CompareTimes(a, b);
    return order ? std::optional(*order == 0) : std::nullopt;
  }
  if (a.term() == b.term()) return true;
  if (!a.is_literal() || !b.is_literal()) return false;
  // Strings and strings with a language are what they look like, and the latter have a datatype of their own.
  if (a.is_text() && b.is_text()) return false;
  if (a.type() == Type::kLangString || b.type() == Type::kLangString) return false;
  // Two different literals whose values are not known to differ (RDFterm-equal, 17.4.1.7).
  if (a.type() == Type::kOther || b.type() == Type::kOther) return std::nullopt;
  return false;
}

std::optional<std::partial_ordering> Compare(const Value& a, const Value& b) {
  if (a.is_numeric() && b.is_numeric()) return CompareNumbers(a, b);
  if (a.type() != b.type()) return std::nullopt;
  if (a.type() == Type::kString) return a.term().value() <=> b.term().value();
  if (a.type() == Type::kBoolean) return a.boolean() <=> b.boolean();
  if (a.is_calendar()) return CompareTimes(a, b);
  return std::nullopt;
}

std::strong_ordering TotalOrder(const Value& a, const Value& b) {
  auto rank = [](const Value& value) {  // all numbers are one kind, so are all calendar times
    if (value.is_numeric()) return Type::kInteger;
    return value.is_calendar() ? Type::kDateTime : value.type();
  };
  if (auto order = rank(a) <=> rank(b); order != 0) return order;
  if (a.is_numeric()) {
    bool a_nan = std::isnan(a.ToDouble()), b_nan = std::isnan(b.ToDouble());
    if (auto order = b_nan <=> a_nan; order != 0) return order;  // NaN before all numbers
    if (!a_nan) {
      // Mixed exact and binary numbers are compared as exact ones where possible, so that the order is transitive.
      auto exact = [](const Value& v) {
        return v.is_exact() ? std::optional(v.exact()) : Decimal::FromDouble(v.ToDouble());
      };
      std::optional<Decimal> x = exact(a), y = exact(b);
      std::partial_ordering order = x && y ? std::partial_ordering(*x <=> *y) : a.ToDouble() <=> b.ToDouble();
      if (order < 0) return std::strong_ordering::less;
      if (order > 0) return std::strong_ordering::greater;
    }
  } else if (a.is_calendar()) {
    if (auto order = a.time().Seconds() <=> b.time().Seconds(); order != 0) return order;
  } else if (a.type() == Type::kBoolean) {
    if (auto order = a.boolean() <=> b.boolean(); order != 0) return order;
  }
  return a.term() <=> b.term();
}

Value Calculate(Arithmetic operation, const Value& a, const Value& b) {
  if (!a.is_numeric() || !b.is_numeric()) return {};
  Type type = Promoted(a, b);
  if (type <= Type::kDecimal) {
    std::optional<Decimal> result;
    switch (operation) {
      case Arithmetic::kAdd:
        result = a.exact().Plus(b.exact());
        break;
      case Arithmetic::kSubtract:
        result = a.exact().Minus(b.exact());
        break;
      case Arithmetic::kMultiply:
        result = a.exact().Times(b.exact());
        break;
      case Arithmetic::kDivide:
        result = a.exact().DividedBy(b.exact());
        type = Type::kDecimal;  // integers divided are a decimal (17.3)
        break;
    }
    return result ? Value::Number(type, *result) : Value();
  }
  double x = a.ToDouble(), y = b.ToDouble();
  switch (operation) {
    case Arithmetic::kAdd:
      return Value::Real(type, x + y);
    case Arithmetic::kSubtract:
      return Value::Real(type, x - y);
    case Arithmetic::kMultiply:
      return Value::Real(type, x * y);
    case Arithmetic::kDivide:
      if (y != 0) return Value::Real(type, x / y);
      if (x == 0 || std::isnan(x)) return Value::Real(type, std::numeric_limits<double>::quiet_NaN());
      return Value::Real(type, (std::signbit(x) != std::signbit(y) ? -1 : 1) * std::numeric_limits<double>::infinity());
  }
  return {};
}

namespace {

Value CastToString(const Value& value) {
  if (value.type() == Type::kFloat || value.type() == Type::kDouble) {
    // XPath 17.1.2: numbers between 1e-6 and 1e6 without an exponent.
    double magnitude = std::abs(value.ToDouble());
    if (magnitude == 0 || (magnitude >= 1e-6 && magnitude < 1e6)) {
      bool is_float = value.type() == Type::kFloat;
      return Value::String(is_float ? fmt::format("{}", static_cast<float>(value.ToDouble()))
                                    : fmt::format("{}", value.ToDouble()));
    }
  }
  if (value.is_exact()) return Value::String(value.exact().ToString());
  if (value.type() == Type::kBoolean) return Value::String(value.boolean() ? "true" : "false");
  return Value::String(value.term().value());
}

Value CastToExact(Type type, const Value& value) {
  std::optional<Decimal> number;
  if (value.is_exact()) {
    number = value.exact();
  } else if (value.is_numeric()) {
    number = Decimal::FromDouble(value.ToDouble());
  } else if (value.type() == Type::kBoolean) {
    number = Decimal(value.boolean() ? 1 : 0);
  } else if (value.type() == Type::kString) {
    Value parsed = Value::Of(Term::Typed(value.term().value(), Xsd(type == Type::kInteger ? "integer" : "decimal")));
    if (parsed.is_numeric()) number = parsed.exact();
  }
  if (!number) return {};
  if (type == Type::kInteger) number = number->is_negative() ? number->Ceiling() : number->Floor();
  return Value::Number(type, *number);
}

Value CastToReal(Type type, const Value& value) {
  if (value.is_numeric()) return Value::Real(type, value.ToDouble());
  if (value.type() == Type::kBoolean) return Value::Real(type, value.boolean() ? 1 : 0);
  if (value.type() != Type::kString) return {};
  std::optional<double> number = ParseReal(TrimXml(value.term().value()));
  return number ? Value::Real(type, *number) : Value();
}

Value CastToBoolean(const Value& value) {
  if (value.is_numeric() || value.type() == Type::kBoolean)
    return Value::Boolean(EffectiveBoolean(value).value_or(false));
  if (value.type() != Type::kString) return {};
  Value parsed = Value::Of(Term::Typed(value.term().value(), Xsd("boolean")));
  return parsed.type() == Type::kBoolean ? Value::Boolean(parsed.boolean()) : Value();
}

Value CastToCalendar(const CalendarType& to, const Value& value) {
  if (value.type() == to.type) return value;
  std::string text = value.term().value();
  if (to.type == Type::kDateTime && value.type() == Type::kDate) {
    text = std::string(TrimXml(text));
    size_t zone = text.find_first_of("Z+");
    if (zone == std::string::npos && value.time().zone) zone = text.size() - 6;  // "-hh:mm"
    text.insert(std::min(zone, text.size()), "T00:00:00");
  } else if (to.type == Type::kDate && value.type() == Type::kDateTime) {
    size_t t = text.find('T');
    size_t zone = text.find_first_of("Z+-", t);
    text = text.substr(0, t) + (zone == std::string::npos ? "" : text.substr(zone));
  } else if (value.type() != Type::kString) {
    return {};
  }
  Value cast = Value::Of(Term::Typed(std::move(text), Xsd(to.name)));
  return cast.type() == to.type ? cast : Value();
}

}  // namespace

std::optional<Value> Cast(std::string_view datatype, const Value& value) {
  if (!datatype.starts_with(graph::vocabulary::kXsd)) return std::nullopt;
  std::string_view local = datatype.substr(graph::vocabulary::kXsd.size());
  if (local == "string") {
    return value.is_error() || value.type() == Type::kBlank ? Value() : CastToString(value);
  }
  if (local == "integer") return CastToExact(Type::kInteger, value);
  if (local == "decimal") return CastToExact(Type::kDecimal, value);
  if (local == "float") return CastToReal(Type::kFloat, value);
  if (local == "double") return CastToReal(Type::kDouble, value);
  if (local == "boolean") return CastToBoolean(value);
  for (const CalendarType& type : kCalendarTypes) {
    if (local == type.name && (type.type == Type::kDateTime || type.type == Type::kDate)) {
      return value.is_error() || !value.is_literal() ? Value() : CastToCalendar(type, value);
    }
  }
  return std::nullopt;
}

}  // namespace sitgraph::queries::sparql
