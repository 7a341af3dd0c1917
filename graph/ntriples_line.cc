#include "graph/ntriples_line.h"

#include <array>
#include <cstdint>
#include <string>

namespace sitgraph::graph {
namespace {

constexpr size_t kMaxPlainTerm = size_t{16} << 10;

enum Class : uint8_t { kIriByte = 1, kTextByte = 2, kLetter = 4, kDigit = 8 };

constexpr std::array<uint8_t, 256> kClasses = [] {
  std::array<uint8_t, 256> classes{};
  for (size_t c = 0x20; c < classes.size(); ++c) {
    const char byte = static_cast<char>(c);
    if (c > 0x20 && c != 0x7F && std::string_view("<>\"{}|^`\\").find(byte) == std::string_view::npos)
      classes[c] |= kIriByte;
    if (byte != '"' && byte != '\\' && c != 0x7F) classes[c] |= kTextByte;
    if ((byte >= 'a' && byte <= 'z') || (byte >= 'A' && byte <= 'Z')) classes[c] |= kLetter;
    if (byte >= '0' && byte <= '9') classes[c] |= kDigit;
  }
  return classes;
}();

bool Is(char c, uint8_t classes) { return (kClasses[static_cast<unsigned char>(c)] & classes) != 0; }

class LineParser {
 public:
  LineParser(std::string_view line, std::string_view label_prefix) : line_(line), label_prefix_(label_prefix) {}

  bool Statement(bool graphs, Quad& quad) {
    SkipBlanks();
    if (!Resource(quad.subject) || !Iri(text_)) return false;
    quad.predicate.SetIri(text_);
    SkipBlanks();
    if (at_ == line_.size()) return false;
    if (!(line_[at_] == '"' ? Literal(quad.object) : Resource(quad.object))) return false;
    if (at_ < line_.size() && line_[at_] != '.') {
      if (!graphs || !Resource(quad.graph)) return false;
    } else {
      quad.graph.SetIri({});
    }
    if (at_ == line_.size() || line_[at_] != '.') return false;
    ++at_;
    SkipBlanks();
    return at_ == line_.size();
  }

 private:
  void SkipBlanks() {
    while (at_ < line_.size() && (line_[at_] == ' ' || line_[at_] == '\t')) ++at_;
  }
  bool Bounded(size_t begin) const { return at_ - begin <= kMaxPlainTerm; }

  // <scheme:...> into `iri`.
  bool Iri(std::string_view& iri) {
    if (at_ == line_.size() || line_[at_] != '<') return false;
    const size_t begin = ++at_;
    if (at_ == line_.size() || !Is(line_[at_], kLetter)) return false;
    while (at_ < line_.size() && Is(line_[at_], kLetter | kDigit)) ++at_;
    if (at_ == line_.size() || line_[at_] != ':') return false;
    while (at_ < line_.size() && Is(line_[at_], kIriByte)) ++at_;
    if (at_ == line_.size() || line_[at_] != '>' || !Bounded(begin)) return false;
    iri = line_.substr(begin, at_ - begin);
    ++at_;
    SkipBlanks();
    return true;
  }

  bool Resource(Term& term) {
    if (line_.substr(at_, 2) != "_:") {
      if (!Iri(text_)) return false;
      term.SetIri(text_);
      return true;
    }
    const size_t begin = at_ += 2;
    while (at_ < line_.size() && Is(line_[at_], kLetter | kDigit)) ++at_;
    // Other characters may belong to the label or end it: not here.
    if (at_ == begin || at_ == line_.size() || (line_[at_] != ' ' && line_[at_] != '\t') || !Bounded(begin))
      return false;
    std::string label;
    label.reserve(label_prefix_.size() + 1 + at_ - begin);
    label += label_prefix_;
    label += '_';
    label += line_.substr(begin, at_ - begin);
    term = Term::Blank(std::move(label));
    SkipBlanks();
    return true;
  }

  bool Literal(Term& term) {
    const size_t begin = ++at_;
    while (at_ < line_.size() && Is(line_[at_], kTextByte)) ++at_;
    if (at_ == line_.size() || line_[at_] != '"' || !Bounded(begin)) return false;
    const std::string_view value = line_.substr(begin, at_ - begin);
    ++at_;
    if (line_.substr(at_, 2) == "^^") {
      at_ += 2;
      if (!Iri(text_)) return false;
      term.SetTyped(value, text_);
      return true;
    }
    if (at_ < line_.size() && line_[at_] == '@') {
      const size_t tag = ++at_;
      while (at_ < line_.size() && Is(line_[at_], kLetter)) ++at_;
      if (at_ == tag || at_ == line_.size() || line_[at_] != ' ' || !Bounded(tag)) return false;
      term = Term::LangString(std::string(value), std::string(line_.substr(tag, at_ - tag)));
    } else {
      term.SetTyped(value, {});
    }
    SkipBlanks();
    return true;
  }

  std::string_view line_, label_prefix_;
  size_t at_ = 0;
  std::string_view text_;
};

}  // namespace

bool ReadPlainLine(std::string_view line, std::string_view label_prefix, bool graphs, Quad& quad) {
  return LineParser(line, label_prefix).Statement(graphs, quad);
}

}  // namespace sitgraph::graph
