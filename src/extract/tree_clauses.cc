// Clauses out of a parser's trees: the same arguments that clauses.cc guesses from the order of the chunks.
#include <algorithm>

#include "src/extract/clauses.h"
#include "src/extract/coordination.h"
#include "src/extract/kinds.h"
#include "src/language/tagset.h"

namespace sitgraph::extract {
namespace {

using codebook::Cue;
using codebook::EntityKind;
using language::Deprel;
using language::TokenIndex;
using language::Upos;
using language::Xpos;

constexpr size_t kMaxNested = 12;  // phrases inside a clause's phrases that are taken over

class TreeReader {
 public:
  TreeReader(const language::Document& document, const Sentence& sentence, const std::vector<Chunk>& chunks,
             const Nominals& nominals)
      : document_(document), words_(sentence.words), chunks_(chunks), nominals_(nominals) {}

  std::vector<Clause> Run() {
    if (words_.empty()) return {};
    Index();
    for (ChunkIndex c = 0; c < chunks_.size(); ++c) {
      if (chunks_[c].kind != ChunkKind::kVerbGroup) continue;
      Clause clause;
      clause.verb = c;
      clause.passive = chunks_[c].passive;
      const TokenIndex verb = HeadToken(chunks_[c].head);
      const bool copula = Rel(verb) == Deprel::kCop && HeadOf(verb) >= 0;
      const TokenIndex node = copula ? static_cast<TokenIndex>(HeadOf(verb)) : verb;
      if (clause_at_[node - begin_] < 0) clause_at_[node - begin_] = static_cast<int32_t>(clauses_.size());
      nodes_.push_back(node);
      clauses_.push_back(std::move(clause));
    }
    for (size_t k = 0; k < clauses_.size(); ++k) ReadOwn(k);
    done_.assign(clauses_.size(), false);
    for (size_t k = 0; k < clauses_.size(); ++k) Hang(k, 0);
    for (size_t k = clauses_.size(); k-- > 0;) ShareBack(k);
    for (size_t k = 0; k < clauses_.size(); ++k) FindExtent(k);
    AssignTimes();
    return std::move(clauses_);
  }

 private:
  // --- The tree ------------------------------------------------------------------------------------------------------

  void Index() {
    begin_ = words_.front().first;
    end_ = words_.back().last;
    word_of_.assign(end_ - begin_, 0);
    for (WordIndex w = 0; w < words_.size(); ++w) {
      for (TokenIndex t = words_[w].first; t < words_[w].last; ++t) word_of_[t - begin_] = w;
    }
    chunk_of_.assign(words_.size(), -1);
    for (ChunkIndex c = 0; c < chunks_.size(); ++c) {
      for (WordIndex w = chunks_[c].words.begin; w < chunks_[c].words.end; ++w) chunk_of_[w] = static_cast<int32_t>(c);
    }
    children_.resize(end_ - begin_);
    for (TokenIndex t = begin_; t < end_; ++t) {
      const int32_t head = HeadOf(t);
      if (head >= 0) children_[static_cast<TokenIndex>(head) - begin_].push_back(t);
    }
    clause_at_.assign(end_ - begin_, -1);
  }

  const language::Analysis& At(TokenIndex t) const { return document_.analyses[t]; }
  Deprel Rel(TokenIndex t) const { return language::DeprelOf(At(t)); }
  // -1 for the root and for heads outside of the sentence.
  int32_t HeadOf(TokenIndex t) const {
    const int32_t head = At(t).head;
    return head >= static_cast<int32_t>(begin_) && head < static_cast<int32_t>(end_) ? head : -1;
  }
  const std::vector<TokenIndex>& Children(TokenIndex t) const { return children_[t - begin_]; }
  // The token of a word that the others of it hang on.
  TokenIndex HeadToken(WordIndex w) const {
    for (TokenIndex t = words_[w].first; t < words_[w].last; ++t) {
      const int32_t head = HeadOf(t);
      if (head < static_cast<int32_t>(words_[w].first) || head >= static_cast<int32_t>(words_[w].last)) return t;
    }
    return words_[w].first;
  }
  int32_t ChunkOf(TokenIndex t) const { return chunk_of_[word_of_[t - begin_]]; }
  std::string_view Lower(TokenIndex t) const { return words_[word_of_[t - begin_]].lower; }

