#include "src/extract/extractor.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <mutex>

#include "src/extract/claims.h"
#include "src/extract/counts.h"
#include "src/extract/entities.h"
#include "src/extract/events.h"
#include "src/extract/factuality.h"
#include "src/extract/language_facts.h"
#include "src/extract/merge.h"
#include "src/extract/places.h"
#include "src/extract/relations.h"
#include "src/extract/times.h"
#include "src/extract/world_places.h"
#include "src/language/analyzer.h"
#include "src/language/segmenter.h"
#include "src/language/tagset.h"

namespace sitgraph::extract {
namespace {

// Raised with every change that gives other frames for the same report.
constexpr std::string_view kVersion = "3";

// How often events found in this way were right in reports annotated by hand (docs/extraction.md): told twice, with
// several roles, with one.
double ConfidenceOf(const EventDraft& draft) {
  const Event& event = draft.event;
  int roles = 0;
  for (const auto* role : {&event.agent, &event.target, &event.partner, &event.instrument, &event.place, &event.origin,
                           &event.destination}) {
    roles += role->empty() ? 0 : 1;
  }
  switch (draft.rule) {
    case EventRule::kVerb:
    case EventRule::kSharedVerb:
    case EventRule::kLightNoun:
      return !event.retellings.empty() ? 0.91 : roles >= 2 ? 0.87 : 0.82;
    case EventRule::kNoun:
      return 0.78;
    case EventRule::kPredicate:
      return 0.6;
  }
  return 0.6;
}
constexpr double kCaptionFactor = 0.6;

// Reads one report. Lives for one call.
class ReportReader {
 public:
  // `analyze` may add an analysis for each token.
  ReportReader(const reports::Report& report, const codebook::Codebook& codebook,
               const std::function<void(language::Document&)>& analyze)
      : report_(report), codebook_(codebook), code_points_(report.text) {
    Segment();
    analyze(document_);
  }
  // `trees`: as Extractor::Extract has it.
  ReportReader(const reports::Report& report, const codebook::Codebook& codebook, const language::Document& trees)
      : report_(report), codebook_(codebook), code_points_(report.text), document_(trees) {
    uint32_t zone = 0;
    for (const language::Sentence& sentence : document_.sentences) {
      while (zone + 1 < report_.zones.size() && report_.zones[zone].span.end <= sentence.span.begin) ++zone;
      zone_of_.push_back(zone);
    }
  }

  Frame Read() {
    Frame frame;
    WriteHeader(frame.report);
    ReadSentences();
    if (readings_.empty()) return frame;
    EntityBook book(readings_, report_.text, codebook_);
    std::vector<EventDraft> drafts = FindEvents(readings_, book);
    const std::vector<Claim> claims = FindClaims(readings_, book);
    AddTimes(readings_, facts_, claims, drafts);
    std::vector<Mention> sentences;
    for (const Reading& reading : readings_) sentences.push_back(MentionOf(reading.sentence.span));
    for (EventDraft& draft : drafts) {
      Complete(draft, claims[draft.sentence], sentences[draft.sentence]);
      LetSpeakersAct(readings_[draft.sentence], claims[draft.sentence], book, draft);
    }
    std::vector<CountDraft> counts = FindCounts(readings_, facts_, report_.text, book, drafts);
    for (CountDraft& count : counts) count.count.sentence = sentences[count.sentence];
    MergeRetellings(readings_, book, drafts, counts);
    AddPlaces(readings_, book, drafts);
    for (EventDraft& draft : drafts) {
      draft.event.confidence = ConfidenceOf(draft);
      if (readings_[draft.sentence].sentence.zone == reports::ZoneKind::kCaption) {
        draft.event.confidence = std::round(100 * kCaptionFactor * draft.event.confidence) / 100;
      }
    }
    frame.relations = FindRelations(readings_, report_.text, book, sentences);
    Assemble(std::move(drafts), std::move(counts), book, frame);
    return frame;
  }

  // The same with its reasons.
  Explanation Explain() {
    Explanation out;
    explanation_ = &out;
    out.frame = Read();
    explanation_ = nullptr;
    for (size_t s = 0; s < readings_.size(); ++s) out.sentences.push_back(ExplainSentence(s));
    return out;
  }

 private:
  Mention MentionOf(base::Span span) const {
    return {code_points_.ToCodePoints(span), base::CollapseSpace(span.In(report_.text))};
  }

  void WriteHeader(ReportHeader& header) const {
    header.id = report_.id;
    header.title = report_.title;
    header.publisher = report_.publisher;
    header.author = report_.author;
    header.dateline = report_.dateline;
    header.uri = report_.uri;
    header.sha256 = reports::TextSha256(report_);
    header.published = report_.published;
  }

