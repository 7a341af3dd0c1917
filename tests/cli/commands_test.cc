// Asking, showing, exporting, checking: what a user sees of each command.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>

#include "tests/cli/run.h"

namespace sitgraph::cli::test {
namespace {

using Catch::Matchers::Contains;
using Catch::Matchers::StartsWith;
using sitgraph::test::TemporaryFolder;

// A graph of the example reports, made once.
const std::string& ExampleGraph() {
  static const TemporaryFolder folder;
  static const std::string graph = [] {
    Output({"build", kExamples, "--graph", folder.File("graph")});
    return folder.File("graph");
  }();
  return graph;
}

size_t Lines(const std::string& text) { return static_cast<size_t>(std::count(text.begin(), text.end(), '\n')); }

TEST_CASE("every command explains itself with examples") {
  const std::string help = Output({"--help"});
  for (const std::string command :
       {"build", "extract", "load", "remove", "query", "update", "show", "stats", "export", "check", "compact",
        "backup", "restore", "parse", "codebook", "gazetteer", "explain"}) {
    CAPTURE(command);
    CHECK_THAT(help, Contains("  " + command));
    CHECK_THAT(Output({command, "--help"}), Contains("Examples:\n  sitgraph " + command) || Contains("| sitgraph"));
  }
  CHECK_THAT(Output({"--version"}), StartsWith("sitgraph 0.") && Contains("commit") && Contains("RocksDB") &&
                                        Contains("graph format") && Contains("gazetteer"));
}

TEST_CASE("a graph is compacted, backed up and restored without a change in what it says") {
  const TemporaryFolder folder;
  const std::string graph = folder.File("graph"), backups = folder.File("backups"), restored = folder.File("restored");
  Output({"build", kExamples, "--graph", graph});
  const std::string quads = Quads(graph);
  const Ran compacted = Run({"compact", "--graph", graph});
  CHECK(compacted.status == 0);
  CHECK_THAT(compacted.err, Contains("statements, ") && Contains("MB before"));
  CHECK(Quads(graph) == quads);
  Output({"check", "--graph", graph});
  CHECK_THAT(Run({"backup", backups, "--graph", graph}).err, Contains("backup 1 in ") && Contains("verified"));
  CHECK(Lines(Output({"restore", backups, "--list"})) == 1);
  Output({"restore", backups, "--graph", restored});
  CHECK(Quads(restored) == quads);
  Output({"check", "--graph", restored});
  // What is built into a compacted graph stands beside what is packed.
  CHECK(Run({"build", kExamples, "--graph", restored}).err.find("unchanged") != std::string::npos);
  CHECK(Quads(restored) == quads);
  const Ran again = Run({"restore", backups, "--graph", restored});
  CHECK(again.status == 1);
  CHECK_THAT(again.err, Contains("not empty") && Contains("hint"));
  CHECK(Run({"restore", backups}).status == 2);
}

TEST_CASE("an explanation shows tree, marked words, the trigger's row and the slot of each filler") {
  const TemporaryFolder folder;
  const std::string report = folder.Write(
      "r.txt",
      "News of the day\n\nRebels <b> did not capture Palmyra from the army.\nThe army may shell 2 towns, SANA said.\n");
  const std::string all = Output({"explain", report});
  CHECK_THAT(all, Contains("1. [") && Contains("2. [") && Contains("[Palmyra|place]"));
  CHECK_THAT(all, Contains("triggers.csv:") && Contains("rule: verb") && Contains("agent: ") &&
                      Contains("<- subject") && Contains("negated; words of the sentence that say so: not"));
  CHECK_THAT(all, !Contains("\033["));  // no colours into a pipe
  const std::string second = Output({"explain", report, "--sentence", "2"});
  CHECK_THAT(second, Contains("\n2. [") && !Contains("\n1. ["));
  CHECK(Run({"explain", report, "--sentence", "99"}).status == 2);
  CHECK(Run({"explain", report, "--format", "docx"}).status == 2);
  CHECK_THAT(Output({"explain", report, "--format", "html"}),
             StartsWith("<!DOCTYPE html>") && Contains("&lt;") && !Contains("<b> did"));
  CHECK_THAT(Output({"explain", report, "--format", "json"}),
             StartsWith("{\"report\":\"r\"") && Contains("\"slot\":\"subject\"") && Contains("\"sources\":[\"") &&
                 Contains("\"factuality\":\"negated\""));
}

TEST_CASE("a gazetteer of one's own is imported, searched and used") {
  const TemporaryFolder folder;
  const std::string row = "1\tKalanso\tKalanso\t\t14.5\t-4.2\tP\tPPL\tML\t\t\t\t\t\t64000\t\t\t\t2020-01-01\n";
  const std::string gazetteer = folder.File("mali.gaz");
  CHECK_THAT(Run({"gazetteer", "import", folder.Write("ML.txt", row), "--output", gazetteer}).err,
             Contains("1 of 1 row kept") && Contains("1 place"));
  CHECK_THAT(Output({"gazetteer", "find", "Kalanso", "--gazetteer", gazetteer}),
             Contains("place/kalanso-ml") && Contains("14.5000 -4.2000"));
  CHECK(Run({"gazetteer", "find", "Nowhereville", "--gazetteer", "none"}).status == 1);
  const std::string report = folder.Write("r.txt", "Gunmen killed two people in Kalanso, Malian police said.\n");
  CHECK_THAT(Output({"extract", report, "--gazetteer", gazetteer}),
             Contains("\"iri\":\"place/kalanso-ml\"") && Contains("\"within\":\"place/mali\""));
  CHECK_THAT(Output({"extract", report, "--gazetteer", "none"}), !Contains("place/kalanso-ml"));
  const Ran broken = Run({"extract", report, "--gazetteer", report});
  CHECK(broken.status == 1);
  CHECK_THAT(broken.err, Contains("no gazetteer"));
  CHECK_THAT(Run({"gazetteer", "import", report, "--output", folder.File("x")}).err, Contains("19 columns"));
}

TEST_CASE("wrong usage is told and exits with 2") {
  const TemporaryFolder folder;
  const std::vector<std::vector<std::string>> wrong = {
      {},
      {"bild"},
      {"build"},
      {"build", kExamples},
      {"build", kExamples, "--graph", folder.File("g"), "--format", "docx"},
      {"query", "--graph", ExampleGraph()},
      {"query", "ASK {}", "--graph", ExampleGraph(), "--format", "yaml"},
      {"export", "--graph", ExampleGraph()},
      {"export", "--graph", ExampleGraph(), "--format", "grapml"}};
  for (const auto& arguments : wrong) {
    const Ran ran = Run(arguments);
    INFO(ran.err);
    CHECK(ran.status == 2);
    CHECK_FALSE(ran.err.empty());
    CHECK(ran.out.empty());
  }
  CHECK_FALSE(std::filesystem::exists(folder.File("g")));
}

TEST_CASE("a graph that is not there is not made by asking it") {
  const TemporaryFolder folder;
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"query", "ASK {}"},
                                             {"show", "x"},
                                             {"stats"},
                                             {"check"},
                                             {"export", "--format", "turtle"},
                                             {"remove", "x"}}) {
    std::vector<std::string> all = arguments;
    all.insert(all.end(), {"--graph", folder.File("none")});
    const Ran ran = Run(all);
    CHECK(ran.status == 1);
    CHECK_THAT(ran.err, Contains("sitgraph build"));
  }
  CHECK_FALSE(std::filesystem::exists(folder.File("none")));
}

