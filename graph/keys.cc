#include "graph/keys.h"

#include <fmt/format.h>

#include <array>

#include "base/hash.h"
#include "base/text.h"
#include "graph/vocabulary.h"

namespace sitgraph::graph {
namespace {

using base::ErrorCode;

constexpr char kIriTag = 'I';
constexpr char kBlankTag = 'N';
constexpr char kLiteralTag = 'V';

const std::string& XsdString() {
  static const std::string iri = vocabulary::Iri(vocabulary::kXsd, "string");
  return iri;
}

// For each order the positions (0 subject, 1 predicate, 2 object, 3 graph) from the first to the last.
constexpr std::array<std::array<uint8_t, 4>, 6> kPositions = {
    {{0, 1, 2, 3}, {1, 2, 0, 3}, {2, 0, 1, 3}, {3, 0, 1, 2}, {3, 1, 2, 0}, {3, 2, 0, 1}}};

void StoreBigEndian(uint64_t value, char* out) {
  for (int i = 0; i < 8; ++i) out[i] = static_cast<char>(value >> (56 - 8 * i));
}

uint64_t LoadBigEndian(const char* bytes) {
  uint64_t value = 0;
  for (int i = 0; i < 8; ++i) value = value << 8 | static_cast<unsigned char>(bytes[i]);
  return value;
}

constexpr std::array<bool, 256> kIriBytes = [] {
  std::array<bool, 256> allowed{};
  for (size_t c = 0x21; c < allowed.size(); ++c)
    allowed[c] = std::string_view("<>\"{}|^`\\").find(static_cast<char>(c)) == std::string_view::npos;
  return allowed;
}();

bool IsIriByte(unsigned char c) { return kIriBytes[c]; }

bool IsAsciiAlnum(char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }

base::Status ValidateIri(std::string_view iri) {
  if (iri.empty()) return base::Fail(ErrorCode::kBadInput, "an empty IRI names nothing");
  if (iri.size() > kMaxIriBytes) {
    return base::Fail(ErrorCode::kTooLarge,
                      fmt::format("an IRI of {} bytes is over the limit of {}", iri.size(), kMaxIriBytes));
  }
  for (const char c : iri) {
    if (!IsIriByte(static_cast<unsigned char>(c))) {
      return base::Fail(ErrorCode::kBadInput,
                        fmt::format("an IRI may not hold the character U+{:04X}", static_cast<unsigned char>(c)), {},
                        "percent-encode it");
    }
  }
  return {};
}

base::Status ValidateLabel(std::string_view label) {
  const auto is_label_byte = [](char c) {
    return IsAsciiAlnum(c) || c == '_' || c == '-' || c == '.' || static_cast<unsigned char>(c) >= 0x80;
  };
  bool valid = !label.empty() && label.front() != '-' && label.front() != '.' && label.back() != '.';
  for (const char c : label) valid = valid && is_label_byte(c);
  if (!valid) return base::Fail(ErrorCode::kBadInput, "a malformed blank node label");
  if (label.size() > kMaxIriBytes) return base::Fail(ErrorCode::kTooLarge, "a blank node label over the limit");
  return {};
}

// BCP 47 as Turtle's LANGTAG has it: letters, then groups of letters and digits after '-'.
base::Status ValidateLanguage(std::string_view language) {
  bool valid = language.size() <= kMaxIriBytes;
  bool first = true;
  for (const std::string_view part : base::Split(language, '-')) {
    valid = valid && !part.empty();
    for (const char c : part) valid = valid && IsAsciiAlnum(c) && !(first && c >= '0' && c <= '9');
    first = false;
  }
  if (!valid) return base::Fail(ErrorCode::kBadInput, "a malformed language tag");
  return {};
}

base::Status ValidateLiteral(const Term& term) {
  if (term.value().size() > kMaxLiteralBytes) {
    return base::Fail(ErrorCode::kTooLarge, fmt::format("a literal of {} bytes is over the limit of {}",
                                                        term.value().size(), kMaxLiteralBytes));
  }
  if (!term.language().empty()) return ValidateLanguage(term.language());
  // In the dictionary '@' says that a language follows.
  if (term.datatype()[0] == '@') return base::Fail(ErrorCode::kBadInput, "a datatype must be an absolute IRI");
  return ValidateIri(term.datatype());
}

base::Status ValidateRoles(const Term& subject, const Term& predicate) {
  if (subject.is_literal()) return base::Fail(ErrorCode::kBadInput, "a subject cannot be a literal");
  if (!predicate.is_iri()) return base::Fail(ErrorCode::kBadInput, "a predicate must be an IRI");
  return {};
}

}  // namespace

std::string EncodeTerm(const Term& term) {
  std::string key;
  key.reserve(term.value().size() + 16);
  AppendTermKey(term, key);
  return key;
}

void AppendTermKey(const Term& term, std::string& key) {
  switch (term.kind()) {
    case TermKind::kIri:
      key += kIriTag;
      key += term.value();
      break;
    case TermKind::kBlank:
      key += kBlankTag;
      key += term.value();
      break;
    case TermKind::kLiteral:
      key += kLiteralTag;
      key += term.value();
      key += '\0';
      if (!term.language().empty()) {
        key += '@';
        key += term.language();
      } else if (term.datatype() != XsdString()) {
        key += term.datatype();
      }
      break;
  }
}

base::Result<Term> DecodeTerm(std::string_view key) {
  if (!key.empty()) {
    const std::string_view rest = key.substr(1);
    if (key[0] == kIriTag) return Term::Iri(std::string(rest));
    if (key[0] == kBlankTag) return Term::Blank(std::string(rest));
    // The suffix never holds a zero byte, so the last one ends the lexical form, which may.
    const size_t zero = rest.rfind('\0');
    if (key[0] == kLiteralTag && zero != std::string_view::npos) {
      std::string value(rest.substr(0, zero));
      const std::string_view suffix = rest.substr(zero + 1);
      if (suffix.substr(0, 1) == "@") return Term::LangString(std::move(value), std::string(suffix.substr(1)));
      return Term::Typed(std::move(value), std::string(suffix));
    }
  }
  return base::Fail(ErrorCode::kCorrupt, "the dictionary holds a malformed term");
}

std::optional<std::string_view> IriOf(std::string_view key) {
  if (key.empty() || key[0] != kIriTag) return std::nullopt;
  return key.substr(1);
}

base::Status ValidateTerm(const Term& term) {
  if (base::FindInvalidUtf8(term.value())) return base::Fail(ErrorCode::kBadInput, "a term is not valid UTF-8");
  if (base::FindInvalidUtf8(term.datatype())) return base::Fail(ErrorCode::kBadInput, "a datatype is not valid UTF-8");
  switch (term.kind()) {
    case TermKind::kIri:
      return ValidateIri(term.value());
    case TermKind::kBlank:
      return ValidateLabel(term.value());
    case TermKind::kLiteral:
      break;
  }
  return ValidateLiteral(term);
}

base::Status ValidateRoles(const Quad& quad) {
  if (quad.graph.is_literal()) return base::Fail(ErrorCode::kBadInput, "a graph cannot be a literal");
  return ValidateRoles(quad.subject, quad.predicate);
}

base::Status ValidateRoles(const Triple& triple) { return ValidateRoles(triple.subject, triple.predicate); }

TermId PreferredId(std::string_view term_key) {
  const uint64_t hash = base::Hash64(term_key);
  return TermId{hash == 0 ? 1 : hash};
}

TermId NextId(TermId id) {
  const uint64_t next = static_cast<uint64_t>(id) + 1;
  return TermId{next == 0 ? 1 : next};
}

const std::array<uint8_t, 4>& PositionsOf(QuadOrder order) { return kPositions[static_cast<size_t>(order)]; }

QuadKey EncodeQuad(QuadOrder order, const QuadIds& quad) {
  const std::array<TermId, 4> ids = {quad.subject, quad.predicate, quad.object, quad.graph};
  QuadKey key;
  size_t offset = 0;
  for (const uint8_t position : PositionsOf(order)) {
    StoreBigEndian(static_cast<uint64_t>(ids[position]), key.data() + offset);
    offset += 8;
  }
  return key;
}

QuadIds DecodeQuad(QuadOrder order, std::string_view key) {
  std::array<TermId, 4> ids;
  size_t offset = 0;
  for (const uint8_t position : PositionsOf(order)) {
    ids[position] = TermId{LoadBigEndian(key.data() + offset)};
    offset += 8;
  }
  return {ids[0], ids[1], ids[2], ids[3]};
}

std::string EncodeId(TermId id) {
  std::string bytes(8, '\0');
  StoreBigEndian(static_cast<uint64_t>(id), bytes.data());
  return bytes;
}

TermId DecodeId(std::string_view bytes) { return TermId{LoadBigEndian(bytes.data())}; }

KeyRange RangeOf(const QuadPattern& pattern) {
  const std::array<std::optional<TermId>, 4> bound = {pattern.subject, pattern.predicate, pattern.object,
                                                      pattern.graph};
  size_t bound_count = 0;
  for (const auto& id : bound) bound_count += id ? 1 : 0;

  // The first order whose leading positions are just the bound ones. The six orders cover all sixteen combinations.
  for (const QuadOrder order : kQuadOrders) {
    KeyRange range;
    range.order = order;
    for (const uint8_t position : PositionsOf(order)) {
      if (!bound[position]) break;
      range.begin += EncodeId(*bound[position]);
    }
    if (range.begin.size() != 8 * bound_count) continue;
    range.end = AfterPrefix(range.begin);
    return range;
  }
  return {};  // not reached
}

std::string AfterPrefix(std::string_view prefix) {
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xFF') end.pop_back();
  if (!end.empty()) end.back() = static_cast<char>(static_cast<unsigned char>(end.back()) + 1);
  return end;
}

}  // namespace sitgraph::graph