  void Segment() {
    for (uint32_t z = 0; z < report_.zones.size(); ++z) {
      if (!reports::IsRead(report_.zones[z].kind)) continue;
      language::SegmentInto(report_.text, report_.zones[z].span, document_);
      zone_of_.resize(document_.sentences.size(), z);
    }
  }

  void ReadSentences() {
    facts_ = FindFacts(document_, report_.published);
    FindWorldPlaces(document_, report_.dateline, codebook_, facts_);
    bool quoted = false;
    bool paired = true;
    for (size_t s = 0; s < document_.sentences.size(); ++s) {
      Reading reading;
      reading.sentence = ReadSentence(document_, document_.sentences[s], facts_, codebook_);
      reading.sentence.zone = report_.zones[zone_of_[s]].kind;
      reading.sentence.paragraph = zone_of_[s];
      if (s == 0 || zone_of_[s] != zone_of_[s - 1]) {
        quoted = false;
        paired = ArePaired(report_.zones[zone_of_[s]].span);
      }
      reading.sentence.opens_quoted = FollowQuotes(reading.sentence, paired, quoted);
      reading.chunks = FindChunks(reading.sentence, codebook_);
      reading.nominals = ReadNominals(reading.sentence, reading.chunks, report_.text, codebook_);
      reading.clauses = ReadClauses(reading.sentence, reading.chunks, reading.nominals, codebook_);
      if (!document_.analyses.empty()) {
        FillClauses(reading.clauses, ReadTreeClauses(document_, reading.sentence, reading.chunks, reading.nominals),
                    reading.chunks);
      }
      readings_.push_back(std::move(reading));
    }
  }

  // Whether a paragraph's straight quotation marks come in pairs; where one is lost, the others cannot be told apart.
  bool ArePaired(base::Span paragraph) const {
    const std::string_view text = paragraph.In(report_.text);
    return std::count(text.begin(), text.end(), '"') % 2 == 0;
  }

  // Whether the sentence begins inside a quotation or with one; keeps `quoted` up to its end.
  bool FollowQuotes(const Sentence& sentence, bool paired, bool& quoted) const {
    if (!paired) {
      const Word* first_word = sentence.words.empty() ? nullptr : &sentence.words[0];
      return first_word != nullptr && first_word->cls == WordClass::kQuote;
    }
    const bool inside = quoted;
    bool first = true;
    bool opens = false;
    for (const Word& word : sentence.words) {
      if (word.cls == WordClass::kQuote) {
        const std::string_view sign = word.span.In(report_.text);
        if (sign == "“" || sign == "«" || sign == "„") {
          quoted = true;
        } else if (sign == "”" || sign == "»") {
          quoted = false;
        } else if (sign == "\"" || sign == "''" || sign == "``") {
          quoted = !quoted;
        }
        opens = opens || (first && quoted);
      }
      first = false;
    }
    return inside || opens;
  }

  void Complete(EventDraft& draft, const Claim& claim, const Mention& sentence) const {
    Event& event = draft.event;
    const Reading& reading = readings_[draft.sentence];
    event.trigger = MentionOf(draft.span);
    event.sentence = sentence;
    event.factuality = FactualityOf(reading, draft, codebook_.triggers());
    event.source = claim.sources;
  }

  ExplainedSentence ExplainSentence(size_t s) const {
    const language::Sentence& source = document_.sentences[s];
    ExplainedSentence out;
    out.sentence = MentionOf(source.span);
    const reports::ZoneKind zone = readings_[s].sentence.zone;
    out.zone = zone == reports::ZoneKind::kTitle ? "title" : zone == reports::ZoneKind::kCaption ? "caption" : "body";
    for (language::TokenIndex t = source.begin; t < source.end; ++t) {
      ExplainedWord word;
      word.text = std::string(document_.Text(t));
      word.span = code_points_.ToCodePoints(document_.tokens[t].span);
      if (!document_.analyses.empty()) {
        const language::Analysis& analysis = document_.analyses[t];
        word.upos = language::Name(analysis.upos);
        word.relation = language::Name(language::DeprelOf(analysis));
        word.lemma = analysis.lemma;
        if (analysis.head >= 0) word.head = analysis.head - static_cast<int32_t>(source.begin);
      }
      out.words.push_back(std::move(word));
    }
    return out;
  }

