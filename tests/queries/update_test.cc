// Updates: what they change, what they refuse, and that they do all or nothing.
#include "queries/update.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "tests/queries/query_fixture.h"
#include "tests/queries/w3c_manifest.h"

namespace sitgraph::queries {
namespace {

using testing::TemporaryGraph;

// "+2 -1", or the error's text.
std::string Run(TemporaryGraph& graph, std::string_view text, const UpdateOptions& options = {}) {
  auto summary = RunUpdate(graph.store(), text, options);
  if (!summary) return base::ToString(summary.error());
  return "+" + std::to_string(summary->added) + " -" + std::to_string(summary->removed);
}

std::vector<std::string> Content(TemporaryGraph& graph) {
  std::vector<std::string> lines;
  for (const auto& quad : testing::AllQuads(*graph.Snapshot())) {
    auto name = [](const graph::Term& term) {
      return term.is_iri() ? term.value().substr(term.value().find_last_of("/#:") + 1) : term.value();
    };
    std::string line = name(quad.subject) + " " + name(quad.predicate) + " " + name(quad.object);
    if (!quad.in_default_graph()) line += " " + name(quad.graph);
    lines.push_back(std::move(line));
  }
  std::sort(lines.begin(), lines.end());
  return lines;
}
using Lines = std::vector<std::string>;

TEST_CASE("updates change what they say, and count it") {
  TemporaryGraph graph;
  CHECK(Run(graph, "INSERT DATA { <urn:a> sg:of 1, 2 GRAPH <urn:g> { <urn:a> sg:of 1 } }") == "+3 -0");
  CHECK(Content(graph) == Lines{"a of 1", "a of 1 g", "a of 2"});
  CHECK(Run(graph, "INSERT DATA { <urn:a> sg:of 1, 3 }") == "+1 -0");
  CHECK(Run(graph, "DELETE DATA { <urn:a> sg:of 3, 4 }") == "+0 -1");
  CHECK(Run(graph, "DELETE { ?a sg:of ?n } INSERT { ?a sg:of ?m } WHERE { ?a sg:of ?n BIND(?n + 1 AS ?m) }") ==
        "+2 -2");
  CHECK(Content(graph) == Lines{"a of 1 g", "a of 2", "a of 3"});
  CHECK(Run(graph, "WITH <urn:g> DELETE { ?a sg:of ?n } INSERT { ?a sg:unit ?n } WHERE { ?a sg:of ?n }") == "+1 -1");
  CHECK(Content(graph) == Lines{"a of 2", "a of 3", "a unit 1 g"});
  CHECK(Run(graph, "DELETE WHERE { GRAPH ?g { ?a sg:unit ?n } }") == "+0 -1");
  CHECK(Run(graph, "INSERT { GRAPH <urn:h> { _:b sg:of ?n } } WHERE { ?a sg:of ?n }") == "+2 -0");
  CHECK(graph.Ask("SELECT (COUNT(DISTINCT ?b) AS ?n) { GRAPH <urn:h> { ?b sg:of ?x } }") == Lines{"2"});
}

TEST_CASE("later operations see what earlier ones did") {
  TemporaryGraph graph;
  graph.Add("g", "id:x sg:of id:y");
  CHECK(Run(graph,
            "INSERT DATA { <urn:a> sg:of <urn:b> . <urn:b> sg:of <urn:c> GRAPH <urn:n> { <urn:new> sg:of \"new\" } } ;"
            "DELETE { ?x sg:of ?y } INSERT { ?y sg:within ?x } WHERE { ?x sg:of ?y } ;"
            "INSERT { GRAPH <urn:h> { ?x sg:within ?y } } WHERE { ?x sg:within+ ?y } ;"
            "DELETE WHERE { GRAPH <urn:n> { ?s ?p ?o } } ; CLEAR DEFAULT") == "+10 -6");
  CHECK(Content(graph) == Lines{"b within a h", "c within a h", "c within b h", "x of y g", "y within x h"});
  CHECK(Run(graph, "COPY <urn:h> TO <urn:i> ; DROP GRAPH <urn:h> ; MOVE <urn:i> TO DEFAULT") == "+8 -8");
  CHECK(Content(graph) == Lines{"b within a", "c within a", "c within b", "x of y g", "y within x"});
  CHECK(Run(graph, "ADD DEFAULT TO <urn:j> ; CLEAR NAMED ; ADD DEFAULT TO <urn:j>") == "+8 -5");
  CHECK(Run(graph, "DROP ALL") == "+0 -8");
  CHECK(Content(graph).empty());
}

TEST_CASE("a request that fails changes nothing") {
  TemporaryGraph graph;
  graph.Add("", "id:a sg:of id:b");
  const Lines before = Content(graph);
  CHECK(Run(graph, "INSERT DATA { <urn:a> sg:of 1 } ; COPY <urn:none> TO DEFAULT") ==
        "line 1:35: there is no graph <urn:none>");
  CHECK(Run(graph, "DELETE WHERE { ?a ?b ?c } ; LOAD <http://example.org/x.ttl>") ==
        "line 1:29: <http://example.org/x.ttl> is not a file of this machine\n"
        "  hint: fetch it first, then LOAD <file:///folder/name.ttl>");
  CHECK(Run(graph, "CLEAR ALL ; LOAD <file:///x.ttl>") == "line 1:13: LOAD is not allowed here");
  CHECK(Content(graph) == before);
  CHECK(Run(graph, "COPY SILENT <urn:none> TO DEFAULT") == "+0 -0");
  CHECK(Content(graph) == before);

  UpdateOptions options;
  options.limits.bytes = 1 << 20;
  std::string many = "INSERT DATA {";
  for (int i = 0; i < 20000; ++i) many += " <urn:a> sg:of " + std::to_string(i) + " .";
  CHECK(Run(graph, many + "}", options).find("limit of 1 MiB") != std::string::npos);
  CHECK(Content(graph) == before);
  CHECK(graph.store().Check()->empty());
}

TEST_CASE("files are loaded where that is allowed, whole or not at all") {
  test::TemporaryFolder folder;
  TemporaryGraph graph;
  std::ofstream(folder.path() + "/good file.ttl") << "<urn:a> <urn:of> 1, 2, 1 .";
  std::ofstream(folder.path() + "/bad.ttl") << "<urn:a> <urn:of> 1 .\n<urn:a> 2 3 .";
  UpdateOptions options;
  options.load_files = true;
  CHECK(Run(graph, "LOAD <file://" + folder.path() + "/good%20file.ttl> INTO GRAPH <urn:g>", options) == "+2 -0");
  CHECK(Content(graph) == Lines{"a of 1 g", "a of 2 g"});
  CHECK(Run(graph, "LOAD SILENT <file://" + folder.path() + "/bad.ttl>", options) == "+0 -0");
  CHECK(Run(graph, "LOAD <file://" + folder.path() + "/bad.ttl>", options).find("bad.ttl:2") != std::string::npos);
  CHECK(Content(graph).size() == 2);
}

TEST_CASE("mistakes in updates are shown with their place") {
  TemporaryGraph graph;
  struct {
    const char* text;
    const char* error;
  } const cases[] = {
      {"INSRT DATA { <urn:a> sg:of 1 }",
       "line 1:1: expected INSERT, DELETE, WITH, LOAD, CLEAR, DROP, CREATE, ADD, MOVE or COPY, found 'INSRT'\n"
       "  hint: did you mean INSERT?"},
      {"INSERT DATA { ?x sg:of 1 }",
       "line 1:15: the variable ?x in data\n"
       "  hint: INSERT DATA and DELETE DATA take triples as they are; use INSERT { ... } WHERE { ... }"},
      {"DELETE { _:x sg:of 1 } WHERE {}",
       "line 1:10: a blank node in what is to be deleted\n"
       "  hint: it would stand for any node; use a variable in WHERE"},
      {"INSERT { ?x sg:of 1 }", "line 1:22: expected WHERE, found the end of the query"},
      {"CLEAR <urn:x>", "line 1:7: expected GRAPH and an IRI, DEFAULT, NAMED or ALL, found <urn:x>"},
  };
  for (const auto& each : cases) {
    INFO(each.text);
    CHECK(Run(graph, each.text) == each.error);
  }
}

}  // namespace
}  // namespace sitgraph::queries
