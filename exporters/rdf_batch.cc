#include "exporters/rdf_batch.h"

#include <algorithm>
#include <limits>
#include <numeric>
#include <string_view>
#include <tuple>

#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Fail;
using base::Result;
using base::Status;
using graph::QuadIds;
using graph::Term;
using graph::TermId;

constexpr size_t kMaxQuads = size_t{1} << 18;
constexpr size_t kMaxTermBytes = size_t{32} << 20;
constexpr size_t kLongestStep = size_t{1} << 16;
constexpr uint32_t kNoRank = std::numeric_limits<uint32_t>::max();

// The order in which a person reads of a thing; predicates that are not here come after, by their IRIs.
constexpr std::pair<std::string_view, std::string_view> kReadingOrder[] = {
    {v::kRdf, "type"},        {v::kRdfs, "label"},
    {v::kSkos, "prefLabel"},  {v::kSkos, "altLabel"},
    {v::kDct, "title"},       {v::kDct, "identifier"},
    {v::kDct, "publisher"},   {v::kDct, "date"},
    {v::kSem, "eventType"},   {v::kSg, "agent"},
    {v::kSg, "target"},       {v::kSg, "partner"},
    {v::kSg, "instrument"},   {v::kSg, "place"},
    {v::kSg, "origin"},       {v::kSg, "destination"},
    {v::kSg, "begin"},        {v::kSg, "end"},
    {v::kSg, "timeText"},     {v::kSg, "factuality"},
    {v::kSg, "confidence"},   {v::kSg, "count"},
    {v::kSg, "source"},       {v::kWgs, "lat"},
    {v::kWgs, "long"},        {v::kSg, "within"},
    {v::kSchema, "minValue"}, {v::kSchema, "maxValue"},
    {v::kOa, "start"},        {v::kOa, "end"},
    {v::kOa, "exact"},        {v::kSg, "sentence"},
    {v::kSg, "evidence"},     {v::kProv, "hadPrimarySource"},
};

}  // namespace

// ---- IdNumbers

size_t IdNumbers::SlotOf(TermId id) const {
  const size_t mask = slots_.size() - 1;
  size_t slot = (static_cast<uint64_t>(id) * 0x9E3779B97F4A7C15u >> 32) & mask;
  while (slots_[slot] != 0 && ids_[slots_[slot] - 1] != id) slot = (slot + 1) & mask;
  return slot;
}

uint32_t IdNumbers::Number(TermId id) {
  size_t slot = SlotOf(id);
  if (slots_[slot] != 0) return slots_[slot] - 1;
  if (ids_.size() * 2 >= slots_.size()) {
    Grow();
    slot = SlotOf(id);
  }
  ids_.push_back(id);
  slots_[slot] = static_cast<uint32_t>(ids_.size());
  return slots_[slot] - 1;
}

void IdNumbers::Clear() {
  slots_.assign(size_t{1} << 12, 0);
  ids_.clear();
}

void IdNumbers::Grow() {
  slots_.assign(slots_.size() * 4, 0);
  for (size_t i = 0; i < ids_.size(); ++i) slots_[SlotOf(ids_[i])] = static_cast<uint32_t>(i + 1);
}

// ---- RdfBatchReader: what is read together

Status RdfBatchReader::ReadInStoreOrder(bool with_graphs) {
  with_graphs_ = with_graphs;
  if (Status status = RankPredicates(); !status) return status;
  std::vector<QuadIds> quads;
  size_t subject_begin = 0;  // of the last one in quads
  const auto cursor = snapshot_->Match({});
  for (; cursor->Valid(); cursor->Next()) {
    const QuadIds& quad = cursor->quad();
    if (!IsChosen(quad)) continue;
    if (quads.empty() || quads.back().subject != quad.subject) subject_begin = quads.size();
    quads.push_back(quad);
    if (quads.size() < kMaxQuads || subject_begin == 0) continue;
    std::vector<QuadIds> begun(quads.begin() + static_cast<ptrdiff_t>(subject_begin), quads.end());
    quads.resize(subject_begin);
    const auto outcome = EmitInStoreOrder(std::exchange(quads, std::move(begun)));
    if (!outcome) return Fail(outcome.error());
    if (*outcome == Outcome::kStopped) return {};
    quads.reserve(kMaxQuads);
    subject_begin = 0;
  }
  if (Status status = cursor->status(); !status) return status;
  const auto outcome = EmitInStoreOrder(std::move(quads));
  return outcome ? Status() : Fail(outcome.error());
}