  void ExplainEvent(const EventDraft& draft) {
    ExplainedEvent out;
    out.sentence = draft.sentence;
    out.rule = draft.rule;
    if (draft.trigger != nullptr) {
      out.line = draft.trigger->line;
      for (const std::string& word : draft.trigger->words) out.words += (out.words.empty() ? "" : " ") + word;
    }
    for (const codebook::Trigger* trigger : draft.retold_by) {
      if (trigger != nullptr) out.retellings.push_back(trigger->line);
    }
    for (const SlotFiller& reason : draft.reasons) {
      out.fillers.push_back({reason.role, reason.entity, reason.slot, reason.shared, reason.retold});
    }
    for (const Word& word : readings_[draft.sentence].sentence.words) {
      if (MayMake(draft.event.factuality, word.cues)) out.factuality_words.push_back(word.lower);
    }
    explanation_->events.push_back(std::move(out));
  }

  static bool MayMake(Factuality factuality, codebook::CueSet cues) {
    using codebook::Cue;
    switch (factuality) {
      case Factuality::kActual:
        return false;
      case Factuality::kNegated:
        return cues.Has(Cue::kNegation) || cues.Has(Cue::kDenied);
      case Factuality::kIntended:
        return cues.Has(Cue::kIntended);
      case Factuality::kPossible:
        return cues.Has(Cue::kPossible);
      case Factuality::kDemanded:
        return cues.Has(Cue::kDemanded);
    }
    return false;
  }

  // Ids of the frame in place of the book's; a filler that is no longer in its role has no reason.
  void RenumberReasons(const std::vector<uint32_t>& number, const Frame& frame) {
    for (size_t v = 0; v < explanation_->events.size(); ++v) {
      Event event = frame.events[v];
      std::vector<ExplainedFiller>& fillers = explanation_->events[v].fillers;
      for (ExplainedFiller& filler : fillers) filler.entity = EntityId{number[static_cast<size_t>(filler.entity)]};
      std::erase_if(fillers, [&](const ExplainedFiller& filler) {
        const std::vector<EntityId>* role = RoleOf(event, filler.role);
        return role == nullptr || std::find(role->begin(), role->end(), filler.entity) == role->end();
      });
    }
  }

  void Assemble(std::vector<EventDraft> drafts, std::vector<CountDraft> counts, EntityBook& book, Frame& frame) {
    std::vector<int32_t> event_index(drafts.size(), -1);
    for (size_t i = 0; i < drafts.size(); ++i) {
      if (drafts[i].dropped) continue;
      event_index[i] = static_cast<int32_t>(frame.events.size());
      if (explanation_ != nullptr) ExplainEvent(drafts[i]);
      frame.events.push_back(std::move(drafts[i].event));
    }
    std::vector<int32_t> count_index(counts.size(), -1);
    for (size_t i = 0; i < counts.size(); ++i) {
      CountDraft& draft = counts[i];
      if (draft.draft >= 0 && event_index[static_cast<size_t>(draft.draft)] >= 0) {
        draft.count.event = EventId{static_cast<uint32_t>(event_index[static_cast<size_t>(draft.draft)])};
      }
      if (draft.part_of >= 0) {
        draft.count.part_of = CountId{static_cast<uint32_t>(count_index[static_cast<size_t>(draft.part_of)])};
      }
      // A headline's number told again in the lead is one count.
      const auto known = std::find_if(frame.counts.begin(), frame.counts.end(),
                                      [&](const Count& other) { return IsSameCount(other, draft.count); });
      count_index[i] = static_cast<int32_t>(known - frame.counts.begin());
      if (known == frame.counts.end()) frame.counts.push_back(std::move(draft.count));
    }
    const std::vector<uint32_t> number = KeepUsedEntities(book, frame);
    if (explanation_ != nullptr) RenumberReasons(number, frame);
  }

  static bool IsSameCount(const Count& a, const Count& b) {
    return a.event && a.event == b.event && a.min == b.min && a.max == b.max && a.unit == b.unit && a.harm == b.harm &&
           (a.of == b.of || a.entity == b.entity || !a.entity || !b.entity);
  }

