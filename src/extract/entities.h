// The entities of one report: which noun phrases mean the same place, force or person.
#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "src/extract/clauses.h"
#include "src/extract/frame.h"
#include "src/extract/mentions.h"

namespace sitgraph::extract {

// Everything read of one sentence before any event.
struct Reading {
  Sentence sentence;
  std::vector<Chunk> chunks;
  Nominals nominals;
  std::vector<Clause> clauses;
};

// A phrase, by sentence and chunk.
struct PhraseRef {
  uint32_t sentence = 0;
  ChunkIndex chunk = 0;
};

// Resolves phrases in the order of the text, once, when it is built; look-ups after that are cheap and change nothing
// but the list of mentions. Conservative: a pronoun or "the group" without a clear antecedent resolves to nothing or to
// itself.
class EntityBook {
 public:
  EntityBook(const std::vector<Reading>& readings, std::string_view text, const codebook::Codebook& codebook);

  // The entity of a phrase. A country's name gives its territory where `as_place`, else its government.
  std::optional<EntityId> Find(PhraseRef phrase, bool as_place);

  // Whom the possessive pronoun means that the phrase begins with: "its elimination".
  std::optional<EntityId> OwnerOf(PhraseRef phrase) const;

  // Which kinds the phrase may have; a country's name has two.
  bool MayBe(PhraseRef phrase, const codebook::KindSet& kinds) const;
  bool IsActor(PhraseRef phrase) const;
  bool IsPlace(PhraseRef phrase) const;
  // Makes a name whose kind was only guessed a person or an organization: it has been seen to speak.
  void MakeSpeaker(PhraseRef phrase);
  // The phrase itself or, for "dozens of civilians", what is meant by it.
  const Nominal* Meant(PhraseRef phrase) const;

  const codebook::Codebook& codebook() const { return codebook_; }
  std::string_view text() const { return text_; }
  std::vector<Entity>& entities() { return entities_; }
  const Entity& At(EntityId id) const { return entities_[static_cast<size_t>(id)]; }

  // "Syrian Democratic Forces (SDF)": alias pairs found on the way.
  struct Alias {
    EntityId entity;
    std::string name;
    base::Span span;
    uint32_t sentence;
  };
  const std::vector<Alias>& aliases() const { return aliases_; }
  base::Span SpanOf(PhraseRef phrase) const;
  // "told journalists in Moscow": where it was said, not where it happened.
  bool IsWhereItWasSaid(PhraseRef phrase) const;

  // An entity for words that are no phrase of their own ("US-led" in "US-led strikes").
  EntityId AddWords(codebook::EntityKind kind, const std::vector<const codebook::Entry*>& entries, std::string text,
                    base::Span span, bool named, bool as_place);

 private:
  struct Resolved {
    int32_t actor = -1;  // entity ids; the same but for countries
    int32_t place = -1;
    int32_t owner = -1;  // whom a pronoun before its head means: "its elimination"
  };
  void ResolveAll();
  void UniteSameBodies();
  void ResolvePhrase(PhraseRef phrase);
  void ReadBracket(uint32_t sentence, ChunkIndex open);
  int32_t ResolvePronoun(PhraseRef phrase) const;
  int32_t ResolveByHead(const Nominal& nominal, const Chunk& chunk) const;
  int32_t ResolvePossessed(const Nominal& nominal, std::string_view first_word) const;
  int32_t MoreSalient(int32_t id, size_t at) const;
  int32_t SourceBefore(const Nominal& nominal) const;
  int32_t ResolveDefinite(const Nominal& nominal, const Chunk& chunk) const;
  int32_t Intern(codebook::EntityKind kind, const Nominal& nominal, const codebook::Entry* entry);
  int32_t InternGeneric(const Nominal& nominal, codebook::EntityKind kind);
  int32_t InternNamed(const Nominal& nominal, codebook::EntityKind kind);
  void AddSurname(std::string_view name);
  int32_t Create(codebook::EntityKind kind, const std::string& name, bool named, const codebook::Entry* entry);
  // `name`: the words are a name of the entity, not "the city".
  void AddMention(int32_t id, base::Span span, const std::string& text, bool name = true);
  bool HasName(int32_t id, std::string_view folded) const;

  const std::vector<Reading>& readings_;
  std::string_view text_;
  const codebook::Codebook& codebook_;
  base::CodePointMap code_points_;
  std::vector<Entity> entities_;
  std::vector<std::string> heads_;             // entity -> head noun, lower case
  std::vector<const codebook::Entry*> entry_;  // entity -> codebook entry or nullptr
  std::map<std::string, int32_t, std::less<>> by_key_;
  std::set<std::string> surnames_;               // last words of the named persons' names, folded
  std::vector<std::vector<Resolved>> resolved_;  // sentence, chunk
  std::vector<int32_t> history_;                 // entities in the order of their mentions
  int32_t speaker_ = -1;
  int32_t last_actor_ = -1;
  int32_t last_body_ = -1;  // force or organization, one of its kind
  int32_t last_place_ = -1;
  std::vector<Alias> aliases_;
};

}  // namespace sitgraph::extract
