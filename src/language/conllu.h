// CoNLL-U (https://universaldependencies.org/format.html): strict reading with places, offsets recovered from "# text",
// and writing.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/error.h"
#include "base/file.h"
#include "src/language/document.h"

namespace sitgraph::language {

// One syntactic word as its row says. Columns 9 (enhanced dependencies) and the rest of MISC are not kept.
struct ConlluWord {
  std::string form;
  std::string lemma;    // "_" where the row has none
  bool clitic = false;  // not the first of a range row's words
  Analysis analysis;    // `head`: index into `words`, -1 for the root; `lemma` views this word's `lemma`
  uint32_t line = 0;
};

// A sentence with the text that its rows stand in.
struct ConlluSentence {
  std::string id;                 // "# sent_id", or empty
  std::string new_document;       // "# newdoc id", or empty
  bool starts_document = false;   // a "# newdoc" line stands before it
  bool starts_paragraph = false;  // a "# newpar" line stands before it
  std::string text;               // "# text"; put together from the forms where there is none
  std::vector<ConlluWord> words;
  std::vector<base::Span> spans;  // of each word in `text`; words of a contraction that is not their forms in a row
                                  // ("au" = "à le") all have the contraction's span
  uint32_t line = 0;              // of its first row or comment
};

// Reads sentence by sentence with bounded memory. Everything that breaks the format is kBadInput with line and column:
// rows without ten columns, ids out of order, unknown UPOS or relation, heads out of range, cycles, no or several
// roots, a form that does not stand in "# text". Unknown XPOS, features and subtypes are dropped. Empty nodes ("8.1")
// are checked and skipped. Lines over 1 MiB and sentences over 10,000 words are kTooLarge. After an error the reader
// stands at the next sentence.
class ConlluReader {
 public:
  ConlluReader(std::unique_ptr<base::ByteReader> reader, std::string file_name);
  ~ConlluReader();
  ConlluReader(ConlluReader&&) noexcept;
  // The next sentence (valid until the next call), or nullptr at the end.
  base::Result<const ConlluSentence*> Next();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

// One "# newdoc" with all its sentences as one text: sentences are set apart by a blank, paragraphs by an empty line.
// Immovable, because `document` views `text` and `words`.
struct ConlluDocument {
  ConlluDocument() = default;
  ConlluDocument(const ConlluDocument&) = delete;
  ConlluDocument& operator=(const ConlluDocument&) = delete;

  std::string id;
  std::string text;
  Document document;                           // with analyses
  std::vector<std::string> sentence_ids;       // one a sentence
  std::vector<std::vector<ConlluWord>> words;  // owns the lemmas
};

// Reads document by document. A file without "# newdoc" is one document.
class ConlluDocumentReader {
 public:
  ConlluDocumentReader(std::unique_ptr<base::ByteReader> reader, std::string file_name);
  // The next document, or nullptr at the end.
  base::Result<std::unique_ptr<ConlluDocument>> Next();

 private:
  ConlluReader reader_;
  std::unique_ptr<ConlluDocument> begun_;  // the document whose first sentence was read to end the one before it
  bool end_ = false;
};

// Appends the document: "# newdoc id", and for each sentence "# newpar" where it starts a paragraph, "# sent_id"
// (`id`-1, `id`-2, ...), "# text" with white space made single blanks, and its rows, "_" where it has no analysis.
// Contractions ("do|n't") get their range row, as the English treebanks have it. `id` must be without line breaks.
void AppendConllu(std::string& out, const Document& document, std::string_view id);

}  // namespace sitgraph::language
