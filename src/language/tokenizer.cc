// The tokeniser: one pass, with look-ahead that never reads a byte more than a few times.
#include "src/language/tokenizer.h"

#include <algorithm>
#include <iterator>

#include "src/language/characters.h"
#include "src/language/sentence_words.h"

namespace sitgraph::language {
namespace {

using base::Span;
using Offset = uint32_t;

constexpr bool IsAsciiLower(char c) { return c >= 'a' && c <= 'z'; }
constexpr bool IsAsciiUpper(char c) { return c >= 'A' && c <= 'Z'; }
constexpr bool IsAsciiDigit(char c) { return c >= '0' && c <= '9'; }
constexpr bool IsAsciiAlnum(char c) { return IsAsciiLower(c) || IsAsciiUpper(c) || IsAsciiDigit(c); }
constexpr char ToLower(char c) { return IsAsciiUpper(c) ? static_cast<char>(c - 'A' + 'a') : c; }

constexpr bool IsWordClass(CharClass c) { return c == CharClass::kLetter || c == CharClass::kDigit; }

template <size_t N>
bool IsOneOf(std::string_view word, const std::string_view (&list)[N]) {
  return std::any_of(std::begin(list), std::end(list), [&](std::string_view w) { return EqualsLower(word, w); });
}

// Prefixes that the treebanks keep with their word: "anti-tank", "pro-government", "mid-2011".
constexpr std::string_view kPrefixes[] = {"anti",  "co",    "counter", "cross", "de",    "e",      "ex",
                                          "extra", "inter", "intra",   "micro", "mid",   "mini",   "multi",
                                          "neo",   "non",   "post",    "pre",   "pro",   "psycho", "quasi",
                                          "re",    "semi",  "socio",   "sub",   "trans", "ultra",  "un"};
// Arabic articles that assimilate to the letter that follows ("ez-Zor", "As-Suwayda"); al and el take any.
constexpr std::string_view kArticles[] = {"ad", "ar", "as", "at", "an", "az",  "adh", "ash", "ath", "ed",
                                          "er", "es", "et", "en", "ez", "esh", "ech", "edh", "eth"};
// Words of names that are joined by hyphens to what follows ("Abu-Kamal") or stand inside ("Lashkar-e-Taiba").
constexpr std::string_view kNameStarts[] = {"abu", "abd", "ibn", "umm", "deir", "bint"};
constexpr std::string_view kNameLinks[] = {"al", "el", "ul", "ur", "us", "ud", "uz", "e", "i"};
constexpr std::string_view kTopLevelDomains[] = {
    "com", "org", "net", "gov", "edu", "info", "mil", "ru",   "uk",  "co",  "de",  "tv",  "sy",   "ir",  "il",
    "ua",  "eu",  "ca",  "au",  "biz", "int",  "doc", "docx", "pdf", "xls", "jpg", "png", "html", "htm", "txt"};
constexpr std::string_view kUnits[] = {"k",  "m",  "b",  "bn",  "mn",  "mm",  "km",  "kms", "kg",   "g",  "mg",
                                       "cm", "ft", "lb", "lbs", "oz",  "hr",  "hrs", "min", "mins", "am", "pm",
                                       "x",  "kb", "mb", "gb",  "mph", "kph", "kw",  "mw",  "kv",   "l",  "ml",
                                       "t",  "ha", "yr", "yrs", "sq",  "gmt", "utc", "est", "mln",  "tn"};
// Written without apostrophe, by where they split; only forms that are hardly ever another word.
struct Joined {
  std::string_view word;
  uint8_t split;
};
constexpr Joined kJoined[] = {
    {"cannot", 3}, {"gonna", 3},   {"gotta", 3},   {"wanna", 3},    {"gimme", 3}, {"lemme", 3},  {"dont", 2},
    {"doesnt", 4}, {"didnt", 3},   {"isnt", 2},    {"arent", 3},    {"wasnt", 3}, {"werent", 4}, {"hasnt", 3},
    {"havent", 4}, {"couldnt", 5}, {"wouldnt", 5}, {"shouldnt", 6}, {"cant", 2},  {"wont", 2},   {"thats", 4},
    {"theres", 5}, {"whats", 4},   {"youre", 3},   {"theyre", 4},   {"ive", 1},   {"im", 1},     {"youve", 3}};
constexpr std::string_view kEmoticons[] = {":-)", ":-(", ";-)", ":-D", ":-P", ":-/", ":)",  ":(",  ";)", ":D",
                                           ":P",  ":/",  ":O",  "=)",  "=(",  "<3",  "^_^", "-_-", ":'("};

// What follows the apostrophe of a contraction.
constexpr std::string_view kClitics[] = {"s", "m", "d", "re", "ve", "ll"};
bool IsClitic(std::string_view letters) { return letters.size() <= 2 && IsOneOf(letters, kClitics); }

class Tokenizer {
 public:
  Tokenizer(std::string_view text, Span zone, std::vector<Token>& tokens)
      : text_(text.substr(0, zone.end)), end_(zone.end), tokens_(tokens) {
    Run(zone.begin);
  }

