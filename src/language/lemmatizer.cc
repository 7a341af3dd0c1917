// Looking up and applying edit rules.
#include "src/language/lemmatizer.h"

#include <unicode/uchar.h>

#include <algorithm>
#include <array>
#include <iterator>

#include "base/text.h"
#include "src/language/hashing.h"

namespace sitgraph::language {
namespace {

char32_t UpperOf(char32_t c) { return static_cast<char32_t>(u_toupper(static_cast<UChar32>(c))); }

bool IsContinuation(char byte) { return (static_cast<unsigned char>(byte) & 0xC0) == 0x80; }

}  // namespace

uint32_t Lemmatizer::WordKey(std::string_view folded, TagId tag) { return FeatureKey(1, HashBytes(folded), tag); }
uint32_t Lemmatizer::SuffixKey(std::string_view folded_suffix, TagId tag, Capitals capitals) {
  return FeatureKey(2, HashBytes(folded_suffix), tag, static_cast<uint64_t>(capitals));
}

Capitals CapitalsOf(std::string_view form) {
  size_t letters = 0;
  size_t capitals = 0;
  bool first = false;
  for (const char c : form) {
    const bool capital = c >= 'A' && c <= 'Z';
    letters += capital || (c >= 'a' && c <= 'z') || static_cast<unsigned char>(c) >= 0x80;
    first = first || (capital && letters == 1);
    capitals += capital;
  }
  if (letters > 1 && capitals == letters) return letters < 5 ? Capitals::kShort : Capitals::kLong;
  return first ? Capitals::kFirst : Capitals::kNone;
}

bool IsGroupedNumber(std::string_view form) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  return form.size() > 3 && digit(form.front()) && digit(form.back()) && form.find(',') != std::string_view::npos &&
         std::all_of(form.begin(), form.end(), [&](char c) { return digit(c) || c == ',' || c == '.'; });
}

std::string_view Designation(std::string_view form) {
  const auto digit = [](char c) { return c >= '0' && c <= '9'; };
  const auto capital = [](char c) { return c >= 'A' && c <= 'Z'; };
  const auto last_digit = std::find_if(form.rbegin(), form.rend(), digit);
  const auto first_capital = std::find_if(form.begin(), form.end(), capital);
  if (last_digit == form.rend() || first_capital >= last_digit.base()) return {};
  std::string_view stem = form;
  if (stem.ends_with('s')) stem.remove_suffix(1);
  if (stem.ends_with('\'')) stem.remove_suffix(1);
  return digit(stem.back()) ? stem : form;
}

Lemmatizer::Lemmatizer(std::vector<EditRule> rules, const std::vector<NumberTable::Entry>& entries)
    : rules_(std::move(rules)), table_(entries) {}

void Lemmatizer::Write(const std::vector<EditRule>& rules, const std::vector<NumberTable::Entry>& entries,
                       ByteWriter& out) {
  out.Varint(rules.size());
  for (const EditRule& rule : rules) {
    out.U8(static_cast<uint8_t>(rule.casing));
    out.U8(rule.strip);
    out.String(rule.append);
  }
  NumberTable::Write(entries, out);
}

bool Lemmatizer::Read(ByteSource& in) {
  rules_.resize(in.Count(3));
  for (EditRule& rule : rules_) {
    const uint8_t casing = in.U8();
    if (casing >= kLemmaCases) return false;
    rule.casing = static_cast<LemmaCase>(casing);
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
  const std::string_view base = rule.casing == LemmaCase::kKeep ? form : folded;
  size_t end = base.size();
  for (uint8_t i = 0; i < rule.strip; ++i) {
    if (end == 0) return false;
    --end;
    while (end > 0 && IsContinuation(base[end])) --end;
  }
  if (end == 0 && rule.append.empty()) return false;
  if (rule.casing == LemmaCase::kTitle) {
    size_t offset = 0;
    out.clear();
    if (end > 0) base::AppendUtf8(out, UpperOf(base::NextCodePoint(base, offset)));
    out += base.substr(std::min(offset, end), end - std::min(offset, end));
  } else {
    out.assign(base.substr(0, end));
  }
  out += rule.append;
  return true;
}

bool Lemmatizer::Lemma(std::string_view form, std::string_view folded, TagId tag, bool name, std::string& out) const {
  if (IsGroupedNumber(form)) {
    out.clear();
    std::copy_if(form.begin(), form.end(), std::back_inserter(out), [](char c) { return c != ','; });
    return true;
  }
  const auto apply = [&](int32_t rule) {
    return rule >= 0 && Apply(rules_[static_cast<size_t>(rule)], form, folded, out);
  };
  if (apply(table_.Find(WordKey(folded, tag)))) return true;
  if (const std::string_view designation = Designation(form); !designation.empty()) {
    out.assign(designation);
    return true;
  }
  const Capitals capitals = name ? CapitalsOf(form) : Capitals::kNone;
  std::array<size_t, kMaxSuffix + 1> starts;
  for (size_t i = SuffixStarts(folded, starts); i > 0; --i) {
    if (apply(table_.Find(SuffixKey(folded.substr(starts[i - 1]), tag, capitals)))) return false;
  }
  out.assign(folded);
  return false;
}

}  // namespace sitgraph::language
