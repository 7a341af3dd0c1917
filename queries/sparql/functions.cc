// Strings, numbers, dates and terms: SPARQL 1.1, sections 17.4.2 to 17.4.6.
#include "queries/sparql/functions.h"

#include <fmt/format.h>
#include <openssl/evp.h>
#include <unicode/locid.h>
#include <unicode/regex.h>
#include <unicode/unistr.h>

#include <algorithm>
#include <chrono>
#include <cmath>
#include <random>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/sparql/iri.h"

namespace sitgraph::queries::sparql {
namespace {

using graph::Term;
using Type = Value::Type;
using Arguments = std::span<const Value>;
namespace vocabulary = graph::vocabulary;

std::string Xsd(std::string_view local) { return vocabulary::Iri(vocabulary::kXsd, local); }

// Argument compatibility, 17.4.3.1.1: the second is plain, or both have the same language.
bool Compatible(const Value& a, const Value& b) {
  if (!a.is_text() || !b.is_text()) return false;
  return b.type() == Type::kString || (a.type() == Type::kLangString && a.term().language() == b.term().language());
}

const std::string& TextOf(const Value& value) { return value.term().value(); }

std::string ToUtf8(const icu::UnicodeString& text) {
  std::string out;
  text.toUTF8String(out);
  return out;
}
icu::UnicodeString ToIcu(const std::string& text) {
  return icu::UnicodeString::fromUTF8(icu::StringPiece(text.data(), static_cast<int32_t>(text.size())));
}

Value Digest(const EVP_MD* algorithm, const Value& value) {
  if (value.type() != Type::kString) return {};
  unsigned char bytes[EVP_MAX_MD_SIZE];
  unsigned int size = 0;
  if (EVP_Digest(TextOf(value).data(), TextOf(value).size(), bytes, &size, algorithm, nullptr) != 1) return {};
  std::string hex;
  for (unsigned int i = 0; i < size; ++i) hex += fmt::format("{:02x}", bytes[i]);
  return Value::String(std::move(hex));
}

Value EncodeForUri(const Value& value) {
  std::string out;
  for (char c : TextOf(value)) {
    bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '_' ||
                 c == '.' || c == '~';
    if (plain) {
      out += c;
    } else {
      out += fmt::format("%{:02X}", static_cast<unsigned char>(c));
    }
  }
  return Value::String(std::move(out));
}

Value LangMatches(const Value& tag, const Value& range) {
  if (tag.type() != Type::kString || range.type() != Type::kString) return {};
  const std::string& language = TextOf(tag);
  const std::string& wanted = TextOf(range);
  if (wanted == "*") return Value::Boolean(!language.empty());
  bool matches = base::StartsWithIgnoringAsciiCase(language, wanted) &&
                 (language.size() == wanted.size() || language[wanted.size()] == '-');
  return Value::Boolean(matches && !wanted.empty());
}

Value Rounding(Builtin builtin, const Value& value) {
  if (!value.is_numeric()) return {};
  if (value.is_exact()) {
    const Decimal& number = value.exact();
    std::optional<Decimal> result;
    if (builtin == Builtin::kAbs) {
      result = number.is_negative() ? number.Negated() : number;
    } else if (builtin == Builtin::kCeil) {
      result = number.Ceiling();
    } else if (builtin == Builtin::kFloor) {
      result = number.Floor();
    } else {
      result = number.Rounded();
    }
    return result ? Value::Number(value.type(), *result) : Value();
  }
  double number = value.ToDouble();
  double result = builtin == Builtin::kAbs     ? std::abs(number)
                  : builtin == Builtin::kCeil  ? std::ceil(number)
                  : builtin == Builtin::kFloor ? std::floor(number)
                                               : std::floor(number + 0.5);
  return Value::Real(value.type(), result);
}

// Which parts a calendar type has.
bool HasYear(Type type) {
  return type == Type::kDateTime || type == Type::kDate || type == Type::kYear || type == Type::kYearMonth;
}
bool HasMonth(Type type) { return type >= Type::kDateTime && type <= Type::kMonth && type != Type::kYear; }
bool HasDay(Type type) { return type == Type::kDateTime || type == Type::kDate || type == Type::kMonthDay; }

std::string DayTimeDuration(int minutes) {
  if (minutes == 0) return "PT0S";
  std::string out = minutes < 0 ? "-PT" : "PT";
  int magnitude = std::abs(minutes);
  if (magnitude >= 60) out += fmt::format("{}H", magnitude / 60);
  if (magnitude % 60 != 0) out += fmt::format("{}M", magnitude % 60);
  return out;
}

Value DatePart(Builtin builtin, const Value& value) {
  if (!value.is_calendar()) return {};
  const CalendarTime& time = value.time();
  bool is_moment = value.type() == Type::kDateTime;
  switch (builtin) {
    case Builtin::kYear:
      return HasYear(value.type()) ? Value::Integer(time.year) : Value();
    case Builtin::kMonth:
      return HasMonth(value.type()) ? Value::Integer(time.month) : Value();
    case Builtin::kDay:
      return HasDay(value.type()) ? Value::Integer(time.day) : Value();
    case Builtin::kHours:
      return is_moment ? Value::Integer(time.hour) : Value();
    case Builtin::kMinutes:
      return is_moment ? Value::Integer(time.minute) : Value();
    case Builtin::kSeconds:
      return is_moment ? Value::Number(Type::kDecimal, time.second) : Value();
    case Builtin::kTimezone:
      if (!is_moment || !time.zone) return {};
      return Value::Of(Term::Typed(DayTimeDuration(*time.zone), Xsd("dayTimeDuration")));
    default: {  // TZ
      if (!is_moment) return {};
      if (!time.zone) return Value::String("");
      if (*time.zone == 0 && value.term().value().find('Z') != std::string::npos) return Value::String("Z");
      int magnitude = std::abs(*time.zone);
      return Value::String(fmt::format("{}{:02}:{:02}", *time.zone < 0 ? '-' : '+', magnitude / 60, magnitude % 60));
    }
  }
}

// fn:substring: positions are code points from 1; start and length are rounded; NaN gives nothing.
std::string Substring(const std::string& text, double start, std::optional<double> length) {
  double from = std::floor(start + 0.5);
  double to = length ? from + std::floor(*length + 0.5) : std::numeric_limits<double>::infinity();
  std::string out;
  double position = 1;
  for (size_t offset = 0; offset < text.size(); ++position) {
    size_t begin = offset;
    base::NextCodePoint(text, offset);
    if (position >= to) break;
    if (position >= from) out.append(text, begin, offset - begin);
  }
  return out;
}

Value Now() {
  using namespace std::chrono;
  auto now = floor<milliseconds>(system_clock::now());
  auto day = floor<days>(now);
  year_month_day date(day);
  hh_mm_ss clock(now - day);
  return Value::Of(Term::Typed(
      fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", static_cast<int>(date.year()),
                  static_cast<unsigned>(date.month()), static_cast<unsigned>(date.day()), clock.hours().count(),
                  clock.minutes().count(), clock.seconds().count(), clock.subseconds().count()),
      Xsd("dateTime")));
}

uint64_t RandomBits() {
  static thread_local std::mt19937_64 generator{std::random_device{}()};
  return generator();
}

}  // namespace