TEST_CASE("the example queries answer with sentences and sources") {
  for (const auto& file : std::filesystem::directory_iterator(std::string(SITGRAPH_SOURCE_DIR) + "/examples/queries")) {
    CAPTURE(file.path());
    const Ran ran = Run({"query", "--graph", ExampleGraph(), "--file", file.path().string(), "--format", "csv"});
    CHECK(ran.status == 0);
    CHECK(ran.err.empty());
    CHECK(Lines(ran.out) > 3);
  }
  const std::string captures =
      Output({"query", "--graph", ExampleGraph(), "--file", SITGRAPH_SOURCE_DIR "/examples/queries/captures.rq"});
  CHECK_THAT(captures, Contains("Palmyra") && Contains("2017-03-02"));
}

TEST_CASE("a query's mistake is shown where it stands") {
  const Ran ran = Run({"query", "SELECT ?x { ?x a sg:Event OPTINAL { ?x sg:agent ?y } }", "--graph", ExampleGraph()});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("OPTINAL") && Contains("^") && Contains("did you mean OPTIONAL?"));
  const Ran misspelt = Run({"query", "SELECT ?x { ?x sg:agnet ?y }", "--graph", ExampleGraph()});
  CHECK(misspelt.status == 0);
  CHECK_THAT(misspelt.err, Contains("warning") && Contains("sg:agent"));
}

