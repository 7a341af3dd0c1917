// Reports in, graph on disk: build, extract, load and remove as a user runs them.
#include <unistd.h>

#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/cli/run.h"

namespace sitgraph::cli::test {
namespace {

using Catch::Matchers::Contains;
using sitgraph::test::TemporaryFolder;

constexpr const char* kPalmyra =
    "Army takes Palmyra\n\nSyrian troops captured Palmyra on Thursday, a military spokesman said.\n";

TEST_CASE("the example reports build; the same again changes nothing") {
  const TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  const Ran first = Run({"build", kExamples, "--graph", graph});
  INFO(first.err);
  REQUIRE(first.status == 0);
  CHECK(first.out.empty());
  CHECK_THAT(first.err, Contains("added      21 reports"));
  CHECK_THAT(first.err, Contains("skipped    0 inputs"));
  const std::string quads = Quads(graph);

  const Ran second = Run({"build", kExamples, "--graph", graph});
  CHECK(second.status == 0);
  CHECK_THAT(second.err, Contains("unchanged  21 reports"));
  CHECK_THAT(second.err, Contains("added      0 reports"));
  CHECK(Quads(graph) == quads);
}

TEST_CASE("the graph does not depend on order, threads or the way through frames") {
  const TemporaryFolder folder;
  Output({"build", kExamples, "--graph", folder.File("a"), "--jobs", "1"});
  std::vector<std::string> backwards;
  for (const auto& file : std::filesystem::directory_iterator(kExamples)) backwards.push_back(file.path().string());
  std::sort(backwards.rbegin(), backwards.rend());
  std::vector<std::string> arguments = {"build", "--graph", folder.File("b"), "--jobs", "5"};
  arguments.insert(arguments.end(), backwards.begin(), backwards.end());
  Output(arguments);
  Output({"load", "-", "--graph", folder.File("c")}, Output({"extract", kExamples}));

  const std::string quads = Quads(folder.File("a"));
  CHECK(Quads(folder.File("b")) == quads);
  CHECK(Quads(folder.File("c")) == quads);
}

TEST_CASE("a changed report replaces what it said; a removed one says nothing any more") {
  const TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  const std::string report = folder.Write("reports/one.txt", kPalmyra);
  folder.Write("reports/two.txt", "Rebels shelled Aleppo on Friday, residents said.\n");
  Output({"build", folder.File("reports/two.txt"), "--graph", graph});
  const std::string without = Quads(graph);
  Output({"build", folder.File("reports"), "--graph", graph});
  CHECK_THAT(Quads(graph), Contains("Palmyra"));

  folder.Write("reports/one.txt",
               "Army takes Raqqa\n\nSyrian troops captured Raqqa on Thursday, a military spokesman said.\n");
  const Ran changed = Run({"build", folder.File("reports"), "--graph", graph});
  CHECK(changed.status == 0);
  CHECK_THAT(changed.err, Contains("replaced   1 report"));
  CHECK_THAT(changed.err, Contains("unchanged  1 report"));
  CHECK_THAT(Quads(graph), Contains("Raqqa") && !Contains("Palmyra"));

  Output({"remove", "one", "--graph", graph});
  CHECK(Quads(graph) == without);
  const Ran again = Run({"remove", "ones", "--graph", graph});
  CHECK(again.status == 1);
  CHECK_THAT(again.err, Contains("no report 'ones'"));
}

TEST_CASE("broken input is named with its reason and loses nothing else") {
  const TemporaryFolder folder;
  const auto reports = [&](const std::string& name) { return "reports/" + name; };
  folder.Write(reports("a-good.txt"), kPalmyra);
  folder.Write(reports("binary.txt"), std::string("PK\3\4\0\0\0\0 not a text", 20));
  folder.Write(reports("empty.txt"), " \n\n");
  folder.Write(reports("latin.txt"), "Rebels left Aleppo \x81\x8d\x8f\x90\x9d\xff\xfe\xfd on Monday.\n");
  folder.Write(reports("long.txt"), std::string(size_t{200} << 20, 'x'));
  folder.Write(reports("lines.jsonl"),
               "{\"id\": \"x1\", \"text\": \"Islamic State seized Raqqa in 2014.\"}\n{\"id\": \"x2\", \"text\": \n"
               "{\"id\": \"x3\", \"text\": \"Kurdish forces captured Tabqa on May 10, 2017.\"}\n");
  folder.Write(reports("open.html"),
               "<html><body><article><p>Government forces captured <b>Douma on April 14, 2018.<p>They raised flags");
  folder.Write(reports("z-good.txt"), "Turkish soldiers entered Idlib in October 2017, witnesses said.\n");

  const std::string graph = folder.File("graph");
  const Ran ran = Run({"build", folder.File("reports"), folder.File("absent.txt"), "--graph", graph});
  INFO(ran.err);
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("binary.txt") && Contains("binary content"));
  CHECK_THAT(ran.err, Contains("empty.txt: empty"));
  CHECK_THAT(ran.err, Contains("latin.txt:1:20: invalid UTF-8"));
  CHECK_THAT(ran.err, Contains("long.txt: report is larger than"));
  CHECK_THAT(ran.err, Contains("lines.jsonl:2") && Contains("not JSON"));
  CHECK_THAT(ran.err, Contains("absent.txt: "));
  CHECK_THAT(ran.err, Contains("skipped 6 inputs"));
  CHECK_THAT(ran.err, Contains("added      5 reports"));
  CHECK_THAT(Quads(graph), Contains("Palmyra") && Contains("Douma") && Contains("Tabqa") && Contains("Idlib"));
  Output({"check", "--graph", graph});
}

TEST_CASE("two reports with one id do not replace each other without a word") {
  const TemporaryFolder folder;
  folder.Write("a/news.txt", kPalmyra);
  folder.Write("b/news.txt", "Rebels captured Hama on Friday, a spokesman said.\n");
  folder.Write("c/news.txt", kPalmyra);
  const std::vector<std::string> command = {"build",          folder.File("a"), folder.File("b"),
                                            folder.File("c"), "--graph",        folder.File("graph")};
  const Ran ran = Run(command);
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("b/news.txt") && Contains("another report of this build has the id 'news'"));
  CHECK_THAT(ran.err, !Contains("c/news.txt"));
  const std::string quads = Quads(folder.File("graph"));
  CHECK_THAT(quads, Contains("Palmyra") && !Contains("Hama"));
  CHECK(Run(command).status == 1);
  CHECK(Quads(folder.File("graph")) == quads);
}