struct FunctionContext::RegexCache {
  static constexpr size_t kMost = 64;
  std::map<std::pair<std::string, std::string>, std::unique_ptr<icu::RegexPattern>> patterns;

  // nullptr for a pattern or flags that are wrong.
  const icu::RegexPattern* Get(const std::string& pattern, const std::string& flags) {
    auto [entry, is_new] = patterns.try_emplace({pattern, flags});
    if (!is_new) return entry->second.get();
    if (patterns.size() > kMost) {
      patterns.clear();
      entry = patterns.try_emplace({pattern, flags}).first;
    }
    uint32_t options = 0;
    bool quoted = false;
    for (char flag : flags) {
      switch (flag) {
        case 'i':
          options |= UREGEX_CASE_INSENSITIVE;
          break;
        case 'm':
          options |= UREGEX_MULTILINE;
          break;
        case 's':
          options |= UREGEX_DOTALL;
          break;
        case 'x':
          options |= UREGEX_COMMENTS;
          break;
        case 'q':
          quoted = true;
          break;
        default:
          return nullptr;
      }
    }
    std::string expression = pattern;
    if (quoted) {
      expression.clear();
      for (char c : pattern) {
        if (std::string_view(R"(\.[]{}()*+-?^$|#& )").find(c) != std::string_view::npos) expression += '\\';
        expression += c;
      }
    }
    UErrorCode status = U_ZERO_ERROR;
    UParseError where;
    entry->second.reset(icu::RegexPattern::compile(ToIcu(expression), options, where, status));
    if (U_FAILURE(status)) entry->second.reset();
    return entry->second.get();
  }
};

