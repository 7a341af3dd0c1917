// Words out of tokens, and a guess at the class of each: closed-class words first, then the codebook's words, then what
// the neighbours allow.
#include <algorithm>

#include "src/extract/kinds.h"
#include "src/extract/language_facts.h"
#include "src/extract/sentence.h"
#include "src/language/tagset.h"

namespace sitgraph::extract {
namespace {

using codebook::Cue;
using codebook::TriggerPart;
using language::Document;
using language::TokenIndex;
using language::TokenKind;

constexpr size_t kMaxNameTokens = 12;

bool IsUpperAscii(char c) { return c >= 'A' && c <= 'Z'; }

bool StartsUpper(std::string_view text) {
  if (text.empty()) return false;
  if (static_cast<unsigned char>(text[0]) < 0x80) return IsUpperAscii(text[0]);
  size_t offset = 0;
  const char32_t first = base::NextCodePoint(text, offset);
  std::string lowered = base::Lower(text.substr(0, offset));
  std::string same;
  base::AppendUtf8(same, first);
  return lowered != same;
}

// "al-Rastan", "el-Bab": a name though it starts in lower case.
bool IsArticleName(std::string_view text) {
  const size_t hyphen = text.find('-');
  return hyphen != std::string_view::npos && hyphen >= 2 && hyphen <= 4 && hyphen + 1 < text.size() &&
         StartsUpper(text.substr(hyphen + 1)) && text[0] >= 'a' && text[0] <= 'z';
}

bool IsHyphen(std::string_view text) { return text == "-" || text == "‑" || text == "‐"; }

WordClass PunctuationClass(std::string_view text) {
  if (text == ",") return WordClass::kComma;
  if (OneOf(text, {":", ";", "–", "—", "--", "-", "|", "…", "..."})) return WordClass::kColon;
  if (OneOf(text, {"(", "[", "{"})) return WordClass::kOpen;
  if (OneOf(text, {")", "]", "}"})) return WordClass::kClose;
  if (OneOf(text, {"\"", "“", "”", "«", "»", "‘", "’", "'", "``", "''", "„"})) return WordClass::kQuote;
  if (OneOf(text, {".", "!", "?"})) return WordClass::kStop;
  return WordClass::kOther;
}

class SentenceReader {
 public:
  SentenceReader(const Document& document, const language::Sentence& source, const SentenceFacts& facts,
                 const codebook::Codebook& codebook)
      : document_(document), source_(source), facts_(facts), codebook_(codebook), triggers_(codebook.triggers()) {}

  Sentence Read() {
    sentence_.span = source_.span;
    sentence_.caseless = facts_.caseless;
    BuildWords();
    MarkTitleCase();
    for (size_t i = 0; i < words().size(); ++i) Describe(i);
    for (size_t i = 0; i < words().size(); ++i) {
      Classify(i);
      if (!document_.analyses.empty()) Correct(i);
    }
    for (size_t i = 0; i < words().size(); ++i) Repair(i);
    EnsureVerb();
    return std::move(sentence_);
  }

 private:
  std::vector<Word>& words() { return sentence_.words; }
  const std::vector<Word>& words() const { return sentence_.words; }
  std::string_view Text(TokenIndex i) const { return document_.Text(i); }

  // The tokens from `i` on that are written together with hyphens, as a token count.
  TokenIndex HyphenatedEnd(TokenIndex i) const {
    TokenIndex end = i + 1;
    while (end + 1 < source_.end && IsHyphen(Text(end)) && !document_.tokens[end - 1].space_after &&
           !document_.tokens[end].space_after && document_.tokens[end + 1].kind != TokenKind::kPunctuation) {
      end += 2;
    }
    return end;
  }

  bool MayStartName(TokenIndex i) const {
    const std::string_view text = Text(i);
    return StartsUpper(text) || IsArticleName(text) ||
           (OneOf(base::Lower(text), {"al", "el", "ar", "as", "ash", "an", "ad", "az"}) && i + 2 < source_.end &&
            IsHyphen(Text(i + 1)) && StartsUpper(Text(i + 2)));
  }

  // In a text without capitals: what the tagger does not take for another class.
  bool MayStartCaselessName(TokenIndex i) const {
    using language::Upos;
    if (document_.tokens[i].kind != TokenKind::kWord || ClosedClass(Text(i)) != WordClass::kNominal) return false;
    if (document_.analyses.empty()) return Text(i).size() > 3;
    const Upos upos = document_.analyses[i].upos;
    return upos == Upos::kPropn || upos == Upos::kNoun || upos == Upos::kAdj || upos == Upos::kX;
  }

