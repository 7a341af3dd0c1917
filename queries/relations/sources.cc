#include "queries/relations/sources.h"

#include <algorithm>
#include <numeric>
#include <set>
#include <string>

#include "base/text.h"
#include "queries/relations/verb_tools.h"

namespace sitgraph::queries {
namespace {

constexpr size_t kRun = 3;

std::set<std::string> RunsOf(std::string_view text, size_t length) {
  const std::string folded = base::FoldName(text);
  const std::vector<std::string_view> words = base::Split(folded, ' ');
  std::set<std::string> out;
  if (folded.empty()) return out;
  for (size_t i = 0; i + length <= words.size(); ++i) {
    std::string run;
    for (size_t j = 0; j < length; ++j) run.append(words[i + j]).append(" ");
    out.insert(std::move(run));
  }
  return out;
}

bool DependOnEachOther(const EntityEvent& a, const EntityEvent& b) {
  if (a.report.iri == b.report.iri) return true;
  if (!a.report.publisher.empty() && base::FoldName(a.report.publisher) == base::FoldName(b.report.publisher))
    return true;
  for (const EntityName& x : a.sources) {
    for (const EntityName& y : b.sources) {
      if (x.iri == y.iri && !IsGeneric(x)) return true;
    }
  }
  for (const Evidence& x : a.evidence) {
    for (const Evidence& y : b.evidence) {
      if (!x.sentence.empty() && Resemblance(x.sentence, y.sentence) >= kCopied) return true;
    }
  }
  return false;
}

}  // namespace

double Resemblance(std::string_view a, std::string_view b) {
  std::set<std::string> x = RunsOf(a, kRun), y = RunsOf(b, kRun);
  if (x.empty() || y.empty()) {
    x = RunsOf(a, 1);
    y = RunsOf(b, 1);
  }
  size_t common = 0;
  for (const std::string& run : x) common += y.count(run);
  const size_t all = x.size() + y.size() - common;
  return all == 0 ? 0 : static_cast<double>(common) / static_cast<double>(all);
}

size_t CountIndependent(const std::vector<EntityEvent>& events) {
  std::vector<size_t> group(events.size());
  std::iota(group.begin(), group.end(), 0);
  const auto root = [&](size_t i) {
    while (group[i] != i) i = group[i];
    return i;
  };
  for (size_t i = 0; i < events.size(); ++i) {
    for (size_t j = i + 1; j < events.size(); ++j) {
      if (DependOnEachOther(events[i], events[j])) group[root(j)] = root(i);
    }
  }
  size_t out = 0;
  for (size_t i = 0; i < group.size(); ++i) out += group[i] == i ? 1 : 0;
  return out;
}

}  // namespace sitgraph::queries
