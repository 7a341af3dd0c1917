// What networkx, igraph's rules and the schemas make of GraphML and GEXF files.
#include "tests/exporters/clients.h"

#include <catch2/catch.hpp>
#include <filesystem>
#include <map>
#include <set>
#include <sstream>
#include <utility>

#include "exporters/export.h"
#include "exporters/view.h"
#include "tests/exporters/hostile.h"
#include "tests/exporters/test_graph.h"

namespace sitgraph::exporters {
namespace {

using namespace test;

// Attributes by element ("node", id) or ("edge", "source target kind"), as networkx reads them. Empty where it is
// absent.
using Elements = std::map<std::pair<std::string, std::string>, std::map<std::string, std::string>>;

std::string FromHex(const std::string& hex) {
  std::string bytes;
  for (size_t i = 0; i + 1 < hex.size(); i += 2) bytes += static_cast<char>(std::stoi(hex.substr(i, 2), nullptr, 16));
  return bytes;
}

bool HaveNetworkx() {
  static const bool kHave = Run("/usr/bin/python3 -c 'import networkx'").status == 0;
  if (!kHave) WARN("skipped: networkx (Debian python3-networkx) is not installed");
  return kHave;
}

Elements ReadWithNetworkx(const std::string& path) {
  const Ran ran = Run("/usr/bin/python3 " SITGRAPH_SOURCE_DIR "/tests/exporters/read_with_networkx.py " + path);
  INFO(ran.output.substr(0, 2000));
  REQUIRE(ran.status == 0);
  Elements elements;
  std::istringstream lines(ran.output);
  for (std::string line; std::getline(lines, line);) {
    std::vector<std::string> fields(1);
    for (const char c : line) {
      if (c == '\t') {
        fields.emplace_back();
      } else {
        fields.back() += c;
      }
    }
    REQUIRE(fields.size() == 4);
    auto& attributes = elements[{fields[0], fields[1]}];
    if (!fields[2].empty()) attributes[fields[2]] = FromHex(fields[3]);
  }
  return elements;
}

// The dialects that networkx reads: it refuses the namespace of GEXF 1.3.
const std::vector<std::pair<std::string, ExportOptions>>& NetworkxDialects() {
  static const std::vector<std::pair<std::string, ExportOptions>> kDialects = {
      {"a.graphml", {.format = Format::kGraphMl}},
      {"strict.graphml", {.format = Format::kGraphMl, .strict = true}},
      {"a.gexf", {.format = Format::kGexf, .gexf_version = GexfVersion::k12Draft}}};
  return kDialects;
}

// What an XML file can carry of a text.
std::string WithoutForbidden(const std::string& text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    out += byte < 0x20 && c != '\t' && c != '\n' && c != '\r' ? "\uFFFD" : std::string(1, c);
  }
  return out;
}

TEST_CASE("networkx reads the example with its columns") {
  if (!HaveNetworkx()) return;
  const TestStore store(ExampleGraph().quads());
  for (const auto& [name, options] : NetworkxDialects()) {
    INFO(name);
    store.Export(name, options);
    Elements elements = ReadWithNetworkx(store.folder().File(name));
    CHECK(elements[{"graph", "directed"}].empty());
    const auto count = [&](const char* kind) {
      return std::count_if(elements.begin(), elements.end(), [&](const auto& e) { return e.first.first == kind; });
    };
    CHECK(count("node") == 10);
    CHECK(count("edge") == 10);
    const auto& capture = elements[{"node", "report:r1:event:10-capture"}];
    const bool gexf = options.format == Format::kGexf;
    const std::map<std::string, std::string> expected = {
        {"label", "capture: Al-Rastan"},
        {"kind", "event"},
        {"event_type", "capture"},
        {"lat", "34.92"},
        {"lon", "36.73"},
        {gexf ? "date_start" : "start", "2018-05-01"},
        {gexf ? "date_end" : "end", "2018-05-31"},
        {"start_year", "2018.0"},
        {"date_text", "in May"},
        {"factuality", "actual"},
        {"confidence", "0.75"},
        {"evidence", "The Tiger Forces took Al-Rastan in May."},
        {"report", "report/r1"},
        {"report_title", "Northern Homs & the <corridor>"},
        {"report_date", "2018-05-08"},
        {"sources", "1"},
        {"iri", "https://w3id.org/sitgraph/id/report/r1/event/10-capture"},
    };
    for (const auto& [column, value] : expected) {
      INFO(column);
      REQUIRE(capture.count(column) == 1);
      CHECK(capture.at(column) == value);
    }
    const auto& part_of = elements[{"edge", "force:tiger-forces force:syrian-army part-of"}];
    REQUIRE(part_of.count("weight") == 1);
    CHECK(part_of.at("weight") == "2.0");
    CHECK(part_of.at("reports") == "2");
    CHECK(part_of.at("label") == "part-of");
  }
}

TEST_CASE("hostile labels survive GraphML and GEXF") {
  if (!HaveNetworkx()) return;
  const std::vector<std::string> texts = HostileTexts();
  Quads g;
  const Term report = g.Report("report/r", "T");
  for (size_t i = 0; i < texts.size(); ++i) {
    g.Entity("place/p" + std::to_string(i), "Place", texts[i]);
    const Term event = g.Event(report, "event/e" + std::to_string(i), "attack", texts[i]);
    g.Evidence(event, report, "evidence/e" + std::to_string(i), 0, texts[i]);
  }
  const TestStore store(g.quads());
  for (const auto& [name, options] : NetworkxDialects()) {
    store.Export(name, options);
    Elements elements = ReadWithNetworkx(store.folder().File(name));
    for (size_t i = 0; i < texts.size(); ++i) {
      INFO(name << " " << i << " " << texts[i].substr(0, 100));
      CHECK(elements[{"node", "place:p" + std::to_string(i)}]["label"] == WithoutForbidden(texts[i]));
      auto& event = elements[{"node", "event:e" + std::to_string(i)}];
      CHECK(event["label"] == WithoutForbidden(texts[i]));
      CHECK(event["evidence"] == WithoutForbidden(texts[i]));
    }
  }
}

// Values of one attribute of all elements of a name, read naively: exports write one element a line.
std::vector<std::string> Attributes(const std::string& xml, const std::string& element, const std::string& attribute) {
  std::vector<std::string> values;
  std::istringstream lines(xml);
  for (std::string line; std::getline(lines, line);) {
    const size_t tag = line.find("<" + element + " ");
    const size_t at = line.find(" " + attribute + "=\"");
    if (tag == line.npos || at == line.npos) continue;
    const size_t begin = at + attribute.size() + 3;
    values.push_back(line.substr(begin, line.find('"', begin) - begin));
  }
  return values;
}

TEST_CASE("ids are unique and every end of an edge is a node") {
  const TestStore store(ExampleGraph().quads());
  for (const bool reports : {false, true}) {
    for (const Format format : {Format::kGraphMl, Format::kGexf}) {
      const std::string xml = store.Export("out", {.format = format, .reports = reports});
      const std::vector<std::string> ids = Attributes(xml, "node", "id");
      const std::set<std::string> nodes(ids.begin(), ids.end());
      CHECK(nodes.size() == ids.size());
      CHECK(nodes.size() == (reports ? 12 : 10));
      const std::vector<std::string> edge_ids = Attributes(xml, "edge", "id");
      CHECK(std::set<std::string>(edge_ids.begin(), edge_ids.end()).size() == edge_ids.size());
      CHECK(edge_ids.size() == (reports ? 13 : 10));
      for (const char* end : {"source", "target"}) {
        for (const std::string& id : Attributes(xml, "edge", end)) {
          INFO(id);
          CHECK(nodes.count(id) == 1);
        }
      }
    }
  }
}

TEST_CASE("GraphML declares what Gephi, networkx and igraph accept") {
  const TestStore store(ExampleGraph().quads());
  const std::string xml = store.Export("out", {.format = Format::kGraphMl});
  const std::vector<std::string> keys = Attributes(xml, "key", "id");
  CHECK(std::set<std::string>(keys.begin(), keys.end()).size() == keys.size());
  for (const std::string& key : keys) {
    INFO(key);
    CHECK(key != "id");
    CHECK(key != "timeset");
  }
  for (const std::string& type : Attributes(xml, "key", "attr.type")) {
    INFO(type);
    CHECK((type == "string" || type == "long" || type == "double"));
  }
  for (const char* element : {"node", "edge"}) {
    std::set<std::string> names;
    std::istringstream lines(xml);
    for (std::string line; std::getline(lines, line);) {
      if (line.find("<key ") == line.npos || line.find(std::string("for=\"") + element) == line.npos) continue;
      INFO(line);
      CHECK(names.insert(Attributes(line, "key", "attr.name").at(0)).second);
    }
  }
  // The edge's own label is the edge type of Gephi; the schema does not know it.
  CHECK(Attributes(xml, "edge", "label").size() == 10);
  CHECK(Attributes(store.Export("out", {.format = Format::kGraphMl, .strict = true}), "edge", "label").empty());
}

TEST_CASE("the schemas accept the files") {
  const std::string schemas = SITGRAPH_SHARED_DIR "/schemas";
  if (!IsInstalled("xmllint") || !std::filesystem::exists(schemas)) {
    WARN("skipped: xmllint (Debian libxml2-utils) or ../shared/schemas is not here");
    return;
  }
  Quads hostile = ExampleGraph();
  for (const std::string& text : HostileTexts()) {
    hostile.Entity("place/p" + std::to_string(hostile.quads().size()), "Place", text);
  }
  hostile.Add(Term::Iri("http://example.org/?a=1&b='\u00E9'"), RdfType(), Sg("Place"));
  const struct {
    const char* name;
    ExportOptions options;
    std::string check;
  } cases[] = {
      {"strict.graphml",
       {.format = Format::kGraphMl, .strict = true},
       "--schema " + schemas + "/graphml-1.0/graphml.xsd"},
      {"13.gexf", {.format = Format::kGexf}, "--relaxng " + schemas + "/gexf-1.3/gexf.rng"},
      {"12.gexf",
       {.format = Format::kGexf, .gexf_version = GexfVersion::k12Draft},
       "--relaxng " + schemas + "/gexf-1.2draft/gexf.rng"},
      {"gephi.graphml", {.format = Format::kGraphMl}, ""},  // only well formed: `label` on edges is Gephi's
  };
  const std::vector<std::pair<std::string, std::vector<Quad>>> graphs = {
      {"empty", {}}, {"example", ExampleGraph().quads()}, {"hostile", hostile.quads()}};
  for (const auto& [graph_name, quads] : graphs) {
    const TestStore store(quads);
    for (const auto& c : cases) {
      for (const bool reports : {false, true}) {
        ExportOptions options = c.options;
        options.reports = reports;
        std::string xml = store.Export(c.name, options);
        if (options.gexf_version == GexfVersion::k12Draft) {
          // This schema lacks the namespace of its own viz elements, so everything but them is held against it.
          std::istringstream lines(std::exchange(xml, ""));
          for (std::string line; std::getline(lines, line);) xml += line.find("<viz:") == line.npos ? line + "\n" : "";
          store.folder().Write(c.name, xml);
        }
        const Ran ran = Run("xmllint --nonet --noout " + c.check + " " + store.folder().File(c.name));
        INFO(graph_name << " " << c.name << "\n" << ran.output.substr(0, 3000));
        CHECK(ran.status == 0);
      }
    }
  }
}

}  // namespace
}  // namespace sitgraph::exporters
