#include "graph/iri.h"

#include <catch2/catch.hpp>
#include <string>

namespace sitgraph::graph {
namespace {

TEST_CASE("references are resolved as RFC 3986 shows") {
  const std::string base = "http://a/b/c/d;p?q";
  const struct {
    const char* reference;
    const char* iri;
  } cases[] = {
      // Section 5.4.1
      {"g:h", "g:h"},
      {"g", "http://a/b/c/g"},
      {"./g", "http://a/b/c/g"},
      {"g/", "http://a/b/c/g/"},
      {"/g", "http://a/g"},
      {"//g", "http://g"},
      {"?y", "http://a/b/c/d;p?y"},
      {"g?y", "http://a/b/c/g?y"},
      {"#s", "http://a/b/c/d;p?q#s"},
      {"g?y#s", "http://a/b/c/g?y#s"},
      {";x", "http://a/b/c/;x"},
      {"", "http://a/b/c/d;p?q"},
      {".", "http://a/b/c/"},
      {"..", "http://a/b/"},
      {"../g", "http://a/b/g"},
      {"../..", "http://a/"},
      {"../../g", "http://a/g"},
      // 5.4.2
      {"../../../../g", "http://a/g"},
      {"/../g", "http://a/g"},
      {"g.", "http://a/b/c/g."},
      {"..g", "http://a/b/c/..g"},
      {"./g/.", "http://a/b/c/g/"},
      {"g/../h", "http://a/b/c/h"},
      {"g;x=1/../y", "http://a/b/c/y"},
      {"g?y/../x", "http://a/b/c/g?y/../x"},
      {"http:g", "http:g"},
  };
  for (const auto& c : cases) {
    INFO(c.reference);
    CHECK(ResolveIri(base, c.reference) == c.iri);
  }
  CHECK(ResolveIri("http://a", "b") == "http://a/b");
  CHECK(ResolveIri("urn:a:b", "#c") == "urn:a:b#c");
  CHECK(ResolveIri("file:///a/b.ttl", "c") == "file:///a/c");
}

TEST_CASE("a long run of dots takes no more than linear time") {
  std::string reference;
  for (int i = 0; i < 200'000; ++i) reference += "../x/";
  CHECK(ResolveIri("http://a/b/c", reference) == "http://a/x/");
}

}  // namespace
}  // namespace sitgraph::graph
