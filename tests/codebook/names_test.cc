// Names in text: romanisations, articles, case, longest match.
#include "src/codebook/names.h"

#include <catch2/catch.hpp>
#include <string>
#include <vector>

#include "base/text.h"

namespace sitgraph::codebook {
namespace {

std::vector<std::string_view> Tokens(std::string_view text) { return base::Split(text, ' '); }

// "tokens:values" of the match at the start of `text`, or "".
std::string Find(const NameIndex& index, std::string_view text, bool any_case = false) {
  const std::vector<std::string_view> tokens = Tokens(text);
  const auto match = index.Find(tokens, any_case);
  if (!match) return "";
  std::string out = std::to_string(match->tokens) + ":";
  for (size_t i = 0; i < match->values.size(); ++i) out += (i > 0 ? "," : "") + std::to_string(match->values[i]);
  return out;
}

TEST_CASE("romanisations of one word share a key") {
  const std::vector<std::vector<std::string>> same = {
      {"Yarmouk", "Yarmuk", "Yarmook"},
      {"Deir", "Dayr", "Dair", "Deyr", "Der"},
      {"Rudskoy", "Rudskoi"},
      {"Qamishli", "Kamishli", "Qamishly"},
      {"Raqqa", "Raqqah", "Rakka", "Rakkah", "Raqa", "Raqqeh"},
      {"Daraa", "Dar‘a", "Dar'a"},
      {"Dera'a", "Deraa"},
      {"Hama", "Hamah"},
      {"Idlib", "Edlib", "Idleb"},
      {"Latakia", "Lattakia"},
      {"Suwayda", "Suweida", "Suwaida"},
      {"Quneitra", "Kuneitra", "Qunaitra"},
      {"Tadmur", "Tadmor"},
      {"Hasakah", "Hasaka", "Hassakeh", "Hassaka"},
      {"Ghouta", "Guta", "Ghuta"},
      {"Douma", "Duma"},
      {"Saraqib", "Saraqeb", "Sarakib"},
      {"Manbij", "Manbej"},
      {"Suqaylabiyah", "Suqailabiya", "Suqaylabia", "Suqaylabiyya"},
      {"Ma‘arrat", "Maarrat", "Maarat"},
      {"Tell", "Tal", "Tall", "Tel"},
      {"Ayn", "Ain", "Ein"},
      {"Zelensky", "Zelenskyy", "Zelenskiy"},
      {"Hussein", "Hussain", "Husayn"},
      {"Sheikh", "Shaykh", "Shaikh", "Sheik"},
      {"Haditha", "Hadita", "Hadithah"},
      {"Baghdad", "Bagdad"},
      {"Zawiya", "Zawiyah", "Zawia"},
  };
  for (const auto& words : same) {
    for (const std::string& word : words) {
      INFO(words[0] << " and " << word);
      CHECK(RomanisationKey(base::FoldName(words[0])) == RomanisationKey(base::FoldName(word)));
    }
  }
}

TEST_CASE("keys keep different places apart") {
  const std::vector<std::pair<std::string, std::string>> different = {
      {"Hama", "Homs"},      {"Hama", "Hamas"},    {"Afrin", "Ain"},     {"Daraa", "Darat"},   {"Iraq", "Iran"},
      {"Mali", "Malta"},     {"Raqqa", "Riqqa"},   {"Tikrit", "Takrit"}, {"Oman", "Amman"},    {"Sana", "Sinai"},
      {"Kerak", "Karrakah"}, {"Niger", "Nigeria"}, {"Basra", "Busra"},   {"Azaz", "Aziziyah"}, {"Hit", "Hut"},
      {"Daraa", "Dare"},     {"Makkah", "Make"},   {"Quetta", "Quite"},
  };
  for (const auto& [a, b] : different) {
    INFO(a << " and " << b);
    CHECK(RomanisationKey(base::FoldName(a)) != RomanisationKey(base::FoldName(b)));
  }
}

TEST_CASE("names are found through articles, hyphens and case") {
  NameIndex index;
  const std::vector<std::string> names = {
      "Deir ez-Zor",
      "Raqqa",
      "al-Yarmuk",
      "al-Bab",
      "As-Suwayda",
      "=Hit",
      "=IS",
      "Islamic State",
      "US",
      "NATO",
      "Homs",
      "Hama",
      "El Salvador",
      "eastern Ghouta",
      "Islamic State in Khorasan",
      "T-72",
      "al-Kantara al-Shimali",
      "Syria",
      "United Nations",
      "SANA",
      "Sana'a",
      "Aleppo-Damascus highway",
  };
  for (size_t i = 0; i < names.size(); ++i) REQUIRE(index.Add(names[i], static_cast<uint32_t>(i)));
  REQUIRE(index.Add("Syria", 100));
  const std::vector<std::pair<std::string, std::string>> cases = {
      {"Deir ez-Zor fell", "2:0"},
      {"Deir ez - Zor fell", "4:0"},
      {"Deir Az-Zor", "2:0"},
      {"Dayr az Zor", "3:0"},
      {"DEIR EZ-ZOR", "2:0"},
      {"deir ez-zor", ""},
      {"ar-Raqqa", "1:1"},
      {"Ar Raqqah", "2:1"},
      {"Rakka", "1:1"},
      {"Al-Yarmouk camp", "1:2"},
      {"al Yarmouk", "2:2"},
      {"Yarmouk", "1:2"},
      {"al-Bab", "1:3"},
      {"Bab", ""},
      {"As Suwayda", "2:4"},
      {"Suwayda", "1:4"},
      {"As Homs burned", ""},
      {"At Homs", ""},
      {"Hit", "1:5"},
      {"HIT", ""},
      {"hit", ""},
      {"IS", "1:6"},
      {"Is", ""},
      {"is", ""},
      {"Islamic State of", "2:7"},
      {"Islamic state", "2:7"},
      {"Islamic State in Khorasan", "4:14"},
      {"Islamic State in Iraq", "2:7"},
      {"US troops", "1:8"},
      {"U.S. troops", "1:8"},
      {"Us", ""},
      {"us", ""},
      {"Nato", "1:9"},
      {"nato", ""},
      {"Homs - Hama", "1:10"},
      {"El Salvador", "2:12"},
      {"Eastern Ghouta", "2:13"},
      {"eastern Ghouta", "2:13"},
      {"T-72", "1:15"},
      {"T-72s", "1:15"},
      {"T - 72", "3:15"},
      {"T72", "1:15"},
      {"al-Kantara-Shimali", "1:16"},
      {"Kantara al-Shimali", "2:16"},
      {"Syria", "1:17,100"},
      {"United nations", "2:18"},
      {"SANA", "1:19"},
      {"Sana", "1:19"},
      {"Sanaa", "1:20"},
      {"Aleppo - Damascus highway", "4:21"},
      {"Aleppo", ""},
      {"", ""},
      {"-", ""},
      {"al-", ""},
      {"'", ""},
  };
  for (const auto& [text, expected] : cases) {
    INFO(text);
    CHECK(Find(index, text) == expected);
  }
  const std::vector<std::pair<std::string, std::string>> caseless = {
      {"deir ez-zor", "2:0"},  {"us troops", "1:8"}, {"is", ""},     {"hit", ""},         {"hama", "1:11"},
      {"el salvador", "2:12"}, {"nato", "1:9"},      {"raqqah", ""}, {"ar-raqqa", "1:1"},
  };
  for (const auto& [text, expected] : caseless) {
    INFO(text);
    CHECK(Find(index, text, true) == expected);
  }
}

TEST_CASE("the spelling in the text wins over the other names of a key") {
  NameIndex index;
  REQUIRE(index.Add("Dura", 1));
  REQUIRE(index.Add("Doura", 2));
  CHECK(Find(index, "Dura") == "1:1");
  CHECK(Find(index, "Doura") == "1:2");
  CHECK(Find(index, "Doora") == "1:1,2");
}

TEST_CASE("names without letters or with too many parts are refused") {
  NameIndex index;
  CHECK_FALSE(index.Add("", 0));
  CHECK_FALSE(index.Add("=", 0));
  CHECK_FALSE(index.Add("- '", 0));
  std::string longest = "a";
  for (size_t i = 1; i < NameIndex::kMaxParts; ++i) longest += " b";
  CHECK(index.Add(longest, 7));
  CHECK_FALSE(index.Add(longest + " b", 0));
  CHECK(Find(index, "A b b b b b b b b b b b b b b b", false) == "16:7");
  CHECK(Find(index, "A b b", false) == "");
}

TEST_CASE("phrases compare without case, stops and hyphens") {
  PhraseIndex index;
  REQUIRE(index.Add("Lt. Gen.", 1));
  REQUIRE(index.Add("Gen.", 2));
  REQUIRE(index.Add("vice-president", 3));
  REQUIRE(index.Add("km²", 4));
  REQUIRE(index.Add("%", 5));
  REQUIRE(index.Add("sq. km", 6));
  CHECK_FALSE(index.Add("LT GEN", 9));
  CHECK_FALSE(index.Add(" ", 9));
  const std::vector<std::tuple<std::string, uint32_t, size_t>> cases = {
      {"Lt. Gen. Smith", 1, 2}, {"Lt . Gen . Smith", 1, 3},   {"lt gen", 1, 2}, {"GEN Smith", 2, 1},
      {"vice president", 3, 2}, {"Vice - President X", 3, 3}, {"km2", 4, 1},    {"% of", 5, 1},
      {"sq km", 6, 2},
  };
  for (const auto& [text, value, tokens] : cases) {
    INFO(text);
    const std::vector<std::string_view> words = Tokens(text);
    const auto found = index.Find(words);
    REQUIRE(found);
    CHECK(found->first == value);
    CHECK(found->second == tokens);
  }
  for (const std::string text : {"Lt", "general", "", "."}) {
    INFO(text);
    const std::vector<std::string_view> words = Tokens(text);
    CHECK_FALSE(index.Find(words));
  }
}

}  // namespace
}  // namespace sitgraph::codebook
