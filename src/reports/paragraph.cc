#include "src/reports/paragraph.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "src/reports/boilerplate.h"
#include "src/reports/cursor.h"
#include "src/reports/line.h"
#include "src/reports/outlets.h"
#include "src/reports/publication_date.h"

namespace sitgraph::reports {
namespace {

constexpr size_t kLongestCredit = 120;   // bytes inside brackets
constexpr size_t kLongestSignature = 5;  // words: "Ann Other/Bob Else"
constexpr size_t kLongestFragment = 40;  // words of a menu that follows the last sentence
constexpr size_t kTailWindow = 600;      // bytes before the end in which remarks are looked for
constexpr int kMostParts = 8;            // at either end

std::string_view TrimEnd(std::string_view text) {
  const std::string_view trimmed = base::Trim(text);
  return trimmed.empty() ? text.substr(0, 0) : text.substr(0, static_cast<size_t>(trimmed.end() - text.begin()));
}

size_t SkipBlanks(std::string_view text, size_t at) {
  Cursor cursor(text, at);
  cursor.Blanks();
  return cursor.at();
}

// "(AFP)" where it stands behind a sentence or at an end: the offset behind the bracket, or 0.
size_t MatchBracketedCredit(std::string_view text, size_t open) {
  const char close = text[open] == '(' ? ')' : ']';
  const size_t end = text.substr(0, open + kLongestCredit + 2).find(close, open);
  if (end == std::string_view::npos) return 0;
  const std::string_view inside = text.substr(open + 1, end - open - 1);
  if (!IsCredit(inside) && SourceRemark(inside).empty()) return 0;
  return end + 1;
}

// "Tags Syria Idlib civilians." at `at`: the offset behind the stop. A sentence that follows without a stop is told
// from the tags by the capital of a word that begins sentences ("Tags Syria Idlib At least ..."): the offset of that
// word. 0 where there is neither, since a list with a sentence's small words in it is none.
size_t MatchTags(std::string_view text, size_t at) {
  constexpr size_t kLongestTags = 250;  // bytes
  Cursor cursor(text, at);
  if (!cursor.EatPhrase("Tags")) return 0;
  cursor.Eat(":");
  const std::string_view window = text.substr(0, std::min(text.size(), at + kLongestTags));
  const size_t end = window.find(". ", cursor.at());
  if (end == std::string_view::npos) return 0;
  for (const std::string_view word : base::Split(text.substr(cursor.at(), end - cursor.at()), ' ')) {
    for (const std::string_view opening :
         {"A",   "After", "An",   "As",     "At",        "Dozens",    "During", "Following", "For",     "Hundreds",
          "In",  "It",    "More", "Nearly", "On",        "Overnight", "Over",   "Scores",    "Several", "Some",
          "The", "There", "This", "Those",  "Thousands", "Three",     "Two",    "When",      "While"}) {
      if (word == opening) return static_cast<size_t>(word.data() - text.data());
    }
    for (const std::string_view small : {"a",  "an", "and", "at",   "been", "by",  "for", "has", "have", "in",
                                         "is", "of", "on",  "said", "that", "the", "to",  "was", "were", "with"}) {
      if (word == small) return 0;
    }
  }
  return end + 1;
}

class Splitter {
 public:
  Splitter(std::string_view text, const ParagraphContext& context) : text_(text), context_(context) {}

  Paragraph Run() {
    size_t begin = context_.first ? TakeHead() : 0;
    size_t end = text_.size();
    std::vector<Zone> tail;
    if (context_.last) end = TakeTail(begin, tail);
    TakeMiddle(begin, end);
    for (auto zone = tail.rbegin(); zone != tail.rend(); ++zone) Add(zone->kind, zone->span.begin, zone->span.end);
    return std::move(result_);
  }

