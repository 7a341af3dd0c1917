// Runs tagger, parser, morphology and lemmatizer over each sentence.
#include "src/language/analyzer.h"

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_set>
#include <vector>

#include "src/language/acronyms.h"
#include "src/language/decoder.h"
#include "src/language/inflection.h"
#include "src/language/irregular_forms.h"
#include "src/language/repairs.h"
#include "src/language/segmenter.h"
#include "src/language/tagset.h"
#include "src/language/war_words.h"

namespace sitgraph::language {
namespace {

constexpr size_t kBeam = 8;
constexpr size_t kMaxBeamTokens = 1000;

TagId IdOf(Tag tag, const std::vector<Tag>& tags) {
  const auto found = std::find(tags.begin(), tags.end(), tag);
  return found == tags.end() ? kNoTag : static_cast<TagId>(found - tags.begin());
}

// The inflection that a tag tells of a verb or noun; none of base forms.
std::optional<WordForm> InflectionOf(Tag tag) {
  if (tag.upos != Upos::kVerb && tag.upos != Upos::kNoun) return std::nullopt;
  switch (tag.xpos) {
    case Xpos::kVbd:
      return WordForm::kPast;
    case Xpos::kVbn:
      return WordForm::kPastParticiple;
    case Xpos::kVbg:
      return WordForm::kIng;
    case Xpos::kVbz:
      return WordForm::kThirdSingular;
    case Xpos::kNns:
      return WordForm::kPlural;
    default:
      return std::nullopt;
  }
}

// Strings that do not move while the set lives.
class StringSet {
 public:
  // Forgets all where there are very many, so that the memory of an analyzer is bounded by its largest document.
  void Trim() {
    if (strings_.size() > kMaxKept) strings_.clear();
  }
  std::string_view Intern(const std::string& text) {
    const auto found = strings_.find(text);
    return found != strings_.end() ? std::string_view(*found) : std::string_view(*strings_.insert(text).first);
  }

 private:
  static constexpr size_t kMaxKept = 20'000;
  std::unordered_set<std::string> strings_;
};

}  // namespace

struct Analyzer::State {
  explicit State(Model loaded)
      : model(std::move(loaded)),
        data(model.data()),
        greedy(data.greedy, data.labels, kDeprelCount),
        beam(data.beam, data.labels, kDeprelCount),
        tag_scores(data.tags.size()),
        name_tag(IdOf({Upos::kPropn, Xpos::kNnp}, data.tags)) {
    for (size_t t = 0; t < data.tags.size(); ++t) {
      if (IsClosedClass(data.tags[t].upos)) closed_tags.push_back(static_cast<TagId>(t));
    }
  }

  void Analyze(const Document& document, const Sentence& sentence, ParseMode mode, std::span<Analysis> out);
  void SettleTags();
  void Lemmatize(std::string_view text, TagId tag, Analysis& analysis);
  void MendLemma(Tag tag);

