// The repairs: each looks for one shape of words, and changes a tree only where it does not have that shape's tree yet.
#include "src/language/repairs.h"

#include <algorithm>
#include <array>

#include "base/text.h"

namespace sitgraph::language {
namespace {

constexpr std::array<std::string_view, 38> kRanks = {
    "adm.",    "admiral", "brig.",     "brigadier",   "capt.",     "captain", "cmdr.",      "col.",
    "colonel", "cpl.",    "gen.",      "general",     "lt.",       "lt",      "lieutenant", "maj.",
    "major",   "marshal", "sgt.",      "sergeant",    "president", "premier", "sheikh",     "dr.",
    "mr.",     "mrs.",    "ms.",       "sen.",        "rep.",      "gov.",    "ambassador", "col",
    "gen",     "maj",     "spokesman", "spokeswoman", "commander", "corporal"};
// "the General Staff" is no man named Staff.
constexpr std::array<std::string_view, 14> kOffices = {
    "staff",  "assembly",   "command",      "council",    "directorate", "secretary",    "court",
    "office", "prosecutor", "headquarters", "department", "security",    "intelligence", "administration"};
constexpr std::array<std::string_view, 19> kCalendar = {
    "monday", "tuesday", "wednesday", "thursday", "friday", "saturday",  "sunday",  "january",  "february", "march",
    "april",  "may",     "june",      "july",     "august", "september", "october", "november", "december"};

constexpr std::array<std::string_view, 14> kSpeech = {"said",  "says",      "told",      "added",   "adds",
                                                      "noted", "reported",  "announced", "stated",  "stressed",
                                                      "wrote", "explained", "claimed",   "declared"};

template <size_t N>
bool IsOneOf(std::string_view word, const std::array<std::string_view, N>& lower) {
  return std::any_of(lower.begin(), lower.end(),
                     [&](std::string_view item) { return base::EqualsIgnoringAsciiCase(word, item); });
}

bool IsCapitalised(std::string_view word) { return !word.empty() && word[0] >= 'A' && word[0] <= 'Z'; }

class Repairer {
 public:
  explicit Repairer(const SentenceTree& tree) : tree_(tree), size_(static_cast<int32_t>(tree.heads.size())) {}

  void RankedNames();
  void Counts();
  void Conjuncts();
  void CountLists();
  void Sources();
  void ReportedClauses();
  void HeadlineSource();
  void Participles();

 private:
  static size_t At(int32_t i) { return static_cast<size_t>(i); }
  int32_t head(int32_t i) const { return tree_.heads[At(i)]; }
  Deprel label(int32_t i) const { return static_cast<Deprel>(tree_.labels[At(i)]); }
  std::string_view form(int32_t i) const { return tree_.forms[At(i)]; }
  Tag tag(int32_t i) const { return tree_.tag_list[tree_.tags[At(i)]]; }
  Upos upos(int32_t i) const { return tag(i).upos; }
  bool IsRank(int32_t i) const { return i < size_ && IsCapitalised(form(i)) && IsOneOf(form(i), kRanks); }
  bool IsComma(int32_t i) const { return tag(i).xpos == Xpos::kComma || form(i) == ","; }
  bool IsNominal(int32_t i) const { return upos(i) == Upos::kNoun || upos(i) == Upos::kPropn; }
  bool IsPluralNoun(int32_t i) const { return tag(i).xpos == Xpos::kNns || tag(i).xpos == Xpos::kNnps; }

  void Attach(int32_t dependent, int32_t new_head, Deprel deprel) {
    tree_.heads[At(dependent)] = new_head;
    tree_.labels[At(dependent)] = static_cast<uint8_t>(new_head < 0 ? Deprel::kRoot : deprel);
  }
  // Whether `word` is `top` or hangs under it.
  bool IsUnder(int32_t word, int32_t top) const {
    for (; word >= 0; word = head(word)) {
      if (word == top) return true;
    }
    return false;
  }
  // Whether a dependent of `word` stands in [first, last) with this relation.
  int32_t FindDependent(int32_t word, Deprel deprel, int32_t first, int32_t last) const {
    for (int32_t i = first; i < last; ++i) {
      if (head(i) == word && label(i) == deprel) return i;
    }
    return -1;
  }
  void MakeUnit(int32_t first, int32_t name, int32_t end);
  int32_t CountedNoun(int32_t number) const;
  bool NumberFollows(int32_t i) const;
  int32_t NextInList(int32_t noun) const;
  void MakeList(std::span<const int32_t> nouns);

