#include "graph/rdf_source.h"

#include <fmt/format.h>

#include <utility>

namespace sitgraph::graph {
namespace {

constexpr size_t kBufferBytes = size_t{64} << 10;

bool IsBlank(char c) { return c == ' ' || c == '\t' || c == '\r' || c == '\n'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

std::optional<unsigned> HexDigit(char c) {
  if (IsDigit(c)) return static_cast<unsigned>(c - '0');
  if (c >= 'a' && c <= 'f') return static_cast<unsigned>(c - 'a' + 10);
  if (c >= 'A' && c <= 'F') return static_cast<unsigned>(c - 'A' + 10);
  return std::nullopt;
}

bool MayStandInIri(uint64_t code_point) {
  return code_point > 0x20 &&
         (code_point >= 0x80 ||
          std::string_view("<>\"{}|^`\\").find(static_cast<char>(code_point)) == std::string_view::npos);
}

}  // namespace

std::optional<std::string> EscapeChecker::Take(char digit, bool in_iri) {
  const auto value = HexDigit(digit);
  if (!value) {
    left_ = 0;
    return std::nullopt;
  }
  value_ = value_ << 4 | *value;
  if (--left_ > 0) return std::nullopt;
  if (value_ > 0x10FFFF || (value_ >= 0xD800 && value_ <= 0xDFFF)) {
    return fmt::format("the escape stands for U+{:04X}, which is no character", value_);
  }
  if (in_iri && !MayStandInIri(value_)) return fmt::format("an IRI may not hold the character U+{:04X}", value_);
  return std::nullopt;
}

RdfSource::RdfSource(std::unique_ptr<base::ByteReader> reader, std::string file)
    : reader_(std::move(reader)), file_(std::move(file)), buffer_(kBufferBytes, '\0') {}

int RdfSource::Fail(base::ErrorCode code, std::string message, std::string hint) {
  if (!skipping_ && !error_) error_ = base::Error{code, std::move(message), place(), std::move(hint)};
  return -1;
}

// RFC 3629's table: no overlong forms, no surrogates, nothing above U+10FFFF.
bool RdfSource::IsValidUtf8(unsigned char byte) {
  if (utf8_left_ > 0) {
    const bool valid = byte >= utf8_low_ && byte <= utf8_high_;
    utf8_left_ = valid ? utf8_left_ - 1 : 0;
    utf8_low_ = 0x80;
    utf8_high_ = 0xBF;
    return valid;
  }
  if (byte < 0x80) return true;
  if (byte < 0xC2 || byte > 0xF4) return false;
  utf8_left_ = byte < 0xE0 ? 1 : byte < 0xF0 ? 2 : 3;
  if (byte == 0xE0) utf8_low_ = 0xA0;
  if (byte == 0xED) utf8_high_ = 0x9F;
  if (byte == 0xF0) utf8_low_ = 0x90;
  if (byte == 0xF4) utf8_high_ = 0x8F;
  return true;
}

int RdfSource::Input() {
  if (at_end_) return -1;
  if (position_ == size_) {
    const base::Result<size_t> read = reader_->Read(buffer_.data(), buffer_.size());
    if (!read || *read == 0) {
      at_end_ = true;
      if (!read) {
        broken_ = true;
        error_ = read.error();
        return -1;
      }
      return utf8_left_ > 0 ? Fail(base::ErrorCode::kBadInput, "the file ends within a character") : -1;
    }
    position_ = 0;
    size_ = *read;
  }
  const auto byte = static_cast<unsigned char>(buffer_[position_++]);

  if (last_was_newline_) {
    if (line_ < UINT32_MAX) ++line_;
    column_ = 0;
  }
  last_was_newline_ = byte == '\n';
  if ((byte & 0xC0) != 0x80 && column_ < UINT32_MAX) ++column_;
  if (byte == '\n') line_ended_in_dot_ = dot_last_;
  if (byte == '.') {
    dot_last_ = true;
  } else if (byte != ' ' && byte != '\t' && byte != '\r') {
    dot_last_ = false;
  }

  const bool is_cut_short = utf8_left_ > 0 && (byte & 0xC0) != 0x80;
  if (!IsValidUtf8(byte)) {
    if (is_cut_short) --column_;  // the character before is the wrong one
    return skipping_ ? '?' : Fail(base::ErrorCode::kBadInput, "invalid UTF-8", "convert the file to UTF-8");
  }
  const bool in_string = state_ == State::kString || state_ == State::kLongString || state_ == State::kOpening;
  if (byte == 0 && !in_string) return skipping_ ? '?' : Fail(base::ErrorCode::kBadInput, "a zero byte");
  return byte;
}

int RdfSource::Next() {
  while (output_position_ == output_.size()) {
    if (error_ && !skipping_) return -1;
    output_.clear();
    output_position_ = 0;
    const int byte = Input();
    if (byte >= 0) {
      Process(static_cast<char>(byte));
    } else if (name_ == Name::kNumberDot && !error_) {
      name_ = Name::kNone;
      output_ += " .";
    } else {
      return -1;
    }
    if (++token_bytes_ > kMaxRdfTokenBytes && state_ != State::kComment && !skipping_) {
      return Fail(base::ErrorCode::kTooLarge, fmt::format("a token of more than {} MiB", kMaxRdfTokenBytes >> 20));
    }
    if (error_ && !skipping_) return -1;
  }
  return static_cast<unsigned char>(output_[output_position_++]);
}

bool RdfSource::SkipStatement() {
  skipping_ = true;
  error_.reset();
  if (braces_ > 0) {
    while (braces_ > 0 && Next() >= 0) {
    }
  } else {
    while (!(last_was_newline_ && line_ended_in_dot_) && Input() >= 0) {
    }
  }
  skipping_ = false;
  output_.clear();
  output_position_ = 0;
  state_ = State::kPlain;
  name_ = Name::kNone;
  escape_ = {};
  quotes_ = 0;
  token_bytes_ = 0;
  depth_ = braces_ = 0;
  return !at_end_;
}

void RdfSource::StartToken(State state) {
  state_ = state;
  name_ = Name::kNone;
  token_bytes_ = 0;
}

void RdfSource::Process(char c) {
  if (escape_.active()) {
    if (auto message = escape_.Take(c, state_ == State::kIri)) Fail(base::ErrorCode::kBadInput, std::move(*message));
  }
  switch (state_) {
    case State::kPlain:
      ProcessPlain(c);
      return;
    case State::kEscapedName:
      state_ = State::kPlain;
      break;
    case State::kComment:
      if (c == '\n' || c == '\r') StartToken(State::kPlain);
      break;
    case State::kIri:
      if (c == '>' || static_cast<unsigned char>(c) <= 0x20) StartToken(State::kPlain);  // a blank fails in the parser
      if (c == '\\') outer_ = std::exchange(state_, State::kBackslash);
      break;
    case State::kOpening:
      if (c == quote_ && ++quotes_ == 3) {
        state_ = State::kLongString;
        quotes_ = 0;
      } else if (c != quote_) {
        state_ = quotes_ == 2 ? State::kPlain : State::kString;  // "" was an empty string
        Process(c);
        return;
      }
      break;
    case State::kString:
      if (c == quote_ || c == '\n' || c == '\r') StartToken(State::kPlain);  // a line's end fails in the parser
      if (c == '\\') outer_ = std::exchange(state_, State::kBackslash);
      break;
    case State::kLongString:
      ProcessLongString(c);
      return;
    case State::kBackslash:
      state_ = outer_;
      if (c == 'u' || c == 'U') escape_.Begin(c);
      break;
  }
  Emit(c);
}

void RdfSource::ProcessLongString(char c) {
  if (c == quote_) {
    if (++quotes_ < 3) return;
    output_.append(3, quote_);
    quotes_ = 0;
    StartToken(State::kPlain);
    return;
  }
  for (; quotes_ > 0; --quotes_) {
    output_ += '\\';
    output_ += quote_;
  }
  if (c == '\\') outer_ = std::exchange(state_, State::kBackslash);
  Emit(c);
}

void RdfSource::Emit(char c) {
  if (c == '\0') {
    output_ += kZeroEscape;
  } else {
    output_ += c;
  }
}

void RdfSource::ProcessPlain(char c) {
  if (name_ == Name::kNumberDot) {
    const bool goes_on = IsDigit(c) || c == 'e' || c == 'E';
    output_ += goes_on ? "." : " .";
    name_ = goes_on ? Name::kNumber : Name::kNone;
  }
  switch (c) {
    case '<':
      StartToken(State::kIri);
      break;
    case '#':
      StartToken(State::kComment);
      break;
    case '"':
    case '\'':
      StartToken(State::kOpening);
      quote_ = c;
      quotes_ = 1;
      break;
    case '\\':
      state_ = State::kEscapedName;
      name_ = Name::kName;
      break;
    case '=':
      Fail(base::ErrorCode::kBadInput, "unexpected '='");
      break;
    case '[':
    case '(':
    case '{':
      StartToken(State::kPlain);
      if (++depth_ > kMaxRdfNesting) {
        Fail(base::ErrorCode::kTooLarge, fmt::format("brackets nested deeper than {}", kMaxRdfNesting));
      }
      braces_ += c == '{' ? 1 : 0;
      break;
    case ']':
    case ')':
    case '}':
      StartToken(State::kPlain);
      if (depth_ > 0) --depth_;
      if (c == '}' && braces_ > 0) --braces_;
      break;
    default:
      if (IsBlank(c) || c == ',' || c == ';' || c == '^') {
        StartToken(State::kPlain);
        break;
      }
      ProcessName(c);
      return;
  }
  output_ += c;
}

void RdfSource::ProcessName(char c) {
  switch (name_) {
    case Name::kNone:
      if (c == '_') {
        name_ = Name::kUnderscore;
      } else if (c != '.') {
        name_ = IsDigit(c) || c == '+' || c == '-' || c == '@' ? Name::kNumber : Name::kName;
      }
      break;
    case Name::kUnderscore:
      name_ = c == ':' ? Name::kLabelStart : Name::kName;
      break;
    case Name::kLabelStart:
      output_ += kLabelMark;
      name_ = Name::kName;
      break;
    case Name::kNumber:
      if (c == '.') {
        name_ = Name::kNumberDot;
        return;
      }
      break;
    case Name::kNumberDot:
      break;  // settled before
    case Name::kName:
      break;
  }
  output_ += c;
}

}  // namespace sitgraph::graph
