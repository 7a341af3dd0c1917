// Sentence boundaries over tokens, by rules; abbreviations get their stops back here.
#include "src/language/segmenter.h"

#include <algorithm>
#include <limits>

#include "src/language/abbreviations.h"
#include "src/language/characters.h"
#include "src/language/tokenizer.h"

namespace sitgraph::language {
namespace {

using base::Span;

constexpr size_t kMinWrapWidth = 40;   // shorter lines are lists or verse, not wrapped prose
constexpr size_t kMaxWrapWidth = 120;  // longer ones are paragraphs of a line each

// What stands between two tokens.
enum class Gap : uint8_t { kNone, kSpace, kLine, kBlankLine };

// Splits the tokens of one zone into sentences, and joins abbreviations with their stops on the way.
class SentenceSplitter {
 public:
  SentenceSplitter(Document& document, size_t first, Span zone)
      : document_(document), tokens_(document.tokens), text_(document.text), zone_(zone), first_(first) {}

  void Run();

 private:
  void Close(size_t written);
  bool EndsAt(size_t i);
  bool EndsAtStop(size_t i, size_t next, Gap gap) const;
  bool EndsAtAbbreviation(size_t stop, Abbreviation kind, size_t next) const;
  bool JoinsStop(size_t i, bool ends) const;
  Abbreviation AbbreviationBefore(size_t stop) const;

  Gap GapAfter(size_t i) const;
  Gap GapBetween(uint32_t begin, uint32_t end) const;  // bytes of the text that are between two tokens
  bool SoftLineBreak(size_t i);
  size_t WrapWidth(size_t i);
  std::string_view Text(size_t i) const { return tokens_[i].span.In(text_); }
  CodePoint First(size_t i) const { return CodePointAt(text_, tokens_[i].span.begin); }
  bool IsStopToken(size_t i) const { return tokens_[i].kind == TokenKind::kPunctuation && IsStop(First(i).value); }
  bool IsEmoticon(size_t i) const {
    return tokens_[i].kind == TokenKind::kSymbol && tokens_[i].span.size() >= 2 && First(i).size == 1 &&
           ClassOf(First(i).value) == CharClass::kPunctuation;
  }
  bool IsCloserToken(size_t i) const;
  size_t WordAfter(size_t i) const;