  // The codebook's name that starts at token i and ends where a word ends.
  std::optional<codebook::NameMatch> MatchName(TokenIndex i) const {
    if (facts_.caseless ? !MayStartCaselessName(i) : !MayStartName(i)) return std::nullopt;
    std::vector<std::string_view> tokens;
    for (TokenIndex t = i; t < source_.end && tokens.size() < kMaxNameTokens; ++t) tokens.push_back(Text(t));
    auto match = codebook_.MatchName(tokens, facts_.caseless);
    if (!match || match->tokens == 0) return std::nullopt;
    const auto end = static_cast<TokenIndex>(i + match->tokens);
    const bool goes_on = end < source_.end && IsHyphen(Text(end)) && !document_.tokens[end - 1].space_after &&
                         !document_.tokens[end].space_after;
    if (goes_on) return std::nullopt;
    return match;
  }

  // "Syrias", "Bashar al-Assads" in text that lost its apostrophes.
  std::optional<codebook::NameMatch> MatchGenitive(TokenIndex i) const {
    constexpr size_t kMaxTokens = 5;
    std::vector<std::string_view> tokens;
    for (TokenIndex t = i; t < source_.end && tokens.size() < kMaxTokens; ++t) {
      const std::string_view text = Text(t);
      if (t == i && !StartsUpper(text)) return std::nullopt;
      const bool genitive = text.size() >= 5 && text.back() == 's' && StartsUpper(text);
      const std::string_view stem = genitive ? text.substr(0, text.size() - 1) : text;
      if (genitive && codebook_.FindDemonym(text) == nullptr && codebook_.FindDemonym(stem) == nullptr) {
        tokens.push_back(stem);
        const auto match = codebook_.MatchName(tokens);
        if (match && match->tokens == tokens.size()) return match;
        tokens.pop_back();
      }
      tokens.push_back(text);
    }
    return std::nullopt;
  }

  void AddWord(TokenIndex first, TokenIndex last) {
    Word word;
    word.first = first;
    word.last = last;
    word.span = {document_.tokens[first].span.begin, document_.tokens[last - 1].span.end};
    const std::string_view text = word.span.In(document_.text);
    word.lower = base::Lower(text);
    if (word.lower == "’s" || word.lower == "ʼs") word.lower = "'s";
    if (word.lower == "n’t") word.lower = "n't";
    word.capital = StartsUpper(text) || IsArticleName(text);
    if (facts_.caseless && !document_.analyses.empty() && document_.analyses[first].upos == language::Upos::kPropn) {
      word.capital = true;
    }
    word.number = facts_.NumberAt(first);
    word.time = facts_.TimeAt(first);
    words().push_back(std::move(word));
  }

  void BuildWords() {
    for (TokenIndex i = source_.begin; i < source_.end;) {
      // "three-year", "12-strong": an adjective, no number of its own.
      const TokenIndex compound = HyphenatedEnd(i);
      if (facts_.NumberAt(i) >= 0 && compound > i + 1 && facts_.NumberAt(compound - 1) != facts_.NumberAt(i) &&
          facts_.TimeAt(i) < 0 && document_.tokens[compound - 1].kind == TokenKind::kWord) {
        AddWord(i, compound);
        words().back().number = -1;
        i = compound;
        continue;
      }
      if (facts_.TimeAt(i) >= 0 || facts_.NumberAt(i) >= 0) {
        AddWord(i, i + 1);
        ++i;
        continue;
      }
      if (const int32_t place = facts_.PlaceAt(i); place >= 0) {
        const PlaceFact& fact = facts_.places[static_cast<size_t>(place)];
        AddWord(i, fact.last);
        words().back().entries = fact.entries;
        words().back().capital = true;
        i = fact.last;
        continue;
      }
      if (auto match = MatchName(i)) {
        AddWord(i, static_cast<TokenIndex>(i + match->tokens));
        words().back().entries = std::move(match->entries);
        if (facts_.caseless) words().back().capital = true;
        i += static_cast<TokenIndex>(match->tokens);
        continue;
      }
      TokenIndex end = HyphenatedEnd(i);
      for (TokenIndex t = i + 1; t < end; ++t) {
        if (facts_.TimeAt(t) >= 0) end = i + 1;
      }
      auto genitive = end == i + 1 ? MatchGenitive(i) : std::nullopt;
      if (genitive) end = static_cast<TokenIndex>(i + genitive->tokens);
      AddWord(i, end);
      if (genitive) {
        words().back().entries = std::move(genitive->entries);
        words().back().genitive = true;
      }
      i = end;
    }
  }

  void MarkTitleCase() {
    size_t capitals = 0;
    size_t all = 0;
    for (const Word& word : words()) {
      if (word.lower.size() < 4 || document_.tokens[word.first].kind != TokenKind::kWord) continue;
      ++all;
      capitals += word.capital ? 1 : 0;
    }
    sentence_.title_case = all >= 4 && capitals * 10 >= all * 7;
  }

