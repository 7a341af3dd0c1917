// The templates. Names: s0, s1, s2 the stack from its top, b0, b1, b2 the buffer; w word, t tag, u universal tag, l and
// r dependents, v their numbers, m the sets of their labels.
#include "src/language/parser_templates.h"

#include "src/language/hashing.h"

namespace sitgraph::language {
namespace {

const Node kNoNode = [] {
  Node node;
  InitNode(-1, node);
  return node;
}();

const Node& OrNone(const Node* node) { return node != nullptr ? *node : kNoNode; }

uint64_t Distance(int32_t left, int32_t right) {
  const int32_t distance = right - left;
  if (left < 0) return 0;
  if (distance < 5) return static_cast<uint64_t>(distance);
  return distance < 7 ? 5 : distance < 11 ? 6 : 7;
}

// Appends keys, numbering templates from the group's first number.
class KeyWriter {
 public:
  KeyWriter(uint32_t* out, uint32_t first_id) : begin_(out), out_(out), id_(first_id) {}
  template <typename... Atoms>
  void operator()(Atoms... atoms) {
    *out_++ = FeatureKey(id_++, static_cast<uint64_t>(atoms)...);
  }
  size_t count() const { return static_cast<size_t>(out_ - begin_); }

 private:
  uint32_t* begin_;
  uint32_t* out_;
  uint32_t id_;
};

void AddNode(const Node& node, const ParseInput& in, KeyWriter& add) {
  const uint64_t w = in.word(node.token);
  const uint64_t t = in.tag(node.token);
  const uint64_t l1t = in.tag(node.left1.token);
  const uint64_t r1t = in.tag(node.right1.token);
  add(w);
  add(t);
  add(w, t);
  add(w, node.left_count);
  add(t, node.left_count);
  add(w, node.left_labels);
  add(t, node.left_labels);
  add(in.word(node.left1.token));
  add(l1t);
  add(node.left1.label, t);
  add(in.word(node.left2.token));
  add(in.tag(node.left2.token));
  add(node.left2.label);
  add(t, l1t, in.tag(node.left2.token));
  add(w, l1t);
  add(t, in.word(node.left1.token));
  add(w, node.right_count);
  add(t, node.right_count);
  add(w, node.right_labels);
  add(t, node.right_labels);
  add(in.word(node.right1.token));
  add(r1t);
  add(node.right1.label, t);
  add(in.word(node.right2.token));
  add(in.tag(node.right2.token));
  add(node.right2.label);
  add(t, r1t, in.tag(node.right2.token));
  add(w, r1t);
  add(w, node.right1.label);
  add(t, in.word(node.right1.token));
}

size_t TopKeys(const Node& s0, const ParseInput& in, uint32_t* out) {
  KeyWriter add(out, 0);
  AddNode(s0, in, add);
  const uint64_t t = in.tag(s0.token);
  add(t, in.tag(s0.token + 1));
  add(t, in.tag(s0.token < 0 ? -2 : s0.token - 1));
  add(t, in.tag(s0.token < 0 ? -2 : s0.token - 1), in.tag(s0.token + 1));
  add(in.suffix(s0.token), t);
  return add.count();
}

size_t FrontKeys(const Node& b0, const ParseInput& in, uint32_t* out) {
  KeyWriter add(out, 100);
  const int32_t i = b0.token;
  const int32_t j = i < in.size() ? i + 1 : i;
  const int32_t k = i + 1 < in.size() ? i + 2 : j;
  const uint64_t w = in.word(i);
  const uint64_t t = in.tag(i);
  const uint64_t b1w = in.word(j);
  const uint64_t b1t = in.tag(j);
  const uint64_t b2t = in.tag(k);
  add(w);
  add(t);
  add(w, t);
  add(b1w);
  add(b1t);
  add(b1w, b1t);
  add(in.word(k));
  add(b2t);
  add(in.word(k), b2t);
  add(t, b1t);
  add(w, b1t);
  add(t, b1w);
  add(w, b1w);
  add(t, b1t, b2t);
  add(b1t, b2t);
  add(w, b0.left_count);
  add(t, b0.left_count);
  add(w, b0.left_labels);
  add(t, b0.left_labels);
  add(in.word(b0.left1.token));
  add(in.tag(b0.left1.token));
  add(b0.left1.label, t);
  add(in.word(b0.left2.token));
  add(in.tag(b0.left2.token));
  add(b0.left2.label);
  add(t, in.tag(b0.left1.token), in.tag(b0.left2.token));
  add(t, in.tag(b0.left1.token));
  add(t, in.tag(i - 1));
  add(t, in.tag(i - 1), b1t);
  add(in.suffix(i), t);
  return add.count();
}

size_t SecondKeys(const Node& s1, const Node& s2, const ParseInput& in, uint32_t* out) {
  KeyWriter add(out, 200);
  AddNode(s1, in, add);
  const uint64_t s2w = in.word(s2.token);
  const uint64_t s2t = in.tag(s2.token);
  add(s2w);
  add(s2t);
  add(s2w, s2t);
  add(in.tag(s1.token), s2t);
  add(in.word(s1.token), s2t);
  add(in.tag(s1.token), in.tag(s1.token + 1));
  return add.count();
}

// Pairs of words between which an arc may be drawn: `a` left of `b`.
void AddPair(const Node& a, const Node& b, const ParseInput& in, KeyWriter& add) {
  const uint64_t aw = in.word(a.token);
  const uint64_t at = in.tag(a.token);
  const uint64_t bw = in.word(b.token);
  const uint64_t bt = in.tag(b.token);
  const uint64_t distance = Distance(a.token, b.token);
  const uint64_t between = in.Between(a.token, b.token);
  add(aw, at, bw, bt);
  add(aw, at, bw);
  add(aw, bw, bt);
  add(aw, at, bt);
  add(at, bw, bt);
  add(aw, bw);
  add(at, bt);
  add(aw, bt);
  add(at, bw);
  add(aw, distance);
  add(at, distance);
  add(bw, distance);
  add(bt, distance);
  add(aw, bw, distance);
  add(at, bt, distance);
  add(at, bt, between);
  add(at, bt, between, distance);
  add(aw, bt, between);
  add(at, bw, between);
  add(at, bt, in.tag(a.left1.token));
  add(at, bt, in.tag(a.right1.token));
  add(at, bt, a.right1.label);
  add(aw, bt, a.right1.label);
  add(at, bt, a.left_labels);
  add(at, bt, a.right_labels);
  add(aw, bt, a.right_labels);
  add(at, bt, in.tag(b.left1.token));
  add(at, bt, in.tag(b.left2.token));
  add(at, bt, b.left_labels);
  add(at, bw, b.left_labels);
  add(aw, bt, in.word(b.left1.token));
  add(at, bt, in.word(b.left1.token));
  add(at, bw, in.word(b.left1.token));
  add(at, bt, a.right_count);
  add(at, bt, b.left_count);
  add(at, in.tag(a.token + 1), bt);
  add(at, in.tag(b.token - 1), bt);
  add(at, in.tag(a.token + 1), in.tag(b.token - 1), bt);
  add(in.upos(a.token), in.tag(a.token < 0 ? -2 : a.token - 1), bt, in.tag(b.token - 1));
}

size_t TopFrontKeys(const Node& s0, const Node& b0, const ParseInput& in, uint32_t* out) {
  KeyWriter add(out, 300);
  AddPair(s0, b0, in, add);
  const int32_t j = b0.token < in.size() ? b0.token + 1 : b0.token;
  const int32_t k = j < in.size() ? j + 1 : j;
  const uint64_t s0w = in.word(s0.token);
  const uint64_t s0t = in.tag(s0.token);
  const uint64_t b0w = in.word(b0.token);
  const uint64_t b0t = in.tag(b0.token);
  const uint64_t b1t = in.tag(j);
  add(s0t, b0t, b1t);
  add(s0w, b0t, b1t);
  add(s0t, b0w, b1t);
  add(s0t, b0t, in.word(j));
  add(s0t, b0t, b1t, in.tag(k));
  add(s0w, b0w, b1t);
  add(s0t, s0.right_labels, b0t, b1t);
  add(s0w, in.word(j));
  add(s0t, b1t, in.Between(s0.token, j));
  return add.count();
}

size_t SecondTopKeys(const Node& s1, const Node& s0, const ParseInput& in, uint32_t* out) {
  KeyWriter add(out, 400);
  AddPair(s1, s0, in, add);
  const uint64_t s1w = in.word(s1.token);
  const uint64_t s1t = in.tag(s1.token);
  const uint64_t s0w = in.word(s0.token);
  const uint64_t s0t = in.tag(s0.token);
  add(s1t, s0t, in.tag(s0.right1.token));
  add(s1t, s0t, s0.right_labels);
  add(s1w, s0w, in.word(s0.left1.token));
  add(s1t, s0w, s0.left_labels);
  add(s1w, s0t, s0.left_labels);
  add(s1t, s1.right1.label, s0t, s0.left_labels);
  return add.count();
}

size_t TripleKeys(const Node& s2, const Node& s1, const Node& s0, const Node& b0, const ParseInput& in, uint32_t* out) {
  KeyWriter add(out, 500);
  const int32_t j = b0.token < in.size() ? b0.token + 1 : b0.token;
  const uint64_t s2t = in.tag(s2.token);
  const uint64_t s1w = in.word(s1.token);
  const uint64_t s1t = in.tag(s1.token);
  const uint64_t s0w = in.word(s0.token);
  const uint64_t s0t = in.tag(s0.token);
  const uint64_t b0w = in.word(b0.token);
  const uint64_t b0t = in.tag(b0.token);
  add(s1t, s0t, b0t);
  add(s1w, s0t, b0t);
  add(s1t, s0w, b0t);
  add(s1t, s0t, b0w);
  add(s1w, s0w, b0t);
  add(s1t, s0w, b0w);
  add(s1w, s0t, b0w);
  add(s2t, s1t, s0t);
  add(s2t, s1t, s0t, b0t);
  add(s1t, s0t, b0t, in.tag(j));
  add(s1w, b0w);
  add(s1t, b0t);
  add(s1w, b0t);
  add(s1t, b0w);
  add(s1t, b0t, in.Between(s1.token, b0.token));
  add(s1t, in.word(s0.left1.token), s0t, b0t);
  add(s1t, s0t, s0.left_labels, b0t);
  add(s1t, s1.right_labels, s0t, b0t);
  add(s1t, s0t, s0.right_labels, b0t);
  add(s1t, s0t, b0t, b0.left_labels);
  add(in.upos(s2.token), in.upos(s1.token), in.upos(s0.token), in.upos(b0.token), in.upos(j));
  add(in.upos(s1.token), in.upos(s0.token), in.upos(b0.token), s1.right1.label, s0.right1.label, s0.left1.label);
  add(in.upos(s1.token), Distance(s1.token, s0.token), in.upos(s0.token), Distance(s0.token, b0.token),
      in.upos(b0.token));
  return add.count();
}

}  // namespace

uint64_t GroupSignature(size_t group, const Configuration& configuration) {
  const Node& s0 = OrNone(configuration.top);
  const Node& s1 = OrNone(s0.below);
  const uint64_t front = configuration.front->signature;
  switch (group) {
    case 0:
      return Mix(s0.signature, 0);
    case 1:
      return Mix(front, 1);
    case 2:
      return Mix(Mix(s1.signature, static_cast<uint64_t>(OrNone(s1.below).token)), 2);
    case 3:
      return Mix(Mix(s0.signature, front), 3);
    case 4:
      return Mix(Mix(s1.signature, s0.signature), 4);
    default:
      return Mix(Mix(Mix(s1.signature, s0.signature), front), static_cast<uint64_t>(OrNone(s1.below).token));
  }
}

size_t GroupKeys(size_t group, const Configuration& configuration, const ParseInput& input,
                 std::span<uint32_t, kMaxGroupKeys> keys) {
  const Node& s0 = OrNone(configuration.top);
  const Node& s1 = OrNone(s0.below);
  const Node& b0 = *configuration.front;
  switch (group) {
    case 0:
      return TopKeys(s0, input, keys.data());
    case 1:
      return FrontKeys(b0, input, keys.data());
    case 2:
      return SecondKeys(s1, OrNone(s1.below), input, keys.data());
    case 3:
      return TopFrontKeys(s0, b0, input, keys.data());
    case 4:
      return SecondTopKeys(s1, s0, input, keys.data());
    default:
      return TripleKeys(OrNone(s1.below), s1, s0, b0, input, keys.data());
  }
}

size_t LabelKeys(const Node& head, const Node& dependent, const ParseInput& in,
                 std::span<uint32_t, kMaxLabelKeys> keys) {
  KeyWriter add(keys.data(), 600);
  const int32_t h = head.token;
  const int32_t d = dependent.token;
  const uint64_t hw = in.word(h);
  const uint64_t ht = in.tag(h);
  const uint64_t hu = in.upos(h);
  const uint64_t dw = in.word(d);
  const uint64_t dt = in.tag(d);
  const uint64_t du = in.upos(d);
  const uint64_t left = d < h ? 1 : 0;
  const uint64_t distance = (left != 0 ? Distance(d, h) : Distance(h, d)) << 1 | left;
  const uint64_t between = (left != 0 ? in.Between(d, h) : in.Between(h, d)) << 1 | left;
  const uint64_t l1w = in.word(dependent.left1.token);
  const uint64_t l1t = in.tag(dependent.left1.token);
  const uint64_t r1w = in.word(dependent.right1.token);
  const uint64_t dl = dependent.left_labels;
  const uint64_t dr = dependent.right_labels;
  const uint64_t hl = head.left_labels;
  const uint64_t hr = head.right_labels;
  add(left, hu, du);
  add(left, ht, dt);
  add(left, hw, dt);
  add(left, ht, dw);
  add(left, hw, dw);
  add(left, hw, ht, dw, dt);
  add(left, dw);
  add(left, dt);
  add(left, dw, dt);
  add(left, hw);
  add(left, ht);
  add(distance, dt, ht);
  add(distance, dt);
  add(distance, ht);
  add(between, ht, dt);
  add(between, hu, du);
  add(left, in.suffix(d), dt, ht);
  add(left, in.suffix(h), ht, dt);
  add(left, in.shape(d), dt);
  add(left, in.shape(h), in.shape(d), ht, dt);
  add(left, in.suffix(d), hw);
  // The dependent's own dependents tell clauses from phrases.
  add(left, dt, dl);
  add(left, dw, dl);
  add(left, dt, dr);
  add(left, ht, dt, dl);
  add(left, ht, dt, dr);
  add(left, hu, du, dl, dr);
  add(left, hw, dt, dl);
  add(left, hw, dl);
  add(left, l1w, dt);
  add(left, l1w, ht);
  add(left, l1w, hw);
  add(left, l1w, dw);
  add(left, l1w, dt, ht);
  add(left, l1t, dt, ht);
  add(left, in.word(dependent.left2.token), dt, ht);
  add(left, in.tag(dependent.left2.token), l1t, dt);
  add(left, r1w, dt, ht);
  add(left, in.tag(dependent.right1.token), dt, ht);
  add(left, dependent.left_count, dependent.right_count, dt, ht);
  // What the head has already.
  add(left, ht, hl, dt);
  add(left, ht, hr, dt);
  add(left, hu, hl, hr, du);
  add(left, hw, hr);
  add(left, hw, hl);
  add(left, hw, hl, dt);
  add(left, hw, hr, dt);
  add(left, in.word(head.left1.token), ht, dt);
  add(left, in.word(head.right1.token), ht, dt);
  add(left, head.right1.label, ht, dt);
  add(left, head.left1.label, ht, dt);
  add(left, hr, dl, hu, du);
  // Words around both.
  const int32_t d_before = d - 1;
  const int32_t d_after = d + 1;
  add(left, in.tag(d_before), dt, in.tag(d_after));
  add(left, in.word(d_before), dt);
  add(left, in.word(d_after), dt);
  add(left, in.tag(d_before), dt, ht);
  add(left, in.tag(d_after), dt, ht);
  add(left, in.word(d_before), dw);
  add(left, in.word(d_after), dw);
  add(left, in.tag(h - 1), ht, dt);
  add(left, in.tag(h + 1 > in.size() ? h : h + 1), ht, dt);
  add(left, in.word(h - 1), ht, dt);
  add(left, in.tag(h - 1), ht, in.tag(d_before), dt);
  return add.count();
}

}  // namespace sitgraph::language
