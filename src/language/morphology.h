// Morphological features of tagged and parsed words: a lexicon, then what only the tree tells (agreement, voice, mood).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "src/language/bytes.h"
#include "src/language/tagger.h"
#include "src/language/weights.h"
#include "src/language/words.h"

namespace sitgraph::language {

class Morphology {
 public:
  // From the most to the least specific; the first that is in the table counts.
  static uint32_t WordKey(const Word& word, TagId tag);
  static uint32_t ShapeKey(const Word& word, TagId tag);
  static uint32_t TagKey(TagId tag);

  Morphology() = default;
  Morphology(std::vector<uint64_t> sets, const std::vector<NumberTable::Entry>& entries);
  static void Write(const std::vector<uint64_t>& sets, const std::vector<NumberTable::Entry>& entries, ByteWriter& out);
  bool Read(ByteSource& in);

  uint64_t Features(const Word& word, TagId tag) const;

 private:
  std::vector<uint64_t> sets_;
  NumberTable table_;
};

// What a word's dependents say of it.
struct Dependents {
  int32_t subject = -1;
  bool passive = false;      // aux:pass
  bool auxiliary = false;    // aux
  bool marked = false;       // "to" or a subordinator
  bool coordinated = false;  // conj
};

// Settles Person and Number of finite verbs by their subjects, Voice of participles, Mood of bare verbs. `heads` are
// indices into `analyses`, -1 for the root; tags, relations and lexical features are set. Linear in the sentence.
void AgreeFeatures(std::span<Analysis> analyses, std::span<const int32_t> heads, std::vector<Dependents>& scratch);

}  // namespace sitgraph::language