  bool KnownVerb(std::string_view base) const {
    if (!triggers_.Find(TriggerPart::kVerb, base).empty()) return true;
    const codebook::CueSet cues = triggers_.Cues(base);
    return cues.Has(Cue::kVerb) || cues.Has(Cue::kSaying) || cues.Has(Cue::kLight) || cues.Has(Cue::kControl) ||
           cues.Has(Cue::kReceiving);
  }
  bool KnownNoun(const Word& word) const {
    return !triggers_.Find(TriggerPart::kNoun, word.noun).empty() || codebook_.FindNoun(word.noun) != nullptr;
  }

  // Base forms, out of the word alone.
  void Describe(size_t i) {
    Word& word = words()[i];
    const std::vector<NounReading> nouns = ReadNoun(word.lower);
    NounReading noun = nouns.front();
    for (const NounReading& reading : nouns) {
      if (codebook_.FindNoun(reading.base) != nullptr || !triggers_.Find(TriggerPart::kNoun, reading.base).empty()) {
        noun = reading;
        break;
      }
    }
    word.noun = noun.base;
    word.plural = noun.plural;
    const auto readings = ReadVerb(word.lower);
    for (const VerbReading& reading : readings) {
      if (!KnownVerb(reading.base)) continue;
      word.verb = reading.base;
      word.form = reading.form;
      break;
    }
    // An -ed or -ing form of a verb that nobody lists is still a verb.
    if (word.verb.empty() && !readings.empty() &&
        (readings[0].form == VerbForm::kParticiple || readings[0].form == VerbForm::kGerund) && word.lower.size() > 4) {
      word.verb = readings[0].base;
      word.form = readings[0].form;
    }
    // "the countrys north" in text that lost its apostrophes: the plural would be "countries".
    if (word.lower.size() > 4 && word.lower.ends_with("ys") && noun.base + "s" == word.lower &&
        !OneOf(word.lower.substr(word.lower.size() - 3, 1), {"a", "e", "o", "u"})) {
      word.genitive = true;
      word.plural = false;
    }
    word.cues = triggers_.Cues(word.lower);
    word.cues.Add(triggers_.Cues(word.verb));
  }

  bool IsNominalLike(const Word& word) const { return word.cls == WordClass::kNominal || word.cls == WordClass::kName; }

  void Classify(size_t i) {
    Word& word = words()[i];
    const language::Token& token = document_.tokens[word.first];
    if (word.time >= 0) {
      word.cls = WordClass::kTime;
      return;
    }
    if (word.number >= 0) {
      word.cls = WordClass::kNumber;
      return;
    }
    if (!word.entries.empty()) {
      word.cls = WordClass::kName;
      return;
    }
    if (word.lower == "'s" || IsPluralGenitive(i)) {
      word.cls = WordClass::kPossessive;
      return;
    }
    if (token.kind == TokenKind::kPunctuation || token.kind == TokenKind::kSymbol ||
        PunctuationClass(word.span.In(document_.text)) == WordClass::kQuote) {
      word.cls = PunctuationClass(word.span.In(document_.text));
      return;
    }
    if (ReadFixedPhrase(i)) return;
    if (token.kind == TokenKind::kNumber) {
      word.cls = WordClass::kNumber;
      return;
    }
    // "fighters loyal to the general": no head of the phrase.
    if (i > 0 && i + 1 < words().size() && words()[i - 1].cls == WordClass::kNominal && words()[i + 1].lower == "to" &&
        OneOf(word.lower, {"loyal", "allied", "close", "faithful", "opposed", "sympathetic", "affiliated", "linked",
                           "subordinate"})) {
      word.cls = WordClass::kAdverb;
      return;
    }
    const WordClass closed = ClosedClass(word.lower);
    if (IsHyphenatedParticiple(i)) {
      word.cls = WordClass::kNominal;
      return;
    }
    const bool inner_capital = word.capital && i > 0 && !sentence_.title_case &&
                               words()[i - 1].cls != WordClass::kQuote && words()[i - 1].cls != WordClass::kColon;
    // "Daesh first seized"
    if (word.lower == "first" && i + 1 < words().size() && !words()[i + 1].verb.empty() &&
        words()[i + 1].form == VerbForm::kParticiple && i > 0 && IsNominalLike(words()[i - 1])) {
      word.cls = WordClass::kAdverb;
      return;
    }
    if (closed != WordClass::kNominal) {
      word.cls = ClassifyClosed(i, closed);
      return;
    }
    if (word.lower == "to") {
      word.cls = ClassifyTo(i);
      return;
    }
    if (inner_capital) {
      word.cls = WordClass::kName;
      return;
    }
    if (word.capital && !sentence_.title_case && word.verb.empty() && !KnownNoun(word) && !word.lower.ends_with("ly")) {
      word.cls = WordClass::kName;
      return;
    }
    if (sentence_.title_case && word.capital && word.verb.empty() && !KnownNoun(word)) {
      word.cls = WordClass::kName;
      return;
    }
    if (word.lower.ends_with("ly") && word.lower.size() > 4 && !KnownNoun(word) &&
        !OneOf(word.lower,
               {"family", "supply", "assembly", "ally", "rally", "anomaly", "early", "elderly", "deadly"})) {
      word.cls = WordClass::kAdverb;
      return;
    }
    word.cls = word.verb.empty() ? WordClass::kNominal : ClassifyVerbOrNoun(i);
  }

