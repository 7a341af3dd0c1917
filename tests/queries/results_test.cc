// The writers: exact bytes for each format.
#include "queries/results.h"

#include <catch2/catch.hpp>

#include "graph/vocabulary.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
using Cells = std::vector<std::optional<Term>>;

Term Xsd(const std::string& value, std::string_view local) {
  return Term::Typed(value, graph::vocabulary::Iri(graph::vocabulary::kXsd, local));
}

std::string Write(ResultFormat format, const std::vector<std::string>& variables, const std::vector<Cells>& rows,
                  size_t width = 0) {
  std::string out;
  auto writer = MakeResultWriter(format,
                                 [&](std::string_view bytes) {
                                   out += bytes;
                                   return base::Status();
                                 },
                                 {.width = width});
  REQUIRE(writer->Begin(variables, {{"ex", "http://example.org/"}}));
  for (const Cells& row : rows) REQUIRE(writer->Row(row));
  REQUIRE(writer->End());
  return out;
}

const std::vector<std::string> kNames = {"x", "y"};
const std::vector<Cells> kRows = {
    {Term::Iri("http://example.org/a"), Term::String("say \"hi\",\nthen <go> & \t")},
    {Term::Blank("b1"), Term::LangString("Ar-Raqqa", "en")},
    {std::nullopt, Xsd("5", "integer")},
    {Xsd("1.5", "decimal"), Xsd("2017-03-02", "date")},
};

TEST_CASE("results as JSON") {
  CHECK(Write(ResultFormat::kJson, kNames, kRows) ==
        R"({"head":{"vars":["x","y"]},"results":{"bindings":[)"
        R"({"x":{"type":"uri","value":"http://example.org/a"},)"
        R"("y":{"type":"literal","value":"say \"hi\",\nthen <go> & \t"}},)"
        R"({"x":{"type":"bnode","value":"b1"},"y":{"type":"literal","value":"Ar-Raqqa","xml:lang":"en"}},)"
        R"({"y":{"type":"literal","value":"5","datatype":"http://www.w3.org/2001/XMLSchema#integer"}},)"
        R"({"x":{"type":"literal","value":"1.5","datatype":"http://www.w3.org/2001/XMLSchema#decimal"},)"
        R"("y":{"type":"literal","value":"2017-03-02","datatype":"http://www.w3.org/2001/XMLSchema#date"}})"
        "]}}\n");
  CHECK(Write(ResultFormat::kJson, {}, {}) == "{\"head\":{\"vars\":[]},\"results\":{\"bindings\":[]}}\n");
}

TEST_CASE("results as XML") {
  CHECK(Write(ResultFormat::kXml, kNames, {kRows[0], kRows[1], kRows[2]}) ==
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<sparql xmlns=\"http://www.w3.org/2005/sparql-results#\">\n"
        "<head><variable name=\"x\"/><variable name=\"y\"/></head>\n<results>\n"
        "<result><binding name=\"x\"><uri>http://example.org/a</uri></binding>"
        "<binding name=\"y\"><literal>say &quot;hi&quot;,\nthen &lt;go&gt; &amp; \t</literal></binding></result>\n"
        "<result><binding name=\"x\"><bnode>b1</bnode></binding>"
        "<binding name=\"y\"><literal xml:lang=\"en\">Ar-Raqqa</literal></binding></result>\n"
        "<result><binding name=\"y\"><literal datatype=\"http://www.w3.org/2001/XMLSchema#integer\">5</literal>"
        "</binding></result>\n</results>\n</sparql>\n");
  // XML cannot hold most control characters, not even escaped.
  std::string xml = Write(ResultFormat::kXml, {"x"},
                          {{Term::String("a\x01"
                                         "b\r")}});
  CHECK(xml.find("a\uFFFDb&#13;") != std::string::npos);
}

TEST_CASE("results as CSV and TSV") {
  CHECK(Write(ResultFormat::kCsv, kNames, kRows) ==
        "x,y\r\nhttp://example.org/a,\"say \"\"hi\"\",\nthen <go> & \t\"\r\n_:b1,Ar-Raqqa\r\n,5\r\n1.5,2017-03-02\r\n");
  CHECK(Write(ResultFormat::kTsv, kNames, kRows) ==
        "?x\t?y\n<http://example.org/a>\t\"say \\\"hi\\\",\\nthen <go> & \\t\"\n_:b1\t\"Ar-Raqqa\"@en\n\t5\n"
        "1.5\t\"2017-03-02\"^^<http://www.w3.org/2001/XMLSchema#date>\n");
  // Only what Turtle reads back as the same term stands bare.
  CHECK(Write(ResultFormat::kTsv, {"x"}, {{Xsd("1.", "decimal")}, {Xsd("1e3", "double")}, {Xsd("x", "integer")}}) ==
        "?x\n\"1.\"^^<http://www.w3.org/2001/XMLSchema#decimal>\n1e3\n"
        "\"x\"^^<http://www.w3.org/2001/XMLSchema#integer>\n");
}

TEST_CASE("the table aligns what terminals show, and escapes what they would obey") {
  CHECK(Write(ResultFormat::kTable, {"force", "place"},
              {{Term::Iri("http://example.org/army"), Term::String("\u0e01\u0e33 \u62c9\u5361")},
               {Term::String("e\u0301toile"), Term::LangString("Raqqa", "en")},
               {std::nullopt, Term::String("\x1b[31mred")}}) ==
        "force    place\n-------  -------------\nex:army  \u0e01\u0e33 \u62c9\u5361\ne\u0301toile   Raqqa@en\n"
        "         \\u001B[31mred\n(3 rows)\n");
  CHECK(Write(ResultFormat::kTable, {"place", "sentence"},
              {{Term::String("Palmyra"), Term::String("The army retook the old town of Palmyra yesterday.")}}, 30) ==
        "place    sentence\n-------  ---------------------\nPalmyra  The army retook the\n"
        "         old town of Palmyra\n         yesterday.\n(1 row)\n");
}

TEST_CASE("a failing output stops the writer") {
  auto writer = MakeResultWriter(
      ResultFormat::kCsv, [](std::string_view) { return base::Status(base::Fail(base::ErrorCode::kIo, "disk full")); });
  CHECK(!writer->Begin({"x"}, {}).has_value());
}

TEST_CASE("wrapping keeps words whole unless they are longer than a line") {
  CHECK(WrapText("", 10) == std::vector<std::string>{""});
  CHECK(WrapText("one two three", 7) == std::vector<std::string>{"one two", "three"});
  CHECK(WrapText("abcdefghij k", 4) == std::vector<std::string>{"abcd", "efgh", "ij k"});
}

}  // namespace
}  // namespace sitgraph::queries
