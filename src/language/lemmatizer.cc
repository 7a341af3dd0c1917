// Looking up and applying edit rules.
#include "src/language/lemmatizer.h"

#include <array>

#include "src/language/hashing.h"

namespace sitgraph::language {
namespace {

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

uint32_t Lemmatizer::WordKey(std::string_view folded, TagId tag) { return FeatureKey(1, HashBytes(folded), tag); }
uint32_t Lemmatizer::SuffixKey(std::string_view folded_suffix, TagId tag) {
  return FeatureKey(2, HashBytes(folded_suffix), tag);
}

Lemmatizer::Lemmatizer(std::vector<EditRule> rules, const std::vector<NumberTable::Entry>& entries)
    : rules_(std::move(rules)), table_(entries) {}

void Lemmatizer::Write(const std::vector<EditRule>& rules, const std::vector<NumberTable::Entry>& entries,
                       ByteWriter& out) {
  out.Varint(rules.size());
  for (const EditRule& rule : rules) {
    out.U8(static_cast<uint8_t>(rule.keep_case));
    out.U8(rule.strip);
    out.String(rule.append);
  }
  NumberTable::Write(entries, out);
}

bool Lemmatizer::Read(ByteSource& in) {
  rules_.resize(in.Count(3));
  for (EditRule& rule : rules_) {
    rule.keep_case = in.U8() != 0;
    rule.strip = in.U8();
    rule.append = std::string(in.String());
  }
  return in.ok() && table_.Read(in, static_cast<uint32_t>(rules_.size()));
}

size_t SuffixStarts(std::string_view word, std::span<size_t, Lemmatizer::kMaxSuffix + 1> starts) {
  size_t count = 0;
  size_t at = word.size();
  starts[count++] = at;
  while (count < starts.size() && at > 0) {
    --at;
    while (at > 0 && IsContinuation(word[at])) --at;
    starts[count++] = at;
  }
  return count;
}

bool Apply(const EditRule& rule, std::string_view form, std::string_view folded, std::string& out) {
  const std::string_view base = rule.keep_case ? form : folded;
  size_t end = base.size();
  for (uint8_t i = 0; i < rule.strip; ++i) {
    if (end == 0) return false;
    --end;
    while (end > 0 && IsContinuation(base[end])) --end;
  }
  if (end == 0 && rule.append.empty()) return false;
  out.assign(base.substr(0, end));
  out += rule.append;
  return true;
}

void Lemmatizer::Lemma(std::string_view form, std::string_view folded, TagId tag, std::string& out) const {
  const auto apply = [&](int32_t rule) {
    return rule >= 0 && Apply(rules_[static_cast<size_t>(rule)], form, folded, out);
  };
  if (apply(table_.Find(WordKey(folded, tag)))) return;
  std::array<size_t, kMaxSuffix + 1> starts;
  for (size_t i = SuffixStarts(folded, starts); i > 0; --i) {
    if (apply(table_.Find(SuffixKey(folded.substr(starts[i - 1]), tag)))) return;
  }
  out.assign(folded);
}

}  // namespace sitgraph::language