// In halves where the terms are too many.
Result<RdfBatchReader::Outcome> RdfBatchReader::EmitInStoreOrder(std::vector<QuadIds> quads) {
  size_t middle = quads.size() / 2;
  while (middle > 0 && quads[middle - 1].subject == quads[middle].subject) --middle;
  if (middle == 0) {
    middle = quads.size() / 2;
    while (middle < quads.size() && middle > 0 && quads[middle - 1].subject == quads[middle].subject) ++middle;
  }
  quads_ = quads;
  graph_ends_ = {quads_.size()};
  const auto outcome = Emit(SubjectOrder::kAsRead, {}, middle > 0 && middle < quads.size());
  if (!outcome || *outcome != Outcome::kTooMuch) return outcome;
  const auto split = quads.begin() + static_cast<ptrdiff_t>(middle);
  const auto first = EmitInStoreOrder({quads.begin(), split});
  if (!first || *first == Outcome::kStopped) return first;
  return EmitInStoreOrder({split, quads.end()});
}

Status RdfBatchReader::ReadBySubject(bool with_graphs) {
  with_graphs_ = with_graphs;
  if (Status status = RankPredicates(); !status) return status;
  const auto outcome = ReadSubjectsOf({});
  return outcome ? Status() : Fail(outcome.error());
}

Status RdfBatchReader::ReadByGraph() {
  with_graphs_ = true;
  if (Status status = RankPredicates(); !status) return status;
  auto outcome = ReadSubjectsOf(graph::kDefaultGraphId);
  if (outcome && *outcome == Outcome::kDone) outcome = ReadNamedGraphs();
  return outcome ? Status() : Fail(outcome.error());
}

Status RdfBatchReader::RankPredicates() {
  uint32_t rank = 0;
  for (const auto& [prefix, local] : kReadingOrder) {
    const auto id = snapshot_->Find(Term::Iri(v::Iri(prefix, local)));
    if (!id) return Fail(id.error());
    if (*id) reading_order_.emplace(**id, rank);
    ++rank;
  }
  return {};
}

Result<RdfBatchReader::Outcome> RdfBatchReader::ReadSubjectsOf(OptionalId graph) {
  const uint64_t quads_before = quads_read_;
  std::vector<std::pair<Term, TermId>> subjects;
  const auto iris = snapshot_->Iris("");
  for (; iris->Valid(); iris->Next()) {
    if (IsChosen(iris->id())) subjects.emplace_back(iris->term(), iris->id());
    if (subjects.size() < step_) continue;
    const auto outcome = ReadSubjects(subjects, graph);
    if (!outcome || *outcome == Outcome::kStopped) return outcome;
    subjects.clear();
  }
  if (Status status = iris->status(); !status) return Fail(status.error());
  const auto outcome = ReadSubjects(subjects, graph);
  if (!outcome || *outcome == Outcome::kStopped) return outcome;
  return ReadBlankSubjects(graph, quads_read_ - quads_before);
}

