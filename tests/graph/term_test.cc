#include "graph/term.h"

#include <catch2/catch.hpp>
#include <cmath>
#include <cstdlib>
#include <limits>
#include <string>
#include <vector>

namespace sitgraph::graph {
namespace {

const std::string kXsd = "http://www.w3.org/2001/XMLSchema#";

TEST_CASE("terms are written as N-Triples") {
  const struct {
    Term term;
    std::string text;
  } cases[] = {
      {Term::Iri("http://example.org/a"), "<http://example.org/a>"},
      {Term::Iri("http://example.org/é"), "<http://example.org/é>"},
      {Term::Iri("a> <b"), "<a\\u003E\\u0020\\u003Cb>"},
      {Term::Blank("b1"), "_:b1"},
      {Term::String("plain"), "\"plain\""},
      {Term::String(""), "\"\""},
      {Term::String("a\"b\\c\nd\re\tf"), "\"a\\\"b\\\\c\\nd\\re\tf\""},
      {Term::String(std::string("a\0b", 3)), "\"a\\u0000b\""},
      {Term::String("Ракка"), "\"Ракка\""},
      {Term::LangString("Raqqa", "EN-gb"), "\"Raqqa\"@en-gb"},
      {Term::Integer(std::numeric_limits<int64_t>::min()), "\"-9223372036854775808\"^^<" + kXsd + "integer>"},
      {Term::Boolean(true), "\"true\"^^<" + kXsd + "boolean>"},
      {Term::Typed("2017-09", kXsd + "gYearMonth"), "\"2017-09\"^^<" + kXsd + "gYearMonth>"},
      {Term::Typed("x", kXsd + "string"), "\"x\""},
      {Term::Typed("x", ""), "\"x\""},
  };
  for (const auto& c : cases) {
    INFO(c.text);
    CHECK(ToNTriples(c.term) == c.text);
  }
}

TEST_CASE("decimals are the shortest that read back equal, without exponent") {
  const struct {
    double value;
    std::string text;
  } cases[] = {{0, "0"},
               {-0.0, "0"},
               {0.1, "0.1"},
               {-2.5, "-2.5"},
               {35.9528, "35.9528"},
               {1e21, "1000000000000000000000"},
               {1e-7, "0.0000001"},
               {1.0 / 3, "0.3333333333333333"}};
  for (const auto& c : cases) {
    INFO(c.text);
    CHECK(Term::Decimal(c.value).value() == c.text);
    CHECK(Term::Decimal(c.value).datatype() == kXsd + "decimal");
  }
  for (const double value : {std::numeric_limits<double>::max(), std::numeric_limits<double>::denorm_min(),
                             std::numeric_limits<double>::lowest(), 5e-324, 123456.789e-30}) {
    const std::string text = Term::Decimal(value).value();
    INFO(text);
    CHECK(text.find_first_of("eE") == std::string::npos);
    CHECK(std::strtod(text.c_str(), nullptr) == value);
  }
}

TEST_CASE("what no decimal can say becomes a double") {
  CHECK(Term::Decimal(std::numeric_limits<double>::infinity()) == Term::Typed("INF", kXsd + "double"));
  CHECK(Term::Decimal(std::nan("")) == Term::Typed("NaN", kXsd + "double"));
}

TEST_CASE("doubles have XML Schema's canonical form") {
  const struct {
    double value;
    std::string text;
  } cases[] = {{0, "0.0E0"},
               {1, "1.0E0"},
               {-1.5, "-1.5E0"},
               {100, "1.0E2"},
               {1e-9, "1.0E-9"},
               {6.02e23, "6.02E23"},
               {-std::numeric_limits<double>::infinity(), "-INF"}};
  for (const auto& c : cases) {
    INFO(c.text);
    CHECK(Term::Double(c.value).value() == c.text);
  }
}

TEST_CASE("language tags differ by nothing but case are one term") {
  CHECK(Term::LangString("x", "EN") == Term::LangString("x", "en"));
  CHECK(Term::LangString("x", "en") != Term::String("x"));
  CHECK(Term::LangString("x", "en").datatype() == "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString");
}

}  // namespace
}  // namespace sitgraph::graph