  Model model;
  const ModelData& data;
  Decoder greedy;
  Decoder beam;
  std::vector<int32_t> tag_scores;
  TagId name_tag;
  std::vector<TagId> closed_tags;
  std::vector<std::string_view> forms;
  WordSequence words;
  std::vector<TagId> tags;
  std::vector<uint8_t> open;  // TagLimits::open
  ParseInput input;
  std::vector<int32_t> heads;
  std::vector<uint8_t> labels;
  std::vector<Dependents> dependents;
  std::string folded;
  std::string lemma;
  std::vector<BaseForm> bases;
  StringSet lemmas;
};

// A suffix's rule may make a word that nobody saw ("raided" -> "raide"): what English spelling allows is better, most
// of all where training saw it.
void Analyzer::State::MendLemma(Tag tag) {
  if (data.lexicon.Knows(lemma)) return;
  const std::optional<WordForm> form = InflectionOf(tag);
  if (!form) {
    if (tag.upos == Upos::kAdj && lemma.size() < 3) lemma = folded;  // "lest" as the most "l"
    return;
  }
  BaseForms(folded, bases);
  const BaseForm* best = nullptr;
  for (const BaseForm& base : bases) {
    if (base.upos != tag.upos || base.form != *form) continue;
    const bool known = data.lexicon.Knows(base.lemma);
    if (best == nullptr || known) best = &base;
    if (known) break;
  }
  if (best == nullptr) {  // no such form of any word: "boob" as a participle, "al-Zarqawi" as a plural
    const bool letters = std::all_of(folded.begin(), folded.end(), [](char c) { return c >= 'a' && c <= 'z'; });
    if (letters || lemma.size() > folded.size()) lemma = folded;
    return;
  }
  const bool invariant = best->lemma == folded;  // "barracks"
  if (tag.upos == Upos::kVerb || invariant || data.lexicon.Knows(best->lemma)) lemma = best->lemma;
}

void Analyzer::State::Lemmatize(std::string_view text, TagId tag, Analysis& analysis) {
  FoldWord(text, folded);
  const bool learned = data.lemmatizer.Lemma(text, folded, tag, data.tags[tag].upos == Upos::kPropn, lemma);
  if (!learned || !IrregularForms(folded).empty()) MendLemma(data.tags[tag]);
  const bool in_text = text.substr(0, lemma.size()) == lemma;
  analysis.lemma = in_text ? text.substr(0, lemma.size()) : lemmas.Intern(lemma);
}

// Tags that are certain before the tagger runs, and which words can be of no closed class.
void Analyzer::State::SettleTags() {
  const size_t n = forms.size();
  tags.assign(n, kNoTag);
  for (size_t i = 0; i < n; ++i) {
    if (!IsAcronymName(forms, i, words.casing) && !IsArticleName(forms[i], words.casing)) continue;
    tags[i] = name_tag;
    MakeUnknown(words.words[i]);
  }
  open.resize(n);
  for (size_t i = 0; i < n; ++i) {
    open[i] = 0;
    if (words.words[i].ambiguity != Lexicon::kUnknown || tags[i] != kNoTag) continue;
    FoldWord(forms[i], folded);
    open[i] = !MayBeClosedClass(folded);
    const auto tag = TagOfWarWord(folded);
    if (!tag) continue;
    // In capitals it may be part of a name.
    const bool plain = i == 0 || words.casing != Casing::kMixed || (forms[i][0] >= 'a' && forms[i][0] <= 'z');
    if (plain) tags[i] = IdOf(*tag, data.tags);
  }
}

void Analyzer::State::Analyze(const Document& document, const Sentence& sentence, ParseMode mode,
                              std::span<Analysis> out) {
  const size_t n = out.size();
  forms.clear();
  for (TokenIndex i = sentence.begin; i < sentence.end; ++i) forms.push_back(document.Text(i));
  DescribeWords(forms, data.lexicon, words, folded);
  SettleTags();
  TagWords(words, data.tagger, {open, closed_tags}, tags, tag_scores);
  input.Prepare(words, tags, data.tags);
  heads.resize(n);
  labels.resize(n);
  if (mode == ParseMode::kBeam && n <= kMaxBeamTokens) {
    beam.Parse(input, kBeam, heads, labels);
  } else {
    greedy.Parse(input, 1, heads, labels);
  }
  RepairTree({forms, tags, data.tags, heads, labels});
  for (size_t i = 0; i < n; ++i) {
    const Tag tag = data.tags[tags[i]];
    out[i].upos = tag.upos;
    out[i].xpos = static_cast<uint16_t>(tag.xpos);
    out[i].deprel = labels[i];
    out[i].features = data.morphology.Features(words.words[i], tags[i]);
    Lemmatize(forms[i], tags[i], out[i]);
  }
  AgreeFeatures(out, heads, dependents);
  for (size_t i = 0; i < n; ++i) out[i].head = heads[i] < 0 ? -1 : heads[i] + static_cast<int32_t>(sentence.begin);
}

Analyzer::Analyzer(Model model) : state_(std::make_unique<State>(std::move(model))) {}
Analyzer::~Analyzer() = default;
Analyzer::Analyzer(Analyzer&&) noexcept = default;
Analyzer& Analyzer::operator=(Analyzer&&) noexcept = default;

void Analyzer::Analyze(Document& document, ParseMode mode) {
  state_->lemmas.Trim();
  document.analyses.assign(document.tokens.size(), Analysis());
  for (const Sentence& sentence : document.sentences) {
    if (sentence.begin >= sentence.end) continue;
    state_->Analyze(document, sentence, mode,
                    std::span(document.analyses).subspan(sentence.begin, sentence.end - sentence.begin));
  }
}

void Analyzer::Read(std::string_view text, std::span<const base::Span> zones, ParseMode mode, Document& document) {
  Clear(document);
  document.text = text;
  for (const base::Span zone : zones) SegmentInto(text, zone, document);
  Analyze(document, mode);
}

}  // namespace sitgraph::language
