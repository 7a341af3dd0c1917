// Tags, lemmas, features and trees for a segmented document.
#pragma once

#include <cstdint>
#include <memory>
#include <span>
#include <string_view>

#include "src/language/document.h"
#include "src/language/model.h"

namespace sitgraph::language {

enum class ParseMode : uint8_t {
  kBeam,    // a beam of 8: the most accurate
  kGreedy,  // two to three times as fast, half a point of LAS less
};

// One for each thread: holds the scratch memory, so that nothing is allocated a token in the steady state. Keeps its
// model alive.
class Analyzer {
 public:
  explicit Analyzer(Model model);
  ~Analyzer();
  Analyzer(Analyzer&&) noexcept;
  Analyzer& operator=(Analyzer&&) noexcept;

  // Fills document.analyses for all sentences; heads are token indices of the document. Tokens outside of sentences
  // get an empty analysis. Lemmas view the document's text or memory of this analyzer: they stay until it analyzes
  // another document, and no longer than the text. Sentences of over a thousand tokens are parsed greedily, so that
  // work and memory stay linear.
  void Analyze(Document& document, ParseMode mode = ParseMode::kBeam);

  // The whole way from a text: empties `document`, segments the zones of `text` (in order, not overlapping; no sentence
  // crosses them) and analyzes. AppendConllu prints what comes out. The text must outlive the document.
  void Read(std::string_view text, std::span<const base::Span> zones, ParseMode mode, Document& document);

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace sitgraph::language
