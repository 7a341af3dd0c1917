#include "app/cli/explain_parts.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/date.h"
#include "src/extract/frame_json.h"

namespace sitgraph::cli {

using extract::EntityId;
using extract::Event;
using extract::ExplainedEvent;
using extract::ExplainedSentence;
using extract::Explanation;
using extract::Relation;

namespace {

bool Within(base::CodePointSpan inner, base::CodePointSpan outer) {
  return outer.begin <= inner.begin && inner.end <= outer.end;
}

template <typename Fact>
std::vector<const Fact*> ToldIn(const ExplainedSentence& sentence, const std::vector<Fact>& facts) {
  std::vector<const Fact*> told;
  for (const Fact& fact : facts) {
    if (Within(fact.mention.span, sentence.sentence.span)) told.push_back(&fact);
  }
  return told;
}

void Descend(const std::vector<std::vector<size_t>>& children, size_t word, size_t depth, std::vector<TreeLine>& out) {
  constexpr size_t kMaxDepth = 200;
  if (depth > kMaxDepth) return;
  out.push_back({word, depth});
  for (const size_t child : children[word]) Descend(children, child, depth + 1, out);
}

}  // namespace

std::vector<Marked> Marks(const Explanation& explanation, size_t s) {
  const ExplainedSentence& sentence = explanation.sentences[s];
  std::vector<Marked> all;
  const auto add = [&](base::CodePointSpan span, std::string kind) {
    Marked mark;
    while (mark.begin < sentence.words.size() && sentence.words[mark.begin].span.end <= span.begin) ++mark.begin;
    mark.end = mark.begin;
    while (mark.end < sentence.words.size() && sentence.words[mark.end].span.begin < span.end) ++mark.end;
    mark.kind = std::move(kind);
    if (mark.begin < mark.end) all.push_back(std::move(mark));
  };
  for (const Event& event : explanation.frame.events) {
    if (Within(event.trigger.span, sentence.sentence.span)) add(event.trigger.span, "trigger");
  }
  for (const extract::Entity& entity : explanation.frame.entities) {
    for (const extract::Mention& mention : entity.mentions) {
      if (Within(mention.span, sentence.sentence.span)) add(mention.span, std::string(codebook::ToWord(entity.kind)));
    }
  }
  std::stable_sort(all.begin(), all.end(),
                   [](const Marked& a, const Marked& b) { return a.end - a.begin > b.end - b.begin; });
  std::vector<Marked> kept;
  for (Marked& mark : all) {
    const bool free = std::none_of(kept.begin(), kept.end(), [&](const Marked& other) {
      return mark.begin < other.end && other.begin < mark.end;
    });
    if (free) kept.push_back(std::move(mark));
  }
  std::sort(kept.begin(), kept.end(), [](const Marked& a, const Marked& b) { return a.begin < b.begin; });
  return kept;
}

std::vector<TreeLine> TreeOf(const ExplainedSentence& sentence) {
  std::vector<std::vector<size_t>> children(sentence.words.size());
  std::vector<size_t> roots;
  for (size_t i = 0; i < sentence.words.size(); ++i) {
    const extract::ExplainedWord& word = sentence.words[i];
    if (word.upos.empty()) return {};
    if (word.head >= 0 && static_cast<size_t>(word.head) < children.size()) {
      children[static_cast<size_t>(word.head)].push_back(i);
    } else {
      roots.push_back(i);
    }
  }
  std::vector<TreeLine> out;
  for (const size_t root : roots) Descend(children, root, 0, out);
  return out;
}

std::string Why(const ExplainedEvent& event, codebook::Role role, EntityId id) {
  const extract::ExplainedFiller* best = nullptr;
  for (const extract::ExplainedFiller& filler : event.fillers) {
    if (filler.role != role || filler.entity != id) continue;
    if (best == nullptr || (best->retold && !filler.retold)) best = &filler;
  }
  if (best == nullptr) return "by a later step";
  return best->slot + (best->shared ? ", shared" : "") + (best->retold ? ", of a retelling" : "");
}

std::string TimeText(const extract::TimeValue& time) {
  const std::string begin = time.begin ? base::ToIso(*time.begin) : "";
  const std::string end = time.end ? base::ToIso(*time.end) : "";
  const std::string range = begin == end ? begin : begin + ".." + end;
  return time.text.empty() ? range : fmt::format("{} \"{}\"", range, time.text);
}

std::string CountText(const extract::Count& count) {
  std::string range = count.min ? fmt::format("{:g}", *count.min) : "";
  if (count.max != count.min) range += count.max ? fmt::format("-{:g}", *count.max) : "+";
  std::string out = fmt::format("{} {} {}", range, count.unit, count.of);
  if (count.harm != extract::Harm::kNone) out += fmt::format(", {}", extract::ToWord(count.harm));
  return out;
}

std::string RuleText(const ExplainedEvent& event) {
  std::string out =
      fmt::format("triggers.csv:{} \"{}\"; rule: {}", event.line, event.words, extract::ToWord(event.rule));
  for (const uint32_t line : event.retellings) out += fmt::format("; told again by triggers.csv:{}", line);
  return out;
}

std::string FactualityText(const Event& event, const ExplainedEvent& explained) {
  std::string out(extract::ToWord(event.factuality));
  if (event.factuality == extract::Factuality::kActual) return out;
  if (explained.factuality_words.empty()) return out + ", by its construction";
  return fmt::format("{}; words of the sentence that say so: {}", out, fmt::join(explained.factuality_words, ", "));
}

std::string NameOf(const Explanation& explanation, EntityId id) {
  const auto at = static_cast<size_t>(id);
  return at < explanation.frame.entities.size() ? explanation.frame.entities[at].name : std::string();
}

std::string RelationText(const Explanation& explanation, const Relation& relation) {
  const auto* id = std::get_if<EntityId>(&relation.object);
  return fmt::format("{} {} {}", NameOf(explanation, relation.subject), relation.predicate,
                     id != nullptr ? NameOf(explanation, *id) : std::get<std::string>(relation.object));
}

std::vector<size_t> EventsOf(const Explanation& explanation, size_t sentence) {
  std::vector<size_t> events;
  for (size_t v = 0; v < explanation.events.size(); ++v) {
    if (explanation.events[v].sentence == sentence) events.push_back(v);
  }
  return events;
}

std::vector<const extract::Count*> CountsOf(const Explanation& explanation, size_t sentence) {
  return ToldIn(explanation.sentences[sentence], explanation.frame.counts);
}

std::vector<const Relation*> RelationsOf(const Explanation& explanation, size_t sentence) {
  return ToldIn(explanation.sentences[sentence], explanation.frame.relations);
}

}  // namespace sitgraph::cli