 private:
  void Run(Offset p);
  Offset SkipSpace(Offset p);
  // Each of these takes one token (or one group) at `p` and returns the offset after it; those of type bool do nothing
  // where the text at `p` is something else.
  Offset TakeToken(Offset p);
  bool TakeAddress(Offset& p);
  bool TakeEmoticon(Offset& p);
  Offset TakeWord(Offset p);
  Offset TakeNumber(Offset p);
  Offset TakeNumberSuffix(Offset begin, Offset p);
  Offset TakePunctuation(Offset p);
  Offset TakeEmoji(Offset p);

  Offset WordEnd(Offset p) const;
  Offset RunEnd(Offset p) const;
  Offset HyphenatedEnd(Offset begin, Offset end) const;
  void EmitWord(Offset begin, Offset end);
  bool EmitContraction(Offset begin, Offset end);
  void EmitPossessive(Offset begin, Offset& p);
  void Emit(Offset begin, Offset end, TokenKind kind, bool clitic = false);

  char ByteAt(Offset p) const { return p < end_ ? text_[p] : '\0'; }
  CodePoint At(Offset p) const { return p < end_ ? CodePointAt(text_, p) : CodePoint{}; }
  CharClass ClassAt(Offset p) const { return p < end_ ? ClassOf(CodePointAt(text_, p).value) : CharClass::kSpace; }
  bool AtWordChar(Offset p) const { return IsWordClass(ClassAt(p)); }
  std::string_view Slice(Offset begin, Offset end) const { return text_.substr(begin, end - begin); }

