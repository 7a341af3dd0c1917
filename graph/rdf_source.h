// The text of a Turtle or TriG file on its way to the parser: checked, counted, and freed of what serd 0.30 reads
// wrongly.
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/file.h"

namespace sitgraph::graph {

// Brackets deeper than this would recurse too deep in the parser, tokens longer than this take too much memory.
inline constexpr uint32_t kMaxRdfNesting = 256;
inline constexpr size_t kMaxRdfTokenBytes = size_t{16} << 20;

// Written blank node labels get this letter in front, which keeps them apart from those that the parser makes up.
inline constexpr char kLabelMark = 'L';

// Written instead of a zero byte within a string, which would end the parser's text.
inline constexpr std::string_view kZeroEscape = "\\u0000";

// Checks \u and \U escapes: they must name a Unicode scalar value, and inside <> one that an IRI may hold.
class EscapeChecker {
 public:
  // Takes the bytes after a backslash, beginning with u or U, one by one.
  void Begin(char u) { left_ = u == 'u' ? 4 : 8, value_ = 0; }
  bool active() const { return left_ > 0; }
  // A byte while active. A message where the escape is complete and wrong. Malformed ones are left to the parser.
  std::optional<std::string> Take(char digit, bool in_iri);

 private:
  int left_ = 0;
  uint64_t value_ = 0;
};

// Reads byte by byte. Follows strings, IRIs, comments and brackets just far enough to
// - refuse invalid UTF-8, zero bytes outside strings, wrong escapes, nesting and tokens beyond the limits;
// - write a quote within a long string as an escape: serd drops the escape that follows one;
// - mark blank node labels (kLabelMark): serd changes _:b1 into _:B1 and refuses files that hold both;
// - put a blank between a number and the dot that ends its statement: serd loses the datatype otherwise;
// - refuse N3's "=".
class RdfSource {
 public:
  RdfSource(std::unique_ptr<base::ByteReader> reader, std::string file);

  // The next byte for the parser; -1 at the end of the file and after an error.
  int Next();
  // The error that ended the text before its end.
  const std::optional<base::Error>& error() const { return error_; }
  // Reading failed; there is no going on.
  bool is_broken() const { return broken_; }
  bool at_end() const { return at_end_; }
  // Of the input byte that was taken last.
  base::Place place() const { return {file_, line_, column_}; }

  // After an error: goes to where reading may go on, behind the next '.' that ends a line or, within the braces of a
  // TriG graph, behind the closing one. False at the end of the file.
  bool SkipStatement();

 private:
  enum class State : uint8_t { kPlain, kEscapedName, kIri, kComment, kOpening, kString, kLongString, kBackslash };
  // What the current run of plain characters is, as far as the next '_' ':' or '.' depends on it.
  enum class Name : uint8_t { kNone, kUnderscore, kLabelStart, kName, kNumber, kNumberDot };

  int Input();                           // the next byte of the file
  bool IsValidUtf8(unsigned char byte);  // as the continuation of what came before
  void Process(char c);                  // moves the state and fills output_
  void ProcessPlain(char c);
  void ProcessName(char c);
  void ProcessLongString(char c);
  void Emit(char c);
  void StartToken(State state);
  int Fail(base::ErrorCode code, std::string message, std::string hint = {});

  std::unique_ptr<base::ByteReader> reader_;
  std::string file_;
  std::string buffer_;
  size_t position_ = 0, size_ = 0;
  uint32_t line_ = 1, column_ = 0;
  bool last_was_newline_ = false;
  bool dot_last_ = false;  // '.' is the last character but blanks in this line
  bool line_ended_in_dot_ = false;
  int utf8_left_ = 0;
  unsigned char utf8_low_ = 0x80, utf8_high_ = 0xBF;  // bounds of the next continuation byte

  State state_ = State::kPlain;
  State outer_ = State::kPlain;  // where kBackslash goes back to
  Name name_ = Name::kNone;
  char quote_ = 0;
  int quotes_ = 0;  // kOpening: seen so far; kLongString: held back
  size_t token_bytes_ = 0;
  uint32_t depth_ = 0, braces_ = 0;
  EscapeChecker escape_;

  std::string output_;
  size_t output_position_ = 0;
  std::optional<base::Error> error_;
  bool skipping_ = false;
  bool at_end_ = false;
  bool broken_ = false;
};

}  // namespace sitgraph::graph
