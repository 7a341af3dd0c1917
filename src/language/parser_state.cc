// Preparing sentences for the parser; nodes with dependents.
#include "src/language/parser_state.h"

#include <algorithm>

#include "src/language/hashing.h"

namespace sitgraph::language {
namespace {

constexpr uint16_t kRootTag = 300;
constexpr uint16_t kOutsideTag = 301;

uint64_t ChildHash(uint64_t hash, Child child) {
  return Mix(hash, static_cast<uint64_t>(static_cast<uint32_t>(child.token)) << 8 | child.label);
}

void Sign(Node& node) {
  uint64_t hash =
      Mix(0x51, static_cast<uint64_t>(node.token) << 16 | uint64_t{node.left_count} << 8 | node.right_count);
  for (const Child child : {node.left1, node.left2, node.right1, node.right2}) hash = ChildHash(hash, child);
  node.signature = Mix(Mix(hash, node.left_labels), node.right_labels);
}

uint8_t CountUp(uint8_t count) { return static_cast<uint8_t>(std::min(count + 1, 15)); }

}  // namespace

void ParseInput::Prepare(const WordSequence& words, std::span<const TagId> tags, std::span<const Tag> tag_list) {
  size_ = static_cast<int32_t>(tags.size());
  const Atoms outside{1, 1, 1, kOutsideTag, kOutsideTag};
  atoms_.assign(tags.size() + 1 + 2 * kPad, outside);
  atoms_[Index(size_)] = {2, 2, 2, kRootTag, kRootTag};
  counts_.assign(tags.size() + 2, Counts());
  Counts counts;
  for (int32_t i = 0; i < size_; ++i) {
    const size_t at = static_cast<size_t>(i);
    const Tag tag = tag_list[tags[at]];
    const Word& word = words.words[at];
    atoms_[Index(i)] = {word.known, word.suffixes[2], word.shape, tags[at], static_cast<uint16_t>(tag.upos)};
    counts_[at] = counts;
    counts.verbs += tag.upos == Upos::kVerb || tag.upos == Upos::kAux;
    counts.commas += tag.xpos == Xpos::kComma;
    counts.conjunctions += tag.upos == Upos::kCconj;
    counts.stops += tag.upos == Upos::kPunct && tag.xpos != Xpos::kComma;
    counts.marks += tag.upos == Upos::kSconj || tag.xpos == Xpos::kWdt || tag.xpos == Xpos::kWp;
  }
  counts_[tags.size()] = counts_[tags.size() + 1] = counts;
}

uint64_t ParseInput::Between(int32_t left, int32_t right) const {
  if (left < 0 || right <= left) return 0;
  const Counts& from = counts_[static_cast<size_t>(left) + 1];
  const Counts& to = counts_[static_cast<size_t>(right)];
  const auto bits = [](int from_count, int to_count, int most) {
    return static_cast<uint64_t>(std::min(to_count - from_count, most));
  };
  return 1 + (bits(from.verbs, to.verbs, 2) | bits(from.commas, to.commas, 2) << 2 |
              bits(from.conjunctions, to.conjunctions, 1) << 4 | bits(from.stops, to.stops, 1) << 5 |
              bits(from.marks, to.marks, 1) << 6);
}

void InitNode(int32_t token, Node& node) {
  node = Node();
  node.token = token;
  Sign(node);
}

void AddLeft(const Node& node, Child child, Node& out) {
  out = node;
  out.left2 = node.left1;
  out.left1 = child;
  out.left_count = CountUp(node.left_count);
  out.left_labels |= UINT64_C(1) << child.label;
  Sign(out);
}

void AddRight(const Node& node, Child child, Node& out) {
  out = node;
  out.right2 = node.right1;
  out.right1 = child;
  out.right_count = CountUp(node.right_count);
  out.right_labels |= UINT64_C(1) << child.label;
  Sign(out);
}

bool IsLegal(const Configuration& configuration, Transition transition, const ParseInput& input) {
  const bool at_root = configuration.front->token == input.size();
  switch (transition) {
    case Transition::kShift:
      return !at_root;
    case Transition::kLeft:
      return configuration.top != nullptr && (!at_root || configuration.top->below == nullptr);
    case Transition::kRight:
      return configuration.top != nullptr && configuration.top->below != nullptr;
  }
  return false;
}

}  // namespace sitgraph::language
