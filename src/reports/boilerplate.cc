#include "src/reports/boilerplate.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "src/reports/cursor.h"
#include "src/reports/line.h"

namespace sitgraph::reports {
namespace {

// The whole line, whatever punctuation stands around it.
constexpr std::array<std::string_view, 68> kWholeLines = {"advertisement",
                                                          "all news",
                                                          "back to top",
                                                          "back to top button",
                                                          "breaking news",
                                                          "cancel reply",
                                                          "close",
                                                          "comments",
                                                          "contact",
                                                          "contact us",
                                                          "copy link",
                                                          "download app",
                                                          "email",
                                                          "english",
                                                          "english bulletin",
                                                          "facebook",
                                                          "font size",
                                                          "get short url",
                                                          "google+",
                                                          "home",
                                                          "home page",
                                                          "instagram",
                                                          "keep reading",
                                                          "latest",
                                                          "latest news",
                                                          "linkedin",
                                                          "live",
                                                          "loading",
                                                          "log in",
                                                          "login",
                                                          "menu",
                                                          "more",
                                                          "more news",
                                                          "most viewed",
                                                          "next",
                                                          "next article",
                                                          "next post",
                                                          "newsletter",
                                                          "opinion",
                                                          "photos",
                                                          "pinterest",
                                                          "previous",
                                                          "previous article",
                                                          "previous post",
                                                          "print",
                                                          "print this page",
                                                          "privacy",
                                                          "read also",
                                                          "read more",
                                                          "reddit",
                                                          "register",
                                                          "rss",
                                                          "save",
                                                          "search",
                                                          "share",
                                                          "show more",
                                                          "sign in",
                                                          "sitemap",
                                                          "skip to content",
                                                          "skip to main content",
                                                          "sports",
                                                          "subscribe",
                                                          "telegram",
                                                          "top stories",
                                                          "tweet",
                                                          "twitter",
                                                          "video",
                                                          "whatsapp"};

// How a line begins, at a word's end; the line may go on with anything.
constexpr std::array<std::string_view, 52> kBeginnings = {"(c) 19",
                                                          "(c) 20",
                                                          "also read:",
                                                          "also read |",
                                                          "by continuing to",
                                                          "click here",
                                                          "click to",
                                                          "comment via",
                                                          "community standards",
                                                          "cookie policy",
                                                          "copyright",
                                                          "download our",
                                                          "editor's picks",
                                                          "embed from",
                                                          "filed under",
                                                          "follow @",
                                                          "follow us",
                                                          "for more news",
                                                          "if you like this",
                                                          "if you liked this",
                                                          "image credit",
                                                          "image source",
                                                          "join our",
                                                          "join us on",
                                                          "like us on",
                                                          "listen to",
                                                          "more on this story",
                                                          "our standards:",
                                                          "photo:",
                                                          "photo by",
                                                          "photo credit",
                                                          "photos:",
                                                          "print this",
                                                          "privacy policy",
                                                          "read also:",
                                                          "read more",
                                                          "read next",
                                                          "related:",
                                                          "see also:",
                                                          "share on",
                                                          "share this",
                                                          "sign up",
                                                          "subscribe to",
                                                          "support our",
                                                          "tags:",
                                                          "terms of use",
                                                          "this website uses",
                                                          "video:",
                                                          "watch:",
                                                          "watch more",
                                                          "we use cookies",
                                                          "your email address"};

constexpr std::array<std::string_view, 6> kAnywhere = {"all rights reserved",  "share it with a friend",
                                                       "uses cookies",         "use cookies",
                                                       "terms and conditions", "sign up for our"};

// How a line begins that ends the article.
constexpr std::array<std::string_view, 15> kEnds = {
    "also in the news", "comments (",      "you might also like", "you may also like", "you might like",
    "you may like",     "leave a comment", "leave a reply",       "like this:",        "most popular",
    "most read",        "post navigation", "recent posts",        "trending now",      "what others are reading"};

// How a line begins that is followed by the headlines of other articles.
constexpr std::array<std::string_view, 14> kAsides = {"more from",           "more in",          "more on",
                                                      "more stories",        "other news",       "recommended for you",
                                                      "recommended stories", "related articles", "related content",
                                                      "related coverage",    "related news",     "related posts",
                                                      "related stories",     "related topics"};

// Glued to the end of a paragraph by whatever took the text from its page.
constexpr std::array<std::string_view, 12> kTrailing = {"advertisement", "back to top", "english bulletin", "facebook",
                                                        "get short url", "print",       "read also",        "read more",
                                                        "share",         "tweet",       "twitter",          "whatsapp"};

constexpr size_t kLongestFurniture = 300;  // bytes

bool BeginsWith(std::string_view line, std::string_view phrase) { return Cursor(line).EatPhrase(phrase); }

bool Contains(std::string_view lower, std::string_view phrase) { return lower.find(phrase) != std::string_view::npos; }

// Without signs at either end: "» Read more…" -> "Read more".
std::string_view Bare(std::string_view line) {
  size_t begin = 0, end = line.size();
  const auto is_sign = [](char c) { return !IsAsciiLetter(c) && !IsAsciiDigit(c); };
  while (begin < end && is_sign(line[begin])) ++begin;
  while (end > begin && is_sign(line[end - 1]) && line[end - 1] != '+') --end;
  return line.substr(begin, end - begin);
}

bool IsUrl(std::string_view line) {
  return line.find(' ') == std::string_view::npos &&
         (BeginsWith(line, "http://") || BeginsWith(line, "https://") || BeginsWith(line, "www."));
}

}  // namespace

Wording WordingOf(std::string_view line) {
  const std::string_view bare = Bare(line.substr(0, kLongestFurniture));
  if (bare.empty()) return Wording::kBoilerplate;  // a rule, a bullet
  const size_t words = CountWords(line, 60);
  const bool is_short = line.size() <= kLongestFurniture;
  if (is_short && words <= 8) {
    if (!EndsSentence(line)) {
      for (const std::string_view phrase : kEnds) {
        if (BeginsWith(line, phrase) || base::EqualsIgnoringAsciiCase(Bare(phrase), bare))
          return Wording::kEndOfArticle;
      }
      for (const std::string_view phrase : kAsides) {
        if (BeginsWith(bare, phrase)) return Wording::kAside;
      }
      if (base::EqualsIgnoringAsciiCase(bare, "read also")) return Wording::kEndOfArticle;
    }
    for (const std::string_view phrase : kWholeLines) {
      if (base::EqualsIgnoringAsciiCase(bare, phrase)) return Wording::kBoilerplate;
    }
  }
  for (const std::string_view phrase : kBeginnings) {
    if (words <= 40 && (BeginsWith(bare, phrase) || BeginsWith(line, phrase))) return Wording::kBoilerplate;
  }
  if (line.substr(0, 2) == "\xC2\xA9") return Wording::kBoilerplate;  // the copyright sign
  if (is_short) {
    const std::string lower = base::Lower(line);
    for (const std::string_view phrase : kAnywhere) {
      if (Contains(lower, phrase)) return Wording::kBoilerplate;
    }
    if (IsUrl(line) || IsMenuLine(line)) return Wording::kBoilerplate;
  }
  return Wording::kNone;
}

bool IsMenuLine(std::string_view line) {
  if (line.size() > kLongestFurniture) return false;
  for (const std::string_view separator :
       {" | ", " > ", " \xC2\xBB ", " \xC2\xB7 ", " / ", " \xE2\x80\xA2 ", " \xE2\x80\xBA "}) {
    size_t pieces = 1, words = 0, begin = 0;
    for (;;) {
      const size_t end = line.find(separator, begin);
      words += CountWords(line.substr(begin, end == std::string_view::npos ? end : end - begin), 60);
      if (end == std::string_view::npos) break;
      ++pieces;
      begin = end + separator.size();
    }
    if (pieces >= 3 && words <= pieces * 3) return true;
  }
  return false;
}

size_t FindTrailingFurniture(std::string_view line) {
  size_t end = base::Trim(line).empty() ? line.size() : static_cast<size_t>(base::Trim(line).end() - line.begin());
  for (const std::string_view phrase : kTrailing) {
    if (end <= phrase.size() || !base::EqualsIgnoringAsciiCase(line.substr(end - phrase.size(), phrase.size()), phrase))
      continue;
    const std::string_view before = base::Trim(line.substr(0, end - phrase.size()));
    // After the end of a sentence or a bracket only: "... the news spread on Twitter" is text.
    if (before.empty()) continue;
    if (EndsSentence(before) || before.back() == ')' || before.back() == ']')
      return static_cast<size_t>(before.end() - line.begin());
  }
  return line.size();
}

}  // namespace sitgraph::reports
