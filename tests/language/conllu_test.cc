// CoNLL-U: offsets recovered from the text, errors with their places, writing and reading back.
#include "src/language/conllu.h"

#include <catch2/catch.hpp>
#include <filesystem>

#include "base/csv.h"
#include "src/language/features.h"
#include "src/language/segmenter.h"
#include "src/language/tagset.h"

namespace sitgraph::language {
namespace {

// Fields set apart by blanks stand for tabs, so that the cases can be read.
std::string Rows(std::string text) {
  bool comment = false;
  for (size_t i = 0; i < text.size(); ++i) {
    if (i == 0 || text[i - 1] == '\n') comment = text[i] == '#';
    if (!comment && text[i] == ' ') text[i] = '\t';
  }
  return text;
}

ConlluReader ReaderOf(const std::string& text) { return ConlluReader(base::ReaderOver(Rows(text)), "in.conllu"); }

constexpr const char* kTank =
    "# newdoc id = d1\n"
    "# sent_id = d1-1\n"
    "# text = They didn't hit T-72s.\n"
    "1 They they PRON PRP Case=Nom|Number=Plur 4 nsubj _ _\n"
    "2-3 didn't _ _ _ _ _ _ _ _\n"
    "2 did do AUX VBD Tense=Past 4 aux _ _\n"
    "3 n't not PART RB Polarity=Neg 4 advmod _ _\n"
    "4 hit hit VERB VB VerbForm=Inf 0 root _ _\n"
    "4.1 them they PRON PRP _ _ _ _ _\n"
    "5 T-72s T-72 PROPN NNPS Number=Plur 4 obj _ SpaceAfter=No\n"
    "6 . . PUNCT . _ 4 punct _ _\n"
    "\n";

TEST_CASE("CoNLL-U words get their offsets from the text") {
  ConlluReader reader = ReaderOf(kTank);
  const auto sentence = reader.Next();
  REQUIRE(sentence);
  REQUIRE(*sentence != nullptr);
  CHECK((*sentence)->id == "d1-1");
  CHECK((*sentence)->new_document == "d1");
  REQUIRE((*sentence)->words.size() == 6);
  std::string spans;
  for (const base::Span span : (*sentence)->spans) spans += std::string(span.In((*sentence)->text)) + "|";
  CHECK(spans == "They|did|n't|hit|T-72s|.|");
  const ConlluWord& tank = (*sentence)->words[4];
  CHECK(tank.analysis.head == 3);
  CHECK(DeprelOf(tank.analysis) == Deprel::kObj);
  CHECK(XposOf(tank.analysis) == Xpos::kNnps);
  CHECK(tank.analysis.lemma == "T-72");
  CHECK((*sentence)->words[3].analysis.head == -1);
  const auto end = reader.Next();
  REQUIRE(end);
  CHECK(*end == nullptr);
}

TEST_CASE("CoNLL-U without a text builds it from forms and SpaceAfter; a fused word shares its span") {
  ConlluReader reader = ReaderOf(
      "1-2 gimme _ _ _ _ _ _ _ SpaceAfter=No\n"
      "1 give give VERB VB _ 0 root _ _\n"
      "2 me I PRON PRP _ 1 iobj _ _\n"
      "3 ! ! PUNCT . _ 1 punct _ _\n");
  const auto sentence = reader.Next();
  REQUIRE(sentence);
  CHECK((*sentence)->text == "gimme!");
  CHECK((*sentence)->spans == std::vector<base::Span>{{0, 5}, {0, 5}, {5, 6}});
}

TEST_CASE("CoNLL-U that breaks the format is refused with its place, and the next sentence is read") {
  struct Case {
    const char* rows;
    uint32_t line;
    uint32_t column;
    const char* message;
  };
  const Case kCases[] = {
      {"1 a a DET DT _ 0 root _\n", 1, 1, "ten columns"},
      {"2 a a DET DT _ 0 root _ _\n", 1, 1, "where 1 is due"},
      {"1 a a DET DT _ 0 root _ _\n1 b b NOUN NN _ 1 dep _ _\n", 2, 1, "where 2 is due"},
      {"1 a a NAME DT _ 0 root _ _\n", 1, 7, "part of speech"},
      {"1 \xC3\xA4\xC3\xA4 a NAME DT _ 0 root _ _\n", 1, 8, "part of speech"},
      {"1 a a DET DT _ 0 toor _ _\n", 1, 18, "relation"},
      {"1 a a DET DT _ 1 root _ _\n", 1, 18, "head 0"},
      {"1 a a DET DT _ 0 det _ _\n", 1, 18, "head 0"},
      {"1 a a DET DT _ x det _ _\n", 1, 16, "no number"},
      {"1 a a DET DT _ _ det _ _\n", 1, 16, "no number"},
      {"1 a a DET DT Plural 0 root _ _\n", 1, 14, "Name=Value"},
      {"1 a a DET DT _ 0 root _ _\n2 b b NOUN NN _ 3 dep _ _\n", 2, 1, "has 2 words"},
      {"1 a a DET DT _ 0 root _ _\n2 b b NOUN NN _ 0 root _ _\n", 1, 1, "2 roots"},
      {"1 a a DET DT _ 2 det _ _\n2 b b NOUN NN _ 1 dep _ _\n", 1, 1, "0 roots"},
      {"1 a a X X _ 0 root _ _\n2 b b X X _ 3 dep _ _\n3 c c X X _ 2 dep _ _\n", 2, 1, "itself"},
      {"1 a a X X _ 0 root _ _\n2 b b X X _ 2 dep _ _\n", 2, 1, "itself"},
      {"1-3 abc _ _ _ _ _ _ _ _\n1 a a X X _ 0 root _ _\n2 b b X X _ 1 dep _ _\n", 1, 1, "past the last word"},
      {"2-3 ab _ _ _ _ _ _ _ _\n1 a a X X _ 0 root _ _\n", 1, 1, "next word"},
      {"1 a a X X _ 0 root _ _\n3.1 a a X X _ _ _ _ _\n", 2, 1, "does not follow"},
      {"# text = a b\n1 a a X X _ 0 root _ _\n2 c c X X _ 1 dep _ _\n", 3, 1, "does not stand next"},
      {"# text = a b\n1 a a X X _ 0 root _ _\n", 1, 1, "goes on"},
      {"# text = a\n", 1, 1, "without a sentence"},
      {"1 \xFF a X X _ 0 root _ _\n", 1, 3, "UTF-8"},
  };
  for (const Case& c : kCases) {
    INFO(c.rows);
    ConlluReader reader = ReaderOf(std::string(c.rows) + "\n1 Fire fire NOUN NN _ 0 root _ _\n");
    const auto sentence = reader.Next();
    REQUIRE(!sentence);
    CHECK(sentence.error().code == base::ErrorCode::kBadInput);
    CHECK(sentence.error().place.file == "in.conllu");
    CHECK(sentence.error().place.line == c.line);
    CHECK(sentence.error().place.column == c.column);
    CHECK_THAT(sentence.error().message, Catch::Contains(c.message));
    const auto next = reader.Next();
    REQUIRE(next);
    REQUIRE(*next != nullptr);
    CHECK((*next)->text == "Fire");
  }
}

TEST_CASE("CoNLL-U documents become one text with token indices as heads") {
  ConlluDocumentReader reader(
      base::ReaderOver(Rows(std::string(kTank) + "# newpar\n1 Fire fire NOUN NN _ 0 root _ SpaceAfter=No\n"
                                                 "2 ! ! PUNCT . _ 1 punct _ _\n\n"
                                                 "# newdoc id = d2\n1 Smoke smoke NOUN NN _ 0 root _ _\n")),
      "in.conllu");
  const auto first = reader.Next();
  REQUIRE(first);
  REQUIRE(*first != nullptr);
  const Document& document = (*first)->document;
  CHECK((*first)->id == "d1");
  CHECK(document.text == "They didn't hit T-72s.\n\nFire!");
  REQUIRE(document.tokens.size() == 8);
  CHECK(document.Text(6) == "Fire");
  CHECK(document.Text(document.sentences[1]) == "Fire!");
  CHECK(document.analyses[7].head == 6);
  CHECK_FALSE(document.tokens[1].space_after);
  CHECK(document.tokens[2].space_after);
  const auto second = reader.Next();
  REQUIRE(second);
  CHECK((*second)->id == "d2");
  CHECK((*second)->text == "Smoke");
  const auto end = reader.Next();
  REQUIRE(end);
  CHECK(*end == nullptr);
}

TEST_CASE("What is written as CoNLL-U reads back the same") {
  ConlluDocumentReader reader(base::ReaderOver(Rows(kTank)), "in.conllu");
  const auto document = reader.Next();
  REQUIRE(document);
  std::string out;
  AppendConllu(out, (*document)->document, "d1");
  CHECK_THAT(out,
             Catch::Contains("2-3\tdidn't\t_\t_\t_\t_\t_\t_\t_\t_\n2\tdid\tdo\tAUX\tVBD\tTense=Past\t4\taux\t_\t_\n"));
  CHECK_THAT(out, Catch::Contains("\tobj\t_\tSpaceAfter=No\n"));
  ConlluDocumentReader again(base::ReaderOver(out), "out.conllu");
  const auto back = again.Next();
  REQUIRE(back);
  CHECK((*back)->text == (*document)->text);
  std::string twice;
  AppendConllu(twice, (*back)->document, "d1");
  CHECK(twice == out);
}

TEST_CASE("Paragraphs are written and read back") {
  const std::string_view text = "Tanks left Homs. Nobody was hurt.\n\nRebels denied it...\n\n\nMore soon.\nWait.";
  Document document = Segment(text);
  std::vector<bool> starts;
  for (const Sentence& sentence : document.sentences) starts.push_back(sentence.starts_paragraph);
  CHECK(starts == std::vector<bool>{true, false, true, true, false});
  document.analyses.resize(document.tokens.size());
  for (const Sentence& sentence : document.sentences) {
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
      const bool root = i == sentence.begin;
      document.analyses[i].head = root ? -1 : static_cast<int32_t>(sentence.begin);
      document.analyses[i].deprel = static_cast<uint16_t>(root ? Deprel::kRoot : Deprel::kDep);
    }
  }
  std::string out;
  AppendConllu(out, document, "d1");
  ConlluDocumentReader reader(base::ReaderOver(out), "out.conllu");
  const auto back = reader.Next();
  REQUIRE(back);
  CHECK((*back)->text == "Tanks left Homs. Nobody was hurt.\n\nRebels denied it...\n\nMore soon. Wait.");
  REQUIRE((*back)->document.sentences.size() == starts.size());
  for (size_t i = 0; i < starts.size(); ++i) CHECK((*back)->document.sentences[i].starts_paragraph == starts[i]);
}

TEST_CASE("Controls between tokens are written as blanks") {
  const std::string text =
      "Tanks\x02"
      "burned\t\x11 twice.";
  const Document document = Segment(text);
  std::string out;
  AppendConllu(out, document, "d1");
  CHECK(out.find("# text = Tanks burned twice.\n") != std::string::npos);
  const std::string apart("He\0'd fire.", 11);
  std::string rows;
  AppendConllu(rows, Segment(apart), "d2");
  CHECK(rows.find("1-2") == std::string::npos);
}

TEST_CASE("Features are packed and written in CoNLL-U's order") {
  struct Case {
    const char* field;
    const char* written;
  };
  const Case kCases[] = {
      {"_", "_"},
      {"Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin",
       "Mood=Ind|Number=Sing|Person=3|Tense=Past|VerbForm=Fin"},
      {"VerbForm=Part|Tense=Past|Voice=Pass", "Tense=Past|VerbForm=Part|Voice=Pass"},
      {"Gender=Fem,Masc|Person=3", "Gender=Fem|Person=3"},
      {"Animacy=Anim|Number=Plur", "Number=Plur"},
      {"Abbr=Yes|Case=Gen|Definite=Ind|Degree=Sup|ExtPos=PRON|Foreign=Yes|Gender=Neut|Mood=Sub|NumForm=Roman|"
       "NumType=Mult|Number=Ptan|Person=3|Polarity=Pos|Poss=Yes|PronType=Rcp|Reflex=Yes|Style=Arch|Tense=Pres|Typo=Yes|"
       "VerbForm=Ger|Voice=Pass",
       "Abbr=Yes|Case=Gen|Definite=Ind|Degree=Sup|ExtPos=PRON|Foreign=Yes|Gender=Neut|Mood=Sub|NumForm=Roman|"
       "NumType=Mult|Number=Ptan|Person=3|Polarity=Pos|Poss=Yes|PronType=Rcp|Reflex=Yes|Style=Arch|Tense=Pres|Typo=Yes|"
       "VerbForm=Ger|Voice=Pass"},
  };
  for (const Case& c : kCases) {
    INFO(c.field);
    const auto features = ParseFeatures(c.field);
    REQUIRE(features);
    CHECK(FormatFeatures(*features) == c.written);
  }
  CHECK_FALSE(ParseFeatures("Number"));
  CHECK_FALSE(ParseFeatures("=Sing"));
  CHECK_FALSE(ParseFeatures("Number=Sing|"));
  uint64_t features = 0;
  CHECK(SetFeature(features, Feature::kTense, "Past"));
  CHECK_FALSE(SetFeature(features, Feature::kTense, "Future"));
  CHECK(FeatureValue(features, Feature::kTense) == "Past");
  CHECK(SetFeature(features, Feature::kTense, ""));
  CHECK(features == 0);
}

TEST_CASE("Relations know their universal relation; unknown subtypes fall back to it") {
  CHECK(Universal(Deprel::kNsubjPass) == Deprel::kNsubj);
  CHECK(Universal(Deprel::kOblUnmarked) == Deprel::kObl);
  CHECK(Universal(Deprel::kRoot) == Deprel::kRoot);
  CHECK(ParseDeprel("obl:tmod") == Deprel::kObl);
  CHECK_FALSE(ParseDeprel("subject"));
  for (size_t i = 0; i < kDeprelCount; ++i) {
    const Deprel deprel = static_cast<Deprel>(i);
    INFO(Name(deprel));
    CHECK(ParseDeprel(Name(deprel)) == deprel);
    CHECK(Name(deprel).substr(0, Name(Universal(deprel)).size()) == Name(Universal(deprel)));
  }
  for (size_t i = 0; i < kXposCount; ++i) CHECK(ParseXpos(Name(static_cast<Xpos>(i))) == static_cast<Xpos>(i));
  for (size_t i = 0; i < kUposCount; ++i) CHECK(ParseUpos(Name(static_cast<Upos>(i))) == static_cast<Upos>(i));
}

TEST_CASE("Every sentence of the treebanks is read and aligned") {
  for (const char* name : {"ewt-test.conllu.gz", "gum-test.conllu.gz"}) {
    const std::string path = std::string(SITGRAPH_SHARED_DIR) + "/ud/" + name;
    if (!std::filesystem::exists(path)) {
      WARN("no ../shared/ud beside the repository: skipped");
      return;
    }
    INFO(name);
    auto bytes = base::OpenReader(path);
    REQUIRE(bytes);
    ConlluReader reader(std::move(*bytes), path);
    size_t sentences = 0;
    while (true) {
      const auto sentence = reader.Next();
      if (!sentence) FAIL(base::ToString(sentence.error()));
      if (*sentence == nullptr) break;
      ++sentences;
    }
    CHECK(sentences == (name[0] == 'e' ? 2077 : 1464));
  }
}

}  // namespace
}  // namespace sitgraph::language
