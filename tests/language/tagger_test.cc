// Tags, casing, acronyms, lemma rules.
#include "src/language/tagger.h"

#include <catch2/catch.hpp>

#include "src/language/acronyms.h"
#include "src/language/analyzer.h"
#include "src/language/segmenter.h"
#include "src/language/train/lemma_trainer.h"
#include "src/language/war_words.h"
#include "tests/language/tiny_treebank.h"

namespace sitgraph::language {
namespace {

Casing CasingOf(std::string_view text) {
  const Document document = Segment(text);
  std::vector<std::string_view> forms;
  for (TokenIndex i = 0; i < document.tokens.size(); ++i) forms.push_back(document.Text(i));
  WordSequence words;
  std::string scratch;
  DescribeWords(forms, Lexicon(), words, scratch);
  return words.casing;
}

TEST_CASE("A sentence's casing is told from its words") {
  struct Case {
    const char* text;
    Casing casing;
  };
  const Case kCases[] = {
      {"The army shelled Homs.", Casing::kMixed},
      {"the army shelled homs.", Casing::kLower},
      {"THE ARMY SHELLED HOMS.", Casing::kUpper},
      {"BREAKING: DRONES STRIKE FUEL DEPOT near", Casing::kUpper},
      {"Army Shells Villages Near Homs", Casing::kTitle},
      {"IS fighters shelled Homs.", Casing::kMixed},
      {"Homs.", Casing::kMixed},
      {"", Casing::kMixed},
  };
  for (const Case& c : kCases) {
    INFO(c.text);
    CHECK(CasingOf(c.text) == c.casing);
  }
}

TEST_CASE("Capitals and small letters alone get the tags of mixed text") {
  Analyzer analyzer(testing::TinyModel());
  for (const char* text : {"The army shelled the villages near Homs.", "THE ARMY SHELLED THE VILLAGES NEAR HOMS.",
                           "the army shelled the villages near homs."}) {
    INFO(text);
    Document document = Segment(text);
    analyzer.Analyze(document);
    REQUIRE(document.analyses.size() == 8);
    CHECK(document.analyses[1].upos == Upos::kNoun);
    CHECK(document.analyses[2].upos == Upos::kVerb);
    CHECK(document.analyses[4].lemma == "village");
    CHECK(document.analyses[6].upos == Upos::kPropn);
  }
}

TEST_CASE("Acronyms that read as words are names where they stand as names") {
  struct Case {
    std::vector<std::string_view> forms;
    size_t word;
    bool name;
  };
  const Case kCases[] = {
      {{"IS", "fighters", "attacked", "Palmyra"}, 0, true},
      {{"Troops", "fought", "IS", "near", "Palmyra"}, 2, true},
      {{"a", "US", "drone", "hit", "it"}, 1, true},
      {{"this", "IS", "the", "base"}, 1, false},
      {{"It", "IS", "true"}, 1, false},
      {{"they", "is", "here"}, 1, false},
      {{"The", "UN", "said"}, 1, true},
      {{"Everyone", "THERE", "IS", "gone"}, 2, false},
  };
  for (const Case& c : kCases) {
    INFO(c.forms[0] << " " << c.forms[1]);
    CHECK(IsAcronymName(c.forms, c.word, Casing::kMixed) == c.name);
    CHECK_FALSE(IsAcronymName(c.forms, c.word, Casing::kUpper));
  }
}

TEST_CASE("Names with an Arabic article are names whatever the tagger makes of them") {
  struct Case {
    const char* form;
    Casing casing;
    bool name;
  };
  const Case kCases[] = {
      {"al-Nusra", Casing::kMixed, true},     {"Al-Bab", Casing::kMixed, true},
      {"ez-Zor", Casing::kMixed, true},       {"as-Suwayda", Casing::kMixed, true},
      {"Ash-Shaykh", Casing::kTitle, true},   {"al-Kantara-Shimali", Casing::kMixed, true},
      {"AL-QAEDA", Casing::kUpper, true},     {"al-qaeda", Casing::kLower, true},
      {"al-qaeda", Casing::kMixed, false},    {"as-yet", Casing::kLower, false},
      {"At-Risk", Casing::kMixed, false},     {"ex-Soviet", Casing::kMixed, false},
      {"un-American", Casing::kMixed, false}, {"al", Casing::kMixed, false},
      {"al-", Casing::kMixed, false},         {"", Casing::kMixed, false},
  };
  for (const Case& c : kCases) {
    INFO(c.form);
    CHECK(IsArticleName(c.form, c.casing) == c.name);
  }
  Analyzer analyzer(testing::TinyModel());
  Document document = Segment("The army shelled al-Tukhar near Idlib.");
  analyzer.Analyze(document);
  CHECK(document.analyses[3].upos == Upos::kPropn);
}

TEST_CASE("Words that training did not see are of no closed class") {
  for (const char* word : {"al-nusra", "warplanes", "truce"}) CHECK_FALSE(MayBeClosedClass(word));
  for (const char* word : {"amid", "whereby", "n`t", "who's", "\u00B5"}) CHECK(MayBeClosedClass(word));
  // The tagger takes the best of what is left.
  WordSequence words;
  std::string scratch;
  const std::vector<std::string_view> forms = {"warplanes", "left"};
  DescribeWords(forms, Lexicon(), words, scratch);
  const std::vector<SparseRow> rows;
  const RowTable none(rows);
  std::vector<int32_t> scores(3);
  std::vector<TagId> tags(2, kNoTag);
  const std::vector<uint8_t> open = {1, 0};
  const std::vector<TagId> closed = {0, 1};
  TagWords(words, none, {open, closed}, tags, scores);
  CHECK(tags == std::vector<TagId>{2, 0});
}

TEST_CASE("Words of war reports have their one tag") {
  CHECK(TagOfWarWord("airstrikes") == Tag{Upos::kNoun, Xpos::kNns});
  CHECK(TagOfWarWord("airdrops") == Tag{Upos::kNoun, Xpos::kNns});  // the first
  CHECK(TagOfWarWord("watchdog") == Tag{Upos::kNoun, Xpos::kNn});   // the last
  CHECK(TagOfWarWord("retook") == Tag{Upos::kVerb, Xpos::kVbd});
  for (const char* word : {"", "aardvark", "raids", "zone"}) CHECK_FALSE(TagOfWarWord(word));
}

TEST_CASE("Words are folded without their typography") {
  const std::pair<const char*, const char*> kCases[] = {
      {"Isn\u2019t", "isn't"}, {"T\u201190", "t-90"}, {"\u00C4RZTE", "\u00E4rzte"}, {"2018", "2018"}, {"", ""}};
  std::string folded;
  for (const auto& [form, expected] : kCases) {
    FoldWord(form, folded);
    CHECK(folded == expected);
  }
}

TEST_CASE("The shortest edit leads from form to lemma and back") {
  struct Case {
    const char* form;
    const char* lemma;
    bool name;
  };
  const Case kCases[] = {
      {"villages", "village", false},
      {"was", "be", false},
      {"Shelled", "shell", false},
      {"Homs", "Homs", true},
      {"CDs", "CD", false},
      {"An", "a", false},
      {"\u00C4rzte", "\u00E4rzte", false},
      {"States", "State", true},
      {"HOMS", "Homs", true},
      {"\u00E4rzte", "\u00C4rzte", true},
      {"\u2019s", "'s", false},
      {"na\u00EFves", "na\u00EFf", false},
  };
  std::string folded;
  std::string lemma;
  for (const Case& c : kCases) {
    INFO(c.form);
    FoldWord(c.form, folded);
    const EditRule rule = train::EditFor(c.form, folded, c.lemma, c.name);
    REQUIRE(Apply(rule, c.form, folded, lemma));
    CHECK(lemma == c.lemma);
  }
  CHECK_FALSE(Apply({LemmaCase::kFold, 5, "y"}, "cat", "cat", lemma));
  CHECK_FALSE(Apply({LemmaCase::kFold, 3, ""}, "cat", "cat", lemma));
}

TEST_CASE("A designation is its own lemma, in its capitals and without a plural ending") {
  struct Case {
    const char* form;
    const char* designation;  // "" for other words
  };
  const Case kCases[] = {
      {"EB3326", "EB3326"},
      {"T-72s", "T-72"},
      {"MiG-29s", "MiG-29"},
      {"AK-47's", "AK-47"},
      {"01-Feb-02", "01-Feb-02"},
      {"S-300V4", "S-300V4"},
      {"10MM", ""},
      {"4TH", ""},
      {"1990s", ""},
      {"2017", ""},
      {"BM", ""},
      {"mp3s", ""},
      {"As", ""},
      {"", ""},
  };
  for (const Case& c : kCases) {
    INFO(c.form);
    CHECK(Designation(c.form) == c.designation);
  }
}

TEST_CASE("Inflected words that training did not see get lemmas that can be spelled so") {
  Analyzer analyzer(testing::TinyModel());
  struct Case {
    const char* text;
    const char* lemma;  // of its third word
  };
  const Case kCases[] = {
      {"The army seized the depots near Aleppo.", "seize"},
      {"The army raided the depots near Aleppo.", "raid"},
      {"The army expelled the garrisons near Aleppo.", "expel"},
  };
  for (const Case& c : kCases) {
    INFO(c.text);
    Document document = Segment(c.text);
    analyzer.Analyze(document);
    CHECK(document.analyses[2].lemma == c.lemma);
  }
}

TEST_CASE("An analyzer that has read very many words gives what a new one gives") {
  Analyzer analyzer(testing::TinyModel());
  const std::string_view text = "The army seized the garrisons near Aleppo.";
  Document first = Segment(text);
  analyzer.Analyze(first);
  const std::string lemma(first.analyses[2].lemma);
  size_t kept = 0;  // lemmas that do not stand in the text
  for (int round = 0; round < 3; ++round) {
    std::string words;
    for (int i = 0; i < 8000; ++i) {
      if (i % 50 == 0) words += "\nTHE ARMY SHELLED";
      words += " W";
      for (int n = round * 8000 + i, d = 0; d < 4; ++d, n /= 26) words += static_cast<char>('A' + n % 26);
    }
    Document many = Segment(words);
    analyzer.Analyze(many, ParseMode::kGreedy);
    for (const Analysis& word : many.analyses) {
      kept += word.lemma.data() < words.data() || word.lemma.data() >= words.data() + words.size();
    }
  }
  CHECK(kept > 20'000);
  Document again = Segment(text);
  analyzer.Analyze(again);
  CHECK(again.analyses[2].lemma == lemma);
}

}  // namespace
}  // namespace sitgraph::language