TEST_CASE("answers come in every form, and only the first rows where asked") {
  const std::string query = "SELECT ?e { ?e a sg:Event } ORDER BY ?e";
  const auto ask = [&](const std::string& format) {
    return Output({"query", query, "--graph", ExampleGraph(), "--limit", "3", "--format", format});
  };
  CHECK(Lines(ask("csv")) == 4);
  CHECK_THAT(ask("json"), Contains("\"bindings\""));
  CHECK_THAT(ask("xml"), Contains("</sparql>"));
  CHECK_THAT(ask("tsv"), StartsWith("?e\n<"));
  CHECK_THAT(ask("table"), Contains("(3 rows)"));
  CHECK_THAT(Run({"query", query, "--graph", ExampleGraph(), "--limit", "3"}).err, Contains("more rows"));
  CHECK(Output({"query", "ASK { ?x a sg:Place }", "--graph", ExampleGraph(), "--format", "csv"}) == "true\r\n");
}

TEST_CASE("graphs come as Turtle or N-Triples, and as no table") {
  const std::string query = "CONSTRUCT { ?p a sg:Place } { ?p a sg:Place }";
  CHECK_THAT(Output({"query", query, "--graph", ExampleGraph()}), StartsWith("@prefix sg: "));
  CHECK_THAT(Output({"query", query, "--graph", ExampleGraph(), "--format", "ntriples", "--limit", "1"}),
             Contains("rdf-syntax-ns#type> <https://w3id.org/sitgraph/ns#Place> .\n"));
  const Ran ran = Run({"query", query, "--graph", ExampleGraph(), "--format", "csv"});
  CHECK(ran.status == 2);
  CHECK_THAT(ran.err, Contains("use turtle or ntriples"));
}

TEST_CASE("a query's plan is shown with what its steps gave") {
  const std::string plan =
      Output({"query", "SELECT ?f ?n { ?f a sg:Force ; skos:prefLabel ?n OPTIONAL { ?f sgr:capture+ ?p } }", "--graph",
              ExampleGraph(), "--explain"});
  CHECK_THAT(plan, Contains("expected rows") && Contains("match ?f rdf:type sg:Force  by look-up") &&
                       Contains("optional") && Contains("match ?f (path) ?p  by search") && Contains("ms of planning"));
}

TEST_CASE("a query stops at its time limit and says so") {
  const Ran ran = Run({"query", "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i }", "--graph", ExampleGraph(),
                       "--timeout", "1"});
  CHECK(ran.status == 1);
  CHECK_THAT(ran.err, Contains("longer than its time limit"));
}

TEST_CASE("update changes a graph or says what is wrong and changes nothing") {
  const TemporaryFolder folder;
  const std::string graph = folder.File("graph");
  Output({"build", kExamples, "--graph", graph});
  const std::string before = Quads(graph);
  const Ran added = Run({"update", "--graph", graph, "INSERT DATA { <urn:x> skos:prefLabel \"X\" }"});
  CHECK(added.status == 0);
  CHECK(added.err == "added 1 statement, removed 0 statements\n");
  const Ran wrong = Run({"update", "--graph", graph, "CLEAR ALL ; INSRT DATA {}"});
  CHECK(wrong.status == 1);
  CHECK_THAT(wrong.err, Contains("did you mean INSERT?") && Contains("nothing was changed"));
  const Ran reports = Run({"update", "--graph", graph, "DELETE WHERE { GRAPH ?g { ?e sg:timeText ?t } }"});
  CHECK_THAT(reports.err, Contains("what ") && Contains("kept as saying"));
  CHECK(Run({"check", "--graph", graph}).status == 0);
  Output({"update", "--graph", graph, "DELETE WHERE { <urn:x> ?p ?o }"});
  CHECK(Quads(graph) != before);
}

TEST_CASE("show tells what is known of an entity, or which are meant") {
  const std::string text = Output({"show", "palmyra", "--graph", ExampleGraph()});
  CHECK_THAT(text, StartsWith("Palmyra (place)") && Contains("capture, as place") && Contains("[wire-2017-0302]"));
  CHECK_THAT(Output({"show", "place/palmyra", "--format", "json", "--graph", ExampleGraph()}), StartsWith("{"));
  const Ran none = Run({"show", "Palmira", "--graph", ExampleGraph()});
  CHECK(none.status == 1);
  CHECK_THAT(none.err, Contains("Palmyra"));
}

TEST_CASE("stats counts reports, events and entities") {
  const std::string text = Output({"stats", "--graph", ExampleGraph()});
  CHECK_THAT(text, Contains("Reports                  21") && Contains("capture") && Contains("Places"));
  CHECK_THAT(Output({"stats", "--format", "json", "--graph", ExampleGraph()}), Contains("\"reports\": 21"));
}

