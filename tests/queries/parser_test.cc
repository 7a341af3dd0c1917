// The query parser: what it accepts, what it says of what it does not, and that hostile input cannot hurt it.
#include "queries/sparql/parser.h"

#include <catch2/catch.hpp>
#include <string>

namespace sitgraph::queries::sparql {
namespace {

TEST_CASE("mistakes are told with place, expectation and suggestion") {
  struct Case {
    const char* query;
    const char* error;
  };
  const Case cases[] = {
      {"SELCT ?x WHERE { ?x a sg:Event }",
       "line 1:1: expected SELECT, ASK, CONSTRUCT or DESCRIBE, found 'SELCT'\n  hint: did you mean SELECT?"},
      {"SELECT ?x\nWHERE { ?x a sg:Event", "line 2:22: expected a pattern or '}', found the end of the query"},
      {"SELECT ?x { ?x a sq:Event }", "line 1:18: the prefix 'sq:' is not declared\n  hint: did you mean sg:Event?"},
      {"SELECT ?x { ?x a nonsense:Event }",
       "line 1:18: the prefix 'nonsense:' is not declared\n  hint: declare it with PREFIX nonsense: <...>"},
      {"SELECT ?x { ?x a ?y OPTINAL { ?x ?p ?z } }",
       "line 1:21: expected a pattern or '}', found 'OPTINAL'\n  hint: did you mean OPTIONAL?"},
      {"SELECT ?x { ?x a ?y FILTER(CONTAIN(?y, \"a\")) }",
       "line 1:28: expected an expression, found 'CONTAIN', which is no function\n  hint: did you mean CONTAINS?"},
      {"SELECT ?x { ?x a ?y } ORDR BY ?x",
       "line 1:23: expected the end of the query, found 'ORDR'\n  hint: did you mean ORDER?"},
      {"SELECT ?x { ?x a ?y } LIMIT ten", "line 1:29: expected a whole number after LIMIT, found 'ten'"},
      {"SELECT ?x { ?x a \"open\n }",
       "line 1:18: a string that is not closed on its line\n  hint: use \"\"\"...\"\"\" for several lines"},
      {"SELECT ?x { ?x sg:place \u201cRaqqa\u201d }",
       "line 1:25: unexpected '\u201c'\n  hint: strings are written with straight quotes, \" or '"},
      {"SELECT ?p (COUNT(?x) AS ?n) { ?x a ?p }",
       "line 1:8: ?p is neither grouped nor inside an aggregate\n  hint: add it to GROUP BY, or select (SAMPLE(?p) AS "
       "?any)"},
      {"SELECT ?x { ?x a ?y BIND(1 AS ?y) }", "line 1:31: ?y is already in use and cannot be given by BIND"},
      {"SELECT ?x { VALUES (?x ?y) { (1) } }", "line 1:30: a row of 1 values for 2 variables"},
      {"SELECT ?x { ?x a ?y FILTER(STRLEN(?x, 1) > 2) }", "line 1:28: STRLEN takes 1 argument, not 2"},
      {"SELECT ?x { ?x a ?y FILTER(COUNT(?x) > 2) }",
       "line 1:28: COUNT cannot be used here\n  hint: aggregates stand in SELECT, HAVING and ORDER BY, not inside one "
       "another"},
      {"SELECT * { _:a ?p ?o OPTIONAL { _:a ?q ?r } }",
       "line 1:33: the blank node _:a was used in another pattern before\n  hint: labels of blank nodes hold within "
       "one pattern; "
       "use a variable"},
      {"SELECT ?x { ?x a \"Ra\xFFqqa\" }", "line 1:21: the query is not valid UTF-8 here"},
      {"SELECT ?x { \u00e4\u00f6 ?x a ?y ~ }", "line 1:13: a character that no token starts with"},
  };
  for (const Case& each : cases) {
    INFO(each.query);
    auto query = Parse(each.query);
    REQUIRE(!query.has_value());
    CHECK(base::ToString(query.error()) == each.error);
  }
}

TEST_CASE("columns count code points, and the caret stands under the mistake") {
  const std::string text = "SELECT ?x {\n  ?x rdfs:label \"D\u0113r e\u017C-Zawr\" ; sg:place }";
  auto query = Parse(text);
  REQUIRE(!query.has_value());
  CHECK(query.error().place.line == 2);
  CHECK(query.error().place.column == 42);
  CHECK(base::ToStringWithCaret(query.error(), text).find(std::string(41, ' ') + "^") != std::string::npos);
}

TEST_CASE("our prefixes are known, and a declaration overrides them") {
  auto known = Parse("SELECT * { ?e sg:place ?p }");
  REQUIRE(known.has_value());
  const Pattern& triples = *(*known)->where->children.front();
  CHECK(triples.triples.front().predicate.term.value() == "https://w3id.org/sitgraph/ns#place");
  auto own = Parse("PREFIX sg: <http://example.org/> SELECT * { ?e sg:place ?p }");
  REQUIRE(own.has_value());
  CHECK((*own)->where->children.front()->triples.front().predicate.term.value() == "http://example.org/place");
  CHECK((*own)->prefixes == std::vector<std::pair<std::string, std::string>>{{"sg", "http://example.org/"}});
}

TEST_CASE("deep nesting is an error, never a crash") {
  auto repeat = [](const std::string& text, size_t times) {
    std::string out;
    for (size_t i = 0; i < times; ++i) out += text;
    return out;
  };
  constexpr size_t kTimes = 100000;
  struct Case {
    const char* name;
    std::string query;
  };
  const Case cases[] = {
      {"groups", "SELECT * " + repeat("{", kTimes)},
      {"optional groups", "SELECT * {" + repeat("OPTIONAL {", kTimes)},
      {"brackets", "SELECT * { FILTER(" + repeat("(", kTimes)},
      {"negations", "SELECT * { FILTER(" + repeat("!", kTimes) + "?x)}"},
      {"minus signs", "SELECT * { FILTER(" + repeat("- ", kTimes) + "?x)}"},
      {"sums", "SELECT * { FILTER(?x" + repeat(" + ?x", kTimes) + ")}"},
      {"products", "SELECT * { FILTER(?x" + repeat(" * ?x", kTimes) + ")}"},
      {"lists", "SELECT * { ?x ?p " + repeat("(", kTimes)},
      {"blank nodes", "SELECT * { ?x ?p " + repeat("[ ?p ", kTimes)},
      {"paths", "SELECT * { ?x " + repeat("(", kTimes)},
      {"inverse paths", "SELECT * { ?x " + repeat("^(", kTimes)},
      {"subselects", "SELECT * " + repeat("{ SELECT * ", kTimes)},
      {"exists", "SELECT * { FILTER EXISTS " + repeat("{ FILTER EXISTS ", kTimes)},
      {"calls", "SELECT * { FILTER(" + repeat("STR(", kTimes)},
  };
  for (const Case& each : cases) {
    INFO(each.name);
    CHECK(!Parse(each.query).has_value());
  }
}

TEST_CASE("a query over the size limit is refused unread") {
  auto query = Parse("SELECT * {}", {.base_iri = {}, .known_prefixes = true, .max_depth = 200, .max_bytes = 5});
  REQUIRE(!query.has_value());
  CHECK(query.error().code == base::ErrorCode::kTooLarge);
}

}  // namespace
}  // namespace sitgraph::queries::sparql
