#include "src/reports/encoding.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cstring>
#include <optional>

#include "base/text.h"

namespace sitgraph::reports {
namespace {

using base::ErrorCode;
using base::Fail;
using base::Result;

constexpr size_t kSniffed = size_t{1} << 16;  // bytes looked at to find UTF-16 without a BOM
constexpr std::string_view kConvertHint = "save the text as UTF-8, for example with iconv";

enum class Width : uint8_t { kBytes, kUtf16Le, kUtf16Be };

uint8_t Byte(char c) { return static_cast<uint8_t>(c); }
bool IsBlankByte(char c) { return c == ' ' || (c >= '\t' && c <= '\r'); }
bool IsControl(char c) { return (Byte(c) < 0x20 && !IsBlankByte(c)) || c == '\x7f'; }

// The name of the file format that `bytes` start as, or "".
std::string_view KnownFormat(std::string_view bytes) {
  using namespace std::string_view_literals;
  static constexpr std::array<std::pair<std::string_view, std::string_view>, 16> kMagics = {{
      {"%PDF-"sv, "PDF"sv},
      {"PK\x03\x04"sv, "ZIP, or an office document"sv},
      {"\x89PNG"sv, "PNG image"sv},
      {"GIF8"sv, "GIF image"sv},
      {"\xFF\xD8\xFF"sv, "JPEG image"sv},
      {"\x7f"
       "ELF"sv,
       "ELF program"sv},
      {"MZ\x90"sv, "Windows program"sv},
      {"Rar!\x1a"sv, "RAR archive"sv},
      {"7z\xBC\xAF"sv, "7-Zip archive"sv},
      {"BZh"sv, "bzip2"sv},
      {"\xFD"
       "7zXZ"sv,
       "xz"sv},
      {"\x28\xB5\x2F\xFD"sv, "zstd"sv},
      {"\x1f\x8b"sv, "gzip inside gzip"sv},
      {"\xD0\xCF\x11\xE0"sv, "old office document"sv},
      {"SQLite format 3"sv, "SQLite"sv},
      {"{\\rtf"sv, "RTF"sv},
  }};
  for (const auto& [magic, name] : kMagics) {
    if (bytes.substr(0, magic.size()) == magic) return name;
  }
  return {};
}

// UTF-16 shows by its BOM, or by zero bytes that stand on one side of its units only.
Width FindWidth(std::string_view bytes) {
  if (bytes.substr(0, 2) == "\xFF\xFE") return Width::kUtf16Le;
  if (bytes.substr(0, 2) == "\xFE\xFF") return Width::kUtf16Be;
  const size_t units = std::min(bytes.size(), kSniffed) / 2;
  if (units < 2) return Width::kBytes;
  size_t even = 0, odd = 0;
  for (size_t i = 0; i < units; ++i) {
    even += bytes[2 * i] == '\0' ? 1U : 0U;
    odd += bytes[2 * i + 1] == '\0' ? 1U : 0U;
  }
  // Blanks alone are a tenth of any text, in whatever script.
  if (odd * 10 > units && even * 100 <= units) return Width::kUtf16Le;
  if (even * 10 > units && odd * 100 <= units) return Width::kUtf16Be;
  return Width::kBytes;
}

char16_t Unit(std::string_view bytes, size_t at, bool little) {
  const unsigned first = Byte(bytes[at]), second = Byte(bytes[at + 1]);
  return static_cast<char16_t>(little ? first | second << 8 : second | first << 8);
}

bool IsHighSurrogate(char16_t unit) { return unit >= 0xD800 && unit <= 0xDBFF; }
bool IsLowSurrogate(char16_t unit) { return unit >= 0xDC00 && unit <= 0xDFFF; }

// Appends the code points of `bytes`, except an unpaired high surrogate or half a unit at its end, and returns how many
// bytes it took. `invalid` gets the offset of the first unpaired surrogate.
size_t AppendUtf16(std::string& out, std::string_view bytes, bool little, std::optional<size_t>& invalid) {
  size_t at = 0;
  while (at + 2 <= bytes.size()) {
    const char16_t unit = Unit(bytes, at, little);
    if (IsHighSurrogate(unit)) {
      if (at + 4 > bytes.size()) break;
      const char16_t low = Unit(bytes, at + 2, little);
      if (IsLowSurrogate(low)) {
        base::AppendUtf8(out, 0x10000 + ((char32_t{unit} - 0xD800) << 10) + (char32_t{low} - 0xDC00));
        at += 4;
        continue;
      }
    }
    if ((IsHighSurrogate(unit) || IsLowSurrogate(unit)) && !invalid) invalid = at;
    base::AppendUtf8(out, unit);  // U+FFFD for a surrogate
    at += 2;
  }
  return at;
}

// Code points of the bytes 0x80 to 0x9F (WHATWG "windows-1252"); 0: none.
constexpr std::array<char16_t, 32> kWindows1252 = {0x20AC, 0,      0x201A, 0x0192, 0x201E, 0x2026, 0x2020, 0x2021,
                                                   0x02C6, 0x2030, 0x0160, 0x2039, 0x0152, 0,      0x017D, 0,
                                                   0,      0x2018, 0x2019, 0x201C, 0x201D, 0x2022, 0x2013, 0x2014,
                                                   0x02DC, 0x2122, 0x0161, 0x203A, 0x0153, 0,      0x017E, 0x0178};

enum class Latin : uint8_t { kNone, kUpper, kLower, kSign, kUndefined, kRare };

// What a byte is in Windows-1252; ASCII signs and digits are kNone.
Latin LatinKind(char c) {
  const uint8_t byte = Byte(c);
  if (c >= 'a' && c <= 'z') return Latin::kLower;
  if (c >= 'A' && c <= 'Z') return Latin::kUpper;
  if (byte < 0x80) return Latin::kNone;
  if (byte < 0xA0) {
    const char16_t code_point = kWindows1252[byte - 0x80U];
    if (code_point == 0) return Latin::kUndefined;
    if (byte == 0x8A || byte == 0x8C || byte == 0x8E || byte == 0x9F) return Latin::kUpper;
    return byte == 0x9A || byte == 0x9C || byte == 0x9E ? Latin::kLower : Latin::kSign;
  }
  if (byte < 0xC0 || byte == 0xD7 || byte == 0xF7) return Latin::kSign;
  if (byte >= 0xFE) return Latin::kRare;  // thorn, y with diaeresis: what wrong bytes look like far more often
  return byte < 0xDF ? Latin::kUpper : Latin::kLower;
}

bool IsLetter(Latin kind) { return kind == Latin::kUpper || kind == Latin::kLower; }

// Whether a text that is not UTF-8 reads well as Windows-1252: its letters stand in words of mostly ASCII.
bool PlausibleWindows1252(std::string_view bytes) {
  size_t high = 0, odd = 0, solid = 0;
  for (size_t i = 0; i < bytes.size(); ++i) {
    if (!IsBlankByte(bytes[i])) ++solid;
    if (Byte(bytes[i]) < 0x80) continue;
    ++high;
    const Latin kind = LatinKind(bytes[i]);
    if (kind == Latin::kUndefined) return false;
    const Latin before = i > 0 ? LatinKind(bytes[i - 1]) : Latin::kNone;
    const Latin after = i + 1 < bytes.size() ? LatinKind(bytes[i + 1]) : Latin::kNone;
    const bool alone = IsLetter(kind) && !IsLetter(before) && !IsLetter(after) && Byte(bytes[i]) != 0xE0;
    const bool inside_word = kind == Latin::kUpper && before == Latin::kLower;
    if (kind == Latin::kRare || alone || inside_word) ++odd;
  }
  return odd * 4 <= high && (high * 5 <= solid || high < 8);
}

struct Utf8Counts {
  size_t valid = 0;      // sequences of two bytes and more
  size_t invalid = 0;    // bytes that are part of no sequence
  bool cut_off = false;  // the last sequence is right as far as it goes
};

Utf8Counts CountUtf8(std::string_view bytes) {
  Utf8Counts counts;
  size_t at = 0;
  while (at < bytes.size()) {
    if (Byte(bytes[at]) < 0x80) {
      ++at;
      continue;
    }
    const size_t begin = at;
    base::NextCodePoint(bytes, at);
    at - begin > 1 ? ++counts.valid : ++counts.invalid;
  }
  // "...\xE2\x80": a lead byte of three or four and at least one continuation.
  for (size_t length = 2; length <= 3 && length <= bytes.size(); ++length) {
    const std::string_view tail = bytes.substr(bytes.size() - length);
    const auto is_continuation = [](char c) { return (Byte(c) & 0xC0U) == 0x80; };
    const size_t lead_length = Byte(tail[0]) >= 0xF0 ? 4 : Byte(tail[0]) >= 0xE0 ? 3 : 2;
    if (Byte(tail[0]) >= 0xE0 && Byte(tail[0]) < 0xF5 && length < lead_length &&
        std::all_of(tail.begin() + 1, tail.end(), is_continuation)) {
      counts.cut_off = true;
    }
  }
  return counts;
}

std::string FromWindows1252(std::string_view bytes) {
  std::string out;
  out.reserve(bytes.size() + bytes.size() / 16);
  for (const char c : bytes) {
    const uint8_t byte = Byte(c);
    const bool mapped = byte >= 0x80 && byte < 0xA0;
    base::AppendUtf8(out, mapped ? kWindows1252[byte - 0x80U] : char32_t{byte});
  }
  return out;
}

base::Place PlaceOf(std::string_view text, size_t offset) {
  base::Place place;
  const std::string_view before = text.substr(0, offset);
  place.line = static_cast<uint32_t>(std::count(before.begin(), before.end(), '\n')) + 1;
  const size_t line = before.rfind('\n') == std::string_view::npos ? 0 : before.rfind('\n') + 1;
  place.column = static_cast<uint32_t>(base::CountCodePoints(before.substr(line))) + 1;
  return place;
}

// The UTF-8 of bytes that are UTF-8 or Windows-1252.
Result<std::string> DecodeBytes(std::string_view bytes) {
  const auto controls = static_cast<size_t>(std::count_if(bytes.begin(), bytes.end(), IsControl));
  if (controls * 50 > bytes.size()) {
    return Fail(ErrorCode::kBadInput, "binary content", {}, "give the report as text or HTML");
  }
  const std::optional<size_t> invalid = base::FindInvalidUtf8(bytes);
  if (!invalid) return Clean(bytes);
  const Utf8Counts counts = CountUtf8(bytes);
  const bool is_utf8 = counts.valid * 4 > counts.invalid || counts.cut_off;
  if (is_utf8 || !PlausibleWindows1252(bytes)) {
    return Fail(ErrorCode::kBadInput, fmt::format("invalid UTF-8 at byte {}", *invalid), PlaceOf(bytes, *invalid),
                std::string(kConvertHint));
  }
  return Clean(FromWindows1252(bytes));
}

class Utf16Reader : public base::ByteReader {
 public:
  explicit Utf16Reader(std::unique_ptr<base::ByteReader> reader) : source_(std::move(reader)) {}