 private:
  void Add(ZoneKind kind, size_t begin, size_t end) {
    const std::string_view trimmed = base::Trim(text_.substr(begin, end - begin));
    if (trimmed.empty()) return;
    const auto offset = static_cast<uint32_t>(trimmed.data() - text_.data());
    const base::Span span{offset, offset + static_cast<uint32_t>(trimmed.size())};
    // "Published" "2 May 2018" and the like are one zone.
    if (!result_.zones.empty() && result_.zones.back().kind == kind && kind != context_.kind &&
        base::Trim(text_.substr(result_.zones.back().span.end, span.begin - result_.zones.back().span.end)).empty()) {
      result_.zones.back().span.end = span.end;
      return;
    }
    result_.zones.push_back({kind, span});
  }

  // Dates, the title again, an agency's name, page furniture and a dateline, in any order. Returns where text begins.
  size_t TakeHead() {
    size_t at = 0;
    bool dated = false;
    for (int part = 0; part < kMostParts; ++part) {
      at = SkipBlanks(text_, at);
      const std::string_view rest = text_.substr(at);
      if (const size_t length = MatchTitle(rest, context_.title); length != 0) {
        Add(ZoneKind::kTitle, at, at + length);
        at += length;
        continue;
      }
      if (const auto date = MatchPublicationDate(rest); date && !(dated && !date->labelled)) {
        Add(ZoneKind::kByline, at, at + date->end);
        result_.dates.push_back(*date);
        at += date->end;
        dated = true;
        at = TakeAuthor(at);
        continue;
      }
      if (const size_t length = MatchHeadFurniture(rest); length != 0) {
        Add(ZoneKind::kBoilerplate, at, at + length);
        at += length;
        continue;
      }
      if (const size_t length = MatchAgency(rest, part > 0); length != 0) {
        Add(ZoneKind::kByline, at, at + length);
        result_.publisher = OutletName(rest.substr(0, length));
        at += length;
        continue;
      }
      break;
    }
    if (!dated && context_.first) at = TakeTitleBeforeAgency(at);
    at = SkipBlanks(text_, at);
    if (auto dateline = MatchDateline(text_.substr(at))) {
      Add(ZoneKind::kDateline, at, at + dateline->end);
      at += dateline->end;
      result_.dateline = std::move(dateline);
    }
    return at;
  }

  // "Army takes hill officials AFP Monday 6 Jun 2016 The army ...": a title that is not quite the one given, an agency
  // and a date. Returns where text goes on.
  size_t TakeTitleBeforeAgency(size_t at) {
    constexpr size_t kLongestTitle = 200;  // bytes
    for (size_t agency = at; agency < std::min(text_.size(), at + kLongestTitle); ++agency) {
      if (agency > 0 && text_[agency - 1] != ' ') continue;
      if (EndOfLastSentence(text_.substr(at, agency - at)) != 0) return at;  // what ends a sentence is no title
      if (const size_t end = MatchStamp(agency); end != 0) {
        Add(context_.title.empty() ? ZoneKind::kTitle : ZoneKind::kBoilerplate, at, agency);
        Add(ZoneKind::kByline, agency, end);
        return end;
      }
      const size_t length = MatchAgency(text_.substr(agency), false);
      if (length == 0) continue;
      const size_t begin = SkipBlanks(text_, agency + length);
      const auto date = MatchPublicationDate(text_.substr(begin));
      if (!date) continue;
      Add(ZoneKind::kTitle, at, agency);
      Add(ZoneKind::kByline, agency, begin + date->end);
      result_.publisher = OutletName(text_.substr(agency, length));
      result_.dates.push_back(*date);
      return begin + date->end;
    }
    return at;
  }

  // "1735 15.04.2017", "07-08-2013 0147 PM": date and time without a colon. Returns their end, or 0.
  size_t MatchStamp(size_t at) {
    Cursor cursor(text_, at);
    if (!IsAsciiDigit(cursor.Peek())) return 0;
    const bool before = cursor.EatDigits(4, 4).has_value() && cursor.Blanks() && IsAsciiDigit(cursor.Peek());
    if (!before) cursor.set(at);
    const auto date = MatchDate(text_, cursor.at());
    if (!date || !date->date.complete()) return 0;
    cursor.set(date->span.end);
    if (!before) {
      cursor.Blanks();
      if (!cursor.EatDigits(4, 4)) return 0;
      cursor.Blanks();
      if (!cursor.EatPhrase("AM") && !cursor.EatPhrase("PM")) return 0;
    }
    PublicationDate found;
    found.date = date->date;
    found.end = cursor.at() - at;
    result_.dates.push_back(found);
    return cursor.at();
  }

