#include "queries/ask/answerer.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <chrono>

#include "base/text.h"
#include "graph/vocabulary.h"
#include "queries/ask/beside.h"
#include "queries/query.h"

namespace sitgraph::queries {
namespace {

using base::Fail;
using graph::Term;
using graph::TermId;

constexpr size_t kMostNamed = 12;     // in the answer's line
constexpr size_t kMostFurther = 6;    // behind "perhaps also"
constexpr size_t kMostRows = 200;     // of the table
constexpr size_t kMostEvents = 2000;  // that are read of one query
constexpr std::chrono::seconds kMostTime{20};

class PairSink : public ResultSink {
 public:
  base::Status Begin(const std::vector<std::string>&, const Prefixes&) override { return {}; }
  base::Status Row(std::span<const std::optional<Term>> cells) override {
    const auto value = [&](size_t i) { return i < cells.size() && cells[i] ? cells[i]->value() : std::string(); };
    rows.emplace_back(value(0), value(1));
    return {};
  }
  base::Status Boolean(bool) override { return {}; }
  base::Status End() override { return {}; }
  std::vector<std::pair<std::string, std::string>> rows;
};

bool IsTold(const EntityEvent& event) { return event.factuality == "actual" || event.factuality == "possible"; }

bool IsTold(const HappeningRow& happening) {
  return std::any_of(happening.events.begin(), happening.events.end(), [](const auto& event) { return IsTold(event); });
}

double LargestCount(const HappeningRow& happening) {
  double largest = 0;
  for (const EntityEvent& event : happening.events) {
    for (const ReportedCount& count : event.counts) {
      double value = 0;
      std::from_chars(count.least.data(), count.least.data() + count.least.size(), value);
      if (count.unit == "person") largest = std::max(largest, value);
    }
  }
  return largest;
}

bool HasWord(std::string_view text, std::string_view word) {
  for (size_t at = text.find(word); at != std::string_view::npos; at = text.find(word, at + 1)) {
    const auto letter = [&](size_t i) {
      return i < text.size() && ((text[i] >= 'a' && text[i] <= 'z') || text[i] == '-');
    };
    if ((at == 0 || !letter(at - 1)) && !letter(at + word.size())) return true;
  }
  return false;
}

}  // namespace

base::Result<std::vector<std::pair<std::string, std::string>>> SelectPairs(const graph::Snapshot& snapshot,
                                                                           const std::string& sparql) {
  PairSink found;
  QueryOptions options;
  options.check_vocabulary = false;
  options.limits.time = kMostTime;
  const auto ran = RunQuery(snapshot, sparql, options, found);
  if (!ran) return Fail(ran.error());
  return std::move(found.rows);
}

base::Status Answerer::Run() {
  const auto network = EventNetwork::Load(snapshot_, {});
  if (!network) return Fail(network.error());
  // "How many people live in X": no event is asked for, but a number in a sentence.
  const bool by_sentence = question_.asked == Asked::kNumber && question_.types.empty() && !question_.verbs.empty();
  if (!by_sentence) {
    if (auto searched = Search(*network); !searched) return searched;
  }
  if (!found_ && question_.asked == Asked::kNumber) {
    if (auto loose = FindLooseCounts(); !loose || !out_.direct.empty()) return loose;
  }
  if (found_) {
    for (std::string& warning : WarningsOf(question_, reach_)) out_.warnings.push_back(std::move(warning));
  } else {
    out_.warnings.push_back(fmt::format("nothing was found for {}", fmt::join(out_.understood, "; ")));
  }
  if (auto looked = LookBeside(); !looked) return looked;
  AddRows();
  Word();
  if (found_) {
    if (auto further = AddFurther(*network); !further) return further;
  }
  if (facts_.reader().error()) return Fail(*facts_.reader().error());
  return {};
}

// ---- finding

base::Status Answerer::Search(const EventNetwork& network) {
  std::vector<std::vector<std::string>> choices = question_.roles;
  if (choices.empty()) choices.emplace_back();
  for (const bool ordinal : {true, false}) {
    if (!ordinal && question_.ordinal.empty()) break;
    for (const auto& roles : choices) {
      for (Reach reach : ReachesOf(question_)) {
        reach.ordinal = ordinal;
        if (auto found = Find(network, roles, reach); !found) return found;
        if (!happenings_.empty()) {
          found_ = true;
          return {};
        }
      }
    }
  }
  return {};
}

base::Status Answerer::Find(const EventNetwork& network, const std::vector<std::string>& roles, const Reach& reach) {
  reach_ = reach;
  fillers_.clear();
  out_.sparql = ToSparql(question_, roles, reach);
  const auto rows = SelectPairs(snapshot_, out_.sparql);
  if (!rows) return Fail(rows.error());
  std::set<TermId> events;
  for (const auto& [event, answer] : *rows) {
    const auto id = facts_.reader().Find(Term::Iri(event));
    if (id && (events.size() < kMostEvents || events.contains(*id))) events.insert(*id);
    if (!answer.empty() && Fits(answer)) fillers_[event].insert(answer);
  }
  PreferKinds();
  happenings_ = GatherByIncident(facts_, network, {events.begin(), events.end()});
  KeepAnswering();
  KeepSuperlative();
  return {};
}

bool Answerer::Fits(const std::string& iri) {
  if (question_.only_kinds && !question_.kinds.contains(lexicon_.KindOf(iri))) return false;
  if (!question_.place_type.empty()) {
    const auto properties = facts_.reader().PropertiesOf(Term::Iri(iri));
    const std::string type = FirstValue(properties, graph::vocabulary::Iri(graph::vocabulary::kSg, "placeType"));
    if (!type.empty() && type != question_.place_type) return false;
  }
  return std::none_of(question_.names.begin(), question_.names.end(), [&](const QuestionName& name) {
    return std::find(name.iris.begin(), name.iris.end(), iri) != name.iris.end();
  });
}

// "What was destroyed" means tanks before militants, "who" the other way.
void Answerer::PreferKinds() {
  if (question_.kinds.empty() || question_.only_kinds) return;
  const auto preferred = [&](const std::string& iri) { return question_.kinds.contains(lexicon_.KindOf(iri)); };
  const bool any = std::any_of(fillers_.begin(), fillers_.end(), [&](const auto& one) {
    return std::any_of(one.second.begin(), one.second.end(), preferred);
  });
  if (!any) return;
  for (auto& [event, fillers] : fillers_) std::erase_if(fillers, [&](const auto& iri) { return !preferred(iri); });
}

bool Answerer::AnswersAnything(const HappeningRow& happening) const {
  return std::any_of(happening.events.begin(), happening.events.end(),
                     [&](const EntityEvent& event) { return !AnswersOf(event).empty(); });
}

void Answerer::KeepAnswering() {
  const bool open = question_.asked == Asked::kRole || question_.asked == Asked::kPlace ||
                    question_.asked == Asked::kTime || question_.asked == Asked::kNumber;
  if (open) std::erase_if(happenings_, [&](const auto& happening) { return !AnswersAnything(happening); });
  if (question_.asked == Asked::kWhether || question_.asked == Asked::kEvents || question_.asked == Asked::kVoices)
    return;
  // What happened goes before what is denied or planned.
  if (std::any_of(happenings_.begin(), happenings_.end(), [](const auto& one) { return IsTold(one); })) {
    std::erase_if(happenings_, [](const auto& one) { return !IsTold(one); });
  }
}

void Answerer::KeepSuperlative() {
  const bool by_time = question_.ordinal.empty() || !reach_.ordinal;
  if (question_.most) {
    std::stable_sort(happenings_.begin(), happenings_.end(),
                     [](const auto& a, const auto& b) { return LargestCount(a) > LargestCount(b); });
    if (!happenings_.empty() && LargestCount(happenings_.front()) > 0) happenings_.resize(1);
  }
  if (!by_time || (!question_.first && !question_.last)) return;
  std::erase_if(happenings_, [](const HappeningRow& happening) {
    const std::string& begin = happening.events.front().begin;
    return begin.empty() || begin.front() == '-';
  });
  if (happenings_.size() > 1 && question_.first) happenings_.resize(1);
  if (happenings_.size() > 1 && question_.last) happenings_.erase(happenings_.begin(), std::prev(happenings_.end()));
}

// ---- what events answer

bool Answerer::IsNamed(const ReportedCount& count) const {
  // "12 Turkish posts" for Turkey.
  const bool worded = std::any_of(question_.names.begin(), question_.names.end(), [&](const QuestionName& name) {
    return name.role != NameRole::kPlace &&
           std::any_of(name.spellings.begin(), name.spellings.end(),
                       [&](const std::string& spelling) { return HasWord(count.of, spelling); });
  });
  return worded || std::any_of(count.entities.begin(), count.entities.end(), [&](const EntityName& entity) {
           return std::any_of(question_.names.begin(), question_.names.end(), [&](const QuestionName& name) {
             return name.role != NameRole::kPlace &&
                    std::find(name.iris.begin(), name.iris.end(), entity.iri) != name.iris.end();
           });
         });
}

bool Answerer::IsCounted(const ReportedCount& count) const {
  std::string words = base::Lower(count.of);
  if (words.empty() && !count.entities.empty()) words = base::Lower(count.entities.front().name);
  const auto has = [&](const std::string& word) { return HasWord(words, word) || HasWord(words, word + "s"); };
  if (!question_.count_words.empty()) {
    return std::any_of(question_.count_words.begin(), question_.count_words.end(), has);
  }
  if (question_.things.empty()) return question_.materiel ? count.unit == "item" : count.unit == "person";
  const QuestionThing& thing = question_.things.front();
  if (std::any_of(thing.forms.begin(), thing.forms.end(), has)) return true;
  return reach_.like_things && !thing.kind.empty() && !count.entities.empty() &&
         count.entities.front().kind == thing.kind;
}

std::vector<std::string> Answerer::NumbersIn(const EntityEvent& event) const {
  std::vector<std::string> out;
  const bool named =
      std::any_of(event.counts.begin(), event.counts.end(), [&](const auto& count) { return IsNamed(count); });
  for (const ReportedCount& count : event.counts) {
    const bool other_harm = !question_.harm.empty() && !count.harm.empty() && count.harm != question_.harm;
    if ((other_harm && count.harm != "killed-or-wounded") || (named && !IsNamed(count)) || !IsCounted(count)) continue;
    out.push_back(Describe(count));
  }
  return out;
}

std::set<std::string> Answerer::VoicesOf(const EntityEvent& event) {
  std::set<std::string> out;
  for (const EntityName& source : event.sources) out.insert(source.name);
  if (out.empty()) out.insert(Describe(event.report));
  return out;
}

std::vector<std::string> Answerer::AnswersOf(const EntityEvent& event) const {
  switch (question_.asked) {
    case Asked::kRole:
    case Asked::kPlace: {
      std::vector<std::string> names;
      const auto found = fillers_.find(event.iri);
      if (found == fillers_.end()) return {};
      FactReader facts(snapshot_);
      for (const std::string& iri : found->second) names.push_back(facts.NameOf(Term::Iri(iri)).name);
      return names;
    }
    case Asked::kTime: {
      std::string time = TimeOf(event);
      return time.empty() ? std::vector<std::string>{} : std::vector<std::string>{std::move(time)};
    }
    case Asked::kNumber:
      return NumbersIn(event);
    case Asked::kVoices: {
      std::vector<std::string> voices;
      for (const EntityName& source : event.sources) voices.push_back(source.name);
      voices.push_back(Describe(event.report));
      return voices;
    }
    default:
      return {};
  }
}

// ---- what stands beside

// Numbers that no event was read for.
base::Status Answerer::FindLooseCounts() {
  if (question_.things.empty() && !question_.people) return {};
  if (question_.names.empty() && question_.verbs.empty()) return {};
  for (const Reach::Names names : {Reach::Names::kSentence, Reach::Names::kReport}) {
    Reach reach;
    reach.names = names;
    const std::string sparql = ToCountSparql(question_, reach);
    const auto rows = SelectPairs(snapshot_, sparql);
    if (!rows) return Fail(rows.error());
    if (rows->empty()) continue;
    out_.sparql = sparql;
    out_.answer.columns = {"answer", "sentence", "report"};
    std::vector<std::string> numbers;
    for (const auto& [iri, none] : *rows) {
      const LooseCount count = ReadLooseCount(facts_, iri);
      out_.answer.rows.push_back(
          {{TextCell(count.words), TextCell(count.sentence), {count.report.title, count.report.iri, false}}, {}});
      if (std::find(numbers.begin(), numbers.end(), count.words) == numbers.end()) numbers.push_back(count.words);
    }
    if (numbers.size() > kMostNamed) numbers.resize(kMostNamed);
    out_.direct = fmt::format("{}", fmt::join(numbers, "; "));
    out_.warnings.emplace_back("numbers of sentences that were not read as such an event; see the sentences");
    return {};
  }
  return {};
}

base::Status Answerer::LookBeside() {
  const bool asks_agent = question_.asked == Asked::kRole && question_.roles.front().front() == "agent";
  const bool whether = question_.asked == Asked::kWhether;
  if ((!asks_agent && !whether) || question_.types.contains("denial")) return {};
  if (found_) {
    const auto deniers = DeniersOf(snapshot_, facts_, happenings_, {});
    if (!deniers) return Fail(deniers.error());
    if (!deniers->empty()) remark_ = fmt::format("; denied by {}", fmt::join(*deniers, ", "));
    return {};
  }
  return asks_agent ? LookForBlame() : LookForDenial();
}

// The events asked for, by whomever: the nearest reach that finds some.
base::Result<std::vector<HappeningRow>> Answerer::ByAnybody(const Question& question) {
  const auto network = EventNetwork::Load(snapshot_, {});
  if (!network) return Fail(network.error());
  for (const Reach& reach : ReachesOf(question)) {
    const auto rows = SelectPairs(snapshot_, ToSparql(question, {}, reach));
    if (!rows) return Fail(rows.error());
    std::set<TermId> events;
    for (const auto& [event, none] : *rows) {
      const auto id = facts_.reader().Find(Term::Iri(event));
      if (id && events.size() < kMostEvents) events.insert(*id);
    }
    if (!events.empty()) return GatherByIncident(facts_, *network, {events.begin(), events.end()});
  }
  return std::vector<HappeningRow>{};
}

// Nobody is told to have done it: whom do others blame?
base::Status Answerer::LookForBlame() {
  const auto happenings = ByAnybody(question_);
  if (!happenings) return Fail(happenings.error());
  const auto accusations = AccusationsOver(snapshot_, facts_, *happenings);
  if (!accusations) return Fail(accusations.error());
  std::vector<std::string> blamed;
  for (const EntityEvent& accusation : *accusations) {
    happenings_.push_back({{accusation}, {accusation.report.iri}});
    blamed.push_back(NamesIn(accusation, "target"));
  }
  if (blamed.empty()) return {};
  remark_ = fmt::format(" who; {} are accused of it, or of something near it", fmt::join(blamed, ", "));
  return {};
}

// No report tells that they did it: does one tell that they deny it?
base::Status Answerer::LookForDenial() {
  Question question = question_;
  std::vector<std::string> agents;
  std::erase_if(question.names, [&](const QuestionName& name) {
    if (name.role != NameRole::kAgent) return false;
    agents.insert(agents.end(), name.iris.begin(), name.iris.end());
    return true;
  });
  if (agents.empty() || question.types.empty() || question.names.empty()) return {};
  const auto happenings = ByAnybody(question);
  if (!happenings) return Fail(happenings.error());
  const auto deniers = DeniersOf(snapshot_, facts_, *happenings, agents);
  if (!deniers) return Fail(deniers.error());
  if (!deniers->empty()) remark_ = fmt::format("; {} denied it, or something near it", fmt::join(*deniers, ", "));
  return {};
}

// For lists of things at a place: what else its reports tell without saying where.
base::Status Answerer::AddFurther(const EventNetwork& network) {
  const bool lists = question_.asked == Asked::kRole && question_.roles.front().front() != "agent" &&
                     (question_.only_kinds || question_.kinds.contains("Materiel"));
  const bool placed =
      std::any_of(question_.names.begin(), question_.names.end(), [](const auto& name) { return name.place; });
  if (!lists || !placed || !reach_.strict() || question_.first || question_.last || question_.most) return {};
  std::set<std::string> told;
  for (const auto& [event, fillers] : fillers_) told.insert(fillers.begin(), fillers.end());
  const std::string sparql = out_.sparql;
  Reach wide;
  wide.names = Reach::Names::kReport;
  if (auto found = Find(network, question_.roles.front(), wide); !found) return found;
  out_.sparql = sparql;
  std::vector<std::string> further;
  for (const HappeningRow& happening : happenings_) {
    for (const EntityEvent& event : happening.events) {
      for (const std::string& iri : fillers_[event.iri]) {
        if (!told.insert(iri).second || further.size() >= kMostFurther) continue;
        if (!question_.kinds.contains(lexicon_.KindOf(iri))) continue;
        further.push_back(facts_.NameOf(Term::Iri(iri)).name);
      }
    }
  }
  if (further.empty()) return {};
  out_.direct += fmt::format("; perhaps also {}", fmt::join(further, ", "));
  out_.warnings.emplace_back("\"perhaps also\": from reports that tell of the place, but do not say that it was there");
  return {};
}

// ---- wording

void Answerer::AddRows() {
  out_.answer.columns = {"answer", "type", "time", "parties", "factuality", "according to", "report"};
  for (const HappeningRow& happening : happenings_) {
    for (const EntityEvent& event : happening.events) {
      if (out_.answer.rows.size() == kMostRows) {
        out_.answer.notes.push_back(fmt::format("only the first {} events are shown", kMostRows));
        return;
      }
      std::vector<std::string> voices;
      for (const EntityName& source : event.sources) voices.push_back(source.name);
      out_.answer.rows.push_back({{TextCell(fmt::format("{}", fmt::join(AnswersOf(event), "; "))),
                                   TextCell(event.type),
                                   TextCell(TimeOf(event)),
                                   TextCell(PartiesOf(event)),
                                   TextCell(event.factuality == "actual" ? "" : event.factuality),
                                   TextCell(fmt::format("{}", fmt::join(voices, ", "))),
                                   {Describe(event.report), event.report.iri, false}},
                                  {event.iri}});
    }
  }
}

void Answerer::Word() {
  const auto happenings = [](size_t number) {
    return number == 1 ? std::string("1 happening") : fmt::format("{} happenings", number);
  };
  std::vector<Told> told;
  bool denied = true, happened = false;
  for (const HappeningRow& happening : happenings_) {
    std::set<std::string> here;
    for (const EntityEvent& event : happening.events) {
      denied = denied && event.factuality == "negated";
      happened |= IsTold(event);
      for (const std::string& answer : AnswersOf(event)) {
        auto known = std::find_if(told.begin(), told.end(), [&](const Told& one) { return one.text == answer; });
        if (known == told.end()) known = told.insert(told.end(), {answer, 0, {}});
        if (here.insert(answer).second) ++known->happenings;
        known->voices.merge(VoicesOf(event));
      }
    }
  }
  if (question_.asked == Asked::kWhether) {
    out_.direct = Whether() + remark_ + ".";
  } else if (question_.asked == Asked::kTimes) {
    out_.direct = fmt::format("{}, told in {} events", happenings(happenings_.size()), out_.answer.rows.size());
  } else if (!found_) {
    out_.direct = "No report says" + remark_ + ".";
  } else if (question_.asked == Asked::kEvents) {
    out_.direct = happenings(happenings_.size()) + ":";
  } else {
    const bool others = question_.asked == Asked::kVoices;
    out_.direct = others || happened ? "" : denied ? "Told as not done: " : "Planned, demanded or possible only: ";
    out_.direct += Listed(told) + remark_;
  }
}

std::string Answerer::Listed(const std::vector<Told>& told) const {
  const bool voices = question_.with_voices || question_.asked == Asked::kNumber;
  std::vector<std::string> words;
  for (const Told& one : told) {
    if (words.size() == kMostNamed) {
      words.push_back(fmt::format("and {} more", told.size() - kMostNamed));
      break;
    }
    std::string text = one.text;
    if (one.happenings > 1) text += fmt::format(" ({} times)", one.happenings);
    if (voices) text += fmt::format(", according to {}", fmt::join(one.voices, ", "));
    words.push_back(std::move(text));
  }
  return fmt::format("{}", fmt::join(words, "; "));
}

std::string Answerer::Whether() const {
  std::set<std::string> actual, negated, planned;
  for (const HappeningRow& happening : happenings_) {
    for (const EntityEvent& event : happening.events) {
      auto& voices = IsTold(event) ? actual : event.factuality == "negated" ? negated : planned;
      voices.merge(VoicesOf(event));
    }
  }
  const auto by = [](const std::set<std::string>& voices) {
    std::vector<std::string> some(voices.begin(), voices.end());
    if (some.size() > kMostFurther) some.resize(kMostFurther);
    return fmt::format("{}", fmt::join(some, ", "));
  };
  const std::string yes = reach_.strict() ? "Yes" : "Yes, it seems";
  if (!actual.empty() && !negated.empty()) {
    return fmt::format("Disputed: yes, according to {}; it did not happen, according to {}", by(actual), by(negated));
  }
  if (!actual.empty()) return fmt::format("{}, according to {}", yes, by(actual));
  if (!negated.empty()) return fmt::format("No, it did not happen, according to {}", by(negated));
  if (!planned.empty()) return fmt::format("Planned or demanded only, according to {}", by(planned));
  return "No report says so";
}

}  // namespace sitgraph::queries
