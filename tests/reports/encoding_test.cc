// Bytes of any encoding become clean UTF-8, or an error that names what is wrong.
#include "src/reports/encoding.h"

#include <catch2/catch.hpp>

#include "base/csv.h"

namespace sitgraph::reports {
namespace {

using namespace std::string_literals;

std::string Utf16(std::u16string_view text, bool little, bool mark) {
  std::string bytes;
  const auto append = [&](char16_t unit) {
    const auto low = static_cast<char>(unit & 0xFF), high = static_cast<char>(unit >> 8);
    bytes += little ? low : high;
    bytes += little ? high : low;
  };
  if (mark) append(0xFEFF);
  for (const char16_t unit : text) append(unit);
  return bytes;
}

TEST_CASE("encodings are found by content") {
  const std::u16string_view text = u"Syria\u2019s army entered the town \u2013 \U0001F4CD here";
  const std::string utf8 = "Syria\u2019s army entered the town \u2013 \U0001F4CD here";
  struct Case {
    std::string what, bytes, text;
  };
  const Case cases[] = {
      {"UTF-8", utf8, utf8},
      {"UTF-8 with BOM", "\xEF\xBB\xBF" + utf8, utf8},
      {"UTF-16LE with BOM", Utf16(text, true, true), utf8},
      {"UTF-16BE with BOM", Utf16(text, false, true), utf8},
      {"UTF-16LE by content", Utf16(text, true, false), utf8},
      {"UTF-16BE by content", Utf16(text, false, false), utf8},
      {"Arabic UTF-16LE by content",
       Utf16(u"\u062F\u062E\u0644 \u0627\u0644\u062C\u064A\u0634 \u062A\u062F\u0645\u0631", true, false),
       "\u062F\u062E\u0644 \u0627\u0644\u062C\u064A\u0634 \u062A\u062F\u0645\u0631"},
      {"Windows-1252",
       "Syria\x92s \x93"
       "caf\xE9\x94 \x96 \x80 5",
       "Syria\u2019s \u201Ccaf\u00E9\u201D \u2013 \u20AC 5"},
      {"Windows-1252, one sign",
       "Za\x92"
       "atari camp took in 40 families",
       "Za\u2019atari camp took in 40 families"},
      {"line ends", "a\r\nb\rc\n", "a\nb\nc\n"},
      {"a control here and there",
       "The convoy left the town at noon\x0C and reached the base\x01 before the night fell again",
       "The convoy left the town at noon  and reached the base  before the night fell again"},
  };
  for (const Case& c : cases) {
    INFO(c.what);
    const auto decoded = Decode(c.bytes);
    REQUIRE(decoded);
    CHECK(*decoded == c.text);
  }
}

TEST_CASE("what is no text is named") {
  struct Case {
    std::string what, bytes, message;
    uint32_t line, column;
  };
  const Case cases[] = {
      {"nothing", "", "empty", 0, 0},
      {"white space and a BOM", "\xEF\xBB\xBF \n\t\u00A0\n", "empty", 0, 0},
      {"UTF-16 BOM alone", "\xFF\xFE", "empty", 0, 0},
      {"PDF", "%PDF-1.5 text", "binary content (PDF)", 0, 0},
      {"ZIP", "PK\x03\x04 and so on", "binary content (ZIP, or an office document)", 0, 0},
      {"zero bytes", "abc\0\0\0def\0\0ghi jkl"s, "binary content", 0, 0},
      {"noise", "\x01\x02\x80\xFF\x03\x04\x05\x06\x07\x0E\x0F\x10 abc", "binary content", 0, 0},
      {"a broken byte in UTF-8", "Damascus\nSyria\u2019s \u201Carmy\u201D left \xFF the town",
       "invalid UTF-8 at byte 35", 2, 21},
      {"cut inside a character", "Syria\u2019s army left the town of Kafraya\xE2\x80", "invalid UTF-8 at byte 39", 1,
       38},
      {"cut, with no other such character", "The army left Kafraya\xE2\x80", "invalid UTF-8 at byte 21", 1, 22},
      {"bytes that no encoding has", "Syrian army \xFF\xFE captured Palmyra", "invalid UTF-8 at byte 12", 1, 13},
      {"a lead byte without its second", "Syrian army \xC3( captured Palmyra", "invalid UTF-8 at byte 12", 1, 13},
      {"undefined in Windows-1252", "Syrian army \x81 captured Palmyra", "invalid UTF-8 at byte 12", 1, 13},
      {"another script in one byte a letter", "\xD1\xE8\xF0\xE8\xFF \xE0\xF0\xEC\xE8\xFF \xC0\xEB\xE5\xEF\xEF\xEE",
       "invalid UTF-8 at byte 0", 1, 1},
      {"an unpaired surrogate", Utf16(u"The army left \xD800 town", true, true), "invalid UTF-16 at byte 30", 0, 0},
      {"half a unit", Utf16(u"The army left", true, true) + "x", "invalid UTF-16 at byte 28", 0, 0},
  };
  for (const Case& c : cases) {
    INFO(c.what);
    const auto decoded = Decode(c.bytes);
    REQUIRE_FALSE(decoded);
    CHECK(decoded.error().code == base::ErrorCode::kBadInput);
    CHECK(decoded.error().message == c.message);
    CHECK(decoded.error().place.line == c.line);
    CHECK(decoded.error().place.column == c.column);
  }
}

TEST_CASE("UTF-16 streams are read in pieces of any size") {
  std::u16string text;
  for (int i = 0; i < 30000; ++i) text += u"ab\u2019\U0001F4CD\n";
  std::string utf8;
  for (int i = 0; i < 30000; ++i) utf8 += "ab\u2019\U0001F4CD\n";
  for (const size_t piece : {size_t{1}, size_t{7}, size_t{100000}}) {
    INFO(piece);
    auto reader = Utf16AsUtf8(base::ReaderOver(Utf16(text, false, true)));
    std::string all, chunk(piece, '\0');
    for (;;) {
      const auto count = reader->Read(chunk.data(), chunk.size());
      REQUIRE(count);
      if (*count == 0) break;
      all.append(chunk, 0, *count);
    }
    CHECK(all == utf8);
  }
}

}  // namespace
}  // namespace sitgraph::reports