  // "by Asharq Al-Awsat English" between the date and the repeated title.
  size_t TakeAuthor(size_t at) {
    Cursor cursor(text_, SkipBlanks(text_, at));
    if (context_.title.empty() || !cursor.EatPhrase("by")) return at;
    cursor.Blanks();
    const size_t begin = cursor.at();
    for (size_t end = begin; end < std::min(text_.size(), begin + 120); ++end) {
      if (text_[end] != ' ' || MatchTitle(text_.substr(end + 1), context_.title) == 0) continue;
      const std::string_view name = text_.substr(begin, end - begin);
      if (const std::string_view outlet = OutletName(name); !outlet.empty()) {
        result_.publisher = outlet;
      } else {
        result_.author = base::CollapseSpace(name);
      }
      Add(ZoneKind::kByline, at, end);
      return end;
    }
    return at;
  }

  static size_t MatchHeadFurniture(std::string_view rest) {
    for (const std::string_view phrase : {"Print this page", "Get short URL", "Share this", "title:"}) {
      Cursor cursor(rest);
      if (!cursor.EatPhrase(phrase)) continue;
      for (int counters = 0; counters < 3; ++counters) {  // of shares and comments
        const size_t before = cursor.at();
        cursor.Blanks();
        if (!cursor.EatDigits(1, 6) || (cursor.Peek() != ' ' && !cursor.end())) {
          cursor.set(before);
          break;
        }
      }
      return cursor.at();
    }
    return 0;
  }

  // "AFP" alone before a date, or between the title and the text ("AFP Ten children ...").
  static size_t MatchAgency(std::string_view rest, bool after_title) {
    for (const std::string_view name : {"AFP", "AP", "Reuters", "REUTERS", "dpa", "UPI", "SANA", "TASS"}) {
      if (rest.substr(0, name.size()) != name) continue;
      const size_t next = SkipBlanks(rest, name.size());
      if (next == name.size() || next == rest.size()) continue;
      if (MatchPublicationDate(rest.substr(next))) return name.size();
      // A name after it could be the subject that the agency is no part of; a verb could not.
      if (after_title && IsAsciiUpper(rest[next])) return name.size();
    }
    return 0;
  }

  // "fled. DAMASCUS (Reuters) The army ...": the city in capitals goes with the credit at `at`.
  static size_t BeginOfDateline(std::string_view text, size_t piece, size_t at) {
    const std::string_view before = TrimEnd(text.substr(piece, at - piece));
    size_t begin = before.size();
    while (begin > 0 && before[begin - 1] >= 'A' && before[begin - 1] <= 'Z') --begin;
    const bool city = before.size() - begin >= 4 && (begin == 0 || EndsSentence(TrimEnd(before.substr(0, begin))));
    return city ? piece + begin : at;
  }

  // Credits in brackets behind a sentence, and lists of tags, between [begin, end).
  void TakeMiddle(size_t begin, size_t end) {
    const std::string_view text = text_.substr(0, end);
    size_t piece = begin;
    for (size_t at = begin; at < end; ++at) {
      size_t stop = 0;
      size_t from = at;
      if (text[at] == '(' || text[at] == '[') {
        from = BeginOfDateline(text, piece, at);
        const std::string_view before = TrimEnd(text.substr(begin, from - begin));
        const bool behind_sentence =
            before.empty() || EndsSentence(before.substr(before.size() - std::min<size_t>(8, before.size())));
        if (behind_sentence || context_.kind == ZoneKind::kCaption) stop = MatchBracketedCredit(text, at);
        if (!behind_sentence && stop != end) stop = 0;
      } else if (at > begin && text[at] == 'T' && text[at - 1] == ' ') {
        stop = MatchTags(text, at);
        if (stop != 0 && !EndsSentence(TrimEnd(text.substr(begin, at - begin)))) stop = 0;
      }
      if (stop == 0) continue;
      Add(context_.kind, piece, from);
      Add(ZoneKind::kBoilerplate, from, stop);
      piece = stop;
      at = stop - 1;
    }
    Add(context_.kind, piece, end);
  }

