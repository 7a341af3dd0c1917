// Sentences and tokens: tables of cases, invariants over any bytes, and the score on EWT's raw text.
#include "src/language/segmenter.h"

#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <iterator>
#include <random>
#include <string>
#include <vector>

#include "base/file.h"
#include "src/language/abbreviations.h"
#include "src/language/characters.h"

namespace sitgraph::language {
namespace {

using base::Span;

// Tokens joined by blanks, sentences by " | ".
std::string Dump(const Document& document) {
  std::string out;
  for (const Sentence& sentence : document.sentences) {
    out += out.empty() ? "" : " |";
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
      out += out.empty() ? "" : " ";
      out += document.Text(i);
    }
  }
  return out;
}

struct Case {
  std::string text;
  std::string expected;
};

void Check(const std::vector<Case>& cases) {
  for (const Case& c : cases) {
    INFO(c.text);
    CHECK(Dump(Segment(c.text)) == c.expected);
  }
}

TEST_CASE("Tokens follow the English treebanks") {
  Check({
      {"The army didn't stop.", "The army did n't stop ."},
      {"Syria's south", "Syria 's south"},
      {"Syria’s south", "Syria ’s south"},
      {"They cannot and won’t leave", "They can not and wo n’t leave"},
      {"We're gonna stay, I've said.", "We 're gon na stay , I 've said ."},
      {"the soldiers' families", "the soldiers ' families"},
      {"the soldiers’ families", "the soldiers ’ families"},
      {"US-led coalition", "US - led coalition"},
      {"anti-tank and pro-government, non-lethal", "anti-tank and pro-government , non-lethal"},
      {"anti-government-held areas", "anti-government - held areas"},
      {"a 34-year-old man", "a 34 - year - old man"},
      {"since mid-2011", "since mid-2011"},
      {"the Homs–Hama road", "the Homs – Hama road"},
      {"and/or", "and / or"},
      {"AT&T and R&D", "AT&T and R&D"},
      {"fighters (mostly foreign), fled", "fighters ( mostly foreign ) , fled"},
      {"[the group]", "[ the group ]"},
      {"wait... what?!", "wait ... what ?!"},
      {"one -- two—three", "one -- two — three"},
      {"Syria 's army", "Syria 's army"},
  });
}

TEST_CASE("Numbers keep their separators and lose their units") {
  Check({
      {"13,407 members, 2.5 km, 4,800.", "13,407 members , 2.5 km , 4,800 ."},
      {"at 10pm or 9 a.m. on Friday", "at 10 pm or 9 a.m. on Friday"},
      {"at 9a.m. on Friday", "at 9 a.m. on Friday"},
      {"$5m and 30% of €2.5bn", "$ 5 m and 30 % of € 2.5 bn"},
      {"US$20,000", "US$ 20,000"},
      {"20-30 men", "20 - 30 men"},
      {"2012-2014", "2012 - 2014"},
      {"on 2018-05-07 at 14:54", "on 2018-05-07 at 14:54"},
      {"on 7/5/2018", "on 7/5/2018"},
      {"the 20th, 3rd and 1st", "the 20th , 3rd and 1st"},
      {"the 1990s and the 1980's", "the 1990s and the 1980's"},
      {"in '98", "in '98"},
      {"call 713-853-3989", "call 713-853-3989"},
      {"a .50 calibre gun", "a .50 calibre gun"},
      {"T-72 and M16 and 9K32", "T - 72 and M16 and 9K32"},
      {"50km north", "50 km north"},
      {"1-2-3-4-5", "1 - 2-3-4-5"},
  });
}

TEST_CASE("Names in Arabic articles stay whole") {
  Check({
      {"Deir ez-Zor fell", "Deir ez-Zor fell"},
      {"As-Suwayda, Ar-Raqqah, at-Tanf", "As-Suwayda , Ar-Raqqah , at-Tanf"},
      {"al-Kantara-Shimali", "al-Kantara-Shimali"},
      {"al-Hajar al-Aswad district", "al-Hajar al-Aswad district"},
      {"Bashar al-Assad's forces", "Bashar al-Assad 's forces"},
      {"AL-RASTAN", "AL-RASTAN"},
      {"ash-Shaykh Miskin", "ash-Shaykh Miskin"},
      {"al-Qaeda-linked fighters", "al-Qaeda - linked fighters"},
      {"Umm al-Fahm, Tell-al-Abyad", "Umm al-Fahm , Tell-al-Abyad"},
      {"Lashkar-e-Taiba", "Lashkar-e-Taiba"},
      {"Abu-Kamal", "Abu-Kamal"},
      {"Za'araya and al-Ra’oufiah", "Za'araya and al-Ra’oufiah"},
      {"Ar-Ra‘qah", "Ar-Ra‘qah"},
      {"Ra's al-Ayn", "Ra's al-Ayn"},
      {"Sa'd said he'd go", "Sa'd said he 'd go"},
      {"as-yet unnamed, at-risk", "as - yet unnamed , at - risk"},
      {"Ain al-Arab", "Ain al-Arab"},
  });
}

TEST_CASE("Addresses are one token") {
  Check({
      {"See https://example.org/a(b)?c=d.", "See https://example.org/a(b)?c=d ."},
      {"(www.example.com)", "( www.example.com )"},
      {"mail press.desk@mod.example.gov, please", "mail press.desk@mod.example.gov , please"},
      {"@sohr_watch posted #DeirEzzor", "@sohr_watch posted #DeirEzzor"},
      {"on example.com today", "on example.com today"},
      {"item #3", "item # 3"},
  });
}

TEST_CASE("Sentences end where they end") {
  Check({
      {"It ended. Troops left.", "It ended . | Troops left ."},
      {"It ended.The troops left.", "It ended . | The troops left ."},
      {"Col. Gen. Sergei Rudskoi spoke.", "Col. Gen. Sergei Rudskoi spoke ."},
      {"Mr. Smith met Lt. Col. J. R. Jones.", "Mr. Smith met Lt. Col. J. R. Jones ."},
      {"The U.S. Army left the U.S. The rest stayed.", "The U.S. Army left the U.S . | The rest stayed ."},
      {"They left the U.S.", "They left the U.S ."},
      {"It began at 5 a.m. Monday.", "It began at 5 a.m. Monday ."},
      {"It began at 5 a.m. Shells fell.", "It began at 5 a.m . | Shells fell ."},
      {"Army vs. rebels", "Army vs. rebels"},
      {"Resolution No. 2118 passed. No. They did.", "Resolution No. 2118 passed . | No . | They did ."},
      {"On Jan. 5 it rained.", "On Jan. 5 it rained ."},
      {"Guns, shells, etc. were found, etc. Then they left.",
       "Guns , shells , etc. were found , etc . | Then they left ."},
      {"Smith Inc. sold it.", "Smith Inc. sold it ."},
      {"\"We won.\" He left.", "\" We won . \" | He left ."},
      {"“We won,” he said. “All of it.”", "“ We won , ” he said . | “ All of it . ”"},
      {"\"Why?\" he asked. \"When?\"", "\" Why ? \" he asked . | \" When ? \""},
      {"«Done.» They left.", "« Done . » | They left ."},
      {"``Done.'' They left.", "`` Done . '' | They left ."},
      {"‘Unique’ operation ends", "‘ Unique ’ operation ends"},
      {"He left (in May.) She stayed.", "He left ( in May . ) | She stayed ."},
      {"and so on ... but no more", "and so on ... but no more"},
      {"and so on... Then nothing", "and so on ... | Then nothing"},
      {"1. Surrender. 2. Leave.", "1 . Surrender . | 2 . Leave ."},
      {"HOMS, May 7. /TASS/. The road is open.", "HOMS , May 7 . / TASS / . | The road is open ."},
      {"It rose to 2.5. Then it fell.", "It rose to 2.5 . | Then it fell ."},
      {"What now? nothing.", "What now ? | nothing ."},
  });
}

TEST_CASE("Lines: headlines, lists and wrapped prose") {
  Check({
      {"Nearly 60 villages freed\n\nThe army said so.", "Nearly 60 villages freed | The army said so ."},
      {"Aleppo\nThe army said so.", "Aleppo | The army said so ."},
      {"- 7 tanks\n- 5 guns\n• 2 drones", "- 7 tanks | - 5 guns | • 2 drones"},
      {"Handed over:\n* 7 tanks\n* 5 guns", "Handed over : | * 7 tanks | * 5 guns"},
      {"The convoy reached the northern outskirts of\nDamascus before noon and stopped there at\nthe checkpoint.",
       "The convoy reached the northern outskirts of Damascus before noon and stopped there at the checkpoint ."},
      {"The road was\nreopened.", "The road was reopened ."},
      {"One.\r\nTwo.", "One . | Two ."},
  });
}

TEST_CASE("Emoji and other scripts pass through") {
  Check({
      {"Won 👍🏽 today", "Won 👍🏽 today"},
      {"👨‍👩‍👧 and 🇸🇾!", "👨‍👩‍👧 and 🇸🇾 !"},
      {"قال الجيش. انتهت المعركة؟ نعم", "قال الجيش . | انتهت المعركة ؟ | نعم"},
      {"Армия освободила г. Хама. Бои идут.", "Армия освободила г . | Хама . | Бои идут ."},
      {"Qāmišlī, Ḥamāh, ʿAfrīn", "Qāmišlī , Ḥamāh , ʿAfrīn"},
      {"well :) Then", "well :) Then"},
      {"", ""},
      {" \t\n ", ""},
      {"\xEF\xBB\xBFThe end", "The end"},
  });
}

TEST_CASE("Zones keep sentences apart and offsets in the whole text") {
  const std::string text = "Army takes Homs MOSCOW, May 7. The army took Homs.";
  Document document;
  SegmentInto(text, {0, 15}, document);
  SegmentInto(text, {16, 50}, document);
  CHECK(Dump(document) == "Army takes Homs | MOSCOW , May 7 . | The army took Homs .");
  CHECK(document.tokens[3].span == Span{16, 22});
  const size_t capacity = document.tokens.capacity();
  Clear(document);
  CHECK(document.tokens.capacity() == capacity);
  SegmentInto(text, {0, 15}, document);
  CHECK(Dump(document) == "Army takes Homs");
}

TEST_CASE("Token kinds, spaces and clitics") {
  const Document d = Segment("It didn't cost 5%: see www.example.com.");
  REQUIRE(d.tokens.size() == 10);
  CHECK(d.tokens[0].kind == TokenKind::kWord);
  CHECK(d.tokens[0].space_after);
  CHECK_FALSE(d.tokens[1].space_after);
  CHECK(d.tokens[2].clitic);
  CHECK(d.tokens[4].kind == TokenKind::kNumber);
  CHECK(d.tokens[5].kind == TokenKind::kSymbol);
  CHECK(d.tokens[6].kind == TokenKind::kPunctuation);
  CHECK(d.tokens[8].kind == TokenKind::kUrl);
}

// Tokens and sentences ascend without overlap, and every byte that is not white space is in exactly one token.
void CheckInvariants(const std::string& text, const Document& d) {
  uint32_t end = 0;
  bool covered = true;
  const auto only_space = [&](uint32_t from, uint32_t to) {
    while (from < to) {
      const CodePoint c = CodePointAt(text, from);
      if (ClassOf(c.value) != CharClass::kSpace) {
        return false;
      }
      from += c.size;
    }
    return true;
  };
  for (const Token& token : d.tokens) {
    covered = covered && token.span.begin >= end && token.span.begin < token.span.end &&
              token.span.end <= text.size() && only_space(end, token.span.begin);
    end = token.span.end;
  }
  CHECK(covered);
  CHECK(only_space(end, static_cast<uint32_t>(text.size())));
  TokenIndex next = 0;
  bool ordered = true;
  for (const Sentence& s : d.sentences) {
    ordered = ordered && s.begin == next && s.begin < s.end && s.span.begin == d.tokens[s.begin].span.begin &&
              s.span.end == d.tokens[s.end - 1].span.end && s.end - s.begin <= kMaxSentenceTokens;
    next = s.end;
  }
  CHECK(ordered);
  CHECK(next == d.tokens.size());
}

TEST_CASE("Any bytes give ordered tokens and sentences") {
  std::mt19937 random(7);
  const std::string alphabet = "aZ.9,-'’\"@#:/ \n\xE2\x80\xFFé👍()&$%";
  for (int round = 0; round < 400; ++round) {
    std::string text(random() % 120, ' ');
    std::generate(text.begin(), text.end(), [&] { return alphabet[random() % alphabet.size()]; });
    INFO("round " << round << ": " << text);
    CheckInvariants(text, Segment(text));
  }
}

TEST_CASE("Hostile texts take linear time") {
  // Each would take minutes were any look-ahead repeated for every token.
  for (const std::string_view unit : {"a", "a.",      "a-", "1-", "1/",   "a@", "'",   "(",  "\"", "al-", "A&", "a'",
                                      ".", "http://", "_",  "1.", "\xF0", "👍",  "a\n", "-1", "a_", "@a",  "A. "}) {
    std::string text;
    while (text.size() < 1000000) {
      text += unit;
    }
    INFO(unit);
    CheckInvariants(text, Segment(text));
  }
}

TEST_CASE("A sentence without an end is cut at the limit") {
  std::string text;
  for (size_t i = 0; i < 3 * kMaxSentenceTokens; ++i) {
    text += "word ";
  }
  CHECK(Segment(text).sentences.size() == 3);
}

TEST_CASE("Abbreviations") {
  CHECK(AbbreviationOf("Gen") == Abbreviation::kTitle);
  CHECK(AbbreviationOf("GEN") == Abbreviation::kTitle);
  CHECK(AbbreviationOf("sun") == Abbreviation::kNone);
  CHECK(AbbreviationOf("Sun") == Abbreviation::kMonth);
  CHECK(AbbreviationOf("U.S") == Abbreviation::kPlain);
  CHECK(AbbreviationOf("J") == Abbreviation::kInitial);
  CHECK(AbbreviationOf("É") == Abbreviation::kInitial);
  CHECK(AbbreviationOf("") == Abbreviation::kNone);
  CHECK(AbbreviationOf("a.m") == Abbreviation::kTime);
  CHECK(OpensSentences("The"));
  CHECK_FALSE(OpensSentences("the"));
}

// ---- EWT test from raw text, scored as the CoNLL 2018 shared task scores tokens and sentences.

struct Gold {
  std::string text;
  std::vector<Span> tokens;  // surface tokens: a contraction is one
  std::vector<Span> words;   // its parts
  std::vector<Span> sentences;
};

// The raw text: sentences of a paragraph joined as SpaceAfter tells, paragraphs by an empty line.
Gold ReadGold(const std::string& conllu) {
  Gold gold;
  bool paragraph = true;
  bool space = false;
  uint32_t sentence_begin = 0;
  uint32_t word_end = 0;  // how far the parts of the open contraction reach
  int contraction_until = 0;
  bool in_sentence = false;
  for (const std::string_view line : base::Split(conllu, '\n')) {
    if (line.empty()) {
      if (in_sentence) {
        gold.sentences.push_back({sentence_begin, gold.tokens.back().end});
      }
      in_sentence = false;
      continue;
    }
    if (line[0] == '#') {
      paragraph = paragraph || line.rfind("# newpar", 0) == 0 || line.rfind("# newdoc", 0) == 0;
      continue;
    }
    const std::vector<std::string_view> fields = base::Split(line, '\t');
    if (fields[0].find('.') != std::string_view::npos) {
      continue;
    }
    const size_t dash = fields[0].find('-');
    const std::string_view form = fields[1];
    if (dash == std::string_view::npos && std::stoi(std::string(fields[0])) <= contraction_until) {
      gold.words.push_back({word_end, word_end + static_cast<uint32_t>(form.size())});
      word_end = gold.words.back().end;
      contraction_until = std::stoi(std::string(fields[0])) == contraction_until ? 0 : contraction_until;
      continue;
    }
    if (!gold.text.empty()) {
      gold.text += !in_sentence && paragraph ? "\n\n" : (space ? " " : "");
    }
    paragraph = false;
    const auto begin = static_cast<uint32_t>(gold.text.size());
    sentence_begin = in_sentence ? sentence_begin : begin;
    in_sentence = true;
    gold.text += form;
    gold.tokens.push_back({begin, static_cast<uint32_t>(gold.text.size())});
    space = fields[9].find("SpaceAfter=No") == std::string_view::npos;
    contraction_until = 0;
    if (dash == std::string_view::npos) {
      gold.words.push_back(gold.tokens.back());
    } else {
      contraction_until = std::stoi(std::string(fields[0].substr(dash + 1)));
      word_end = begin;
    }
  }
  return gold;
}

double F1(const std::vector<Span>& gold, const std::vector<Span>& found) {
  std::vector<Span> both;
  std::set_intersection(gold.begin(), gold.end(), found.begin(), found.end(), std::back_inserter(both));
  return 200.0 * static_cast<double>(both.size()) / static_cast<double>(gold.size() + found.size());
}

TEST_CASE("Score on EWT test from raw text") {
  const std::string path = std::string(SITGRAPH_SHARED_DIR) + "/ud/ewt-test.conllu.gz";
  if (!std::filesystem::exists(path)) {
    WARN("skipped: " << path << " is not there");
    return;
  }
  const base::Result<std::string> conllu = base::ReadFile(path);
  REQUIRE(conllu.has_value());
  const Gold gold = ReadGold(*conllu);
  const Document document = Segment(gold.text);
  std::vector<Span> words;
  std::vector<Span> tokens;
  std::vector<Span> sentences;
  for (const Token& token : document.tokens) {
    words.push_back(token.span);
    if (token.clitic && !tokens.empty() && tokens.back().end == token.span.begin) {
      tokens.back().end = token.span.end;
    } else {
      tokens.push_back(token.span);
    }
  }
  for (const Sentence& sentence : document.sentences) {
    sentences.push_back(sentence.span);
  }
  CHECK(F1(gold.words, words) >= 98.7);
  CHECK(F1(gold.tokens, tokens) >= 98.9);
  CHECK(F1(gold.sentences, sentences) >= 84);
  WARN("EWT test, raw text: words F1 " << F1(gold.words, words) << ", tokens F1 " << F1(gold.tokens, tokens)
                                       << ", sentences F1 " << F1(gold.sentences, sentences));
}

}  // namespace
}  // namespace sitgraph::language
