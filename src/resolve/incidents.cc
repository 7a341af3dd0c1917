#include "src/resolve/incidents.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "src/resolve/gather.h"

namespace sitgraph::resolve {
namespace {

namespace vocabulary = graph::vocabulary;
using base::ErrorCode;
using base::Fail;
using base::Result;
using base::Status;
using graph::Snapshot;
using graph::Term;
using graph::Transaction;

// Records: "happening/BLOCK EVENT" holds a happening; "happenings-of/REPORT" the keys of a report's; "incidents/BLOCK"
// the members of a block's incidents as they are written, a line each; "gather/BLOCK" is there where that is to be
// done.
constexpr std::string_view kHappening = "happening/", kHappeningsOf = "happenings-of/", kIncidents = "incidents/",
                           kGather = "gather/";
constexpr size_t kCommitBytes = size_t{32} << 20;

std::string Key(std::string_view prefix, std::string_view rest) { return std::string(prefix) + std::string(rest); }

Term Sg(std::string_view local) { return Term::Iri(vocabulary::Iri(vocabulary::kSg, local)); }
Term Label() { return Term::Iri(vocabulary::Iri(vocabulary::kRdfs, "label")); }

// "happening/BLOCK EVENT" without the event.
std::string_view BlockOf(std::string_view happening_key) {
  const std::string_view rest = happening_key.substr(kHappening.size());
  return rest.substr(0, rest.find_last_of(' '));
}

// Writes the incidents of one block in place of those that were there.
class BlockWriter {
 public:
  BlockWriter(const Snapshot& snapshot, Transaction& transaction, const std::string& base_iri)
      : snapshot_(snapshot), transaction_(transaction), base_(base_iri) {}

  Status TakeBack(std::string_view members_record) {
    for (const std::string_view line : base::Split(members_record, '\n')) {
      const auto members = base::Split(line, ' ');
      if (line.empty()) continue;
      if (auto removed = RemoveAll(Incident(members.front()), std::nullopt); !removed) return removed;
      for (const std::string_view member : members) {
        if (auto removed = RemoveAll(Term::Iri(std::string(member)), Sg("denies")); !removed) return removed;
      }
    }
    return {};
  }

  Status Write(const std::vector<const Happening*>& members) {
    const Term incident = Incident(members.front()->event);
    if (auto added = Say(incident, Term::Iri(vocabulary::Iri(vocabulary::kRdf, "type")), Sg("Incident")); !added) {
      return added;
    }
    const auto label = LabelOf(Term::Iri(members.front()->event));
    if (!label) return Fail(label.error());
    if (auto added = Say(incident, Label(), Term::String(fmt::format("{} ({} reports)", *label, members.size())));
        !added) {
      return added;
    }
    for (const Happening* member : members) {
      const Term event = Term::Iri(member->event);
      if (auto added = Say(incident, Sg("member"), event); !added) return added;
      for (const Happening* other : members) {
        if (!member->negated || other->negated) continue;
        if (auto added = Say(event, Sg("denies"), Term::Iri(other->event)); !added) return added;
      }
    }
    return {};
  }

 private:
  // BASE "incident/" and the rest of its earliest member's IRI.
  Term Incident(std::string_view event) const {
    std::string_view local = event.starts_with(base_) ? event.substr(base_.size()) : event;
    if (local.starts_with("report/")) local.remove_prefix(std::string_view("report/").size());
    return Term::Iri(base_ + "incident/" + std::string(local));
  }

  Status Say(const Term& subject, const Term& predicate, const Term& object) {
    return transaction_.Add({subject, predicate, object, Term()});
  }

  Result<std::string> LabelOf(const Term& event) const {
    const auto s = snapshot_.Find(event), p = snapshot_.Find(Label());
    if (!s) return Fail(s.error());
    if (!p) return Fail(p.error());
    if (!*s || !*p) return std::string();
    const auto cursor = snapshot_.Match({.subject = **s, .predicate = **p, .object = {}, .graph = {}});
    if (!cursor->Valid()) return std::string();
    auto label = snapshot_.Resolve(cursor->quad().object);
    return label ? Result<std::string>(label->value()) : Fail(label.error());
  }

  // What the default graph says of a subject, by one predicate where it is given.
  Status RemoveAll(const Term& subject, const std::optional<Term>& predicate) {
    const auto s = snapshot_.Find(subject);
    if (!s) return Fail(s.error());
    graph::QuadPattern pattern{.subject = *s, .predicate = {}, .object = {}, .graph = graph::kDefaultGraphId};
    if (predicate) {
      const auto p = snapshot_.Find(*predicate);
      if (!p) return Fail(p.error());
      if (!*p) return {};
      pattern.predicate = *p;
    }
    if (!*s) return {};
    const auto cursor = snapshot_.Match(pattern);
    for (; cursor->Valid(); cursor->Next()) {
      auto p = snapshot_.Resolve(cursor->quad().predicate), o = snapshot_.Resolve(cursor->quad().object);
      if (!p) return Fail(p.error());
      if (!o) return Fail(o.error());
      if (auto removed = transaction_.Remove({subject, *p, *o, Term()}); !removed) return removed;
    }
    return cursor->status();
  }