  // Cuts remarks off the end one after the other (last first, into `tail`) and returns where the text ends.
  size_t TakeTail(size_t begin, std::vector<Zone>& tail) {
    size_t end = TrimEnd(text_).size();
    for (int part = 0; part < kMostParts; ++part) {
      const std::string_view text = text_.substr(begin, end - begin);
      ZoneKind kind = ZoneKind::kBoilerplate;
      const size_t cut = begin + FindTail(text, kind);
      // At least one sentence stays.
      if (cut >= end || base::Trim(text_.substr(begin, cut - begin)).empty()) break;
      tail.push_back({kind, {static_cast<uint32_t>(cut), static_cast<uint32_t>(end)}});
      end = begin + TrimEnd(text_.substr(begin, cut - begin)).size();
    }
    return end;
  }

  // The offset of the last remark in `text`, text.size() where it ends as text.
  size_t FindTail(std::string_view text, ZoneKind& kind) {
    const size_t furniture = FindTrailingFurniture(text);
    if (furniture < text.size()) return furniture;
    if (!text.empty() && (text.back() == ')' || text.back() == ']')) {
      const size_t open = text.rfind(text.back() == ')' ? '(' : '[');
      if (open != std::string_view::npos && MatchBracketedCredit(text, open) == text.size()) {
        const std::string source = SourceRemark(text.substr(open + 1, text.size() - open - 2));
        if (result_.source.empty()) result_.source = source;
        kind = source.empty() ? ZoneKind::kBoilerplate : ZoneKind::kByline;
        return open;
      }
    }
    const size_t window = text.size() - std::min(text.size(), kTailWindow);
    const size_t remark = FindRemark(text.substr(window), kind);
    return window + remark < text.size() ? window + remark : FindFragment(text, kind);
  }

  // "Last Update: ...", "Source TRT World", "Reporting by ...", "--Reuters" at the end of `text`.
  size_t FindRemark(std::string_view text, ZoneKind& kind) {
    for (const std::string_view phrase : {" Last Update", " Last update"}) {
      const size_t at = text.find(phrase);
      if (at == std::string_view::npos || text.size() - at > 120) continue;
      const auto date = MatchPublicationDate(text.substr(at + 1));
      if (!date) continue;
      result_.dates.push_back(*date);
      kind = ZoneKind::kByline;
      return at;
    }
    if (const size_t at = text.rfind(" Source"); at != std::string_view::npos) {
      const std::string source = SourceRemark(text.substr(at + 1));
      if (!source.empty()) {
        if (result_.source.empty()) result_.source = source;
        kind = ZoneKind::kByline;
        return at;
      }
    }
    for (const std::string_view phrase : {" Reporting by ", " Additional reporting by ", " Writing by ", " Editing by ",
                                          " (Reporting by ", " (Writing by ", " (Editing by ", " Our Standards:"}) {
      const size_t at = text.find(phrase);
      if (at == std::string_view::npos || !EndsSentence(TrimEnd(text.substr(0, at)))) continue;
      kind = ZoneKind::kByline;
      return at;
    }
    for (const std::string_view dash : {"-", "\xE2\x80\x93", "\xE2\x80\x94"}) {
      const size_t at = text.rfind(dash);
      if (at == std::string_view::npos || text.size() - at > 30) continue;
      const std::string_view outlet = OutletName(text.substr(at + dash.size()));
      std::string_view before = text.substr(0, at);
      while (!before.empty() && before.back() == '-') before.remove_suffix(1);
      if (outlet.empty() || !EndsSentence(TrimEnd(before))) continue;
      if (result_.source.empty()) result_.source = outlet;
      kind = ZoneKind::kByline;
      return before.size();
    }
    return text.size();
  }

