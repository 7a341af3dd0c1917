#include "graph/rdf_reader.h"

#include <malloc.h>
#include <zlib.h>

#include <catch2/catch.hpp>
#include <cstdio>
#include <fstream>
#include <optional>
#include <string>
#include <vector>

#include "base/error.h"
#include "tests/graph/graph_testing.h"

namespace sitgraph::graph {
namespace {

using testing::ScratchFolder;

std::string NQuads(const Quad& quad) {
  std::string line = ToNTriples(quad.subject) + " " + ToNTriples(quad.predicate) + " " + ToNTriples(quad.object);
  if (!quad.in_default_graph()) line += " " + ToNTriples(quad.graph);
  return line;
}

struct Outcome {
  std::vector<std::string> quads;
  base::Result<RdfReadSummary> summary;
};

class Files {
 public:
  std::string Write(const std::string& name, const std::string& text) {
    const std::string path = folder_ / name;
    std::ofstream(path, std::ios::binary) << text;
    return path;
  }
  Outcome Read(const std::string& name, const std::string& text, bool skip_errors = false) {
    return ReadPath(Write(name, text), skip_errors);
  }
  static Outcome ReadPath(const std::string& path, bool skip_errors = false) {
    RdfReadOptions options;
    options.syntax = *SyntaxOf(path);
    options.skip_errors = skip_errors;
    options.base_iri = "http://base.org/dir/file";
    std::vector<std::string> quads;
    auto summary = ReadRdf(path, options, [&](const Quad& quad) -> base::Status {
      quads.push_back(NQuads(quad));
      return {};
    });
    return {std::move(quads), std::move(summary)};
  }

