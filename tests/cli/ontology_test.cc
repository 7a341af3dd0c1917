// The printed vocabulary names all that is written.
#include <catch2/catch.hpp>
#include <regex>
#include <set>

#include "tests/cli/run.h"

namespace sitgraph::cli::test {
namespace {

// Terms of our namespaces; only as subjects where `subjects`.
std::set<std::string> Terms(const std::string& quads, bool subjects) {
  static const std::regex kTerm("(^|\n|<)<?(https://w3id\\.org/sitgraph/(?:ns#|type/|rel/)[^>/]+)>");
  static const std::regex kSubject("(^|\n)<(https://w3id\\.org/sitgraph/(?:ns#|type/|rel/)[^>/]+)>");
  std::set<std::string> out;
  for (std::sregex_iterator it(quads.begin(), quads.end(), subjects ? kSubject : kTerm), end; it != end; ++it) {
    out.insert((*it)[2]);
  }
  return out;
}

TEST_CASE("every term of ours that a graph has is named by the ontology") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string graph = folder.File("graph"), vocabulary = folder.File("vocabulary");
  Run({"build", kExamples, "--graph", graph});
  Output({"load", folder.Write("ontology.ttl", Output({"ontology"})), "--graph", vocabulary});
  const std::set<std::string> named = Terms(Quads(vocabulary), true);
  const std::string ns = "https://w3id.org/sitgraph/ns#";
  for (const char* term : {"Incident", "member", "denies", "placeType", "country"}) CHECK(named.contains(ns + term));
  const std::set<std::string> written = Terms(Quads(graph), false);
  CHECK(written.size() > 80);
  for (const std::string& term : written) {
    CAPTURE(term);
    CHECK(named.contains(term));
  }
}

}  // namespace
}  // namespace sitgraph::cli::test
