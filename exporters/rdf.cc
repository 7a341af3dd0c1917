#include "exporters/rdf.h"

#include <algorithm>
#include <memory>
#include <optional>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>
#include <vector>

#include "exporters/rdf_writer.h"
#include "graph/term.h"
#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using base::Fail;
using base::Result;
using base::Status;
using graph::Term;
using graph::TermId;
using TermPtr = std::shared_ptr<const Term>;

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

// Looks terms up through a direct-mapped cache, for predicates, classes and graphs come again and again.
class TermCache {
 public:
  explicit TermCache(const graph::Snapshot& snapshot) : snapshot_(&snapshot), entries_(kSize) {}

  Result<TermPtr> Resolve(TermId id) {
    static const TermPtr kDefaultGraph = std::make_shared<const Term>();
    if (id == graph::kDefaultGraphId) return kDefaultGraph;
    Entry& entry = entries_[static_cast<uint64_t>(id) % kSize];
    if (entry.term && entry.id == id) return entry.term;
    Result<Term> term = snapshot_->Resolve(id);
    if (!term) return Fail(term.error());
    const bool keep = term->value().size() <= kLongestKept;
    auto shared = std::make_shared<const Term>(std::move(*term));
    if (keep) entry = {id, shared};
    return shared;
  }

 private:
  static constexpr size_t kSize = 16384;
  static constexpr size_t kLongestKept = 256;
  struct Entry {
    TermId id{};
    TermPtr term;
  };
  const graph::Snapshot* snapshot_;
  std::vector<Entry> entries_;
};

class Exporter {
 public:
  Exporter(const graph::Snapshot& snapshot, bool with_graphs, RdfWriter& writer, const std::function<void()>& written)
      : snapshot_(&snapshot), with_graphs_(with_graphs), cache_(snapshot), writer_(&writer), written_(&written) {}

  Status RankPredicates();
  // All statements by subject; those of one graph where it is given.
  Status WriteBySubject(std::optional<TermId> graph);
  Status WriteByGraph();

 private:
  struct Row {
    size_t rank;
    TermPtr predicate, object, graph;
  };
  Status WriteSubject(TermId id, const Term& subject, std::optional<TermId> graph);
  Status AddRow(const graph::QuadIds& quad);
  Status WriteRows(const Term& subject);
  Status WriteSmallGraph(TermId graph);
  Result<std::vector<std::pair<Term, TermId>>> BlankSubjects(std::optional<TermId> graph, uint64_t quads_read);

  const graph::Snapshot* snapshot_;
  bool with_graphs_;
  TermCache cache_;
  RdfWriter* writer_;
  const std::function<void()>* written_;
  std::unordered_map<TermId, size_t> ranks_;
  uint64_t quads_ = 0;  // read so far
  std::vector<Row> rows_;
};

Status Exporter::RankPredicates() {
  for (const auto& [prefix, local] : kReadingOrder) {
    const auto id = snapshot_->Find(Term::Iri(v::Iri(prefix, local)));
    if (!id) return Fail(id.error());
    const size_t rank = ranks_.size();
    if (*id) ranks_.emplace(**id, rank);
  }
  return {};
}

Status Exporter::WriteBySubject(std::optional<TermId> graph) {
  const uint64_t quads_before = quads_;
  const auto iris = snapshot_->Iris("");
  for (; iris->Valid(); iris->Next()) {
    if (Status status = WriteSubject(iris->id(), iris->term(), graph); !status) return status;
  }
  if (Status status = iris->status(); !status) return status;
  const auto blanks = BlankSubjects(graph, quads_ - quads_before);
  if (!blanks) return Fail(blanks.error());
  for (const auto& [term, id] : *blanks) {
    if (Status status = WriteSubject(id, term, graph); !status) return status;
  }
  return {};
}

Status Exporter::WriteByGraph() {
  if (Status status = WriteBySubject(graph::kDefaultGraphId); !status) return status;
  const auto ids = snapshot_->Graphs();
  if (!ids) return Fail(ids.error());
  std::vector<std::pair<Term, TermId>> graphs;
  for (const TermId id : *ids) {
    auto term = snapshot_->Resolve(id);
    if (!term) return Fail(term.error());
    graphs.emplace_back(std::move(*term), id);
  }
  std::sort(graphs.begin(), graphs.end());
  for (const auto& [term, id] : graphs) {
    const auto size = snapshot_->Estimate({.subject = {}, .predicate = {}, .object = {}, .graph = id}, kSmallGraph);
    if (!size) return Fail(size.error());
    if (Status status = *size < kSmallGraph ? WriteSmallGraph(id) : WriteBySubject(id); !status) return status;
  }
  return {};
}

// Walks the graph's own quads, which costs less than to ask for each subject of the dictionary.
Status Exporter::WriteSmallGraph(TermId graph) {
  std::vector<graph::QuadIds> quads;
  const auto cursor = snapshot_->Match({.subject = {}, .predicate = {}, .object = {}, .graph = graph});
  for (; cursor->Valid(); cursor->Next()) quads.push_back(cursor->quad());
  if (Status status = cursor->status(); !status) return status;
  std::sort(quads.begin(), quads.end());
  std::vector<std::pair<Term, size_t>> subjects;  // with where their quads begin
  for (size_t i = 0; i < quads.size(); ++i) {
    if (i > 0 && quads[i].subject == quads[i - 1].subject) continue;
    auto term = cache_.Resolve(quads[i].subject);
    if (!term) return Fail(term.error());
    subjects.emplace_back(**term, i);
  }
  std::sort(subjects.begin(), subjects.end());  // IRIs before blank nodes
  for (const auto& [subject, begin] : subjects) {
    rows_.clear();
    for (size_t i = begin; i < quads.size() && quads[i].subject == quads[begin].subject; ++i) {
      if (Status status = AddRow(quads[i]); !status) return status;
    }
    if (Status status = WriteRows(subject); !status) return status;
  }
  return {};
}

