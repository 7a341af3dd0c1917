#include "queries/ask/question.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "base/text.h"
#include "queries/ask/question_reader.h"

namespace sitgraph::queries {
namespace {

using codebook::TriggerPart;
using language::Upos;

constexpr size_t kMaxTokens = 80;
constexpr size_t kMaxNounTokens = 3;
// How far from its key word the other words of a trigger may stand.
constexpr size_t kTriggerBefore = 4, kTriggerAfter = 6;

// What towns and the like are in the graph (sg:placeType).
const std::map<std::string_view, std::string_view> kPlaceTypes = {{"town", "settlement"},
                                                                  {"city", "settlement"},
                                                                  {"village", "settlement"},
                                                                  {"settlement", "settlement"},
                                                                  {"district", "district"},
                                                                  {"governorate", "governorate"},
                                                                  {"province", "governorate"},
                                                                  {"country", "country"},
                                                                  {"camp", "camp"},
                                                                  {"road", "road"},
                                                                  {"highway", "road"},
                                                                  {"base", "base"}};

std::string ClassOf(codebook::EntityKind kind) {
  std::string word(codebook::ToWord(kind));
  if (!word.empty()) word[0] = static_cast<char>(word[0] - 'a' + 'A');
  return word;
}

}  // namespace

bool QuestionWord::IsForm(language::WordForm form) const {
  return std::any_of(bases.begin(), bases.end(), [&](const auto& base) { return base.form == form; });
}

bool QuestionWord::Is(const Words& words) const {
  if (words.contains(lower)) return true;
  return std::any_of(bases.begin(), bases.end(), [&](const auto& base) { return words.contains(base.lemma); });
}

QuestionReader::QuestionReader(std::string_view text, language::Analyzer& analyzer, const codebook::Codebook& codebook,
                               const NameLexicon& lexicon, std::string_view base_iri)
    : codebook_(codebook), lexicon_(lexicon), base_(base_iri) {
  language::Document document;
  const base::Span whole{0, static_cast<uint32_t>(text.size())};
  analyzer.Read(text, std::span(&whole, 1), language::ParseMode::kBeam, document);
  for (size_t i = 0; i < std::min(document.tokens.size(), kMaxTokens); ++i) {
    QuestionWord word;
    word.text = std::string(document.Text(static_cast<language::TokenIndex>(i)));
    word.lower = base::Lower(word.text);
    word.upos = i < document.analyses.size() ? document.analyses[i].upos : Upos::kX;
    language::BaseForms(word.text, word.bases);
    words_.push_back(std::move(word));
  }
  ReadTimes(document);
}

Question QuestionReader::Read() {
  ReadNames();
  ReadForm();
  ReadSuperlatives();
  ReadAskedKind();
  ReadEvents();
  SettleTypes();
  ReadThings();
  SettleRoles();
  SettleNames();
  Sum();
  return std::move(question_);
}

void QuestionReader::Use(size_t begin, size_t end) {
  for (size_t i = begin; i < std::min(end, size()); ++i) words_[i].used = true;
}

void QuestionReader::UseWords(const Words& words) {
  for (QuestionWord& word : words_) {
    if (words.contains(word.lower)) word.used = true;
  }
}

bool QuestionReader::Has(const Words& words) const {
  return std::any_of(words_.begin(), words_.end(), [&](const QuestionWord& one) { return words.contains(one.lower); });
}

// ---- what is asked

void QuestionReader::ReadForm() {
  const std::string_view first = At(0), second = At(1);
  const auto ask = [&](Asked asked, const Words& by) {
    question_.asked = asked;
    UseWords(by);
  };
  Use(0, 1);
  // "..., according to whom?", "..., and who says so?"
  for (size_t i = 2; i < size(); ++i) {
    const bool whom = At(i) == "whom" && At(i - 1) == "to" && At(i - 2) == "according";
    const bool says = At(i - 1) == "who" && kSayWords.contains(At(i)) && i > 2;
    if (!whom && !says) continue;
    question_.with_voices = true;
    Use(i - 2, i + 1);
  }
  if (question_.names.size() >= 2 && Has(kLinkWords)) return ask(Asked::kLink, kLinkWords);
  if (Has(kConflictWords)) {
    UseWords(kReportWords);
    return ask(Asked::kConflict, kConflictWords);
  }
  if ((first == "who" || first == "which") && Has(kHoldWords)) return ask(Asked::kControl, kHoldWords);
  if (first == "how" && (second == "many" || second == "much")) {
    return ask(At(2) == "times" ? Asked::kTimes : Asked::kNumber, {});
  }
  if (first == "how" && second == "often") return ask(Asked::kTimes, {});
  if (first == "where") return ask(Asked::kPlace, {});
  if (first == "when") return ask(Asked::kTime, {});
  const Words auxiliaries = {"did", "was", "were", "has", "have", "had", "is", "are", "does", "do"};
  if (auxiliaries.contains(first)) return ask(Asked::kWhether, {});
  if (first == "who" && kSayWords.contains(second)) {
    Use(1, 2);
    return ask(Asked::kVoices, {});
  }
  if ((first == "which" || first == "what") && kReportWords.contains(second)) {
    Use(1, 2);
    return ask(Asked::kVoices, kSayWords);
  }
  if (first == "what" && (kHappenWords.contains(second) || kHappenWords.contains(At(2)))) {
    return ask(Asked::kEvents, kHappenWords);
  }
  const Words open = {"who", "whom", "what", "which", "whose"};
  if (open.contains(first)) return ask(Asked::kRole, {});
  if (first == "by" && second == "whom") {
    ask(Asked::kRole, {});
    question_.roles = {{"agent"}};
  }
}

// "first" said of a thing ("the first convoy") is a word of the text; said of the event it chooses by time.
void QuestionReader::ReadSuperlatives() {
  for (size_t i = 0; i < size(); ++i) {
    QuestionWord& word = words_[i];
    if (word.used) continue;
    const size_t next = i + 1;
    const bool of_thing = kOrdinals.contains(word.lower) && next < size() && words_[next].upos == Upos::kNoun &&
                          !words_[next].IsForm(language::WordForm::kPast);
    const bool first = kFirstWords.contains(word.lower), last = kLastWords.contains(word.lower);
    if (of_thing) question_.ordinal = word.lower;
    question_.first |= first;
    question_.last |= last;
    question_.most |= kMostWords.contains(word.lower);
    word.used = of_thing || first || last || kMostWords.contains(word.lower);
  }
}

// "which towns", "what weapons".
void QuestionReader::ReadAskedKind() {
  const std::string_view first = At(0);
  if (question_.asked != Asked::kRole) return;
  if (first == "who" || first == "whom" || first == "by" || first == "whose") {
    question_.kinds = {"Force", "Organization", "Person", "People"};
    return;
  }
  question_.kinds = {"Materiel", "Facility", "Place"};
  // The noun of the phrase, with adjectives before it.
  size_t i = 1;
  while (i < size() && !words_[i].used && words_[i].upos == Upos::kAdj) ++i;
  if (i >= size() || words_[i].used || words_[i].upos == Upos::kAux) return;
  // The tagger takes "governorates" in "Which governorates did the army take?" for a verb.
  const bool before_auxiliary = i + 1 < size() && words_[i + 1].upos == Upos::kAux;
  if (words_[i].upos == Upos::kVerb && !before_auxiliary) return;
  const auto [noun, tokens] = NounAt(i);
  const QuestionWord& word = words_[i];
  if (word.Is(kBodyWords)) {
    question_.kinds = {"Force", "Organization", "People"};
  } else if (word.Is(kStateWords)) {
    question_.kinds = {"Organization"};
  } else if (word.Is(kMaterielWords)) {
    question_.kinds = {"Materiel"};
  } else if (noun != nullptr) {
    question_.kinds = {ClassOf(noun->kind)};
    const auto type = kPlaceTypes.find(noun->lemma);
    if (type != kPlaceTypes.end()) question_.place_type = type->second;
  } else {
    return;
  }
  question_.only_kinds = true;
  Use(1, i + std::max<size_t>(tokens, 1));
}

// ---- events

// Whether the other words of a trigger stand around its key word at `i`.
bool QuestionReader::MatchesTrigger(const codebook::Trigger& trigger, size_t i) const {
  const size_t begin = i > kTriggerBefore ? i - kTriggerBefore : 0, end = std::min(size(), i + kTriggerAfter);
  return std::all_of(trigger.words.begin(), trigger.words.end(), [&](const std::string& word) {
    return std::any_of(words_.begin() + static_cast<std::ptrdiff_t>(begin),
                       words_.begin() + static_cast<std::ptrdiff_t>(end),
                       [&](const QuestionWord& one) { return one.Is({word}); });
  });
}

// The longest triggers whose key word stands at `i`.
std::vector<const codebook::Trigger*> QuestionReader::TriggersAt(size_t i) const {
  std::vector<const codebook::Trigger*> found;
  size_t longest = 0;
  // The tagger takes the last verb of a short question for a noun at times: "What did Turkey attack?"
  const bool may_be_verb = question_.asked != Asked::kNumber || i + 3 >= size();
  for (const language::BaseForm& base : words_[i].bases) {
    const bool noun = base.upos == Upos::kNoun, verb = base.upos == Upos::kVerb;
    if (noun == verb || (noun && words_[i].upos == Upos::kVerb)) continue;
    const bool tagged_noun = words_[i].upos == Upos::kNoun || words_[i].upos == Upos::kPropn;
    if (verb && tagged_noun && !may_be_verb) continue;
    for (const uint32_t index : codebook_.triggers().Find(noun ? TriggerPart::kNoun : TriggerPart::kVerb, base.lemma)) {
      const codebook::Trigger& trigger = codebook_.triggers().triggers()[index];
      if (trigger.words.size() < longest || !MatchesTrigger(trigger, i)) continue;
      if (trigger.words.size() > longest) found.clear();
      longest = trigger.words.size();
      found.push_back(&trigger);
    }
  }
  // "Which weapons did they surrender?": the sense that needs such an object is meant.
  const auto of_materiel = [](const codebook::Trigger* one) {
    return std::any_of(one->limits.begin(), one->limits.end(), [](const codebook::Limit& limit) {
      return limit.kind == codebook::LimitKind::kNeeds && limit.slot == "object" && !limit.kinds.empty() &&
             limit.kinds.Accepts(codebook::EntityKind::kMateriel);
    });
  };
  if (HasMateriel() && std::any_of(found.begin(), found.end(), of_materiel)) {
    std::erase_if(found, [&](const auto* one) { return !of_materiel(one); });
  }
  // A sense that has no limits goes before those that a question has no room to meet.
  if (std::any_of(found.begin(), found.end(), [](const auto* one) { return one->limits.empty(); })) {
    std::erase_if(found, [](const auto* one) { return !one->limits.empty(); });
  }
  return found;
}

void QuestionReader::ReadEvents() {
  if (question_.asked == Asked::kControl || question_.asked == Asked::kLink) return;
  const bool by_noun = HasEventNoun();
  for (size_t i = 0; i < size(); ++i) {
    if (words_[i].used || kLittleWords.contains(At(i))) continue;
    // "carried out an air strike": the noun tells the event.
    const auto found = TriggersAt(i);
    const bool words = std::any_of(found.begin(), found.end(), [&](const auto* one) { return TellsWords(*one); });
    if (IsAttribute(i) || (by_noun && !words && IsLight(i))) {
      words_[i].used = true;
      continue;
    }
    if (!found.empty()) {
      TakeTriggers(found, i);
    } else if (const auto* type = codebook_.FindEventType(At(i)); type != nullptr) {
      question_.types.insert(type->id);
      words_[i].used = true;
    }
  }
}

bool QuestionReader::HasMateriel() const {
  for (size_t i = 0; i < size(); ++i) {
    if (words_[i].Is(kMaterielWords)) return true;
    const auto [noun, tokens] = words_[i].upos == Upos::kNoun ? NounAt(i) : std::pair<const codebook::Noun*, size_t>{};
    if (noun != nullptr && noun->kind == codebook::EntityKind::kMateriel) return true;
  }
  return false;
}

bool QuestionReader::HasEventNoun() const {
  for (size_t i = 0; i < size(); ++i) {
    if (words_[i].used || words_[i].upos != Upos::kNoun) continue;
    const auto found = TriggersAt(i);
    if (!found.empty() && found.front()->part == TriggerPart::kNoun) return true;
  }
  return false;
}

// "the armed groups", "many wounded people".
bool QuestionReader::IsAttribute(size_t i) const {
  const bool participle = words_[i].IsForm(language::WordForm::kPastParticiple) || words_[i].upos == Upos::kAdj;
  return participle && words_[i].upos != Upos::kNoun && i > 0 && i + 1 < size() &&
         kBeforeAttribute.contains(At(i - 1)) && (words_[i + 1].upos == Upos::kNoun || words_[i + 1].Is(kPeopleWords));
}

// Demands, accusations, denials, ...: they are about another event.
bool QuestionReader::TellsWords(const codebook::Trigger& trigger) const {
  const auto* type = codebook_.FindEventType(trigger.type);
  return type != nullptr && type->group == "words";
}

bool QuestionReader::IsLight(size_t i) const {
  if (words_[i].upos != Upos::kVerb) return false;
  for (const language::BaseForm& base : words_[i].bases) {
    if (base.upos != Upos::kVerb) continue;
    std::string phrase = base.lemma;
    if (codebook_.triggers().Cues(phrase).Has(codebook::Cue::kLight)) return true;
    if (codebook_.triggers().Cues(phrase + " " + std::string(At(i + 1))).Has(codebook::Cue::kLight)) return true;
  }
  return false;
}

void QuestionReader::TakeTriggers(const std::vector<const codebook::Trigger*>& found, size_t i) {
  const codebook::Trigger& front = *found.front();
  const bool is_verb = front.part == TriggerPart::kVerb;
  // "Who denied bombing X": the bombing is what the denial is about.
  const bool governed = std::any_of(question_.types.begin(), question_.types.end(), [&](const std::string& type) {
    const auto* known = codebook_.FindEventType(type);
    return known != nullptr && known->group == "words";
  });
  for (const codebook::Trigger* trigger : found) {
    (governed ? question_.about : question_.types).insert(trigger->type);
    for (const codebook::SlotRole& slot : trigger->frame) moves_ |= slot.role == codebook::Role::kDestination;
    for (size_t j = i > kTriggerBefore ? i - kTriggerBefore : 0; j < std::min(size(), i + kTriggerAfter); ++j) {
      for (const std::string& word : trigger->words)
        words_[j].used |= trigger->words.size() > 1 && words_[j].Is({word});
    }
  }
  words_[i].used = true;
  question_.verbs.push_back(words_[i].lower);
  if (question_.asked == Asked::kNumber && !is_verb && verb_ == SIZE_MAX && !governed) {
    // Counted in any of the words that tell such events: "329 airstrikes".
    for (const codebook::Trigger& trigger : codebook_.triggers().triggers()) {
      if (trigger.type == front.type && trigger.part == TriggerPart::kNoun) {
        question_.count_words.push_back(trigger.words.back());
      }
    }
  }
  if (verb_ == SIZE_MAX && is_verb) {
    verb_ = i;
    passive_ = words_[i].IsForm(language::WordForm::kPastParticiple) && IsPassive(i);
    subject_is_target_ = std::any_of(front.frame.begin(), front.frame.end(), [](const codebook::SlotRole& slot) {
      return slot.slot == "subject" && slot.role == codebook::Role::kTarget;
    });
  }
  const bool only_harm = std::all_of(found.begin(), found.end(), [](const auto* one) { return !one->harm.empty(); });
  if (only_harm && question_.harm.empty() && !governed) question_.harm = front.harm;
}

bool QuestionReader::IsPassive(size_t i) const {
  const Words be = {"was", "were", "been", "be", "is", "are", "being", "get", "got"};
  for (size_t j = i > 4 ? i - 4 : 0; j < i; ++j) {
    if (be.contains(At(j))) return true;
  }
  return At(0) == "was" || At(0) == "were" || At(1) == "was" || At(1) == "were";  // "Was Palmyra captured?"
}

// Types that a question does not tell apart from those asked for: narrower ones by the codebook, and to leave a town,
// which is a withdrawal, an evacuation or a flight by who leaves.
void QuestionReader::SettleTypes() {
  const std::set<std::string> leaving = {"withdrawal", "evacuation"};
  for (std::set<std::string>* types : {&question_.types, &question_.about}) {
    const std::set<std::string> asked = *types;
    for (const codebook::EventType& type : codebook_.event_types()) {
      if (asked.contains(type.parent)) types->insert(type.id);
    }
    if (std::any_of(leaving.begin(), leaving.end(), [&](const auto& type) { return asked.contains(type); })) {
      types->insert(leaving.begin(), leaving.end());
    }
  }
  // "killed in the battle": the deaths are asked for, the battle says in what.
  if (!question_.harm.empty()) question_.types = {"casualties"};
}

// ---- things

std::pair<const codebook::Noun*, size_t> QuestionReader::NounAt(size_t i) const {
  for (size_t tokens = std::min(kMaxNounTokens, size() - i); tokens > 0; --tokens) {
    std::string before;
    for (size_t j = i; j + 1 < i + tokens; ++j) before += words_[j].lower + " ";
    const QuestionWord& last = words_[i + tokens - 1];
    if (const auto* noun = codebook_.FindNoun(before + last.lower)) return {noun, tokens};
    for (const language::BaseForm& base : last.bases) {
      if (base.upos != Upos::kNoun) continue;
      if (const auto* noun = codebook_.FindNoun(before + base.lemma)) return {noun, tokens};
    }
  }
  return {nullptr, 0};
}

void QuestionReader::AddThing(size_t begin, size_t end, const codebook::Noun* noun) {
  QuestionThing thing;
  std::string before;
  for (size_t j = begin; j + 1 < end; ++j) before += words_[j].lower + " ";
  thing.forms.push_back(before + words_[end - 1].lower);
  for (const language::BaseForm& base : words_[end - 1].bases) {
    if (base.upos == Upos::kNoun) thing.forms.push_back(before + base.lemma);
  }
  if (noun != nullptr) {
    thing.kind = ClassOf(noun->kind);
    thing.forms.push_back(noun->lemma);
  }
  std::sort(thing.forms.begin(), thing.forms.end());
  thing.forms.erase(std::unique(thing.forms.begin(), thing.forms.end()), thing.forms.end());
  question_.things.push_back(std::move(thing));
  Use(begin, end);
}

void QuestionReader::ReadThings() {
  for (size_t i = 0; i < size(); ++i) {
    QuestionWord& word = words_[i];
    if (word.used || kLittleWords.contains(word.lower)) continue;
    if (word.Is(kPeopleWords)) {
      question_.people = word.used = true;
      continue;
    }
    if (word.Is(kMaterielWords)) {
      question_.materiel = word.used = true;
      continue;
    }
    const auto [noun, tokens] = NounAt(i);
    const bool counted = question_.asked == Asked::kNumber && question_.things.empty() &&
                         question_.count_words.empty() && (verb_ == SIZE_MAX || i < verb_) &&
                         word.upos == Upos::kNoun && (i + 1 >= size() || words_[i + 1].upos != Upos::kNoun);
    if (noun != nullptr && (noun->kind != codebook::EntityKind::kPlace || counted)) {
      AddThing(i, i + tokens, noun);
    } else if (noun != nullptr) {
      Use(i, i + tokens);  // "the city of"
    } else if (counted) {
      AddThing(i, i + 1, nullptr);
    }
  }
}

// ---- the sum

bool QuestionReader::IsCommonVerb(const QuestionWord& word) const {
  return std::any_of(word.bases.begin(), word.bases.end(), [&](const language::BaseForm& base) {
    return base.upos == Upos::kVerb && !codebook_.triggers().Cues(base.lemma).empty();
  });
}

void QuestionReader::Sum() {
  for (const QuestionName& name : question_.names) question_.understood.push_back("name: " + name.words);
  if (!question_.types.empty()) {
    question_.understood.push_back(fmt::format("events: {}", fmt::join(question_.types, ", ")));
  }
  if (!question_.about.empty()) {
    question_.understood.push_back(fmt::format("about: {}", fmt::join(question_.about, ", ")));
  }
  for (const QuestionThing& thing : question_.things) question_.understood.push_back("thing: " + thing.forms.front());
  if (question_.materiel) question_.understood.push_back("thing: weapons and equipment");
  for (const QuestionWord& word : words_) {
    if (word.used || kLittleWords.contains(word.lower) || word.upos == Upos::kPunct) continue;
    // Where no event is known, what a common verb says matters: it is looked for in sentences, or not understood.
    if (!kNotWords.contains(word.lower) && IsCommonVerb(word) && !word.Capital()) {
      if (!question_.types.empty()) continue;
      if (question_.asked == Asked::kNumber) {
        question_.verbs.push_back(word.lower);
        continue;
      }
    }
    const bool name =
        word.Capital() && (word.upos == Upos::kPropn || word.upos == Upos::kNoun || word.upos == Upos::kX);
    (name ? question_.unknown : question_.unread).push_back(word.text);
  }
}

Question ReadQuestion(std::string_view text, language::Analyzer& analyzer, const codebook::Codebook& codebook,
                      const NameLexicon& lexicon, std::string_view base_iri) {
  return QuestionReader(text, analyzer, codebook, lexicon, base_iri).Read();
}

}  // namespace sitgraph::queries
