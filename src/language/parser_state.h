// Configurations of the arc-hybrid transition system (Kuhlmann, Gómez-Rodríguez and Satta 2011) and what is seen of the
// sentence in them.
//
// SHIFT moves the buffer's first word on the stack, LEFT makes the stack's top a dependent of the buffer's first word,
// RIGHT makes it a dependent of the word below it. The root stands at the buffer's end; LEFT from it needs the stack's
// last word, so that there is exactly one root and a parse has exactly 2n transitions.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <vector>

#include "src/language/tagger.h"
#include "src/language/words.h"

namespace sitgraph::language {

enum class Transition : uint8_t { kShift, kLeft, kRight };

// The sentence as the parser sees it. Positions go from -kPad to size + kPad; `size` is the root's.
class ParseInput {
 public:
  static constexpr int32_t kPad = 3;

  // `words` must outlive the input.
  void Prepare(const WordSequence& words, std::span<const TagId> tags, std::span<const Tag> tag_list);

  int32_t size() const { return size_; }
  uint64_t word(int32_t i) const { return atoms_[Index(i)].word; }
  uint64_t tag(int32_t i) const { return atoms_[Index(i)].tag; }
  uint64_t upos(int32_t i) const { return atoms_[Index(i)].upos; }
  uint64_t suffix(int32_t i) const { return atoms_[Index(i)].suffix; }
  uint64_t shape(int32_t i) const { return atoms_[Index(i)].shape; }
  // What stands strictly between two positions, left < right: verbs, commas, conjunctions, other punctuation, marks.
  uint64_t Between(int32_t left, int32_t right) const;

 private:
  struct Atoms {
    uint64_t word = 0;
    uint64_t suffix = 0;
    uint64_t shape = 0;
    uint16_t tag = 0;
    uint16_t upos = 0;
  };
  struct Counts {  // of words before a position
    uint16_t verbs = 0;
    uint16_t commas = 0;
    uint16_t conjunctions = 0;
    uint16_t stops = 0;
    uint16_t marks = 0;
  };
  static size_t Index(int32_t i) { return static_cast<size_t>(i + kPad); }

  int32_t size_ = 0;
  std::vector<Atoms> atoms_;
  std::vector<Counts> counts_;
};

inline constexpr uint8_t kNoLabel = 255;

// A dependent that a word has already.
struct Child {
  int32_t token = -1;
  uint8_t label = kNoLabel;
};

// A word on the stack or at the buffer's front with its dependents so far. Never changes once made, so that the beam's
// states share nodes; `signature` stands for token and dependents, not for what is below.
struct Node {
  uint64_t signature = 0;
  const Node* below = nullptr;  // on the stack
  int32_t token = -1;
  uint8_t left_count = 0;  // up to 15
  uint8_t right_count = 0;
  Child left1;   // the leftmost dependent
  Child left2;   // the next after it
  Child right1;  // the rightmost
  Child right2;
  uint64_t left_labels = 0;  // one bit a label
  uint64_t right_labels = 0;
};

// A node without dependents.
void InitNode(int32_t token, Node& node);
// Copies `node` with one dependent more, to the left of or right of all it has on that side.
void AddLeft(const Node& node, Child child, Node& out);
void AddRight(const Node& node, Child child, Node& out);

// Hands out nodes that live until Reset; keeps its memory.
class NodeArena {
 public:
  Node* New() {
    if (used_ == kBlock * blocks_.size()) blocks_.push_back(std::make_unique<Node[]>(kBlock));
    Node* node = &blocks_[used_ / kBlock][used_ % kBlock];
    ++used_;
    return node;
  }
  void Reset() { used_ = 0; }

 private:
  static constexpr size_t kBlock = 1024;
  std::vector<std::unique_ptr<Node[]>> blocks_;
  size_t used_ = 0;
};

// What a configuration shows: the stack's top, and the buffer's first word with its left dependents.
struct Configuration {
  const Node* top = nullptr;    // nullptr: the stack is empty
  const Node* front = nullptr;  // token == size: only the root is left

  bool Done(const ParseInput& input) const { return top == nullptr && front->token == input.size(); }
};

bool IsLegal(const Configuration& configuration, Transition transition, const ParseInput& input);

}  // namespace sitgraph::language
