#include "base/csv.h"

#include <algorithm>

namespace sitgraph::base {
namespace {

class MemoryReader : public ByteReader {
 public:
  explicit MemoryReader(std::string bytes) : bytes_(std::move(bytes)) {}
  Result<size_t> Read(char* buffer, size_t size) override {
    const size_t count = std::min(size, bytes_.size() - position_);
    bytes_.copy(buffer, count, position_);
    position_ += count;
    return count;
  }

 private:
  std::string bytes_;
  size_t position_ = 0;
};

constexpr int kEnd = -1;
constexpr size_t kChunk = size_t{1} << 16;
constexpr const char* kCheckRow = "check the separator and the quotes";

}  // namespace

std::unique_ptr<ByteReader> ReaderOver(std::string bytes) { return std::make_unique<MemoryReader>(std::move(bytes)); }

struct CsvReader::State {
  std::unique_ptr<ByteReader> reader;
  std::string file;
  CsvOptions options;
  CsvRow row;

  std::string buffer;  // bytes read but not taken yet start at `position`
  size_t position = 0;
  bool at_end = false;
  Status failure;  // of the underlying reader
  uint32_t line = 1, column = 1;
  size_t row_bytes = 0;  // in the fields of the row so far

  int Peek() {
    if (position == buffer.size()) {
      if (at_end || !failure) return kEnd;
      buffer.resize(kChunk);
      position = 0;
      auto count = reader->Read(buffer.data(), buffer.size());
      buffer.resize(count ? *count : 0);
      if (!count) failure = Fail(count.error());
      at_end = buffer.empty();
      if (at_end) return kEnd;
    }
    return static_cast<unsigned char>(buffer[position]);
  }
  void Take() {
    const char c = buffer[position++];
    if (c == '\n' || (c == '\r' && Peek() != '\n')) {
      ++line;
      column = 1;
    } else if ((static_cast<unsigned char>(c) & 0xC0) != 0x80) {
      ++column;
    }
  }
  bool AtLineEnd() { return Peek() == '\n' || Peek() == '\r' || Peek() == kEnd; }
  void TakeLineEnd() {
    if (Peek() == '\r') Take();
    if (Peek() == '\n') Take();
  }
  void SkipLine() {
    while (!AtLineEnd()) Take();
    TakeLineEnd();
  }
  tl::unexpected<Error> Bad(ErrorCode code, std::string message, uint32_t at_line, uint32_t at_column,
                            std::string hint = {}) {
    SkipLine();
    return Fail(code, std::move(message), {file, at_line, at_column}, std::move(hint));
  }

  // Puts back what follows the first line end of `raw`, so that a quote left open costs only its own line. Where `raw`
  // is not all that followed, its last line is cut short and stays out.
  void Unread(std::string raw, bool all, uint32_t first_line) {
    size_t next = raw.find_first_of("\r\n");
    if (next == std::string::npos) return;
    if (!all) raw.resize(raw.find_last_of("\r\n") + 1);
    next += raw.compare(next, 2, "\r\n") == 0 ? 2 : 1;
    buffer = raw.substr(next);
    position = 0;
    line = first_line + 1;
    column = 1;
  }

  // One field into `field`; stops before the separator or the line end.
  Status ReadField(std::string& field) {
    const uint32_t field_line = line, field_column = column;
    bool field_too_large = false, row_too_large = false;
    const auto append = [&](int c) {
      field_too_large = field_too_large || field.size() >= options.max_field;
      row_too_large = row_too_large || row_bytes >= options.max_row;
      if (field_too_large || row_too_large) return;
      field += static_cast<char>(c);
      ++row_bytes;
    };
    if (Peek() == '"') {
      std::string raw;  // what an unclosed quote swallowed, to be read again from the next line
      bool all = true;  // of it is in `raw`
      const auto keep = [&](int c) {
        all = all && raw.size() < options.max_field;
        if (all) raw += static_cast<char>(c);
      };
      Take();
      for (;;) {
        const int c = Peek();
        if (c == kEnd) {
          if (!failure) return failure;
          Unread(std::move(raw), all, field_line);
          return Fail(ErrorCode::kBadInput, "quoted field is not closed", {file, field_line, field_column},
                      "add the closing quote, and write a quote inside a field as two quotes");
        }
        Take();
        keep(c);
        if (c != '"') {
          append(c);
        } else if (Peek() == '"') {
          append('"');
          keep('"');
          Take();
        } else {
          break;
        }
      }
      if (!AtLineEnd() && Peek() != static_cast<unsigned char>(options.separator)) {
        return Bad(ErrorCode::kBadInput, "text after a closing quote", line, column,
                   "write a quote inside a quoted field as two quotes");
      }
    } else {
      while (!AtLineEnd() && Peek() != static_cast<unsigned char>(options.separator)) {
        append(Peek());
        Take();
      }
    }
    if (field_too_large) {
      return Bad(ErrorCode::kTooLarge, "field is larger than " + std::to_string(options.max_field) + " bytes",
                 field_line, field_column);
    }
    if (row_too_large) {
      return Bad(ErrorCode::kTooLarge, "row is larger than " + std::to_string(options.max_row) + " bytes", row.line, 1,
                 kCheckRow);
    }
    return {};
  }
};

CsvReader::CsvReader(std::unique_ptr<ByteReader> reader, std::string file_name, CsvOptions options)
    : state_(std::make_unique<State>()) {
  state_->reader = std::move(reader);
  state_->file = std::move(file_name);
  state_->options = options;
  // A byte order mark is no part of the first field.
  for (const unsigned char mark : {0xEF, 0xBB, 0xBF}) {
    if (state_->Peek() != mark) break;
    ++state_->position;
  }
}

CsvReader::~CsvReader() = default;

Result<const CsvRow*> CsvReader::Next() {
  State& s = *state_;
  if (s.options.comments) {
    while (s.Peek() == '#' || s.Peek() == '\n' || s.Peek() == '\r') s.SkipLine();
  }
  if (s.Peek() == kEnd) {
    if (!s.failure) return Fail(s.failure.error());
    return nullptr;
  }
  s.row.fields.clear();
  s.row.columns.clear();
  s.row.line = s.line;
  s.row_bytes = 0;
  for (;;) {
    if (s.row.fields.size() == s.options.max_fields) {
      return s.Bad(ErrorCode::kTooLarge, "row has more than " + std::to_string(s.options.max_fields) + " fields",
                   s.row.line, 1, kCheckRow);
    }
    s.row.columns.push_back(s.column);
    s.row.fields.emplace_back();
    if (auto read = s.ReadField(s.row.fields.back()); !read) return Fail(read.error());
    if (s.AtLineEnd()) break;
    s.Take();  // the separator
  }
  s.TakeLineEnd();
  if (!s.failure) return Fail(s.failure.error());
  return &s.row;
}

std::string CsvField(std::string_view text, char separator, bool guard_formula) {
  const bool formula =
      guard_formula && !text.empty() && std::string_view("=+-@\t\r").find(text.front()) != std::string_view::npos;
  const bool quote = formula || text.find_first_of("\"\r\n") != std::string_view::npos ||
                     text.find(separator) != std::string_view::npos ||
                     (!text.empty() && (text.front() == ' ' || text.back() == ' '));
  if (!quote) return std::string(text);
  std::string out = "\"";
  if (formula) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  out += '"';
  return out;
}

}  // namespace sitgraph::base