  // The noun phrase that a token heads or stands in, or -1.
  int32_t PhraseOf(TokenIndex t) const {
    const int32_t c = ChunkOf(t);
    return c >= 0 && chunks_[static_cast<size_t>(c)].kind == ChunkKind::kNounPhrase ? c : -1;
  }
  bool IsRelativePronoun(TokenIndex t) const {
    const Xpos tag = language::XposOf(At(t));
    return tag == Xpos::kWdt || tag == Xpos::kWp || tag == Xpos::kWpPoss || tag == Xpos::kWrb;
  }

  // The preposition of a phrase, the last where there are several ("out of"), lower case; empty where it has none.
  std::string CaseOf(TokenIndex t) const {
    std::string found;
    for (const TokenIndex child : Children(t)) {
      if (Rel(child) != Deprel::kCase || child > t || Lower(child) == "'s") continue;
      if (words_[word_of_[child - begin_]].cls != WordClass::kPreposition) continue;  // "as many as 300"
      found = std::string(Lower(child));
      for (const TokenIndex fixed : Children(child)) {
        if (Rel(fixed) == Deprel::kFixed && fixed < t) found = std::string(Lower(fixed));
      }
    }
    return found;
  }

  bool IsVerbNode(TokenIndex t) const { return clause_at_[t - begin_] >= 0; }

  // --- A clause's own arguments --------------------------------------------------------------------------------------

  void Add(size_t k, std::string slot, TokenIndex t, bool shared = false) {
    const int32_t phrase = PhraseOf(t);
    if (phrase < 0 || static_cast<ChunkIndex>(phrase) == clauses_[k].verb) return;
    AddPhrase(k, std::move(slot), static_cast<ChunkIndex>(phrase), shared);
  }
  void AddPhrase(size_t k, std::string slot, ChunkIndex phrase, bool shared) {
    auto& arguments = clauses_[k].arguments;
    const bool known =
        std::any_of(arguments.begin(), arguments.end(), [&](const Argument& a) { return a.phrase == phrase; });
    if (!known && arguments.size() < 4 * kMaxConjuncts) arguments.push_back({std::move(slot), phrase, shared});
  }

  // The phrase and those coordinated with it; a conjunct with a preposition of its own has a slot of its own.
  void AddList(size_t k, const std::string& slot, TokenIndex t, int depth = 0) {
    if (IsRelativePronoun(t)) return;
    Add(k, slot, t);
    if (depth > static_cast<int>(kMaxConjuncts)) return;
    for (const TokenIndex child : Children(t)) {
      if (Rel(child) != Deprel::kConj || IsVerbNode(child)) continue;
      const std::string own = CaseOf(child);
      AddList(k, own.empty() || slot == "subject" || slot == "object" ? slot : own, child, depth + 1);
    }
  }