  // What the tagger knows better than the neighbours tell: nouns and adjectives from verbs.
  void Correct(size_t i) {
    using language::Deprel;
    using language::Upos;
    Word& word = words()[i];
    if (word.last != word.first + 1 || sentence_.title_case) return;
    const language::Analysis& analysis = document_.analyses[word.first];
    // "Photographs of ...": a sentence's first word that looks like a name of one word, and is none to the tagger.
    const bool capital_of_sentence = word.cls == WordClass::kName && word.entries.empty() && i == 0;
    if (capital_of_sentence && analysis.upos == Upos::kNoun && (At(1) == nullptr || !At(1)->capital)) {
      word.cls = WordClass::kNominal;
      return;
    }
    const Deprel rel = language::DeprelOf(analysis);
    const bool attributive = rel == Deprel::kAmod || rel == Deprel::kCompound;
    if (word.cls == WordClass::kVerb) {
      const bool noun = analysis.upos == Upos::kNoun || analysis.upos == Upos::kPropn || analysis.upos == Upos::kAdj;
      const Word* next = At(i + 1);
      // "abducted 110 girls", "bombing hospitals": no attribute has a number or article behind it.
      const WordClass closed = next == nullptr ? WordClass::kStop : ClosedClass(next->lower);
      // "by retreating militants"
      const bool qualifies =
          rel == Deprel::kAmod && analysis.head == static_cast<int32_t>(word.last) && !BehindNoun(word.first);
      const bool takes_object =
          next != nullptr &&
          ((word.form == VerbForm::kGerund && !qualifies && StartsNounPhrase(*next) && !IsFinite(i + 1)) ||
           next->number >= 0 || closed == WordClass::kDeterminer || closed == WordClass::kPossessive);
      if (takes_object || ActsAsVerb(word.first)) return;
      if (noun || (attributive && analysis.upos == Upos::kVerb && !BehindNoun(word.first))) {
        word.cls = word.capital && i > 0 ? WordClass::kName : WordClass::kNominal;
      }
    } else if (word.cls == WordClass::kNominal && analysis.upos == Upos::kVerb && !attributive && !KnownNoun(word)) {
      const VerbForm guessed = word.form;
      word.cls = TreeVerb(word, analysis, language::XposOf(analysis));
      if (guessed != VerbForm::kNone) {
        word.form = guessed;
      } else if (word.form == VerbForm::kPast) {
        word.form = VerbForm::kParticiple;
      }
    }
  }
  // Whether the parser gives the token what only verbs have.
  bool ActsAsVerb(TokenIndex t) const {
    using language::Deprel;
    constexpr TokenIndex kNear = 12;
    const TokenIndex begin = t - std::min(t - source_.begin, kNear);
    const TokenIndex end = std::min(source_.end, t + kNear);
    for (TokenIndex child = begin; child < end; ++child) {
      if (document_.analyses[child].head != static_cast<int32_t>(t)) continue;
      switch (language::DeprelOf(document_.analyses[child])) {
        case Deprel::kNsubj:
        case Deprel::kNsubjPass:
        case Deprel::kObj:
        case Deprel::kAux:
        case Deprel::kAuxPass:
        case Deprel::kCompoundPrt:
          return true;
        default:
          break;
      }
    }
    return false;
  }

  // "strikes targeted areas" against "the last armed groups".
  bool BehindNoun(TokenIndex t) const {
    using language::Upos;
    if (t == source_.begin) return false;
    const Upos before = document_.analyses[t - 1].upos;
    return before == Upos::kNoun || before == Upos::kPropn || before == Upos::kPron;
  }

  WordClass TreeVerb(Word& word, const language::Analysis& analysis, language::Xpos tag) const {
    using language::Xpos;
    const std::string lemma = base::Lower(analysis.lemma);
    if (!lemma.empty() && (word.verb.empty() || KnownVerb(lemma) || !KnownVerb(word.verb))) {
      word.verb = lemma;
      word.cues = triggers_.Cues(word.lower);
      word.cues.Add(triggers_.Cues(word.verb));
    }
    word.form = tag == Xpos::kVbz   ? VerbForm::kThird
                : tag == Xpos::kVbd ? VerbForm::kPast
                : tag == Xpos::kVbn ? VerbForm::kParticiple
                : tag == Xpos::kVbg ? VerbForm::kGerund
                                    : VerbForm::kBase;
    return WordClass::kVerb;
  }

