// How terms and quads become the bytes that the store keeps, and which index answers which pattern: pure functions,
// described with an example in docs/format.md.
#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "graph/store.h"
#include "graph/term.h"

namespace sitgraph::graph {

// A term's bytes in the dictionary: 'I' and the IRI; 'N' and the blank node's label; 'V', the lexical form, a zero byte
// and nothing (xsd:string), '@' and the language, or the datatype's IRI.
std::string EncodeTerm(const Term& term);
void AppendTermKey(const Term& term, std::string& key);       // the same, behind what is there
base::Result<Term> DecodeTerm(std::string_view key);          // kCorrupt
std::optional<std::string_view> IriOf(std::string_view key);  // nullopt where it is no IRI's key

// Whether a term can be stored and written in every RDF syntax again: kBadInput for invalid UTF-8, an IRI with
// characters that IRIREF forbids, a malformed label or language tag; kTooLarge beyond the limits below.
base::Status ValidateTerm(const Term& term);
// Whether the terms may stand where they do: no literal as subject or graph, nothing but an IRI as predicate.
// kBadInput.
base::Status ValidateRoles(const Quad& quad);
base::Status ValidateRoles(const Triple& triple);
inline constexpr size_t kMaxIriBytes = size_t{64} << 10;      // also labels, datatypes and language tags
inline constexpr size_t kMaxLiteralBytes = size_t{64} << 20;  // lexical forms

// The id that a term gets unless another term holds it already: the digest of its key, never 0.
TermId PreferredId(std::string_view term_key);
TermId NextId(TermId id);  // the next in the probing sequence

// What a dictionary holds at an id, compared with a term's key.
enum class Slot : uint8_t { kFree, kSame, kOther };

struct ProbeResult {
  TermId id{};
  bool found = false;  // false: the term is unknown, and `id` is the one it would get
};

// Finds a term's id by linear probing. `look(id)` gives a Result<Slot>. Terms whose digests collide sit next to each
// other; two of 100 million terms do with a chance of 1 in 4,000. Chains over kMaxProbes, which only an attack can
// make, are kTooLarge.
inline constexpr int kMaxProbes = 256;
template <typename Look>
base::Result<ProbeResult> ProbeTerm(std::string_view term_key, const Look& look) {
  TermId id = PreferredId(term_key);
  for (int i = 0; i < kMaxProbes; ++i, id = NextId(id)) {
    const base::Result<Slot> slot = look(id);
    if (!slot) return base::Fail(slot.error());
    if (*slot != Slot::kOther) return ProbeResult{id, *slot == Slot::kSame};
  }
  return base::Fail(base::ErrorCode::kTooLarge, "too many terms with the same digest");
}

// The order of the positions in an index's keys.
enum class QuadOrder : uint8_t { kSpog, kPosg, kOspg, kGspo, kGpos, kGosp };
inline constexpr std::array<QuadOrder, 6> kQuadOrders = {QuadOrder::kSpog, QuadOrder::kPosg, QuadOrder::kOspg,
                                                         QuadOrder::kGspo, QuadOrder::kGpos, QuadOrder::kGosp};

// The positions (0 subject, 1 predicate, 2 object, 3 graph) from the first to the last.
const std::array<uint8_t, 4>& PositionsOf(QuadOrder order);

// Four ids of 8 bytes, the most significant byte first.
inline constexpr size_t kQuadKeySize = 32;
using QuadKey = std::array<char, kQuadKeySize>;
QuadKey EncodeQuad(QuadOrder order, const QuadIds& quad);
QuadIds DecodeQuad(QuadOrder order, std::string_view key);  // `key` has kQuadKeySize bytes
inline std::string_view View(const QuadKey& key) { return {key.data(), key.size()}; }

std::string EncodeId(TermId id);          // 8 bytes
TermId DecodeId(std::string_view bytes);  // the first 8

// The keys that match a pattern, all of them and no others: [begin, end), where an empty `end` is the end of the index.
struct KeyRange {
  QuadOrder order = QuadOrder::kSpog;
  std::string begin, end;
};
KeyRange RangeOf(const QuadPattern& pattern);

// The least byte string above all that start with `prefix`; empty where there is none.
std::string AfterPrefix(std::string_view prefix);

}  // namespace sitgraph::graph