 private:
  ScratchFolder folder_;
};

// The labels' digest depends on the scratch folder's name.
std::string WithoutDigest(std::string line) {
  for (size_t at = line.find("_:f"); at != std::string::npos; at = line.find("_:f", at + 1)) line.erase(at + 2, 17);
  return line;
}

TEST_CASE("syntaxes are known by file name") {
  CHECK(SyntaxOf("a/b.nt") == RdfSyntax::kNTriples);
  CHECK(SyntaxOf("b.nq.gz") == RdfSyntax::kNQuads);
  CHECK(SyntaxOf("B.TTL") == RdfSyntax::kTurtle);
  CHECK(SyntaxOf("b.trig.GZ") == RdfSyntax::kTriG);
  CHECK(SyntaxOf("b.gz") == std::nullopt);
  CHECK(SyntaxOf("nt") == std::nullopt);
  CHECK(SyntaxOf("b.rdf") == RdfSyntax::kRdfXml);
  CHECK(SyntaxOf("b.xml") == std::nullopt);
}

TEST_CASE("plain lines read as the whole parser reads them") {
  Files files;
  const std::vector<std::string> subjects = {
      "<http://e.org/s>",       "_:b1",    "_:B1",  "_:1", "_:b.1", "<s>", "<urn:\xC3\xA9>", "<http://e.org/a b>",
      "<http://e.org/\\u00E9>", "<h+x:y>", "\"s\"", "e:s"};
  const std::vector<std::string> predicates = {"<http://e.org/p>", "_:p", "a", "<http://e.org/{p}>"};
  const std::vector<std::string> objects = {"<http://e.org/o>",
                                            "_:o",
                                            "\"\"",
                                            "\"x\"",
                                            "\"\xC3\xA9 'x'\"",
                                            "\"x\"@EN",
                                            "\"x\"@en-GB",
                                            "\"x\"@",
                                            "\"1\"^^<http://www.w3.org/2001/XMLSchema#integer>",
                                            "\"1\"^^<t>",
                                            "\"1\"^^e:t",
                                            "\"a\\\"b\\n\"",
                                            "\"a\tb\"",
                                            "\"x",
                                            "'x'",
                                            "1",
                                            "\"x\"^^<http://www.w3.org/2001/XMLSchema#string>"};
  const std::vector<std::string> ends = {
      " .",    ".", " . ",  " <http://e.org/g> .",      " <http://e.org/g>.", " _:g .",
      " _:g.", "",  " . .", " <http://e.org/g> <x:y> ."};
  for (const char* name : {"a.nt", "a.nq"}) {
    std::string text, commented;
    for (const std::string& s : subjects) {
      for (const std::string& p : predicates) {
        for (const std::string& o : objects) {
          for (const std::string& end : ends) {
            text += s + " " + p + "\t" + o + end + "\n";
            commented += s + " " + p + "\t" + o + end + " #\n";  // no plain line
          }
        }
      }
    }
    const Outcome plain = files.Read(name, text, true);
    const Outcome whole = files.Read(name, commented, true);
    REQUIRE(plain.summary);
    REQUIRE(whole.summary);
    CHECK(plain.quads == whole.quads);
    CHECK(plain.quads.size() > 100);
    CHECK(plain.summary->skipped_total == whole.summary->skipped_total);
  }
}

TEST_CASE("what the syntaxes say is read") {
  const std::string p = "<http://e.org/p>";
  const struct {
    const char* what;
    const char* name;
    std::string text;
    std::vector<std::string> quads;
  } cases[] = {
      {"N-Triples",
       "a.nt",
       "<http://e.org/s> <http://e.org/p> \"x\"@EN . # comment\n\n#\n_:a <http://e.org/p> _:b .",
       {"<http://e.org/s> <http://e.org/p> \"x\"@en", "_:_a <http://e.org/p> _:_b"}},
      {"CRLF and a byte order mark",
       "a.nt",
       "\xEF\xBB\xBF<http://e.org/s> <http://e.org/p> <http://e.org/o> .\r\n",
       {"<http://e.org/s> <http://e.org/p> <http://e.org/o>"}},
      {"N-Quads",
       "a.nq",
       "<http://e.org/s> <http://e.org/p> \"1\"^^<http://e.org/t> <http://e.org/g> .\n"
       "<http://e.org/s> <http://e.org/p> \"\\u00e9\\\"\" .\n",
       {"<http://e.org/s> <http://e.org/p> \"1\"^^<http://e.org/t> <http://e.org/g>",
        "<http://e.org/s> <http://e.org/p> \"é\\\"\""}},
      {"relative IRIs",
       "a.ttl",
       "<> <#p> <../o> . @base <http://other.org/> . <s> <p> <//x/o> .",
       {"<http://base.org/dir/file> <http://base.org/dir/file#p> <http://base.org/o>",
        "<http://other.org/s> <http://other.org/p> <http://x/o>"}},
      {"prefixes, also without name and redeclared",
       "a.ttl",
       "@prefix : <http://e.org/> . @prefix e: <x/> . :s e:p :o . PREFIX e: <http://e.org/> e:s e:p e:o .",
       {"<http://e.org/s> <http://base.org/dir/x/p> <http://e.org/o>",
        "<http://e.org/s> <http://e.org/p> <http://e.org/o>"}},
      {"quotes and escapes in long strings",
       "a.ttl",
       "<http://e.org/s> <http://e.org/p> \"\"\"a\"\\u0041\"\"b\\\"\"\"\" , '''it's \"\"\" ''' , \"\", '', "
       "\"\"\"\"\"\" .",
       {"<http://e.org/s> <http://e.org/p> \"a\\\"A\\\"\\\"b\\\"\"",
        "<http://e.org/s> <http://e.org/p> \"it's \\\"\\\"\\\" \"", "<http://e.org/s> <http://e.org/p> \"\"",
        "<http://e.org/s> <http://e.org/p> \"\"", "<http://e.org/s> <http://e.org/p> \"\""}},
      {"blank nodes, written and made",
       "a.ttl",
       "_:b1 <http://e.org/p> _:B1, _:Lb1, [] .<http://e.org/s> <http://e.org/p> 1._:b.2-x <http://e.org/p> _:b3.",
       {"_:_b1 <http://e.org/p> _:_B1", "_:_b1 <http://e.org/p> _:_Lb1", "_:_b1 <http://e.org/p> _:-1",
        "<http://e.org/s> <http://e.org/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        "_:_b.2-x <http://e.org/p> _:_b3"}},
      {"dots behind numbers and words",
       "a.ttl",
       "@prefix x: <http://e.org/> . x:s x:p 1.x:s x:p -1.5.x:s x:p .5e1.x:s x:p 1.5,+2. x:s x:p true.x:s x:p "
       "\"x\"@en.x:s "
       "x:p 7.",
       {"<http://e.org/s> <http://e.org/p> \"1\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        "<http://e.org/s> <http://e.org/p> \"-1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        "<http://e.org/s> <http://e.org/p> \".5e1\"^^<http://www.w3.org/2001/XMLSchema#double>",
        "<http://e.org/s> <http://e.org/p> \"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        "<http://e.org/s> <http://e.org/p> \"+2\"^^<http://www.w3.org/2001/XMLSchema#integer>",
        "<http://e.org/s> <http://e.org/p> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>",
        "<http://e.org/s> <http://e.org/p> \"x\"@en",
        "<http://e.org/s> <http://e.org/p> \"7\"^^<http://www.w3.org/2001/XMLSchema#integer>"}},
      {"names that look like labels",
       "a.ttl",
       "@prefix e: <http://e.org/> . @prefix e_: <http://f.org/> . e:a_:b e_:c e:x._:y .",
       {"<http://e.org/a_:b> <http://f.org/c> <http://e.org/x._:y>"}},
      {"collections",
       "a.ttl",
       "<http://e.org/s> <http://e.org/p> (true 1.5 2e0) , () .",
       {"<http://e.org/s> <http://e.org/p> _:-1",
        "_:-1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"true\"^^<http://www.w3.org/2001/XMLSchema#boolean>",
        "_:-1 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:-2",
        "_:-2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"1.5\"^^<http://www.w3.org/2001/XMLSchema#decimal>",
        "_:-2 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> _:-3",
        "_:-3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#first> \"2e0\"^^<http://www.w3.org/2001/XMLSchema#double>",
        "_:-3 <http://www.w3.org/1999/02/22-rdf-syntax-ns#rest> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>",
        "<http://e.org/s> <http://e.org/p> <http://www.w3.org/1999/02/22-rdf-syntax-ns#nil>"}},
      {"graphs",
       "a.trig",
       "@prefix : <http://e.org/> . :g { :s :p :o . } _:g1 { :s :p \"{\" } GRAPH :h {} { :s :p '}' }",
       {"<http://e.org/s> <http://e.org/p> <http://e.org/o> <http://e.org/g>",
        "<http://e.org/s> <http://e.org/p> \"{\" _:_g1", "<http://e.org/s> <http://e.org/p> \"}\""}},
      {"a zero byte that is escaped",
       "a.ttl",
       "<http://e.org/s> <http://e.org/p> \"a\\u0000b\" .",
       {"<http://e.org/s> <http://e.org/p> \"a\\u0000b\""}},
      {"nothing", "a.ttl", "", {}},
      {"only a comment without line end", "a.trig", "# nothing", {}},
  };
  Files files;
  for (const auto& c : cases) {
    INFO(c.what);
    const Outcome outcome = files.Read(c.name, c.text);
    if (!outcome.summary) FAIL(base::ToString(outcome.summary.error()));
    std::vector<std::string> quads;
    for (const std::string& line : outcome.quads) quads.push_back(WithoutDigest(line));
    CHECK(quads == c.quads);
    CHECK(outcome.summary->quads == c.quads.size());
  }
}

TEST_CASE("errors say what is wrong and where") {
  const std::string deep(1000, '(');
  const std::string s = "<http://e.org/s> <http://e.org/p> ";
  const struct {
    const char* what;
    const char* name;
    std::string text;
    base::ErrorCode code;
    uint32_t line, column;
    const char* message;  // a part of it
  } cases[] = {
      {"no dot", "a.nt", s + "<http://e.org/o>\n", base::ErrorCode::kBadInput, 1, 51, "line ends"},
      {"second line", "a.nt", s + "\"é\" .\n" + s + "\"é\" é .\n", base::ErrorCode::kBadInput, 2, 39, ""},
      {"relative IRI", "a.nt", "<s> <http://e.org/p> \"\" .", base::ErrorCode::kBadInput, 1, 3, "scheme"},
      {"prefixed name", "a.nt", s + ":o .", base::ErrorCode::kBadInput, 1, 0, "prefixed name"},
      {"Turtle in N-Triples", "a.nt", "@prefix e: <http://e.org/> .", base::ErrorCode::kBadInput, 1, 1, "directives"},
      {"statement over two lines", "a.nt", "<http://e.org/s> <http://e.org/p>\n\"\" .", base::ErrorCode::kBadInput, 1,
       34, "line ends"},
      {"graph in N-Triples", "a.nt", s + "\"\" <http://e.org/g> .", base::ErrorCode::kBadInput, 1, 0, "fourth term"},
      {"Latin-1", "a.nt", s + "\"caf\xE9\" .", base::ErrorCode::kBadInput, 1, 39, "UTF-8"},
      {"zero byte", "a.nq", s + std::string("\"ab\" \0.", 7), base::ErrorCode::kBadInput, 1, 40, "zero byte"},
      {"surrogate", "a.nt", s + "\"é\\uD800\" .", base::ErrorCode::kBadInput, 1, 42, "U+D800"},
      {"beyond Unicode", "a.nq", s + "\"\\U00110000\" .", base::ErrorCode::kBadInput, 1, 45, "U+110000"},
      {"escaped bracket in IRI", "a.nt", "<http://e.org/\\u003E> <http://e.org/p> \"\" .", base::ErrorCode::kBadInput,
       1, 20, "U+003E"},
      {"blank in IRI", "a.nt", "<http://e.org/ > <http://e.org/p> \"\" .", base::ErrorCode::kBadInput, 1, 16, "IRI"},
      {"unknown prefix", "a.ttl", "\n\n<s> <p> e:o .", base::ErrorCode::kBadInput, 3, 12, "'e:' is not declared"},
      {"no object", "a.ttl", "<s> <p> .", base::ErrorCode::kBadInput, 1, 9, ""},
      {"end in a string", "a.ttl", "<s> <p> \"\"\"abc\ndef", base::ErrorCode::kBadInput, 2, 3, "file ends"},
      {"line end in a string", "a.ttl", "<s> <p> \"abc\n\" .", base::ErrorCode::kBadInput, 1, 13, "line end"},
      {"surrogate in Turtle", "a.ttl", "<s> <p> '''\n \\ud83d''' .", base::ErrorCode::kBadInput, 2, 7, "U+D83D"},
      {"escaped quote in IRI", "a.ttl", "<a\\u0022> <p> <o> .", base::ErrorCode::kBadInput, 1, 8, "U+0022"},
      {"escaped control in IRI", "a.trig", "<a\\u000A> <p> <o> .", base::ErrorCode::kBadInput, 1, 8, "U+000A"},
      {"Latin-1 in Turtle", "a.ttl", "<s> <p> 'é',\n 'caf\xE9' .", base::ErrorCode::kBadInput, 2, 6, "UTF-8"},
      {"truncated character", "a.ttl", "<s> <p> 'caf\xC3", base::ErrorCode::kBadInput, 1, 13, "within a character"},
      {"zero byte in Turtle", "a.ttl", std::string("<s> <p> 'a' \0.", 14), base::ErrorCode::kBadInput, 1, 13,
       "zero byte"},
      {"an error that serd forgives", "a.ttl", "<s> <p> <o> , , <x> .", base::ErrorCode::kBadInput, 1, 15, ""},
      {"N3", "a.ttl", "<s> <p> [ == <x> ; <p> <o> ] .", base::ErrorCode::kBadInput, 1, 11, "'='"},
      {"language tag", "a.ttl", "<s> <p> \"x\"@en- .", base::ErrorCode::kBadInput, 1, 16, "language"},
      {"too deep", "a.ttl", "<s> <p> " + deep, base::ErrorCode::kTooLarge, 1, 265, "nested deeper"},
      {"too deep in a long string with quotes", "a.ttl", "<s> <p> \"\"\"x\"\\\"\"\"\" , " + deep,
       base::ErrorCode::kTooLarge, 1, 278, "nested deeper"},
      {"label start", "a.ttl", "_:-a <p> <o> .", base::ErrorCode::kBadInput, 1, 13, "label"},
      {"long IRI", "a.ttl", "<s> <p> <http://e.org/" + std::string(70'000, 'a') + "> .", base::ErrorCode::kTooLarge, 1,
       70'024, "over the limit"},
      {"graph without end", "a.trig", "<g> { <s> <p> <o> .", base::ErrorCode::kBadInput, 1, 19, "file ends"},
  };
  Files files;
  for (const auto& c : cases) {
    INFO(c.what);
    const Outcome outcome = files.Read(c.name, c.text);
    CHECK_FALSE(outcome.summary.has_value());
    if (outcome.summary) continue;
    const base::Error& error = outcome.summary.error();
    INFO(base::ToString(error));
    CHECK(error.code == c.code);
    CHECK(error.place.line == c.line);
    CHECK(error.place.column == c.column);
    CHECK(error.message.find(c.message) != std::string::npos);
    CHECK(error.place.file.find(c.name) != std::string::npos);
  }
}

TEST_CASE("bad statements can be skipped") {
  const std::string s = "<http://e.org/s> <http://e.org/p> ";
  const struct {
    const char* what;
    const char* name;
    std::string text;
    std::vector<std::string> objects;
    std::vector<uint32_t> lines;  // of what is skipped
  } cases[] = {
      {"lines",
       "a.nt",
       s + "\"1\" .\nrubbish\n" + s + "\"\xFF\" .\n" + s + "\"2\" .\n" + s + "\"3\"\n" + s + "\"4\" .",
       {"1", "2", "4"},
       {2, 3, 5}},
      {"statements",
       "a.ttl",
       s + "\"1\" .\n<s> rubbish .\n" + s + "\"2\" ;\n bad:p \"3\" ;\n <p> \"4\" .\n" + s + "\"\xFF.\n\" .\n" + s +
           "\"5\" .",
       {"1", "2", "5"},
       {2, 4, 6, 7}},
      {"within a graph",
       "a.trig",
       "<http://e.org/g> {\n" + s + "\"1\" .\n<s> bad:p 2 .\n" + s + "\"3 }\" .\n}\n" + s + "\"4\" .\n",
       {"1", "4"},
       {3}},
      {"the rest of the file", "a.ttl", s + "\"1\" .\n<s> <p> \"\"\" .\n" + s + "\"2\" .", {"1"}, {3}},
      {"made blank nodes stay apart",
       "a.ttl",
       "[] <http://e.org/p> [] . rubbish .\n[] <http://e.org/p> \"1\" .",
       {"-2", "1"},
       {1}},
  };
  Files files;
  for (const auto& c : cases) {
    INFO(c.what);
    const ScratchFolder scratch;
    RdfReadOptions options;
    options.syntax = *SyntaxOf(c.name);
    options.skip_errors = true;
    std::vector<std::string> objects;
    std::set<std::string> subjects;
    const auto summary = ReadRdf(files.Write(c.name, c.text), options, [&](const Quad& quad) -> base::Status {
      const std::string& value = quad.object.value();
      objects.push_back(quad.object.is_blank() ? value.substr(17) : value);
      subjects.insert(quad.subject.value());
      return {};
    });
    REQUIRE(summary);
    CHECK(objects == c.objects);
    CHECK(summary->quads == c.objects.size());
    CHECK(summary->skipped_total == c.lines.size());
    std::vector<uint32_t> lines;
    for (const base::Error& error : summary->skipped) {
      INFO(base::ToString(error));
      lines.push_back(error.place.line);
    }
    CHECK(lines == c.lines);
    if (std::string(c.what) == "made blank nodes stay apart") CHECK(subjects.size() == 2);
  }
}

TEST_CASE("what is skipped is counted beyond what is kept") {
  Files files;
  std::string text;
  for (int i = 0; i < 1500; ++i) text += "rubbish\n";
  const Outcome outcome = files.Read("a.nt", text, true);
  REQUIRE(outcome.summary);
  CHECK(outcome.summary->skipped.size() == 1000);
  CHECK(outcome.summary->skipped_total == 1500);
}

TEST_CASE("a visitor's error ends the reading and is given back with its place") {
  Files files;
  for (const char* name : {"a.nt", "a.ttl"}) {
    const std::string path = files.Write(name, "<x:a> <x:b> 'x', 'y' .\n");
    if (std::string(name) == "a.nt") files.Write(name, "<x:a> <x:b> \"x\" .\n<x:a> <x:b> \"y\" .\n");
    RdfReadOptions options;
    options.syntax = *SyntaxOf(name);
    options.skip_errors = true;  // which is about the file's errors only
    int visits = 0;
    const auto summary = ReadRdf(path, options, [&](const Quad&) -> base::Status {
      ++visits;
      return base::Fail(base::ErrorCode::kIo, "disk full");
    });
    REQUIRE(!summary);
    CHECK(summary.error().code == base::ErrorCode::kIo);
    CHECK(summary.error().message == "disk full");
    CHECK(summary.error().place.line == 1);
    CHECK(visits == 1);
  }
}

TEST_CASE("a gzip file is the same file") {
  Files files;
  const std::string text = "<http://e.org/s> <p> _:a .\n";
  const std::string plain = files.Write("a.ttl", text);
  const gzFile file = gzopen((plain + ".gz").c_str(), "wb");
  REQUIRE(gzwrite(file, text.data(), static_cast<unsigned>(text.size())) == static_cast<int>(text.size()));
  gzclose(file);
  const Outcome first = Files::ReadPath(plain);
  const Outcome second = Files::ReadPath(plain + ".gz");
  REQUIRE(first.summary);
  REQUIRE(second.summary);
  CHECK(first.quads == second.quads);

  // Cut in the middle.
  std::filesystem::resize_file(plain + ".gz", 20);
  for (const bool skip : {false, true}) {
    const Outcome cut = Files::ReadPath(plain + ".gz", skip);
    REQUIRE(!cut.summary);
    CHECK(cut.summary.error().code == base::ErrorCode::kBadInput);
  }
}

TEST_CASE("blank nodes are a file's own, and the same whenever it is read") {
  Files files;
  const std::string text = "_:a <http://e.org/p> [] .";
  const std::string path = files.Write("a.ttl", text);
  const Outcome first = Files::ReadPath(path);
  const Outcome again = Files::ReadPath(path.substr(0, path.size() - 5) + "./a.ttl");
  const Outcome other = files.Read("b.ttl", text);
  CHECK(first.quads == again.quads);
  CHECK(first.quads != other.quads);
}

TEST_CASE("without a base, relative IRIs begin with the path as it was given") {
  const ScratchFolder scratch;
  const std::string path = scratch / "a b.ttl";
  std::ofstream(path) << "<s> <#p> <> .";
  RdfReadOptions options;
  options.syntax = RdfSyntax::kTurtle;
  std::vector<std::string> quads;
  REQUIRE(ReadRdf(path, options, [&](const Quad& quad) -> base::Status {
    quads.push_back(NQuads(quad));
    return {};
  }));
  const std::string file = "<file://" + (scratch / "a%20b.ttl");
  CHECK(quads == std::vector<std::string>{"<file://" + (scratch / "s>") + " " + file + "#p> " + file + ">"});
}

TEST_CASE("memory does not grow with the file") {
  Files files;
  for (const char* name : {"a.nt", "a.nq", "a.ttl", "a.trig"}) {
    INFO(name);
    std::string text;
    for (int i = 0; i < 100'000; ++i) text += "<http://e.org/s> <http://e.org/p> \"text\" .\n";
    RdfReadOptions options;
    options.syntax = *SyntaxOf(name);
    size_t early = 0, late = 0;
    const auto summary = ReadRdf(files.Write(name, text), options, [&, count = 0](const Quad&) mutable -> base::Status {
      ++count;
      if (count == 10'000) early = mallinfo2().uordblks;
      if (count == 100'000) late = mallinfo2().uordblks;
      return {};
    });
    REQUIRE(summary);
    CHECK(late <= early + 1'000'000);
  }
}

TEST_CASE("a missing file is not found") {
  const auto summary = ReadRdf("/nowhere/a.nt", {}, [](const Quad&) { return base::Status(); });
  REQUIRE(!summary);
  CHECK(summary.error().code == base::ErrorCode::kNotFound);
}

}  // namespace
}  // namespace sitgraph::graph