TEST_CASE("exports are whole files of the format that their name tells") {
  const TemporaryFolder folder;
  const std::pair<const char*, const char*> kinds[] = {{"g.graphml", "<graphml"},
                                                       {"g.gexf", "<gexf"},
                                                       {"g.ttl", "@prefix"},
                                                       {"g.nt", "<https://w3id.org"},
                                                       {"g.nq", "<https://w3id.org"}};
  for (const auto& [name, sign] : kinds) {
    CAPTURE(name);
    const std::string path = folder.File(name);
    Output({"export", "--graph", ExampleGraph(), "--output", path});
    std::ifstream file(path);
    const std::string content((std::istreambuf_iterator<char>(file)), {});
    CHECK_THAT(content, Contains(sign));
  }
  const Ran failed = Run({"export", "--graph", ExampleGraph(), "--format", "graphml", "--output", "/dev/full"});
  CHECK(failed.status == 1);
  CHECK_THAT(failed.err, Contains("/dev/full"));
}

TEST_CASE("parse prints the trees that extraction reads") {
  const std::string trees = Output({"parse", "-"}, "Syrian troops captured Palmyra on Thursday.\n");
  CHECK_THAT(trees,
             StartsWith("# newdoc id = stdin\n# newpar\n# sent_id = stdin-1\n# text = Syrian troops captured Palmyra"));
  CHECK_THAT(trees, Contains("3\tcaptured\tcapture\tVERB\t") && Contains("\t0\troot\t"));
  CHECK_THAT(Output({"parse", "--fast", "-"}, "Rebels left Homs.\n"), Contains("\troot\t"));
  CHECK(Run({"parse", "--model", "/nowhere.sgm", "-"}, "Rebels left Homs.\n").status == 1);
}

TEST_CASE("trees of another parser give the frames that our own would") {
  const std::string text = "Syrian troops captured Palmyra on Thursday.\n\nRebels shelled Aleppo, the army said.\n";
  const std::string trees = Output({"parse", "-"}, text);
  CHECK_THAT(trees, Contains("\n# newpar\n# sent_id = stdin-2\n# text = Rebels"));
  const std::string frames = Output({"extract", "--conllu", "--date", "2017-03-03", "-"}, trees);
  CHECK_THAT(frames, Contains("\"id\":\"stdin\"") && Contains("\"capture\"") && Contains("Palmyra") &&
                         Contains("2017-03-02") && Contains("\"shelling\""));
  const Ran broken = Run({"extract", "--conllu", "-"}, "1\tSyrian\t_\n\n");
  CHECK(broken.status == 1);
  CHECK_THAT(broken.err, Contains("-:1"));
  CHECK(Run({"extract", "--date", "2017-03-03", "-"}, text).status == 2);
}

TEST_CASE("a codebook's mistake is named with file, line and suggestion") {
  const TemporaryFolder folder;
  std::filesystem::copy(std::string(SITGRAPH_SOURCE_DIR) + "/codebook", folder.File("mine"));
  CHECK(Run({"codebook", "check", folder.File("mine")}).status == 0);
  std::ofstream(folder.File("mine") + "/triggers.csv", std::ios::app) << "captur,verb,overrun,,,,\n";
  const Ran wrong = Run({"codebook", "check", folder.File("mine")});
  INFO(wrong.err);
  CHECK(wrong.status == 1);
  CHECK_THAT(wrong.err, Contains("triggers.csv:") && Contains("capture"));
  CHECK(Run({"build", kExamples, "--codebook", folder.File("mine"), "--graph", folder.File("g")}).status == 1);
  CHECK_FALSE(std::filesystem::exists(folder.File("g")));
  CHECK_THAT(Output({"codebook", "types"}), Contains("capture") && Contains("PLOVER"));
}

TEST_CASE("the real reports tell who captured what, with the sentence behind each row") {
  const std::string reports = std::string(SITGRAPH_SHARED_DIR) + "/reports";
  if (!std::filesystem::exists(reports)) {
    WARN("skipped: needs " << reports);
    return;
  }
  const TemporaryFolder folder;
  std::vector<std::string> arguments = {"build", "--graph", folder.File("graph")};
  for (const auto& file : std::filesystem::directory_iterator(reports)) {
    if (file.path().extension() == ".txt") arguments.push_back(file.path().string());
  }
  Output(arguments);
  const std::string captures = Output({"query", "--graph", folder.File("graph"), "--format", "csv", "--file",
                                       SITGRAPH_SOURCE_DIR "/examples/queries/captures.rq"});
  CHECK(Lines(captures) >= 4);
  CHECK_THAT(captures, Contains("Palmyra"));
}

}  // namespace
}  // namespace sitgraph::cli::test
