// English inflection undone: irregular forms, then the spelling rules of regular ones.
#include "src/language/inflection.h"

#include <algorithm>
#include <iterator>

#include "base/text.h"
#include "src/language/irregular_forms.h"

namespace sitgraph::language {
namespace {

constexpr size_t kLongestWord = 40;

constexpr bool IsVowel(char c) { return c == 'a' || c == 'e' || c == 'i' || c == 'o' || c == 'u'; }

bool HasVowel(std::string_view word) {
  return std::any_of(word.begin(), word.end(), [](char c) { return IsVowel(c) || c == 'y'; });
}

bool EndsWith(std::string_view word, std::string_view end) {
  return word.size() > end.size() && word.substr(word.size() - end.size()) == end;
}

template <size_t N>
bool EndsWithAny(std::string_view word, const std::string_view (&ends)[N]) {
  return std::any_of(std::begin(ends), std::end(ends), [&](std::string_view end) { return EndsWith(word, end); });
}

// Words in -ed and -ing that are base forms, where the rules would take the ending off.
constexpr std::string_view kBaseInEd[] = {"embed", "shed",    "shred",  "wed",   "sled",
                                          "bed",   "hundred", "sacred", "naked", "seabed"};

// Whether a stem that has lost -ed or -ing had an e, by its longest ending in this table: 95 % right on the verbs of
// the English UD treebanks, from which it was made.
struct SilentE {
  std::string_view ending;
  bool had_e;
};
// Longest first.
constexpr SilentE kSilentE[] = {
    {"chang", true}, {"focus", false}, {"lleng", true}, {"treat", false}, {"bang", false}, {"clar", true},
    {"eath", true},  {"hang", false},  {"hrin", true},  {"nven", true},   {"plod", true},  {"plor", true},
    {"reat", true},  {"rven", true},   {"stor", true},  {"aid", false},   {"air", false},  {"ang", true},
    {"aul", false},  {"car", true},    {"ced", true},   {"cit", true},    {"com", true},   {"eam", false},
    {"eat", false},  {"eth", true},    {"fil", true},   {"fin", true},    {"let", true},   {"lin", true},
    {"min", true},   {"nit", true},    {"oat", false},  {"oid", false},   {"oot", false},  {"our", false},
    {"out", false},  {"par", true},    {"pil", true},   {"rad", true},    {"tak", true},   {"vad", true},
    {"vok", true},   {"al", false},    {"am", true},    {"ap", true},     {"at", true},    {"el", false},
    {"ib", true},    {"id", true},     {"ik", true},    {"il", false},    {"ir", true},    {"ng", false},
    {"ol", false},   {"ot", true},     {"rl", false},   {"ud", true},     {"um", true},    {"ur", true},
    {"ut", true},    {"wl", false},    {"c", true},     {"g", true},      {"l", true},     {"s", true},
    {"u", true},     {"v", true},      {"z", true},
};

bool HasSilentE(std::string_view stem) {
  // One short syllable would have doubled its consonant: hoped, not hopped; using.
  const size_t n = stem.size();
  const auto vowels = std::count_if(stem.begin(), stem.end(), IsVowel);
  const char last = stem.back();
  if (vowels == 1 && n >= 2 && IsVowel(stem[n - 2]) && last != 'w' && last != 'x' && last != 'y') {
    return true;
  }
  for (const SilentE& rule : kSilentE) {
    if (n >= rule.ending.size() && stem.substr(n - rule.ending.size()) == rule.ending) {
      return rule.had_e;
    }
  }
  return false;
}

class Inflector {
 public:
  Inflector(std::string_view word, std::vector<BaseForm>& out) : word_(word), out_(out) {}

  void Run() {
    for (const Upos upos : {Upos::kVerb, Upos::kNoun}) {
      TakeIrregular(upos);
      if (upos == Upos::kVerb) {
        Past();
        Ing();
      }
      S(upos);
      if (upos == Upos::kNoun || !inflected_verb_) {
        Add(std::string(word_), upos, WordForm::kBase);
      }
    }
    Add(std::string(word_), Upos::kAdj, WordForm::kBase);
  }

 private:
  void Add(std::string lemma, Upos upos, WordForm form) {
    BaseForm base{std::move(lemma), upos, form};
    if (std::find(out_.begin(), out_.end(), base) == out_.end()) {
      out_.push_back(std::move(base));
    }
  }
  void TakeIrregular(Upos upos);
  void Past();
  void Ing();
  void S(Upos upos);
  // The base spellings behind a stem that has lost -ed or -ing, the likelier first.
  void Stem(std::string_view stem, std::initializer_list<WordForm> forms);
  void AddForms(const std::string& lemma, std::initializer_list<WordForm> forms) {
    for (const WordForm form : forms) {
      Add(lemma, Upos::kVerb, form);
    }
  }

