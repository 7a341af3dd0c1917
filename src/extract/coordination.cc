#include "src/extract/coordination.h"

#include <algorithm>

namespace sitgraph::extract {
namespace {

using codebook::EntityKind;

bool Is(const std::vector<Chunk>& chunks, ChunkIndex c, ChunkKind kind) {
  return c < chunks.size() && chunks[c].kind == kind;
}

// "talks with A and his deputy were held", "a march of Druze and Kurdish farmers has begun": the verb does not
// agree with the phrase before it, so that phrase belongs to the list and the verb to the talks.
bool IsOfSeveral(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex verb, ChunkIndex phrase) {
  const Word& head = sentence.words[chunks[phrase].head];
  const std::string& first = sentence.words[chunks[verb].words.begin].lower;
  if (chunks[phrase].pronoun) return false;
  const auto is = [&](std::string_view plural, std::string_view singular) {
    return first == (head.plural ? singular : plural);
  };
  return is("were", "was") || is("are", "is") || is("have", "has");
}

bool IsBehindBetween(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex first) {
  return first > 0 && chunks[first - 1].kind == ChunkKind::kPreposition &&
         sentence.words[chunks[first - 1].head].lower == "between";
}

// Behind a participle clause inside a list: "lorries carrying guns, 12 mortars" and, after "between", "A stationed in
// the north and B". Else `at` itself.
ChunkIndex BehindParticiple(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex at, bool between) {
  if (!Is(chunks, at, ChunkKind::kVerbGroup) || !(chunks[at].gerund || chunks[at].participle)) return at;
  if (Is(chunks, at + 1, ChunkKind::kNounPhrase)) {
    const ChunkIndex after = PhraseEnd(sentence, chunks, at + 1);
    if (Is(chunks, after, ChunkKind::kComma) && Is(chunks, after + 1, ChunkKind::kNounPhrase) &&
        sentence.words[chunks[after + 1].words.begin].cls == WordClass::kNumber) {
      return after;
    }
  }
  if (!between) return at;
  ChunkIndex after = at + 1;
  while (Is(chunks, after, ChunkKind::kPreposition) && Is(chunks, after + 1, ChunkKind::kNounPhrase)) {
    after = PhraseEnd(sentence, chunks, after + 1);
  }
  return Is(chunks, after, ChunkKind::kConjunction) ? after : at;
}

}  // namespace

ChunkIndex PhraseEnd(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex c) {
  while (c + 1 < chunks.size() && chunks[c].possessed && chunks[c + 1].kind == ChunkKind::kNounPhrase) ++c;
  ++c;
  while (c + 1 < chunks.size() && chunks[c].kind == ChunkKind::kPreposition &&
         sentence.words[chunks[c].head].lower == "of" && chunks[c + 1].kind == ChunkKind::kNounPhrase) {
    ++c;
    while (c + 1 < chunks.size() && chunks[c].possessed && chunks[c + 1].kind == ChunkKind::kNounPhrase) ++c;
    ++c;
  }
  return c;
}

ChunkIndex Possessed(const std::vector<Chunk>& chunks, ChunkIndex c) {
  while (c + 1 < chunks.size() && chunks[c].possessed && chunks[c + 1].kind == ChunkKind::kNounPhrase) ++c;
  return c;
}

bool AreListed(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex one, ChunkIndex two) {
  const auto first_word = [&](ChunkIndex c) -> const Word& { return sentence.words[chunks[c].words.begin]; };
  const bool single = first_word(one).lower == "a" || first_word(one).lower == "an";
  if ((single || first_word(one).cls == WordClass::kNumber) && first_word(two).cls == WordClass::kNumber) return true;
  const Word& a = sentence.words[chunks[one].head];
  const Word& b = sentence.words[chunks[two].head];
  const auto place = [](const Word& word) {
    return word.cls == WordClass::kName &&
           (word.entries.empty() || std::any_of(word.entries.begin(), word.entries.end(), [](const codebook::Entry* e) {
              return e->kind == EntityKind::kPlace;
            }));
  };
  if (place(a) && place(b)) return true;
  return !a.entries.empty() && !b.entries.empty() && a.entries[0]->kind == b.entries[0]->kind;
}

std::vector<ChunkIndex> Conjuncts(const Sentence& sentence, const std::vector<Chunk>& chunks, ChunkIndex first,
                                  ChunkIndex& end) {
  const auto is = [&](ChunkIndex c, ChunkKind kind) { return Is(chunks, c, kind); };
  std::vector<ChunkIndex> list{Possessed(chunks, first)};
  ChunkIndex j = PhraseEnd(sentence, chunks, first);
  end = j;
  std::vector<ChunkIndex> pending;
  while (list.size() + pending.size() < kMaxConjuncts) {
    ChunkIndex k = BehindParticiple(sentence, chunks, j, list.size() == 1 && IsBehindBetween(sentence, chunks, first));
    const bool comma = is(k, ChunkKind::kComma);
    if (comma) ++k;
    if (is(k, ChunkKind::kAdverb) && is(k + 1, ChunkKind::kSubordinator)) ++k;  // "as well as"
    bool conjunction = false;
    if (is(k, ChunkKind::kConjunction)) {
      const std::string& word = sentence.words[chunks[k].head].lower;
      if (word != "and" && word != "or" && word != "&") break;
      conjunction = true;
      ++k;
    } else if (is(k, ChunkKind::kPreposition) && is(k + 1, ChunkKind::kAdverb) && is(k + 2, ChunkKind::kPreposition) &&
               sentence.words[chunks[k].head].lower == "as" && sentence.words[chunks[k + 1].head].lower == "well") {
      conjunction = true;
      k += 3;
    }
    if (!is(k, ChunkKind::kNounPhrase)) break;
    if (!comma && !conjunction && !AreListed(sentence, chunks, (pending.empty() ? list : pending).back(), k)) break;
    const ChunkIndex phrase_end = PhraseEnd(sentence, chunks, k);
    // The subject of the next clause is no member of the list.
    ChunkIndex verb = phrase_end;
    while (is(verb, ChunkKind::kAdverb) || is(verb, ChunkKind::kTime)) ++verb;
    if (is(verb, ChunkKind::kVerbGroup) && !chunks[verb].infinitive && !chunks[verb].gerund &&
        !(chunks[verb].participle && is(verb + 1, ChunkKind::kPreposition)) &&
        !IsOfSeveral(sentence, chunks, verb, k)) {
      break;
    }
    pending.push_back(Possessed(chunks, k));
    j = phrase_end;
    const bool number_list = sentence.words[chunks[k].words.begin].cls == WordClass::kNumber;
    if (conjunction || (number_list && comma)) {
      list.insert(list.end(), pending.begin(), pending.end());
      pending.clear();
      end = j;
    }
  }
  return list;
}

}  // namespace sitgraph::extract
