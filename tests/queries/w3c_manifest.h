// Reads the W3C's test manifests, which lie beside the repository.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "graph/term.h"

namespace sitgraph::queries::testing {

// A dataset as files: those of the default graph, and graph names with their files.
struct Files {
  std::vector<std::string> data;
  std::vector<std::pair<std::string, std::string>> named;
};

struct Entry {
  std::string group;  // "sparql11/bind"
  std::string name, kind;
  std::string query;  // or the update's request
  std::string result;
  Files before, after;  // `after` of an update
};

// All entries whose type's name ends with `kind`, group by group. Entries are in the order of their IRIs.
std::vector<Entry> W3cEntries(const std::string& kind);

// Whether the tests are not there, which it warns of.
bool W3cIsMissing();

// The file that one of the tests' IRIs names.
std::string W3cPathOf(const std::string& iri);

// Reads a file's quads; kUnsupported for a format that cannot be read.
base::Result<std::vector<graph::Quad>> ReadW3cData(const std::string& iri, const graph::Term& graph);

// The quads of all files; nothing where one of them cannot be read.
base::Result<std::vector<graph::Quad>> ReadW3cFiles(const Files& files);

// Makes the store hold exactly these quads.
void Refill(graph::Store& store, const std::vector<graph::Quad>& quads);
std::vector<graph::Quad> AllQuads(const graph::Snapshot& snapshot);

// Passed and total for each group, printed as a Markdown table and a sum.
class Tally {
 public:
  explicit Tally(std::string title) : title_(std::move(title)) {}
  ~Tally();
  void Count(const std::string& group, bool passed);
  int passed() const { return passed_; }
  int total() const { return total_; }

 private:
  std::string title_;
  std::map<std::string, std::pair<int, int>> groups_;
  int passed_ = 0, total_ = 0;
};

}  // namespace sitgraph::queries::testing