namespace {

// ICU counts steps of its matcher, in units that take around a millisecond; and bytes of its backtracking stack.
constexpr int32_t kRegexTimeLimit = 1000;
constexpr int32_t kRegexStackBytes = 8 << 20;

std::unique_ptr<icu::RegexMatcher> Matcher(const icu::RegexPattern& pattern, const icu::UnicodeString& text) {
  UErrorCode status = U_ZERO_ERROR;
  std::unique_ptr<icu::RegexMatcher> matcher(pattern.matcher(text, status));
  if (U_FAILURE(status)) return nullptr;
  matcher->setTimeLimit(kRegexTimeLimit, status);
  matcher->setStackLimit(kRegexStackBytes, status);
  return matcher;
}

base::Error RegexLimitError() {
  return {base::ErrorCode::kTooLarge,
          "a regular expression needs more time or memory than its limit on one text",
          {},
          "avoid nested repetitions such as (a+)+"};
}
bool IsLimit(UErrorCode status) { return status == U_REGEX_TIME_OUT || status == U_REGEX_STACK_OVERFLOW; }

}  // namespace

FunctionContext::FunctionContext(Governor& governor, std::string base_iri)
    : governor_(governor), base_iri_(std::move(base_iri)), now_(Now()), regexes_(std::make_unique<RegexCache>()) {}
FunctionContext::~FunctionContext() = default;

Value FunctionContext::NewText(const Value& like, std::string text) {
  if (!governor_.CheckText(text.size())) return {};
  if (like.type() == Type::kLangString) return Value::Of(Term::LangString(std::move(text), like.term().language()));
  return Value::String(std::move(text));
}

Value FunctionContext::Regex(Arguments arguments) {
  if (!arguments[0].is_text() || arguments[1].type() != Type::kString) return {};
  if (arguments.size() > 2 && arguments[2].type() != Type::kString) return {};
  const icu::RegexPattern* pattern =
      regexes_->Get(TextOf(arguments[1]), arguments.size() > 2 ? TextOf(arguments[2]) : "");
  if (pattern == nullptr) return {};
  icu::UnicodeString text = ToIcu(TextOf(arguments[0]));
  std::unique_ptr<icu::RegexMatcher> matcher = Matcher(*pattern, text);
  if (matcher == nullptr) return {};
  UErrorCode status = U_ZERO_ERROR;
  bool found = matcher->find(status);
  if (IsLimit(status)) governor_.Fail(RegexLimitError());
  return U_FAILURE(status) ? Value() : Value::Boolean(found);
}

