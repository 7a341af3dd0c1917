#include "exporters/reification.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "graph/vocabulary.h"

namespace sitgraph::exporters {
namespace {

namespace v = graph::vocabulary;
using graph::Term;
using Statement = RdfBatch::Statement;

// What a term means where statements become triple terms.
enum class Word : uint8_t {
  kNone,
  kType,
  kSubject,
  kPredicate,
  kObject,
  kStatement,
  kEvent,
  kEventType,
  kAgent,
  kTarget,
  kPartner,
  kPlace,
};

// What one graph says of a subject, as places in a batch's terms.
struct About {
  bool is_statement = false, is_event = false;
  bool is_reified = false;  // its triples are written
  std::vector<uint32_t> subjects, predicates, objects;
  std::vector<uint32_t> types, agents, targets, partners, places;
};

class Reifier {
 public:
  explicit Reifier(RdfBatch& batch) : batch_(batch) {
    const std::unordered_map<std::string, Word> words = {
        {v::Iri(v::kRdf, "type"), Word::kType},           {v::Iri(v::kRdf, "subject"), Word::kSubject},
        {v::Iri(v::kRdf, "predicate"), Word::kPredicate}, {v::Iri(v::kRdf, "object"), Word::kObject},
        {v::Iri(v::kRdf, "Statement"), Word::kStatement}, {v::Iri(v::kSg, "Event"), Word::kEvent},
        {v::Iri(v::kSem, "eventType"), Word::kEventType}, {v::Iri(v::kSg, "agent"), Word::kAgent},
        {v::Iri(v::kSg, "target"), Word::kTarget},        {v::Iri(v::kSg, "partner"), Word::kPartner},
        {v::Iri(v::kSg, "place"), Word::kPlace}};
    words_.reserve(batch.terms.size());
    for (const Term& term : batch.terms) {
      const auto word = term.is_iri() ? words.find(term.value()) : words.end();
      words_.push_back(word == words.end() ? Word::kNone : word->second);
    }
    reifies_ = NewTerm(v::Iri(v::kRdf, "reifies"));
  }

  void Run() {
    const std::vector<Statement> statements = std::exchange(batch_.statements, {});
    for (auto begin = statements.begin(); begin != statements.end();) {
      const auto end =
          std::find_if(begin, statements.end(), [&](const Statement& s) { return s.subject != begin->subject; });
      AddSubject(begin, end);
      begin = end;
    }
  }

 private:
  using Iterator = std::vector<Statement>::const_iterator;

  uint32_t NewTerm(std::string iri) {
    batch_.terms.push_back(Term::Iri(std::move(iri)));
    return static_cast<uint32_t>(batch_.terms.size() - 1);
  }
  Word WordOf(uint32_t number) const { return number < words_.size() ? words_[number] : Word::kNone; }

  void AddSubject(Iterator begin, Iterator end) {
    std::map<uint32_t, About> graphs;
    for (auto s = begin; s != end; ++s) Note(*s, graphs[s->graph]);
    for (auto& [graph, about] : graphs) about.is_statement = about.is_statement && IsTriple(about);
    for (auto s = begin; s != end; ++s) {
      const Word word = WordOf(s->predicate);
      About& about = graphs[s->graph];
      if (word != Word::kType && !std::exchange(about.is_reified, true)) AddTriples(s->subject, s->graph, about);
      const bool replaced = (word == Word::kType && WordOf(s->object) == Word::kStatement) || word == Word::kSubject ||
                            word == Word::kPredicate || word == Word::kObject;
      if (!replaced || !about.is_statement) batch_.statements.push_back(*s);
    }
  }

  void Note(const Statement& s, About& about) const {
    switch (WordOf(s.predicate)) {
      case Word::kType:
        about.is_statement = about.is_statement || WordOf(s.object) == Word::kStatement;
        about.is_event = about.is_event || WordOf(s.object) == Word::kEvent;
        break;
      case Word::kSubject:
        about.subjects.push_back(s.object);
        break;
      case Word::kPredicate:
        about.predicates.push_back(s.object);
        break;
      case Word::kObject:
        about.objects.push_back(s.object);
        break;
      case Word::kEventType:
        about.types.push_back(s.object);
        break;
      case Word::kAgent:
        about.agents.push_back(s.object);
        break;
      case Word::kTarget:
        about.targets.push_back(s.object);
        break;
      case Word::kPartner:
        about.partners.push_back(s.object);
        break;
      case Word::kPlace:
        about.places.push_back(s.object);
        break;
      default:
        break;
    }
  }

  bool IsTriple(const About& about) const {
    return about.subjects.size() == 1 && about.predicates.size() == 1 && about.objects.size() == 1 &&
           !batch_.terms[about.subjects[0]].is_literal() && batch_.terms[about.predicates[0]].is_iri();
  }

  void AddTriples(uint32_t subject, uint32_t graph, const About& about) {
    if (about.is_statement) AddTriple(subject, {about.subjects[0], about.predicates[0], about.objects[0], graph});
    if (!about.is_event) return;
    for (const uint32_t type : about.types) {
      const auto predicate = RelationOf(type);
      if (!predicate) continue;
      const std::vector<uint32_t> ends = EndsOf(about, batch_.terms[type].value() == v::Iri(v::kSgt, "capture"));
      for (const uint32_t agent : about.agents) {
        if (batch_.terms[agent].is_literal()) continue;
        for (const uint32_t end : ends) AddTriple(subject, {agent, *predicate, end, graph});
      }
    }
  }

  static std::vector<uint32_t> EndsOf(const About& event, bool is_capture) {
    if (event.targets.empty()) return event.partners.empty() ? event.places : event.partners;
    std::vector<uint32_t> ends = event.targets;
    for (const uint32_t place : event.places) {
      if (is_capture && std::find(ends.begin(), ends.end(), place) == ends.end()) ends.push_back(place);
    }
    return ends;
  }

  void AddTriple(uint32_t reifier, const Statement& triple) {
    batch_.triples.push_back(triple);
    const auto object = static_cast<uint32_t>(batch_.triples.size() - 1) | RdfBatch::kTripleTerm;
    batch_.statements.push_back({reifier, reifies_, object, triple.graph});
  }

  // sgt:capture -> sgr:capture.
  std::optional<uint32_t> RelationOf(uint32_t type) {
    const std::string_view iri = batch_.terms[type].value();
    if (!batch_.terms[type].is_iri() || !iri.starts_with(v::kSgt)) return std::nullopt;
    const auto known = relations_.find(type);
    if (known != relations_.end()) return known->second;
    const uint32_t relation = NewTerm(v::Iri(v::kSgr, iri.substr(v::kSgt.size())));
    relations_.emplace(type, relation);
    return relation;
  }

  RdfBatch& batch_;
  std::vector<Word> words_;  // by number of the term
  std::unordered_map<uint32_t, uint32_t> relations_;
  uint32_t reifies_ = 0;
};

}  // namespace

void Reify(RdfBatch& batch) { Reifier(batch).Run(); }

}  // namespace sitgraph::exporters
