#include "base/text.h"

#include <catch2/catch.hpp>

using namespace sitgraph::base;

TEST_CASE("byte offsets become code-point offsets") {
  std::string text;
  for (int i = 0; i < 100; ++i) text += "aé漢🙂";  // 1, 2, 3 and 4 bytes
  const CodePointMap map(text);
  uint32_t expected = 0;
  for (size_t i = 0; i < text.size();) {
    REQUIRE(map.ToCodePoint(static_cast<uint32_t>(i)) == expected);
    NextCodePoint(text, i);
    ++expected;
  }
  CHECK(map.ToCodePoint(static_cast<uint32_t>(text.size())) == 400);
  CHECK(map.ToCodePoint(static_cast<uint32_t>(text.size()) + 9) == 400);
  CHECK(CodePointMap("").ToCodePoint(0) == 0);
}

TEST_CASE("invalid UTF-8 is found at its first byte") {
  struct Case {
    std::string text;
    std::optional<size_t> at;
  };
  for (const Case& c : std::vector<Case>{{"", {}},
                                         {"plain", {}},
                                         {"Türkiye 🙂", {}},
                                         {"a\xff", 1},
                                         {"ab\xc3", 2},
                                         {"\xc0\xaf", 0},          // overlong
                                         {"x\xed\xa0\x80", 1},     // surrogate
                                         {"\xf4\x90\x80\x80", 0},  // past U+10FFFF
                                         {"é\x80", 2}}) {
    INFO(c.text);
    CHECK(FindInvalidUtf8(c.text) == c.at);
  }
}

TEST_CASE("names fold to what is the same about them") {
  struct Case {
    const char* name;
    const char* folded;
  };
  for (const Case& c : {Case{"Ar-Ra‘qah", "ar raqah"}, Case{"Türkiye", "turkiye"}, Case{"İstanbul", "istanbul"},
                        Case{"Dera'a", "deraa"}, Case{"Diyarbakır", "diyarbakir"}, Case{"  Al  Bab!", "al bab"},
                        Case{"حمص", "حمص"}, Case{"…", ""}, Case{"F-16", "f 16"}, Case{"Straße", "straße"}}) {
    INFO(c.name);
    CHECK(FoldName(c.name) == c.folded);
  }
  CHECK(Slug("Deir ez-Zor") == "deir-ez-zor");
  CHECK(Slug("حمص") == "%D8%AD%D9%85%D8%B5");
  CHECK(Slug("—") == "_");
}

TEST_CASE("white space is trimmed and collapsed as Unicode knows it") {
  CHECK(Trim(" \u00a0\tword two\n\u2003") == "word two");
  CHECK(Trim(" \n ").empty());
  CHECK(CollapseSpace(" a\u00a0 b\n\n c ") == "a b c");
}

TEST_CASE("a misspelt word gets the nearest candidate") {
  const std::vector<std::string> candidates = {"capture", "casualties", "siege", "siege-end"};
  CHECK(Nearest("captur", candidates) == "capture");
  CHECK(Nearest("Seige", candidates) == "siege");       // neighbours the other way round are one mistake
  CHECK(Nearest("sigges", candidates) == "siege");      // two
  CHECK(Nearest("seeig", candidates) == std::nullopt);  // two in five letters are too far
  CHECK(Nearest("sieg", candidates) == "siege");
  CHECK(Nearest("zzzzzz", candidates) == std::nullopt);
}

TEST_CASE("edits are letters put in, taken out, replaced or swapped with their neighbour") {
  struct Case {
    const char *a, *b;
    size_t edits;
  };
  for (const Case& c : std::initializer_list<Case>{{"", "", 0},
                                                   {"", "abc", 3},
                                                   {"kitten", "sitting", 3},
                                                   {"Rudskoi", "Rudskój", 2},
                                                   {"agnet", "agent", 1},
                                                   {"محص", "حمص", 1},
                                                   {"abcd", "badc", 2},
                                                   {"ca", "abc", 3},  // a swapped pair is not edited again
                                                   {"abcdefgh", "hgfedcba", 7},
                                                   {"homs", "aleppo", 6}}) {
    for (size_t limit = 0; limit < 10; ++limit) {
      INFO(c.a << " " << c.b << ", limit " << limit);
      CHECK(EditDistance(c.a, c.b, limit) == std::min(c.edits, limit + 1));
      CHECK(EditDistance(c.b, c.a, limit) == std::min(c.edits, limit + 1));
    }
  }
}

TEST_CASE("a broken code point reads as U+FFFD and one byte") {
  const std::string text = "\xe6\xbc";
  size_t at = 0;
  CHECK(NextCodePoint(text, at) == 0xFFFD);
  CHECK(at == 1);
}
