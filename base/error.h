// Errors as values: what went wrong, where, and what the user can do about it.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace sitgraph::base {

// What kind of thing went wrong; decides exit status and whether a caller may go on with the next input.
enum class ErrorCode : uint8_t {
  kNotFound,     // a file, entity or graph that is not there
  kUnreadable,   // there, but cannot be opened or read (rights, I/O)
  kBadInput,     // content that breaks its format: RDF, JSON, codebook, query, text encoding
  kTooLarge,     // over a limit that the message names
  kUnsupported,  // well formed, but not handled
  kConflict,     // against what is already stored, or locked by another process
  kCorrupt,      // the store contradicts itself
  kIo,           // a write or close failed
  kUsage,        // a wrong option or argument
};

// Where it went wrong. Lines and columns count from 1; columns count code points; 0 means unknown.
struct Place {
  std::string file;
  uint32_t line = 0;
  uint32_t column = 0;
};

struct Error {
  ErrorCode code = ErrorCode::kBadInput;
  std::string message;  // one sentence without a final stop: what went wrong
  Place place;
  std::string hint;  // what to do, or empty
};

template <typename T>
using Result = tl::expected<T, Error>;
using Status = tl::expected<void, Error>;

// Shorthands for returning a failure: `return Fail(ErrorCode::kNotFound, "no such file", {path});`
inline tl::unexpected<Error> Fail(ErrorCode code, std::string message, Place place = {}, std::string hint = {}) {
  return tl::unexpected<Error>(Error{code, std::move(message), std::move(place), std::move(hint)});
}
inline tl::unexpected<Error> Fail(Error error) { return tl::unexpected<Error>(std::move(error)); }

// "file:line:column: message", then the hint in a line of its own where there is one. No final newline.
std::string ToString(const Error& error);

// The same, followed by the offending line of `source` and a caret under the column (as compilers do). Falls back to
// ToString where the place has no line in `source`. Lines over 160 code points are shown around the column only.
std::string ToStringWithCaret(const Error& error, std::string_view source);

}  // namespace sitgraph::base
