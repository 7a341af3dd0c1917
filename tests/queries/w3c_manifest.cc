// Manifests in Turtle to entries.
#include "tests/queries/w3c_manifest.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <iostream>

#include "graph/rdf_reader.h"
#include "graph/vocabulary.h"

namespace sitgraph::queries::testing {
namespace {

using graph::Quad;
using graph::Term;

const std::string kMf = "http://www.w3.org/2001/sw/DataAccess/tests/test-manifest#";
const std::string kQt = "http://www.w3.org/2001/sw/DataAccess/tests/test-query#";
const std::string kUt = "http://www.w3.org/2009/sparql/tests/test-update#";
const std::string kHost = "http://w3c.test/";

std::string Root() { return std::string(SITGRAPH_SHARED_DIR) + "/w3c/sparql/"; }
std::string IriOf(const std::string& path) { return kHost + path.substr(Root().size()); }

class Manifest {
 public:
  explicit Manifest(const std::string& path) {
    graph::RdfReadOptions options;
    options.syntax = graph::RdfSyntax::kTurtle;
    options.base_iri = IriOf(path);
    auto read = graph::ReadRdf(path, options, [&](const Quad& quad) {
      nodes_[quad.subject].emplace(quad.predicate.value(), quad.object);
      return base::Status();
    });
    INFO(path);
    REQUIRE(read.has_value());
  }

  void AddEntries(const std::string& group, const std::string& kind, std::vector<Entry>& out) const {
    for (const auto& [subject, properties] : nodes_) {
      for (const Term& type : All(subject, graph::vocabulary::Iri(graph::vocabulary::kRdf, "type"))) {
        if (!type.value().starts_with(kMf) || type.value().find(kind) == std::string::npos) continue;
        Entry entry = EntryOf(subject);
        entry.group = group;
        entry.kind = type.value().substr(kMf.size());
        out.push_back(std::move(entry));
      }
    }
  }

 private:
  std::vector<Term> All(const Term& subject, const std::string& property) const {
    std::vector<Term> out;
    auto node = nodes_.find(subject);
    if (node == nodes_.end()) return out;
    auto range = node->second.equal_range(property);
    for (auto it = range.first; it != range.second; ++it) out.push_back(it->second);
    return out;
  }
  std::string One(const Term& subject, const std::string& property) const {
    auto all = All(subject, property);
    return all.empty() ? "" : all.front().value();
  }

  Entry EntryOf(const Term& subject) const {
    Entry entry;
    entry.name = subject.value().substr(subject.value().rfind('/') + 1);
    for (const Term& result : All(subject, kMf + "result")) {
      entry.result = result.value();
      entry.after = FilesOf(result, kUt);
    }
    for (const Term& action : All(subject, kMf + "action")) {
      entry.query = action.is_iri() ? action.value() : One(action, kQt + "query") + One(action, kUt + "request");
      entry.before = FilesOf(action, kUt);
      Files of_query = FilesOf(action, kQt);
      entry.before.data.insert(entry.before.data.end(), of_query.data.begin(), of_query.data.end());
      entry.before.named.insert(entry.before.named.end(), of_query.named.begin(), of_query.named.end());
    }
    return entry;
  }

  Files FilesOf(const Term& node, const std::string& vocabulary) const {
    Files files;
    for (const Term& data : All(node, vocabulary + "data")) files.data.push_back(data.value());
    for (const Term& data : All(node, vocabulary + "graphData")) {
      std::string label = One(data, graph::vocabulary::Iri(graph::vocabulary::kRdfs, "label"));
      std::string file = One(data, vocabulary + "graph");
      files.named.emplace_back(label.empty() ? data.value() : label, file.empty() ? data.value() : file);
    }
    return files;
  }

  std::map<Term, std::multimap<std::string, Term>> nodes_;
};

}  // namespace

std::string W3cPathOf(const std::string& iri) { return Root() + iri.substr(kHost.size()); }

bool W3cIsMissing() {
  if (std::filesystem::exists(Root())) return false;
  WARN("skipped: no W3C tests at " << Root());
  return true;
}

std::vector<Entry> W3cEntries(const std::string& kind) {
  std::vector<std::string> groups;
  for (const char* version : {"sparql10", "sparql11"}) {
    for (const auto& folder : std::filesystem::directory_iterator(Root() + version)) {
      if (std::filesystem::exists(folder.path() / "manifest.ttl")) {
        groups.push_back(std::string(version) + "/" + folder.path().filename().string());
      }
    }
  }
  std::sort(groups.begin(), groups.end());
  std::vector<Entry> entries;
  for (const std::string& group : groups) Manifest(Root() + group + "/manifest.ttl").AddEntries(group, kind, entries);
  return entries;
}

base::Result<std::vector<Quad>> ReadW3cData(const std::string& iri, const Term& graph) {
  graph::RdfReadOptions options;
  options.base_iri = iri;
  auto syntax = graph::SyntaxOf(W3cPathOf(iri));
  if (!syntax) return base::Fail(base::ErrorCode::kUnsupported, "no reader for this kind of data", {iri});
  options.syntax = *syntax;
  std::vector<Quad> quads;
  auto read = graph::ReadRdf(W3cPathOf(iri), options, [&](const Quad& quad) {
    quads.push_back({quad.subject, quad.predicate, quad.object, graph});
    return base::Status();
  });
  if (!read) return base::Fail(read.error());
  return quads;
}

base::Result<std::vector<Quad>> ReadW3cFiles(const Files& files) {
  std::vector<Quad> all;
  std::vector<std::pair<std::string, Term>> parts;
  for (const std::string& file : files.data) parts.emplace_back(file, Term());
  for (const auto& [name, file] : files.named) parts.emplace_back(file, Term::Iri(name));
  std::sort(parts.begin(), parts.end());
  parts.erase(std::unique(parts.begin(), parts.end()), parts.end());
  for (const auto& [file, graph] : parts) {
    auto quads = ReadW3cData(file, graph);
    if (!quads) return base::Fail(quads.error());
    all.insert(all.end(), quads->begin(), quads->end());
  }
  return all;
}

std::vector<Quad> AllQuads(const graph::Snapshot& snapshot) {
  std::vector<Quad> quads;
  auto cursor = snapshot.Match({});
  for (; cursor->Valid(); cursor->Next()) {
    auto term = [&](graph::TermId id) { return id == graph::kDefaultGraphId ? Term() : *snapshot.Resolve(id); };
    const graph::QuadIds& ids = cursor->quad();
    quads.push_back({term(ids.subject), term(ids.predicate), term(ids.object), term(ids.graph)});
  }
  REQUIRE(cursor->status());
  return quads;
}

void Refill(graph::Store& store, const std::vector<Quad>& quads) {
  std::vector<Quad> old = AllQuads(*store.TakeSnapshot());
  auto transaction = store.Begin();
  for (const Quad& quad : old) REQUIRE(transaction->Remove(quad));
  for (const Quad& quad : quads) REQUIRE(transaction->Add(quad));
  REQUIRE(transaction->Commit());
}

void Tally::Count(const std::string& group, bool passed) {
  auto& [good, all] = groups_[group];
  good += passed ? 1 : 0;
  ++all;
  passed_ += passed ? 1 : 0;
  ++total_;
}

Tally::~Tally() {
  std::cout << "| " << title_ << " | passed | of |\n|---|---|---|\n";
  for (const auto& [group, counts] : groups_) {
    std::cout << "| " << group << " | " << counts.first << " | " << counts.second << " |\n";
  }
  std::cout << "| all | " << passed_ << " | " << total_ << " |\n\n";
}

}  // namespace sitgraph::queries::testing
