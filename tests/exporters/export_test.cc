#include "exporters/export.h"

#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <csignal>
#include <filesystem>
#include <random>
#include <thread>

#include "tests/exporters/clients.h"
#include "tests/exporters/test_graph.h"

namespace sitgraph::exporters {
namespace {

using namespace test;

constexpr Format kAll[] = {Format::kGraphMl,  Format::kGexf,     Format::kEvents, Format::kGeoJson,
                           Format::kKml,      Format::kTimeline, Format::kTurtle, Format::kTriG,
                           Format::kNTriples, Format::kNQuads,   Format::kRdfXml, Format::kJsonLd};

TEST_CASE("formats by name and by the path's ending") {
  const struct {
    const char* name;
    const char* path;
    Format format;
  } cases[] = {{"graphml", "a.graphml", Format::kGraphMl},
               {"GEXF", "/b/c.GEXF", Format::kGexf},
               {"turtle", "x.y.ttl", Format::kTurtle},
               {"ntriples", "x.nt", Format::kNTriples},
               {"nquads", "x.nq", Format::kNQuads}};
  for (const auto& c : cases) {
    INFO(c.name);
    REQUIRE(ParseFormat(c.name));
    CHECK(*ParseFormat(c.name) == c.format);
    CHECK(FormatOfPath(c.path) == c.format);
  }
  for (const char* path : {"-", "", ".graphml", "graphml", "a.txt", "a.ttl.gz"}) CHECK_FALSE(FormatOfPath(path));
}

TEST_CASE("a misspelt format is told with the nearest one") {
  const auto format = ParseFormat("graphlm");
  REQUIRE_FALSE(format);
  CHECK(format.error().code == base::ErrorCode::kUsage);
  CHECK(format.error().message == "unknown export format \"graphlm\"");
  CHECK(format.error().hint ==
        "did you mean graphml? formats: graphml, gexf, csv, events, neo4j, geojson, kml, timeline, "
        "turtle, trig, ntriples, nquads, rdfxml, jsonld");
  CHECK_FALSE(ParseFormat(""));
  CHECK_FALSE(ParseGexfVersion("2"));
  CHECK(ParseGexfVersion("1.2").value() == GexfVersion::k12Draft);
}

TEST_CASE("the same graph gives the same bytes, whatever the order it was written in") {
  std::vector<Quad> quads = ExampleGraph().quads();
  quads.push_back({Term::Blank("b2"), PrefLabel(), Term::String("two"), Term()});
  quads.push_back({Term::Blank("b1"), PrefLabel(), Term::LangString("eins", "de"), Id("report/r1")});
  const TestStore forward(quads);
  std::shuffle(quads.begin(), quads.end(), std::mt19937(7));
  const TestStore shuffled(quads);
  for (const Format format : kAll) {
    INFO(FormatNames()[static_cast<size_t>(format)]);
    const std::string content = forward.Export("a", {.format = format});
    REQUIRE(!content.empty());
    CHECK(content == forward.Export("b", {.format = format}));
    CHECK(content == shuffled.Export("a", {.format = format}));
  }
}

TEST_CASE("what was written is told, and told on the way") {
  Quads g;
  const Term report = g.Report("report/r", "T");
  for (int i = 0; i < 5000; ++i) {
    g.Add(g.Event(report, std::to_string(i), "attack", "A"), Sg("begin"), XsdDate("2018-05-07"), report);
  }
  const TestStore store(g.quads());
  for (const Format format : kAll) {
    INFO(FormatNames()[static_cast<size_t>(format)]);
    std::vector<uint64_t> told;
    const auto summary = Export(store.snapshot(), {.format = format,
                                                   .path = store.folder().File("out"),
                                                   .layout = Layout::kNone,
                                                   .progress = [&](uint64_t n) { told.push_back(n); }});
    REQUIRE(summary);
    REQUIRE_FALSE(told.empty());
    CHECK(told.front() == 4096);
    const Family family = FamilyOf(format);
    CHECK(summary->nodes == (family == Family::kView ? 5000 : 0));
    CHECK(summary->events == (family == Family::kEvents ? 5000 : 0));
    CHECK(summary->statements == (family == Family::kRdf ? 25004 : 0));
  }
}

TEST_CASE("a failed export is an error and leaves what was there") {
  Quads g = ExampleGraph();
  const Term report = g.Report("report/full", "T");
  for (int i = 0; i < 2000; ++i) {
    const Term event = g.Event(report, std::to_string(i), "attack", std::string(100, 'x'));
    g.Add(event, Sg("begin"), XsdDate("2018-05-07"), report);
  }
  const TestStore store(g.quads());
  for (const Format format : kAll) {
    INFO(FormatNames()[static_cast<size_t>(format)]);
    const auto full = Export(store.snapshot(), {.format = format, .path = "/dev/full", .layout = Layout::kNone});
    REQUIRE_FALSE(full);
    CHECK(full.error().code == base::ErrorCode::kIo);

    // A disk that is full after 64 KB, with an older file in place.
    const TemporaryFolder folder;
    const std::string path = folder.Write("out", "older");
    ::rlimit old{};
    REQUIRE(::getrlimit(RLIMIT_FSIZE, &old) == 0);
    const auto old_handler = std::signal(SIGXFSZ, SIG_IGN);
    const ::rlimit small{65536, old.rlim_max};
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &small) == 0);
    const auto cut = Export(store.snapshot(), {.format = format, .path = path, .layout = Layout::kNone});
    REQUIRE(::setrlimit(RLIMIT_FSIZE, &old) == 0);
    std::signal(SIGXFSZ, old_handler);
    REQUIRE_FALSE(cut);
    CHECK(cut.error().code == base::ErrorCode::kIo);
    CHECK(TestStore::Content(path) == "older");
    CHECK(std::distance(std::filesystem::directory_iterator(folder.path()), {}) == 1);
  }
  const auto nowhere = Export(store.snapshot(), {.path = store.folder().File("no/such/folder.graphml")});
  REQUIRE_FALSE(nowhere);
}

TEST_CASE("a closed pipe is an error") {
  Quads g;
  const Term report = g.Report("report/full", "T");
  for (int i = 0; i < 2000; ++i) {
    const Term event = g.Event(report, std::to_string(i), "attack", std::string(100, 'x'));
    g.Add(event, Sg("begin"), XsdDate("2018-05-07"), report);
  }
  const TestStore store(g.quads());
  const auto old_handler = std::signal(SIGPIPE, SIG_IGN);
  for (const Format format : kAll) {
    INFO(FormatNames()[static_cast<size_t>(format)]);
    // A named pipe whose reader goes away.
    const std::string path = store.folder().File("pipe" + FormatNames()[static_cast<size_t>(format)]);
    REQUIRE(::mkfifo(path.c_str(), 0600) == 0);
    std::thread reader([&path] {
      std::FILE* const pipe = std::fopen(path.c_str(), "rb");
      char byte = 0;
      if (std::fread(&byte, 1, 1, pipe) == 1) std::fclose(pipe);
    });
    const auto summary = Export(store.snapshot(), {.format = format, .path = path, .layout = Layout::kNone});
    reader.join();
    REQUIRE_FALSE(summary);
    CHECK(summary.error().code == base::ErrorCode::kIo);
  }
  std::signal(SIGPIPE, old_handler);
}

}  // namespace
}  // namespace sitgraph::exporters