  // "Daesh-held", "US-backed": an adjective, whatever the name in it.
  bool IsHyphenatedParticiple(size_t i) const {
    const std::string_view written = words()[i].span.In(document_.text);
    const size_t hyphen = written.rfind('-');
    if (hyphen == std::string_view::npos || hyphen == 0 || hyphen + 3 >= written.size()) return false;
    const std::string_view tail = written.substr(hyphen + 1);
    if (StartsUpper(tail)) return false;
    for (const VerbReading& reading : ReadVerb(base::Lower(tail))) {
      if (KnownVerb(reading.base) && (reading.form == VerbForm::kParticiple || reading.form == VerbForm::kGerund))
        return true;
    }
    if (tail.size() > 4 && tail.ends_with("ed")) return true;  // "al-Qaeda-linked"
    return false;
  }

  // "troops' offensive": an apostrophe right behind an s and before a word.
  bool IsPluralGenitive(size_t i) const {
    const Word& word = words()[i];
    if (i == 0 || (word.lower != "'" && word.lower != "’")) return false;
    const Word& previous = words()[i - 1];
    return !document_.tokens[previous.last - 1].space_after && previous.lower.ends_with('s') &&
           document_.tokens[word.last - 1].space_after;
  }

  // "as well as" joins phrases, "according to" is a preposition.
  bool ReadFixedPhrase(size_t i) {
    Word& word = words()[i];
    const auto lower_at = [&](size_t k) {
      return k < words().size() ? std::string_view(words()[k].lower) : std::string_view();
    };
    if (word.lower == "according" && lower_at(i + 1) == "to") {
      word.cls = WordClass::kPreposition;
      return true;
    }
    // "in all 13,407 fighters left"
    const auto number_at = [&](size_t k) { return k < words().size() && words()[k].number >= 0; };
    if ((word.lower == "in" && lower_at(i + 1) == "all" && (number_at(i + 2) || lower_at(i + 2) == ",")) ||
        (i > 0 && lower_at(i - 1) == "in" && word.lower == "all" && (number_at(i + 1) || lower_at(i + 1) == ","))) {
      word.cls = WordClass::kAdverb;
      return true;
    }
    if ((word.lower == "in" && lower_at(i + 1) == "order" && lower_at(i + 2) == "to") ||
        (i > 0 && lower_at(i - 1) == "in" && word.lower == "order" && lower_at(i + 1) == "to")) {
      word.cls = WordClass::kAdverb;
      return true;
    }
    const bool as_well_as = (word.lower == "as" && lower_at(i + 1) == "well" && lower_at(i + 2) == "as") ||
                            (i > 0 && lower_at(i - 1) == "as" && word.lower == "well" && lower_at(i + 1) == "as") ||
                            (i > 1 && lower_at(i - 2) == "as" && lower_at(i - 1) == "well" && word.lower == "as");
    if (as_well_as) word.cls = WordClass::kConjunction;
    return as_well_as;
  }

  WordClass ClassifyTo(size_t i) const {
    const Word* next = At(i + 1);
    if (next != nullptr && next->lower.ends_with("ly")) next = At(i + 2);
    if (next == nullptr || next->capital || next->form != VerbForm::kBase) {
      return next != nullptr && OneOf(next->lower, {"be", "have", "do", "not"}) ? WordClass::kTo
                                                                                : WordClass::kPreposition;
    }
    // "to attack the town", but "to aid workers".
    return WordClass::kTo;
  }

  WordClass ClassifyClosed(size_t i, WordClass closed) const {
    const Word& word = words()[i];
    const Word* next = At(i + 1);
    if (word.lower == "that") {
      // After a verb or noun and before a clause: a subordinator or relative; else a determiner.
      const Word* previous = i > 0 ? &words()[i - 1] : nullptr;
      if (previous == nullptr) return WordClass::kDeterminer;
      if (next != nullptr && !next->verb.empty() && next->form != VerbForm::kGerund) return WordClass::kRelative;
      if (next != nullptr &&
          (ClosedClass(next->lower) == WordClass::kAuxiliary || ClosedClass(next->lower) == WordClass::kModal)) {
        return WordClass::kRelative;
      }
      return previous->cls == WordClass::kPreposition ? WordClass::kDeterminer : WordClass::kSubordinator;
    }
    if (word.lower == "following" && i > 0 && words()[i - 1].cls == WordClass::kDeterminer) return WordClass::kNominal;
    if (word.lower == "her") return next != nullptr && IsOpenWord(*next) ? WordClass::kPossessive : WordClass::kPronoun;
    if (closed == WordClass::kPreposition || closed == WordClass::kSubordinator) {
      if (OneOf(word.lower, {"after", "before", "since", "until", "till", "as"})) {
        return ClauseFollows(i + 1) ? WordClass::kSubordinator : WordClass::kPreposition;
      }
      if (word.lower == "including") return WordClass::kPreposition;
    }
    if (word.lower == "home" && next != nullptr && IsOpenWord(*next) && !next->lower.ends_with("ly"))
      return WordClass::kNominal;
    if (word.lower == "may" && word.capital && i > 0) return WordClass::kName;
    return closed;
  }

