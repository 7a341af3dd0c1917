// Questions in plain English: what stands beside the answer, and what is not answered. questions_test.cc has answers.
#include <catch2/catch.hpp>

#include "tests/cli/run.h"

namespace sitgraph::cli::test {
namespace {

TEST_CASE("an answer shows its sentences, and its query where asked; what cannot be read is not answered") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  Run({"build", kExamples, "--graph", graph});
  const std::string answer =
      Output({"ask", "How many fighters left Rastan in May 2018?", "--sparql", "--graph", graph});
  CHECK(answer.find("Viktor Orlov") != std::string::npos);
  CHECK(answer.find("\"In all 13,407 fighters departed from Rastan") != std::string::npos);
  CHECK(answer.find("SELECT DISTINCT ?event") != std::string::npos);
  const std::string query = answer.substr(answer.find("SELECT DISTINCT"));
  CHECK(Output({"query", query, "--format", "csv", "--graph", graph}).find("report/homs-weapons-briefing") !=
        std::string::npos);

  const Ran unknown = Run({"ask", "Who captured Atlantis?", "--graph", graph});
  CHECK(unknown.status == 1);
  CHECK(unknown.out.empty());
  CHECK(unknown.err.find("the graph knows no \"Atlantis\"") != std::string::npos);
  CHECK(unknown.err.find("understood: events: capture") != std::string::npos);
  const Ran strange = Run({"ask", "What is the airspeed of a swallow?", "--graph", graph});
  CHECK(strange.status == 1);
  CHECK(strange.err.find("not understood: airspeed, swallow") != std::string::npos);
  CHECK(strange.err.find("such questions can be answered") != std::string::npos);
  CHECK(Run({"ask", "", "--graph", graph}).status == 1);
  CHECK(Run({"ask", "\xff?", "--graph", graph}).status != 3);
}

TEST_CASE("a guess, a denial and a search without luck are told as such") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  Run({"build", kExamples, "--graph", graph});
  const auto ask = [&](const std::string& question) { return Run({"ask", question, "--brief", "--graph", graph}); };

  CHECK(ask("Did Israel bomb Palmyra?").out == "No report says so.\n");
  CHECK(ask("Did Israel bomb Palmyra?").err.find("warning: nothing was found for name: Israel") != std::string::npos);
  CHECK(ask("Did Jaish al-Islam leave Douma?").out.starts_with("No, it did not happen"));
  CHECK(ask("Did Russia bomb hospitals?").out.find("denied by Russia") != std::string::npos);
  // A part of a name, a place that only the report names, another word for what is counted.
  CHECK(ask("Who attacked Shayrat?").err.find("took Shayrat for Shayrat Air Base") != std::string::npos);
  CHECK(ask("How many soldiers died at Shayrat?").err.find("is a guess") != std::string::npos);
  const Ran militants = ask("How many militants left Rastan in May 2018?");
  CHECK(militants.out.find("13407 fighters") != std::string::npos);
  CHECK(militants.err.find("another word than \"militants\"") != std::string::npos);
  // Bodies without a name are found by a word of theirs, a state by its army.
  CHECK(ask("Did the army deny that it used chemical weapons?").out.starts_with("Yes"));
  CHECK(ask("Did Turkey capture Afrin?").out.starts_with("Yes"));
  // No verb that tells an event: the number stands in a sentence.
  CHECK(ask("How many people live in Rukban?").out == "About 50,000 people\n");
}

TEST_CASE("every relation verb answers as a table, as JSON and as a graph") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  Run({"build", kExamples, "--graph", graph});
  const std::vector<std::vector<std::string>> verbs = {{"path", "Hezbollah", "Palmyra"},
                                                       {"neighbours", "Palmyra"},
                                                       {"timeline", "Palmyra"},
                                                       {"between", "Islamic State", "Palmyra"},
                                                       {"where"},
                                                       {"totals"},
                                                       {"rank"},
                                                       {"communities"},
                                                       {"control", "Palmyra"},
                                                       {"compare", "wire-2017-0302", "wire-2017-0303"}};
  for (std::vector<std::string> verb : verbs) {
    CAPTURE(verb.front());
    verb.insert(verb.end(), {"--graph", graph});
    const std::string table = Output(verb);
    CHECK(table.find("---") != std::string::npos);
    verb.insert(verb.end(), {"--format", "json"});
    CHECK(Output(verb).find("\"sentence\": ") != std::string::npos);
    verb.back() = "graphml";
    CHECK(Output(verb).find("<graphml") != std::string::npos);
  }
  const Ran wrong = Run({"timeline", "Palmyr", "--graph", graph});
  CHECK(wrong.status == 1);
  CHECK(wrong.err.find("did you mean Palmyra?") != std::string::npos);
  CHECK(Run({"timeline", "Palmyra", "--since", "soon", "--graph", graph}).status == 2);
}

TEST_CASE("incidents are the same through frames, in any order, and after a report is removed and built again") {
  const sitgraph::test::TemporaryFolder folder;
  const std::string built = folder.File("built"), loaded = folder.File("loaded");
  Run({"build", kExamples, "--graph", built});
  const std::string expected = Quads(built);
  CHECK(expected.find("/ns#Incident>") != std::string::npos);
  Run({"load", "-", "--graph", loaded}, Output({"extract", kExamples}));
  CHECK(Quads(loaded) == expected);
  Run({"remove", "wire-2017-0302", "--graph", built});
  CHECK(Quads(built) != expected);
  Run({"build", kExamples, "--graph", built});
  CHECK(Quads(built) == expected);
}

}  // namespace
}  // namespace sitgraph::cli::test