  const SentenceTree& tree_;
  int32_t size_;
};

// [first, name) ranks, [name, end) the name.
void Repairer::MakeUnit(int32_t first, int32_t name, int32_t end) {
  const auto inside = [&](int32_t i) { return i >= first && i < end; };
  // The way out: of the words whose head is outside, one from where the way up does not come back.
  int32_t out = -1;
  for (int32_t i = first; i < end; ++i) {
    if (inside(head(i))) continue;
    int32_t up = head(i);
    while (up >= 0 && !inside(up)) up = head(up);
    if (up >= 0) continue;
    const bool weak = label(i) == Deprel::kCompound || label(i) == Deprel::kNmodDesc || label(i) == Deprel::kFlat;
    if (out < 0 || !weak) out = i;
    if (!weak) break;
  }
  if (out < 0) return;
  Attach(name, head(out), label(out));
  for (int32_t i = first; i < end; ++i) {
    if (i == name) continue;
    Attach(i, name, form(i) == "-" ? Deprel::kPunct : i < name ? Deprel::kNmodDesc : Deprel::kFlat);
  }
  for (int32_t i = 0; i < size_; ++i) {
    if (!inside(i) && inside(head(i))) tree_.heads[At(i)] = name;
  }
}

void Repairer::RankedNames() {
  for (int32_t i = 0; i < size_; ++i) {
    if (!IsRank(i)) continue;
    const int32_t first = i;
    while (IsRank(i) || (i < size_ && form(i) == "-" && IsRank(i + 1))) ++i;  // "Colonel-General"
    const int32_t name = i;
    while (i < size_ && upos(i) == Upos::kPropn && IsCapitalised(form(i)) && !IsOneOf(form(i), kCalendar)) ++i;
    const int32_t end = i--;
    if (end == name || IsOneOf(form(name), kOffices) || IsOneOf(form(end - 1), kOffices)) continue;
    bool whole = head(name) < first || head(name) >= end;
    for (int32_t k = first; k < end; ++k) {
      whole = whole && (k == name || (head(k) == name && (k > name || label(k) != Deprel::kCompound)));
    }
    if (!whole) MakeUnit(first, name, end);
  }
}

void Repairer::Counts() {
  for (int32_t i = 0; i + 1 < size_; ++i) {
    if (upos(i) != Upos::kNum || form(i) == "1" || base::EqualsIgnoringAsciiCase(form(i), "one")) continue;
    const int32_t noun = head(i);
    if (noun <= i || label(i) != Deprel::kNummod || tag(noun).xpos != Xpos::kNn || form(i + 1) == "-") continue;
    int32_t up = noun;
    while (label(up) == Deprel::kCompound && head(up) > up && upos(head(up)) == Upos::kNoun) up = head(up);
    if (up != noun && IsPluralNoun(up)) Attach(i, up, Deprel::kNummod);
  }
}

void Repairer::Conjuncts() {
  for (int32_t c = 0; c < size_; ++c) {
    if (label(c) != Deprel::kConj) continue;
    // A conjunct in the middle has no "and" of its own; one that has it began a list within the list.
    for (int32_t b = head(c); b >= 0 && b < c && label(b) == Deprel::kConj; b = head(c)) {
      if (FindDependent(b, Deprel::kCc, head(b) + 1, b) >= 0) break;
      // "guns and mortars, two jets": the "and" does not end the list.
      if (FindDependent(c, Deprel::kCc, b, c) >= 0 && FindDependent(head(b), Deprel::kConj, c + 1, size_) >= 0) break;
      const bool clause = upos(c) == Upos::kVerb || upos(b) == Upos::kVerb;
      if (clause || upos(head(b)) != upos(b)) break;
      Attach(c, head(b), Deprel::kConj);
    }
  }
}

// The noun that is counted by `number`: the last of the nouns that follow it in a row.
int32_t Repairer::CountedNoun(int32_t number) const {
  int32_t noun = -1;
  for (int32_t i = number + 1; i < size_; ++i) {
    const bool hyphen = form(i) == "-";
    const bool compound = hyphen || form(i - 1) == "-";  // "pick-up"
    const bool participle = tag(i).xpos == Xpos::kVbg || tag(i).xpos == Xpos::kVbn;
    if (IsNominal(i)) {
      noun = i;
    } else if (!compound && !participle && upos(i) != Upos::kAdj && upos(i) != Upos::kNum) {
      break;
    } else if (participle && noun >= 0 && (i + 1 >= size_ || !IsNominal(i + 1) || IsPluralNoun(noun))) {
      break;
    }
  }
  return noun;
}

bool Repairer::NumberFollows(int32_t i) const {
  for (int32_t k = i + 1; k < std::min(i + 5, size_); ++k) {
    if (upos(k) == Upos::kNum) return true;
    if (IsNominal(k) || upos(k) == Upos::kVerb) return false;
  }
  return false;
}

// Where the next counted thing's number stands: after a comma or conjunction that follows the noun's own words ("trucks
// carrying guns", "guns and mortars").
int32_t Repairer::NextInList(int32_t noun) const {
  const auto joins = [&](int32_t i) { return upos(i) == Upos::kCconj || label(i) == Deprel::kCc; };
  const auto finite = [&](int32_t i) {
    return upos(i) == Upos::kVerb && tag(i).xpos != Xpos::kVbg && tag(i).xpos != Xpos::kVbn;
  };
  int32_t i = noun + 1;
  while (i < size_ && !IsComma(i) && !(joins(i) && NumberFollows(i)) && !finite(i) && IsUnder(i, noun)) ++i;
  const int32_t separator = i;
  const auto between = [&](int32_t k) {
    return IsComma(k) || joins(k) || label(k) == Deprel::kFixed || upos(k) == Upos::kAdv;
  };
  while (i < size_ && i < separator + 5 && between(i)) ++i;
  if (i == separator || i >= size_ || upos(i) != Upos::kNum) return -1;
  return i;
}

void Repairer::MakeList(std::span<const int32_t> nouns) {
  const int32_t first = nouns[0];
  const auto inside = [&](int32_t i) { return std::find(nouns.begin(), nouns.end(), i) != nouns.end(); };
  // The way out of the list, from where the way up does not come back into it.
  int32_t out = -1;
  for (const int32_t noun : nouns) {
    int32_t up = head(noun);
    while (up >= 0 && !inside(up)) up = head(up);
    if (up < 0 && (out < 0 || label(out) == Deprel::kConj)) out = noun;
  }
  if (out < 0) return;
  // A list that hangs in several places may be no list.
  for (const int32_t noun : nouns) {
    if (noun != out && !IsUnder(noun, out) && head(noun) != head(out)) return;
  }
  Attach(first, head(out), label(out));
  for (const int32_t noun : nouns.subspan(1)) {
    Attach(noun, first, Deprel::kConj);
    // Commas and conjunctions before it are its own.
    for (int32_t i = noun - 1; i > first && !IsNominal(i); --i) {
      if (IsComma(i)) Attach(i, noun, Deprel::kPunct);
      if (upos(i) == Upos::kCconj) Attach(i, noun, Deprel::kCc);
    }
  }
}

void Repairer::CountLists() {
  std::array<int32_t, 64> nouns;
  for (int32_t i = 0; i + 1 < size_; ++i) {
    if (upos(i) != Upos::kNum) continue;
    size_t count = 0;
    bool apart = false;
    int32_t number = i;
    while (number >= 0 && count < nouns.size()) {
      const int32_t noun = CountedNoun(number);
      if (noun < 0 || !IsUnder(number, noun)) break;
      apart = apart || (count > 0 && (head(noun) != nouns[0] || label(noun) != Deprel::kConj));
      nouns[count++] = noun;
      number = NextInList(noun);
    }
    if (count == 0) continue;
    if (count >= 3 && apart) MakeList(std::span<const int32_t>(nouns.data(), count));
    i = nouns[count - 1];
  }
}

void Repairer::Sources() {
  for (int32_t i = 0; i + 1 < size_; ++i) {
    if (!base::EqualsIgnoringAsciiCase(form(i), "according") || label(i) != Deprel::kCase) continue;
    const int32_t source = head(i);
    const int32_t verb = source < 0 ? -1 : head(source);
    if (source < i || verb < source || FindDependent(verb, Deprel::kNsubj, 0, size_) >= 0 ||
        FindDependent(verb, Deprel::kNsubjPass, 0, size_) >= 0) {
      continue;
    }
    const int32_t subject = FindDependent(source, Deprel::kConj, source + 1, verb);
    if (subject < 0) continue;
    // Only a comma may lie between the source and what was taken for its conjunct.
    if (FindDependent(subject, Deprel::kCc, source + 1, subject) >= 0) continue;
    const bool passive = FindDependent(verb, Deprel::kAuxPass, subject, verb) >= 0;
    Attach(subject, verb, passive ? Deprel::kNsubjPass : Deprel::kNsubj);
    for (int32_t k = subject + 1; k < verb; ++k) {
      if (head(k) == source && label(k) == Deprel::kConj) Attach(k, subject, Deprel::kConj);
    }
    for (int32_t k = source + 1; k < subject; ++k) {
      if (IsComma(k) && head(k) == subject) Attach(k, verb, Deprel::kPunct);
    }
  }
}

void Repairer::ReportedClauses() {
  for (int32_t verb = 2; verb < size_; ++verb) {
    if (upos(verb) != Upos::kVerb || !IsOneOf(form(verb), kSpeech)) continue;
    for (int32_t clause = 0; clause < verb; ++clause) {
      if (head(clause) != verb || label(clause) != Deprel::kAdvcl) continue;
      const auto has = [&](Deprel deprel) { return FindDependent(clause, deprel, 0, clause) >= 0; };
      if (has(Deprel::kMark) || (!has(Deprel::kNsubj) && !has(Deprel::kNsubjPass))) continue;
      const bool by_adverb = FindDependent(clause, Deprel::kAdvmod, 0, clause) >= 0 &&
                             tag(FindDependent(clause, Deprel::kAdvmod, 0, clause)).xpos == Xpos::kWrb;
      if (!by_adverb && FindDependent(verb, Deprel::kNsubj, clause + 1, size_) >= 0) {
        Attach(clause, verb, Deprel::kCcomp);
      }
    }
  }
}

void Repairer::HeadlineSource() {
  if (size_ < 5 || upos(size_ - 1) == Upos::kPunct) return;
  int32_t dash = size_ - 2;
  while (dash > size_ - 5 && upos(dash) == Upos::kPropn) --dash;
  if (form(dash) != "\u2013" && form(dash) != "\u2014" && form(dash) != "-" && form(dash) != "--") return;
  if (upos(size_ - 1) != Upos::kPropn || dash < 2) return;
  // The name's own head, and no word before the dash under it.
  int32_t name = -1;
  for (int32_t i = dash + 1; i < size_; ++i) {
    if (head(i) <= dash) name = name < 0 ? i : -2;
  }
  if (name < 0 || head(name) < 0) return;
  for (int32_t i = 0; i < dash; ++i) {
    if (head(i) > dash) return;
  }
  const auto root = std::find(tree_.heads.begin(), tree_.heads.end(), -1) - tree_.heads.begin();
  Attach(name, static_cast<int32_t>(root), Deprel::kParataxis);
  Attach(dash, name, Deprel::kPunct);
}

void Repairer::Participles() {
  const auto participle = std::find(tree_.tag_list.begin(), tree_.tag_list.end(), Tag{Upos::kVerb, Xpos::kVbn});
  if (participle == tree_.tag_list.end()) return;
  for (int32_t i = 0; i < size_; ++i) {
    if (tag(i) != Tag{Upos::kVerb, Xpos::kVbd}) continue;
    if (label(i) != Deprel::kAcl && label(i) != Deprel::kAmod && label(i) != Deprel::kXcomp) continue;
    if (FindDependent(i, Deprel::kNsubj, 0, size_) >= 0) continue;
    tree_.tags[At(i)] = static_cast<TagId>(participle - tree_.tag_list.begin());
  }
}

}  // namespace

void RepairTree(const SentenceTree& tree) {
  Repairer repairer(tree);
  repairer.RankedNames();
  repairer.Counts();
  repairer.Conjuncts();
  repairer.CountLists();
  repairer.Conjuncts();  // lists that were found may hang in lists
  repairer.Sources();
  repairer.ReportedClauses();
  repairer.HeadlineSource();
  repairer.Participles();
}

}  // namespace sitgraph::language