  bool IsOpenWord(const Word& word) const {
    return ClosedClass(word.lower) == WordClass::kNominal && document_.tokens[word.first].kind == TokenKind::kWord;
  }

  // Whether a finite verb stands among the next words before a comma or stop.
  bool ClauseFollows(size_t begin) const {
    for (size_t k = begin; k < words().size() && k < begin + 12; ++k) {
      const Word& word = words()[k];
      const std::string_view text = word.span.In(document_.text);
      if (PunctuationClass(text) != WordClass::kOther) return false;
      const WordClass closed = ClosedClass(word.lower);
      if (closed == WordClass::kAuxiliary || closed == WordClass::kModal) return true;
      if (!word.verb.empty() && !word.capital && k > begin &&
          (word.form == VerbForm::kPast || word.form == VerbForm::kParticiple || word.form == VerbForm::kThird)) {
        const WordClass before =
            words()[k - 1].cls == WordClass::kNominal ? ClosedClass(words()[k - 1].lower) : words()[k - 1].cls;
        if (before != WordClass::kDeterminer && before != WordClass::kPossessive && !KnownNoun(word)) return true;
      }
    }
    return false;
  }

  const Word* At(size_t i) const { return i < sentence_.words.size() ? &sentence_.words[i] : nullptr; }

  // The word before `i`, adverbs left out.
  const Word* Before(size_t i) const {
    while (i-- > 0) {
      const Word& word = sentence_.words[i];
      if (word.cls != WordClass::kAdverb && word.cls != WordClass::kNegation) return &word;
    }
    return nullptr;
  }

  bool StartsNounPhrase(const Word& word) const {
    if (word.number >= 0 || word.capital || !word.entries.empty()) return true;
    const WordClass closed = ClosedClass(word.lower);
    return closed == WordClass::kDeterminer || closed == WordClass::kPossessive || closed == WordClass::kPronoun ||
           (closed == WordClass::kNominal && document_.tokens[word.first].kind == TokenKind::kWord && word.time < 0 &&
            !word.lower.ends_with("ly"));
  }