Status Exporter::WriteSubject(TermId id, const Term& subject, std::optional<TermId> graph) {
  rows_.clear();
  const auto cursor = snapshot_->Match({.subject = id, .predicate = {}, .object = {}, .graph = {}});
  for (; cursor->Valid(); cursor->Next()) {
    if (graph && cursor->quad().graph != *graph) continue;
    if (Status status = AddRow(cursor->quad()); !status) return status;
  }
  if (Status status = cursor->status(); !status) return status;
  return WriteRows(subject);
}

Status Exporter::AddRow(const graph::QuadIds& quad) {
  ++quads_;
  auto predicate = cache_.Resolve(quad.predicate);
  if (!predicate) return Fail(predicate.error());
  auto object = cache_.Resolve(quad.object);
  if (!object) return Fail(object.error());
  auto graph = cache_.Resolve(with_graphs_ ? quad.graph : graph::kDefaultGraphId);
  if (!graph) return Fail(graph.error());
  const auto rank = ranks_.find(quad.predicate);
  rows_.push_back(
      {rank == ranks_.end() ? SIZE_MAX : rank->second, std::move(*predicate), std::move(*object), std::move(*graph)});
  return {};
}

Status Exporter::WriteRows(const Term& subject) {
  const auto key = [](const Row& row) { return std::tie(*row.predicate, *row.object, *row.graph); };
  std::sort(rows_.begin(), rows_.end(),
            [&key](const Row& a, const Row& b) { return a.rank != b.rank ? a.rank < b.rank : key(a) < key(b); });
  const Row* previous = nullptr;
  for (const Row& row : rows_) {
    if (previous != nullptr && key(*previous) == key(row)) continue;  // said in several graphs
    previous = &row;
    if (Status status = writer_->Write(subject, *row.predicate, *row.object, *row.graph); !status) return status;
    (*written_)();
  }
  return {};
}

// The dictionary lists IRIs only. Where all quads are already read there are no others; counting is cheap, for nothing
// is looked up.
Result<std::vector<std::pair<Term, TermId>>> Exporter::BlankSubjects(std::optional<TermId> graph, uint64_t quads_read) {
  std::vector<std::pair<Term, TermId>> blanks;
  uint64_t all = 0;
  for (const bool counting : {true, false}) {
    if (!counting && all == quads_read) break;
    TermId previous{};
    const auto cursor = snapshot_->Match({.subject = {}, .predicate = {}, .object = {}, .graph = graph});
    for (; cursor->Valid(); cursor->Next()) {
      const TermId subject = cursor->quad().subject;
      if (counting || subject == previous) {
        all += counting ? 1 : 0;
        continue;
      }
      previous = subject;
      auto term = snapshot_->Resolve(subject);
      if (!term) return Fail(term.error());
      if (term->is_blank()) blanks.emplace_back(std::move(*term), subject);
    }
    if (Status status = cursor->status(); !status) return Fail(status.error());
  }
  std::sort(blanks.begin(), blanks.end());
  blanks.erase(std::unique(blanks.begin(), blanks.end()), blanks.end());
  return blanks;
}

// The prefixes that some IRI of the graph is under, and xsd:, which datatypes are under.
Result<std::vector<v::Prefix>> PrefixesInUse(const graph::Snapshot& snapshot) {
  std::vector<v::Prefix> used;
  for (const v::Prefix& prefix : v::kPrefixes) {
    const auto iris = snapshot.Iris(prefix.iri);
    if (iris->Valid() || prefix.iri == v::kXsd) used.push_back(prefix);
    if (Status status = iris->status(); !status) return Fail(status.error());
  }
  return used;
}

std::unique_ptr<RdfWriter> MakeWriter(RdfForm form, const RdfWriterOptions& options, base::AtomicFile& out) {
  switch (form) {
    case RdfForm::kTriG:
      return MakeTriGWriter(options, out);
    case RdfForm::kNTriples:
      return MakeNTriplesWriter(out);
    case RdfForm::kNQuads:
      return MakeNQuadsWriter(out);
    case RdfForm::kRdfXml:
      return MakeRdfXmlWriter(options, out);
    case RdfForm::kJsonLd:
      return MakeJsonLdWriter(options, out);
    case RdfForm::kTurtle:
      break;
  }
  return MakeTurtleWriter(options, out);
}

}  // namespace

Result<uint64_t> WriteRdf(const graph::Snapshot& snapshot, const RdfOptions& options, base::AtomicFile& out,
                          const std::function<void()>& written) {
  auto prefixes = PrefixesInUse(snapshot);
  if (!prefixes) return Fail(prefixes.error());
  const auto writer = MakeWriter(options.form, {.base_iri = options.base_iri, .prefixes = std::move(*prefixes)}, out);
  const bool by_graph = options.form == RdfForm::kTriG || options.form == RdfForm::kJsonLd;
  Exporter exporter(snapshot, by_graph || options.form == RdfForm::kNQuads, *writer, written);
  if (Status status = exporter.RankPredicates(); !status) return Fail(status.error());
  if (Status status = writer->Begin(); !status) return Fail(status.error());
  if (Status status = by_graph ? exporter.WriteByGraph() : exporter.WriteBySubject({}); !status) {
    return Fail(status.error());
  }
  if (Status status = writer->Finish(); !status) return Fail(status.error());
  return writer->left_out();
}

}  // namespace sitgraph::exporters
