// RDF/XML as users meet it: what is read, what is refused, and that nothing else is opened.
#include <catch2/catch.hpp>
#include <fstream>
#include <string>
#include <vector>

#include "base/error.h"
#include "graph/rdf_reader.h"
#include "tests/graph/graph_testing.h"
#include "tests/temporary_folder.h"

namespace sitgraph::graph {
namespace {

const std::string kHead =
    "<?xml version=\"1.0\"?>\n<rdf:RDF xmlns:rdf=\"http://www.w3.org/1999/02/22-rdf-syntax-ns#\" "
    "xmlns:e=\"http://e.org/\">\n";

struct Read {
  std::vector<Quad> quads;
  std::string error;
  uint64_t skipped = 0;
};

Read ReadText(const std::string& path, const std::string& text, bool skip_errors = false) {
  std::ofstream(path) << text;
  RdfReadOptions options;
  options.syntax = *SyntaxOf(path);
  options.skip_errors = skip_errors;
  Read out;
  auto summary = ReadRdf(path, options, [&](const Quad& quad) {
    out.quads.push_back(quad);
    return base::Status();
  });
  if (!summary) out.error = base::ToString(summary.error());
  if (summary) out.skipped = summary->skipped_total;
  return out;
}

TEST_CASE("RDF/XML is read with languages, datatypes and blank nodes of the file's own") {
  test::TemporaryFolder folder;
  Read read = ReadText(folder.path() + "/a.rdf",
                       kHead +
                           "<e:Town rdf:about=\"http://e.org/t\"><e:name xml:lang=\"EN\">Tell</e:name>"
                           "<e:size rdf:datatype=\"http://www.w3.org/2001/XMLSchema#integer\">7</e:size>"
                           "<e:in rdf:nodeID=\"x\"/><e:in><e:Area/></e:in></e:Town></rdf:RDF>\n");
  CHECK(read.error.empty());
  REQUIRE(read.quads.size() == 6);
  CHECK(read.quads[0].object == Term::Iri("http://e.org/Town"));
  CHECK(read.quads[1].object == Term::LangString("Tell", "en"));
  CHECK(read.quads[2].object == Term::Integer(7));
  CHECK(read.quads[3].object.is_blank());
  CHECK(read.quads[3].object.value().ends_with("_x"));
  for (const Quad& quad : read.quads) CHECK(quad.in_default_graph());
}

TEST_CASE("errors in RDF/XML tell file and line") {
  test::TemporaryFolder folder;
  const std::string path = folder.path() + "/a.rdf";
  CHECK(ReadText(path, kHead + "<e:Town>\n<e:name>x</e:nome></e:Town></rdf:RDF>").error.find("a.rdf:4") !=
        std::string::npos);
  CHECK_FALSE(ReadText(path, kHead + "<e:Town>").error.empty());
  CHECK_FALSE(ReadText(path, "no xml at all").error.empty());
  // Where errors are skipped, the rest of the file is skipped with the first.
  const std::string wrong = kHead + "<e:B rdf:about=\"http://e.org/b\"/><e:A rdf:ID=\"1 bad\"/></rdf:RDF>";
  CHECK(ReadText(path, wrong).error.find("a.rdf:3") != std::string::npos);
  Read skipped = ReadText(path, wrong, true);
  CHECK(skipped.error.empty());
  CHECK(skipped.skipped == 1);
  REQUIRE(skipped.quads.size() == 1);
  CHECK(skipped.quads.back().subject == Term::Iri("http://e.org/b"));
}

TEST_CASE("RDF/XML opens no other file, and does not blow up") {
  test::TemporaryFolder folder;
  std::ofstream(folder.path() + "/secret") << "secret";
  const std::string path = folder.path() + "/a.rdf";
  Read outside =
      ReadText(path, "<!DOCTYPE r [<!ENTITY x SYSTEM \"file://" + folder.path() + "/secret\">]>\n" + kHead.substr(22) +
                         "<e:A rdf:about=\"http://e.org/a\"><e:p>&x;</e:p></e:A></rdf:RDF>");
  CHECK(outside.error.find("kept elsewhere") != std::string::npos);
  // The usual abbreviations of ontologies are well.
  Read plain = ReadText(path, "<!DOCTYPE r [<!ENTITY e \"http://e.org/\">]>\n" + kHead.substr(22) +
                                  "<e:A rdf:about=\"&e;a\"/></rdf:RDF>");
  CHECK(plain.error.empty());
  REQUIRE(plain.quads.size() == 1);
  CHECK(plain.quads[0].subject == Term::Iri("http://e.org/a"));
  CHECK(ReadText(path, "<?xml version='1.0' encoding='UTF-7'?>\n" + kHead.substr(22) + "</rdf:RDF>")
            .error.find("convert it to UTF-8") != std::string::npos);

  for (const std::string hidden_behind : {"", ">", "'>", "<!-- -->"}) {
    INFO("behind " << hidden_behind);
    std::string laughs = "<!DOCTYPE r [<!ENTITY a0 \"ha\">";
    for (int i = 1; i < 30; ++i) {
      const std::string before = "&a" + std::to_string(i - 1) + ";";
      laughs += "<!ENTITY a" + std::to_string(i) + " \"" + hidden_behind + before + before + before + before + "\">";
    }
    Read many = ReadText(path, laughs + "]>\n" + kHead.substr(22) +
                                   "<e:A rdf:about=\"http://e.org/a\"><e:p>&a29;</e:p></e:A></rdf:RDF>");
    CHECK(many.error.find("made of others") != std::string::npos);
  }

  std::string deep = kHead;
  for (int i = 0; i < 100000; ++i) deep += "<e:A><e:p>";
  CHECK(ReadText(path, deep).error.find("deeper than the limit") != std::string::npos);
  std::string closing = "<!DOCTYPE r [";
  for (int i = 0; i < 300; ++i) closing += "<!ENTITY c" + std::to_string(i) + " '</x></x></x></x>'>";
  CHECK(ReadText(path, closing + "]>\n" + deep.substr(22, 20000)).error.find("deeper than the limit") !=
        std::string::npos);
  const std::string tricky = kHead + "<!-- <e:A> - >--><e:A rdf:about=\"http://e.org/a\" e:p=\"a>b/\"/>";
  std::string many_comments = tricky;
  for (int i = 0; i < 1000; ++i) many_comments += "<!-- <e:A> --><?pi <e:A> ?><e:B/>";
  CHECK(ReadText(path, many_comments + "</rdf:RDF>").error.find("deeper") == std::string::npos);
}

}  // namespace
}  // namespace sitgraph::graph
