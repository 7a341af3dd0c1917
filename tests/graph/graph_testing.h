// What the tests of this room share: scratch folders, short ways to make quads, all matches of a pattern as text.
#pragma once

#include <unistd.h>

#include <catch2/catch.hpp>
#include <cstdlib>
#include <filesystem>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "base/error.h"
#include "graph/store.h"
#include "graph/term.h"

namespace sitgraph::graph::testing {

// A folder that goes with this object.
class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (std::filesystem::temp_directory_path() / "sitgraph-test-XXXXXX").string();
    if (mkdtemp(name.data()) == nullptr) std::abort();
    path_ = name;
  }
  ~ScratchFolder() {
    std::error_code ignored;
    std::filesystem::remove_all(path_, ignored);
  }
  ScratchFolder(const ScratchFolder&) = delete;
  ScratchFolder& operator=(const ScratchFolder&) = delete;
  std::string operator/(const std::string& name) const { return (path_ / name).string(); }

 private:
  std::filesystem::path path_;
};

// Fails the test with the error's text where there is one.
inline void Ok(const base::Status& status) {
  if (!status) FAIL(base::ToString(status.error()));
}
template <typename T>
T Value(base::Result<T> result) {
  if (!result) FAIL(base::ToString(result.error()));
  return std::move(*result);
}

inline Term Ex(const std::string& name) { return Term::Iri("http://example.org/" + name); }
inline Quad Q(const std::string& s, const std::string& p, const std::string& o, const std::string& g = {}) {
  return {Ex(s), Ex(p), Ex(o), g.empty() ? Term() : Ex(g)};
}
inline Triple T(const std::string& s, const std::string& p, const std::string& o) { return {Ex(s), Ex(p), Ex(o)}; }

inline std::unique_ptr<Store> OpenNew(const std::string& folder) {
  OpenOptions options;
  options.create = true;
  return Value(Store::Open(folder, options));
}
inline std::unique_ptr<Store> OpenReadOnly(const std::string& folder) {
  OpenOptions options;
  options.read_only = true;
  return Value(Store::Open(folder, options));
}

inline Term ResolveGraph(const Snapshot& snapshot, TermId id) {
  return id == kDefaultGraphId ? Term() : Value(snapshot.Resolve(id));
}

// The matches as terms. Fails where a quad comes twice.
inline std::set<Quad> Matches(const Snapshot& snapshot, const QuadPattern& pattern) {
  std::set<Quad> quads;
  auto cursor = snapshot.Match(pattern);
  for (; cursor->Valid(); cursor->Next()) {
    const QuadIds& ids = cursor->quad();
    const bool fresh = quads
                           .insert({Value(snapshot.Resolve(ids.subject)), Value(snapshot.Resolve(ids.predicate)),
                                    Value(snapshot.Resolve(ids.object)), ResolveGraph(snapshot, ids.graph)})
                           .second;
    CHECK(fresh);
  }
  Ok(cursor->status());
  return quads;
}
inline std::set<Quad> All(const Store& store) { return Matches(*store.TakeSnapshot(), {}); }

inline void CheckIsClean(const Store& store) {
  const std::vector<std::string> contradictions = Value(store.Check());
  for (const std::string& line : contradictions) UNSCOPED_INFO(line);
  CHECK(contradictions.empty());
}

}  // namespace sitgraph::graph::testing
