// Doubts about who is who, and the decisions that settle them.
#include <catch2/catch.hpp>
#include <regex>

#include "tests/cli/run.h"

namespace sitgraph::cli::test {
namespace {

// The decisions of one kind that a review proposes, a line each.
std::string Proposed(const std::string& graph, const std::string& kind) {
  const std::string json = Output({"entities", "--review", "--format", "json", "--graph", graph});
  const std::regex decision("\"decision\": \"(" + kind + ",[^\"]+)\"");
  std::string out;
  for (std::sregex_iterator it(json.begin(), json.end(), decision), end; it != end; ++it) out += (*it)[1].str() + "\n";
  return out;
}

TEST_CASE("what a review proposes can be decided, is kept, and is not proposed again") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  const std::string reports = folder.Write(
      "reports.jsonl",
      R"({"id": "a", "date": "2017-03-01", "text": "Rebels attacked the village of Tell Qalib on Monday. They left Tell Qalib at night."}
{"id": "b", "date": "2017-03-02", "text": "The army shelled the village of Tal Qaleb on Thursday."}
)");
  Run({"build", reports, "--graph", graph});
  const std::string proposed = Proposed(graph, "same");
  CHECK(proposed == "same,place/tal-qaleb,place/tell-qalib\n");
  const std::string file = folder.Write("decisions.csv", proposed);
  Run({"build", reports, "--decisions", file, "--graph", graph});
  CHECK(Proposed(graph, "same").empty());
  CHECK(Quads(graph).find("place/tal-qaleb>") == std::string::npos);

  // Later builds keep them, and give what a fresh build with them gives.
  Run({"build", reports, "--graph", graph});
  CHECK(Quads(graph).find("place/tal-qaleb>") == std::string::npos);
  const std::string fresh = folder.File("fresh");
  Run({"load", "-", "--decisions", file, "--graph", fresh}, Output({"extract", reports}));
  CHECK(Quads(fresh) == Quads(graph));

  const Ran wrong =
      Run({"build", reports, "--decisions", folder.Write("wrong.csv", "sane,person/a,person/b\n"), "--graph", graph});
  CHECK(wrong.status == 1);
  CHECK(wrong.err.find("wrong.csv:1:1: unknown decision 'sane'") != std::string::npos);
  CHECK(wrong.err.find("did you mean 'same'?") != std::string::npos);
}

}  // namespace
}  // namespace sitgraph::cli::test
