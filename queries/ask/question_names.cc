// Times and names of a question, and which role of the events each name stands in.
#include <fmt/format.h>

#include <algorithm>

#include "base/text.h"
#include "queries/ask/question_reader.h"
#include "src/language/dates.h"
#include "src/language/numbers.h"

namespace sitgraph::queries {
namespace {

using language::Upos;

constexpr size_t kMaxNameTokens = 7;
constexpr size_t kMostTaken = 4;       // entities that a part of a name may stand for
constexpr size_t kMostSpellings = 12;  // by which a name is looked for in sentences
constexpr size_t kMinSpelling = 3;     // letters
const Words kGovernorateWords = {"governorate", "province"};

// "turkish army", "syrian arab army", but not "syrian national army" or "syrian rebels".
bool IsStateBody(const std::vector<std::string_view>& words) {
  if (words.size() < 2) return false;
  if (words[1] == "arab") return words.size() > 2 && kStateBodies.contains(words[2]);
  return kStateBodies.contains(words[1]);
}

}  // namespace

void QuestionReader::ReadTimes(const language::Document& document) {
  std::vector<language::Number> numbers;
  std::vector<language::TimeExpression> times;
  for (const language::Sentence& sentence : document.sentences) {
    language::FindNumbers(document, sentence, numbers);
    language::FindTimes(document, sentence, numbers, {}, times);
    for (const language::TimeExpression& time : times) {
      if (!time.resolved()) continue;
      const bool again = !question_.since.empty() || !question_.until.empty();
      if (!again) question_.since = time.begin.value_or(base::PartialDate{});
      question_.until = time.end.value_or(again ? question_.until : base::PartialDate{});
      Use(time.first, time.last);
    }
  }
  if (question_.since.empty() && question_.until.empty()) return;
  question_.understood.push_back(
      fmt::format("time: {} to {}", base::ToIso(question_.since), base::ToIso(question_.until)));
}

// ---- names

std::vector<std::string> QuestionReader::NamedBy(size_t begin, size_t end) const {
  std::string text;
  std::vector<std::string_view> tokens;
  for (size_t i = begin; i < end; ++i) {
    text += (text.empty() ? "" : " ") + words_[i].text;
    tokens.push_back(words_[i].text);
  }
  std::vector<std::string> iris = lexicon_.Find(base::FoldName(text));
  const auto match = codebook_.MatchName(tokens);
  if (match && match->tokens == tokens.size()) {
    for (const codebook::Entry* entry : match->entries) {
      std::string iri = base_ + entry->id;
      if (lexicon_.Has(iri)) iris.push_back(std::move(iri));
    }
  }
  if (iris.empty() && tokens.size() == 1) {
    if (const codebook::Entry* country = codebook_.FindDemonym(tokens[0])) {
      for (const std::string_view kind : {"organization", "place"}) {
        std::string iri = base_ + std::string(kind) + country->id.substr(country->id.find('/'));
        if (lexicon_.Has(iri)) iris.push_back(std::move(iri));
      }
    }
  }
  std::sort(iris.begin(), iris.end());
  iris.erase(std::unique(iris.begin(), iris.end()), iris.end());
  return iris;
}

void QuestionReader::ReadNames() {
  for (size_t i = 0; i < size(); ++i) {
    if (words_[i].used || (i == 0 && kLittleWords.contains(At(0)))) continue;
    // Names stand with a capital; "the army" is no name.
    const bool article = At(i) == "the" || At(i) == "al" || At(i).starts_with("al-") || At(i).starts_with("ar-");
    if (!words_[i].Capital() && !article) continue;
    if (At(i) == "the" && (i + 1 >= size() || !words_[i + 1].Capital())) continue;
    for (size_t end = std::min(size(), i + kMaxNameTokens); end > i; --end) {
      if (words_[end - 1].upos == Upos::kPunct && At(end - 1) != ")") continue;
      auto iris = NamedBy(i, end);
      if (iris.empty()) continue;
      QuestionName name;
      for (size_t j = i; j < end; ++j) name.words += (name.words.empty() ? "" : " ") + words_[j].text;
      name.iris = std::move(iris);
      question_.names.push_back(std::move(name));
      positions_.push_back({i, end});
      Use(i, end);
      i = end - 1;
      break;
    }
    if (i > 0 && !words_[i].used && words_[i].Capital() && words_[i].upos != Upos::kVerb) TakePart(i);
  }
}

// A part of a name: "Shayrat" of "Shayrat Air Base".
bool QuestionReader::TakePart(size_t i) {
  const std::string word = base::FoldName(words_[i].text);
  const std::vector<std::string>& iris = lexicon_.WithWord(word);
  if (word.size() < 4 || iris.empty() || iris.size() > kMostTaken) return false;
  question_.taken.push_back(words_[i].text + " for " + lexicon_.LabelsOf(iris.front()).front());
  QuestionName name;
  name.words = words_[i].text;
  name.iris = iris;
  question_.names.push_back(std::move(name));
  positions_.push_back({i, i + 1});
  words_[i].used = true;
  return true;
}

// ---- roles

void QuestionReader::SettleRoles() {
  const std::string_view first = At(0);
  const bool asks_origin = size() > 1 && (At(size() - 1) == "from" || At(size() - 2) == "from");
  const bool places = question_.only_kinds && question_.kinds.contains("Place");
  if (question_.asked == Asked::kPlace) {
    const bool to = At(size() - 1) == "to" || At(size() - 2) == "to";
    const bool moves =
        to || std::any_of(words_.begin(), words_.end(), [](const auto& w) { return w.Is(kMotionWords); });
    question_.kinds = {"Place", "Facility"};
    question_.only_kinds = true;
    if (asks_origin) {
      question_.roles = {{"origin"}};
    } else if (moves && moves_) {
      question_.roles = {{"destination"}, {"place"}};
    } else {
      question_.roles = {{"place", "destination", "target"}, {"origin"}};
    }
  }
  if (question_.asked != Asked::kRole || !question_.roles.empty()) return;
  const bool inverted = Has({"did", "does", "do"});  // "Who did the army attack?"
  if (verb_ == SIZE_MAX && question_.types.empty()) {
    question_.asked = Asked::kEvents;
  } else if (places) {
    question_.roles = {{"place", "target", "destination", "origin"}};
    if (inverted || passive_) question_.roles.insert(question_.roles.begin(), {"place", "target"});
  } else if (first == "whom" || inverted) {
    question_.roles = {{"target", "partner"}, {"instrument"}, {"place", "destination"}};
    if (question_.kinds.contains("Materiel")) question_.roles.front().push_back("instrument");
  } else if (passive_ || subject_is_target_) {
    question_.roles = {{"target"}, {"place"}};
  } else {
    question_.roles = {{"agent"}};
  }
}

NameRole QuestionReader::RoleOfName(size_t begin, bool place) const {
  size_t before = begin;
  while (before > 0 && (At(before - 1) == "the" || At(before - 1) == "of" || words_[before - 1].upos == Upos::kAdj)) {
    --before;
  }
  const std::string_view preposition = begin > 0 && At(begin - 1) == "of" ? "of" : before > 0 ? At(before - 1) : "";
  if (question_.asked == Asked::kControl && place) return NameRole::kPlace;
  if (preposition == "to" && before > 1 && At(before - 2) == "according") return NameRole::kSource;
  if (preposition == "by") return NameRole::kAgent;
  if (place && kPlacePrepositions.contains(preposition)) return NameRole::kPlace;
  if (preposition == "on" || preposition == "against") return NameRole::kOther;
  const bool asks_agent = question_.asked == Asked::kRole && question_.roles.front().front() == "agent";
  if (verb_ != SIZE_MAX && begin > verb_) return asks_agent ? NameRole::kOther : NameRole::kAny;
  if (verb_ != SIZE_MAX && begin < verb_ && !passive_ && !subject_is_target_ && Has({"did", "has", "have", "does"})) {
    return NameRole::kAgent;
  }
  return NameRole::kAny;
}

void QuestionReader::SettleNames() {
  for (size_t n = 0; n < question_.names.size(); ++n) {
    QuestionName& name = question_.names[n];
    const auto is_place = [&](const std::string& iri) { return lexicon_.IsPlace(iri); };
    name.role = RoleOfName(positions_[n].first, std::any_of(name.iris.begin(), name.iris.end(), is_place));
    const bool actor = name.role == NameRole::kAgent || name.role == NameRole::kSource;
    const auto fits = [&](const std::string& iri) {
      return name.role == NameRole::kPlace ? is_place(iri) : !actor || !is_place(iri);
    };
    if (std::any_of(name.iris.begin(), name.iris.end(), fits)) {
      std::erase_if(name.iris, [&](const std::string& iri) { return !fits(iri); });
    }
    name.place = std::any_of(name.iris.begin(), name.iris.end(), is_place);
    AddSpellings(name);
    AddParts(name);
  }
}

void QuestionReader::AddSpellings(QuestionName& name) const {
  std::set<std::string> spellings = {name.words};
  for (const std::string& iri : name.iris) {
    for (const std::string& label : lexicon_.LabelsOf(iri)) {
      if (label.size() >= kMinSpelling) spellings.insert(label);
    }
  }
  for (const std::string& one : spellings) {
    if (name.spellings.size() < kMostSpellings) name.spellings.push_back(one);
  }
}

// The country that a government's IRI stands for, or whose body it is: "Syrian troops".
const codebook::Entry* QuestionReader::CountryOf(const std::string& iri) const {
  const size_t slash = iri.find_last_of('/');
  const auto* entry = slash == std::string::npos ? nullptr : codebook_.FindEntry("place" + iri.substr(slash));
  if (entry != nullptr && entry->place_type == codebook::PlaceType::kCountry) return entry;
  for (const std::string& label : lexicon_.LabelsOf(iri)) {
    const std::string folded = base::FoldName(label);
    const auto words = base::Split(folded, ' ');
    if (IsStateBody(words)) return codebook_.FindDemonym(words[0], true);
  }
  return nullptr;
}

// A state acts through its bodies ("Turkish Armed Forces"); a town's name stands for its governorate too, unless it is
// asked who holds it.
void QuestionReader::AddParts(QuestionName& name) const {
  std::set<std::string> parts;
  const std::string folded = base::FoldName(name.words);
  for (const std::string& iri : name.iris) {
    if (lexicon_.IsPlace(iri)) {
      for (const std::string_view word : kGovernorateWords) {
        if (question_.asked == Asked::kControl) break;
        for (const std::string& whole : lexicon_.Find(folded + " " + std::string(word))) parts.insert(whole);
      }
      continue;
    }
    const codebook::Entry* country = CountryOf(iri);
    if (country == nullptr) continue;
    lexicon_.ForEach([&](const std::string& label, const std::vector<std::string>& iris) {
      const auto words = base::Split(label, ' ');
      if (words.size() < 2 || codebook_.FindDemonym(words[0], true) != country) return;
      for (const std::string& part : iris) {
        if (IsStateBody(words) && !lexicon_.IsPlace(part)) parts.insert(part);
      }
      std::string demonym(words[0]);
      if (demonym[0] >= 'a' && demonym[0] <= 'z') demonym[0] = static_cast<char>(demonym[0] - 'a' + 'A');
      if (std::find(name.spellings.begin(), name.spellings.end(), demonym) == name.spellings.end()) {
        name.spellings.push_back(demonym);
      }
    });
  }
  for (const std::string& part : parts) {
    if (std::find(name.iris.begin(), name.iris.end(), part) == name.iris.end()) name.iris.push_back(part);
  }
}

}  // namespace sitgraph::queries