  Result<size_t> Read(char* buffer, size_t size) override {
    if (!started_) {
      started_ = true;
      auto start = source_.Peek(kSniffed);
      if (!start) return Fail(start.error());
      width_ = FindWidth(*start);
      skip_mark_ = width_ != Width::kBytes && (start->substr(0, 2) == "\xFF\xFE" || start->substr(0, 2) == "\xFE\xFF");
    }
    if (width_ == Width::kBytes) return source_.Read(buffer, size);
    while (position_ == decoded_.size()) {
      if (ended_) return 0;
      if (auto filled = Fill(); !filled) return Fail(filled.error());
    }
    const size_t count = std::min(size, decoded_.size() - position_);
    decoded_.copy(buffer, count, position_);
    position_ += count;
    return count;
  }

 private:
  base::Status Fill() {
    const size_t before = raw_.size();
    raw_.resize(before + kSniffed);
    auto count = source_.Read(raw_.data() + before, kSniffed);
    raw_.resize(before + (count ? *count : 0));
    if (!count) return Fail(count.error());
    ended_ = *count == 0;
    decoded_.clear();
    position_ = 0;
    std::string_view rest = raw_;
    if (skip_mark_ && rest.size() >= 2) {
      rest.remove_prefix(2);
      skip_mark_ = false;
    }
    std::optional<size_t> ignored;
    rest.remove_prefix(AppendUtf16(decoded_, rest, width_ == Width::kUtf16Le, ignored));
    if (ended_ && !rest.empty()) decoded_ += "\xEF\xBF\xBD";
    raw_ = std::string(rest);
    return {};
  }