// fn:replace: a pattern that matches the empty string is an error.
Value FunctionContext::Replace(Arguments arguments) {
  if (!arguments[0].is_text() || arguments[1].type() != Type::kString || arguments[2].type() != Type::kString)
    return {};
  if (arguments.size() > 3 && arguments[3].type() != Type::kString) return {};
  const icu::RegexPattern* pattern =
      regexes_->Get(TextOf(arguments[1]), arguments.size() > 3 ? TextOf(arguments[3]) : "");
  if (pattern == nullptr) return {};
  UErrorCode status = U_ZERO_ERROR;
  icu::UnicodeString nothing;
  std::unique_ptr<icu::RegexMatcher> probe = Matcher(*pattern, nothing);
  if (probe == nullptr || probe->find(status)) return {};
  icu::UnicodeString text = ToIcu(TextOf(arguments[0]));
  std::unique_ptr<icu::RegexMatcher> matcher = Matcher(*pattern, text);
  if (matcher == nullptr) return {};
  icu::UnicodeString replacement = ToIcu(TextOf(arguments[2]));
  icu::UnicodeString result;
  while (matcher->find(status) && U_SUCCESS(status)) {
    matcher->appendReplacement(result, replacement, status);
    if (!governor_.Tick() || !governor_.CheckText(static_cast<size_t>(result.length()))) return {};
  }
  matcher->appendTail(result);
  if (IsLimit(status)) governor_.Fail(RegexLimitError());
  return U_FAILURE(status) ? Value() : NewText(arguments[0], ToUtf8(result));
}

Value FunctionContext::Bnode(Arguments arguments) {
  if (arguments.empty()) return Value::Of(Term::Blank(fmt::format("q{}", blanks_++)));
  if (arguments[0].type() != Type::kString) return {};
  auto [entry, is_new] = labelled_.try_emplace(TextOf(arguments[0]));
  if (is_new) entry->second = fmt::format("q{}", blanks_++);
  return Value::Of(Term::Blank(entry->second));
}

std::string FunctionContext::RandomUuid() {  // RFC 4122, version 4
  uint64_t high = (RandomBits() & ~uint64_t{0xF000}) | 0x4000;
  uint64_t low = (RandomBits() & ~(uint64_t{3} << 62)) | (uint64_t{1} << 63);
  return fmt::format("{:08x}-{:04x}-{:04x}-{:04x}-{:012x}", high >> 32, (high >> 16) & 0xFFFF, high & 0xFFFF, low >> 48,
                     low & 0xFFFFFFFFFFFF);
}

