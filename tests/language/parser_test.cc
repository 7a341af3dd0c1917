// Trees: what a parser trained on a page of grammar gives for sentences that it did not see, and for hostile ones.
#include <catch2/catch.hpp>
#include <string>
#include <thread>
#include <vector>

#include "src/language/analyzer.h"
#include "src/language/conllu.h"
#include "src/language/segmenter.h"
#include "src/language/train/evaluate.h"
#include "src/language/train/raw_evaluate.h"
#include "tests/language/tiny_treebank.h"
#include "tests/temporary_folder.h"

namespace sitgraph::language {
namespace {

Document Parsed(Analyzer& analyzer, std::string_view text, ParseMode mode) {
  Document document = Segment(text);
  analyzer.Analyze(document, mode);
  return document;
}

// "form/relation>head " for each token.
std::string Tree(const Document& document) {
  std::string out;
  for (TokenIndex i = 0; i < document.tokens.size(); ++i) {
    const Analysis& word = document.analyses[i];
    out += std::string(document.Text(i)) + "/" + std::string(Name(DeprelOf(word)));
    if (word.head >= 0) out += ">" + std::string(document.Text(static_cast<TokenIndex>(word.head)));
    out += " ";
  }
  return out;
}

// One root a sentence, heads within it, no cycles.
void CheckTrees(const Document& document) {
  for (const Sentence& sentence : document.sentences) {
    size_t roots = 0;
    for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
      int32_t up = static_cast<int32_t>(i);
      size_t steps = 0;
      while (up >= 0 && steps <= sentence.end - sentence.begin) {
        REQUIRE((static_cast<TokenIndex>(up) >= sentence.begin && static_cast<TokenIndex>(up) < sentence.end));
        up = document.analyses[static_cast<TokenIndex>(up)].head;
        ++steps;
      }
      CHECK(up == -1);
      const bool root = document.analyses[i].head < 0;
      roots += root;
      CHECK((DeprelOf(document.analyses[i]) == Deprel::kRoot) == root);
    }
    CHECK(roots == 1);
  }
}

TEST_CASE("Unseen sentences get their trees, beam and greedy") {
  Analyzer analyzer(testing::TinyModel());
  struct Case {
    const char* text;
    const char* tree;
  };
  const Case kCases[] = {
      {"The army shelled the depots near Aleppo.",
       "The/det>army army/nsubj>shelled shelled/root the/det>depots depots/obj>shelled near/case>Aleppo "
       "Aleppo/nmod>depots ./punct>shelled "},
      {"The garrisons were attacked in Bakhmut.",
       "The/det>garrisons garrisons/nsubj:pass>attacked were/aux:pass>attacked attacked/root in/case>Bakhmut "
       "Bakhmut/obl>attacked ./punct>attacked "},
  };
  for (const Case& c : kCases) {
    for (const ParseMode mode : {ParseMode::kBeam, ParseMode::kGreedy}) {
      INFO(c.text);
      const Document document = Parsed(analyzer, c.text, mode);
      CHECK(Tree(document) == c.tree);
      CheckTrees(document);
    }
  }
}

TEST_CASE("Heads are indices of the document; lemmas and features come with the tree") {
  Analyzer analyzer(testing::TinyModel());
  const std::string text = "The army hit the bases near Homs. The tanks were shelled in Idlib.";
  const Document document = Parsed(analyzer, text, ParseMode::kBeam);
  REQUIRE(document.sentences.size() == 2);
  REQUIRE(document.tokens.size() == 15);
  CheckTrees(document);
  CHECK(document.analyses[9].head == 11);  // tanks > shelled
  CHECK(document.analyses[4].lemma == "base");
  CHECK(document.analyses[9].lemma == "tank");  // by the rule of its suffix
  CHECK(document.analyses[6].lemma == "Homs");
  CHECK(document.analyses[8].lemma == "the");
  CHECK(FormatFeatures(document.analyses[11].features) == "Tense=Past|VerbForm=Part|Voice=Pass");
  CHECK(FormatFeatures(document.analyses[10].features) == "Mood=Ind|Number=Plur|Person=3|Tense=Past|VerbForm=Fin");
  CHECK(FormatFeatures(document.analyses[9].features) == "Number=Plur");
}

TEST_CASE("Any text gets trees") {
  Analyzer analyzer(testing::TinyModel());
  std::string many;
  for (int i = 0; i < 3000; ++i) many += "the army ";
  const std::string kTexts[] = {
      "",
      " \n ",
      ".",
      "Homs",
      "((((",
      "\xF0\x9F\x94\xA5\xF0\x9F\x94\xA5 near \xD8\xAD\xD9\x85\xD8\xB5",
      "\xFF\xFE\x80 army",
      "IS IS IS",
      std::string(20000, 'a'),
      std::string(2000, '-'),
      many,
  };
  for (const std::string& text : kTexts) {
    INFO(text.substr(0, 60));
    for (const ParseMode mode : {ParseMode::kBeam, ParseMode::kGreedy}) {
      const Document document = Parsed(analyzer, text, mode);
      REQUIRE(document.analyses.size() == document.tokens.size());
      CheckTrees(document);
    }
  }
}

TEST_CASE("A sentence too long for the beam is parsed in linear memory") {
  Analyzer analyzer(testing::TinyModel());
  std::string text;
  Document document;
  for (TokenIndex i = 0; i < 5000; ++i) {
    Token token;
    token.span = {i * 5, i * 5 + 4};
    text += i % 2 == 0 ? "army " : "near ";
    document.tokens.push_back(token);
  }
  document.sentences.push_back({{0, static_cast<uint32_t>(text.size())}, 0, 5000});
  document.text = text;
  analyzer.Analyze(document);
  size_t roots = 0;
  for (const Analysis& word : document.analyses) roots += word.head < 0;
  CHECK(roots == 1);
}

TEST_CASE("One model serves threads at once with the same trees") {
  const Model model = testing::TinyModel();
  std::string text;
  for (int i = 0; i < 40; ++i) text += "The militia attacked the depots near Kherson. The drones were hit in Idlib. ";
  Analyzer alone(model);
  const std::string expected = Tree(Parsed(alone, text, ParseMode::kBeam));
  std::vector<std::string> trees(4);
  std::vector<std::thread> threads;
  for (std::string& tree : trees) {
    threads.emplace_back([&model, &text, &tree] {
      Analyzer analyzer(model);
      tree = Tree(Parsed(analyzer, text, ParseMode::kBeam));
    });
  }
  for (std::thread& thread : threads) thread.join();
  for (const std::string& tree : trees) CHECK(tree == expected);
}

TEST_CASE("Crossing arcs are lifted until none crosses") {
  // The root's head is the sentence's size.
  CHECK(train::Projectivize({1, 4, 1, 1}) == std::vector<int32_t>{1, 4, 1, 1});
  // 0 > 2 crosses 1 > 3: the shorter, or first, arc is lifted to its head's head.
  CHECK(train::Projectivize({2, 3, 3, 4}) == std::vector<int32_t>{3, 3, 3, 4});
}

TEST_CASE("The parser fits its own treebank") {
  Analyzer analyzer(testing::TinyModel());
  const std::vector<train::Example> treebank = testing::TinyTreebank();
  for (const ParseMode mode : {ParseMode::kBeam, ParseMode::kGreedy}) {
    const train::Evaluation score = train::Evaluate(analyzer, treebank, mode);
    CHECK(score.words == 81 * 15);
    CHECK(score.upos == score.words);
    CHECK(score.full_las == score.words);
    CHECK(score.lemmas == score.lemma_words);
    CHECK(score.features == score.words);
  }
}

TEST_CASE("Zones are read apart, and what was read scores itself in full") {
  Analyzer analyzer(testing::TinyModel());
  const std::string text =
      "Tanks hit Homs\nThe army shelled the bases near Idlib. The depots were hit in Homs.\nRead more";
  const std::vector<base::Span> zones = {{0, 14}, {15, 81}};
  Document document;
  analyzer.Read(text, zones, ParseMode::kBeam, document);
  REQUIRE(document.sentences.size() == 3);
  CHECK(document.Text(document.sentences[0]) == "Tanks hit Homs");
  CHECK(document.sentences.back().span.end <= 81);
  CheckTrees(document);

  std::string conllu;
  AppendConllu(conllu, document, "report");
  const test::TemporaryFolder folder;
  const auto documents = train::ReadDocuments(folder.Write("report.conllu", conllu));
  REQUIRE(documents);
  REQUIRE(documents->size() == 1);
  // The text put together from "# text" lines has other breaks between sentences, so the title may run on.
  const train::RawEvaluation scores = train::EvaluateRaw(analyzer, *documents, ParseMode::kBeam);
  CHECK(scores.tokens.gold == document.tokens.size());
  CHECK(scores.tokens.F1() == 100);
  CHECK(scores.words.F1() == 100);
  CHECK(scores.las.both <= scores.las.gold);
  CHECK(scores.las.F1() > 50);
}

}  // namespace
}  // namespace sitgraph::language