  Document& document_;
  std::vector<Token>& tokens_;
  std::string_view text_;
  Span zone_;
  size_t first_;
  size_t begin_ = 0;       // first token of the open sentence, as written
  size_t raw_begin_ = 0;   // the same, as read
  size_t wrap_width_ = 0;  // longest line, in code points, of the paragraph that ends at `wrap_end_`
  uint32_t wrap_end_ = 0;
};

void SentenceSplitter::Run() {
  size_t written = first_;
  begin_ = written;
  raw_begin_ = first_;
  for (size_t i = first_; i < tokens_.size(); ++i) {
    const bool ends = EndsAt(i);
    if (written > begin_ && JoinsStop(i, ends)) {
      tokens_[written - 1].span.end = tokens_[i].span.end;
      tokens_[written - 1].space_after = tokens_[i].space_after;
    } else {
      tokens_[written++] = tokens_[i];
    }
    if (ends || written - begin_ >= kMaxSentenceTokens) {
      Close(written);
      raw_begin_ = i + 1;
    }
  }
  Close(written);
  tokens_.resize(written);
}

void SentenceSplitter::Close(size_t written) {
  if (written > begin_) {
    const Span span{tokens_[begin_].span.begin, tokens_[written - 1].span.end};
    const bool starts_paragraph =
        begin_ == first_ || GapBetween(document_.sentences.back().span.end, span.begin) == Gap::kBlankLine;
    document_.sentences.push_back(
        {span, static_cast<TokenIndex>(begin_), static_cast<TokenIndex>(written), starts_paragraph});
  }
  begin_ = written;
}

Gap SentenceSplitter::GapAfter(size_t i) const {
  if (!tokens_[i].space_after) {
    return Gap::kNone;
  }
  return GapBetween(tokens_[i].span.end, i + 1 < tokens_.size() ? tokens_[i + 1].span.begin : zone_.end);
}

Gap SentenceSplitter::GapBetween(uint32_t begin, uint32_t end) const {
  const auto lines = std::count(text_.begin() + begin, text_.begin() + end, '\n');
  return lines == 0 ? Gap::kSpace : (lines == 1 ? Gap::kLine : Gap::kBlankLine);
}

bool SentenceSplitter::IsCloserToken(size_t i) const {
  if (tokens_[i].kind != TokenKind::kPunctuation && !tokens_[i].clitic) {
    return false;
  }
  const CodePoint c = First(i);
  if (!IsCloser(c.value) || (tokens_[i].clitic && tokens_[i].span.size() != c.size)) {
    return false;
  }
  return i > first_ && !tokens_[i - 1].space_after;
}

// The first token after `i` that is not an opening quote or bracket.
size_t SentenceSplitter::WordAfter(size_t i) const {
  size_t next = i + 1;
  while (next < tokens_.size() && next < i + 4 && tokens_[next].kind == TokenKind::kPunctuation &&
         IsOpener(First(next).value)) {
    ++next;
  }
  return next;
}

Abbreviation SentenceSplitter::AbbreviationBefore(size_t stop) const {
  if (stop == first_ || tokens_[stop].span.size() != 1 || text_[tokens_[stop].span.begin] != '.') {
    return Abbreviation::kNone;
  }
  const Token& word = tokens_[stop - 1];
  if (word.span.end != tokens_[stop].span.begin || word.kind != TokenKind::kWord) {
    return Abbreviation::kNone;
  }
  return AbbreviationOf(Text(stop - 1));
}

// Whether the stop at `i` is written into the abbreviation before it.
bool SentenceSplitter::JoinsStop(size_t i, bool ends) const {
  if (ends) {
    return false;
  }
  const Abbreviation kind = AbbreviationBefore(i);
  return kind != Abbreviation::kNone;
}

bool SentenceSplitter::EndsAtAbbreviation(size_t stop, Abbreviation kind, size_t next) const {
  const CodePoint c = First(next);
  const bool capital = IsUpper(c.value);
  const bool digit = ClassOf(c.value) == CharClass::kDigit;
  const std::string_view word = Text(next);
  switch (kind) {
    case Abbreviation::kTitle:
      return false;
    case Abbreviation::kNumbered:
      return !digit;
    case Abbreviation::kInitial:
      return capital && OpensSentences(word) && word.size() > 1 && stop > raw_begin_ + 1;
    case Abbreviation::kFinal:
      return capital;
    case Abbreviation::kTime:
      return capital && AbbreviationOf(word.substr(0, 3)) != Abbreviation::kMonth &&
             (OpensSentences(word) || !IsUpper(CodePointBefore(word, word.size()).value));
    default:
      return capital && OpensSentences(word);
  }
}

bool SentenceSplitter::EndsAtStop(size_t i, size_t next, Gap gap) const {
  // `i` is the last token of stop and closers; the stop itself stands before the closers.
  size_t stop = i;
  while (stop > raw_begin_ && IsCloserToken(stop)) {
    --stop;
  }
  if (!IsStopToken(stop)) {
    return false;
  }
  const std::string_view mark = Text(stop);
  const size_t word = WordAfter(next - 1);
  const size_t at = word < tokens_.size() ? word : next;
  const CodePoint c = First(at);
  const bool lower = IsLower(c.value);
  if (const Abbreviation kind = AbbreviationBefore(stop); kind != Abbreviation::kNone) {
    return stop == i && gap != Gap::kNone && EndsAtAbbreviation(stop, kind, at);
  }
  if (text_[tokens_[next].span.begin] == '/' || IsStopToken(next)) {
    return false;  // "MOSCOW, May 7. /TASS/", ". . ."
  }
  if (gap == Gap::kNone) {
    // "ended.The": only between words, and not where "node.Next" is code or a name.
    return stop == i && stop > raw_begin_ && tokens_[stop - 1].kind == TokenKind::kWord && IsUpper(c.value) &&
           tokens_[at].kind == TokenKind::kWord && tokens_[at].span.size() > 1;
  }
  if (lower && (stop != i || mark.size() > 1)) {
    return false;  // "Really?" he asked; and so on ... but
  }
  // "1. Remain seated": an enumerator opens its sentence.
  if (stop == raw_begin_ + 1 && mark == "." && tokens_[raw_begin_].kind == TokenKind::kNumber) {
    return false;
  }
  return true;
}

bool SentenceSplitter::EndsAt(size_t i) {
  const size_t next = i + 1;
  const Gap gap = GapAfter(i);
  if (next == tokens_.size() || gap == Gap::kBlankLine || (gap == Gap::kLine && !SoftLineBreak(i))) {
    return true;
  }
  // Quotes and brackets that close after a stop stay with it, and so do emoticons.
  if ((gap == Gap::kNone && IsCloserToken(next)) || IsEmoticon(next)) {
    return false;
  }
  if (IsEmoticon(i) && i > raw_begin_ && IsStopToken(i - 1)) {
    return !IsLower(First(next).value);
  }
  return EndsAtStop(i, next, gap);
}

// The longest line of the paragraph in which the line break after token `i` stands; each paragraph is measured once.
size_t SentenceSplitter::WrapWidth(size_t i) {
  uint32_t p = tokens_[i].span.end;
  if (p < wrap_end_) {
    return wrap_width_;
  }
  while (p > zone_.begin && text_[p - 1] != '\n') {
    --p;
  }
  wrap_width_ = 0;
  size_t width = 0;
  bool blank = true;
  for (; p < zone_.end; ++p) {
    if (text_[p] == '\n') {
      if (blank) {
        break;
      }
      wrap_width_ = std::max(wrap_width_, width);
      width = 0;
      blank = true;
    } else if ((text_[p] & 0xC0) != 0x80) {
      ++width;
      blank = blank && (text_[p] == ' ' || text_[p] == '\t' || text_[p] == '\r');
    }
  }
  wrap_width_ = std::max(wrap_width_, width);
  wrap_end_ = p;
  return wrap_width_;
}

bool IsBullet(char32_t c) {
  return ClassOf(c) == CharClass::kSymbol || IsHyphen(c) || c == U'\u2013' || c == U'\u2014' || c == U'\u2022' ||
         c == U'\u2023' || c == U'\u00B7';
}

// Whether the line break after token `i` only wraps prose: the next line's first word would not have fitted any more,
// or goes on in lower case.
bool SentenceSplitter::SoftLineBreak(size_t i) {
  const Token& next = tokens_[i + 1];
  const char32_t first = First(i + 1).value;
  if (IsBullet(first)) {
    return false;
  }
  if (IsLower(first) && !IsStopToken(i)) {
    return true;
  }
  const size_t width = WrapWidth(i);
  if (width < kMinWrapWidth || width > kMaxWrapWidth) {
    return false;
  }
  size_t line = 0;
  for (uint32_t p = tokens_[i].span.end; p > zone_.begin && text_[p - 1] != '\n'; --p) {
    line += (text_[p - 1] & 0xC0) != 0x80 ? 1 : 0;
  }
  uint32_t word_end = next.span.begin;
  while (word_end < zone_.end && text_[word_end] != ' ' && text_[word_end] != '\n') {
    ++word_end;
  }
  const size_t word = base::CountCodePoints(text_.substr(next.span.begin, word_end - next.span.begin));
  return line + 1 + word > width;
}

}  // namespace

void Clear(Document& document) {
  document.text = {};
  document.tokens.clear();
  document.sentences.clear();
  document.analyses.clear();
}

void SegmentInto(std::string_view text, Span zone, Document& document) {
  document.text = text;
  const size_t first = document.tokens.size();
  zone.end = static_cast<uint32_t>(std::min<size_t>(zone.end, text.size()));
  Tokenize(text, zone, document.tokens);
  SentenceSplitter(document, first, zone).Run();
}

Document Segment(std::string_view text) {
  Document document;
  const size_t size = std::min<size_t>(text.size(), std::numeric_limits<uint32_t>::max());
  SegmentInto(text, {0, static_cast<uint32_t>(size)}, document);
  return document;
}

}  // namespace sitgraph::language