  WordClass ClassifyVerbOrNoun(size_t i) const {
    const Word& word = words()[i];
    const Word* previous = Before(i);
    const Word* next = At(i + 1);
    const WordClass before = previous == nullptr ? WordClass::kStop : previous->cls;
    const bool noun_too = KnownNoun(word);
    if (before == WordClass::kTo) return word.form == VerbForm::kBase ? WordClass::kVerb : WordClass::kNominal;
    if (before == WordClass::kModal) return WordClass::kVerb;
    if (before == WordClass::kAuxiliary) {
      if (word.form == VerbForm::kParticiple || word.form == VerbForm::kGerund || word.form == VerbForm::kPast) {
        return WordClass::kVerb;
      }
      if (OneOf(previous->lower, {"do", "does", "did", "didn't"}) || previous->lower.ends_with("nt")) {
        return WordClass::kVerb;
      }
      return WordClass::kNominal;
    }
    if (before == WordClass::kRelative || before == WordClass::kPronoun) {
      return word.form == VerbForm::kGerund && before == WordClass::kPronoun && noun_too ? WordClass::kNominal
                                                                                         : WordClass::kVerb;
    }
    const bool bound = before == WordClass::kDeterminer || before == WordClass::kPossessive;
    const bool noun_follows = next != nullptr && next->number < 0 && next->time < 0 &&
                              ClosedClass(next->lower) == WordClass::kNominal &&
                              document_.tokens[next->first].kind == TokenKind::kWord && !next->lower.ends_with("ly");
    switch (word.form) {
      case VerbForm::kParticiple:
        if (bound) return noun_follows || noun_too ? WordClass::kNominal : WordClass::kVerb;
        if (noun_too && before == WordClass::kPreposition) return WordClass::kNominal;
        // "of surrendered arms", "12 improvised launchers", "by armed men"
        if ((before == WordClass::kPreposition || before == WordClass::kNumber || before == WordClass::kConjunction ||
             before == WordClass::kComma || before == WordClass::kStop || before == WordClass::kVerb ||
             before == WordClass::kQuote || IsAdjective(previous)) &&
            noun_follows && (next->verb.empty() || KnownNoun(*next)) &&
            (!next->capital || before == WordClass::kNumber)) {
          return WordClass::kNominal;
        }
        return WordClass::kVerb;
      case VerbForm::kPast:
        return bound ? WordClass::kNominal : WordClass::kVerb;
      case VerbForm::kGerund:
        if (bound) return WordClass::kNominal;
        if (before == WordClass::kNumber) return WordClass::kNominal;
        if (previous != nullptr && EndsCompoundTrigger(*previous, word)) return WordClass::kNominal;
        if (next != nullptr && EndsCompoundTrigger(word, *next)) return WordClass::kNominal;  // "shelling attacks"
        if (noun_too) {
          // "shelling of", "of bombing in"; but "bombing the town", "a strike killing 12", "began shelling towns"
          // "burning down houses"
          const Word* after = At(i + 2);
          const bool particle = next != nullptr && OneOf(next->lower, {"up", "down", "off", "out"}) &&
                                after != nullptr && StartsNounPhrase(*after);
          if (particle) return WordClass::kVerb;
          const bool object = next != nullptr && StartsNounPhrase(*next) &&
                              (next->number >= 0 || ClosedClass(next->lower) != WordClass::kPreposition);
          const bool marked = object && (next->number >= 0 || ClosedClass(next->lower) == WordClass::kDeterminer ||
                                         ClosedClass(next->lower) == WordClass::kPossessive);
          const codebook::Noun* actor = previous != nullptr ? codebook_.FindNoun(previous->noun) : nullptr;
          if (object && !next->entries.empty() && actor != nullptr && actor->kind == codebook::EntityKind::kForce) {
            return WordClass::kVerb;  // "the coalition fighting Daesh"
          }
          const bool quote = next != nullptr && PunctuationClass(next->span.In(document_.text)) == WordClass::kQuote;
          if (marked || (quote && before == WordClass::kNominal)) return WordClass::kVerb;
          if (IsFinite(i + 1)) return WordClass::kNominal;
          return object && before != WordClass::kNominal && before != WordClass::kName ? WordClass::kVerb
                                                                                       : WordClass::kNominal;
        }
        if (previous != nullptr && previous->cls == WordClass::kNominal && noun_follows && next->plural &&
            !KnownVerb(word.verb)) {
          return WordClass::kNominal;
        }
        return WordClass::kVerb;
      case VerbForm::kThird:
      case VerbForm::kBase: {
        // "observation posts are", "rescue workers continued"
        if (next != nullptr &&
            (ClosedClass(next->lower) == WordClass::kAuxiliary || ClosedClass(next->lower) == WordClass::kModal)) {
          return WordClass::kNominal;
        }
        if (word.form == VerbForm::kBase && noun_follows && !next->capital && next->plural &&
            (before == WordClass::kSubordinator || before == WordClass::kConjunction || before == WordClass::kComma) &&
            !InfinitiveBefore(i)) {
          return WordClass::kNominal;
        }
        // "by peaceful means,": nothing that a verb could have follows.
        if (word.form == VerbForm::kThird && before == WordClass::kNominal && next != nullptr &&
            (PunctuationClass(next->span.In(document_.text)) == WordClass::kComma ||
             PunctuationClass(next->span.In(document_.text)) == WordClass::kStop) &&
            !word.cues.Has(Cue::kSaying)) {
          return WordClass::kNominal;
        }
        if (bound || before == WordClass::kPreposition || before == WordClass::kNumber || before == WordClass::kVerb) {
          return WordClass::kNominal;
        }
        if (before == WordClass::kStop || before == WordClass::kQuote) {
          return noun_too || word.form == VerbForm::kThird ? WordClass::kNominal : WordClass::kVerb;
        }
        if (IsAdjective(previous)) return WordClass::kNominal;  // "the extraordinary claims"
        const bool object = next != nullptr && StartsNounPhrase(*next);
        if (before == WordClass::kName || before == WordClass::kNominal) {
          const bool agrees =
              word.form == VerbForm::kThird ? !previous->plural || previous->cls == WordClass::kName : previous->plural;
          if (!noun_too) return agrees ? WordClass::kVerb : WordClass::kNominal;
          return agrees && object && previous->plural ? WordClass::kVerb : WordClass::kNominal;
        }
        return noun_too ? WordClass::kNominal : WordClass::kVerb;
      }
      case VerbForm::kNone:
        break;
    }
    return WordClass::kNominal;
  }

  // "[shelling] killed 12", "[fighting] raged in": a verb that is no participle before a noun ("shelling besieged
  // towns").
  bool IsFinite(size_t i) const {
    const Word* word = At(i);
    if (word == nullptr || word->verb.empty() || KnownNoun(*word)) return false;
    if (!KnownVerb(word->verb) && !triggers_.Cues(word->verb).Has(Cue::kHappening)) return false;
    if (word->form != VerbForm::kPast && word->form != VerbForm::kParticiple && word->form != VerbForm::kThird)
      return false;
    const Word* after = At(i + 1);
    return after == nullptr || after->number >= 0 || after->capital ||
           ClosedClass(after->lower) != WordClass::kNominal || document_.tokens[after->first].kind != TokenKind::kWord;
  }

  // "truck bombing": both words are one noun trigger.
  bool EndsCompoundTrigger(const Word& previous, const Word& word) const {
    for (const uint32_t id : triggers_.Find(TriggerPart::kNoun, word.noun)) {
      const auto& trigger = triggers_.triggers()[id].words;
      if (trigger.size() >= 2 && trigger[trigger.size() - 2] == previous.lower) return true;
    }
    return false;
  }

