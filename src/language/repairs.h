// Mends trees, and a tag that they refute, after parsing where reports are written as no treebank is: ranks before
// names, long lists of counts, sources before and after a sentence.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>

#include "src/language/tagger.h"

namespace sitgraph::language {

// One parsed sentence; all spans have its length. Heads are indices within it, -1 for its one root.
struct SentenceTree {
  std::span<const std::string_view> forms;
  std::span<TagId> tags;
  std::span<const Tag> tag_list;
  std::span<int32_t> heads;
  std::span<uint8_t> labels;
};

// The tree stays a tree. Linear in the sentence times its depth. In this order:
// - "Col. Gen. Sergey Rudskoy": ranks under the name, the name flat under its first word, one way out of it;
// - "five infantry fighting vehicles": the number counts the plural noun, not what is compounded with it;
// - "A, B and C": all conjuncts under the first;
// - "seven tanks, 122 guns, nine systems": three or more counted things in a row are conjuncts;
// - "According to X, A, B and C have been taken": A, B and C are the subject, not more sources;
// - "X fell, he said": what was said is ccomp, not advcl;
// - "Army takes town - MoD": the source at a headline's end hangs beside the sentence;
// - "fighters killed in Homs": a verb in -ed under a noun, without a subject, is a participle.
void RepairTree(const SentenceTree& tree);

}  // namespace sitgraph::language