  // What follows the last sentence and is none: a signature, a number, a menu, the name of an embedded video.
  static size_t FindFragment(std::string_view text, ZoneKind& kind) {
    const size_t stop = EndOfLastSentence(text);
    const std::string_view fragment = base::Trim(text.substr(stop));
    if (stop == 0 || fragment.empty() || EndsSentence(fragment) || fragment.back() == '"' || fragment.back() == ':')
      return text.size();
    size_t words = 0, names = 0;
    for (const std::string_view word : base::Split(fragment.substr(0, kTailWindow), ' ')) {
      if (word.empty()) continue;
      ++words;
      const bool joint = word == "and" || word == "of" || word == "via" || word == "to" || word == "for";
      if (!IsAsciiLower(word.front()) || joint || word.substr(0, 3) == "al-") ++names;
    }
    if (fragment.size() > kTailWindow || words > kLongestFragment) return text.size();
    const bool video = fragment.size() > 10 && fragment.substr(fragment.size() - 10) == " - YouTube";
    if (names * 10 < words * 8 && !video) return text.size();
    kind = words <= kLongestSignature ? ZoneKind::kByline : ZoneKind::kBoilerplate;
    return stop;
  }

  std::string_view text_;
  ParagraphContext context_;
  Paragraph result_;
};

// The next code point that MatchTitle compares, folded; 0 at the end. Everything but letters and digits is skipped.
char32_t NextCompared(std::string_view text, size_t& at) {
  while (at < text.size()) {
    const size_t begin = at;
    const char32_t c = base::NextCodePoint(text, at);
    if (c < 0x80) {
      if (IsAsciiLetter(text[begin]) || IsAsciiDigit(text[begin])) return IsAsciiUpper(text[begin]) ? c + 32 : c;
    } else if (c < 0x2000 || c > 0x206F) {
      return c;
    }
  }
  return 0;
}

}  // namespace

Paragraph SplitParagraph(std::string_view text, const ParagraphContext& context) {
  return Splitter(text, context).Run();
}

bool IsCaption(std::string_view line) {
  if (line.empty() || (line.back() != ')' && line.back() != ']')) return false;
  const size_t open = line.rfind(line.back() == ')' ? '(' : '[');
  if (open == std::string_view::npos || line.size() - open > kLongestCredit) return false;
  const std::string_view inside = line.substr(open + 1, line.size() - open - 2);
  if (!IsCredit(inside)) return false;
  // "... he said. (AFP)" names the source of a paragraph, "(Photo by AFP)" always a photo's.
  const std::string lower = base::Lower(inside.substr(0, 7));
  return lower.substr(0, 5) == "photo" || lower.substr(0, 5) == "image" || lower == "picture" ||
         lower.substr(0, 4) == "file" || lower == "handout" || !EndsSentence(base::Trim(line.substr(0, open)));
}

size_t MatchTitle(std::string_view text, std::string_view title) {
  if (title.empty() || CountWords(title, 3) < 3) return 0;
  size_t at = 0, title_at = 0, end = 0;
  for (;;) {
    size_t next_title = title_at;
    const char32_t expected = NextCompared(title, next_title);
    if (expected == 0) break;
    if (NextCompared(text, at) != expected) return 0;
    title_at = next_title;
    end = at;
  }
  if (end < text.size() && IsWordByte(text[end]) && static_cast<unsigned char>(text[end]) < 0x80) return 0;
  Cursor cursor(text, end);
  for (const std::string_view sign : {"\"", "'", "\xE2\x80\x9D", "\xE2\x80\x99", ")", "?", "!", "."}) cursor.Eat(sign);
  return cursor.at();
}

bool IsWholeTitle(std::string_view line, std::string_view title) {
  if (line.size() > title.size() * 2 + 16) return false;
  if (base::CollapseSpace(line) == title) return true;
  const size_t end = MatchTitle(line, title);
  return end != 0 && end == line.size();
}

}  // namespace sitgraph::reports
