#include "src/resolve/graph_writer.h"

#include <algorithm>
#include <cctype>
#include <map>
#include <set>
#include <vector>

#include "base/hash.h"
#include "base/text.h"
#include "graph/vocabulary.h"
#include "src/codebook/identity.h"
#include "src/resolve/incidents.h"
#include "src/resolve/statements.h"

namespace sitgraph::resolve {
namespace {

namespace vocabulary = graph::vocabulary;
using base::ErrorCode;
using base::Fail;
using base::Result;
using base::Status;
using graph::Term;
using graph::Triple;

constexpr std::string_view kBaseRecord = "base";
constexpr std::string_view kDecisionsRecord = "decisions";
constexpr std::string_view kReportRecords = "report/";

// What the manifest keeps of a report: enough to know it again and to take it back. Stored as lines, for IRIs and
// digests hold no line ends.
struct ManifestEntry {
  std::string digest;
  std::string report_iri;
  std::vector<std::string> unlabelled;  // entities whose label is chosen over all reports
};

std::string Encode(const ManifestEntry& entry) {
  std::string out = entry.digest + "\n" + entry.report_iri;
  for (const std::string& iri : entry.unlabelled) out += "\n" + iri;
  return out;
}

Result<ManifestEntry> Decode(std::string_view id, std::string_view record) {
  const std::vector<std::string_view> lines = base::Split(record, '\n');
  if (lines.size() < 2)
    return Fail(ErrorCode::kCorrupt, "the manifest's record of report '" + std::string(id) + "' is damaged");
  ManifestEntry entry{std::string(lines[0]), std::string(lines[1]), {}};
  entry.unlabelled.assign(lines.begin() + 2, lines.end());
  return entry;
}

std::string RecordKey(std::string_view id) { return std::string(kReportRecords) + std::string(id); }

Result<std::optional<ManifestEntry>> Find(const graph::Snapshot& snapshot, std::string_view id) {
  auto record = snapshot.GetRecord(RecordKey(id));
  if (!record) return Fail(record.error());
  if (!*record) return std::nullopt;
  auto entry = Decode(id, **record);
  if (!entry) return Fail(entry.error());
  return std::move(*entry);
}

const Term& PrefLabel() {
  static const Term kTerm = Term::Iri(vocabulary::Iri(vocabulary::kSkos, "prefLabel"));
  return kTerm;
}
const Term& AltLabel() {
  static const Term kTerm = Term::Iri(vocabulary::Iri(vocabulary::kSkos, "altLabel"));
  return kTerm;
}

// The objects of `subject predicate ?` in the default graph.
Result<std::vector<Term>> Objects(const graph::Snapshot& snapshot, const Term& subject, const Term& predicate) {
  std::vector<Term> out;
  const auto s = snapshot.Find(subject);
  if (!s) return Fail(s.error());
  const auto p = snapshot.Find(predicate);
  if (!p) return Fail(p.error());
  if (!*s || !*p) return out;
  const auto cursor = snapshot.Match({.subject = **s, .predicate = **p, .object = {}, .graph = graph::kDefaultGraphId});
  for (; cursor->Valid(); cursor->Next()) {
    auto object = snapshot.Resolve(cursor->quad().object);
    if (!object) return Fail(object.error());
    out.push_back(std::move(*object));
  }
  if (auto status = cursor->status(); !status) return Fail(status.error());
  return out;
}

// The name an entity is shown under, a function of the set of its names alone: those that its IRI was made from go
// before others, capitalised ones before lower-case ones, then byte order.
std::optional<std::string> ChooseLabel(std::string_view iri, std::string_view base_iri,
                                       const std::set<std::string>& names) {
  const std::string_view local = iri.substr(0, base_iri.size()) == base_iri ? iri.substr(base_iri.size()) : iri;
  const auto kind = codebook::EntityKindFromWord(local.substr(0, local.find('/')));
  const auto rank = [&](const std::string& name) {
    const bool made_from = kind && codebook::EntityIri(*kind, name) == local;
    const bool lower = !name.empty() && std::islower(static_cast<unsigned char>(name.front())) != 0;
    return std::make_tuple(!made_from, lower, name);
  };
  const auto best = std::min_element(names.begin(), names.end(),
                                     [&](const std::string& a, const std::string& b) { return rank(a) < rank(b); });
  return best == names.end() ? std::nullopt : std::optional<std::string>(*best);
}

// Sets the one skos:prefLabel of an entity once `transaction` is applied: the codebook's name where it has an `entry`
// for it (then reports share that name), or else what its alternative labels call for.
Status UpdateLabel(const graph::Snapshot& before, graph::Transaction& transaction, const Term& entity,
                   const std::vector<std::string>& new_names, std::string_view base_iri, const codebook::Entry* entry,
                   const std::string& decided) {
  std::optional<std::string> label;
  if (entry != nullptr) {
    label = entry->name;
  } else {
    std::set<std::string> names(new_names.begin(), new_names.end());
    auto known = Objects(before, entity, AltLabel());
    if (!known) return Fail(known.error());
    for (const Term& name : *known) {
      const auto shared = transaction.IsShared({entity, AltLabel(), name});
      if (!shared) return Fail(shared.error());
      if (*shared) names.insert(name.value());
    }
    label = ChooseLabel(entity.value(), base_iri, names);
  }
  if (!decided.empty() && label) label = decided;
  auto old_labels = Objects(before, entity, PrefLabel());
  if (!old_labels) return Fail(old_labels.error());
  for (const Term& old : *old_labels) {
    if (label && old.value() == *label) continue;
    if (auto removed = transaction.Remove({entity, PrefLabel(), old, Term()}); !removed) return removed;
  }
  if (!label || entry != nullptr) return {};
  return transaction.Add({entity, PrefLabel(), Term::String(*label), Term()});
}

// Takes back the statements of a report's earlier version within `transaction`.
Status TakeBack(graph::Transaction& transaction, const ManifestEntry& entry) {
  const Term report = Term::Iri(entry.report_iri);
  if (auto removed = transaction.RemoveGraph(report); !removed) return removed;
  return transaction.Unshare(report);
}

}  // namespace

GraphWriter::GraphWriter(graph::Store& store, const codebook::Codebook* codebook, std::string base_iri)
    : store_(&store), codebook_(codebook), base_iri_(std::move(base_iri)) {}

Status VisitReports(const graph::Snapshot& snapshot, const std::function<bool(const StoredReport&)>& visit) {
  Status damaged;
  const auto scanned = snapshot.ScanRecords(kReportRecords, [&](std::string_view key, std::string_view record) {
    const std::string_view id = key.substr(kReportRecords.size());
    const auto entry = Decode(id, record);
    if (!entry) {
      damaged = Fail(entry.error());
      return false;
    }
    return visit({id, entry->report_iri});
  });
  return damaged ? scanned : damaged;
}

Result<std::string> BaseIriOf(const graph::Snapshot& snapshot) {
  auto record = snapshot.GetRecord(kBaseRecord);
  if (!record) return Fail(record.error());
  return *record ? **record : std::string(vocabulary::kDefaultBase);
}

Result<GraphWriter> GraphWriter::Open(graph::Store& store, const codebook::Codebook* codebook,
                                      std::string_view base_iri) {
  if (!base_iri.empty() && (!IsAbsoluteIri(base_iri) || (base_iri.back() != '/' && base_iri.back() != '#'))) {
    return Fail(ErrorCode::kUsage, "the base '" + std::string(base_iri) + "' is no absolute IRI that ends in / or #",
                {}, "for example https://example.org/syria/");
  }
  auto record = store.TakeSnapshot()->GetRecord(kBaseRecord);
  if (!record) return Fail(record.error());
  if (*record) {
    if (!base_iri.empty() && **record != base_iri) {
      return Fail(ErrorCode::kConflict, "the graph was made with the base " + **record, {},
                  "leave --base out, or build into another folder");
    }
    GraphWriter writer(store, codebook, **record);
    auto decided = store.TakeSnapshot()->GetRecord(kDecisionsRecord);
    if (!decided) return Fail(decided.error());
    if (*decided) {
      auto decisions = ParseDecisions(**decided, "the graph's decisions");
      if (!decisions) return Fail(decisions.error().front());
      writer.decisions_ = std::move(*decisions);
      writer.decisions_text_ = std::move(**decided);
    }
    return writer;
  }
  std::string chosen(base_iri.empty() ? vocabulary::kDefaultBase : base_iri);
  auto transaction = store.Begin();
  if (auto put = transaction->PutRecord(kBaseRecord, chosen); !put) return Fail(put.error());
  if (auto committed = transaction->Commit(); !committed) return Fail(committed.error());
  return GraphWriter(store, codebook, std::move(chosen));
}

const codebook::Entry* GraphWriter::FindEntry(std::string_view iri) const {
  if (codebook_ == nullptr || iri.substr(0, base_iri_.size()) != base_iri_) return nullptr;
  return codebook_->FindEntry(iri.substr(base_iri_.size()));
}

std::string GraphWriter::DigestOf(std::string_view digest) const {
  std::string out(digest);
  if (!decisions_.empty()) out += "-" + base::Sha256Hex(decisions_text_).substr(0, 16);
  return out;
}

std::string GraphWriter::DecidedName(std::string_view iri) const {
  if (iri.substr(0, base_iri_.size()) != base_iri_) return {};
  const auto name = decisions_.names.find(std::string(iri.substr(base_iri_.size())));
  return name == decisions_.names.end() ? std::string() : name->second;
}

tl::expected<void, std::vector<base::Error>> GraphWriter::SetDecisions(std::string_view text, const std::string& file) {
  auto decisions = ParseDecisions(text, file);
  if (!decisions) return tl::unexpected(std::move(decisions.error()));
  auto transaction = store_->Begin();
  auto kept = transaction->PutRecord(kDecisionsRecord, text);
  if (kept) kept = transaction->Commit();
  if (!kept) return tl::unexpected(std::vector<base::Error>{kept.error()});
  decisions_ = std::move(*decisions);
  decisions_text_ = text;
  return {};
}

Result<bool> GraphWriter::IsCurrent(std::string_view id, std::string_view digest) const {
  const auto entry = Find(*store_->TakeSnapshot(), id);
  if (!entry) return Fail(entry.error());
  return *entry && (*entry)->digest == DigestOf(digest);
}

Result<PutOutcome> GraphWriter::Put(const extract::Frame& as_read, std::string_view own_digest) {
  const std::string& id = as_read.report.id;
  const std::string digest = DigestOf(own_digest);
  if (id.empty() || id.find('\n') != std::string::npos) {
    return Fail(ErrorCode::kBadInput, "the frame has no report.id", {}, "give every frame the id of its report");
  }
  const auto snapshot = store_->TakeSnapshot();
  const auto old = Find(*snapshot, id);
  if (!old) return Fail(old.error());
  if (*old && (*old)->digest == digest) return PutOutcome::kUnchanged;

  const extract::Frame frame = Apply(decisions_, as_read);
  Statements statements = ToStatements(frame, base_iri_, codebook_);
  for (Triple& triple : statements.shared) {
    if (triple.predicate != PrefLabel()) continue;
    if (const std::string name = DecidedName(triple.subject.value()); !name.empty()) triple.object = Term::String(name);
  }
  auto transaction = store_->Begin();
  if (*old) {
    if (auto back = TakeBack(*transaction, **old); !back) return Fail(back.error());
  }
  for (const Triple& triple : statements.own) {
    if (auto added = transaction->Add({triple.subject, triple.predicate, triple.object, statements.report}); !added) {
      return Fail(added.error());
    }
  }
  for (const Triple& triple : statements.shared) {
    if (auto shared = transaction->Share(statements.report, triple); !shared) return Fail(shared.error());
  }

  // Names of this version's unlabelled entities, then of those that only the old version told of.
  std::map<std::string, std::vector<std::string>> names;
  ManifestEntry entry{digest, statements.report.value(), {}};
  for (const Term& entity : statements.unlabelled) {
    if (names.try_emplace(entity.value()).second) entry.unlabelled.push_back(entity.value());
  }
  if (*old) {
    for (const std::string& iri : (*old)->unlabelled) names.try_emplace(iri);
  }
  for (const Triple& triple : statements.shared) {
    const auto found = triple.predicate == AltLabel() ? names.find(triple.subject.value()) : names.end();
    if (found != names.end()) found->second.push_back(triple.object.value());
  }
  for (const auto& [iri, labels] : names) {
    if (auto updated =
            UpdateLabel(*snapshot, *transaction, Term::Iri(iri), labels, base_iri_, FindEntry(iri), DecidedName(iri));
        !updated) {
      return Fail(updated.error());
    }
  }

  if (*old && (*old)->report_iri != entry.report_iri) {
    const Term replaced = Term::Iri((*old)->report_iri);
    if (auto kept = KeepHappenings(*snapshot, *transaction, replaced, {}); !kept) return Fail(kept.error());
  }
  const auto happenings = HappeningsOf(frame, statements, base_iri_, codebook_);
  if (auto kept = KeepHappenings(*snapshot, *transaction, statements.report, happenings); !kept) {
    return Fail(kept.error());
  }
  if (auto put = transaction->PutRecord(RecordKey(id), Encode(entry)); !put) return Fail(put.error());
  if (auto committed = transaction->Commit(); !committed) return Fail(committed.error());
  return *old ? PutOutcome::kReplaced : PutOutcome::kAdded;
}

Result<bool> GraphWriter::Remove(std::string_view id) {
  const auto snapshot = store_->TakeSnapshot();
  const auto old = Find(*snapshot, id);
  if (!old) return Fail(old.error());
  if (!*old) return false;
  auto transaction = store_->Begin();
  if (auto back = TakeBack(*transaction, **old); !back) return Fail(back.error());
  for (const std::string& iri : (*old)->unlabelled) {
    if (auto updated =
            UpdateLabel(*snapshot, *transaction, Term::Iri(iri), {}, base_iri_, FindEntry(iri), DecidedName(iri));
        !updated) {
      return Fail(updated.error());
    }
  }
  const Term report = Term::Iri((*old)->report_iri);
  if (auto kept = KeepHappenings(*snapshot, *transaction, report, {}); !kept) return Fail(kept.error());
  if (auto removed = transaction->RemoveRecord(RecordKey(id)); !removed) return Fail(removed.error());
  if (auto committed = transaction->Commit(); !committed) return Fail(committed.error());
  return true;
}

Result<SettleSummary> GraphWriter::Settle() { return SettleIncidents(*store_, base_iri_); }

}  // namespace sitgraph::resolve
