// Aligned columns, with widths as terminals show them (Unicode Standard Annex #11).
#include "queries/table_writer.h"

#include <fmt/format.h>
#include <unicode/uchar.h>

#include <algorithm>

#include "base/text.h"
#include "graph/vocabulary.h"

namespace sitgraph::queries {
namespace {

using graph::Term;
namespace vocabulary = graph::vocabulary;

constexpr size_t kGap = 2;           // blanks between columns
constexpr size_t kLeastColumn = 12;  // a wrapped column is not narrower
constexpr size_t kHeldRows = 1000;

size_t WidthOf(char32_t c) {
  auto code = static_cast<UChar32>(c);
  int8_t category = u_charType(code);
  if (category == U_NON_SPACING_MARK || category == U_ENCLOSING_MARK || category == U_FORMAT_CHAR) return 0;
  int32_t width = u_getIntPropertyValue(code, UCHAR_EAST_ASIAN_WIDTH);
  return width == U_EA_WIDE || width == U_EA_FULLWIDTH ? 2 : 1;
}

// Whether a terminal could take the character as a command, or reorder text around it.
bool IsUnsafe(char32_t c) {
  return c < 0x20 || (c >= 0x7F && c < 0xA0) || (c >= 0x202A && c <= 0x202E) || (c >= 0x2066 && c <= 0x2069) ||
         c == 0x2028 || c == 0x2029;
}

std::string Escape(std::string_view text) {
  std::string out;
  for (size_t offset = 0; offset < text.size();) {
    char32_t c = base::NextCodePoint(text, offset);
    if (c == '\n') {
      out += "\\n";
    } else if (c == '\t') {
      out += "\\t";
    } else if (c == '\r') {
      out += "\\r";
    } else if (IsUnsafe(c)) {
      out += fmt::format("\\u{:04X}", static_cast<uint32_t>(c));
    } else {
      base::AppendUtf8(out, c);
    }
  }
  return out;
}

bool IsPlainLocal(std::string_view local) {
  if (local.empty() || local.front() == '-' || local.front() == '.' || local.back() == '.') return false;
  return std::all_of(local.begin(), local.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' || c == '-' ||
           c == '.' || static_cast<unsigned char>(c) >= 0x80;
  });
}

std::optional<std::string> Abbreviate(std::string_view iri, const Prefixes& prefixes) {
  auto with = [&](std::string_view name, std::string_view start) -> std::optional<std::string> {
    if (start.empty() || !iri.starts_with(start) || !IsPlainLocal(iri.substr(start.size()))) return std::nullopt;
    return fmt::format("{}:{}", name, iri.substr(start.size()));
  };
  for (const auto& [name, start] : prefixes) {
    if (auto short_name = with(name, start)) return short_name;
  }
  for (const auto& [name, start] : vocabulary::kPrefixes) {
    if (auto short_name = with(name, start)) return short_name;
  }
  return std::nullopt;
}

// Datatypes whose values are known for what they are when one sees them.
bool ShowsItself(std::string_view datatype) {
  if (!datatype.starts_with(vocabulary::kXsd)) return false;
  static constexpr std::string_view kObvious[] = {"string", "integer", "decimal",    "double",    "boolean",
                                                  "date",   "gYear",   "gYearMonth", "gMonthDay", "dateTime"};
  std::string_view local = datatype.substr(vocabulary::kXsd.size());
  return std::find(std::begin(kObvious), std::end(kObvious), local) != std::end(kObvious);
}

class TableWriter : public ResultSink {
 public:
  TableWriter(ByteSink out, const WriterOptions& options) : out_(std::move(out)), options_(options) {}

  base::Status Begin(const std::vector<std::string>& variables, const Prefixes& prefixes) override {
    prefixes_ = prefixes;
    header_ = variables;
    for (const std::string& name : variables) widths_.push_back(DisplayWidth(name));
    return {};
  }

  base::Status Row(std::span<const std::optional<Term>> cells) override {
    ++count_;
    std::vector<std::string> row;
    for (const auto& cell : cells) row.push_back(cell ? ToReadable(*cell, prefixes_) : "");
    if (started_) return WriteRow(row);
    for (size_t i = 0; i < row.size(); ++i) widths_[i] = std::max(widths_[i], DisplayWidth(row[i]));
    held_.push_back(std::move(row));
    return held_.size() < kHeldRows ? base::Status() : Start();
  }

  base::Status Boolean(bool answer) override { return out_(answer ? "yes\n" : "no\n"); }

  base::Status End() override {
    if (!started_) {
      if (base::Status status = Start(); !status) return status;
    }
    return out_(fmt::format("({} row{})\n", count_, count_ == 1 ? "" : "s"));
  }

