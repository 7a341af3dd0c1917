// Any bytes through segmentation, tags, trees and CoNLL-U; each sentence must get a tree, and the CoNLL-U be read back.
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <cstring>
#include <memory>
#include <string>
#include <string_view>

#include "src/language/analyzer.h"
#include "src/language/conllu.h"
#include "src/language/segmenter.h"
#include "tests/language/tiny_treebank.h"

namespace {

using namespace sitgraph::language;

void Require(bool condition) {
  if (!condition) std::abort();
}

// One root, every word's way up ends there.
void RequireTree(const Document& document, const Sentence& sentence) {
  size_t roots = 0;
  for (TokenIndex i = sentence.begin; i < sentence.end; ++i) {
    roots += document.analyses[i].head < 0;
    Require(!document.analyses[i].lemma.empty());
    size_t steps = 0;
    for (int32_t up = static_cast<int32_t>(i); up >= 0; up = document.analyses[static_cast<TokenIndex>(up)].head) {
      Require(static_cast<TokenIndex>(up) >= sentence.begin && static_cast<TokenIndex>(up) < sentence.end);
      Require(++steps <= sentence.end - sentence.begin);
    }
  }
  Require(roots == 1);
}

class TextReader : public sitgraph::base::ByteReader {
 public:
  explicit TextReader(std::string text) : text_(std::move(text)) {}
  sitgraph::base::Result<size_t> Read(char* buffer, size_t size) override {
    const size_t count = std::min(size, text_.size() - at_);
    std::memcpy(buffer, text_.data() + at_, count);
    at_ += count;
    return count;
  }

 private:
  std::string text_;
  size_t at_ = 0;
};

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  if (size == 0) return 0;
  static Analyzer analyzer(testing::TinyModel());
  const std::string_view text(reinterpret_cast<const char*>(data + 1), size - 1);
  Document document = Segment(text);
  analyzer.Analyze(document, (data[0] & 1) != 0 ? ParseMode::kBeam : ParseMode::kGreedy);
  Require(document.analyses.size() == document.tokens.size());
  for (const Sentence& sentence : document.sentences) RequireTree(document, sentence);
  if (sitgraph::base::FindInvalidUtf8(text)) return 0;
  std::string conllu;
  AppendConllu(conllu, document, "fuzz");
  ConlluReader reader(std::make_unique<TextReader>(conllu), "fuzz");
  for (const Sentence& sentence : document.sentences) {
    const auto read = reader.Next();
    Require(read.has_value() && *read != nullptr && (*read)->words.size() == sentence.end - sentence.begin);
  }
  return 0;
}