  std::string_view word_;
  std::vector<BaseForm>& out_;
  bool inflected_verb_ = false;  // a regular ending was taken off: the word itself is hardly a base form
};

void Inflector::TakeIrregular(Upos upos) {
  for (const IrregularForm& row : IrregularForms(word_)) {
    if (row.upos == upos) {
      Add(std::string(row.lemma), upos, row.kind);
    }
  }
  // grandchildren; militiamen, servicewomen
  if (upos == Upos::kNoun && EndsWith(word_, "children")) {
    Add(std::string(word_.substr(0, word_.size() - 3)), upos, WordForm::kPlural);
  }
  if (upos == Upos::kNoun && EndsWith(word_, "men")) {
    Add(std::string(word_.substr(0, word_.size() - 2)) + "an", upos, WordForm::kPlural);
  }
}

void Inflector::Stem(std::string_view stem, std::initializer_list<WordForm> forms) {
  const char last = stem.back();
  const bool doubled = stem.size() >= 3 && stem[stem.size() - 2] == last && !IsVowel(last);
  const std::string whole(stem);
  if (doubled) {
    // shelled, passed, staffed keep both letters; stopped, planned lose one, expelled and patrolled, too
    const bool longer = stem.size() > 4 && HasVowel(stem.substr(0, stem.size() - 3));
    const bool loses_l = longer && (EndsWith(stem, "troll") || (EndsWith(stem, "ell") && !EndsWith(stem, "tell")));
    const bool keeps = (last == 'l' && !loses_l) || last == 's' || last == 'f' || last == 'z';
    const std::string single(stem.substr(0, stem.size() - 1));
    AddForms(keeps ? whole : single, forms);
    AddForms(keeps ? single : whole, forms);
    return;
  }
  if (EndsWith(stem, "ick")) {  // trafficked
    AddForms(whole, forms);
    AddForms(whole.substr(0, whole.size() - 1), forms);
    return;
  }
  const bool silent_e = HasSilentE(stem);
  AddForms(silent_e ? whole + "e" : whole, forms);
  AddForms(silent_e ? whole : whole + "e", forms);
}

void Inflector::Past() {
  if (!EndsWith(word_, "ed") || word_.size() < 4 ||
      std::find(std::begin(kBaseInEd), std::end(kBaseInEd), word_) != std::end(kBaseInEd)) {
    return;
  }
  const std::string_view stem = word_.substr(0, word_.size() - 2);
  if (!HasVowel(stem)) {
    // "freed" and "agreed" have one in their stem, "bled" and "shred" none.
    return;
  }
  const std::initializer_list<WordForm> forms = {WordForm::kPast, WordForm::kPastParticiple};
  if (EndsWith(word_, "eed")) {  // freed, agreed; but bleed, exceed are bases too
    AddForms(std::string(word_.substr(0, word_.size() - 1)), forms);
    return;
  }
  inflected_verb_ = true;
  if (EndsWith(word_, "ied")) {
    const std::string y = std::string(stem.substr(0, stem.size() - 1)) + "y";
    const std::string ie = std::string(stem) + "e";
    AddForms(word_.size() <= 4 ? ie : y, forms);  // died; carried
    AddForms(word_.size() <= 4 ? y : ie, forms);
    return;
  }
  Stem(stem, forms);
}

void Inflector::Ing() {
  if (!EndsWith(word_, "ing")) {
    return;
  }
  const std::string_view stem = word_.substr(0, word_.size() - 3);
  if (!HasVowel(stem) || stem.size() < 2) {
    return;  // sing, string
  }
  inflected_verb_ = true;
  Stem(stem, {WordForm::kIng});
}

void Inflector::S(Upos upos) {
  static constexpr std::string_view kNotPlural[] = {"ss", "us", "sis"};  // but Iraqis
  if (!EndsWith(word_, "s") || word_.size() < 3 || EndsWithAny(word_, kNotPlural)) {
    return;
  }
  const WordForm form = upos == Upos::kVerb ? WordForm::kThirdSingular : WordForm::kPlural;
  inflected_verb_ = inflected_verb_ || upos == Upos::kVerb;
  const std::string strip_s(word_.substr(0, word_.size() - 1));
  if (EndsWith(word_, "ies")) {
    const std::string y = std::string(word_.substr(0, word_.size() - 3)) + "y";
    Add(word_.size() <= 4 ? strip_s : y, upos, form);  // dies; flies, casualties
    Add(word_.size() <= 4 ? y : strip_s, upos, form);
    return;
  }
  static constexpr std::string_view kAddsEs[] = {"ches", "shes", "xes", "sses", "oes", "zzes"};
  static constexpr std::string_view kMayAddEs[] = {"ses", "zes"};
  const std::string strip_es = word_.size() > 3 ? std::string(word_.substr(0, word_.size() - 2)) : std::string();
  if (EndsWithAny(word_, kAddsEs)) {
    Add(strip_es, upos, form);
    Add(strip_s, upos, form);
    return;
  }
  Add(strip_s, upos, form);
  if (EndsWithAny(word_, kMayAddEs)) {
    Add(strip_es, upos, form);
  }
}

}  // namespace

void BaseForms(std::string_view word, std::vector<BaseForm>& out) {
  out.clear();
  const bool letters =
      !word.empty() && word.size() <= kLongestWord &&
      std::all_of(word.begin(), word.end(), [](char c) { return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z'); });
  const std::string lower = base::Lower(word);
  if (!letters) {
    for (const Upos upos : {Upos::kVerb, Upos::kNoun, Upos::kAdj}) {
      out.push_back({lower, upos, WordForm::kBase});
    }
    return;
  }
  Inflector(lower, out).Run();
}

}  // namespace sitgraph::language