  // A nominal that no list knows as a noun, right before a participle: "illegal [armed groups]".
  bool IsAdjective(const Word* word) const {
    if (word == nullptr || word->cls != WordClass::kNominal || word->plural || word->capital || KnownNoun(*word)) {
      return false;
    }
    constexpr std::string_view kEndings[] = {"al", "ic", "ive", "ous", "ful", "less", "able", "ible", "ary", "ish"};
    return std::any_of(std::begin(kEndings), std::end(kEndings),
                       [&](std::string_view ending) { return word->lower.ends_with(ending); });
  }

  // "to seize the town and attack ...": a conjoined base form follows an infinitive or modal verb.
  bool InfinitiveBefore(size_t i) const {
    for (size_t k = i; k-- > 0 && i - k < 15;) {
      if (words()[k].cls == WordClass::kTo || words()[k].cls == WordClass::kModal) return true;
    }
    return false;
  }

  // What only the finished neighbours tell.
  void Repair(size_t i) {
    Word& word = words()[i];
    // An auxiliary that no verb follows is a verb itself.
    if (word.cls == WordClass::kAuxiliary) {
      size_t k = i + 1;
      while (k < words().size() &&
             (words()[k].cls == WordClass::kAdverb || words()[k].cls == WordClass::kNegation ||
              words()[k].cls == WordClass::kAuxiliary ||
              (words()[k].cls == WordClass::kDeterminer && OneOf(words()[k].lower, {"all", "both"})))) {
        ++k;
      }
      if (k >= words().size() || words()[k].cls != WordClass::kVerb) {
        word.cls = WordClass::kVerb;
        if (word.verb.empty()) word.verb = OneOf(word.lower, {"have", "has", "had", "having"}) ? "have" : "be";
        word.form = word.lower == "being" || word.lower == "having" ? VerbForm::kGerund : VerbForm::kPast;
      }
    }
    if (word.cls == WordClass::kTo) {
      size_t k = i + 1;
      while (k < words().size() && (words()[k].cls == WordClass::kAdverb || words()[k].cls == WordClass::kNegation))
        ++k;
      const bool verb =
          k < words().size() && (words()[k].cls == WordClass::kVerb || words()[k].cls == WordClass::kAuxiliary);
      if (!verb) word.cls = WordClass::kPreposition;
    }
  }

  // A headline or sentence without any verb: the likeliest ambiguous word becomes one.
  void EnsureVerb() {
    for (const Word& word : words()) {
      if (word.cls == WordClass::kVerb && word.form != VerbForm::kGerund) return;
    }
    size_t best = 0;
    int best_score = 0;
    bool plural_before = words().empty() ? false : words()[0].plural;
    for (size_t i = 1; i < words().size(); ++i) {
      const Word& word = words()[i];
      const int score = VerbScore(i, plural_before);
      plural_before = plural_before || (word.plural && word.cls == WordClass::kNominal);
      if (score > best_score) {
        best = i;
        best_score = score;
      }
    }
    if (best_score > 0) words()[best].cls = WordClass::kVerb;
  }

  // How likely an ambiguous word is the verb of a sentence that has none; 0: it is not.
  int VerbScore(size_t i, bool plural_before) const {
    const Word& word = words()[i];
    if (word.cls != WordClass::kNominal && !(word.cls == WordClass::kName && word.entries.empty())) return 0;
    if (word.verb.empty() || !KnownVerb(word.verb) || word.form == VerbForm::kGerund) return 0;
    const Word& previous = words()[i - 1];
    if (previous.cls != WordClass::kNominal && previous.cls != WordClass::kName && previous.cls != WordClass::kTime) {
      return 0;
    }
    const Word* next = At(i + 1);
    if (next == nullptr) return 0;
    if (word.form == VerbForm::kBase && !plural_before) return 0;
    if (word.form == VerbForm::kThird && previous.plural && previous.entries.empty()) return 0;
    int score = StartsNounPhrase(*next) ? 2 : next->cls == WordClass::kPreposition ? 1 : 0;
    if (score == 0) return 0;
    if (next->number >= 0) ++score;
    if (word.form == VerbForm::kParticiple) ++score;
    // "air strikes in": the noun of a trigger of several words.
    for (const uint32_t id : triggers_.Find(TriggerPart::kNoun, word.noun)) {
      const auto& trigger = triggers_.triggers()[id].words;
      if (trigger.size() >= 2 && trigger[trigger.size() - 2] == previous.lower) return 0;
    }
    return score;
  }

  const Document& document_;
  const language::Sentence& source_;
  const SentenceFacts& facts_;
  const codebook::Codebook& codebook_;
  const codebook::TriggerTable& triggers_;
  Sentence sentence_;
};

}  // namespace

Sentence ReadSentence(const Document& document, const language::Sentence& source, const SentenceFacts& facts,
                      const codebook::Codebook& codebook) {
  return SentenceReader(document, source, facts, codebook).Read();
}

}  // namespace sitgraph::extract
