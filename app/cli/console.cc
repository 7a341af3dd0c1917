#include "app/cli/console.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdio>
#include <cstring>

#include "queries/results.h"

namespace sitgraph::cli {
namespace {

base::Status OutputFailed() {
  return base::Fail(base::ErrorCode::kIo, std::string("standard output cannot be written: ") + std::strerror(errno));
}

bool IsNumber(std::string_view cell) {
  return !cell.empty() && cell.find_first_not_of("0123456789,.") == std::string_view::npos;
}

}  // namespace

bool ErrorsGoToTerminal() { return ::isatty(STDERR_FILENO) == 1; }

size_t OutputWidth() {
  winsize size{};
  if (::isatty(STDOUT_FILENO) != 1 || ::ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

base::Status Print(std::string_view bytes) {
  if (std::fwrite(bytes.data(), 1, bytes.size(), stdout) != bytes.size()) return OutputFailed();
  return {};
}

base::Status FlushOutput() {
  if (std::fflush(stdout) != 0 || std::ferror(stdout) != 0) return OutputFailed();
  return {};
}

std::string Columns(const std::vector<std::vector<std::string>>& rows) {
  std::vector<size_t> widths;
  std::vector<bool> numeric;
  for (const auto& row : rows) {
    widths.resize(std::max(widths.size(), row.size()), 0);
    numeric.resize(widths.size(), true);
    for (size_t i = 0; i < row.size(); ++i) {
      widths[i] = std::max(widths[i], queries::DisplayWidth(row[i]));
      if (!IsNumber(row[i])) numeric[i] = false;
    }
  }
  std::string out;
  for (const auto& row : rows) {
    std::string line;
    for (size_t i = 0; i < row.size(); ++i) {
      const std::string fill(widths[i] - queries::DisplayWidth(row[i]), ' ');
      line += "  " + (numeric[i] ? fill + row[i] : row[i] + fill);
    }
    line.erase(line.find_last_not_of(' ') + 1);
    out += line + "\n";
  }
  return out;
}

std::string WithThousands(size_t number) {
  std::string digits = std::to_string(number);
  for (size_t at = digits.size(); at > 3; at -= 3) digits.insert(at - 3, ",");
  return digits;
}

std::string Plural(size_t number, std::string_view singular, std::string_view plural) {
  return WithThousands(number) + " " + std::string(number == 1 ? singular : plural);
}

}  // namespace sitgraph::cli