  void ReadOwn(size_t k) {
    const TokenIndex node = nodes_[k];
    bool indirect = false;
    for (const TokenIndex child : Children(node)) indirect = indirect || Rel(child) == Deprel::kIobj;
    for (const TokenIndex child : Children(node)) {
      switch (Rel(child)) {
        case Deprel::kNsubj:
        case Deprel::kNsubjOuter:
          AddList(k, "subject", child);
          break;
        case Deprel::kNsubjPass:
          clauses_[k].passive = true;
          AddList(k, "subject", child);
          break;
        case Deprel::kAuxPass:
          clauses_[k].passive = true;
          break;
        case Deprel::kIobj:
          AddList(k, "object", child);
          break;
        case Deprel::kObj:
          AddList(k, indirect ? "object2" : "object", child);
          break;
        case Deprel::kOblAgent:
          AddList(k, "by", child);
          break;
        case Deprel::kObl:
        case Deprel::kNmod:
        case Deprel::kOblUnmarked:
        case Deprel::kNmodUnmarked: {
          const std::string slot = CaseOf(child);
          const bool numbered =
              slot.empty() && !HasSlot(k, "object") && PhraseOf(child) >= 0 &&
              words_[chunks_[static_cast<size_t>(PhraseOf(child))].words.begin].cls == WordClass::kNumber;
          AddList(k, numbered ? "object" : slot.empty() ? "object2" : slot, child);
          break;
        }
        case Deprel::kXcomp:
          if (!IsVerbNode(child)) Add(k, "object2", child);
          break;
        case Deprel::kAdvmod:
          if (OneOf(Lower(child), {"there", "here"})) Add(k, "in", child);
          break;
        default:
          break;
      }
    }
    // A copula's predicate.
    const TokenIndex verb = HeadToken(chunks_[clauses_[k].verb].head);
    if (verb != node) {
      const std::string slot = CaseOf(node);
      AddList(k, slot.empty() ? "object" : slot, node);
    }
    AddNested(k);
  }

  // "hit positions in the north of Homs": what stands behind a phrase of the clause may tell of the event, less surely.
  void AddNested(size_t k) {
    size_t added = 0;
    for (size_t i = 0; i < clauses_[k].arguments.size() && added < kMaxNested; ++i) {
      const Argument argument = clauses_[k].arguments[i];
      const TokenIndex head = HeadToken(chunks_[argument.phrase].head);
      AddNestedOf(k, head, added, 0);
    }
  }
  void AddNestedOf(size_t k, TokenIndex head, size_t& added, int depth) {
    if (depth > 3) return;
    for (const TokenIndex child : Children(head)) {
      if (Rel(child) != Deprel::kNmod || child < head || added >= kMaxNested) continue;
      const std::string slot = CaseOf(child);
      if (slot == "of") {
        AddNestedOf(k, child, added, depth + 1);
        continue;
      }
      if (slot.empty()) continue;
      const size_t before = clauses_[k].arguments.size();
      Add(k, slot, child, true);
      if (clauses_[k].arguments.size() > before) ++added;
      for (const TokenIndex other : Children(child)) {
        if (Rel(other) == Deprel::kConj && !IsVerbNode(other)) Add(k, slot, other, true);
      }
    }
  }

  bool HasSlot(size_t k, std::string_view slot) const {
    return std::any_of(clauses_[k].arguments.begin(), clauses_[k].arguments.end(),
                       [&](const Argument& a) { return a.slot == slot; });
  }

  // --- How clauses hang together -------------------------------------------------------------------------------------

  // The clause whose verb governs the token, or -1.
  int32_t ClauseAbove(TokenIndex t) const {
    int32_t at = HeadOf(t);
    for (int steps = 0; at >= 0 && steps < 100; ++steps) {
      const int32_t k = clause_at_[static_cast<TokenIndex>(at) - begin_];
      if (k >= 0) return k;
      at = HeadOf(static_cast<TokenIndex>(at));
    }
    return -1;
  }

  void ShareSubject(size_t k, size_t from) {
    for (const Argument& argument : std::vector<Argument>(clauses_[from].arguments)) {
      if (argument.slot == "subject") AddPhrase(k, "subject", argument.phrase, true);
    }
  }