// The dictionary lists IRIs only. Where all quads are read there are no other subjects; counting is cheap, for nothing
// is looked up.
Result<RdfBatchReader::Outcome> RdfBatchReader::ReadBlankSubjects(OptionalId graph, uint64_t quads_read) {
  const graph::QuadPattern pattern{.subject = {}, .predicate = {}, .object = {}, .graph = graph};
  if (selection_ == nullptr) {
    const auto all = snapshot_->Estimate(pattern, std::numeric_limits<uint64_t>::max());
    if (!all) return Fail(all.error());
    if (*all == quads_read) return Outcome::kDone;
  }
  std::vector<std::pair<Term, TermId>> blanks;
  std::vector<TermId> open;
  const auto resolve = [&] {
    std::sort(open.begin(), open.end());
    const Status status = snapshot_->ResolveEach(open, [&](size_t i, Term term) {
      if (term.is_blank()) blanks.emplace_back(std::move(term), open[i]);
      return true;
    });
    open.clear();
    return status;
  };
  const auto cursor = snapshot_->Match(pattern);
  for (; cursor->Valid(); cursor->Next()) {
    const TermId subject = cursor->quad().subject;
    if ((open.empty() || open.back() != subject) && IsChosen(subject)) open.push_back(subject);
    if (open.size() < kLongestStep) continue;
    if (Status status = resolve(); !status) return Fail(status.error());
  }
  if (Status status = cursor->status(); !status) return Fail(status.error());
  if (Status status = resolve(); !status) return Fail(status.error());
  std::sort(blanks.begin(), blanks.end());
  blanks.erase(std::unique(blanks.begin(), blanks.end()), blanks.end());
  for (size_t begin = 0; begin < blanks.size();) {
    const size_t size = std::min(step_, blanks.size() - begin);
    const auto outcome = ReadSubjects(Subjects(blanks).subspan(begin, size), graph);
    if (!outcome || *outcome == Outcome::kStopped) return outcome;
    begin += size;
  }
  return Outcome::kDone;
}

Result<RdfBatchReader::Outcome> RdfBatchReader::ReadSubjects(Subjects subjects, OptionalId graph) {
  const auto outcome = TrySubjects(subjects, graph);
  if (!outcome || *outcome != Outcome::kTooMuch) return outcome;
  step_ = std::max(step_ / 2, size_t{1});
  const size_t half = subjects.size() / 2;
  const auto first = ReadSubjects(subjects.first(half), graph);
  if (!first || *first == Outcome::kStopped) return first;
  return ReadSubjects(subjects.subspan(half), graph);
}

Result<RdfBatchReader::Outcome> RdfBatchReader::TrySubjects(Subjects subjects, OptionalId graph) {
  std::vector<TermId> ids;
  for (const auto& [term, id] : subjects) ids.push_back(id);
  std::sort(ids.begin(), ids.end());
  quads_.clear();
  const auto cursor = snapshot_->MatchEach(ids, graph);
  for (; cursor->Valid(); cursor->Next()) {
    if (IsChosen(cursor->quad())) quads_.push_back(cursor->quad());
    if (quads_.size() > kMaxQuads && subjects.size() > 1) return Outcome::kTooMuch;
  }
  if (Status status = cursor->status(); !status) return Fail(status.error());
  graph_ends_ = {quads_.size()};
  return Emit(SubjectOrder::kByNumber, subjects, subjects.size() > 1);
}

Result<RdfBatchReader::Outcome> RdfBatchReader::ReadNamedGraphs() {
  const auto ids = snapshot_->Graphs();
  if (!ids) return Fail(ids.error());
  std::vector<std::pair<Term, TermId>> graphs;
  const Status resolved = snapshot_->ResolveEach(*ids, [&](size_t i, Term term) {
    graphs.emplace_back(std::move(term), (*ids)[i]);
    return true;
  });
  if (!resolved) return Fail(resolved.error());
  std::sort(graphs.begin(), graphs.end());
  quads_.clear();
  graph_ends_.clear();
  for (const auto& [term, id] : graphs) {
    bool is_small = true;
    auto outcome = AddSmallGraph(id, is_small);
    if (outcome && *outcome == Outcome::kDone && (!is_small || quads_.size() >= kMaxQuads / 2)) outcome = FlushGraphs();
    if (outcome && *outcome == Outcome::kDone && !is_small) outcome = ReadSubjectsOf(id);
    if (!outcome || *outcome == Outcome::kStopped) return outcome;
    if (!is_small) quads_.clear();
    if (!is_small) graph_ends_.clear();
  }
  return FlushGraphs();
}

