// The built-in functions and aggregates of SPARQL 1.1: their names and how many arguments they take.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>

namespace sitgraph::queries::sparql {

enum class Builtin : uint8_t {
  kStr,
  kLang,
  kLangMatches,
  kDatatype,
  kBound,
  kIri,
  kBnode,
  kRand,
  kAbs,
  kCeil,
  kFloor,
  kRound,
  kConcat,
  kStrLen,
  kUCase,
  kLCase,
  kEncodeForUri,
  kContains,
  kStrStarts,
  kStrEnds,
  kStrBefore,
  kStrAfter,
  kYear,
  kMonth,
  kDay,
  kHours,
  kMinutes,
  kSeconds,
  kTimezone,
  kTz,
  kNow,
  kUuid,
  kStrUuid,
  kMd5,
  kSha1,
  kSha256,
  kSha384,
  kSha512,
  kCoalesce,
  kIf,
  kStrLang,
  kStrDt,
  kSameTerm,
  kIsIri,
  kIsBlank,
  kIsLiteral,
  kIsNumeric,
  kRegex,
  kSubstr,
  kReplace,
  kCount,  // aggregates from here
  kSum,
  kMin,
  kMax,
  kAvg,
  kSample,
  kGroupConcat,
};

struct BuiltinInfo {
  std::string_view name;  // as the specification writes it
  Builtin builtin;
  uint8_t least;
  uint8_t most;  // kAnyNumber for lists
  static constexpr uint8_t kAnyNumber = 255;
  bool is_aggregate() const { return builtin >= Builtin::kCount; }
};

// All, including the second spellings URI and isURI.
std::span<const BuiltinInfo> Builtins();

// By name in any case; nullptr for none.
const BuiltinInfo* FindBuiltin(std::string_view name);

// The name for messages.
std::string_view NameOf(Builtin builtin);

}  // namespace sitgraph::queries::sparql
