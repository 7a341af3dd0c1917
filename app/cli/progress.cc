#include "app/cli/progress.h"

#include <fmt/format.h>

#include "app/cli/console.h"

namespace sitgraph::cli {
namespace {

constexpr std::chrono::milliseconds kEvery{200};
constexpr const char* kWipe = "\r\x1b[K";

std::string Duration(double seconds) {
  const auto whole = static_cast<uint64_t>(seconds);
  if (whole < 60) return fmt::format("{} s", whole);
  if (whole < 3600) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
}

}  // namespace

Progress::Progress(std::string unit)
    : unit_(std::move(unit)), on_(ErrorsGoToTerminal()), start_(Clock::now()), next_(start_ + kEvery) {}

Progress::~Progress() {
  if (drawn_) fmt::print(stderr, "{}", kWipe);
}

void Progress::Update(uint64_t done, uint64_t part, uint64_t whole) {
  if (!on_) return;
  const Clock::time_point now = Clock::now();
  if (now < next_) return;
  next_ = now + kEvery;
  drawn_ = true;
  const double seconds = std::chrono::duration<double>(now - start_).count();
  std::string line =
      fmt::format("{} {}, {:.0f} {}/s", WithThousands(done), unit_, static_cast<double>(done) / seconds, unit_);
  if (part > 0 && whole > 1) {
    const double left = seconds * static_cast<double>(whole - part) / static_cast<double>(part);
    line += fmt::format(", {} % done, {} left", part * 100 / whole, Duration(left));
  }
  fmt::print(stderr, "{}{}", kWipe, line);
}

}  // namespace sitgraph::cli
