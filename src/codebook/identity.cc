#include "src/codebook/identity.h"

#include <algorithm>
#include <array>

#include "base/hash.h"
#include "base/text.h"

namespace sitgraph::codebook {
namespace {

constexpr size_t kMaxSlug = 160;   // bytes; longer slugs are cut and told apart by their digest
constexpr size_t kKeptSlug = 120;  // bytes kept of a longer one

constexpr std::array<std::string_view, 3> kEnglishArticles = {"the ", "a ", "an "};
// Arabic articles before a place name, with the assimilated forms. Those that are also Spanish articles count only
// before a hyphen, so that El Salvador stays whole.
constexpr std::array<std::string_view, 14> kArabicArticles = {"al", "ar", "as", "ash", "at", "az", "ad",
                                                              "an", "el", "es", "ed",  "er", "ez", "en"};
constexpr std::array<std::string_view, 5> kOnlyBeforeHyphen = {"el", "es", "en", "ed", "er"};

// The name without its leading article; the whole name where nothing would be left.
std::string_view WithoutEnglishArticle(std::string_view name) {
  for (std::string_view article : kEnglishArticles) {
    if (!base::StartsWithIgnoringAsciiCase(name, article)) continue;
    std::string_view rest = base::Trim(name.substr(article.size()));
    if (!rest.empty()) return rest;
  }
  return name;
}

std::string_view WithoutArabicArticle(std::string_view name) {
  size_t end = 0;
  while (end < name.size() && name[end] != ' ' && name[end] != '-') ++end;
  if (end == 0 || end + 1 >= name.size()) return name;
  const bool hyphen = name[end] == '-';
  for (std::string_view article : kArabicArticles) {
    if (!base::EqualsIgnoringAsciiCase(name.substr(0, end), article)) continue;
    if (!hyphen && std::find(kOnlyBeforeHyphen.begin(), kOnlyBeforeHyphen.end(), article) != kOnlyBeforeHyphen.end()) {
      return name;
    }
    std::string_view rest = base::Trim(name.substr(end + 1));
    return base::FoldName(rest).empty() ? name : rest;
  }
  return name;
}

}  // namespace

std::string EntityIri(EntityKind kind, std::string_view name) {
  name = base::Trim(name);
  if (kind == EntityKind::kPlace) {
    // "An Najaf" is a place with an Arabic article; no place name starts with an English "a" or "an".
    if (base::StartsWithIgnoringAsciiCase(name, "the ")) name = WithoutEnglishArticle(name);
    name = WithoutArabicArticle(name);
  } else {
    name = WithoutEnglishArticle(name);
  }
  std::string slug = base::Slug(name);
  if (slug.size() > kMaxSlug) {
    size_t keep = kKeptSlug;
    // Never inside a percent-encoded byte.
    for (size_t back = 1; back <= 2; ++back) {
      if (slug[keep - back] == '%') keep -= back;
    }
    slug = slug.substr(0, keep) + "-" + base::Sha256Hex(slug).substr(0, 16);
  }
  return std::string(ToWord(kind)) + "/" + slug;
}

}  // namespace sitgraph::codebook
