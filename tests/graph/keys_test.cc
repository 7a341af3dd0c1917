#include "graph/keys.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <optional>
#include <random>
#include <string>
#include <vector>

#include "graph/tables.h"
#include "graph/vocabulary.h"

namespace sitgraph::graph {
namespace {

TEST_CASE("terms survive the dictionary") {
  const std::vector<Term> terms = {
      Term::Iri("http://example.org/"),
      Term::Blank("b1"),
      Term::String(""),
      Term::String("@en"),
      Term::String(std::string("zero\0byte", 9)),
      Term::String(std::string("\0", 1)),
      Term::LangString("x", "en-gb"),
      Term::Typed("x", "http://example.org/type"),
      Term::Typed("x", vocabulary::Iri(vocabulary::kRdf, "langString")),
      Term::Integer(7),
  };
  std::vector<std::string> keys;
  for (const Term& term : terms) {
    INFO(ToNTriples(term));
    keys.push_back(EncodeTerm(term));
    const auto decoded = DecodeTerm(keys.back());
    REQUIRE(decoded);
    CHECK(*decoded == term);
  }
  std::sort(keys.begin(), keys.end());
  CHECK(std::adjacent_find(keys.begin(), keys.end()) == keys.end());
}

TEST_CASE("malformed dictionary entries are corrupt") {
  for (const std::string& key : {std::string(), std::string("X"), std::string("Vno zero byte")}) {
    INFO(key);
    const auto decoded = DecodeTerm(key);
    REQUIRE(!decoded);
    CHECK(decoded.error().code == base::ErrorCode::kCorrupt);
  }
}

TEST_CASE("terms that could not be written out again are refused") {
  const std::string huge(kMaxIriBytes + 1, 'a');
  const struct {
    const char* what;
    Term term;
    std::optional<base::ErrorCode> code;
  } cases[] = {
      {"IRI", Term::Iri("http://example.org/é?x=%20#f"), std::nullopt},
      {"IRI with blank", Term::Iri("http://example.org/a b"), base::ErrorCode::kBadInput},
      {"IRI with bracket", Term::Iri("http://example.org/>"), base::ErrorCode::kBadInput},
      {"IRI with newline", Term::Iri("http://example.org/\n"), base::ErrorCode::kBadInput},
      {"IRI with backslash", Term::Iri("http://example.org/\\"), base::ErrorCode::kBadInput},
      {"empty IRI", Term::Iri(""), base::ErrorCode::kBadInput},
      {"long IRI", Term::Iri(huge), base::ErrorCode::kTooLarge},
      {"blank", Term::Blank("b-1.x_é"), std::nullopt},
      {"blank with space", Term::Blank("b 1"), base::ErrorCode::kBadInput},
      {"blank that ends in a dot", Term::Blank("b."), base::ErrorCode::kBadInput},
      {"blank without label", Term::Blank(""), base::ErrorCode::kBadInput},
      {"string", Term::String("any\ntext \" \x01"), std::nullopt},
      {"Latin-1", Term::String("caf\xE9"), base::ErrorCode::kBadInput},
      {"surrogate", Term::String("\xED\xA0\x80"), base::ErrorCode::kBadInput},
      {"long string", Term::String(huge), std::nullopt},
      {"language", Term::LangString("x", "de-AT-1996"), std::nullopt},
      {"bad language", Term::LangString("x", "en us"), base::ErrorCode::kBadInput},
      {"bad language 2", Term::LangString("x", "en-"), base::ErrorCode::kBadInput},
      {"datatype like a language", Term::Typed("x", "@en"), base::ErrorCode::kBadInput},
      {"datatype with zero", Term::Typed("x", std::string("a\0b", 3)), base::ErrorCode::kBadInput},
  };
  for (const auto& c : cases) {
    INFO(c.what);
    const base::Status status = ValidateTerm(c.term);
    CHECK(status.has_value() == !c.code.has_value());
    if (!status && c.code) CHECK(status.error().code == *c.code);
  }
}

// One set of ids in all orders.
TEST_CASE("quads survive every index, whose byte order is the order of ids") {
  std::mt19937_64 random(7);
  for (const QuadOrder order : kQuadOrders) {
    std::vector<std::string> keys;
    for (int i = 0; i < 100; ++i) {
      const QuadIds quad = {TermId{random()}, TermId{random() >> (random() % 64)}, TermId{random()},
                            TermId{random() % 3}};
      const QuadKey key = EncodeQuad(order, quad);
      CHECK(DecodeQuad(order, View(key)) == quad);
      keys.emplace_back(View(key));
    }
    std::sort(keys.begin(), keys.end());
    const auto leading = [](const std::string& key) { return DecodeId(key); };
    CHECK(std::is_sorted(keys.begin(), keys.end(),
                         [&](const auto& a, const auto& b) { return leading(a) < leading(b); }));
  }
}

TEST_CASE("a pattern's range holds its matches and nothing else") {
  // Few ids, among them those whose successors need a carry.
  const std::vector<TermId> ids = {TermId{1},         TermId{2}, TermId{0xFF}, TermId{0x100}, TermId{UINT64_MAX - 1},
                                   TermId{UINT64_MAX}};
  std::vector<QuadIds> quads;
  for (const TermId s : ids) {
    for (const TermId p : ids) {
      for (const TermId o : ids) {
        for (const TermId g : {kDefaultGraphId, TermId{0xFF}, TermId{UINT64_MAX}}) quads.push_back({s, p, o, g});
      }
    }
  }
  for (unsigned bound = 0; bound < 16; ++bound) {
    for (const QuadIds& wanted : quads) {
      QuadPattern pattern;
      if (bound & 1) pattern.subject = wanted.subject;
      if (bound & 2) pattern.predicate = wanted.predicate;
      if (bound & 4) pattern.object = wanted.object;
      if (bound & 8) pattern.graph = wanted.graph;
      const KeyRange range = RangeOf(pattern);
      size_t wrong = 0;
      for (const QuadIds& quad : quads) {
        const bool matches = (!pattern.subject || quad.subject == *pattern.subject) &&
                             (!pattern.predicate || quad.predicate == *pattern.predicate) &&
                             (!pattern.object || quad.object == *pattern.object) &&
                             (!pattern.graph || quad.graph == *pattern.graph);
        const QuadKey key = EncodeQuad(range.order, quad);
        const bool inside = View(key) >= range.begin && (range.end.empty() || View(key) < range.end);
        wrong += matches != inside ? 1 : 0;
      }
      INFO("bound positions " << bound);
      if (wrong != 0) CHECK(wrong == 0);
    }
  }
  SUCCEED();
}

TEST_CASE("the end of a prefix is the least string above it") {
  const struct {
    std::string prefix, end;
  } cases[] = {{"", ""}, {"a", "b"}, {"a\xFF", "b"}, {"\xFF\xFF", ""}, {std::string("\0", 1), "\x01"}};
  for (const auto& c : cases) CHECK(AfterPrefix(c.prefix) == c.end);
}

TEST_CASE("terms whose digests collide get neighbouring ids and are told apart") {
  std::map<TermId, std::string> dictionary;
  const auto find = [&](const std::string& key) {
    return ProbeTerm(key, [&](TermId id) -> base::Result<Slot> {
      const auto it = dictionary.find(id);
      if (it == dictionary.end()) return Slot::kFree;
      return it->second == key ? Slot::kSame : Slot::kOther;
    });
  };
  const TermId preferred = PreferredId("Imine");
  dictionary[preferred] = "Itheirs";
  const auto free = find("Imine");
  REQUIRE(free);
  CHECK(!free->found);
  CHECK(free->id == NextId(preferred));
  dictionary[free->id] = "Imine";
  const auto taken = find("Imine");
  REQUIRE(taken);
  CHECK(taken->found);
  CHECK(taken->id == NextId(preferred));

  CHECK(NextId(TermId{UINT64_MAX}) == TermId{1});  // the default graph's id belongs to no term

  TermId id = preferred;
  for (int i = 0; i < kMaxProbes; ++i, id = NextId(id)) dictionary[id] = "Itheirs" + std::to_string(i);
  const auto full = find("Imine");
  REQUIRE(!full);
  CHECK(full.error().code == base::ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace sitgraph::graph