  void Hang(size_t k, int depth) {
    if (done_[k] || depth > 60) return;
    done_[k] = true;
    const TokenIndex node = nodes_[k];
    const int32_t head = HeadOf(node);
    const int32_t above = ClauseAbove(node);
    if (head < 0) return;
    if (above >= 0) Hang(static_cast<size_t>(above), depth + 1);
    Clause& clause = clauses_[k];
    const Chunk& verb = chunks_[clause.verb];
    const bool direct = clause_at_[static_cast<TokenIndex>(head) - begin_] >= 0;
    const bool subject = HasSlot(k, "subject");
    switch (Rel(node)) {
      case Deprel::kConj:
        if (!direct) return LinkNoun(k, static_cast<TokenIndex>(head));
        clause.governor = above;
        clause.link = Link::kCoordinated;
        if (!subject) {
          const Clause& first = clauses_[static_cast<size_t>(above)];
          // "was seized and destroyed": one auxiliary for both.
          if (first.passive && !HasSlot(k, "object") && verb.words.end - verb.words.begin == 1 && IsParticiple(k))
            clause.passive = true;
          clause.noun_governor = first.link == Link::kRelative ? first.noun_governor : -1;
          if (first.link == Link::kInfinitive || first.link == Link::kGerund)
            clause.noun_governor = first.noun_governor;
          ShareSubject(k, static_cast<size_t>(above));
        }
        return;
      case Deprel::kXcomp:
        clause.governor = above;
        clause.link = verb.gerund ? Link::kGerund : Link::kInfinitive;
        if (above >= 0 && !subject) ShareControlled(k, static_cast<size_t>(above));
        return;
      case Deprel::kCcomp:
        clause.governor = above;
        clause.link = Link::kComplement;
        return;
      case Deprel::kAdvcl:
      case Deprel::kCsubj:
      case Deprel::kDep:
      case Deprel::kDislocated:
      case Deprel::kObl:
      case Deprel::kNmod:
        if (above < 0 || subject) return;
        clause.governor = above;
        clause.link = verb.infinitive ? Link::kInfinitive : Link::kGerund;
        if (IsParticiple(k) && !verb.perfect_or_past) clause.passive = true;
        if (IsBareParticiple(k) && !HasSlot(k, "object")) clause.passive = true;
        ShareSubject(k, static_cast<size_t>(above));
        return;
      case Deprel::kAcl:
        // "delivered 300 strikes, destroying 27 tanks": the comma makes it tell of the verb.
        if (verb.gerund && clause.verb > 0 && chunks_[clause.verb - 1].kind == ChunkKind::kComma && above >= 0 &&
            !subject) {
          clause.governor = above;
          clause.link = Link::kGerund;
          ShareSubject(k, static_cast<size_t>(above));
          return;
        }
        return LinkNoun(k, static_cast<TokenIndex>(head));
      case Deprel::kAclRelcl:
      case Deprel::kAdvclRelcl:
      case Deprel::kAmod:
      case Deprel::kAppos:
        return LinkNoun(k, static_cast<TokenIndex>(head));
      default:
        return;
    }
  }

  bool IsParticiple(size_t k) const {
    return language::XposOf(At(HeadToken(chunks_[clauses_[k].verb].head))) == Xpos::kVbn;
  }
  bool IsBareParticiple(size_t k) const { return IsParticiple(k) && chunks_[clauses_[k].verb].participle; }

  // "urged the rebels to leave": the object of the governing verb acts; else its subject.
  void ShareControlled(size_t k, size_t above) {
    const std::string_view lemma = chunks_[clauses_[above].verb].lemma;
    if (!clauses_[above].passive && !OneOf(lemma, {"promise", "threaten", "use", "have"})) {
      bool any = false;
      for (const Argument& argument : std::vector<Argument>(clauses_[above].arguments)) {
        if (argument.slot != "object" || !IsActor(argument.phrase)) continue;
        AddPhrase(k, "subject", argument.phrase, true);
        any = true;
      }
      if (any) return;
    }
    ShareSubject(k, above);
  }

  bool IsActor(ChunkIndex phrase) const {
    const Nominal* nominal = nominals_.At(phrase);
    return nominal != nullptr && (nominal->what == NominalKind::kPronoun ||
                                  (nominal->what == NominalKind::kEntity && nominal->kind != EntityKind::kMateriel &&
                                   nominal->kind != EntityKind::kFacility && nominal->kind != EntityKind::kPlace));
  }

