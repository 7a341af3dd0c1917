// Bytes to text: finds the encoding by content, refuses what is no text, and makes line ends and controls uniform.
#pragma once

#include <memory>
#include <string>
#include <string_view>

#include "base/error.h"
#include "base/file.h"

namespace sitgraph::reports {

// The text of `bytes` as valid UTF-8 without BOM, lines ending in \n, every other control character but the tabulator
// replaced by a blank (so that offsets stay those of the text on screen). Encodings are found by content: UTF-8, UTF-16
// (by BOM, or by its zero bytes), else Windows-1252. Errors, with line and column where they have one:
// - "empty": nothing but white space;
// - "binary content": a known file format, or more than 2 % control characters;
// - "invalid UTF-8 at byte N" (from 0): some bytes break a text that is UTF-8 elsewhere, or that makes no sense as
// Windows-1252;
// - "invalid UTF-16 at byte N".
// Linear in the size of `bytes`.
base::Result<std::string> Decode(std::string_view bytes);

// The same for a piece of a larger text (one line of JSON Lines, one field of a CSV) that may be empty and is known not
// to be UTF-16: binary content is judged by its control characters alone.
base::Result<std::string> DecodePiece(std::string_view bytes);

// The same clean-up as above for text that is valid UTF-8 already.
std::string Clean(std::string_view utf8);

// Passes bytes through, unless the stream starts as UTF-16 does: then gives it as UTF-8 (unpaired surrogates become
// U+FFFD). For formats that are read line by line. Holds one chunk.
std::unique_ptr<base::ByteReader> Utf16AsUtf8(std::unique_ptr<base::ByteReader> reader);

// The first bytes of a stream, and the stream as if it had not been read.
class PeekReader : public base::ByteReader {
 public:
  explicit PeekReader(std::unique_ptr<base::ByteReader> reader) : reader_(std::move(reader)) {}
  // Up to `size` bytes from the start; only before the first Read. Valid until then.
  base::Result<std::string_view> Peek(size_t size);
  base::Result<size_t> Read(char* buffer, size_t size) override;

 private:
  std::unique_ptr<base::ByteReader> reader_;
  std::string prefix_;
  size_t position_ = 0;
};

}  // namespace sitgraph::reports