// A small graph's own quads cost less than to ask for each IRI of the dictionary.
Result<RdfBatchReader::Outcome> RdfBatchReader::AddSmallGraph(TermId graph, bool& is_small) {
  const size_t begin = quads_.size();
  const auto cursor = snapshot_->Match({.subject = {}, .predicate = {}, .object = {}, .graph = graph});
  for (; cursor->Valid() && is_small; cursor->Next()) {
    if (IsChosen(cursor->quad())) quads_.push_back(cursor->quad());
    is_small = quads_.size() - begin < kSmallGraph;
  }
  if (Status status = cursor->status(); !status) return Fail(status.error());
  if (is_small) {
    graph_ends_.push_back(quads_.size());
  } else {
    quads_.resize(begin);
  }
  return Outcome::kDone;
}

// All graphs of the batch, or where their terms are too many, one by one.
Result<RdfBatchReader::Outcome> RdfBatchReader::FlushGraphs() {
  auto outcome = Emit(SubjectOrder::kByTerm, {}, true);
  if (outcome && *outcome == Outcome::kTooMuch) {
    const std::vector<QuadIds> quads = std::move(quads_);
    const std::vector<size_t> ends = std::move(graph_ends_);
    outcome = Outcome::kDone;
    size_t begin = 0;
    for (const size_t end : ends) {
      if (!outcome || *outcome != Outcome::kDone) break;
      quads_.assign(quads.begin() + static_cast<ptrdiff_t>(begin), quads.begin() + static_cast<ptrdiff_t>(end));
      graph_ends_ = {quads_.size()};
      outcome = Emit(SubjectOrder::kByTerm, {}, true);
      if (outcome && *outcome == Outcome::kTooMuch) outcome = ReadSubjectsOf(quads[begin].graph);
      begin = end;
    }
  }
  quads_.clear();
  graph_ends_.clear();
  return outcome;
}

// ---- RdfBatchReader: making one batch

Result<RdfBatchReader::Outcome> RdfBatchReader::Emit(SubjectOrder order, Subjects subjects, bool may_refuse) {
  RdfBatch batch;
  numbers_.Clear();
  for (const auto& [term, id] : subjects) numbers_.Number(id);
  batch.statements.reserve(quads_.size());
  for (QuadIds& quad : quads_) {
    if (!with_graphs_) quad.graph = graph::kDefaultGraphId;
    batch.statements.push_back({numbers_.Number(quad.subject), numbers_.Number(quad.predicate),
                                numbers_.Number(quad.object), numbers_.Number(quad.graph)});
  }
  const auto resolved = ResolveTerms(subjects, may_refuse, batch);
  if (!resolved) return Fail(resolved.error());
  if (!*resolved) return Outcome::kTooMuch;
  quads_read_ += quads_.size();

  Ranks ranks = {.predicates = RanksOfPredicates(batch),
                 .subjects = std::vector<uint32_t>(batch.terms.size(), kNoRank),
                 .order = order};
  size_t begin = 0;
  for (const size_t end : graph_ends_) {
    SortGraph(begin, end, ranks, batch);
    begin = end;
  }
  const auto equal = [](const RdfBatch::Statement& a, const RdfBatch::Statement& b) {
    return std::tie(a.subject, a.predicate, a.object, a.graph) == std::tie(b.subject, b.predicate, b.object, b.graph);
  };
  batch.statements.erase(std::unique(batch.statements.begin(), batch.statements.end(), equal), batch.statements.end());
  if (batch.statements.empty()) return Outcome::kDone;
  return sink_(std::move(batch)) ? Outcome::kDone : Outcome::kStopped;
}