  const Snapshot& snapshot_;
  Transaction& transaction_;
  const std::string& base_;
};

Result<std::vector<Happening>> HappeningsIn(const Snapshot& snapshot, const std::string& block) {
  std::vector<Happening> out;
  bool damaged = false;
  const auto scanned =
      snapshot.ScanRecords(Key(kHappening, block) + " ", [&](std::string_view, std::string_view record) {
        auto happening = DecodeHappening(record);
        damaged = !happening;
        if (happening) out.push_back(std::move(*happening));
        return !damaged;
      });
  if (!scanned) return Fail(scanned.error());
  if (damaged) return Fail(ErrorCode::kCorrupt, "a record of the happenings in '" + block + "' is damaged");
  return out;
}

Result<size_t> SettleBlock(const Snapshot& snapshot, Transaction& transaction, const std::string& base_iri,
                           const std::string& block) {
  const auto happenings = HappeningsIn(snapshot, block);
  if (!happenings) return Fail(happenings.error());
  const auto written = snapshot.GetRecord(Key(kIncidents, block));
  if (!written) return Fail(written.error());
  BlockWriter writer(snapshot, transaction, base_iri);
  if (*written) {
    if (auto back = writer.TakeBack(**written); !back) return Fail(back.error());
  }
  const auto incidents = Gather(*happenings);
  std::string record;
  for (const std::vector<uint32_t>& indices : incidents) {
    std::vector<const Happening*> members;
    for (const uint32_t index : indices) {
      members.push_back(&(*happenings)[index]);
      record += (members.size() == 1 ? (record.empty() ? "" : "\n") : " ") + members.back()->event;
    }
    if (auto done = writer.Write(members); !done) return Fail(done.error());
  }
  const auto kept = record.empty() ? transaction.RemoveRecord(Key(kIncidents, block))
                                   : transaction.PutRecord(Key(kIncidents, block), record);
  if (!kept) return Fail(kept.error());
  if (auto done = transaction.RemoveRecord(Key(kGather, block)); !done) return Fail(done.error());
  return incidents.size();
}

}  // namespace

Status KeepHappenings(const Snapshot& before, Transaction& transaction, const Term& report,
                      const std::vector<Happening>& happenings) {
  std::set<std::string> blocks;
  const std::string list = Key(kHappeningsOf, report.value());
  const auto old = before.GetRecord(list);
  if (!old) return Fail(old.error());
  if (*old) {
    for (const std::string_view key : base::Split(**old, '\n')) {
      blocks.emplace(BlockOf(key));
      if (auto removed = transaction.RemoveRecord(key); !removed) return removed;
    }
  }
  std::string keys;
  for (const Happening& happening : happenings) {
    const std::string key = fmt::format("{}{} {}", kHappening, happening.block, happening.event);
    blocks.insert(happening.block);
    keys += (keys.empty() ? "" : "\n") + key;
    if (auto put = transaction.PutRecord(key, Encode(happening)); !put) return put;
  }
  if (auto put = keys.empty() ? transaction.RemoveRecord(list) : transaction.PutRecord(list, keys); !put) return put;
  for (const std::string& block : blocks) {
    if (auto put = transaction.PutRecord(Key(kGather, block), "1"); !put) return put;
  }
  return {};
}

Result<SettleSummary> SettleIncidents(graph::Store& store, const std::string& base_iri) {
  const auto snapshot = store.TakeSnapshot();
  std::vector<std::string> blocks;
  const auto scanned = snapshot->ScanRecords(kGather, [&](std::string_view key, std::string_view) {
    blocks.emplace_back(key.substr(kGather.size()));
    return true;
  });
  if (!scanned) return Fail(scanned.error());
  SettleSummary summary;
  if (blocks.empty()) return summary;
  auto transaction = store.Begin();
  for (const std::string& block : blocks) {
    const auto incidents = SettleBlock(*snapshot, *transaction, base_iri, block);
    if (!incidents) return Fail(incidents.error());
    ++summary.blocks;
    summary.incidents += *incidents;
    if (transaction->ApproximateSize() < kCommitBytes) continue;
    if (auto committed = transaction->Commit(); !committed) return Fail(committed.error());
    transaction = store.Begin();
  }
  if (auto committed = transaction->Commit(); !committed) return Fail(committed.error());
  return summary;
}

}  // namespace sitgraph::resolve