  // Named entities and those that facts refer to stay, in the order of their first mention.
  // Gives the new number of each entity of the book; of those that are left out, one that no entity has.
  static std::vector<uint32_t> KeepUsedEntities(EntityBook& book, Frame& frame) {
    std::vector<Entity>& all = book.entities();
    std::vector<bool> used(all.size(), false);
    const auto for_each = [&](auto visit) {
      for (Event& event : frame.events) {
        for (auto* role : {&event.agent, &event.target, &event.partner, &event.instrument, &event.place, &event.origin,
                           &event.destination, &event.source}) {
          for (EntityId& id : *role) visit(id);
        }
      }
      for (Count& count : frame.counts) {
        if (count.entity) visit(*count.entity);
      }
      for (Relation& relation : frame.relations) {
        visit(relation.subject);
        if (EntityId* id = std::get_if<EntityId>(&relation.object)) visit(*id);
      }
    };
    for_each([&](EntityId& id) { used[static_cast<size_t>(id)] = true; });
    std::vector<size_t> order;
    for (size_t i = 0; i < all.size(); ++i) {
      if (used[i] || (all[i].named && !all[i].mentions.empty())) order.push_back(i);
    }
    const auto first_mention = [&](size_t i) {
      return all[i].mentions.empty() ? UINT32_MAX : all[i].mentions[0].span.begin;
    };
    for (const size_t i : order) {
      std::sort(all[i].mentions.begin(), all[i].mentions.end(),
                [](const Mention& a, const Mention& b) { return a.span < b.span; });
    }
    std::stable_sort(order.begin(), order.end(),
                     [&](size_t a, size_t b) { return first_mention(a) < first_mention(b); });
    std::vector<uint32_t> number(all.size(), UINT32_MAX);
    for (size_t n = 0; n < order.size(); ++n) number[order[n]] = static_cast<uint32_t>(n);
    for_each([&](EntityId& id) { id = EntityId{number[static_cast<size_t>(id)]}; });
    for (const size_t i : order) frame.entities.push_back(std::move(all[i]));
    return number;
  }

  const reports::Report& report_;
  const codebook::Codebook& codebook_;
  base::CodePointMap code_points_;
  language::Document document_;
  std::vector<uint32_t> zone_of_;  // of each sentence
  SentenceFacts facts_;
  std::vector<Reading> readings_;
  Explanation* explanation_ = nullptr;  // where reasons go, if they are asked for
};

}  // namespace

struct Extractor::Impl {
  const codebook::Codebook& codebook;
  std::optional<language::Model> model;
  language::ParseMode mode;
  std::mutex mutex;
  std::vector<std::unique_ptr<language::Analyzer>> idle;  // analyzers that no thread uses now

  std::unique_ptr<language::Analyzer> Take() {
    if (!model) return nullptr;
    {
      const std::lock_guard lock(mutex);
      if (!idle.empty()) {
        auto analyzer = std::move(idle.back());
        idle.pop_back();
        return analyzer;
      }
    }
    return std::make_unique<language::Analyzer>(*model);
  }
  void Give(std::unique_ptr<language::Analyzer> analyzer) {
    if (analyzer == nullptr) return;
    const std::lock_guard lock(mutex);
    idle.push_back(std::move(analyzer));
  }
};

Extractor::Extractor(const codebook::Codebook& codebook, std::optional<language::Model> model, language::ParseMode mode)
    : impl_(new Impl{codebook, std::move(model), mode, {}, {}}) {}
Extractor::~Extractor() = default;

Frame Extractor::Extract(const reports::Report& report) const {
  std::unique_ptr<language::Analyzer> analyzer = impl_->Take();
  const auto analyze = [&](language::Document& document) {
    if (analyzer != nullptr) analyzer->Analyze(document, impl_->mode);
  };
  Frame frame = ReportReader(report, impl_->codebook, analyze).Read();
  impl_->Give(std::move(analyzer));
  return frame;
}

Explanation Extractor::Explain(const reports::Report& report) const {
  std::unique_ptr<language::Analyzer> analyzer = impl_->Take();
  const auto analyze = [&](language::Document& document) {
    if (analyzer != nullptr) analyzer->Analyze(document, impl_->mode);
  };
  Explanation explanation = ReportReader(report, impl_->codebook, analyze).Explain();
  impl_->Give(std::move(analyzer));
  return explanation;
}

std::string_view ToWord(EventRule rule) {
  switch (rule) {
    case EventRule::kVerb:
      return "verb";
    case EventRule::kSharedVerb:
      return "shared verb";
    case EventRule::kLightNoun:
      return "light verb and noun";
    case EventRule::kNoun:
      return "noun";
    case EventRule::kPredicate:
      return "predicate";
  }
  return "verb";
}

Frame Extractor::Extract(const reports::Report& report, const language::Document& trees) const {
  return ReportReader(report, impl_->codebook, trees).Read();
}

std::string Extractor::Fingerprint() const {
  std::string all = std::string(kVersion) + ":" + impl_->codebook.digest();
  if (impl_->model) {
    all += fmt::format(":{:016x}:{}", impl_->model->data().digest,
                       impl_->mode == language::ParseMode::kBeam ? "beam" : "greedy");
  }
  return all;
}

}  // namespace sitgraph::extract