 private:
  base::Status Start() {
    started_ = true;
    FitWidths(widths_, options_.width);
    if (!header_.empty()) {
      if (base::Status status = WriteRow(header_); !status) return status;
      std::vector<std::string> rule;
      for (size_t width : widths_) rule.push_back(std::string(width, '-'));
      if (base::Status status = WriteRow(rule); !status) return status;
    }
    for (const auto& row : held_) {
      if (base::Status status = WriteRow(row); !status) return status;
    }
    held_.clear();
    return {};
  }

  base::Status WriteRow(const std::vector<std::string>& row) { return out_(LayRow(row, widths_, options_.width != 0)); }

  ByteSink out_;
  WriterOptions options_;
  Prefixes prefixes_;
  std::vector<std::string> header_;
  std::vector<size_t> widths_;
  std::vector<std::vector<std::string>> held_;
  bool started_ = false;
  uint64_t count_ = 0;
};

}  // namespace

std::string ToReadable(const Term& term, const Prefixes& prefixes) {
  if (term.is_blank()) return "_:" + Escape(term.value());
  if (term.is_iri()) {
    if (auto short_name = Abbreviate(term.value(), prefixes)) return Escape(*short_name);
    return "<" + Escape(term.value()) + ">";
  }
  std::string text = Escape(term.value());
  if (!term.language().empty()) return text + "@" + Escape(term.language());
  if (ShowsItself(term.datatype())) return text;
  return text + "^^" + ToReadable(Term::Iri(term.datatype()), prefixes);
}

size_t DisplayWidth(std::string_view text) {
  size_t width = 0;
  for (size_t offset = 0; offset < text.size();) width += WidthOf(base::NextCodePoint(text, offset));
  return width;
}

std::vector<std::string> WrapText(std::string_view text, size_t width) {
  width = std::max<size_t>(width, 2);
  std::vector<std::string> lines(1);
  size_t used = 0;
  auto new_line = [&] {
    lines.emplace_back();
    used = 0;
  };
  for (std::string_view word : base::Split(text, ' ')) {
    size_t needed = DisplayWidth(word);
    if (used > 0 && used + 1 + needed > width) {
      new_line();
    } else if (used > 0) {
      lines.back() += ' ';
      ++used;
    }
    for (size_t offset = 0; offset < word.size();) {
      size_t begin = offset;
      size_t columns = WidthOf(base::NextCodePoint(word, offset));
      if (used + columns > width) new_line();
      lines.back().append(word.substr(begin, offset - begin));
      used += columns;
    }
  }
  return lines;
}

std::string JoinFilled(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (const std::string& part : parts) {
    if (part.empty()) continue;
    if (!out.empty()) out += between;
    out += part;
  }
  return out;
}

void FitWidths(std::vector<size_t>& widths, size_t line) {
  if (line == 0 || widths.empty()) return;
  size_t gaps = kGap * (widths.size() - 1);
  size_t room = line > gaps ? line - gaps : 0;
  size_t total = 0;
  for (size_t width : widths) total += width;
  while (total > room) {
    auto widest = std::max_element(widths.begin(), widths.end());
    if (*widest <= kLeastColumn) return;
    size_t second = kLeastColumn;
    for (auto it = widths.begin(); it != widths.end(); ++it) {
      if (it != widest) second = std::max(second, std::min(*it, *widest - 1));
    }
    size_t cut = std::min(total - room, *widest - std::min(second, *widest - 1));
    *widest -= cut;
    total -= cut;
  }
}

std::string LayRow(const std::vector<std::string>& cells, const std::vector<size_t>& widths, bool wraps) {
  std::vector<std::vector<std::string>> lines;
  size_t height = 1;
  for (size_t i = 0; i < cells.size(); ++i) {
    lines.push_back(wraps ? WrapText(cells[i], widths[i]) : std::vector<std::string>{cells[i]});
    height = std::max(height, lines.back().size());
  }
  std::string text;
  for (size_t line = 0; line < height; ++line) {
    size_t pending = 0;  // blanks owed; none are written at a line's end
    for (size_t i = 0; i < cells.size(); ++i) {
      const std::string cell = line < lines[i].size() ? lines[i][line] : "";
      if (!cell.empty()) {
        text.append(pending, ' ').append(cell);
        pending = 0;
      }
      size_t width = DisplayWidth(cell);
      pending += (widths[i] > width ? widths[i] - width : 0) + kGap;
    }
    text += '\n';
  }
  return text;
}

std::unique_ptr<ResultSink> MakeTableWriter(ByteSink out, const WriterOptions& options) {
  return std::make_unique<TableWriter>(std::move(out), options);
}

}  // namespace sitgraph::queries