  // Relative and participle clauses, infinitives that explain a noun.
  void LinkNoun(size_t k, TokenIndex noun) {
    const int32_t phrase = PhraseOf(noun);
    if (phrase < 0) return;
    Clause& clause = clauses_[k];
    const Chunk& verb = chunks_[clause.verb];
    clause.noun_governor = phrase;
    const bool relative = Rel(nodes_[k]) == Deprel::kAclRelcl || Rel(nodes_[k]) == Deprel::kAdvclRelcl;
    if (verb.infinitive && !relative) {
      clause.link = Link::kInfinitive;
      clause.governor = ClauseAbove(noun);
      if (HasSlot(k, "subject")) return;
      const int32_t possessor = chunks_[static_cast<size_t>(phrase)].possessor;
      if (possessor >= 0) {
        AddPhrase(k, "subject", static_cast<ChunkIndex>(possessor), true);
      } else if (clause.governor >= 0) {
        ShareSubject(k, static_cast<size_t>(clause.governor));
      }
      return;
    }
    clause.link = Link::kRelative;
    const auto antecedent = static_cast<ChunkIndex>(phrase);
    const bool had_subject = HasSlot(k, "subject");
    bool placed = false;
    for (const TokenIndex child : Children(nodes_[k])) {
      if (!IsRelativePronoun(child)) continue;
      const Deprel rel = language::Universal(Rel(child));
      std::string slot = rel == Deprel::kNsubj ? "subject" : rel == Deprel::kObj ? "object" : CaseOf(child);
      if (Lower(child) == "where" || Lower(child) == "when") slot = "in";
      if (slot.empty()) slot = "object";
      AddAntecedent(k, slot, antecedent);
      placed = true;
    }
    if (placed) return;
    if (had_subject) {
      if (!HasSlot(k, "object") && relative) AddAntecedent(k, "object", antecedent);
      return;
    }
    if (!verb.gerund && !verb.infinitive && (verb.participle || IsParticiple(k))) clause.passive = true;
    AddAntecedent(k, "subject", antecedent);
  }

  void AddAntecedent(size_t k, const std::string& slot, ChunkIndex phrase) {
    auto& arguments = clauses_[k].arguments;
    arguments.insert(arguments.begin(), {slot, phrase, false});
  }

  // "attacked and destroyed a convoy in Homs": what stands behind the last verb belongs to both.
  void ShareBack(size_t k) {
    const Clause& clause = clauses_[k];
    if (clause.link != Link::kCoordinated || clause.governor < 0) return;
    const auto first = static_cast<size_t>(clause.governor);
    const ChunkIndex verb = clauses_[first].verb;
    if (clause.verb <= verb || clauses_[first].passive != clause.passive || HasSlot(first, "object")) return;
    for (ChunkIndex c = verb + 1; c < clause.verb; ++c) {
      const ChunkKind kind = chunks_[c].kind;
      if (kind != ChunkKind::kConjunction && kind != ChunkKind::kAdverb && kind != ChunkKind::kComma) return;
    }
    for (const Argument& argument : std::vector<Argument>(clause.arguments)) {
      if (argument.slot != "subject") AddPhrase(first, argument.slot, argument.phrase, true);
    }
  }

  // --- Extent and times ----------------------------------------------------------------------------------------------

  int32_t OwnerOf(ChunkIndex c) const {
    TokenIndex t = HeadToken(chunks_[c].head);
    if (clause_at_[t - begin_] >= 0 && chunks_[c].kind != ChunkKind::kNounPhrase) return clause_at_[t - begin_];
    const int32_t own = clause_at_[t - begin_];
    return own >= 0 ? own : ClauseAbove(t);
  }

