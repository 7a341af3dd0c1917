#include "exporters/rdf.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <functional>
#include <random>
#include <set>
#include <sstream>

#include "graph/rdf_reader.h"
#include "tests/exporters/clients.h"
#include "tests/exporters/hostile.h"
#include "tests/exporters/test_graph.h"

namespace sitgraph::exporters {
namespace {

using namespace test;

std::vector<Quad> ReadBack(const std::string& path, graph::RdfSyntax syntax) {
  std::vector<Quad> quads;
  graph::RdfReadOptions options;
  options.syntax = syntax;
  const auto summary = graph::ReadRdf(path, options, [&](const Quad& quad) -> base::Status {
    quads.push_back(quad);
    return {};
  });
  INFO((summary ? "" : base::ToString(summary.error())));
  REQUIRE(summary);
  std::sort(quads.begin(), quads.end());
  return quads;
}

// Sorted, each once; without graphs for the formats that have none.
std::vector<Quad> Expected(std::vector<Quad> quads, bool with_graphs) {
  if (!with_graphs) {
    for (Quad& quad : quads) quad.graph = Term();
  }
  std::sort(quads.begin(), quads.end());
  quads.erase(std::unique(quads.begin(), quads.end()), quads.end());
  return quads;
}

void CheckRoundTrip(const std::vector<Quad>& quads, std::string base_iri = std::string(v::kDefaultBase)) {
  const TestStore store(quads);
  const struct {
    Format format;
    graph::RdfSyntax syntax;
  } forms[] = {{Format::kTurtle, graph::RdfSyntax::kTurtle},
               {Format::kNTriples, graph::RdfSyntax::kNTriples},
               {Format::kNQuads, graph::RdfSyntax::kNQuads},
               {Format::kTriG, graph::RdfSyntax::kTriG}};
  for (const auto& form : forms) {
    const std::string name = FormatNames()[static_cast<size_t>(form.format)];
    INFO(name);
    store.Export(name, {.format = form.format, .base_iri = base_iri});
    const std::vector<Quad> read = ReadBack(store.folder().File(name), form.syntax);
    const std::vector<Quad> expected = Expected(quads, form.format == Format::kNQuads || form.format == Format::kTriG);
    REQUIRE(read.size() == expected.size());
    for (size_t i = 0; i < read.size(); ++i) {
      INFO(graph::ToNTriples(expected[i].subject) << " " << graph::ToNTriples(expected[i].object).substr(0, 200));
      CHECK(read[i] == expected[i]);
    }
  }
}

TEST_CASE("Turtle as a person would write it") {
  Quads g;
  const Term rastan = g.Place("place/rastan", "Al-Rastan", "34.92", "36.73");
  const Term report = g.Report("report/r1", "Said \"so\"\nand more");
  g.Add(rastan, RdfType(), Sg("Place"), report);  // said in two graphs, written once
  g.Add(rastan, PrefLabel(), Term::LangString("\u0627\u0644\u0631\u0633\u062A\u0646", "ar"));
  g.Add(Term::Blank("b"), Sg("count"), Term::Integer(5));
  const TestStore store(g.quads());
  const std::string turtle = store.Export("out.ttl", {.format = Format::kTurtle});
  const size_t body = turtle.find("\n<");
  REQUIRE(body != turtle.npos);
  CHECK(turtle.substr(0, 47) == "@base <https://w3id.org/sitgraph/id/> .\n@prefix");
  CHECK(turtle.find("@prefix sg: <https://w3id.org/sitgraph/ns#> .\n") != turtle.npos);
  CHECK(turtle.substr(body + 1) ==
        "<place/rastan>\n"
        "    a sg:Place ;\n"
        "    skos:prefLabel \"Al-Rastan\", \"\u0627\u0644\u0631\u0633\u062A\u0646\"@ar ;\n"
        "    wgs:lat 34.92 ;\n"
        "    wgs:long 36.73 .\n"
        "\n"
        "<report/r1>\n"
        "    a sg:Report ;\n"
        "    dct:title \"Said \\\"so\\\"\\nand more\" ;\n"
        "    dct:identifier \"report/r1\" ;\n"
        "    dct:date \"2018-05-08\"^^xsd:date .\n"
        "\n"
        "_:b\n"
        "    sg:count 5 .\n");
}

TEST_CASE("an example graph reads back equal") { CheckRoundTrip(ExampleGraph().quads()); }

TEST_CASE("more text than one batch holds reads back equal") {
  std::vector<Quad> quads;
  for (int i = 0; i < 12; ++i) {
    const std::string name = std::to_string(i);
    const std::string text = name + std::string(size_t{3} << 20, 'x');
    const Term subject = Id("place/" + name);
    quads.push_back({subject, PrefLabel(), Term::String(text), i % 2 == 0 ? Term() : Id("report/r" + name)});
    quads.push_back({subject, RdfType(), Sg("Place"), Term()});
  }
  CheckRoundTrip(quads);
}

TEST_CASE("a filter chooses events and all that hangs on them") {
  Quads g = ExampleGraph();
  const Term r1 = Id("report/r1"), tigers = Id("force/tiger-forces"), rastan = Id("place/rastan");
  const Term denial = g.Event(r1, "report/r1/event/95-attack", "attack", "attack: Tiger Forces");
  g.Add(denial, Sg("agent"), tigers, r1);
  g.Add(denial, Sg("place"), rastan, r1);
  g.Add(denial, Sg("begin"), XsdDate("2018-04-01"), r1);
  g.Add(tigers, Term::Iri(v::Iri(v::kSgr, "attack")), rastan, r1);  // what another event accounts for
  const Term incident = Id("incident/x");
  g.Add(incident, RdfType(), Sg("Incident"));
  g.Add(incident, Sg("member"), Id("report/r1/event/10-capture"));
  g.Add(incident, Sg("member"), denial);
  const Term relation = Id("report/r1/part-of-7");
  g.Add(relation, RdfType(), Term::Iri(v::Iri(v::kRdf, "Statement")), r1);
  g.Add(relation, Term::Iri(v::Iri(v::kRdf, "subject")), tigers, r1);
  g.Add(relation, Term::Iri(v::Iri(v::kRdf, "object")), Id("force/syrian-army"), r1);
  const TestStore store(g.quads());
  const auto lines = [&](const Filter& filter) {
    std::set<std::string> found;
    std::istringstream text(store.Export("out.nq", {.format = Format::kNQuads, .filter = filter}));
    for (std::string line; std::getline(text, line);) found.insert(line);
    return found;
  };
  const auto expected = [&](const std::function<bool(const Quad&)>& keeps) {
    std::set<std::string> found;
    for (const Quad& quad : g.quads()) {
      if (!keeps(quad)) continue;
      std::string line;
      for (const Term* term : {&quad.subject, &quad.predicate, &quad.object}) line += graph::ToNTriples(*term) + " ";
      found.insert(line + (quad.in_default_graph() ? "." : graph::ToNTriples(quad.graph) + " ."));
    }
    return found;
  };
  const auto about = [](const Quad& quad, std::initializer_list<std::string_view> names) {
    return std::any_of(names.begin(), names.end(), [&](std::string_view name) { return quad.subject == Id(name); });
  };
  // Its party, the places around its place, its report and incident; no relation to who is not named.
  CHECK(lines({.types = {"capture"}}) == expected([&](const Quad& quad) {
          if (quad.object == denial || quad.object == Id("force/syrian-army")) return false;
          if (quad.predicate == Term::Iri(v::Iri(v::kSgr, "attack"))) return false;
          return about(quad,
                       {"report/r1", "report/r1/event/10-capture", "report/r1/evidence/90", "report/r1/evidence/9",
                        "force/tiger-forces", "place/rastan", "place/homs", "incident/x"});
        }));
  // Counts and their evidence.
  CHECK(lines({.types = {"depart"}}) == expected([&](const Quad& quad) {
          return about(quad, {"report/r1", "report/r1/event/50-depart", "people/residents", "place/rastan",
                              "place/homs", "report/r1/count/1", "report/r1/count/2", "report/r1/count/1/evidence",
                              "report/r1/count/2/evidence"});
        }));
  // A bound node brings its relation to another, with its evidence.
  const std::set<std::string> bound =
      lines({.bound = {tigers.value(), "https://w3id.org/sitgraph/id/force/syrian-army"}, .has_bound = true});
  CHECK(std::count_if(bound.begin(), bound.end(), [](const std::string& line) {
          return line.find("/rel/part-of>") != line.npos || line.find("report/r1/part-of-7> <") != line.npos;
        }) == 5);
  CHECK(lines({.has_bound = true}).empty());
  // All forms give the same choice.
  for (const auto& [format, syntax] :
       {std::pair(Format::kTriG, graph::RdfSyntax::kTriG), std::pair(Format::kNQuads, graph::RdfSyntax::kNQuads)}) {
    store.Export("out", {.format = format, .filter = {.types = {"capture"}}});
    CHECK(ReadBack(store.folder().File("out"), syntax).size() == lines({.types = {"capture"}}).size());
  }
}

// A reified relation, an event told as done with its short triple, and one that is denied.
Quads GraphOfStatements() {
  Quads g = ExampleGraph();
  const Term r1 = Id("report/r1"), relation = Id("report/r1/part-of-7");
  const auto rdf = [](std::string_view local) { return Term::Iri(v::Iri(v::kRdf, local)); };
  g.Add(relation, RdfType(), rdf("Statement"), r1);
  g.Add(relation, rdf("subject"), Id("force/tiger-forces"), r1);
  g.Add(relation, rdf("predicate"), Term::Iri(v::Iri(v::kSgr, "part-of")), r1);
  g.Add(relation, rdf("object"), Id("force/syrian-army"), r1);
  g.Evidence(relation, r1, "report/r1/part-of-7/evidence", 7, "The Tigers are of the army.");
  const Term broken = Id("report/r1/part-of-8");  // no statement about a triple
  g.Add(broken, RdfType(), rdf("Statement"), r1);
  g.Add(broken, rdf("subject"), Term::String("nobody"), r1);
  g.Add(broken, rdf("predicate"), Term::Iri(v::Iri(v::kSgr, "part-of")), r1);
  g.Add(broken, rdf("object"), Id("force/syrian-army"), r1);
  const Term denied = Id("report/r2/event/5-attack");
  g.Add(denied, Sg("place"), Id("place/rastan"), Id("report/r2"));
  return g;
}

TEST_CASE("RDF 1.2 reifies the triples of relations and events") {
  const TestStore store(GraphOfStatements().quads());
  const std::string turtle = store.Export("out.ttl", {.format = Format::kTurtle, .rdf_variant = RdfVariant::kReifiers});
  const auto has = [](const std::string& text, std::string_view part) { return text.find(part) != text.npos; };
  CHECK(has(turtle,
            "\n<report/r1/part-of-7>\n"
            "    rdf:reifies <<( <force/tiger-forces> sgr:part-of <force/syrian-army> )>> ;\n"
            "    sg:evidence <report/r1/part-of-7/evidence> .\n"));
  CHECK(has(turtle, "    rdf:subject \"nobody\""));
  CHECK(has(turtle,
            "    a sg:Event ;\n"
            "    rdf:reifies <<( <force/tiger-forces> sgr:capture <place/rastan> )>> ;\n"));
  CHECK(has(turtle, "    sgr:capture <place/rastan>"));  // stated, too
  CHECK(has(turtle, "rdf:reifies <<( <force/syrian-army> sgr:attack <place/rastan> )>>"));
  CHECK_FALSE(has(turtle, "    sgr:attack"));
  const std::string nquads = store.Export("out.nq", {.format = Format::kNQuads, .rdf_variant = RdfVariant::kReifiers});
  const auto iri = [](std::string_view id) { return "<" + v::Iri(v::kDefaultBase, id) + ">"; };
  CHECK(has(nquads, iri("report/r2/event/5-attack") + " <" + v::Iri(v::kRdf, "reifies") + "> <<( " +
                        iri("force/syrian-army") + " <" + v::Iri(v::kSgr, "attack") + "> " + iri("place/rastan") +
                        " )>> " + iri("report/r2") + " .\n"));
  CHECK_FALSE(has(nquads, "part-of-7> <" + v::Iri(v::kRdf, "object")));
}

TEST_CASE("nanopublications have four graphs each, of which nothing is missing") {
  const TestStore store(GraphOfStatements().quads());
  store.Export("out.trig", {.format = Format::kTriG, .rdf_variant = RdfVariant::kNanopublications});
  const std::vector<Quad> quads = ReadBack(store.folder().File("out.trig"), graph::RdfSyntax::kTriG);
  store.Export("out.nq", {.format = Format::kNQuads, .rdf_variant = RdfVariant::kNanopublications});
  CHECK(ReadBack(store.folder().File("out.nq"), graph::RdfSyntax::kNQuads) == quads);
  const auto has = [&](const Term& s, const Term& p, const Term& o, const std::string& graph) {
    return std::count(quads.begin(), quads.end(), Quad{s, p, o, Id(graph)}) == 1;
  };
  const auto np = [](std::string_view local) {
    return Term::Iri("http://www.nanopub.org/nschema#" + std::string(local));
  };
  std::set<Term> wholes, graphs;
  for (const Quad& quad : quads) {
    CHECK_FALSE(quad.in_default_graph());
    graphs.insert(quad.graph);
    if (quad.object == np("Nanopublication")) wholes.insert(quad.subject);
  }
  CHECK(wholes.size() == 4);  // three events and a relation
  CHECK(graphs.size() == 4 * wholes.size());
  for (const Term& whole : wholes) {
    const auto part = [&](const char* name) { return Term::Iri(whole.value() + "/" + name); };
    for (const auto& [property, name] :
         {std::pair("hasAssertion", "assertion"), std::pair("hasProvenance", "provenance"),
          std::pair("hasPublicationInfo", "publication")}) {
      CHECK(std::count(quads.begin(), quads.end(), Quad{whole, np(property), part(name), part("head")}) == 1);
    }
    // The provenance tells of the assertion, the publication of the whole.
    CHECK(std::any_of(quads.begin(), quads.end(), [&](const Quad& quad) {
      return quad.graph == part("provenance") && quad.subject == part("assertion");
    }));
    CHECK(std::any_of(quads.begin(), quads.end(),
                      [&](const Quad& quad) { return quad.graph == part("publication") && quad.subject == whole; }));
  }
  const std::string event = "report/r1/event/10-capture";
  CHECK(has(Id(event), Sg("agent"), Id("force/tiger-forces"), event + "/nanopub/assertion"));
  CHECK(has(Id("force/tiger-forces"), PrefLabel(), Term::String("Tiger Forces"), event + "/nanopub/assertion"));
  CHECK(has(Id("force/tiger-forces"), Term::Iri(v::Iri(v::kSgr, "capture")), Id("place/rastan"),
            event + "/nanopub/assertion"));
  CHECK(has(Id("report/r1/evidence/9"), Sg("sentence"), Term::String("The Tiger Forces took Al-Rastan in May."),
            event + "/nanopub/provenance"));
  CHECK(has(Id("report/r1"), Term::Iri(v::Iri(v::kDct, "identifier")), Term::String("report/r1"),
            event + "/nanopub/provenance"));
  const std::string relation = "report/r1/part-of-7";
  CHECK(has(Id("force/tiger-forces"), Term::Iri(v::Iri(v::kSgr, "part-of")), Id("force/syrian-army"),
            relation + "/nanopub/assertion"));
  const std::string count = "report/r1/event/50-depart";
  CHECK(has(Id("report/r1/count/2"), Sg("of"), Term::String("persons"), count + "/nanopub/assertion"));
  CHECK(has(Id("report/r1/count/2/evidence"), Sg("sentence"), Term::String("…"), count + "/nanopub/provenance"));
}

TEST_CASE("forms that cannot carry a variant of RDF refuse it") {
  const TestStore store(ExampleGraph().quads());
  const std::string path = store.folder().File("out");
  for (const auto& [format, variant] :
       {std::pair(Format::kRdfXml, RdfVariant::kReifiers), std::pair(Format::kJsonLd, RdfVariant::kReifiers),
        std::pair(Format::kTurtle, RdfVariant::kNanopublications),
        std::pair(Format::kNTriples, RdfVariant::kNanopublications), std::pair(Format::kGexf, RdfVariant::kReifiers)}) {
    const auto refused = Export(store.snapshot(), {.format = format, .path = path, .rdf_variant = variant});
    REQUIRE_FALSE(refused);
    CHECK(refused.error().code == base::ErrorCode::kUsage);
    CHECK_FALSE(std::filesystem::exists(path));
  }
}

TEST_CASE("hostile texts read back equal") {
  std::vector<Quad> quads;
  for (const std::string& text : HostileTexts()) {
    quads.push_back({Id("place/x"), PrefLabel(), Term::String(text), Term()});
    quads.push_back({Id("place/x"), PrefLabel(), Term::LangString(text, "ar"), Id("report/r")});
    quads.push_back({Id("place/x"), Sg("begin"), Term::Typed(text, v::Iri(v::kXsd, "date")), Term()});
    for (const char* type : {"integer", "decimal", "boolean", "double"}) {
      quads.push_back({Id("place/x"), Sg("confidence"), Term::Typed(text, v::Iri(v::kXsd, type)), Term()});
    }
  }
  CheckRoundTrip(quads);
}

// Every text that XML can carry, and the least that it cannot.
TEST_CASE("RDF/XML reads back equal but for control characters") {
  std::vector<Quad> quads = ExampleGraph().quads();
  for (const std::string& text : HostileTexts()) {
    const bool has_control = std::any_of(text.begin(), text.end(), [](char c) {
      return static_cast<unsigned char>(c) < 0x20 && c != '\t' && c != '\n' && c != '\r';
    });
    if (!has_control) quads.push_back({Id("place/x"), PrefLabel(), Term::LangString(text, "ar"), Term()});
  }
  quads.push_back({Id("place/x"), Term::Iri("http://example.org/?p=1&q=name"), Term::Integer(5), Term()});
  quads.push_back({Id("place/x"), Term::Iri("urn:x:9"), Id("place/y"), Term()});  // no XML name at its end
  const TestStore store(quads);
  const std::string path = store.folder().File("out.rdf");
  const auto summary = Export(store.snapshot(), {.format = Format::kRdfXml, .path = path});
  REQUIRE(summary);
  CHECK(summary->statements_left_out == 1);
  quads.pop_back();
  const std::vector<Quad> expected = Expected(quads, false);
  CHECK(summary->statements == expected.size());
  CHECK(ReadBack(path, graph::RdfSyntax::kRdfXml) == expected);
}

// Texts put together at random from what breaks writers.
TEST_CASE("random hostile graphs read back equal") {
  const std::vector<std::string> pieces = {"\"",         "'",      "\\",     "<",    ">",  "&",     "]]>", "\n",
                                           "\r",         "\t",     " ",      ",",    ";",  "=",     "@",   "\u202E",
                                           "\U0001F600", "a",      "\u0645", "\x01", "{",  "}",     "#",   "\\u0041",
                                           "<![CDATA[",  "\"\"\"", ".",      "_:",   "^^", "\uFEFF"};
  std::mt19937 random(2018);
  for (int round = 0; round < 20; ++round) {
    std::vector<Quad> quads;
    for (int i = 0; i < 50; ++i) {
      std::string text;
      for (size_t n = random() % 12; n > 0; --n) text += pieces[random() % pieces.size()];
      const Term graph = i % 3 == 0 ? Term() : Id("report/r" + std::to_string(i % 5));
      const Term subject = Id("place/p" + std::to_string(random() % 10));
      quads.push_back({subject, PrefLabel(), i % 2 == 0 ? Term::String(text) : Term::LangString(text, "ar"), graph});
    }
    INFO(round);
    CheckRoundTrip(quads);
  }
}

TEST_CASE("numbers keep their lexical forms and types") {
  std::vector<Quad> quads;
  for (const char* text :
       {"5", "-5", "+5", "007", "5.0", ".5", "5.", "-0.50", "1e3", "1.5E-7", "INF", "true", "0", "", "+"}) {
    for (const char* type : {"integer", "decimal", "boolean", "double", "long", "string"}) {
      quads.push_back({Id("x"), Sg("p"), Term::Typed(text, v::Iri(v::kXsd, type)), Term()});
    }
  }
  CheckRoundTrip(quads);
}

TEST_CASE("IRIs read back equal, however near they are to prefixes and the base") {
  std::vector<Quad> quads;
  const std::string base(v::kDefaultBase), sg(v::kSg), sgt(v::kSgt);
  for (const std::string& iri : {base,
                                 base + "a",
                                 base + "a/../b",
                                 base + "./a",
                                 base + "..",
                                 base + "a:b",
                                 base + "a?b",
                                 base + "a#b",
                                 base + "/a",
                                 base + "a//b",
                                 base + "%D8%AD",
                                 base + "\u062D\u0645\u0635",
                                 base + "\U0001F600",
                                 sg,
                                 sg + "a",
                                 sg + "a.",
                                 sg + "1a",
                                 sg + "a.b",
                                 sg + "-a",
                                 sg + "a/b",
                                 sgt + "a-b",
                                 sgt + "a%20b",
                                 sg + "_",
                                 std::string("urn:x:y"),
                                 std::string("http://a"),
                                 std::string("http://example.org/?q=1&r=(a)'b',*;!$#f")}) {
    quads.push_back({Term::Iri(iri), Term::Iri(iri), Term::Iri(iri), Term::Iri(iri)});
    quads.push_back({Term::Iri(iri), RdfType(), Term::Typed("x", iri), Term()});
  }
  CheckRoundTrip(quads);
  CheckRoundTrip(quads, "");
  CheckRoundTrip(quads, "https://w3id.org/sitgraph/id");   // no final slash: not used as a base
  CheckRoundTrip(quads, "https://w3id.org/sitgraph/ns#");  // a fragment: neither
  CheckRoundTrip(quads, "not <a> \"base\"/");
}

// Labels get a prefix of the file on reading, so only their pattern can be compared.
TEST_CASE("blank nodes stay apart and joined") {
  std::vector<Quad> quads;
  const std::vector<std::string> labels = {"a", "A", "b1", "x_61", "a.b", "a-b", "_u", "\u062D", "0"};
  for (const std::string& label : labels) {
    quads.push_back({Term::Blank(label), Sg("knows"), Term::Blank(labels.front()), Term()});
    quads.push_back({Id("x"), Sg("knows"), Term::Blank(label), Term::Blank(label)});
  }
  const TestStore store(quads);
  store.Export("out", {.format = Format::kNQuads});
  std::set<Term> subjects, objects, graphs;
  for (const Quad& quad : ReadBack(store.folder().File("out"), graph::RdfSyntax::kNQuads)) {
    if (quad.subject.is_blank()) {
      subjects.insert(quad.subject);
    } else {
      objects.insert(quad.object);
      graphs.insert(quad.graph);
    }
  }
  CHECK(subjects.size() == labels.size());
  CHECK(objects == subjects);
  CHECK(graphs == subjects);
}

TEST_CASE("rapper reads every form without a warning") {
  if (!IsInstalled("rapper")) {
    WARN("skipped: rapper (Debian raptor2-utils) is not installed");
    return;
  }
  std::vector<Quad> quads = ExampleGraph().quads();
  for (const std::string& text : HostileTexts()) {
    if (text.find('\0') != text.npos) continue;  // raptor's strings end at U+0000
    quads.push_back({Id("place/x"), PrefLabel(), Term::String(text), Term()});
  }
  const TestStore store(quads);
  const struct {
    Format format;
    const char* parser;
    bool with_graphs;
  } cases[] = {{Format::kTurtle, "turtle", false},
               {Format::kNTriples, "ntriples", false},
               {Format::kNQuads, "nquads", true},
               {Format::kRdfXml, "rdfxml", false}};
  for (const auto& c : cases) {
    store.Export(c.parser, {.format = c.format});
    const Ran ran = Run("rapper -c -i " + std::string(c.parser) + " " + store.folder().File(c.parser));
    INFO(ran.output);
    CHECK(ran.status == 0);
    const size_t count = Expected(quads, c.with_graphs).size();
    CHECK(ran.output.find("returned " + std::to_string(count) + " triples") != ran.output.npos);
    CHECK(ran.output.find("Warning") == ran.output.npos);
    CHECK(ran.output.find("Error") == ran.output.npos);
  }
}

}  // namespace
}  // namespace sitgraph::exporters