// The subjects' terms are known. False where there is more than a batch should hold.
Result<bool> RdfBatchReader::ResolveTerms(Subjects subjects, bool may_refuse, RdfBatch& batch) {
  batch.terms.resize(numbers_.ids().size());
  for (size_t i = 0; i < subjects.size(); ++i) batch.terms[i] = subjects[i].first;
  std::vector<std::pair<TermId, size_t>> unknown;
  for (size_t i = subjects.size(); i < numbers_.ids().size(); ++i) {
    if (numbers_.ids()[i] != graph::kDefaultGraphId) unknown.emplace_back(numbers_.ids()[i], i);
  }
  std::sort(unknown.begin(), unknown.end());
  std::vector<TermId> ids;
  ids.reserve(unknown.size());
  for (const auto& [id, number] : unknown) ids.push_back(id);
  size_t bytes = 0;
  const Status status = snapshot_->ResolveEach(ids, [&](size_t i, Term term) {
    bytes += term.value().size();
    batch.terms[unknown[i].second] = std::move(term);
    return !may_refuse || bytes <= kMaxTermBytes;
  });
  if (!status) return Fail(status.error());
  if (may_refuse && bytes > kMaxTermBytes) return false;
  if (quads_.size() < kMaxQuads / 2 && bytes < kMaxTermBytes / 2) step_ = std::min(step_ * 2, kLongestStep);
  return true;
}

// By number of the term; kNoRank for what is no predicate.
std::vector<uint32_t> RdfBatchReader::RanksOfPredicates(const RdfBatch& batch) const {
  std::vector<uint32_t> ranks(batch.terms.size(), kNoRank);
  std::vector<uint32_t> predicates;
  for (const RdfBatch::Statement& statement : batch.statements) {
    if (ranks[statement.predicate] == kNoRank) predicates.push_back(statement.predicate);
    ranks[statement.predicate] = 0;
  }
  const auto key = [&](uint32_t number) {
    const auto known = reading_order_.find(numbers_.ids()[number]);
    return std::pair(known == reading_order_.end() ? kNoRank : known->second, &batch.terms[number]);
  };
  std::sort(predicates.begin(), predicates.end(), [&](uint32_t a, uint32_t b) {
    const auto left = key(a), right = key(b);
    return left.first != right.first ? left.first < right.first : *left.second < *right.second;
  });
  for (size_t i = 0; i < predicates.size(); ++i) ranks[predicates[i]] = static_cast<uint32_t>(i);
  return ranks;
}

// Statements [begin, end) of the batch, which are those of one graph or of all.
void RdfBatchReader::SortGraph(size_t begin, size_t end, Ranks& ranks, RdfBatch& batch) const {
  const std::vector<Term>& terms = batch.terms;
  std::vector<uint32_t> subjects;  // each once, as read
  for (size_t i = begin; i < end; ++i) {
    uint32_t& rank = ranks.subjects[batch.statements[i].subject];
    if (rank != kNoRank) continue;
    rank =
        ranks.order == SubjectOrder::kByNumber ? batch.statements[i].subject : static_cast<uint32_t>(subjects.size());
    subjects.push_back(batch.statements[i].subject);
  }
  if (ranks.order == SubjectOrder::kByTerm) {
    std::sort(subjects.begin(), subjects.end(), [&](uint32_t a, uint32_t b) { return terms[a] < terms[b]; });
    for (size_t i = 0; i < subjects.size(); ++i) ranks.subjects[subjects[i]] = static_cast<uint32_t>(i);
  }

  std::vector<std::pair<uint64_t, RdfBatch::Statement>> rows;
  rows.reserve(end - begin);
  for (size_t i = begin; i < end; ++i) {
    const RdfBatch::Statement& s = batch.statements[i];
    rows.emplace_back(uint64_t{ranks.subjects[s.subject]} << 32 | ranks.predicates[s.predicate], s);
  }
  std::sort(rows.begin(), rows.end(), [&](const auto& a, const auto& b) {
    if (a.first != b.first) return a.first < b.first;
    if (a.second.object != b.second.object) return terms[a.second.object] < terms[b.second.object];
    return terms[a.second.graph] < terms[b.second.graph];
  });
  for (size_t i = 0; i < rows.size(); ++i) batch.statements[begin + i] = rows[i].second;
  for (const uint32_t subject : subjects) ranks.subjects[subject] = kNoRank;
}

}  // namespace sitgraph::exporters
