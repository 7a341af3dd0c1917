// The table of built-in functions; SPARQL 1.1, rules [121] and [127].
#include "queries/sparql/builtins.h"

#include <array>

#include "base/text.h"

namespace sitgraph::queries::sparql {
namespace {

constexpr uint8_t kAny = BuiltinInfo::kAnyNumber;

constexpr std::array kBuiltins = {
    BuiltinInfo{"STR", Builtin::kStr, 1, 1},
    BuiltinInfo{"LANG", Builtin::kLang, 1, 1},
    BuiltinInfo{"LANGMATCHES", Builtin::kLangMatches, 2, 2},
    BuiltinInfo{"DATATYPE", Builtin::kDatatype, 1, 1},
    BuiltinInfo{"BOUND", Builtin::kBound, 1, 1},
    BuiltinInfo{"IRI", Builtin::kIri, 1, 1},
    BuiltinInfo{"URI", Builtin::kIri, 1, 1},
    BuiltinInfo{"BNODE", Builtin::kBnode, 0, 1},
    BuiltinInfo{"RAND", Builtin::kRand, 0, 0},
    BuiltinInfo{"ABS", Builtin::kAbs, 1, 1},
    BuiltinInfo{"CEIL", Builtin::kCeil, 1, 1},
    BuiltinInfo{"FLOOR", Builtin::kFloor, 1, 1},
    BuiltinInfo{"ROUND", Builtin::kRound, 1, 1},
    BuiltinInfo{"CONCAT", Builtin::kConcat, 0, kAny},
    BuiltinInfo{"STRLEN", Builtin::kStrLen, 1, 1},
    BuiltinInfo{"UCASE", Builtin::kUCase, 1, 1},
    BuiltinInfo{"LCASE", Builtin::kLCase, 1, 1},
    BuiltinInfo{"ENCODE_FOR_URI", Builtin::kEncodeForUri, 1, 1},
    BuiltinInfo{"CONTAINS", Builtin::kContains, 2, 2},
    BuiltinInfo{"STRSTARTS", Builtin::kStrStarts, 2, 2},
    BuiltinInfo{"STRENDS", Builtin::kStrEnds, 2, 2},
    BuiltinInfo{"STRBEFORE", Builtin::kStrBefore, 2, 2},
    BuiltinInfo{"STRAFTER", Builtin::kStrAfter, 2, 2},
    BuiltinInfo{"YEAR", Builtin::kYear, 1, 1},
    BuiltinInfo{"MONTH", Builtin::kMonth, 1, 1},
    BuiltinInfo{"DAY", Builtin::kDay, 1, 1},
    BuiltinInfo{"HOURS", Builtin::kHours, 1, 1},
    BuiltinInfo{"MINUTES", Builtin::kMinutes, 1, 1},
    BuiltinInfo{"SECONDS", Builtin::kSeconds, 1, 1},
    BuiltinInfo{"TIMEZONE", Builtin::kTimezone, 1, 1},
    BuiltinInfo{"TZ", Builtin::kTz, 1, 1},
    BuiltinInfo{"NOW", Builtin::kNow, 0, 0},
    BuiltinInfo{"UUID", Builtin::kUuid, 0, 0},
    BuiltinInfo{"STRUUID", Builtin::kStrUuid, 0, 0},
    BuiltinInfo{"MD5", Builtin::kMd5, 1, 1},
    BuiltinInfo{"SHA1", Builtin::kSha1, 1, 1},
    BuiltinInfo{"SHA256", Builtin::kSha256, 1, 1},
    BuiltinInfo{"SHA384", Builtin::kSha384, 1, 1},
    BuiltinInfo{"SHA512", Builtin::kSha512, 1, 1},
    BuiltinInfo{"COALESCE", Builtin::kCoalesce, 0, kAny},
    BuiltinInfo{"IF", Builtin::kIf, 3, 3},
    BuiltinInfo{"STRLANG", Builtin::kStrLang, 2, 2},
    BuiltinInfo{"STRDT", Builtin::kStrDt, 2, 2},
    BuiltinInfo{"sameTerm", Builtin::kSameTerm, 2, 2},
    BuiltinInfo{"isIRI", Builtin::kIsIri, 1, 1},
    BuiltinInfo{"isURI", Builtin::kIsIri, 1, 1},
    BuiltinInfo{"isBLANK", Builtin::kIsBlank, 1, 1},
    BuiltinInfo{"isLITERAL", Builtin::kIsLiteral, 1, 1},
    BuiltinInfo{"isNUMERIC", Builtin::kIsNumeric, 1, 1},
    BuiltinInfo{"REGEX", Builtin::kRegex, 2, 3},
    BuiltinInfo{"SUBSTR", Builtin::kSubstr, 2, 3},
    BuiltinInfo{"REPLACE", Builtin::kReplace, 3, 4},
    BuiltinInfo{"COUNT", Builtin::kCount, 0, 1},
    BuiltinInfo{"SUM", Builtin::kSum, 1, 1},
    BuiltinInfo{"MIN", Builtin::kMin, 1, 1},
    BuiltinInfo{"MAX", Builtin::kMax, 1, 1},
    BuiltinInfo{"AVG", Builtin::kAvg, 1, 1},
    BuiltinInfo{"SAMPLE", Builtin::kSample, 1, 1},
    BuiltinInfo{"GROUP_CONCAT", Builtin::kGroupConcat, 1, 1},
};

}  // namespace

std::span<const BuiltinInfo> Builtins() { return kBuiltins; }

const BuiltinInfo* FindBuiltin(std::string_view name) {
  for (const BuiltinInfo& info : kBuiltins) {
    if (base::EqualsIgnoringAsciiCase(info.name, name)) return &info;
  }
  return nullptr;
}

std::string_view NameOf(Builtin builtin) {
  for (const BuiltinInfo& info : kBuiltins) {
    if (info.builtin == builtin) return info.name;
  }
  return "?";
}

}  // namespace sitgraph::queries::sparql
