// The reader behind ReadQuestion; its parts stand in question.cc (form, events, things) and question_names.cc (times,
// names, roles).
#pragma once

#include <optional>
#include <utility>

#include "queries/ask/question.h"
#include "queries/ask/question_words.h"
#include "src/language/inflection.h"

namespace sitgraph::queries {

// One token of the question with all that it may be.
struct QuestionWord {
  std::string text, lower;
  language::Upos upos = language::Upos::kX;
  std::vector<language::BaseForm> bases;
  bool used = false;

  bool IsForm(language::WordForm form) const;
  bool Is(const Words& words) const;  // itself, or one of its base forms
  bool Capital() const { return !text.empty() && text[0] >= 'A' && text[0] <= 'Z'; }
};

class QuestionReader {
 public:
  QuestionReader(std::string_view text, language::Analyzer& analyzer, const codebook::Codebook& codebook,
                 const NameLexicon& lexicon, std::string_view base_iri);
  Question Read();

 private:
  size_t size() const { return words_.size(); }
  std::string_view At(size_t i) const { return i < size() ? std::string_view(words_[i].lower) : std::string_view(); }
  void Use(size_t begin, size_t end);
  void UseWords(const Words& words);
  bool Has(const Words& words) const;

  void ReadTimes(const language::Document& document);
  void ReadNames();
  std::vector<std::string> NamedBy(size_t begin, size_t end) const;
  bool TakePart(size_t i);
  void ReadForm();
  void ReadSuperlatives();
  void ReadEvents();
  bool HasEventNoun() const;
  bool HasMateriel() const;
  bool IsLight(size_t i) const;
  bool IsAttribute(size_t i) const;
  bool TellsWords(const codebook::Trigger& trigger) const;
  bool MatchesTrigger(const codebook::Trigger& trigger, size_t i) const;
  std::vector<const codebook::Trigger*> TriggersAt(size_t i) const;
  void TakeTriggers(const std::vector<const codebook::Trigger*>& found, size_t i);
  bool IsPassive(size_t i) const;
  void SettleTypes();
  void ReadThings();
  std::pair<const codebook::Noun*, size_t> NounAt(size_t i) const;  // and how many tokens it has
  void AddThing(size_t begin, size_t end, const codebook::Noun* noun);
  void ReadAskedKind();
  void SettleRoles();
  void SettleNames();
  NameRole RoleOfName(size_t begin, bool place) const;
  void AddParts(QuestionName& name) const;
  void AddSpellings(QuestionName& name) const;
  void Sum();
  const codebook::Entry* CountryOf(const std::string& iri) const;
  bool IsCommonVerb(const QuestionWord& word) const;

  const codebook::Codebook& codebook_;
  const NameLexicon& lexicon_;
  const std::string base_;
  std::vector<QuestionWord> words_;
  std::vector<std::pair<size_t, size_t>> positions_;  // of the names
  size_t verb_ = SIZE_MAX;
  bool passive_ = false, subject_is_target_ = false, moves_ = false;
  Question question_;
};

}  // namespace sitgraph::queries
