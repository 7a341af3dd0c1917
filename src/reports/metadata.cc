#include "src/reports/metadata.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "src/reports/cursor.h"
#include "src/reports/line.h"
#include "src/reports/outlets.h"
#include "src/reports/publication_date.h"

namespace sitgraph::reports {
namespace {

using base::PartialDate;

constexpr size_t kLongestDateline = 160;  // bytes
constexpr size_t kLongestLine = 240;      // bytes of a publication line

struct Label {
  std::string_view text;
  bool updated;
};
// Longer ones before their beginnings.
constexpr std::array kLabels = std::to_array<Label>(
    {{"date of publication", false}, {"publication date", false}, {"first published", false}, {"published on", false},
     {"published at", false},        {"published", false},        {"posted on", false},       {"posted", false},
     {"released on", false},         {"release date", false},     {"issued on", false},       {"last updated on", true},
     {"last updated at", true},      {"last updated", true},      {"last update", true},      {"last modified", true},
     {"updated on", true},           {"updated at", true},        {"updated", true},          {"date", false}});

// Words in capitals that open a paragraph without being a place.
constexpr std::array<std::string_view, 16> kNotPlaces = {
    "URGENT", "UPDATE", "UPDATED", "BREAKING", "EXCLUSIVE", "VIDEO", "PHOTOS",  "WATCH",
    "READ",   "FLASH",  "ALERT",   "LIVE",     "NEWS",      "MAP",   "OPINION", "ANALYSIS"};

bool StartsUpper(std::string_view text) {
  if (text.empty()) return false;
  if (static_cast<unsigned char>(text.front()) < 0x80) return IsAsciiUpper(text.front());
  // Whatever is changed by folding its case is a capital.
  size_t at = 0;
  base::NextCodePoint(text, at);
  const std::string_view first = text.substr(0, at);
  return base::Lower(first) != first;
}

bool IsAllCaps(std::string_view text) { return std::none_of(text.begin(), text.end(), IsAsciiLower); }

// The next word with its hyphens and apostrophes: "EZ-ZOR", "Deir", "ez-Zor", "Za’atari".
std::string_view EatName(Cursor& cursor) {
  const std::string_view rest = cursor.rest();
  size_t end = 0;
  while (end < rest.size()) {
    const std::string_view tail = rest.substr(end);
    if (tail.substr(0, 3) == "\xE2\x80\x99" || tail.substr(0, 3) == "\xE2\x80\x98") {
      end += 3;
    } else if (tail.substr(0, 2) == "\xE2\x80" || tail.substr(0, 2) == "\xC2\xA0") {
      break;  // dashes and quotes are no letters
    } else if (IsAsciiLetter(rest[end]) || static_cast<unsigned char>(rest[end]) >= 0x80 ||
               ((rest[end] == '-' || rest[end] == '\'') && end > 0 && end + 1 < rest.size() &&
                IsAsciiLetter(rest[end + 1]))) {
      ++end;
    } else {
      break;
    }
  }
  cursor.set(cursor.at() + end);
  return rest.substr(0, end);
}

// Words that a place's name begins with in small letters.
bool IsParticle(std::string_view word) {
  const std::string lower = base::Lower(word.substr(0, 4));
  return lower.substr(0, 3) == "al-" || lower.substr(0, 3) == "ez-" || lower.substr(0, 3) == "as-" ||
         lower.substr(0, 4) == "ash-" || lower.substr(0, 3) == "ar-" || lower.substr(0, 3) == "el-";
}

// Up to four words of a place, all in capitals or all written as names; empty where the text begins otherwise.
std::string_view EatPlace(Cursor& cursor, std::string_view text) {
  const size_t begin = cursor.at();
  size_t end = begin;
  bool caps = false;
  for (int words = 0; words < 4; ++words) {
    const size_t before = cursor.at();
    if (words > 0 && !cursor.Blanks() && !cursor.Eat("/")) break;
    const std::string_view word = EatName(cursor);
    if (words == 0) caps = word.size() >= 3 && IsAllCaps(word);
    const bool fits = caps ? word.size() >= 2 && IsAllCaps(word) : StartsUpper(word) || (words > 0 && IsParticle(word));
    const bool month = MatchDate(text, before + (words > 0 ? 1 : 0)).has_value();
    if (word.empty() || !fits || (words > 0 && month)) {
      cursor.set(before);
      break;
    }
    end = cursor.at();
  }
  cursor.set(end);
  return text.substr(begin, end - begin);
}

// "(AFP)", "/TASS/", "[SANA]": the words inside, or nullopt. At most 40 bytes.
std::optional<std::string_view> EatBracketed(Cursor& cursor) {
  const char open = cursor.Peek();
  const char close = open == '(' ? ')' : open == '[' ? ']' : open == '/' ? '/' : '\0';
  if (close == '\0') return std::nullopt;
  const std::string_view rest = cursor.rest().substr(1, 41);
  const size_t end = rest.find(close);
  if (end == std::string_view::npos || end == 0) return std::nullopt;
  cursor.set(cursor.at() + end + 2);
  return rest.substr(0, end);
}

// ", SANA" before a dash.
std::optional<std::string_view> EatPlainOutlet(Cursor& cursor, std::string_view text) {
  const size_t before = cursor.at();
  cursor.Eat(",");
  if (cursor.Blanks()) {
    const size_t begin = cursor.at();
    for (int words = 0; words < 3; ++words) {
      if (EatName(cursor).empty()) break;
      const std::string_view name = text.substr(begin, cursor.at() - begin);
      cursor.Blanks();
      const bool ends = cursor.Peek() == '_' || Cursor(text, cursor.at()).EatDash();
      if (ends && !OutletName(name).empty()) return name;
    }
  }
  cursor.set(before);
  return std::nullopt;
}

std::string PublisherName(std::string_view written) {
  const std::string_view known = OutletName(written);
  return known.empty() ? base::CollapseSpace(written) : std::string(known);
}

// "NNA - The blast ...".
std::optional<Dateline> MatchOutletLine(std::string_view text) {
  const size_t dash = std::min(text.find(" - "), text.find(" \xE2\x80\x93 "));
  if (dash == std::string_view::npos) return std::nullopt;
  const std::string_view known = OutletName(text.substr(0, dash));
  if (known.empty()) return std::nullopt;
  Cursor cursor(text, dash + 1);
  cursor.EatDash();
  cursor.Blanks();
  return Dateline{cursor.at(), "", std::string(known), {}};
}

// "By Ann Other", "by Ann Other and Bob Else": the names, with `cursor` behind them.
std::string EatAuthor(Cursor& cursor, std::string_view text) {
  const size_t before = cursor.at();
  if (!cursor.EatPhrase("by")) return {};
  cursor.Eat(":");
  cursor.Blanks();
  const size_t begin = cursor.at();
  size_t end = begin;
  size_t names = 0;
  for (;;) {
    const size_t word_begin = cursor.at();
    if (MatchDate(text, word_begin)) break;
    const std::string_view word = EatName(cursor);
    const bool joint = names > 0 && (word == "and" || word == "al" || word == "bin");
    if (word.empty() || (!StartsUpper(word) && !joint && !IsParticle(word)) || ++names > 12) {
      cursor.set(word_begin);
      break;
    }
    if (!joint) end = cursor.at();
    cursor.Eat(".");
    if (cursor.Peek() == ',' && cursor.rest().substr(0, 2) == ", ") cursor.Eat(",");
    if (!cursor.Blanks()) break;
  }
  if (end == begin) {
    cursor.set(before);
    return {};
  }
  cursor.set(end);
  return base::CollapseSpace(text.substr(begin, end - begin));
}

}  // namespace

std::optional<Dateline> MatchDateline(std::string_view whole) {
  const std::string_view text = whole.substr(0, kLongestDateline);
  if (auto outlet = MatchOutletLine(text.substr(0, 40))) return outlet;
  Cursor cursor(text);
  const std::string_view place = EatPlace(cursor, text);
  if (place.size() < 3 || !OutletName(place).empty()) return std::nullopt;
  if (std::find(kNotPlaces.begin(), kNotPlaces.end(), place.substr(0, place.find(' '))) != kNotPlaces.end())
    return std::nullopt;
  const bool caps = IsAllCaps(place);
  const size_t after_place = cursor.at();

  // A country, then a date, then an agency: each may be missing.
  if (cursor.Eat(",")) {
    cursor.Blanks();
    const size_t begin = cursor.at();
    if (MatchDate(text, begin)) {
      cursor.set(after_place);
    } else {
      const std::string_view country = EatPlace(cursor, text);
      const bool usable = !country.empty() && OutletName(country).empty();
      if (!usable) cursor.set(after_place);
    }
  }
  const size_t before_date = cursor.at();
  cursor.Eat(",");
  cursor.Blanks();
  const auto date = MatchDate(text, cursor.at());
  cursor.set(date ? date->span.end : before_date);
  if (!date && before_date != after_place && cursor.Peek() == ',') return std::nullopt;  // a list of names
  const bool stop = date && cursor.Eat(".");
  const size_t before_agency = cursor.at();
  cursor.Eat(",");
  cursor.Blanks();
  std::optional<std::string_view> agency = EatBracketed(cursor);
  if (!agency) {
    cursor.set(before_agency);
    agency = EatPlainOutlet(cursor, text);
  }
  if (agency && OutletName(*agency).empty() && !caps) return std::nullopt;  // "Assad (R) said"
  if (agency && !StartsUpper(*agency) && OutletName(*agency).empty()) return std::nullopt;
  cursor.Eat(".");
  const bool spaced = cursor.Blanks();
  const bool dash = cursor.EatDash() || cursor.Eat("_") || (agency && cursor.Eat(":"));
  cursor.Blanks();
  const bool goes_on = cursor.end() || !IsAsciiLower(cursor.Peek());
  const bool city = IsDatelineCity(place);
  const bool complete = agency.has_value() || (date && (dash || stop)) ||
                        (dash && goes_on && (caps || (city && spaced))) ||
                        (caps && city && spaced && !date && cursor.at() > after_place && StartsUpper(cursor.rest()));
  if (!complete) return std::nullopt;
  Dateline dateline;
  dateline.end = cursor.at();
  dateline.place = base::CollapseSpace(place);
  if (agency) dateline.publisher = PublisherName(*agency);
  if (date) dateline.date = date->date;
  return dateline;
}

std::optional<PublicationDate> MatchPublicationDate(std::string_view whole) {
  const std::string_view text = whole.substr(0, kLongestLine);
  Cursor cursor(text);
  PublicationDate result;
  for (const Label& label : kLabels) {
    if (!cursor.EatPhrase(label.text)) continue;
    result.labelled = true;
    result.updated = label.updated;
    cursor.Blanks();
    cursor.Eat(":");
    cursor.Blanks();
    break;
  }
  const auto match = MatchDate(text, cursor.at());
  if (!match) return std::nullopt;
  cursor.set(match->span.end);
  result.date = match->date;
  result.end = cursor.at();
  if (result.labelled) return result;
  if (match->date.year == 0 || match->date.day == 0) return std::nullopt;
  cursor.Blanks();
  if (cursor.rest().starts_with("title:")) return result;
  const bool glued = cursor.at() == result.end && !cursor.end() && IsAsciiLower(cursor.Peek());
  if (glued || IsAsciiLower(cursor.Peek()) || cursor.Peek() == ',') return std::nullopt;  // "21 July 2016 was"
  return result;
}

std::optional<PublicationLine> MatchPublicationLine(std::string_view line) {
  if (line.size() > kLongestLine) return std::nullopt;
  PublicationLine result;
  size_t words = CountWords(line, 40);
  // "By Ann Other", "Arts&Culture | By Ann Other".
  const size_t bar = line.rfind('|');
  for (const size_t begin : {size_t{0}, bar == std::string_view::npos ? size_t{0} : bar + 1}) {
    Cursor cursor(line, begin);
    cursor.Blanks();
    for (const std::string_view label : {"written", "author:", "reported"}) cursor.EatPhrase(label);
    cursor.Blanks();
    const size_t by = cursor.at();
    std::string author = EatAuthor(cursor, line);
    if (author.empty() || !result.author.empty()) continue;
    cursor.Blanks();
    const bool whole = cursor.end() || std::string_view(",|/-.(").find(cursor.Peek()) != std::string_view::npos ||
                       MatchDate(line, cursor.at()).has_value();
    if (!whole) continue;
    words -= std::min(words, CountWords(line.substr(by, cursor.at() - by), 40));
    result.author = std::move(author);
  }
  std::optional<PublicationDate> labelled = MatchPublicationDate(line);
  if (labelled) {
    result.date = labelled->date;
    result.updated = labelled->updated;
    words = CountWords(line.substr(labelled->end), 40);
  } else if (const auto date = FindDate(line, kLongestLine)) {
    result.date = date->date;
    words -= std::min(words, CountWords(date->span.In(line), 40));
  }
  for (const std::string_view piece : base::Split(line, '|')) {
    if (const std::string_view outlet = OutletName(piece); !outlet.empty() && result.publisher.empty())
      result.publisher = outlet;
  }
  if (!result.author.empty() && !OutletName(result.author).empty()) {
    result.publisher = OutletName(result.author);
    result.author.clear();
    return result;
  }
  if (result.date.empty() && result.author.empty()) return std::nullopt;
  const size_t most = labelled && labelled->labelled ? 8 : 5;
  if (words > most) return std::nullopt;
  return result;
}

std::string SourceRemark(std::string_view text) {
  Cursor cursor(text);
  if (!cursor.EatPhrase("source")) return {};
  const bool colon = cursor.Eat(":");
  cursor.Blanks();
  const std::string_view name = base::Trim(cursor.rest());
  if (const std::string_view known = OutletName(name); !known.empty()) return std::string(known);
  const bool is_name = colon && !name.empty() && name.size() <= 60 && CountWords(name, 7) <= 6 && StartsUpper(name) &&
                       name.find("http") == std::string_view::npos && !IsCredit(name);
  return is_name ? base::CollapseSpace(name) : std::string();
}

std::string PublisherInTitle(std::string_view title) {
  size_t end = std::string_view::npos;
  for (const std::string_view separator : {" | ", " - ", " \xE2\x80\x93 ", " \xE2\x80\x94 "}) {
    const size_t found = title.rfind(separator);
    if (found == std::string_view::npos) continue;
    if (end == std::string_view::npos || found + separator.size() > end) end = found + separator.size();
  }
  return end == std::string_view::npos ? std::string() : std::string(OutletName(title.substr(end)));
}

}  // namespace sitgraph::reports