  PeekReader source_;
  Width width_ = Width::kBytes;
  bool started_ = false, ended_ = false, skip_mark_ = false;
  std::string raw_;      // read, not decoded yet
  std::string decoded_;  // given away up to position_
  size_t position_ = 0;
};

}  // namespace

std::string Clean(std::string_view utf8) {
  if (utf8.substr(0, 3) == "\xEF\xBB\xBF") utf8.remove_prefix(3);
  std::string out;
  out.reserve(utf8.size());
  for (size_t i = 0; i < utf8.size(); ++i) {
    const char c = utf8[i];
    if (c == '\r') {
      if (i + 1 == utf8.size() || utf8[i + 1] != '\n') out += '\n';
    } else if ((Byte(c) < 0x20 && c != '\n' && c != '\t') || c == '\x7f') {
      out += ' ';
    } else {
      out += c;
    }
  }
  return out;
}

Result<std::string> DecodePiece(std::string_view bytes) { return DecodeBytes(bytes); }

Result<std::string> Decode(std::string_view bytes) {
  if (const std::string_view format = KnownFormat(bytes); !format.empty()) {
    return Fail(ErrorCode::kBadInput, fmt::format("binary content ({})", format), {},
                "give the report as text or HTML");
  }
  const Width width = FindWidth(bytes);
  Result<std::string> text;
  if (width == Width::kBytes) {
    text = DecodeBytes(bytes);
  } else {
    const bool marked = bytes.substr(0, 2) == "\xFF\xFE" || bytes.substr(0, 2) == "\xFE\xFF";
    const size_t begin = marked ? 2 : 0;
    std::string utf8;
    std::optional<size_t> invalid;
    const size_t taken = AppendUtf16(utf8, bytes.substr(begin), width == Width::kUtf16Le, invalid);
    if (!invalid && begin + taken != bytes.size()) invalid = taken;
    if (invalid && !marked) return DecodeBytes(bytes);  // the zero bytes were chance
    if (invalid) {
      return Fail(ErrorCode::kBadInput, fmt::format("invalid UTF-16 at byte {}", begin + *invalid), {},
                  std::string(kConvertHint));
    }
    text = DecodeBytes(utf8);
  }
  if (text && base::Trim(*text).empty()) return Fail(ErrorCode::kBadInput, "empty");
  return text;
}

std::unique_ptr<base::ByteReader> Utf16AsUtf8(std::unique_ptr<base::ByteReader> reader) {
  return std::make_unique<Utf16Reader>(std::move(reader));
}

Result<std::string_view> PeekReader::Peek(size_t size) {
  while (prefix_.size() < size) {
    const size_t before = prefix_.size();
    prefix_.resize(size);
    auto count = reader_->Read(prefix_.data() + before, size - before);
    prefix_.resize(before + (count ? *count : 0));
    if (!count) return Fail(count.error());
    if (*count == 0) break;
  }
  return std::string_view(prefix_);
}

Result<size_t> PeekReader::Read(char* buffer, size_t size) {
  if (position_ < prefix_.size()) {
    const size_t count = std::min(size, prefix_.size() - position_);
    prefix_.copy(buffer, count, position_);
    position_ += count;
    if (position_ == prefix_.size()) {
      prefix_ = std::string();
      position_ = 0;
    }
    return count;
  }
  return reader_->Read(buffer, size);
}

}  // namespace sitgraph::reports