  void FindExtent(size_t k) {
    Clause& clause = clauses_[k];
    clause.begin = clause.verb;
    clause.end = clause.verb + 1;
    while (clause.end < chunks_.size()) {
      const ChunkKind kind = chunks_[clause.end].kind;
      if (kind == ChunkKind::kBreak || kind == ChunkKind::kVerbGroup || kind == ChunkKind::kSubordinator ||
          kind == ChunkKind::kRelative) {
        break;
      }
      if (kind != ChunkKind::kTime && kind != ChunkKind::kQuote && kind != ChunkKind::kComma &&
          OwnerOf(clause.end) != static_cast<int32_t>(k)) {
        break;
      }
      ++clause.end;
    }
    while (clause.end > clause.verb + 1 &&
           (chunks_[clause.end - 1].kind == ChunkKind::kComma || chunks_[clause.end - 1].kind == ChunkKind::kQuote)) {
      --clause.end;
    }
  }

  void AssignTimes() {
    if (clauses_.empty()) return;
    for (ChunkIndex c = 0; c < chunks_.size(); ++c) {
      if (chunks_[c].kind != ChunkKind::kTime) continue;
      // The token of the expression that hangs on a word outside of it.
      int32_t owner = -1;
      const WordRange range = chunks_[c].words;
      const TokenIndex first = words_[range.begin].first;
      const TokenIndex last = words_[range.end - 1].last;
      for (TokenIndex t = first; t < last; ++t) {
        const int32_t head = HeadOf(t);
        if (head >= static_cast<int32_t>(first) && head < static_cast<int32_t>(last)) continue;
        owner = ClauseAbove(t);
        if (owner >= 0 && Rel(t) != Deprel::kPunct) break;
      }
      clauses_[owner < 0 ? 0 : static_cast<size_t>(owner)].times.push_back(c);
    }
  }

  const language::Document& document_;
  const std::vector<Word>& words_;
  const std::vector<Chunk>& chunks_;
  const Nominals& nominals_;
  TokenIndex begin_ = 0, end_ = 0;
  std::vector<WordIndex> word_of_;                 // by token
  std::vector<int32_t> chunk_of_;                  // by word
  std::vector<std::vector<TokenIndex>> children_;  // by token
  std::vector<int32_t> clause_at_;                 // by token: the clause whose node it is
  std::vector<TokenIndex> nodes_;                  // by clause
  std::vector<bool> done_;
  std::vector<Clause> clauses_;
};

}  // namespace

void FillClauses(std::vector<Clause>& clauses, const std::vector<Clause>& others, const std::vector<Chunk>& chunks) {
  if (clauses.size() != others.size()) return;
  // "left ten dead or injured the agency said": who speaks was not injured.
  const auto speaks = [&](ChunkIndex phrase) {
    return std::any_of(clauses.begin(), clauses.end(), [&](const Clause& clause) {
      return !clause.passive && chunks[clause.verb].cues.Has(Cue::kSaying) &&
             std::any_of(clause.arguments.begin(), clause.arguments.end(), [&](const Argument& argument) {
               return argument.slot == "subject" && argument.phrase == phrase && !argument.shared;
             });
    });
  };
  for (size_t k = 0; k < clauses.size(); ++k) {
    Clause& clause = clauses[k];
    const Clause& other = others[k];
    const auto has = [&](std::string_view slot) {
      return std::any_of(clause.arguments.begin(), clause.arguments.end(),
                         [&](const Argument& a) { return a.slot == slot; });
    };
    const bool subject = has("subject");
    const bool object = has("object");
    if (!subject && clause.passive != other.passive) clause.passive = other.passive;
    for (const Argument& argument : other.arguments) {
      if (argument.slot == "subject" ? subject : argument.slot == "object" ? object : false) continue;
      if (argument.slot.starts_with("object") && speaks(argument.phrase)) continue;
      const bool known = std::any_of(clause.arguments.begin(), clause.arguments.end(),
                                     [&](const Argument& a) { return a.phrase == argument.phrase; });
      if (!known) clause.arguments.push_back({argument.slot, argument.phrase, true});
    }
  }
}

std::vector<Clause> ReadTreeClauses(const language::Document& document, const Sentence& sentence,
                                    const std::vector<Chunk>& chunks, const Nominals& nominals) {
  return TreeReader(document, sentence, chunks, nominals).Run();
}

}  // namespace sitgraph::extract