  std::string_view text_;  // up to the end of the zone, so that nothing looks beyond
  Offset end_;
  std::vector<Token>& tokens_;
  Offset chunk_begin_ = 0;      // the run of non-space around the current token
  Offset no_email_before_ = 0;  // no e-mail address starts before this offset (keeps the look-ahead linear)
  Offset no_domain_before_ = 0;
  bool single_quote_open_ = false;
};

void Tokenizer::Run(Offset p) {
  while ((p = SkipSpace(p)) < end_) {
    chunk_begin_ = p;
    while (p < end_ && ClassAt(p) != CharClass::kSpace) {
      p = TakeToken(p);
    }
    if (!tokens_.empty()) {
      tokens_.back().space_after = p < end_;
    }
  }
}

Offset Tokenizer::SkipSpace(Offset p) {
  while (p < end_) {
    const CodePoint c = At(p);
    if (ClassOf(c.value) != CharClass::kSpace) {
      break;
    }
    single_quote_open_ = single_quote_open_ && c.value != U'\n';
    p += c.size;
  }
  return p;
}

void Tokenizer::Emit(Offset begin, Offset end, TokenKind kind, bool clitic) {
  tokens_.push_back({{begin, end}, kind, false, clitic});
}

Offset Tokenizer::TakeToken(Offset p) {
  if (TakeAddress(p) || TakeEmoticon(p)) {
    return p;
  }
  const CodePoint c = At(p);
  const bool number_sign =
      (c.value == U'.' || c.value == U'+') && ClassAt(p + 1) == CharClass::kDigit && p == chunk_begin_;
  if (number_sign) {
    return TakeNumber(p);
  }
  switch (ClassOf(c.value)) {
    case CharClass::kLetter:
      return TakeWord(p);
    case CharClass::kDigit:
      return TakeNumber(p);
    case CharClass::kSymbol:
      return c.value >= 0x2190 ? TakeEmoji(p) : TakePunctuation(p);
    default:
      return TakePunctuation(p);
  }
}

// ---- URLs, e-mail addresses, domains, handles, hashtags

bool IsAddressEnd(char32_t c) {
  return ClassOf(c) == CharClass::kSpace || c == U'<' || c == U'>' || c == U'"' || c == U'\u00AB' || c == U'\u00BB' ||
         (c >= U'\u2018' && c <= U'\u201F');
}

constexpr bool IsAddressTail(char c) {
  return c == '.' || c == ',' || c == ';' || c == ':' || c == '!' || c == '?' || c == '\'' || c == ')' || c == ']' ||
         c == '}' || c == '*';
}

constexpr bool IsEmailChar(char c) {
  return IsAsciiAlnum(c) || c == '.' || c == '_' || c == '-' || c == '+' || c == '%';
}

// The end of a URL that starts at `p`, without the punctuation that follows it; brackets that it opens belong to it.
Offset UrlEnd(std::string_view text, Offset p) {
  Offset end = p;
  int open = 0;
  while (end < text.size()) {
    const CodePoint c = CodePointAt(text, end);
    if (IsAddressEnd(c.value)) {
      break;
    }
    open += c.value == U'(' ? 1 : (c.value == U')' ? -1 : 0);
    end += c.size;
  }
  while (end > p && IsAddressTail(text[end - 1]) && !(text[end - 1] == ')' && open >= 0)) {
    open += text[end - 1] == ')' ? 1 : 0;
    --end;
  }
  return end;
}

bool StartsUrl(std::string_view rest) {
  for (const std::string_view scheme : {"http://", "https://", "ftp://", "www."}) {
    if (rest.size() > scheme.size() && EqualsLower(rest.substr(0, scheme.size()), scheme)) {
      return IsAsciiAlnum(rest[scheme.size()]) || (rest[scheme.size()] & 0x80) != 0;
    }
  }
  return false;
}

// The end of "name@host" at `p`, or `p`; `stop` is then where the characters of an address end.
Offset EmailEnd(std::string_view text, Offset p, Offset& stop) {
  Offset at = p;
  while (at < text.size() && IsEmailChar(text[at])) {
    ++at;
  }
  stop = at;
  if (at == p || at + 1 >= text.size() || text[at] != '@' || !IsAsciiAlnum(text[at + 1])) {
    return p;
  }
  Offset end = at + 1;
  while (end < text.size() && (IsEmailChar(text[end]))) {
    ++end;
  }
  while (!IsAsciiAlnum(text[end - 1])) {
    --end;
  }
  return end;
}

// The end of "host.tld" with what may follow it ("/path"), or `p`. Only known endings count, in one case throughout, so
// that "ended.The" and "it.com" beside a sentence end stay apart.
Offset DomainEnd(std::string_view text, Offset p, Offset& stop) {
  Offset end = p;
  Offset last_dot = 0;
  while (end < text.size() && (IsAsciiAlnum(text[end]) || text[end] == '-' || text[end] == '.' || text[end] == '_')) {
    if (text[end] == '.') {
      if (end == p || text[end - 1] == '.') {
        break;
      }
      if (end + 1 >= text.size() || !IsAsciiAlnum(text[end + 1])) {
        break;
      }
      last_dot = end;
    }
    ++end;
  }
  stop = end;
  if (last_dot == 0 || end - last_dot < 3) {
    return p;
  }
  const std::string_view tld = text.substr(last_dot + 1, end - last_dot - 1);
  const bool one_case =
      std::all_of(tld.begin(), tld.end(), IsAsciiLower) || std::all_of(tld.begin(), tld.end(), IsAsciiUpper);
  if (!one_case || !IsOneOf(tld, kTopLevelDomains)) {
    return p;
  }
  return end < text.size() && text[end] == '/' ? UrlEnd(text, p) : end;
}

bool Tokenizer::TakeAddress(Offset& p) {
  const char c = text_[p];
  Offset end = p;
  if ((c == '@' || c == '#') && (p == chunk_begin_ || !AtWordChar(p - 1))) {
    const CharClass next = ClassAt(p + 1);
    if (next == CharClass::kLetter || (c == '@' && ByteAt(p + 1) == '_')) {
      end = p + 1;
      while (end < end_ && (AtWordChar(end) || text_[end] == '_')) {
        end += At(end).size;
      }
    }
  } else if (IsAsciiAlnum(c)) {
    if (StartsUrl(text_.substr(p))) {
      end = UrlEnd(text_, p);
    }
    if (end == p && p >= no_email_before_) {
      end = EmailEnd(text_, p, no_email_before_);
    }
    if (end == p && p >= no_domain_before_) {
      end = DomainEnd(text_, p, no_domain_before_);
    }
  }
  if (end == p) {
    return false;
  }
  Emit(p, end, TokenKind::kUrl);
  p = end;
  return true;
}

bool Tokenizer::TakeEmoticon(Offset& p) {
  const char c = text_[p];
  if (c != ':' && c != ';' && c != '=' && c != '<' && c != '^' && c != '-') {
    return false;
  }
  for (const std::string_view face : kEmoticons) {
    const Offset end = p + static_cast<Offset>(face.size());
    if (text_.substr(p, face.size()) == face && !AtWordChar(end) && ByteAt(end) != '/') {
      Emit(p, end, TokenKind::kSymbol);
      p = end;
      return true;
    }
  }
  return false;
}

// ---- words

// The end of the run of letters, digits and underscores at `p`.
Offset Tokenizer::RunEnd(Offset p) const {
  while (p < end_ && (AtWordChar(p) || (text_[p] == '_' && AtWordChar(p + 1)))) {
    p += At(p).size;
  }
  return p;
}

// As RunEnd, going on over apostrophes inside ("Za'araya", "didn't"), stops inside abbreviations ("U.S", "a.m", "Ph.D")
// and the ampersand of "AT&T".
Offset Tokenizer::WordEnd(Offset p) const {
  const Offset begin = p;
  Offset run = p;
  p = RunEnd(p);
  while (p < end_) {
    const CodePoint c = At(p);
    const Offset after = p + c.size;
    if (IsApostrophe(c.value) && ClassAt(after) == CharClass::kLetter) {
      run = after;
      p = RunEnd(after);
    } else if (c.value == U'.' && p - run <= 2 && ClassAt(after) == CharClass::kLetter) {
      const Offset next = RunEnd(after);
      const bool letters = next - after == 1 || (next - after <= 2 && ByteAt(next) == '.' && p - run == 1);
      if (!letters || (p - run == 2 && run != begin)) {
        break;
      }
      if (p - run == 2 && (ByteAt(next) != '.' || !IsUpper(At(after).value))) {
        break;
      }
      run = after;
      p = next;
    } else if (c.value == U'&' && IsUpper(At(after).value) && p - begin <= 3 && IsUpper(At(begin).value)) {
      run = after;
      p = RunEnd(after);
    } else {
      break;
    }
  }
  return p;
}

// Extends the word [begin, end) over hyphens that do not split it.
Offset Tokenizer::HyphenatedEnd(Offset begin, Offset end) const {
  std::string_view part = Slice(begin, end);
  bool in_name = false;
  for (;;) {
    const CodePoint hyphen = At(end);
    if (!IsHyphen(hyphen.value) || !AtWordChar(end + hyphen.size)) {
      return end;
    }
    const Offset next = end + hyphen.size;
    const Offset next_end = WordEnd(next);
    const bool next_upper = IsUpper(At(next).value);
    const std::string_view next_part = Slice(next, next_end);
    if (TakesArticle(part, next_part) || (in_name && next_upper)) {
      in_name = true;
    } else if (IsUpper(At(begin).value) && next_upper && IsOneOf(part, kNameStarts)) {
      in_name = true;
    } else if (IsUpper(At(begin).value) && !next_upper && IsOneOf(next_part, kNameLinks) &&
               IsHyphen(At(next_end).value) && IsUpper(At(next_end + At(next_end).size).value)) {
      in_name = true;
    } else if (!IsOneOf(part, kPrefixes) || end - begin != part.size()) {
      return end;
    }
    part = next_part;
    end = next_end;
  }
}

Offset Tokenizer::TakeWord(Offset p) {
  const Offset begin = p;
  Offset end = WordEnd(p);
  if (Slice(begin, end) == "US" && ByteAt(end) == '$') {
    Emit(begin, end + 1, TokenKind::kSymbol);
    return end + 1;
  }
  end = HyphenatedEnd(begin, end);
  EmitWord(begin, end);
  EmitPossessive(begin, end);
  return end;
}

// "soldiers'": the apostrophe after a final s, unless it closes a quotation.
void Tokenizer::EmitPossessive(Offset begin, Offset& p) {
  const CodePoint c = At(p);
  if (!IsApostrophe(c.value) || c.value == U'`' || c.value == U'\u2018' || IsApostrophe(At(p + c.size).value)) {
    return;
  }
  const char last = ToLower(text_[p - 1]);
  const bool next_ends = !AtWordChar(p + c.size);
  if (p > begin + 1 && (last == 's' || last == 'x' || last == 'z') && next_ends && !single_quote_open_) {
    Emit(p, p + c.size, TokenKind::kWord, true);
    p += c.size;
  }
}

void Tokenizer::EmitWord(Offset begin, Offset end) {
  if (!EmitContraction(begin, end)) {
    Emit(begin, end, TokenKind::kWord);
  }
}

// Pronouns and the like that take 'd; after names it may belong to the word ("Sa'd").
constexpr std::string_view kTakeWould[] = {"i", "you", "he", "she", "it", "we", "they", "who", "that", "there", "how"};

bool Tokenizer::EmitContraction(Offset begin, Offset end) {
  const std::string_view word = Slice(begin, end);
  if (word.size() >= 2 && word.size() <= 8) {
    for (const Joined& joined : kJoined) {
      if (EqualsLower(word, joined.word) && (word.size() > 2 || word[0] == 'i')) {
        Emit(begin, begin + joined.split, TokenKind::kWord);
        Emit(begin + joined.split, end, TokenKind::kWord, true);
        return true;
      }
    }
  }
  // The last apostrophe stands at most three bytes (its own size) and two letters before the end.
  Offset apostrophe = end;
  for (const Offset letters : {1U, 2U}) {
    if (end - begin > letters + 1 && IsAsciiAlnum(text_[end - 1]) && IsAsciiAlnum(text_[end - letters])) {
      const CodePoint c = CodePointBefore(text_, end - letters);
      if (IsApostrophe(c.value) && end - letters - c.size > begin) {
        apostrophe = end - letters - c.size;
        break;
      }
    }
  }
  if (apostrophe == end) {
    return false;
  }
  const std::string_view before = Slice(begin, apostrophe);
  const std::string_view tail = Slice(apostrophe + At(apostrophe).size, end);
  Offset split = apostrophe;
  if (EqualsLower(tail, "t") && apostrophe - begin >= 2 && ToLower(text_[apostrophe - 1]) == 'n') {
    split = apostrophe - 1;
  } else if (EqualsLower(tail, "d")) {
    if (IsUpper(At(begin).value) && !IsOneOf(before, kTakeWould)) {
      return false;
    }
  } else if (EqualsLower(tail, "s")) {
    if (EqualsLower(before, "ra")) {  // Ra's al-Ayn
      return false;
    }
  } else if (!IsClitic(tail)) {
    return false;
  }
  Emit(begin, split, TokenKind::kWord);
  Emit(split, end, TokenKind::kWord, true);
  return true;
}

// ---- numbers

// A run of digits with separators inside: 13,407; 2.5; 10:30; 9/11; 2018-05-07; 713-853-3989. A hyphen splits ranges
// (20-30), not dates and telephone numbers.
Offset NumberEnd(std::string_view text, Offset p) {
  const Offset begin = p;
  Offset group = p;  // start of the current run of digits
  int hyphens = 0;
  Offset before_first_hyphen = 0;
  Offset first_group = 0;
  while (p < text.size()) {
    const CodePoint c = CodePointAt(text, p);
    if (ClassOf(c.value) == CharClass::kDigit) {
      p += c.size;
      continue;
    }
    const Offset after = p + c.size;
    const bool digit_follows =
        after < text.size() && ClassOf(CodePointAt(text, after).value) == CharClass::kDigit && p > begin;
    if (!digit_follows) {
      break;
    }
    const bool short_group = p - group <= 2;
    if (c.value == U'-') {
      if (hyphens == 3) {  // neither a date nor a telephone number; stopping here bounds what is read again
        return before_first_hyphen;
      }
      if (hyphens++ == 0) {
        before_first_hyphen = p;
        first_group = p - group;
      }
    } else if (c.value == U'/') {
      Offset next = after;
      while (next < text.size() && IsAsciiDigit(text[next])) {
        ++next;
      }
      const bool date = (short_group || p - group == 4) && next - after <= 4;
      if (!date) {
        break;
      }
    } else if (c.value != U'.' && c.value != U',' && c.value != U':') {
      break;
    }
    group = after;
    p = after;
  }
  const bool telephone = hyphens == 1 && first_group == 3 && p - group == 4;
  if (hyphens == 1 && !telephone) {
    return before_first_hyphen;
  }
  return p;
}

Offset Tokenizer::TakeNumber(Offset p) {
  const Offset begin = p;
  if (ClassAt(p) != CharClass::kDigit) {
    ++p;  // the sign or point that TakeToken has seen
  }
  p = NumberEnd(text_, p);
  return TakeNumberSuffix(begin, p);
}

// What is glued to a number: "20th" and "1980s" are one token, "10pm", "5m" and "3km" two; other mixtures ("4x4",
// "9K32") one.
Offset Tokenizer::TakeNumberSuffix(Offset begin, Offset p) {
  const CodePoint c = At(p);
  if (IsApostrophe(c.value) && ToLower(ByteAt(p + c.size)) == 's' && !AtWordChar(p + c.size + 1) &&
      text_[p - 1] == '0') {
    const Offset end = p + c.size + 1;  // the 1980's
    Emit(begin, end, TokenKind::kNumber);
    return end;
  }
  if (ClassAt(p) != CharClass::kLetter) {
    Emit(begin, p, TokenKind::kNumber);
    return p;
  }
  const Offset end = WordEnd(p);
  const std::string_view suffix = Slice(p, end);
  const bool ordinal = EqualsLower(suffix, "st") || EqualsLower(suffix, "nd") || EqualsLower(suffix, "rd") ||
                       EqualsLower(suffix, "th") || suffix == "s";
  if (ordinal) {
    Emit(begin, end, TokenKind::kNumber);
    return end;
  }
  const bool all_lower = std::all_of(suffix.begin(), suffix.end(), IsAsciiLower);
  if (IsOneOf(suffix, kUnits) || EqualsLower(suffix, "a.m") || EqualsLower(suffix, "p.m") ||
      (all_lower && suffix.size() >= 4)) {
    Emit(begin, p, TokenKind::kNumber);
    EmitWord(p, end);
    return end;
  }
  EmitWord(begin, end);
  return end;
}

// ---- punctuation and symbols

// Runs of one and the same of these are one token.
constexpr bool Repeats(char32_t c) {
  return c == U'-' || c == U'*' || c == U'=' || c == U'_' || c == U'~' || c == U'+' || c == U'<' || c == U'>' ||
         c == U'#' || c == U'$' || c == U'\u2014' || c == U'\u2013';
}

Offset Tokenizer::TakePunctuation(Offset p) {
  const Offset begin = p;
  const CodePoint c = At(p);
  p += c.size;
  if (IsStop(c.value)) {
    while (p < end_ && IsStop(At(p).value)) {
      p += At(p).size;
    }
  } else if (Repeats(c.value)) {
    while (p < end_ && At(p).value == c.value) {
      p += c.size;
    }
  } else if (IsApostrophe(c.value)) {
    const CodePoint next = At(p);
    const bool inside = begin > chunk_begin_ && IsWordClass(ClassOf(CodePointBefore(text_, begin).value));
    if (IsApostrophe(next.value)) {
      p += next.size;  // '' and `` are double quotes
    } else if (c.value == U'\'' && ClassAt(p) == CharClass::kDigit && ClassAt(p + 1) == CharClass::kDigit &&
               ClassAt(p + 2) != CharClass::kDigit && !inside) {
      p += 2;  // '98, '90s
      p += ByteAt(p) == 's' ? 1U : 0U;
      Emit(begin, p, TokenKind::kNumber);
      return p;
    } else if (const Offset end = RunEnd(p); !inside && IsClitic(Slice(p, end))) {
      Emit(begin, end, TokenKind::kWord, true);  // "Syria 's"
      return end;
    } else {
      single_quote_open_ = !inside && AtWordChar(p);
    }
  }
  const CharClass kind = ClassOf(c.value);
  Emit(begin, p, kind == CharClass::kSymbol ? TokenKind::kSymbol : TokenKind::kPunctuation);
  return p;
}

// One emoji with its modifiers, joined emoji (ZWJ) and pairs of regional indicators as one token.
Offset Tokenizer::TakeEmoji(Offset p) {
  const Offset begin = p;
  const auto is_flag = [](char32_t c) { return c >= 0x1F1E6 && c <= 0x1F1FF; };
  CodePoint c = At(p);
  p += c.size;
  if (is_flag(c.value) && is_flag(At(p).value)) {
    p += At(p).size;
  }
  while (p < end_ && IsEmojiGlue(At(p).value)) {
    c = At(p);
    p += c.size;
    if (c.value == U'\u200D' && ClassAt(p) == CharClass::kSymbol) {
      p += At(p).size;
    }
  }
  Emit(begin, p, TokenKind::kSymbol);
  return p;
}

}  // namespace

bool TakesArticle(std::string_view article, std::string_view name) {
  if (EqualsLower(article, "al") || EqualsLower(article, "el")) {
    return true;
  }
  const std::string_view assimilated = article.substr(std::min<size_t>(1, article.size()));
  return IsOneOf(article, kArticles) && name.size() >= assimilated.size() &&
         std::equal(assimilated.begin(), assimilated.end(), name.begin(),
                    [](char a, char b) { return ToLower(a) == ToLower(b); });
}

void Tokenize(std::string_view text, Span zone, std::vector<Token>& tokens) {
  zone.end = static_cast<uint32_t>(std::min<size_t>(zone.end, text.size()));
  if (zone.begin < zone.end) {
    Tokenizer(text, zone, tokens);
  }
}

}  // namespace sitgraph::language