Value FunctionContext::Call(Builtin builtin, Arguments arguments) {
  for (const Value& argument : arguments) {
    if (argument.is_error()) return {};
  }
  const Value none;
  const Value& first = arguments.empty() ? none : arguments[0];
  const Value& second = arguments.size() < 2 ? none : arguments[1];
  switch (builtin) {
    case Builtin::kStr:
      return first.type() == Type::kBlank ? Value() : Value::String(TextOf(first));
    case Builtin::kLang:
      return first.is_literal() ? Value::String(first.term().language()) : Value();
    case Builtin::kLangMatches:
      return LangMatches(first, second);
    case Builtin::kDatatype:
      return first.is_literal() ? Value::Iri(first.term().datatype()) : Value();
    case Builtin::kIri:
      if (first.type() == Type::kIri) return first;
      return first.type() == Type::kString ? Value::Iri(ResolveIri(base_iri_, TextOf(first))) : Value();
    case Builtin::kBnode:
      return Bnode(arguments);
    case Builtin::kRand:
      return Value::Real(Type::kDouble, static_cast<double>(RandomBits() >> 11) * 0x1.0p-53);
    case Builtin::kAbs:
    case Builtin::kCeil:
    case Builtin::kFloor:
    case Builtin::kRound:
      return Rounding(builtin, first);
    case Builtin::kConcat: {
      std::string text;
      bool same_language = true;
      for (const Value& argument : arguments) {
        if (!argument.is_text()) return {};
        same_language = same_language && argument.term().language() == first.term().language();
        text += TextOf(argument);
        if (!governor_.CheckText(text.size())) return {};
      }
      return arguments.empty() || !same_language ? NewText(none, std::move(text)) : NewText(first, std::move(text));
    }
    case Builtin::kStrLen:
      return first.is_text() ? Value::Integer(static_cast<int64_t>(base::CountCodePoints(TextOf(first)))) : Value();
    case Builtin::kUCase:
      return first.is_text() ? NewText(first, ToUtf8(ToIcu(TextOf(first)).toUpper(icu::Locale::getRoot()))) : Value();
    case Builtin::kLCase:
      return first.is_text() ? NewText(first, ToUtf8(ToIcu(TextOf(first)).toLower(icu::Locale::getRoot()))) : Value();
    case Builtin::kEncodeForUri:
      return first.is_text() ? EncodeForUri(first) : Value();
    case Builtin::kContains:
      if (!Compatible(first, second)) return {};
      return Value::Boolean(TextOf(first).find(TextOf(second)) != std::string::npos);
    case Builtin::kStrStarts:
      return Compatible(first, second) ? Value::Boolean(TextOf(first).starts_with(TextOf(second))) : Value();
    case Builtin::kStrEnds:
      return Compatible(first, second) ? Value::Boolean(TextOf(first).ends_with(TextOf(second))) : Value();
    case Builtin::kStrBefore:
    case Builtin::kStrAfter: {
      if (!Compatible(first, second)) return {};
      size_t at = TextOf(first).find(TextOf(second));
      if (at == std::string::npos) return Value::String("");
      return NewText(first, builtin == Builtin::kStrBefore ? TextOf(first).substr(0, at)
                                                           : TextOf(first).substr(at + TextOf(second).size()));
    }
    case Builtin::kYear:
    case Builtin::kMonth:
    case Builtin::kDay:
    case Builtin::kHours:
    case Builtin::kMinutes:
    case Builtin::kSeconds:
    case Builtin::kTimezone:
    case Builtin::kTz:
      return DatePart(builtin, first);
    case Builtin::kNow:
      return now_;
    case Builtin::kUuid:
      return Value::Iri("urn:uuid:" + RandomUuid());
    case Builtin::kStrUuid:
      return Value::String(RandomUuid());
    case Builtin::kMd5:
      return Digest(EVP_md5(), first);
    case Builtin::kSha1:
      return Digest(EVP_sha1(), first);
    case Builtin::kSha256:
      return Digest(EVP_sha256(), first);
    case Builtin::kSha384:
      return Digest(EVP_sha384(), first);
    case Builtin::kSha512:
      return Digest(EVP_sha512(), first);
    case Builtin::kStrLang: {
      if (first.type() != Type::kString || second.type() != Type::kString || TextOf(second).empty()) return {};
      std::string tag = TextOf(second);
      std::transform(tag.begin(), tag.end(), tag.begin(),
                     [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; });
      return Value::Of(Term::LangString(TextOf(first), std::move(tag)));
    }
    case Builtin::kStrDt:
      if (first.type() != Type::kString || second.type() != Type::kIri) return {};
      return Value::Of(Term::Typed(TextOf(first), TextOf(second)));
    case Builtin::kSameTerm:
      return Value::Boolean(first.term() == second.term());
    case Builtin::kIsIri:
      return Value::Boolean(first.type() == Type::kIri);
    case Builtin::kIsBlank:
      return Value::Boolean(first.type() == Type::kBlank);
    case Builtin::kIsLiteral:
      return Value::Boolean(first.is_literal());
    case Builtin::kIsNumeric:
      return Value::Boolean(first.is_numeric());
    case Builtin::kRegex:
      return Regex(arguments);
    case Builtin::kSubstr: {
      if (!first.is_text() || !second.is_numeric() || (arguments.size() > 2 && !arguments[2].is_numeric())) return {};
      std::optional<double> length;
      if (arguments.size() > 2) length = arguments[2].ToDouble();
      return NewText(first, Substring(TextOf(first), second.ToDouble(), length));
    }
    case Builtin::kReplace:
      return Replace(arguments);
    default:  // special forms and aggregates are evaluated elsewhere
      return {};
  }
}

}  // namespace sitgraph::queries::sparql