TEST_CASE("reports come from standard input too") {
  const TemporaryFolder folder;
  Output({"build", "-", "--graph", folder.File("graph")}, kPalmyra);
  CHECK_THAT(Output({"show", "Palmyra", "--graph", folder.File("graph")}),
             Contains("capture, as place") && Contains("[stdin]"));
  const std::string frames = Output({"extract", "--format", "csv", "--text-column", "words", "-"},
                                    "nr,words\n1,\"Rebels captured Hama, he said.\"\n");
  CHECK_THAT(frames, Contains("\"capture\"") && Contains("Hama"));
}

TEST_CASE("a graph keeps the base that it was made with") {
  const TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  const std::string report = folder.Write("one.txt", kPalmyra);
  Output({"build", report, "--graph", graph, "--base", "https://example.org/syria/"});
  CHECK_THAT(Quads(graph), Contains("<https://example.org/syria/place/palmyra>"));
  CHECK(Run({"build", report, "--graph", graph, "--base", "https://example.org/other/"}).status == 1);
  CHECK(Run({"build", report, "--graph", folder.File("new"), "--base", "syria"}).status == 2);
  CHECK(Run({"build", report, "--graph", graph}).status == 0);
}

TEST_CASE("RDF is loaded beside reports") {
  const TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  const std::string turtle = folder.Write("more.ttl", "<http://e/x> <http://e/p> \"v\" .\n");
  const std::string broken = folder.Write("broken.nt", "<http://e/x> <http://e/p> \"w\" .\n<http://e/x> nonsense .\n");
  Output({"load", turtle, "--graph", graph});
  const Ran ran = Run({"load", broken, "--graph", graph});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("broken.nt:2"));
  CHECK_THAT(Quads(graph), Contains("\"v\"") && !Contains("\"w\""));
  CHECK(Run({"load", broken, "--skip-errors", "--graph", graph}).status == 1);
  CHECK_THAT(Quads(graph), Contains("\"v\"") && Contains("\"w\""));
}

TEST_CASE("an exported graph loads back as the same graph") {
  const TemporaryFolder folder;
  Output({"build", kExamples, "--graph", folder.File("graph")});
  Output({"export", "--graph", folder.File("graph"), "--output", folder.File("all.nq")});
  Output({"load", folder.File("all.nq"), "--graph", folder.File("again")});
  CHECK(Quads(folder.File("again")) == Quads(folder.File("graph")));
}

}  // namespace
}  // namespace sitgraph::cli::test
